/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "base/csv.h"
#include "tests/tap.h"

/* Reads all rows: "[a|b]" for each, "!" and the error's text for a bad one. */
static void read_all(struct buf *out, const char *bytes, size_t len)
{
	struct csv c;
	struct err e = ERR_INIT;

	csv_init(&c, bytes, len);
	for (int got; (got = csv_row(&c, &e));) {
		if (got < 0) {
			buf_fmt(out, "!%s", e.text);
			continue;
		}
		buf_fmt(out, "%d[", c.line);
		for (size_t i = 0; i < c.n; i++)
			buf_fmt(out, "%s%s", i ? "|" : "", c.field[i]);
		buf_chr(out, ']');
	}
	csv_release(&c);
}

START_TEST(rows_are_read_as_spreadsheets_write_them)
{
	static const struct {
		const char *bytes, *want;
	} cases[] = {
		{"", ""},
		{"\xef\xbb\xbf" "a;b\n1;2\n", "1[a|b]2[1|2]"},
		{"a;b\r\n1;2\r\n", "1[a|b]2[1|2]"},
		{"a;b\r1;2", "1[a|b]2[1|2]"},
		{"a;b", "1[a|b]"},
		{"a;", "1[a|]"},
		{";a", "1[|a]"},
		{"\n\n;;\n a ; b\t\n", "4[a|b]"},
		{"\"a;b\";c", "1[a;b|c]"},
		{"\"a\"\"b\" ; \" c \"", "1[a\"b| c ]"},
		{"\"a\r\nb\";c\nd", "1[a\r\nb|c]3[d]"},
		{"a\"b;c", "1[a\"b|c]"},
		{"a, b;c", "1[a, b|c]"},
		{"\"\";x", "1[|x]"},
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct buf out AUTO(buf_release) = BUF_INIT;
		read_all(&out, cases[i].bytes, strlen(cases[i].bytes));
		ck_assert_str_eq(out.data, cases[i].want);
	}
}
END_TEST

START_TEST(a_bad_row_is_named_and_reading_goes_on)
{
	static const struct {
		const char *bytes;
		size_t len;
		const char *want;
	} cases[] = {
		{"a;\"b\nc;d\n", 9, "!line 1, column 2: the quote that opens here is never closed: "
		 "add a \" or remove this one2[c|d]"},
		{"\"a\"b;c\nd", 8, "!line 1, column 1: text after a closing quote: "
		 "write a quote inside a quoted field twice2[d]"},
		{"a;\0b\nc", 6, "!line 1, column 2: a NUL byte: save the file as CSV in UTF-8, "
		 "not UTF-162[c]"},
		{"a;\xe5\nc", 5, "!line 1, column 2: not UTF-8: save the file as CSV in UTF-82[c]"},
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct buf out AUTO(buf_release) = BUF_INIT;
		read_all(&out, cases[i].bytes, cases[i].len);
		ck_assert_str_eq(out.data, cases[i].want);
	}
}
END_TEST

START_TEST(any_bytes_come_to_an_end)
{
	static const char some[] = "\";\n\r a\0\xc3\xa5\xff";
	unsigned seed = 1;

	for (int round = 0; round < 20000; round++) {
		char bytes[24];
		for (size_t i = 0; i < sizeof(bytes); i++) {
			seed = seed * 1103515245U + 12345U;
			bytes[i] = some[(seed >> 16) % (sizeof(some) - 1)];
		}
		struct buf out AUTO(buf_release) = BUF_INIT;
		read_all(&out, bytes, sizeof(bytes));
	}
}
END_TEST

START_TEST(what_is_written_is_read_back)
{
	static const char *const fields[] = {"a", "", "a;b", "say \"x\"", " lead", "trail ", "two\nlines"};
	struct buf line AUTO(buf_release) = BUF_INIT;
	struct csv c;
	struct err e = ERR_INIT;

	for (size_t i = 0; i < ARRAY_LEN(fields); i++) {
		if (i)
			buf_chr(&line, ';');
		csv_put(&line, fields[i]);
	}
	csv_init(&c, line.data, line.len);
	ck_assert_int_eq(csv_row(&c, &e), 1);
	ck_assert_uint_eq(c.n, ARRAY_LEN(fields));
	for (size_t i = 0; i < c.n; i++)
		ck_assert_str_eq(c.field[i], fields[i]);
	csv_release(&c);
}
END_TEST

START_TEST(other_separators_are_read_where_they_are_asked_for)
{
	static const struct {
		char separator;
		const char *bytes;
	} cases[] = {
		{';', "a;b,c;;d\n"}, {',', "a,\"b,c\",,d\n"}, {'\t', "a\tb,c\t\td\r\n"},
		{'\t', " a \tb,c\t \td"},
	};
	static const char *const want[] = {"a", "b,c", "", "d"};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct csv c;
		struct err e = ERR_INIT;
		csv_init(&c, cases[i].bytes, strlen(cases[i].bytes));
		c.separator = cases[i].separator;
		ck_assert_int_eq(csv_row(&c, &e), 1);
		ck_assert_uint_eq(c.n, ARRAY_LEN(want));
		for (size_t f = 0; f < c.n; f++)
			ck_assert_str_eq(c.field[f], want[f]);
		ck_assert_int_eq(csv_row(&c, &e), 0);
		csv_release(&c);
	}
}
END_TEST

int main(void)
{
	Suite *s = suite_create("csv");
	TCase *t = tcase_create("csv");

	tcase_add_test(t, rows_are_read_as_spreadsheets_write_them);
	tcase_add_test(t, a_bad_row_is_named_and_reading_goes_on);
	tcase_add_test(t, any_bytes_come_to_an_end);
	tcase_add_test(t, what_is_written_is_read_back);
	tcase_add_test(t, other_separators_are_read_where_they_are_asked_for);
	suite_add_tcase(s, t);
	return tap_run(s);
}
