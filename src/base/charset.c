/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/charset.h"

#include <string.h>

#include "base/text.h"

enum { NOTHING = 0xFFFD };

uint32_t charset_western(unsigned char byte)
{
	static const uint16_t high[32] = {
		0x20AC, NOTHING, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
		0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, NOTHING, 0x017D, NOTHING,
		NOTHING, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
		0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, NOTHING, 0x017E, 0x0178,
	};

	return byte >= 0x80 && byte < 0xA0 ? high[byte - 0x80] : byte;
}

static bool western(const char *bytes, size_t len, struct buf *out)
{
	for (size_t i = 0; i < len; i++) {
		uint32_t cp = charset_western((unsigned char)bytes[i]);
		if (cp == NOTHING)
			return false;
		text_put(out, cp);
	}
	return true;
}

static uint32_t unit(const char *at, bool big)
{
	unsigned char first = (unsigned char)at[0], second = (unsigned char)at[1];

	return big ? (uint32_t)first << 8 | second : (uint32_t)second << 8 | first;
}

static bool utf16(const char *bytes, size_t len, bool big, struct buf *out)
{
	for (size_t i = 0; i < len; i += 2) {
		if (len - i < 2)
			return false;
		uint32_t cp = unit(bytes + i, big);
		if (cp >= 0xD800 && cp < 0xDC00 && len - i >= 4) {
			uint32_t low = unit(bytes + i + 2, big);
			if (low < 0xDC00 || low > 0xDFFF)
				return false;
			cp = 0x10000 + ((cp - 0xD800) << 10) + (low - 0xDC00);
			i += 2;
		}
		if (!cp || (cp >= 0xD800 && cp <= 0xDFFF))
			return false;
		text_put(out, cp);
	}
	return true;
}

/* Without a BOM: nearly every other byte of Swedish is NUL then. */
static bool looks_wide(const char *bytes, size_t len, size_t odd)
{
	size_t n = len < 200 ? len : 200, nul = 0;

	for (size_t i = odd; i < n; i += 2)
		nul += bytes[i] == '\0';
	return n >= 8 && nul * 5 > n * 2;
}

bool charset_guess(const char *bytes, size_t len, struct buf *out)
{
	if (len >= 2 && (memcmp(bytes, "\xff\xfe", 2) == 0 || memcmp(bytes, "\xfe\xff", 2) == 0))
		return utf16(bytes + 2, len - 2, (unsigned char)bytes[0] == 0xFE, out);
	if (looks_wide(bytes, len, 1) || looks_wide(bytes, len, 0))
		return utf16(bytes, len, !looks_wide(bytes, len, 1), out);
	if (len >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0) {
		bytes += 3;
		len -= 3;
	}
	if (memchr(bytes, '\0', len))
		return false;
	if (!text_is_utf8(bytes, len))
		return western(bytes, len, out);
	buf_add(out, bytes, len);
	return true;
}
