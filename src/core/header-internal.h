/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_CORE_HEADER_INTERNAL_H
#define OVERSYN_CORE_HEADER_INTERNAL_H

#include "core/header.h"
#include "expr-internal.h"

enum label_class {
	LABEL_TITLE, LABEL_KIND, LABEL_DECIDER, LABEL_DECIDED, LABEL_PARAGRAPH, LABEL_REGISTRY_NO,
	LABEL_VALID_FROM, LABEL_VALID_UNTIL, LABEL_VALIDITY, LABEL_RULE, LABEL_DEADLINE,
	LABEL_REVIEWED, LABEL_REVISED, LABEL_BODY, LABEL_HOLDER, LABEL_REPLACES, LABEL_IGNORED,
};

/* A label at the start of a text, and what stands after it. */
struct label {
	enum label_class class;
	const char *words; /* as the table writes it */
	const char *value; /* tidy, "" when nothing follows */
	bool sign;         /* a colon or semicolon stood between */
};

bool label_read(struct arena *a, const char *tidy, struct label *out);

/* A piece of a line: lines are cut at tabs, bars and wide gaps. */
struct cell {
	const char *text; /* tidy, never empty */
	size_t line;      /* counted in lines that are not blank */
	bool used;        /* a field was read from it */
};

struct page {
	struct cell *at;
	size_t n, cap;
	size_t lines;
	size_t header_lines; /* those before the first heading of the body */
};

struct page page_read(struct arena *a, const char *text);

/* The whole page's prose as sentences, cells already used left out. */
struct sentences {
	const char **at;
	size_t n, cap;
};
struct sentences page_sentences(struct arena *a, const struct page *page);

/* What a value such as "KF 2021-04-26 § 58, ändrad 2023-05-02" says. */
struct decision {
	const char *body, *paragraph;
	dayno decided, revised;
	const char *broken; /* a word that should have been a date */
	bool placeholder;   /* a form not filled in */
};
struct decision decision_read(struct arena *a, const char *value);

/* The body named at word i, capitalised, or NULL. */
const char *body_at(struct arena *a, const struct words *w, size_t i);

/* One page being read. */
struct header_reading {
	struct arena *a;
	struct header *out;
};

/* Takes a field's value; false when its class cannot use it. */
bool header_take(struct header_reading *h, const struct label *label, const char *value, bool sure);
/* A label with nothing after it: the value is unknown, and asked for. */
void header_unknown(struct header_reading *h, const struct label *label);
/* A sentence of running text: rules, validity, who decides. */
bool header_sentence(struct header_reading *h, const char *sentence);

/* Adds the rules that are not there yet, and the facts that are unknown. */
void header_merge(struct header_reading *h, const struct rules *more);

/* No question about words among them: all of the text was understood. */
bool rules_understood(const struct rules *r);

#endif
