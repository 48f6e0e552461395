/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_CORE_EXPR_INTERNAL_H
#define OVERSYN_CORE_EXPR_INTERNAL_H

#include "core/expr.h"

/* The words of a value, folded, in order; "," "[" "]" and "-" stand alone. */
struct words {
	const char **at;
	size_t n;
	bool cut; /* there were more words than anybody needs */
};

enum { WORDS_MOST = 160 };

struct words words_of(struct arena *a, const char *text);
/* Words from..to joined with spaces: what is shown when we ask. */
char *words_join(struct arena *a, const struct words *w, size_t from, size_t to);

struct found_date {
	dayno first, last; /* the same day, or the first and last of a month or a quarter */
	bool month_only;
};
/* Reads a date at word i: how many words it takes; 0 when there is none. */
size_t words_date(const struct words *w, size_t i, struct found_date *out);
/* A word that looks like a date but is none: "2027-02-31", "201-502-23". */
bool words_broken_date(const struct words *w, size_t i);
/* The date that a broken one may have meant; DAY_NONE when none stands out. */
dayno words_proposal(const char *word);
/* "xx", "xxxx-xx-xx", "åååå-mm-dd": a form not filled in. */
bool words_placeholder(const char *word);

int word_month(const char *word);  /* 1–12; 0 when it is no month */
int word_number(const char *word); /* "fyra", "12"; 0 when it is none */
int word_ordinal(const char *word); /* "fjärde", "4:e"; 0 when it is none */
int word_year(const char *word);   /* "2027"; 0 when it is none */
bool word_unit(const char *word, int *scale, enum unit_of_time *unit);

/* What a phrase means: which rule or fact it makes. */
enum make {
	MAKE_EVERY, MAKE_EVERY_DECIDED, MAKE_TIMES, MAKE_TIMES_TERM, MAKE_PERIOD,
	MAKE_YEARLY_MONTH, MAKE_YEARLY_DAY, MAKE_SCHOOL_START, MAKE_WEEK,
	MAKE_TERM_ONCE, MAKE_TERM_START, MAKE_TERM_END,
	MAKE_EVENT, MAKE_EVENT_AFTER, MAKE_EVENT_BEFORE, MAKE_PARENT,
	MAKE_OPEN, MAKE_ON_DEMAND, MAKE_END, MAKE_REVIEW_BY, MAKE_DATE, MAKE_FROM,
	MAKE_SPAN, MAKE_YEARS, MAKE_TERM_YEARS, MAKE_SCHOOL_YEAR, MAKE_SUMMER, MAKE_WINTER,
	MAKE_YEAR, MAKE_REVISED, MAKE_VAGUE, MAKE_ABSENT, MAKE_SEE, MAKE_NONE, MAKE_ASK_AFTER,
};

/* What the slots of a phrase held. */
struct found {
	enum make make;
	int n, scale;
	enum unit_of_time unit;
	int month, day, week;
	int year, year2;
	struct found_date date, date2;
	const char *event;
	bool yearly; /* the event returns each year */
};

/* The longest phrase that starts at word i; how many words it takes, or 0. */
size_t phrase_match(const struct words *w, size_t i, struct found *out);
/* The event whose name starts at word i, modifiers skipped; words taken, or 0. */
size_t phrase_event(const struct words *w, size_t i, const char **name, bool *yearly);

/* Words that change nothing, and words that join phrases. */
bool phrase_filler(const char *word);

#endif
