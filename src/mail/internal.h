/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_SRC_MAIL_INTERNAL_H
#define OVERSYN_SRC_MAIL_INTERNAL_H

#include "mail/message.h"

/* ---- raw.c: the header as our own eyes see it, beside GMime's ---- */

struct raw_header {
	const char *name, *value; /* unfolded, trimmed, as it came; no NUL */
};

struct raw_headers {
	struct raw_header *at;
	size_t n, cap;
	bool has_nul, too_many;
};

void raw_read(struct arena *a, const char *bytes, size_t len, struct raw_headers *out);
/* The first with that name, or NULL; `which` counts from 0. */
const char *raw_get(const struct raw_headers *h, const char *name, size_t which);
size_t raw_count(const struct raw_headers *h, const char *name);
/* Whether the value starts with the word, folded case. */
bool raw_is(const char *value, const char *word);
bool raw_equal(const char *a, const char *b); /* ASCII case apart */

/* ---- charset.c ---- */

/*
 * Bytes of a declared charset (NULL: none) as UTF-8: as declared, else strict
 * UTF-8, else windows-1252, which web and mail programs mean by latin1.
 * NUL bytes, what cannot be read and what is cut set *doubt.
 */
char *charset_utf8(struct arena *a, const char *bytes, size_t len, const char *charset,
                   const char **doubt);

/* ---- html.c ---- */

/* The text of an HTML body, quoted parts as lines that start with "> ". Text
 * that is struck out or made invisible by its colour sets *doubt. */
char *html_text(struct arena *a, const char *utf8, const char **doubt);

/* ---- flowed.c ---- */

char *flowed_text(struct arena *a, const char *text, bool delsp); /* RFC 3676 */

/* ---- parts.c ---- */

struct part_facts {
	const char *plain, *html; /* the body's text parts, UTF-8; NULL: none */
	const char *calendar;
	bool calendar_answer;     /* METHOD REPLY, COUNTER or DECLINECOUNTER */
	bool delivery_status, other_report, reaction;
	const char *doubt;        /* first doubt met, or NULL */
};

struct _GMimeObject;
void parts_read(struct arena *a, struct _GMimeObject *top, struct part_facts *out);

/* ---- classify.c ---- */

enum mail_class classify(const struct raw_headers *h, const struct part_facts *p,
                         const char *from, const char *subject, const char *own, struct arena *a,
                         const char **why);

/* ---- authres.c ---- */

/* The domain of dmarc=pass header.from= in the topmost Authentication-Results
 * that carries our authserv-id; lower ones may be anybody's. NULL: none. */
const char *authres_domain(struct arena *a, const struct raw_headers *h, const char *authserv);

/* ---- fresh.c, fresh-marks.c, fresh-sent.c ---- */

struct fresh {
	char *text;        /* never NULL */
	const char *doubt; /* why more than the text above the quote may be meant */
};

void fresh_read(struct arena *a, const char *text, const char *sent, struct fresh *out);

enum { FRESH_LINES = 3000 }; /* what follows so many lines is no answer */

struct fresh_lines {
	char **at;     /* as written, without line ends */
	char **folded; /* text_fold() of each, computed when needed */
	size_t n, cap;
};

void fresh_split(struct arena *a, const char *text, struct fresh_lines *out);
const char *fresh_folded(struct arena *a, struct fresh_lines *l, size_t i);

enum fresh_mark {
	MARK_NONE,
	MARK_LINE,         /* our own line, a rule, a header block: all below is quoted */
	MARK_ATTRIBUTION,  /* "Den … skrev …:" with a date */
	MARK_WEAK,         /* "Anna skrev:" may be anybody's words */
};

/* What starts at line i; *lines gets how many lines it takes. */
enum fresh_mark fresh_mark_at(struct arena *a, struct fresh_lines *l, size_t i, size_t *lines);
bool fresh_device_line(const char *folded); /* "Skickat från min iPhone" */

/* Clears in keep[] the lines among the first n that we ourselves sent. */
void fresh_subtract(struct arena *a, struct fresh_lines *l, size_t n, const char *sent,
                    bool *keep);

#endif
