/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "base/text.h"
#include "internal.h"

static const char replacement[] = "\xEF\xBF\xBD"; /* U+FFFD */

static size_t announced_length(unsigned char lead)
{
	if (lead < 0x80)
		return 1;
	if (lead >= 0xF0)
		return 4;
	return lead >= 0xE0 ? 3 : 2;
}

char *clean_utf8(struct arena *a, const char *s)
{
	size_t len = strlen(s);

	if (text_is_utf8(s, len))
		return arena_dupn(a, s, len);
	struct buf out AUTO(buf_release) = BUF_INIT;
	for (size_t i = 0; i < len;) {
		size_t n = announced_length((unsigned char)s[i]);

		if (n <= len - i && text_is_utf8(s + i, n)) {
			buf_add(&out, s + i, n);
			i += n;
		} else {
			buf_str(&out, replacement);
			i++;
		}
	}
	return arena_dupn(a, out.data, out.len);
}

char *clean_line(struct arena *a, const char *s)
{
	struct buf out AUTO(buf_release) = BUF_INIT;
	const char *at = text_tidy(a, clean_utf8(a, s));
	uint32_t c;

	while ((c = text_next(&at)) != 0) {
		if (c < 0x20 || (c >= 0x7F && c < 0xA0))
			buf_str(&out, replacement);
		else
			text_put(&out, c);
	}
	return arena_dupn(a, out.data, out.len);
}
