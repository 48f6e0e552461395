/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "core/reply.h"
#include "tests/core/reply-rows.h"
#include "tests/tap.h"

static bool among(const char *word, const char *words)
{
	size_t len = strlen(word);

	for (const char *at = words; at; at = strchr(at, '/') ? strchr(at, '/') + 1 : NULL)
		if (strncmp(at, word, len) == 0 && (at[len] == '/' || !at[len]))
			return true;
	return false;
}

static const char *adjusted_word(enum adjusted adjusted)
{
	return adjusted == ADJUSTED_YES ? "yes" : adjusted == ADJUSTED_NOT_YET ? "not yet" : "-";
}

/* What it calls that which it is about: "one+routine". */
static const char *names_text(struct arena *a, unsigned names)
{
	static const char *const words[] = { "one", "both", "kind", "inventory", "register", "routine" };
	const char *out = NULL;

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (names >> i & 1)
			out = out ? arena_fmt(a, "%s+%s", out, words[i]) : words[i];
	return out;
}

/* What the answer says beside its verdict: "until 2027-03-15", "§ 34". */
static const char *detail_of(struct arena *a, const struct reply *r, const char *what)
{
	const struct answer *said = &r->said;
	char until[DATE_TEXT], date[DATE_TEXT];
	const struct {
		const char *name, *value;
	} details[] = {
		{ "until", said->until == DAY_NONE ? NULL : date_text(said->until, until) },
		{ "date", said->date == DAY_NONE ? NULL : date_text(said->date, date) },
		{ "delegate", said->delegate },
		{ "paragraph", said->paragraph },
		{ "option", said->option },
		{ "registry", said->registry_no },
		{ "outcome", reply_outcome_name(said->outcome) },
		{ "adjusted", adjusted_word(said->adjusted) },
		{ "names", names_text(a, said->names) },
		{ "proposal", said->verdict ? verdict_name(said->verdict) : NULL },
	};

	for (size_t i = 0; i < ARRAY_LEN(details); i++) {
		size_t n = strlen(details[i].name);
		if (strncmp(what, details[i].name, n) == 0 && what[n] == '=')
			return arena_fmt(a, "%s=%s", details[i].name, details[i].value ? details[i].value : "-");
	}
	return "no such detail";
}

static const char *all_answers(struct arena *a, const struct reply *r)
{
	struct buf got AUTO(buf_release) = BUF_INIT;

	for (size_t i = 0; i < r->n_answers; i++)
		buf_fmt(&got, "%s%d:%s", i ? " " : "", r->answers[i].n, verdict_name(r->answers[i].verdict));
	return arena_dup(a, got.data ? got.data : "none");
}

static int bad;

static void expect(int line, bool holds, const char *got, const char *want)
{
	if (holds)
		return;
	bad++;
	printf("# line %d: %s, expected %s\n", line, got, want);
}

static void check_detail(struct arena *a, int line, char *detail, const struct reply *r)
{
	char *save, day[DATE_TEXT];
	const char *got;

	if (strchr(detail, '=')) {
		for (char *at = strtok_r(detail, ",", &save); at; at = strtok_r(NULL, ",", &save)) {
			at += strspn(at, " ");
			got = detail_of(a, r, at);
			expect(line, strcmp(got, at) == 0, got, at);
		}
	} else if (strchr(detail, ':')) {
		got = all_answers(a, r);
		expect(line, strcmp(got, detail) == 0, got, detail);
	} else {
		got = r->n_answers == 1 ? date_text(r->answers[0].until, day) : all_answers(a, r);
		expect(line, strcmp(got, detail) == 0, got, detail);
	}
}

static void one_reply(int line, char **field, int n)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct reply r;

	if (*field[0] == '@' && n == 1) {
		context_row(line, field[0]);
		return;
	}
	ck_assert_msg(n >= 3, "line %d has %d fields", line, n);
	struct reply_context ctx = context();
	reply_read(&a, unescape(&a, field[0]), &ctx, &r);
	const char *got = arena_fmt(&a, "%s: %s (%s)", field[0], verdict_name(r.verdict), r.reason);
	if (field[1][0] == '!')
		expect(line, !among(verdict_name(r.verdict), field[1] + 1), got, "anything else");
	else
		expect(line, among(verdict_name(r.verdict), field[1]), got, field[1]);
	expect(line, r.reason && *r.reason, got, "a reason");
	if (r.verdict == VERDICT_QUESTION || r.verdict == VERDICT_UNCLEAR) {
		expect(line, r.n_answers == 0, got, "no answers to act on");
		expect(line, !text_blank(r.text), got, "the text to be kept");
	}
	if (strcmp(field[2], "-") != 0)
		check_detail(&a, line, field[2], &r);
	if (n >= 4)
		expect(line, r.text && strcmp(r.text, unescape(&a, field[3])) == 0, r.text ? r.text : "no text",
		       field[3]);
}

START_TEST(replies_mean_what_the_table_says)
{
	bad = 0;
	tap_table("tests/cases/replies.txt", one_reply);
	fflush(stdout); /* a failed assertion ends the process without it */
	ck_assert_int_eq(bad, 0);
}
END_TEST

/* ---- what a question back offers ---- */

static const char *said_of(struct arena *a, const struct answer *at, size_t n)
{
	struct buf out AUTO(buf_release) = BUF_INIT;
	char until[DATE_TEXT];

	for (size_t i = 0; i < n; i++)
		buf_fmt(&out, "%d:%s %s; ", at[i].n, verdict_name(at[i].verdict), date_text(at[i].until, until));
	return arena_dup(a, out.data ? out.data : "");
}

/* "vad | vad det erbjuds som / annars": reply | choices with " / " between */
static void one_offer(int line, char **field, int n)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct buf got AUTO(buf_release) = BUF_INIT;
	const char *choice[REPLY_CHOICES];
	struct reply r, again;

	if (*field[0] == '@' && n == 1) {
		context_row(line, field[0]);
		return;
	}
	ck_assert_msg(n == 2, "line %d has %d fields", line, n);
	struct reply_context ctx = context();
	reply_read(&a, unescape(&a, field[0]), &ctx, &r);
	size_t choices = reply_choices(&a, &r, false, true, choice);
	for (size_t i = 0; i < choices; i++) {
		buf_str(&got, i ? " / " : "");
		for (const char *at = choice[i]; *at; at++)
			*at == '\n' ? buf_str(&got, "\\n") : buf_chr(&got, *at);
		/* One tap must mean what it says, to us as well. */
		reply_read(&a, choice[i], &ctx, &again);
		expect(line, again.n_answers > 0, choice[i], "an answer that is understood");
		if (!i)
			expect(line, again.n_answers == r.n_proposed &&
			       !strcmp(said_of(&a, again.answers, again.n_answers),
			               said_of(&a, r.proposed, r.n_proposed)),
			       choice[i], "to be read as it was meant");
	}
	const char *what = got.len ? got.data : "-";
	expect(line, strcmp(what, field[1]) == 0, what, field[1]);
}

START_TEST(a_question_offers_what_was_meant)
{
	bad = 0;
	tap_table("tests/cases/offers.txt", one_offer);
	fflush(stdout);
	ck_assert_int_eq(bad, 0);
}
END_TEST

/* No words put before, after or inside a sign-off make another one of it. */
START_TEST(words_around_a_sign_off_never_approve)
{
	static const char *const words[] = { "inte", "men", "om", "när", "ej", "nästan", "kanske",
	                                     "aldrig", "utom", "snart", "not", "ska" };

	const struct reply_context ctx = { .received = date_of(2027, 1, 12) };

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
			reply_read(&a, tries[j], &ctx, &r);
			ck_assert_msg(r.verdict != VERDICT_APPROVE, "%s", tries[j]);
		}
	}
}
END_TEST

START_TEST(long_texts_end_soon)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct buf b AUTO(buf_release) = BUF_INIT;
	const struct reply_context ctx = { .received = date_of(2027, 1, 12) };
	struct reply r;

	for (int i = 0; i < 100000; i++)
		buf_str(&b, "1, 2; 3 ");
	reply_read(&a, b.data, &ctx, &r);
	ck_assert_int_ne(r.verdict, VERDICT_APPROVE);
	buf_clear(&b);
	for (int i = 0; i < 100000; i++)
		buf_str(&b, "1 godkänns\n");
	reply_read(&a, b.data, &ctx, &r);
	ck_assert_int_ne(r.verdict, VERDICT_APPROVE);
	buf_clear(&b);
	buf_str(&b, "Ändring: x\n");
	for (int i = 0; i < 300000; i++)
		buf_str(&b, "ord ");
	reply_read(&a, b.data, &ctx, &r);
	ck_assert_int_eq(r.verdict, VERDICT_UNCLEAR);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("core/reply");
	TCase *t = tcase_create("reply");

	suite_add_tcase(s, t);
	tcase_set_timeout(t, 0); /* however busy the machine */
	tcase_add_test(t, replies_mean_what_the_table_says);
	tcase_add_test(t, a_question_offers_what_was_meant);
	tcase_add_test(t, words_around_a_sign_off_never_approve);
	tcase_add_test(t, long_texts_end_soon);
	return tap_run(s);
}
