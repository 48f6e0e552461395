/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/address.h"
#include "tests/tap.h"

static const struct word {
	const char *name, *means;
	int times;
} WORDS[] = {
	{ "<CR>", "\r", 1 }, { "<LF>", "\n", 1 },   { "<TAB>", "\t", 1 },
	{ "<A64>", "a", 64 }, { "<A65>", "a", 65 }, { "<L63>", "l", 63 }, { "<L64>", "l", 64 },
};

static void spell(const char *in, char *out, size_t room)
{
	size_t n = 0;

	while (*in && n + 80 < room) {
		const struct word *found = NULL;
		for (size_t i = 0; i < sizeof(WORDS) / sizeof(WORDS[0]); i++)
			if (strncmp(in, WORDS[i].name, strlen(WORDS[i].name)) == 0)
				found = &WORDS[i];
		for (int i = 0; found && i < found->times; i++)
			out[n++] = *found->means;
		if (!found)
			out[n++] = *in;
		in += found ? strlen(found->name) : 1;
	}
	out[n] = '\0';
}

static void one(int line, char **field, int n)
{
	char address[2048];
	struct err e = ERR_INIT;

	ck_assert_msg(n >= 2, "line %d: too few fields", line);
	spell(field[1], address, sizeof(address));
	int got = address_check(address, &e);
	ck_assert_msg(address_ok(address) == !got, "line %d: the two ways disagree", line);
	if (strcmp(field[0], "ok") == 0) {
		ck_assert_msg(got == 0, "line %d: %s", line, e.text);
		return;
	}
	ck_assert_msg(got == -1, "line %d: %s was let through", line, field[1]);
	ck_assert_int_eq(e.kind, ERR_USAGE);
	ck_assert_msg(n == 3 && strstr(e.text, field[2]) != NULL, "line %d: it says \"%s\"", line, e.text);
	ck_assert_msg(!strpbrk(e.text, "\r\n\t"), "line %d: the text breaks its line", line);
}

START_TEST(table)
{
	tap_table("tests/cases/addresses.txt", one);
}
END_TEST

START_TEST(nothing)
{
	struct err e = ERR_INIT;

	ck_assert(!address_ok(NULL));
	ck_assert(!address_ok(""));
	ck_assert_int_eq(address_check(NULL, &e), -1);
	ck_assert_ptr_nonnull(strstr(e.text, "empty"));
}
END_TEST

/* No byte but those named may pass, wherever it stands. */
START_TEST(every_byte)
{
	for (int c = 1; c < 256; c++) {
		char local[] = "a?b@x.test", domain[] = "a@x?y.test";
		local[1] = domain[3] = (char)c;
		bool letter = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
		ck_assert_int_eq(address_ok(local), letter || strchr("!#$%&'*+-/=?^_`{|}~.", c) != NULL);
		ck_assert_int_eq(address_ok(domain), letter || c == '-' || c == '.');
	}
}
END_TEST

int main(void)
{
	Suite *s = suite_create("address");
	TCase *t = tcase_create("address");

	tcase_add_test(t, table);
	tcase_add_test(t, nothing);
	tcase_add_test(t, every_byte);
	suite_add_tcase(s, t);
	return tap_run(s);
}
