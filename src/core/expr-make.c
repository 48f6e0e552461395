/* SPDX-License-Identifier: EUPL-1.2 */
/* Rules out of phrases, by what else the sentence says. */
#include <string.h>

#include "base/text.h"
#include "expr-internal.h"

static const char ask_date[] = "datum";
static const char ask_interval[] = "intervall";

static void add(struct reading *rd, struct rule rule)
{
	rule.text = rd->text;
	rules_add(rd->a, rd->out, rule);
}

void expr_ask(struct reading *rd, const char *what)
{
	rules_ask(rd->a, rd->out, what, rd->text);
}

/* What the words say cannot be: all of the sentence is asked about. */
static void doubt(struct reading *rd, const char *what)
{
	if (!rd->doubt)
		rd->doubt = what;
}

static struct rule *has(const struct reading *rd, enum rule_kind kind)
{
	for (size_t i = rd->first; i < rd->out->n; i++) {
		if (rd->out->at[i].kind == kind)
			return &rd->out->at[i];
	}
	return NULL;
}

static struct rule *last_rule(const struct reading *rd)
{
	return rd->out->n > rd->first ? &rd->out->at[rd->out->n - 1] : NULL;
}

void expr_drop(struct reading *rd, const struct rule *rule)
{
	size_t at = (size_t)(rule - rd->out->at);

	memmove(rd->out->at + at, rd->out->at + at + 1,
	        (rd->out->n - at - 1) * sizeof(*rd->out->at));
	rd->out->n--;
}

static bool validity(const struct reading *rd)
{
	return rd->field == EXPR_VALIDITY || rd->field == EXPR_UNTIL;
}

static bool one_year(int n, enum unit_of_time unit)
{
	return (n == 1 && unit == UNIT_YEAR) || (n == 12 && unit == UNIT_MONTH);
}

static bool longer_than_a_year(int n, enum unit_of_time unit)
{
	return (n > 1 && unit == UNIT_YEAR) || (n > 12 && unit == UNIT_MONTH);
}

/* "Årligen i december", "Årligen, i samband med bokslut": one rule, the
 * date's. "Vartannat år i december" is no date of each year: we ask when. */
static void closer(struct reading *rd)
{
	struct rule *last = last_rule(rd);

	if (!last || rd->joined)
		return;
	switch (last->kind) {
	case RULE_EVERY:
		if (one_year(last->n, last->unit) && !last->from_decided)
			expr_drop(rd, last);
		else if (longer_than_a_year(last->n, last->unit))
			doubt(rd, "");
		break;
	case RULE_TERM_ONCE:
	case RULE_TERM_START:
	case RULE_TERM_END:
		doubt(rd, "");
		break;
	case RULE_YEARLY:
	case RULE_EVENT:
	case RULE_MAXGAP:
	case RULE_REVIEW_BY:
	case RULE_END:
	case RULE_WITH_PARENT:
	case RULE_OPEN:
	case RULE_ON_DEMAND:
	case RULE_ASK:
	case RULE_NONE:
	case RULE_KIND_COUNT:
		break;
	}
}

static bool cadence(const struct rule *r)
{
	return r->kind == RULE_EVERY || r->kind == RULE_MAXGAP;
}

/* "I december vartannat år", "Vid bokslut varje år": as closer(), the other way
 * about. True when the date before says all. */
static bool closer_before(struct reading *rd, int n, enum unit_of_time unit)
{
	const struct rule *last = last_rule(rd);
	bool dated = last && (last->kind == RULE_YEARLY || (last->kind == RULE_EVENT && rd->yearly));

	if (!dated || rd->joined || rd->backstop)
		return false;
	if (longer_than_a_year(n, unit))
		doubt(rd, "");
	return one_year(n, unit);
}

static void make_every(struct reading *rd, int n, enum unit_of_time unit)
{
	bool backstop = has(rd, RULE_ON_DEMAND) || (rd->backstop && has(rd, RULE_EVENT));
	const struct rule *last = last_rule(rd);

	if (closer_before(rd, n, unit))
		return;
	/* "vart tredje till vart fjärde år": either, so neither. */
	if (last && cadence(last) && rd->either)
		doubt(rd, ask_interval);
	if (backstop && rd->from_decided)
		doubt(rd, "");
	add(rd, (struct rule){
		.kind = backstop ? RULE_MAXGAP : RULE_EVERY,
		.n = n, .unit = unit, .from_decided = rd->from_decided, .date = DAY_NONE,
	});
	rd->from_decided = false;
}

static void make_times(struct reading *rd, const struct found *f)
{
	int months = f->unit == UNIT_YEAR ? 12 : f->unit == UNIT_MONTH ? f->scale : 0;

	if (f->n == 1)
		make_every(rd, f->scale, f->unit);
	else if (months && months % f->n == 0)
		make_every(rd, months / f->n, UNIT_MONTH);
	else if (months && months * 52 / 12 >= f->n)
		make_every(rd, months * 52 / 12 / f->n, UNIT_WEEK);
	else
		doubt(rd, ask_interval);
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
		make_every(rd, 48 / f->n, UNIT_MONTH);
	else
		doubt(rd, ask_interval);
}

/* "från beslutet" tells from when the interval before it is counted. */
static void make_from_decided(struct reading *rd)
{
	struct rule *last = last_rule(rd);

	if (!last)
		rd->from_decided = true;
	else if (last->kind == RULE_EVERY)
		last->from_decided = true;
	else if (last->kind != RULE_END || last->date != DAY_NONE)
		doubt(rd, "");
}

static void drop_open(struct reading *rd)
{
	struct rule *open = has(rd, RULE_OPEN);

	if (open)
		expr_drop(rd, open);
}

static void make_end(struct reading *rd, dayno day)
{
	drop_open(rd);
	add(rd, (struct rule){ .kind = RULE_END, .date = day });
}

static void make_review_by(struct reading *rd, dayno day)
{
	add(rd, (struct rule){ .kind = RULE_REVIEW_BY, .date = day });
}

static void make_date(struct reading *rd, dayno day)
{
	switch (rd->field) {
	case EXPR_REVIEW:
	case EXPR_DEADLINE:
		make_review_by(rd, day);
		break;
	case EXPR_VALIDITY:
	case EXPR_UNTIL:
		make_end(rd, day);
		break;
	case EXPR_DATE:
		rd->out->facts.decided = day;
		break;
	}
}

/* "senast 2027-12-31": where something holds, the day it ends. */
static void make_by(struct reading *rd, dayno day)
{
	if (day < date_of(1900, 1, 1))
		doubt(rd, ask_date);
	else if (validity(rd) && !has(rd, RULE_ON_DEMAND))
		make_end(rd, day);
	else
		make_review_by(rd, day);
}

/* "före mars 2027" ends with February; "före den 1 mars 2027" is that day's. */
static void make_before(struct reading *rd, const struct found_date *date)
{
	make_by(rd, date->month_only ? date->first - 1 : date->last);
}

/* "4 år": how often in a review field, how long from the decision in a validity field. */
static void make_period(struct reading *rd, const struct found *f)
{
	if (!validity(rd)) {
		make_every(rd, f->n * f->scale, f->unit);
		return;
	}
	drop_open(rd);
	add(rd, (struct rule){
		.kind = RULE_END, .n = f->n * f->scale, .unit = f->unit, .date = DAY_NONE,
	});
}

static void make_event(struct reading *rd, const struct found *f, int sign)
{
	struct rule rule = { .kind = RULE_EVENT, .date = DAY_NONE };

	if (f->yearly)
		closer(rd);
	if (sign) {
		rule.n = sign * f->n * f->scale;
		rule.unit = f->unit;
	}
	memcpy(rule.event, f->event, strlen(f->event) + 1);
	add(rd, rule);
	rd->yearly = f->yearly;
}

/* "Val" and "budget" are also words for other things: alone they only go on
 * with a list of events, or stand for all of the text. */
static void make_event_bare(struct reading *rd, const struct found *f)
{
	if (strcmp(f->event, "val") == 0 && !has(rd, RULE_EVENT))
		doubt(rd, "");
	make_event(rd, f, 0);
}

static void make_yearly(struct reading *rd, int month, int day, int week)
{
	const struct rule *last = last_rule(rd);

	/* "Giltig till 31 december": of which year? */
	if (validity(rd))
		doubt(rd, ask_date);
	if (last && last->kind == RULE_YEARLY && rd->either)
		doubt(rd, "");
	closer(rd);
	add(rd, (struct rule){
		.kind = RULE_YEARLY, .month = month, .day = day, .week = week, .date = DAY_NONE,
	});
}

/* The last day of a month alone; 29 February is left to the years that lack it. */
static int last_day(int month)
{
	return date_days_in_month(2024, month);
}

static void make_yearly_month(struct reading *rd, int month)
{
	make_yearly(rd, month, last_day(month), 0);
}

/* A season or a bare year is no date: we ask, and propose its last day. */
static void make_proposal(struct reading *rd, dayno day)
{
	rd->out->facts.proposed_review_by = day;
	expr_ask(rd, ask_date);
}

static dayno month_end(int year, int month)
{
	return date_of(year, month, date_days_in_month(year, month));
}

static void make_years(struct reading *rd, const struct found *f)
{
	dayno end = date_of(f->year2, 12, 31);

	if (validity(rd) || (f->make == MAKE_TERM_YEARS && !rd->reviewing))
		make_end(rd, end);
	else if (f->make == MAKE_TERM_YEARS)
		make_review_by(rd, end);
	else
		make_proposal(rd, end);
}

/* "årsskiftet 2027/2028": the year before it ends. */
static void make_turn_of_year(struct reading *rd, const struct found *f)
{
	if (f->year2 == f->year + 1)
		make_by(rd, date_of(f->year, 12, 31));
	else
		doubt(rd, ask_date);
}

static void make_school_year(struct reading *rd, const struct found *f)
{
	rd->out->facts.valid_from = date_of(f->year, 8, 1);
	make_end(rd, date_of(f->year2, 6, 30));
	expr_ask(rd, "exakta datum");
}

static void make_span(struct reading *rd, const struct found *f)
{
	if (f->date.first > f->date2.last) {
		doubt(rd, ask_date);
		return;
	}
	rd->out->facts.valid_from = f->date.first;
	make_end(rd, f->date2.last);
}

static void make_from_year(struct reading *rd, const struct found *f)
{
	if (validity(rd))
		rd->out->facts.valid_from = date_of(f->year, 1, 1);
	else
		make_proposal(rd, date_of(f->year, 12, 31));
}

static void make_year(struct reading *rd, const struct found *f)
{
	if (validity(rd))
		make_end(rd, date_of(f->year, 12, 31));
	else
		make_proposal(rd, date_of(f->year, 12, 31));
}

static void make_term_in(struct reading *rd)
{
	if (!validity(rd)) {
		make_plain(rd, RULE_TERM_ONCE);
		return;
	}
	drop_open(rd);
	make_plain(rd, RULE_TERM_END);
}

static void make_term_end(struct reading *rd)
{
	if (validity(rd))
		drop_open(rd);
	make_plain(rd, RULE_TERM_END);
}

static void make_from_open(struct reading *rd, const struct found *f)
{
	rd->out->facts.valid_from = f->date.first;
	make_plain(rd, RULE_OPEN);
}

void expr_make(struct reading *rd, const struct found *f)
{
	struct rule_facts *facts = &rd->out->facts;

	switch (f->make) {
	case MAKE_NOTHING:       break;
	case MAKE_EVERY:         make_every(rd, f->n * f->scale, f->unit); break;
	case MAKE_TIMES:         make_times(rd, f); break;
	case MAKE_TIMES_TERM:    make_times_term(rd, f); break;
	case MAKE_PERIOD:        make_period(rd, f); break;
	case MAKE_FROM_DECIDED:  make_from_decided(rd); break;
	case MAKE_YEARLY_MONTH:
	case MAKE_YEARLY_PERIOD: make_yearly_month(rd, f->month); break;
	case MAKE_YEARLY_BEFORE: make_yearly_month(rd, f->month == 1 ? 12 : f->month - 1); break;
	case MAKE_YEARLY_DAY:    make_yearly(rd, f->month, f->day, 0); break;
	case MAKE_YEAR_END:      make_yearly_month(rd, 12); break;
	case MAKE_MID_YEAR:      make_yearly_month(rd, 6); break;
	case MAKE_SCHOOL_START:  make_yearly(rd, 8, 15, 0); break;
	case MAKE_WEEK:          make_yearly(rd, 0, 0, f->week); break;
	case MAKE_TERM_ONCE:     make_plain(rd, RULE_TERM_ONCE); break;
	case MAKE_TERM_IN:       make_term_in(rd); break;
	case MAKE_TERM_START:    make_plain(rd, RULE_TERM_START); break;
	case MAKE_TERM_END:      make_term_end(rd); break;
	case MAKE_EVENT:         make_event(rd, f, 0); break;
	case MAKE_EVENT_BARE:    make_event_bare(rd, f); break;
	case MAKE_EVENT_AFTER:   make_event(rd, f, 1); break;
	case MAKE_EVENT_BEFORE:  make_event(rd, f, -1); break;
	case MAKE_PARENT:        make_plain(rd, RULE_WITH_PARENT); break;
	case MAKE_OPEN:          make_plain(rd, RULE_OPEN); break;
	case MAKE_ON_DEMAND:     make_plain(rd, RULE_ON_DEMAND); break;
	case MAKE_NONE:          make_plain(rd, RULE_NONE); break;
	case MAKE_END:           make_end(rd, f->date.last); break;
	case MAKE_END_YEAR:      make_end(rd, date_of(f->year, 12, 31)); break;
	case MAKE_BY:            make_by(rd, f->date.last); break;
	case MAKE_BEFORE:        make_before(rd, &f->date); break;
	case MAKE_BY_YEAR:       make_by(rd, date_of(f->year, 12, 31)); break;
	case MAKE_BEFORE_YEAR:   make_by(rd, date_of(f->year, 1, 1) - 1); break;
	case MAKE_NEXT:          make_review_by(rd, f->date.last); break;
	case MAKE_DATE:          make_date(rd, f->date.last); break;
	case MAKE_FROM:          facts->valid_from = f->date.first; break;
	case MAKE_FROM_OPEN:     make_from_open(rd, f); break;
	case MAKE_FROM_YEAR:     make_from_year(rd, f); break;
	case MAKE_SPAN:          make_span(rd, f); break;
	case MAKE_YEARS:
	case MAKE_TERM_YEARS:    make_years(rd, f); break;
	case MAKE_TURN_OF_YEAR:  make_turn_of_year(rd, f); break;
	case MAKE_SCHOOL_YEAR:   make_school_year(rd, f); break;
	case MAKE_YEAR:          make_year(rd, f); break;
	case MAKE_SPRING:        make_proposal(rd, month_end(f->year, 6)); break;
	case MAKE_SUMMER:        make_proposal(rd, month_end(f->year, 8)); break;
	case MAKE_AUTUMN:        make_proposal(rd, month_end(f->year, 12)); break;
	case MAKE_ROUGHLY:       make_proposal(rd, f->date.last); break;
	case MAKE_DECIDED:       facts->decided = f->date.last; break;
	case MAKE_REVIEWED:      facts->reviewed = f->date.last; break;
	case MAKE_REVISED:       facts->revised = f->date.last; break;
	case MAKE_VAGUE:         rd->vague = true; break;
	case MAKE_ABSENT:        expr_ask(rd, "värde saknas"); break;
	case MAKE_SEE:           expr_ask(rd, "hänvisning"); break;
	case MAKE_ASK_AFTER:     expr_ask(rd, "hur lång tid efter valet"); break;
	case MAKE_SEASON:        doubt(rd, ask_date); break;
	case MAKE_DOUBT:         doubt(rd, ""); break;
	}
}
