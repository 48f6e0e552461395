/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_CORE_EXPR_INTERNAL_H
#define OVERSYN_CORE_EXPR_INTERNAL_H

#include "core/expr.h"

/* The words of a value, folded, in order; "," "/" "[" "]" and "-" stand alone. */
struct words {
	const char **at;
	size_t n;
	bool cut; /* there were more words than anybody needs */
};

enum { WORDS_MOST = 160 };

struct words words_of(struct arena *a, const char *text);
/* As words_of(), and the signs that end a sentence (".", ";") and the one that
 * doubts it ("?") stand alone too. */
struct words words_sentences(struct arena *a, const char *text);
/* Words from..to joined with spaces: what is shown when we ask. */
char *words_join(struct arena *a, const struct words *w, size_t from, size_t to);
const char *words_at(const struct words *w, size_t i); /* "" beyond the end */
bool words_is(const struct words *w, size_t i, const char *word);

/*
 * Words that say the same, said one way: "i samband med" is "vid", "t o m" is
 * "t.o.m", "mandat period" is one word and "fyraårsintervall" is three.
 * origin[i] is where the i:th came from, origin[n] where all end.
 */
struct same_words {
	struct words w;
	const size_t *origin;
};
struct same_words words_same(struct arena *a, const struct words *said);

struct found_date {
	dayno first, last; /* the same day, or the first and last of a month or a quarter */
	bool month_only;
};
/* Reads a date at word i: how many words it takes; 0 when there is none. */
size_t words_date(const struct words *w, size_t i, struct found_date *out);
/* A quarter, a third or a half of a year, without its year ("kvartal 1",
 * "andra halvåret"): words taken, 0 when none, and its last month. */
size_t words_period(const struct words *w, size_t i, int *first_month, int *last_month);
/* The same with its year ("Q4 2027", "2027-T2"). */
size_t words_period_of_year(const struct words *w, size_t i, struct found_date *out);
/* An ISO week with its year ("vecka 45 2027", "2027-W45"): words taken, 0 when
 * none. That the year has the week is not said. */
size_t words_week(const struct words *w, size_t i, int *week, int *year);
/* A word that looks like a date but is none: "2027-02-31", "201-502-23". How
 * many words it takes; 0 when it is a date or none at all. */
size_t words_broken_date(const struct words *w, size_t i);
/* The date that a broken one may have meant; DAY_NONE when none stands out. */
dayno words_proposal(const char *word);
/* "xx", "xxxx-xx-xx", "åååå-mm-dd": a form not filled in. */
bool words_placeholder(const char *word);

int word_month(const char *word);   /* 1–12; 0 when it is no month */
int word_weekday(const char *word); /* Monday 1 … Sunday 7; 0 when it is none */
int word_number(const char *word);  /* "fyra", "12"; 0 when it is none */
int word_ordinal(const char *word); /* "fjärde", "4:e"; 0 when it is none */
int word_year(const char *word);    /* "2027"; 0 when it is none */
bool word_unit(const char *word, int *scale, enum unit_of_time *unit);

/* What a phrase means: which rule or fact it makes. */
enum make {
	MAKE_NOTHING,
	MAKE_EVERY, MAKE_TIMES, MAKE_TIMES_TERM, MAKE_PERIOD, MAKE_FROM_DECIDED,
	MAKE_YEARLY_MONTH, MAKE_YEARLY_BEFORE, MAKE_YEARLY_DAY, MAKE_YEARLY_PERIOD,
	MAKE_YEAR_END, MAKE_MID_YEAR, MAKE_SCHOOL_START, MAKE_WEEK,
	MAKE_TERM_ONCE, MAKE_TERM_IN, MAKE_TERM_START, MAKE_TERM_END,
	MAKE_EVENT, MAKE_EVENT_BARE, MAKE_EVENT_AFTER, MAKE_EVENT_BEFORE, MAKE_PARENT,
	MAKE_OPEN, MAKE_ON_DEMAND, MAKE_END, MAKE_END_YEAR, MAKE_BY, MAKE_BEFORE, MAKE_BY_YEAR,
	MAKE_BEFORE_YEAR, MAKE_NEXT, MAKE_DATE, MAKE_FROM, MAKE_FROM_OPEN, MAKE_FROM_YEAR,
	MAKE_SPAN, MAKE_YEARS, MAKE_TERM_YEARS, MAKE_SCHOOL_YEAR, MAKE_TURN_OF_YEAR,
	MAKE_SEASON, MAKE_SPRING, MAKE_SUMMER, MAKE_AUTUMN, MAKE_ROUGHLY,
	MAKE_YEAR, MAKE_DECIDED, MAKE_REVIEWED, MAKE_REVISED, MAKE_VAGUE, MAKE_ABSENT, MAKE_SEE,
	MAKE_NONE, MAKE_ASK_AFTER, MAKE_DOUBT,
};

/* What the slots of a phrase held. */
struct found {
	enum make make;
	bool weak; /* holds only where no unknown word touches it */
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

/* Kinds of words, as the vocabulary lists them. */
enum kind_of_word {
	WORD_JOIN,     /* "och", "eller": a new phrase may begin */
	WORD_REVIEW,   /* "revideras", "översyn": the text is about reviews … */
	WORD_VALIDITY, /* "gäller": … or about how long it holds */
	WORD_MODAL,    /* "ska", "sker": a verb goes on */
	WORD_FILLER,   /* changes nothing */
	WORD_WHO,      /* "av": tells who */
	WORD_SEE,      /* "se", "enligt": tells where else to look */
	WORD_TURN,     /* "inte", "cirka": what is said may not hold */
	WORD_TIME,     /* "hösten": says when */
};
bool word_of_kind(const char *word, enum kind_of_word kind);

/* One reading of one value. */
struct reading {
	struct arena *a;
	struct rules *out;
	enum expr_field field; /* of the words at hand: their verb tells, else the label */
	const char *text;      /* tidy: what every rule keeps */
	size_t first;          /* rules from here on are of this sentence */
	bool joined;           /* "och", "eller", "samt" stood before this phrase */
	bool either;           /* "eller" or a dash did */
	bool backstop;         /* "dock", "men" did */
	bool from_decided;     /* "räknat från beslutet" stood before the interval */
	bool yearly;           /* the last event returns each year */
	bool reviewing;        /* the sentence has a word for review */
	bool vague, conditional;
	const char *doubt; /* what is asked for instead of all that the sentence says; "": its
	                    * words */
};

/* Makes what the phrase says; raises rd->doubt where it cannot hold. */
void expr_make(struct reading *rd, const struct found *f);
void expr_ask(struct reading *rd, const char *what);
void expr_drop(struct reading *rd, const struct rule *rule); /* one that was made */
/* What the sentence as a whole comes to, once all of it is read. */
void expr_settle(struct reading *rd);

#endif
