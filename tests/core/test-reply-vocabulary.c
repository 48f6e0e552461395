/* SPDX-License-Identifier: EUPL-1.2 */
/* The tables that are made of the rows of replies, against the rows themselves. */
#include <string.h>

#include "base/attr.h"
#include "base/buf.h"
#include "src/core/reply-internal.h"
#include "tests/tap.h"

#define ANY_OF(x) (1U << LETTER_##x)

static const struct row {
	struct saying says;
	const char *pattern;
} rows[] = {
#define SAY(verdict, letters, flags, pattern) { { VERDICT_##verdict, letters, flags, OUTCOME_NONE }, pattern },
#define BECAME(what, letters, pattern) { { VERDICT_CHANGES, letters, 0, OUTCOME_##what }, pattern },
#define PROPOSES(what, pattern) { { VERDICT_CHANGES, REVIEWS, SAYS_TEXT, OUTCOME_##what }, pattern },
#define CASE(what, flags, pattern) { { VERDICT_CHANGES, ANY_OF(DEFICIENCY), flags, OUTCOME_##what }, pattern },
#include "src/core/reply-sayings.inc"
#undef SAY
#undef BECAME
#undef PROPOSES
#undef CASE
};

/* What fills a slot: its first row, or words for what the program makes. */
static const struct {
	const char *name, *pattern;
} slots[] = {
	{ "when", "2027-03-15" }, { "past", "2026-12-01" }, { "n", "3" }, { "who", "anna" },
	{ "some", "t020" }, { "rest", "nu" }, { "today", "idag" },
#define SLOT(name, pattern) { name, pattern },
#include "src/core/reply-slots.inc"
#undef SLOT
};

static struct arena arena;

/* The pattern by the first way of each of its elements; `all`: with what may be left out. */
static void say(struct buf *out, const char *pattern, size_t len, bool all)
{
	for (const char *at = pattern; at < pattern + len;) {
		size_t n = strcspn(at, " ") < (size_t)(pattern + len - at) ? strcspn(at, " ") : (size_t)(pattern + len - at);
		size_t first = strcspn(at, "| ?") < n ? strcspn(at, "| ?") : n;

		if (at[n - 1] == '?' && !all) {
			/* is not said */
		} else if (*at == '{') {
			size_t i = 0;
			while (strlen(slots[i].name) != first - 2 || strncmp(slots[i].name, at + 1, first - 2) != 0)
				ck_assert_msg(++i < ARRAY_LEN(slots), "%s", pattern);
			say(out, slots[i].pattern, strlen(slots[i].pattern), all);
		} else {
			buf_fmt(out, "%s%.*s", out->len && *at != ',' ? " " : "", (int)first, at);
		}
		at += n + (at[n] == ' ');
	}
}

static struct clause clause_of(const char *text)
{
	struct lines lines;
	size_t n;

	reply_lines(&arena, text, &lines);
	struct clause *c = reply_clauses(&arena, &lines, &n);
	ck_assert_msg(n == 1, "%s", text);
	return *c;
}

/* That the row, or one above it that says the same words, is what is found. */
static void must_find(const struct row *row, const char *text, bool slip)
{
	struct reply_context ctx = { .received = date_of(2027, 1, 12) };
	struct clause c = clause_of(text);
	struct found f;

	while (!(row->says.letters & (1U << ctx.letter)))
		ctx.letter++;
	bool exact = reply_find(&c, &ctx, false, &f), found = exact || reply_find(&c, &ctx, true, &f);
	ck_assert_msg(found, "\"%s\" is not found for %s", text, row->pattern);
	ck_assert_msg(slip ? !exact && f.loose : exact && !f.loose, "\"%s\" for %s", text, row->pattern);
	for (const struct row *above = row; above >= rows; above--)
		if (above->says.verdict == f.saying->verdict && above->says.letters == f.saying->letters &&
		    above->says.flags == f.saying->flags && above->says.outcome == f.saying->outcome)
			return;
	ck_abort_msg("\"%s\" is found as another saying than %s", text, row->pattern);
}

static const char *sentence(const struct row *row, bool all)
{
	struct buf b AUTO(buf_release) = BUF_INIT;

	say(&b, row->pattern, strlen(row->pattern), all);
	return arena_dup(&arena, b.data);
}

START_TEST(every_saying_is_found)
{
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		must_find(&rows[i], sentence(&rows[i], false), false);
		must_find(&rows[i], sentence(&rows[i], true), false);
	}
	arena_release(&arena);
}
END_TEST

/* A letter in the middle of a long word that is none of Swedish; NULL: there is no such. */
static char *with_slip(const char *text)
{
	char *out = arena_dup(&arena, text);

	for (char *word = out; *word; word += strcspn(word, " ") + (word[strcspn(word, " ")] == ' ')) {
		size_t letters = strspn(word, "abcdefghijklmnopqrstuvwxyz");
		if (letters >= 6) {
			word[letters / 2] = 'q';
			return out;
		}
	}
	return NULL;
}

START_TEST(every_saying_is_found_with_a_slip)
{
	int tried = 0;

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		const char *text = with_slip(sentence(&rows[i], false));
		if (!text || clause_of(text).n > 8)
			continue;
		must_find(&rows[i], text, true);
		tried++;
	}
	ck_assert_int_gt(tried, 90);
	arena_release(&arena);
}
END_TEST

START_TEST(every_word_is_found)
{
	for (size_t i = 1; i < vocabulary_size; i++) {
		ck_assert_int_lt(strcmp(vocabulary_words[i - 1].text, vocabulary_words[i].text), 0);
		ck_assert_uint_eq(vocabulary_find(vocabulary_words[i].text), i);
	}
	ck_assert_uint_eq(vocabulary_find("granskningslös"), WORD_UNKNOWN);
	ck_assert_uint_eq(vocabulary_find(""), WORD_UNKNOWN);
	ck_assert_int_eq(vocabulary_words[vocabulary_find("inte")].guard, GUARD_NEGATION);
	ck_assert_int_eq(vocabulary_words[vocabulary_find("anna")].is, WORD_NAME);
}
END_TEST

/* A word may be taken for another by one letter, or as those write who have no å, ä and ö;
 * a word that an answer may not have is never taken for another. */
START_TEST(a_word_is_a_slip_of_few)
{
	static const struct {
		const char *word, *of;
		bool slip;
	} cases[] = {
		{ "godkanns", "godkänns", true }, { "godkaenns", "godkänns", true },
		{ "godkännt", "godkänt", true }, { "godkäns", "godkänns", true },
		{ "godkkänns", "godkänns", true }, { "gokdänns", "godkänns", true },
		{ "godänner", "godkänns", false }, { "godkänner", "godkänns", false },
		{ "nekat", "nekas", false }, { "oeverlaamnat", "överlämnat", true },
		{ "", "godkänns", false }, { "underkaanns", "underkänns", true },
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct slips s;
		size_t of = vocabulary_find(cases[i].of);
		ck_assert_uint_ne(of, WORD_UNKNOWN);
		vocabulary_slips(cases[i].word, vocabulary_find(cases[i].word), &s);
		ck_assert_msg((s.words[of / 32] >> of % 32 & 1) == cases[i].slip, "%s of %s", cases[i].word,
		              cases[i].of);
	}
}
END_TEST

int main(void)
{
	Suite *s = suite_create("core/reply-vocabulary");
	TCase *t = tcase_create("vocabulary");

	tcase_add_test(t, every_saying_is_found);
	tcase_add_test(t, every_saying_is_found_with_a_slip);
	tcase_add_test(t, every_word_is_found);
	tcase_add_test(t, a_word_is_a_slip_of_few);
	suite_add_tcase(s, t);
	return tap_run(s);
}
