/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "base/text.h"
#include "tests/tap.h"

START_TEST(utf8_is_judged_strictly)
{
	static const struct {
		const char *bytes;
		bool ok;
	} cases[] = {
		{"", true}, {"Översyn", true}, {"👍", true}, {"\xf4\x8f\xbf\xbf", true},
		{"\xc0\xaf", false}, {"\xe0\x80\xaf", false}, {"\xf0\x80\x80\xaf", false},
		{"\xed\xa0\x80", false}, {"\xf4\x90\x80\x80", false}, {"\xf8\x88\x80\x80\x80", false},
		{"\x80", false}, {"a\xc3", false}, {"\xe2\x82", false}, {"\xc3(", false}, {"\xff", false},
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		ck_assert_msg(text_is_utf8(cases[i].bytes, strlen(cases[i].bytes)) == cases[i].ok,
		              "case %zu", i);
		/* Whatever the bytes, reading them comes to an end. */
		const char *at = cases[i].bytes, *end = at + strlen(at);
		while (text_next(&at))
			;
		ck_assert_ptr_eq(at, end);
	}
	ck_assert(text_is_utf8("a\0b", 3));
	ck_assert(!text_is_utf8("\xc3\xa5", 1));
}
END_TEST

/* Each octet at each place, among those that are printable and those that are not. */
START_TEST(what_is_printable_ends_at_the_first_that_is_not)
{
	char text[21];

	for (int c = 0; c < 256; c++) {
		bool printable = c >= ' ' && c <= '~';

		for (size_t at = 0; at < sizeof(text); at++) {
			memset(text, c & 1 ? '~' : ' ', at);
			memset(text + at, c & 2 ? 0xff : 0, sizeof(text) - at);
			text[at] = (char)c;
			ck_assert_uint_eq(text_printable(text, sizeof(text)), at + printable);
			ck_assert_uint_eq(text_printable(text, at), at);
		}
	}
	ck_assert_uint_eq(text_printable("", 0), 0);
}
END_TEST

START_TEST(code_points_come_back_as_written)
{
	static const uint32_t edge[] = {1, 0x7F, 0x80, 0x7FF, 0x800, 0xD7FF, 0xE000, 0xFFFF, 0x10000,
	                                0x10FFFF};

	for (size_t i = 0; i < ARRAY_LEN(edge); i++) {
		struct buf b AUTO(buf_release) = BUF_INIT;
		text_put(&b, edge[i]);
		ck_assert(text_is_utf8(b.data, b.len));
		const char *at = b.data;
		ck_assert_uint_eq(text_next(&at), edge[i]);
		ck_assert_uint_eq(text_next(&at), 0);
	}
	struct buf b AUTO(buf_release) = BUF_INIT;
	text_put(&b, 0xD800);
	ck_assert_str_eq(b.data, "\xef\xbf\xbd");
}
END_TEST

START_TEST(words_fold_to_one_form)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;

	ck_assert_str_eq(text_fold(&a, "  ÅRLIGEN \r\n"), "årligen");
	ck_assert_str_eq(text_fold(&a, "A\xcc\x8aRLIGEN O\xcc\x88VERSYN"), "årligen översyn");
	ck_assert_str_eq(text_fold(&a, "Re\xcc\x81sume\xcc\x81 a\xcc\x80"), "résumé à");
	ck_assert_str_eq(text_fold(&a, "till\xc2\xa0s\t vi\xc2\xad" "dare\xe2\x80\x8b"), "till s vidare");
	ck_assert_str_eq(text_fold(&a, "\xef\xbb\xbf\xe2\x80\xae" "abc"), "abc");
	ck_assert_str_eq(text_fold(&a, "ŸŽŁĐĲ×÷ßÞ"), "ÿžłđĳ×÷ßþ");
	ck_assert_str_eq(text_fold(&a, "\xcc\x8a"), "\xcc\x8a");
	ck_assert_str_eq(text_fold(&a, "a \xcc\x8a"), "a \xcc\x8a");
	ck_assert_str_eq(text_fold(&a, "HEJ  A\xcc\x8aR  DA\xcc\x8a\xcc\x8a"), "hej år då\xcc\x8a");
	ck_assert_str_eq(text_fold(&a, " \t Ö \t A B\tC "), "ö a b c");
	ck_assert_str_eq(text_fold(&a, "Ab\xe2\x80\x8b\xcc\x88"), "ab\xcc\x88");
	ck_assert_str_eq(text_fold(&a, "bO\xe2\x80\x8b\xcc\x88"), "bö");
	ck_assert_str_eq(text_fold(&a, "\x01 B\x7f\xff"), "\x01 b\x7f\xef\xbf\xbd");
	ck_assert_str_eq(text_fold(&a, ""), "");
	ck_assert_str_eq(text_tidy(&a, " En\n Två "), "En Två");

	struct buf b AUTO(buf_release) = BUF_INIT;
	buf_str(&b, "A"); /* nothing joins what stood there before */
	text_fold_to(&b, "\xcc\x8a B");
	text_fold_to(&b, "  ");
	text_fold_to(&b, " C");
	ck_assert_str_eq(b.data, "A\xcc\x8a bc");
	ck_assert_str_eq(text_tidy(&a, " Tills\n  Vidare O\xcc\x88 "), "Tills Vidare Ö");
	ck_assert_str_eq(text_tidy(&a, "a\xff" "b"), "a\xef\xbf\xbd" "b");
}
END_TEST

START_TEST(small_questions)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;

	ck_assert_uint_eq(text_width("Översyn"), 7);
	ck_assert_uint_eq(text_width("O\xcc\x88versyn"), 7);
	ck_assert(text_starts("sammantraden-2027", "sammantraden"));
	ck_assert(!text_starts("sam", "samman"));
	ck_assert(text_ends("roller.csv", ".csv"));
	ck_assert(!text_ends("csv", ".csv"));
	ck_assert(text_blank(NULL) && text_blank("") && text_blank(" \xc2\xa0\t\n"));
	ck_assert(!text_blank("."));
	ck_assert_str_eq(text_cut(&a, "Översyn", 7), "Översyn");
	ck_assert_str_eq(text_cut(&a, "Översyn", 4), "Öve…");
	ck_assert_str_eq(text_cut(&a, "O\xcc\x88versyn", 2), "O\xcc\x88…");
	ck_assert_str_eq(text_cut(&a, "Översyn", 1), "…");
	ck_assert_str_eq(text_cut(&a, "Översyn", 0), "");
	ck_assert_str_eq(text_ascii(&a, "ÖFN 2026/161"), "OFN2026161");
	ck_assert_str_eq(text_ascii(&a, "ÅäöÉßÆŁżſ"), "AaoEssAELzs");
	ck_assert_str_eq(text_ascii(&a, "O\xcc\x88×÷–☃"), "O");
}
END_TEST

int main(void)
{
	Suite *s = suite_create("text");
	TCase *t = tcase_create("text");

	tcase_add_test(t, utf8_is_judged_strictly);
	tcase_add_test(t, what_is_printable_ends_at_the_first_that_is_not);
	tcase_add_test(t, code_points_come_back_as_written);
	tcase_add_test(t, words_fold_to_one_form);
	tcase_add_test(t, small_questions);
	suite_add_tcase(s, t);
	return tap_run(s);
}
