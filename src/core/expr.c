/* SPDX-License-Identifier: EUPL-1.2 */
#include "core/expr.h"

#include <string.h>

#include "base/text.h"
#include "expr-internal.h"

/* What is asked for, in Swedish. */
static const char ask_interval[] = "intervall";
static const char ask_date[] = "datum";
static const char ask_value[] = "värde saknas";

enum { ASKED_WORDS = 80 }; /* code points of a text shown in a question */

/* One reading of one value. */
struct reading {
	struct arena *a;
	struct rules *out;
	enum expr_field field;
	const char *text; /* tidy: what every rule keeps */
	size_t first;     /* rules from here on are of this value */
	bool joined;      /* "och", "eller", "samt" stood before this phrase */
	bool backstop;    /* "dock", "men" stood before it */
	bool vague;
};

static void add(struct reading *rd, struct rule rule)
{
	rule.text = rd->text;
	rules_add(rd->a, rd->out, rule);
}

static void ask(struct reading *rd, const char *what)
{
	rules_ask(rd->a, rd->out, what, rd->text);
}

static struct rule *has(const struct reading *rd, enum rule_kind kind)
{
	for (size_t i = rd->first; i < rd->out->n; i++) {
		if (rd->out->at[i].kind == kind)
			return &rd->out->at[i];
	}
	return NULL;
}

static void drop(struct reading *rd, const struct rule *rule)
{
	size_t at = (size_t)(rule - rd->out->at);

	memmove(rd->out->at + at, rd->out->at + at + 1,
	        (rd->out->n - at - 1) * sizeof(*rd->out->at));
	rd->out->n--;
}

/* "Årligen i december", "Årligen, i samband med bokslut": one rule, the date's. */
static void replace_yearly(struct reading *rd)
{
	struct rule *last = rd->out->n > rd->first ? &rd->out->at[rd->out->n - 1] : NULL;

	if (last && !rd->joined && !rd->backstop && last->kind == RULE_EVERY && last->n == 1 &&
	    last->unit == UNIT_YEAR && !last->from_decided)
		drop(rd, last);
}

static void make_every(struct reading *rd, int n, enum unit_of_time unit, bool from_decided)
{
	bool backstop = has(rd, RULE_ON_DEMAND) || (rd->backstop && has(rd, RULE_EVENT));

	if (n == 1 && unit == UNIT_YEAR && has(rd, RULE_YEARLY) && !rd->joined && !rd->backstop)
		return;
	add(rd, (struct rule){
		.kind = backstop ? RULE_MAXGAP : RULE_EVERY,
		.n = n, .unit = unit, .from_decided = from_decided && !backstop, .date = DAY_NONE,
	});
}

static void make_times(struct reading *rd, const struct found *f)
{
	int months = f->unit == UNIT_YEAR ? 12 : f->unit == UNIT_MONTH ? f->scale : 0;

	if (f->n == 1)
		make_every(rd, f->scale, f->unit, false);
	else if (months && months % f->n == 0)
		make_every(rd, months / f->n, UNIT_MONTH, false);
	else if (months && months * 4 >= f->n)
		make_every(rd, months * 52 / 12 / f->n, UNIT_WEEK, false);
	else
		ask(rd, ask_interval);
}

static void make_plain(struct reading *rd, enum rule_kind kind)
{
	add(rd, (struct rule){ .kind = kind, .date = DAY_NONE });
}

static void make_times_term(struct reading *rd, const struct found *f)
{
	if (f->n == 1)
		make_plain(rd, RULE_TERM_ONCE);
	else if (f->n <= 48)
		make_every(rd, 48 / f->n, UNIT_MONTH, false);
	else
		ask(rd, ask_interval);
}

static void make_end(struct reading *rd, dayno day)
{
	struct rule *open = has(rd, RULE_OPEN);

	if (open)
		drop(rd, open);
	add(rd, (struct rule){ .kind = RULE_END, .date = day });
}

static void make_review_by(struct reading *rd, dayno day)
{
	add(rd, (struct rule){ .kind = RULE_REVIEW_BY, .date = day });
}

static bool validity(const struct reading *rd)
{
	return rd->field == EXPR_VALIDITY || rd->field == EXPR_UNTIL;
}

static void make_date(struct reading *rd, const struct found_date *date)
{
	switch (rd->field) {
	case EXPR_REVIEW:
	case EXPR_DEADLINE:
		make_review_by(rd, date->last);
		break;
	case EXPR_VALIDITY:
	case EXPR_UNTIL:
		make_end(rd, date->last);
		break;
	case EXPR_DATE:
		rd->out->facts.decided = date->last;
		break;
	}
}

/* "4 år": how often in a review field, how long from the decision in a validity field. */
static void make_period(struct reading *rd, const struct found *f, bool from_decided)
{
	int n = f->n * f->scale;

	if (validity(rd))
		add(rd, (struct rule){
			.kind = RULE_END, .n = n, .unit = f->unit, .date = DAY_NONE,
		});
	else
		make_every(rd, n, f->unit, from_decided);
}

static void make_event(struct reading *rd, const struct found *f, int sign)
{
	struct rule rule = { .kind = RULE_EVENT, .date = DAY_NONE };

	if (f->yearly)
		replace_yearly(rd);
	if (sign) {
		rule.n = sign * f->n * f->scale;
		rule.unit = f->unit;
	}
	memcpy(rule.event, f->event, strlen(f->event) + 1);
	add(rd, rule);
}

static void make_yearly(struct reading *rd, int month, int day, int week)
{
	replace_yearly(rd);
	add(rd, (struct rule){
		.kind = RULE_YEARLY, .month = month, .day = day, .week = week, .date = DAY_NONE,
	});
}

/* A season or a bare year is no date: we ask, and propose its last day. */
static void make_proposal(struct reading *rd, int year, int month)
{
	rd->out->facts.proposed_review_by = date_of(year, month, date_days_in_month(year, month));
	ask(rd, ask_date);
}

static void make_years(struct reading *rd, const struct found *f)
{
	if (validity(rd) || f->make == MAKE_TERM_YEARS)
		make_end(rd, date_of(f->year2, 12, 31));
	else
		make_proposal(rd, f->year2, 12);
}

static void make_school_year(struct reading *rd, const struct found *f)
{
	rd->out->facts.valid_from = date_of(f->year, 8, 1);
	make_end(rd, date_of(f->year2, 6, 30));
	ask(rd, "exakta datum");
}

static void make_span(struct reading *rd, const struct found *f)
{
	rd->out->facts.valid_from = f->date.first;
	make_end(rd, f->date2.last);
}

/* The last day of a month alone; 29 February is left to the years that lack it. */
static int last_day(int month)
{
	return date_days_in_month(2024, month);
}

static void make(struct reading *rd, const struct found *f)
{
	switch (f->make) {
	case MAKE_EVERY:         make_every(rd, f->n * f->scale, f->unit, false); break;
	case MAKE_EVERY_DECIDED: make_period(rd, f, true); break;
	case MAKE_TIMES:         make_times(rd, f); break;
	case MAKE_TIMES_TERM:    make_times_term(rd, f); break;
	case MAKE_PERIOD:        make_period(rd, f, false); break;
	case MAKE_YEARLY_MONTH:  make_yearly(rd, f->month, last_day(f->month), 0); break;
	case MAKE_YEARLY_DAY:    make_yearly(rd, f->month, f->day, 0); break;
	case MAKE_SCHOOL_START:  make_yearly(rd, 8, 15, 0); break;
	case MAKE_WEEK:          make_yearly(rd, 0, 0, f->week); break;
	case MAKE_TERM_ONCE:     make_plain(rd, RULE_TERM_ONCE); break;
	case MAKE_TERM_START:    make_plain(rd, RULE_TERM_START); break;
	case MAKE_TERM_END:      make_plain(rd, RULE_TERM_END); break;
	case MAKE_EVENT:         make_event(rd, f, 0); break;
	case MAKE_EVENT_AFTER:   make_event(rd, f, 1); break;
	case MAKE_EVENT_BEFORE:  make_event(rd, f, -1); break;
	case MAKE_PARENT:        make_plain(rd, RULE_WITH_PARENT); break;
	case MAKE_OPEN:          make_plain(rd, RULE_OPEN); break;
	case MAKE_ON_DEMAND:     make_plain(rd, RULE_ON_DEMAND); break;
	case MAKE_END:           make_end(rd, f->date.last); break;
	case MAKE_REVIEW_BY:     make_review_by(rd, f->date.last); break;
	case MAKE_DATE:          make_date(rd, &f->date); break;
	case MAKE_FROM:          rd->out->facts.valid_from = f->date.first; break;
	case MAKE_SPAN:          make_span(rd, f); break;
	case MAKE_YEARS:
	case MAKE_TERM_YEARS:    make_years(rd, f); break;
	case MAKE_SCHOOL_YEAR:   make_school_year(rd, f); break;
	case MAKE_SUMMER:        make_proposal(rd, f->year, 6); break;
	case MAKE_WINTER:        make_proposal(rd, f->year, 12); break;
	case MAKE_YEAR:
		if (validity(rd))
			make_end(rd, date_of(f->year, 12, 31));
		else
			make_proposal(rd, f->year, 12);
		break;
	case MAKE_REVISED:       rd->out->facts.revised = f->date.last; break;
	case MAKE_VAGUE:         rd->vague = true; break;
	case MAKE_ABSENT:        ask(rd, ask_value); break;
	case MAKE_SEE:           ask(rd, "hänvisning"); break;
	case MAKE_NONE:          make_plain(rd, RULE_NONE); break;
	case MAKE_ASK_AFTER:     ask(rd, "hur lång tid efter valet"); break;
	}
}

static void ask_broken_date(struct reading *rd, const char *word)
{
	dayno meant = words_proposal(word);
	char day[DATE_TEXT];
	const char *shown = text_cut(rd->a, word, ASKED_WORDS);

	if (meant == DAY_NONE)
		ask(rd, arena_fmt(rd->a, "ogiltigt datum: %s", shown));
	else
		ask(rd, arena_fmt(rd->a, "ogiltigt datum: %s, menas %s?", shown,
		                  date_text(meant, day)));
}

static void ask_words(struct reading *rd, const struct words *w, size_t from)
{
	char *words = words_join(rd->a, w, from, w->n);

	ask(rd, arena_fmt(rd->a, "vad som menas med ”%s”", text_cut(rd->a, words, ASKED_WORDS)));
}

static bool is(const struct words *w, size_t i, const char *word)
{
	return i < w->n && strcmp(w->at[i], word) == 0;
}

/* What stands in brackets is a value, or the form's own words: then it is
 * asked for. The word after the closing bracket. */
static size_t read_brackets(struct reading *rd, const struct words *w, size_t i)
{
	struct found f = { .n = 0 };
	size_t n = phrase_match(w, i + 1, &f);

	if (n && is(w, i + 1 + n, "]")) {
		make(rd, &f);
		return i + n + 2;
	}
	if (words_broken_date(w, i + 1))
		ask_broken_date(rd, w->at[i + 1]);
	else
		ask(rd, ask_value);
	while (i < w->n && strcmp(w->at[i], "]") != 0)
		i++;
	return i + 1;
}

static void note_joint(struct reading *rd, const char *word)
{
	if (strcmp(word, "och") == 0 || strcmp(word, "eller") == 0 || strcmp(word, "samt") == 0)
		rd->joined = true;
	if (strcmp(word, "dock") == 0 || strcmp(word, "men") == 0)
		rd->backstop = true;
}

/* Reads what stands at word i; 0 when it is not understood. */
static size_t read_one(struct reading *rd, const struct words *w, size_t i)
{
	struct found f = { .n = 0 };

	if (is(w, i, "["))
		return read_brackets(rd, w, i) - i;
	size_t n = phrase_match(w, i, &f);
	if (n) {
		make(rd, &f);
	} else if (words_broken_date(w, i)) {
		bool three = word_month(i + 1 < w->n ? w->at[i + 1] : "") != 0;
		n = three ? 3 : 1;
		ask_broken_date(rd, three ? words_join(rd->a, w, i, i + 3) : w->at[i]);
	} else {
		return 0;
	}
	rd->joined = rd->backstop = false;
	return n;
}

static void read_words(struct reading *rd, const struct words *w)
{
	size_t i = 0;

	while (i < w->n) {
		size_t n = read_one(rd, w, i);
		if (n) {
			i += n;
		} else if (phrase_filler(w->at[i])) {
			note_joint(rd, w->at[i]);
			i++;
		} else {
			ask_words(rd, w, i);
			return;
		}
	}
	if (w->cut)
		ask(rd, "en kortare regel: texten är för lång");
}

static bool clock(const struct rule *r)
{
	switch (r->kind) {
	case RULE_EVERY:
	case RULE_YEARLY:
	case RULE_TERM_ONCE:
	case RULE_TERM_START:
	case RULE_TERM_END:
	case RULE_EVENT:
	case RULE_MAXGAP:
	case RULE_REVIEW_BY:
	case RULE_END:
	case RULE_WITH_PARENT:
		return true;
	case RULE_OPEN:
	case RULE_ON_DEMAND:
	case RULE_ASK:
	case RULE_NONE:
	case RULE_KIND_COUNT:
		break;
	}
	return false;
}

/* "Löpande" alone is asked about; "löpande, minst årligen" has its clock. */
static void finish_vague(struct reading *rd)
{
	for (size_t i = rd->first; i < rd->out->n; i++) {
		if (clock(&rd->out->at[i]) || rd->out->at[i].kind == RULE_ASK)
			return;
	}
	ask(rd, ask_interval);
}

static bool dashes_only(const struct words *w)
{
	for (size_t i = 0; i < w->n; i++) {
		if (w->at[i][strspn(w->at[i], "-")] != '\0')
			return false;
	}
	return w->n > 0;
}

static bool same_facts(const struct rule_facts *a, const struct rule_facts *b)
{
	return a->valid_from == b->valid_from && a->decided == b->decided &&
	       a->reviewed == b->reviewed && a->revised == b->revised;
}

void expr_read(struct arena *a, const char *text, enum expr_field field, struct rules *out)
{
	struct rule_facts before = out->facts;

	if (text_blank(text))
		return;
	struct words w = words_of(a, text);
	struct reading rd = {
		.a = a, .out = out, .field = field, .text = text_tidy(a, text), .first = out->n,
	};
	if (dashes_only(&w)) {
		make_plain(&rd, RULE_NONE);
		return;
	}
	read_words(&rd, &w);
	if (rd.vague)
		finish_vague(&rd);
	if (out->n == rd.first && same_facts(&before, &out->facts))
		ask_words(&rd, &w, 0);
}

const char *expr_event(const char *folded)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct words w = words_of(&a, folded);
	const char *name = NULL;
	bool yearly;

	return phrase_event(&w, 0, &name, &yearly) == w.n && w.n ? name : NULL;
}
