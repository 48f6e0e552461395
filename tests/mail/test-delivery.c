/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mail/message.h"
#include "tests/tap.h"

static int bad;

static const char *or_dash(const char *s)
{
	return s ? s : "-";
}

static void say_facts(const struct mail_facts *f, struct buf *out)
{
	for (size_t i = 0; i < f->n_returned; i++)
		buf_fmt(out, "%s%s", i ? " " : "", f->returned[i]);
	buf_fmt(out, "%s | ", f->n_returned ? "" : "-");
	for (size_t i = 0; i < f->n_failures; i++) {
		const struct mail_failure *x = &f->failures[i];

		buf_fmt(out, "%s%s %s %s %s (%s)", i ? "; " : "", or_dash(x->original), or_dash(x->recipient),
		        or_dash(x->action), or_dash(x->status), or_dash(x->said));
	}
	buf_str(out, f->n_failures ? "" : "-");
}

/* Read, and once more as the reader hands it to the keeper. */
static void one(int line, char **field, int n)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct buf direct AUTO(buf_release) = BUF_INIT, over AUTO(buf_release) = BUF_INIT;
	struct buf wire AUTO(buf_release) = BUF_INIT;
	struct mail_facts f, g;
	size_t len;

	ck_assert_msg(n == 3, "line %d has %d fields", line, n);
	char *bytes = tap_slurp(tap_path(arena_fmt(&a, "tests/cases/mail/bounces/%s.eml", field[0])), &len);
	mail_parse(&a, bytes, len, NULL, "oversyn@tallvinge.example", NULL, &f);
	free(bytes);
	ck_assert_msg(f.cls == MAIL_BOUNCE, "line %d: class %s", line, mail_class_name(f.cls));
	mail_facts_write(&f, &wire);
	ck_assert(mail_facts_read(&a, wire.data, wire.len, &g));
	say_facts(&f, &direct);
	say_facts(&g, &over);
	ck_assert_str_eq(direct.data, over.data);
	const char *want = arena_fmt(&a, "%s | %s", field[1], field[2]);
	if (!strcmp(direct.data, want))
		return;
	bad++;
	printf("# line %d: %s\n", line, direct.data);
}

START_TEST(reports_say_what_the_table_says)
{
	bad = 0;
	tap_table("tests/cases/deliveries.txt", one);
	fflush(stdout);
	ck_assert_int_eq(bad, 0);
}
END_TEST

/* Whatever the bytes of a report are, they are read to an end. */
START_TEST(a_damaged_report_is_read_too)
{
	size_t len;
	char *bytes = tap_slurp(tap_path("tests/cases/mail/bounces/postfix.eml"), &len);

	srand(11);
	for (int round = 0; round < 3000; round++) {
		struct arena a AUTO(arena_release) = ARENA_INIT;
		struct mail_facts f;
		char *copy = malloc(len + 1);

		memcpy(copy, bytes, len + 1);
		for (int k = rand() % 12; k >= 0; k--)
			copy[(size_t)rand() % len] = (char)(rand() % 256);
		mail_parse(&a, copy, rand() % 4 ? len : (size_t)rand() % len, NULL, NULL, NULL, &f);
		ck_assert_uint_le(f.n_failures, MAIL_MAX_FAILURES);
		free(copy);
	}
	free(bytes);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("delivery");
	TCase *t = tcase_create("delivery");

	tcase_set_timeout(t, 0);
	tcase_add_test(t, reports_say_what_the_table_says);
	tcase_add_test(t, a_damaged_report_is_read_too);
	suite_add_tcase(s, t);
	return tap_run(s);
}
