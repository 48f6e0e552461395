/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_CORE_HEADER_INTERNAL_H
#define OVERSYN_CORE_HEADER_INTERNAL_H

#include "core/header.h"
#include "expr-internal.h"

enum label_class {
	LABEL_TITLE, LABEL_KIND, LABEL_DECIDER, LABEL_DECIDED, LABEL_PARAGRAPH, LABEL_REGISTRY_NO,
	LABEL_VALID_FROM, LABEL_VALID_UNTIL, LABEL_VALIDITY, LABEL_RULE, LABEL_DEADLINE,
	LABEL_REVIEWED, LABEL_REVISED, LABEL_REVISION, LABEL_HISTORY, LABEL_DATE, LABEL_UPDATED,
	LABEL_BODY, LABEL_HOLDER, LABEL_CONTACT, LABEL_REPLACES, LABEL_PARENT, LABEL_RELATED,
	LABEL_STATUTORY, LABEL_SCOPE, LABEL_IGNORED,
	LABEL_UNKNOWN, /* a label by its shape, "Språkdräkt:", that the table does not have */
};

/* A label at the start of a text, and what stands after it. */
struct label {
	enum label_class class;
	const char *words; /* as the page writes it, folded */
	const char *value; /* tidy, "" when nothing follows */
	bool sign;         /* a colon, a semicolon or a row of dots stood between */
};

bool label_read(struct arena *a, const char *tidy, struct label *out);
/* A label of the table, not one by its shape alone. */
bool label_known(struct arena *a, const char *tidy, struct label *out);
/* Bytes of `text` up to its `points`-th code point. */
size_t text_bytes(const char *text, size_t points);
bool text_capital(const char *text); /* begins with a capital letter */
bool text_small(const char *text);   /* begins with a small letter */
size_t text_words(const char *text);

/* A piece of a line: lines are cut at tabs, bars and wide gaps. */
struct cell {
	const char *text;   /* tidy, never empty */
	size_t line;        /* counted in lines that are not blank */
	size_t column, tab; /* code points, and tabs or bars, before it */
	size_t width;       /* code points */
	bool blank_above;   /* the line stands after a blank one */
	bool used;          /* a field was read from it, or it is chrome */
};

struct page {
	struct cell *at;
	size_t n, cap;
	size_t lines;
	size_t header_lines; /* those before the first heading of the body */
	bool web;            /* saved from a web page */
	bool airy;           /* every other line is blank: blank lines mean nothing */
};

struct page page_read(struct arena *a, const char *text);
size_t page_line_end(const struct page *page, size_t i); /* first cell after i's line */
/* Marks what stands around a document: page numbers, addresses, web menus. */
void page_drop_chrome(struct arena *a, struct page *page);
/* A body's heading, a chapter, an entry of the table of contents. */
bool page_heading(struct arena *a, const char *tidy);
bool page_chrome(struct arena *a, const char *tidy);

/* Where labels and values stand: puts hyphenated and wrapped labels together,
 * and cuts cells that hold several. */
void page_mend(struct arena *a, struct page *page);

/* The whole page's prose as sentences, cells already used left out. */
struct sentences {
	struct {
		const char *text;
		bool header; /* from the lines above the body */
	} *at;
	size_t n, cap;
};
struct sentences page_sentences(struct arena *a, const struct page *page);

/* What a value such as "KF 2021-04-26 § 58, ändrad 2023-05-02" says. */
struct decision {
	const char *body, *paragraph;
	const char *before;   /* what stands before the first date or §, tidy; "" when nothing */
	dayno decided, revised;
	const char *broken; /* a word that should have been a date */
	dayno proposal;     /* what it may have meant */
	bool placeholder;   /* a form not filled in */
};
struct decision decision_read(struct arena *a, const char *value);
/* Reads a date at word i, Swedish or ISO, also "2024-6-7" and "17/6-2024". */
size_t decision_date(const struct words *w, size_t i, struct found_date *out);
/* A word that was meant as a date: "201-502-23", "2O24-06-17", "051128". */
bool decision_broken(const struct words *w, size_t i, dayno *proposal);

/* The body or post named at word i, as `tidy` writes it, capitalised; or NULL. */
const char *body_at(struct arena *a, const char *tidy, const struct words *w, size_t i);
const char *body_in(struct arena *a, const char *tidy); /* the first one named */
bool body_names_organ(const char *folded); /* a council, board or committee among the words */
bool body_names_post(const char *folded);  /* a chief, a secretary … */

/* How well a value suits a label. */
enum fit { FIT_NO = 0, FIT_MAY = 1, FIT_SURE = 4 };
enum fit value_fit(struct arena *a, enum label_class class, const char *value);
bool value_nothing(const char *value);     /* "-", "Nej", "Ej aktuellt": explicitly nothing */
bool value_placeholder(const char *value); /* "[Datum]", "xxxx-xx-xx", "____" */
bool value_registry_no(const char *value); /* "KS 2018/1092", "2020.052 KS" */
/* Dashes that join dates stand by themselves: "2024-01-01–2027-12-31". */
const char *value_spaced(struct arena *a, const char *value);

/* One page being read. */
struct header_reading {
	struct arena *a;
	struct header *out;
	enum label_class last; /* the label before, for a "Datum" that follows it */
	int rank;              /* how well `responsible` is founded */
	bool web;
	bool form;             /* the page has many labels by themselves */
};

/* Takes a field's value; false when its class cannot use it. */
bool header_take(struct header_reading *h, const struct label *label, const char *value, bool sure);
bool header_take_rule(struct header_reading *h, const struct label *label, const char *value,
                      bool sure);
bool header_take_responsible(struct header_reading *h, enum label_class class, const char *value,
                             bool sure);
/* A label with nothing after it: the value is unknown, and asked for. */
void header_unknown(struct header_reading *h, const struct label *label);
/* A sentence of running text: rules, validity, who decides. */
bool header_sentence(struct header_reading *h, const char *sentence, bool in_header);
/* Pairs the labels of the header's lines with their values. */
void header_layout(struct header_reading *h, struct page *page);
/* A row of labels above a row of values, or a run of labels above a run of
 * values; how many cells were taken, 0 when cell i does not begin one. */
size_t header_rows(struct header_reading *h, struct page *page, size_t i);
size_t header_block(struct header_reading *h, struct page *page, size_t i);

/* Finds the title and the kind where no label tells them. */
void header_title(struct header_reading *h, struct page *page);
const char *kind_of(struct arena *a, const char *title); /* NULL: it names none */
const char *kind_alone(struct arena *a, const char *text); /* the text is a kind and no more */
bool document_noun(const char *word, size_t n);

void header_learn(dayno *fact, dayno day);
void header_ask(struct header_reading *h, const char *what, const char *value);
void header_ask_broken(struct header_reading *h, const char *what, const struct decision *d);
/* Adds the rules that are not there yet, and the facts that are unknown. */
void header_merge(struct header_reading *h, const struct rules *more);

/* No question about words among them: all of the text was understood. */
bool rules_understood(const struct rules *r);

#endif
