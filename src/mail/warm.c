/* SPDX-License-Identifier: EUPL-1.2 */
#include <gmime/gmime.h>
#include <iconv.h>
#include <libxml/parser.h>

#include "base/attr.h"
#include "src/mail/auth.h"

/* What mail from Sweden and its neighbours, and from anywhere, is written in. */
static const char *const charsets[] = {
	"WINDOWS-1252", "ISO-8859-1", "ISO-8859-15", "ISO-8859-2", "ISO-8859-4", "ISO-8859-5",
	"ISO-8859-9", "ISO-8859-10", "ISO-8859-13", "WINDOWS-1250", "WINDOWS-1251", "WINDOWS-1257",
	"UTF-8", "UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32", "UTF-7", "KOI8-R", "KOI8-U", "ISO-2022-JP",
	"SHIFT_JIS", "EUC-JP", "EUC-KR", "CP949", "GB18030", "BIG5", "MACINTOSH", "CP850", "CP865",
	"US-ASCII",
};

void mail_warm_up(void)
{
	g_mime_init();
	xmlInitParser();
	dkim_warm_up();
	/* Descriptors are left open on purpose: the C library unloads a converter
	 * that nobody uses, and cannot load it again from inside. */
	for (size_t i = 0; i < ARRAY_LEN(charsets); i++) {
		(void)!iconv_open("UTF-8", charsets[i]);
		(void)!iconv_open(charsets[i], "UTF-8");
	}
}
