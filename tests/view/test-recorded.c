/* SPDX-License-Identifier: EUPL-1.2 */
/* Codes and reasons that are recorded in English have their Swedish words. */
#include <dirent.h>
#include <string.h>

#include "base/text.h"
#include "core/deficiency.h"
#include "core/import.h"
#include "core/ladder.h"
#include "core/reply.h"
#include "core/review.h"
#include "core/rsvp.h"
#include "tests/tap.h"
#include "view/view.h"

static const struct {
	const char *en, *sv;
} pairs[] = {
#define R(en, sv) { en, sv },
#include "src/view/reason-words.inc"
#undef R
};

static const struct {
	const char *en, *sv;
} imports[] = {
#define M(en, sv) { en, sv },
#include "src/view/import-words.inc"
#undef M
};

static void has_word(const char *code)
{
	const char *word = view_code(code, VIEW_SV);

	ck_assert_msg(strcmp(word, code) != 0, "%s has no Swedish word", code);
	ck_assert_str_eq(view_code(code, VIEW_EN), code);
}

START_TEST(every_code_of_a_table_has_a_word)
{
	static const char *const statuses[] = {
		"queued", "sending", "accepted", "deferred", "held", "failed", "uncertain", "cancelled", "new", "applied",
		"answered", "kept", "coordinator", "poison", "unknown", "outside", "inside", "added", "changed", "removed",
	};

	for (size_t i = 0; i < ARRAY_LEN(statuses); i++)
		has_word(statuses[i]);
	for (int i = 0; i < VERDICT_COUNT; i++)
		has_word(verdict_name((enum verdict)i));
	for (int i = 0; i < MAIL_CLASS_COUNT; i++)
		has_word(mail_class_name((enum mail_class)i));
	for (int i = 0; i < REVIEW_STATE_COUNT; i++)
		has_word(review_state_name((enum review_state)i));
	for (int i = 0; i < RUNG_COUNT; i++)
		has_word(rung_name((enum rung)i));
	for (int i = 0; i <= DEFICIENCY_MISTAKEN; i++)
		has_word(deficiency_state_name((enum deficiency_state)i));
	for (int i = 0; i < RSVP_WHO_COUNT; i++)
		has_word(rsvp_who_name((enum rsvp_who)i));
	for (int i = 0; i < RSVP_OUTCOME_COUNT; i++)
		has_word(rsvp_outcome_name((enum rsvp_outcome)i));
}
END_TEST

START_TEST(every_letter_has_a_word)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	DIR *dir = opendir(tap_path("templates/sv"));
	int n = 0;

	ck_assert_ptr_nonnull(dir);
	for (struct dirent *d; (d = readdir(dir));) {
		if (!text_ends(d->d_name, ".md") || text_starts(d->d_name, "part-"))
			continue;
		has_word(arena_dupn(&a, d->d_name, strlen(d->d_name) - 3));
		n++;
	}
	closedir(dir);
	ck_assert_int_gt(n, 40);
}
END_TEST

/* The text with each '*' replaced. */
static const char *filled(struct arena *a, const char *text)
{
	struct buf out AUTO(buf_release) = BUF_INIT;

	for (int n = 0; *text; text++)
		if (*text == '*')
			buf_fmt(&out, "X%d", ++n);
		else
			buf_chr(&out, *text);
	return arena_dup(a, out.data);
}

/* As it is meant, and not as one before it with a '*' in it. */
START_TEST(every_reason_is_said_in_swedish)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;

	for (size_t i = 0; i < ARRAY_LEN(pairs); i++) {
		const char *en = filled(&a, pairs[i].en);

		ck_assert_str_eq(view_reason(&a, en, VIEW_SV), filled(&a, pairs[i].sv));
		ck_assert_str_eq(view_reason(&a, en, VIEW_EN), en);
	}
	ck_assert_str_eq(view_reason(&a, "the event moves to 2027-03-01 09.00, as it proposes; but the letter's role has "
	                             "another holder or address now", VIEW_SV),
	                 "bokningen flyttas till 2027-03-01 09.00, som det föreslår; men brevets roll har en annan "
	                 "ansvarig eller adress nu");
	ck_assert_str_eq(view_reason(&a, "no such reason", VIEW_SV), "no such reason");
	ck_assert_str_eq(view_reason(&a, "", VIEW_SV), "");
	ck_assert_ptr_null(view_reason(&a, NULL, VIEW_SV));
	ck_assert_ptr_null(view_code(NULL, VIEW_SV));
}
END_TEST

static void import_says(const char *line, const char *want)
{
	struct buf out AUTO(buf_release) = BUF_INIT;

	view_import(line, VIEW_SV, &out);
	ck_assert_str_eq(out.data, want);
	buf_clear(&out);
	view_import(line, VIEW_EN, &out);
	ck_assert_str_eq(out.data, line);
}

START_TEST(what_an_import_says_is_said_in_swedish)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;

	for (size_t i = 0; i < ARRAY_LEN(imports); i++)
		import_says(arena_fmt(&a, "a/f.csv:1:2: %s\n", filled(&a, imports[i].en)),
		            arena_fmt(&a, "a/f.csv:1:2: %s\n", filled(&a, imports[i].sv)));
	import_says("+ role kd\n~ asset T1: title, shown\n~ meeting KS 2027-01-12: moved to 2027-01-19\n",
	            "+ roll kd\n~ informationstillgång T1: titel, det som visas\n"
	            "~ sammanträde KS 2027-01-12: flyttat till 2027-01-19\n");
	import_says("f.csv:36: T035 namn: kept as \"A\", which is by an answer of 2027-02-22; the file says nothing\n"
	            "1 added, 0 changed, 4 as before; 2 values kept as answered",
	            "f.csv:36: T035 namn: behålls som \"A\", enligt ett svar 2027-02-22; filen säger inget\n"
	            "1 nya, 0 ändrade, 4 som förut; 2 värden behållna som de besvarats");
	import_says("something: else\n", "something: else\n");
}
END_TEST

/* Every complaint that the tests of the import know. */
static void complaint_row(const char *table, int line, char **field, bool references)
{
	struct registry r AUTO(registry_release);
	struct complaints c AUTO(complaints_release) = COMPLAINTS_INIT;
	struct buf out AUTO(buf_release) = BUF_INIT;

	registry_init(&r);
	for (char *at = field[1]; (at = strstr(at, "\\n"));) {
		*at = '\n';
		memmove(at + 1, at + 2, strlen(at + 2) + 1);
	}
	import_csv((enum import_kind)import_kind_by_name(field[0]), "f.csv", field[1], strlen(field[1]), &r, &c);
	if (references) {
		registry_index(&r);
		import_check(&r, &c);
	}
	view_import(c.text.data, VIEW_SV, &out);
	for (const char *en = c.text.data, *sv = out.data; *en; en = strchr(en, '\n') + 1, sv = strchr(sv, '\n') + 1)
		ck_assert_msg(strncmp(en, sv, strcspn(en, "\n") + 1) != 0, "%s:%d: no Swedish for %s", table, line, en);
}

static void bad_row(int line, char **field, int n)
{
	ck_assert_int_eq(n, 4);
	complaint_row("import-bad.txt", line, field, false);
}

static void reference_row(int line, char **field, int n)
{
	ck_assert_int_eq(n, 4);
	complaint_row("import-references.txt", line, field, true);
}

START_TEST(every_complaint_has_swedish_words)
{
	tap_table("tests/cases/import-bad.txt", bad_row);
	tap_table("tests/cases/import-references.txt", reference_row);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("recorded");
	TCase *t = tcase_create("recorded");

	tcase_add_test(t, every_code_of_a_table_has_a_word);
	tcase_add_test(t, every_letter_has_a_word);
	tcase_add_test(t, every_reason_is_said_in_swedish);
	tcase_add_test(t, what_an_import_says_is_said_in_swedish);
	tcase_add_test(t, every_complaint_has_swedish_words);
	suite_add_tcase(s, t);
	return tap_run(s);
}
