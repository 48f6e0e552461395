/* SPDX-License-Identifier: EUPL-1.2 */
/* What must never sign, whatever the letter asked and however freely the site lets
 * people answer; and what makes a sign-off none, whichever sign-off it is. */
#include <stdio.h>
#include <string.h>

#include "base/attr.h"
#include "base/buf.h"
#include "base/text.h"
#include "core/reply.h"
#include "tests/core/reply-rows.h"
#include "tests/tap.h"

enum { SHOWN = 20 };

static int bad, tried;

static void must_not_sign(int line, const char *text, const struct reply_context *ctx)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct reply r;

	reply_read(&a, text, ctx, &r);
	tried++;
	if (r.verdict == VERDICT_APPROVE && bad++ < SHOWN)
		printf("# line %d: \"%s\" signs as an answer to %s\n", line, text, letter_kind_name(ctx->letter));
}

static void under_every_letter(int line, const char *text)
{
	for (int kind = 0; kind < LETTER_KIND_COUNT; kind++) {
		const struct reply_context ctx = {
			.received = date_of(2027, 1, 12), .letter = (enum letter_kind)kind,
			.yes_approves = true, .done_offered = true, .from = "anna.berg@tallvinge.example",
		};
		must_not_sign(line, text, &ctx);
	}
}

static void done(void)
{
	fflush(stdout); /* a failed assertion ends the process without it */
	ck_assert_int_eq(bad, 0);
	ck_assert_int_gt(tried, 0);
}

static void one_never(int line, char **field, int n)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;

	ck_assert_msg(n == 1, "line %d has %d fields", line, n);
	under_every_letter(line, unescape(&a, field[0]));
}

START_TEST(nothing_of_the_table_signs_anywhere)
{
	bad = tried = 0;
	tap_table("tests/cases/replies-never.txt", one_never);
	done();
}
END_TEST

/* ---- a sign-off with something more ---- */

/* Nothing that a sign-off needs, and nothing that courtesy says. */
static const char *const neutral[] = {
	"Kalle slutar i mars.", "Ring mig.", "Det regnar idag.", "Rad 4 är ny.", "Se bilagan.",
	"Vi behöver prata.", "Tre datorer.", "Jag är på semester nästa vecka.", "Listan är lång.",
	"Kompletteras.", "Vi tittar på rad 4.", "Lisa Ek har tagit över.", "Anna läser den nu.",
	"Systemet byts ut.", "Hur gick det?", "(utkast)", "See row 4.", "Bob has left.", "Call me.",
	"It rains.", "The list is long.", "Draft only.",
};

static const char *const denials[] = {
	"inte", "ej", "icke", "aldrig", "varken", "knappast", "not", "never", "hardly", "Nej.", "No,",
	"Inte\n", "Jag kan inte säga", "I do not say",
};

static bool signs(const char *text, const struct reply_context *ctx)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct reply r;

	reply_read(&a, text, ctx, &r);
	return r.verdict == VERDICT_APPROVE;
}

static void add_to_it(int line, const char *text)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct reply_context ctx = context();

	for (size_t i = 0; i < ARRAY_LEN(neutral); i++) {
		const char *sentence = neutral[i];

		/* Each row has each sentence, and each place many of both. */
		switch ((line + (int)i) % 5) {
		case 0:
			sentence = arena_fmt(&a, "%s\n%s", text, sentence);
			break;
		case 1:
			sentence = arena_fmt(&a, "%s\n\n%s\n", text, sentence);
			break;
		case 2:
			sentence = arena_fmt(&a, "%s\n%s", sentence, text);
			break;
		case 3:
			sentence = arena_fmt(&a, "%s %s", text, sentence);
			break;
		default:
			sentence = arena_fmt(&a, "%s %s", sentence, text);
			break;
		}
		must_not_sign(line, sentence, &ctx);
	}
	for (size_t i = 0; i < ARRAY_LEN(denials); i++)
		must_not_sign(line, arena_fmt(&a, "%s %s", denials[i], text), &ctx);
	/* … but thanks are no more than thanks. */
	if (!strchr(text, '\n') && !signs(arena_fmt(&a, "Hej!\n%s\nTack!", text), &ctx) && bad++ < SHOWN)
		printf("# line %d: thanks after \"%s\" stand in its way\n", line, text);
}

static void one_row(int line, char **field, int n)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;

	if (*field[0] == '@' && n == 1)
		context_row(line, field[0]);
	else if (n > 1 && strcmp(field[1], "approve") == 0)
		add_to_it(line, unescape(&a, field[0]));
}

START_TEST(a_sign_off_with_more_is_none)
{
	bad = tried = 0;
	tap_table("tests/cases/replies.txt", one_row);
	done();
}
END_TEST

/* ---- words lost, doubled and thrown about ---- */

enum { MOST_WORDS = 64, TURNS = 8 };

static struct arena known_words = ARENA_INIT;
static const char *known[4096];
static size_t n_known;

/* A word as it stands between blanks, without the marks that say nothing. */
static const char *bare(struct arena *a, const char *word)
{
	char *folded = text_fold(a, word);
	folded += strspn(folded, "/-");
	size_t len = strlen(folded);

	while (len && strchr(".,!-", folded[len - 1]))
		folded[--len] = '\0';
	return folded;
}

static bool is_known(struct arena *a, const char *word)
{
	const char *folded = bare(a, word);

	if (!*folded || strspn(folded, "0123456789") > 0) /* an item's number */
		return true;
	for (size_t i = 0; i < n_known; i++)
		if (strcmp(known[i], folded) == 0)
			return true;
	return false;
}

static size_t words_of(struct arena *a, const char *text, const char **word)
{
	char *copy = arena_dup(a, text), *save;
	size_t n = 0;

	for (char *at = strtok_r(copy, " \n", &save); at && n < MOST_WORDS; at = strtok_r(NULL, " \n", &save))
		word[n++] = at;
	return n;
}

static void learn(int line, char **field, int n)
{
	const char *word[MOST_WORDS];

	if (n < 2 || strcmp(field[1], "approve") != 0)
		return;
	size_t words = words_of(&known_words, unescape(&known_words, field[0]), word);
	for (size_t i = 0; i < words; i++)
		if (!is_known(&known_words, word[i])) {
			ck_assert_msg(n_known < ARRAY_LEN(known), "line %d: too many words", line);
			known[n_known++] = bare(&known_words, word[i]);
		}
}

/* Always the same numbers: a test that fails must fail again. */
static unsigned next_random(unsigned *state)
{
	*state = *state * 1103515245U + 12345U;
	return *state >> 16;
}

static size_t disturb(const char **word, size_t n, unsigned *state)
{
	size_t i = next_random(state) % n, j = next_random(state) % n;
	const char *was = word[i];

	switch (next_random(state) % 3) {
	case 0: /* lost */
		memmove(word + i, word + i + 1, (n - i - 1) * sizeof(*word));
		return n - 1;
	case 1: /* doubled */
		if (n == MOST_WORDS)
			return n;
		memmove(word + i + 1, word + i, (n - i) * sizeof(*word));
		return n + 1;
	default:
		word[i] = word[j];
		word[j] = was;
		return n;
	}
}

/* While a word is left that no sign-off has, it is none. */
static void one_disturbed(int line, char **field, int n)
{
	unsigned state = (unsigned)line;

	(void)n;
	for (int turn = 0; turn < TURNS; turn++) {
		struct arena a AUTO(arena_release) = ARENA_INIT;
		struct buf text AUTO(buf_release) = BUF_INIT;
		const char *word[MOST_WORDS + 1];
		size_t words = words_of(&a, unescape(&a, field[0]), word);
		bool strange = false, lines = next_random(&state) % 4 == 0;

		for (unsigned times = 1 + next_random(&state) % 4; times && words; times--)
			words = disturb(word, words, &state);
		for (size_t i = 0; i < words; i++) {
			buf_fmt(&text, "%s%s", !i ? "" : lines ? "\n" : " ", word[i]);
			strange = strange || !is_known(&a, word[i]);
		}
		const struct reply_context ctx = {
			.received = date_of(2027, 1, 12), .letter = (enum letter_kind)(turn % LETTER_KIND_COUNT),
			.yes_approves = true, .done_offered = true,
		};
		if (strange)
			must_not_sign(line, text.data, &ctx);
	}
}

START_TEST(words_thrown_about_never_sign)
{
	bad = tried = 0;
	tap_table("tests/cases/replies.txt", learn);
	tap_table("tests/cases/replies-never.txt", one_disturbed);
	arena_release(&known_words);
	n_known = 0;
	done();
}
END_TEST

int main(void)
{
	Suite *s = suite_create("core/reply-never");
	TCase *t = tcase_create("never");

	suite_add_tcase(s, t);
	tcase_set_timeout(t, 0); /* a busy machine is no fault of the grammar */
	tcase_add_test(t, nothing_of_the_table_signs_anywhere);
	tcase_add_test(t, a_sign_off_with_more_is_none);
	tcase_add_test(t, words_thrown_about_never_sign);
	return tap_run(s);
}
