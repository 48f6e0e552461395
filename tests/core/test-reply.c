/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "core/reply.h"
#include "tests/tap.h"

static char *unescape(struct arena *a, const char *s)
{
	char *out = arena_dup(a, strcmp(s, "(empty)") == 0 ? "" : s), *to = out;

	for (const char *at = out; *at; at++) {
		if (at[0] == '\\' && at[1] == 'n') {
			*to++ = '\n';
			at++;
		} else {
			*to++ = *at;
		}
	}
	*to = '\0';
	return out;
}

static bool among(const char *word, const char *words)
{
	size_t len = strlen(word);

	for (const char *at = words; at; at = strchr(at, '/') ? strchr(at, '/') + 1 : NULL)
		if (strncmp(at, word, len) == 0 && (at[len] == '/' || !at[len]))
			return true;
	return false;
}

static void check_detail(int line, const char *detail, const struct reply *r)
{
	struct buf got AUTO(buf_release) = BUF_INIT;
	char day[DATE_TEXT];

	if (!strchr(detail, ':')) {
		ck_assert_msg(r->n_answers == 1, "line %d: %zu answers", line, r->n_answers);
		ck_assert_msg(strcmp(date_text(r->answers[0].until, day), detail) == 0,
		              "line %d: until %s", line, day);
		return;
	}
	for (size_t i = 0; i < r->n_answers; i++)
		buf_fmt(&got, "%s%d:%s", i ? " " : "", r->answers[i].n,
		        verdict_name(r->answers[i].verdict));
	ck_assert_msg(strcmp(got.data, detail) == 0, "line %d: answers %s", line, got.data);
}

static void one_reply(int line, char **field, int n)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct reply r;

	ck_assert_msg(n >= 3, "line %d has %d fields", line, n);
	reply_read(&a, unescape(&a, field[0]), date_of(2027, 1, 12), &r);
	const char *got = verdict_name(r.verdict);
	if (strcmp(field[1], "!approve") == 0)
		ck_assert_msg(r.verdict != VERDICT_APPROVE, "line %d: approves", line);
	else
		ck_assert_msg(among(got, field[1]), "line %d: %s (%s)", line, got, r.reason);
	ck_assert_msg(r.reason && *r.reason, "line %d: no reason", line);
	if (r.verdict == VERDICT_QUESTION || r.verdict == VERDICT_UNCLEAR) {
		ck_assert_msg(r.n_answers == 0, "line %d: answers to act on", line);
		ck_assert_msg(!text_blank(r.text), "line %d: no text kept", line);
	}
	if (strcmp(field[2], "-") != 0)
		check_detail(line, field[2], &r);
	if (n >= 4)
		ck_assert_msg(r.text && strcmp(r.text, unescape(&a, field[3])) == 0,
		              "line %d: text %s", line, r.text ? r.text : "(none)");
}

START_TEST(replies_mean_what_the_table_says)
{
	tap_table("tests/cases/replies.txt", one_reply);
}
END_TEST

/* No words put before, after or inside a sign-off make another one of it. */
START_TEST(words_around_a_sign_off_never_approve)
{
	static const char *const words[] = { "inte", "men", "om", "när", "ej", "nästan", "kanske",
	                                     "aldrig", "utom", "snart", "not", "ska" };

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
		struct arena a AUTO(arena_release) = ARENA_INIT;
		const char *tries[] = {
			arena_fmt(&a, "%s godkänns", words[i]), arena_fmt(&a, "Godkänns %s", words[i]),
			arena_fmt(&a, "Godkänns\n%s", words[i]), arena_fmt(&a, "%s\nGodkänns", words[i]),
			arena_fmt(&a, "Jag %s godkänner", words[i]),
			arena_fmt(&a, "Godkänns\nMvh\n%s", words[i]),
		};
		for (size_t j = 0; j < sizeof(tries) / sizeof(*tries); j++) {
			struct reply r;
			if (strcmp(tries[j], "Godkänns\nMvh\nnästan") == 0 ||
			    strcmp(tries[j], "Godkänns\nMvh\nsnart") == 0)
				continue; /* could be a name: nothing below "Mvh" is read */
			reply_read(&a, tries[j], date_of(2027, 1, 12), &r);
			ck_assert_msg(r.verdict != VERDICT_APPROVE, "%s", tries[j]);
		}
	}
}
END_TEST

START_TEST(long_texts_end_soon)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct buf b AUTO(buf_release) = BUF_INIT;
	struct reply r;

	for (int i = 0; i < 100000; i++)
		buf_str(&b, "1, 2; 3 ");
	reply_read(&a, b.data, 0, &r);
	ck_assert_int_ne(r.verdict, VERDICT_APPROVE);
	buf_clear(&b);
	for (int i = 0; i < 100000; i++)
		buf_str(&b, "1 godkänns\n");
	reply_read(&a, b.data, 0, &r);
	ck_assert_int_ne(r.verdict, VERDICT_APPROVE);
	buf_clear(&b);
	buf_str(&b, "Ändring: x\n");
	for (int i = 0; i < 300000; i++)
		buf_str(&b, "ord ");
	reply_read(&a, b.data, 0, &r);
	ck_assert_int_eq(r.verdict, VERDICT_UNCLEAR);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("core/reply");
	TCase *t = tcase_create("reply");

	suite_add_tcase(s, t);
	tcase_add_test(t, replies_mean_what_the_table_says);
	tcase_add_test(t, words_around_a_sign_off_never_approve);
	tcase_add_test(t, long_texts_end_soon);
	return tap_run(s);
}
