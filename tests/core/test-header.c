/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/header.h"
#include "tests/tap.h"

static const char *or_dash(const char *s)
{
	return s ? s : "-";
}

static const char *day_or_dash(struct arena *a, dayno day)
{
	char text[DATE_TEXT];

	return day == DAY_NONE ? "-" : arena_dup(a, date_text(day, text));
}

static const char *all_rules(struct arena *a, const struct rules *r)
{
	struct buf out AUTO(buf_release) = BUF_INIT;

	for (size_t i = 0; i < r->n; i++) {
		if (i)
			buf_str(&out, "; ");
		rule_format(&r->at[i], &out);
	}
	return r->n ? arena_dup(a, out.data) : "-";
}

static const char *all_asks(struct arena *a, const struct due *due)
{
	struct buf out AUTO(buf_release) = BUF_INIT;

	for (size_t i = 0; i < due->n_ask; i++)
		buf_fmt(&out, "%s%s", i ? "; " : "", due->ask[i]);
	return due->n_ask ? arena_dup(a, out.data) : "-";
}

static void compute(struct arena *a, const struct header *h, struct due *due)
{
	struct registry r;
	dayno today;

	registry_init(&r);
	ck_assert(date_parse("2027-01-11", &today));
	due_compute(&r, &h->item, today, a, due);
	registry_release(&r);
}

static const char *look_up(struct arena *a, const struct header *h, const char *what)
{
	struct due due;
	compute(a, h, &due);
	const struct {
		const char *name, *value;
	} fields[] = {
		{ "title", or_dash(h->title) },
		{ "kind", or_dash(h->kind) },
		{ "decided_by", or_dash(h->decided_by) },
		{ "paragraph", or_dash(h->paragraph) },
		{ "registry_no", or_dash(h->registry_no) },
		{ "responsible", or_dash(h->responsible) },
		{ "replaces", or_dash(h->replaces) },
		{ "decided_on", day_or_dash(a, h->decided_on) },
		{ "revised_on", day_or_dash(a, h->revised_on) },
		{ "reviewed_on", day_or_dash(a, h->reviewed_on) },
		{ "valid_from", day_or_dash(a, h->valid_from) },
		{ "valid_until", day_or_dash(a, h->valid_until) },
		{ "rules", all_rules(a, &h->rules) },
		{ "anchor", day_or_dash(a, due.anchor) },
		{ "due", day_or_dash(a, due.due) },
		{ "ask", all_asks(a, &due) },
	};

	for (size_t i = 0; i < ARRAY_LEN(fields); i++) {
		if (strcmp(what, fields[i].name) == 0)
			return fields[i].value;
	}
	ck_abort_msg("a header has no %s", what);
	return NULL;
}

static int bad;

static void header_row(int line, char **field, int n)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct header h;
	char path[200];

	ck_assert_msg(n == 3, "line %d has %d fields", line, n);
	snprintf(path, sizeof(path), "tests/cases/headers/%s.txt", field[0]);
	char *text = tap_slurp(tap_path(path), NULL);
	header_read(&a, text, &h);
	free(text);
	const char *got = look_up(&a, &h, field[1]);
	if (strcmp(got, field[2]) == 0)
		return;
	bad++;
	printf("# line %d: %s: %s is %s, expected %s\n", line, field[0], field[1], got, field[2]);
}

START_TEST(first_pages_are_read)
{
	bad = 0;
	tap_table("tests/cases/headers.txt", header_row);
	ck_assert_int_eq(bad, 0);
}
END_TEST

START_TEST(an_empty_page_says_nothing)
{
	static const char *const texts[] = { "", "\n\n \t\r\n", "\xef\xbb\xbf", "---", ":::::" };
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct header h;

	header_read(&a, texts[_i], &h);
	ck_assert_ptr_null(h.title);
	ck_assert_int_eq(h.decided_on, DAY_NONE);
	ck_assert_uint_eq(h.rules.n, 0);
}
END_TEST

static const char *const bits[] = {
	"Beslutsdatum", "Uppföljning", "Diarienummer:", "Gäller", "Reviderad", "Antagen av",
	"kommunfullmäktige", "den 25 november 2019", "§ 144", "§", "[Datum]", "xx", "-",
	"Status:",
	"Vart fjärde år", "2027-02-31", "Besluts-\n", "datum", "\t", "   ", "\n", "\n\n",
	"\r\n", "|",
	"Policyn ska ses över", "årligen.", "antogs av", "fastställer riktlinjer",
	"Inledning\n",
	"\xff", "\xc2", "\xcc\x88", "\xf0\x9f\x98\x80", ".", "; ", "Läsåret 2016/2017",
	"0000-00-00",
};

static void put_noise(struct buf *b, unsigned *seed)
{
	int n = rand_r(seed) % 300;

	for (int i = 0; i < n; i++) {
		if (rand_r(seed) % 5)
			buf_str(b, bits[(size_t)rand_r(seed) % ARRAY_LEN(bits)]);
		else
			buf_chr(b, (char)(rand_r(seed) % 255 + 1));
		if (rand_r(seed) % 2)
			buf_chr(b, " \n"[rand_r(seed) % 2]);
	}
}

START_TEST(any_bytes_come_to_an_answer)
{
	unsigned seed = getenv("OVERSYN_SEED") ? (unsigned)atoi(getenv("OVERSYN_SEED"))
	                                       : (unsigned)time(NULL);

	printf("# OVERSYN_SEED=%u\n", seed);
	for (int k = 0; k < 400; k++) {
		struct arena a AUTO(arena_release) = ARENA_INIT;
		struct buf text AUTO(buf_release) = BUF_INIT;
		struct header h;
		struct due due;
		put_noise(&text, &seed);
		header_read(&a, text.data, &h);
		compute(&a, &h, &due);
		/* What cannot be computed is asked for or was said to be nothing. */
		ck_assert(due.due != DAY_NONE || due.n_ask > 0 || h.rules.n > 0);
	}
}
END_TEST

/* A page of one letter, of labels only, of one endless line: soon done with. */
START_TEST(a_huge_page_takes_no_time)
{
	static const char *const pieces[] = {
		"a", "Beslutsdatum: ", "Gäller \n", "och ", "§ 1 ", "-\n",
	};
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct buf text AUTO(buf_release) = BUF_INIT;
	struct header h;

	while (text.len < 1000000)
		buf_str(&text, pieces[_i]);
	header_read(&a, text.data, &h);
	ck_assert_int_eq(h.decided_on, DAY_NONE);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("core/header");
	TCase *t = tcase_create("header");

	tcase_set_timeout(t, 60);
	tcase_add_test(t, first_pages_are_read);
	tcase_add_loop_test(t, an_empty_page_says_nothing, 0, 5);
	tcase_add_test(t, any_bytes_come_to_an_answer);
	tcase_add_loop_test(t, a_huge_page_takes_no_time, 0, 6);
	suite_add_tcase(s, t);
	return tap_run(s);
}
