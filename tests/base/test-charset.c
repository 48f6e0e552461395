/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "base/charset.h"
#include "base/text.h"
#include "tests/tap.h"

/* Bytes in, the text that comes of them; NULL: they are none. */
static const struct {
	const char *bytes;
	size_t len;
	const char *text;
} cases[] = {
#define CASE(bytes, text) {bytes, sizeof(bytes) - 1, text}
	CASE("", ""),
	CASE("id;namn", "id;namn"),
	CASE("\xef\xbb\xbf" "f\xc3\xb6r", "för"),
	CASE("f\xc3\xb6r", "för"),
	CASE("f\xf6r", "för"),
	CASE("\x80 \x96 \x93", "€ – “"),
	CASE("f\x81r", NULL),
	CASE("\xff\xfe" "f\0\xf6\0r\0", "för"),
	CASE("\xfe\xff" "\0f\0\xf6\0r", "för"),
	CASE("\xff\xfe" "\x3d\xd8\x4d\xdc", "👍"),
	CASE("\xff\xfe" "\x3d\xd8", NULL),
	CASE("\xff\xfe" "\x3d\xd8" "a\0", NULL),
	CASE("\xff\xfe" "\x4d\xdc", NULL),
	CASE("\xff\xfe" "a\0b", NULL),
	CASE("\xff\xfe" "a\0\0\0", NULL),
	CASE("n\0a\0m\0n\0;\0", "namn;"),
	CASE("\0n\0a\0m\0n\0;", "namn;"),
	CASE("namn\0;id;slag;status", NULL),
#undef CASE
};

START_TEST(texts_are_read_in_each_way_that_they_are_saved)
{
	struct buf out AUTO(buf_release) = BUF_INIT;
	const char *want = cases[_i].text;

	ck_assert_int_eq(charset_guess(cases[_i].bytes, cases[_i].len, &out), want != NULL);
	if (want)
		ck_assert_str_eq(out.data, want);
}
END_TEST

START_TEST(what_is_text_is_utf8_whatever_the_bytes)
{
	unsigned seed = 7;

	for (int round = 0; round < 20000; round++) {
		struct buf out AUTO(buf_release) = BUF_INIT;
		char bytes[24];
		size_t len = 0;
		for (; len < sizeof(bytes); len++) {
			seed = seed * 1103515245 + 12345;
			bytes[len] = (char)(seed >> 16);
			if (seed >> 30 == 0)
				break;
		}
		if (round % 3 == 0 && len >= 2)
			memcpy(bytes, "\xff\xfe", 2);
		if (charset_guess(bytes, len, &out)) {
			ck_assert(text_is_utf8(out.data, out.len));
			ck_assert_uint_eq(strlen(out.data), out.len);
		}
	}
}
END_TEST

int main(void)
{
	Suite *s = suite_create("charset");
	TCase *t = tcase_create("charset");

	tcase_add_loop_test(t, texts_are_read_in_each_way_that_they_are_saved, 0,
	                    (int)(sizeof(cases) / sizeof(*cases)));
	tcase_add_test(t, what_is_text_is_utf8_whatever_the_bytes);
	suite_add_tcase(s, t);
	return tap_run(s);
}
