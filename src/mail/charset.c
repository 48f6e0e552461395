/* SPDX-License-Identifier: EUPL-1.2 */
#include "config.h"

#include <errno.h>
#include <iconv.h>
#include <string.h>

#include "base/attr.h"
#include "base/charset.h"
#include "base/text.h"
#include "src/mail/internal.h"

struct alias {
	const char *said, *meant; /* meant NULL: says nothing, guess */
};

static const struct alias aliases[] = {
	{ "iso-8859-1", "WINDOWS-1252" }, { "latin1", "WINDOWS-1252" },
	{ "iso_8859-1", "WINDOWS-1252" }, { "iso8859-1", "WINDOWS-1252" },
	{ "cp-1252", "WINDOWS-1252" },    { "cp1252", "WINDOWS-1252" },
	{ "x-windows-1252", "WINDOWS-1252" }, { "windows1252", "WINDOWS-1252" },
	{ "utf8", "UTF-8" },
	{ "ks_c_5601-1987", "CP949" },    { "ks_c_5601", "CP949" }, { "euc-kr", "CP949" },
	{ "gb2312", "GB18030" },          { "gbk", "GB18030" },
	{ "us-ascii", NULL }, { "ascii", NULL }, { "unknown-8bit", NULL }, { "x-unknown", NULL },
	{ "unknown", NULL }, { "default", NULL }, { "utf-8", NULL }, { "utf-7", NULL },
};

static const char *meaning(const char *charset)
{
	if (!charset || !*charset || strlen(charset) > 40)
		return NULL;
	for (size_t i = 0; i < ARRAY_LEN(aliases); i++)
		if (raw_equal(aliases[i].said, charset))
			return aliases[i].meant;
	/* "//TRANSLIT" and the like are orders to iconv, not names. */
	for (const char *c = charset; *c; c++)
		if (!strchr("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.:", *c))
			return NULL;
	return charset;
}

static bool is_known(const char *charset)
{
	iconv_t cd;

	for (size_t i = 0; i < ARRAY_LEN(aliases); i++)
		if (raw_equal(aliases[i].said, charset))
			return true;
	if (!meaning(charset) || (cd = iconv_open("UTF-8", charset)) == (iconv_t)-1)
		return false;
	iconv_close(cd);
	return true;
}

static bool is_ascii(const char *bytes, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if ((unsigned char)bytes[i] >= 0x80)
			return false;
	return true;
}

/* True when every byte could be read; *out is filled in any case. */
static bool convert(const char *bytes, size_t len, const char *charset, struct buf *out)
{
	iconv_t cd = iconv_open("UTF-8", charset);
	/* iconv() promises not to write to its input. */
	union { const char *in; ICONV_CONST char *arg; } from = { .in = bytes };
	char room[4096];
	size_t left = len;
	bool ok = true;

	if (cd == (iconv_t)-1)
		return false;
	while (ok && left) {
		char *to = room;
		size_t space = sizeof(room);
		size_t r = iconv(cd, &from.arg, &left, &to, &space);
		buf_add(out, room, (size_t)(to - room));
		ok = (r != (size_t)-1 || errno == E2BIG) && out->len <= MAIL_MAX_TEXT;
	}
	iconv_close(cd);
	return ok;
}

/* windows-1252 by hand, for it is the last resort and may not fail. */
static bool convert_western(const char *bytes, size_t len, struct buf *out)
{
	bool ok = true;

	for (size_t i = 0; i < len; i++) {
		uint32_t point = charset_western((unsigned char)bytes[i]);
		ok = ok && point != 0xFFFD;
		text_put(out, point);
	}
	return ok;
}

char *charset_utf8(struct arena *a, const char *bytes, size_t len, const char *charset,
                   const char **doubt)
{
	struct buf out AUTO(buf_release) = BUF_INIT;
	const char *name = meaning(charset);

	if (len > MAIL_MAX_TEXT) {
		len = MAIL_MAX_TEXT;
		*doubt = "the text is too long and was cut";
	}
	if (charset && *charset && !is_ascii(bytes, len) && !is_known(charset))
		*doubt = "the text is in a character set that nobody knows";
	bool western = name && strcmp(name, "WINDOWS-1252") == 0;
	bool converted = name && !western && convert(bytes, len, name, &out);
	if (!converted) {
		buf_clear(&out);
		if (!western && text_is_utf8(bytes, len))
			buf_add(&out, bytes, len);
		else if (!convert_western(bytes, len, &out))
			*doubt = "the text holds bytes that are no letters";
	}
	char *end = out.data + out.len;
	for (char *nul = out.data; (nul = memchr(nul, '\0', (size_t)(end - nul))) != NULL; *nul++ = ' ')
		*doubt = "the text holds NUL bytes";
	if (converted && !text_is_utf8(out.data, out.len)) { /* no iconv should, but trust none */
		*doubt = "the text could not be read as UTF-8";
		return arena_dup(a, "");
	}
	return arena_dupn(a, out.data, out.len);
}
