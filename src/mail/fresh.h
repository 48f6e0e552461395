/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_SRC_MAIL_FRESH_H
#define OVERSYN_SRC_MAIL_FRESH_H

#include <stdint.h>

#include "mail/message.h"

/* What somebody wrote, apart from what is quoted and what programs add. */

/* ---- fresh.c ---- */

struct fresh {
	char *text;        /* never NULL */
	const char *doubt; /* why more than the text above the quote may be meant */
};

enum { FRESH_LINES = 3000 }; /* what follows so many lines is no answer */

struct fresh_lines {
	const char **at;     /* as written, without line ends */
	const char **folded; /* text_fold() of each */
	size_t n, cap;
};

void fresh_split(struct arena *a, const char *text, struct fresh_lines *out);
bool fresh_is_quoted(const char *line); /* starts with ">" */

/* Whether what may be a signature's line could be more of an answer. */
bool fresh_says_something(const struct fresh_lines *l, size_t i);

/* What is known, made ready for all the texts of a mail. */
struct fresh_known;
void fresh_know(struct arena *a, const struct mail_known *known, struct fresh_known *out);
void fresh_read(struct arena *a, const struct fresh_lines *lines, const struct fresh_known *known,
                struct fresh *out);

/* ---- fresh-marks.c, fresh-attribution.c ---- */

enum fresh_mark {
	MARK_NONE,
	MARK_LINE,         /* our own line, a rule, a header block: all below is quoted */
	MARK_ATTRIBUTION,  /* "Den … skrev …:" with a date */
	MARK_WEAK,         /* "Anna skrev:" may be anybody's words */
};

/* What starts at line i; *lines gets how many lines it takes. */
enum fresh_mark fresh_mark_at(struct arena *a, const struct fresh_lines *l, size_t i, size_t *lines);
enum fresh_mark fresh_attribution(struct arena *a, const struct fresh_lines *l, size_t i, size_t *lines);
bool fresh_is_own_line(const char *folded); /* "Skriv ditt svar ovanför den här raden" */
bool fresh_is_label(const char *folded);    /* "Från: …" of a quoted header */
/* Where the quoted header ends of which line i is the first: i itself where it is none. */
size_t fresh_header_end(const struct fresh_lines *l, size_t i);
/* Whether a program wrote the header that line i starts: it says what the mail was about. */
bool fresh_is_whole_header(const struct fresh_lines *l, size_t i);
bool fresh_has_wrote(const char *folded);   /* "skrev" and its cousins as a word */
bool fresh_has_when(const char *folded);    /* a year or a time of day */

/* ---- fresh-sent.c ---- */

struct fresh_word {
	uint64_t hash;
	size_t line, bytes;
	bool after_odd; /* before it stands a mark that old character sets have not */
};

struct fresh_words {
	struct fresh_word *at;
	size_t n, cap;
};

/* The words of what we sent, and where each word stands: `first` for its hash, then `next`
 * for a place, both counted from one; 0: nowhere else. Others may stand in the same row. */
enum { FRESH_ROWS = 512 };
struct fresh_sent {
	struct fresh_words words;
	uint32_t first[FRESH_ROWS], *next;
};

/* Appends the words of a folded line. */
void fresh_words(struct arena *a, const char *folded, size_t line, struct fresh_words *out);
/* The same with the signs that people set beside a line: "?", crosses, hands, faces. */
void fresh_words_and_signs(struct arena *a, const char *folded, size_t line, struct fresh_words *out);
void fresh_know_sent(struct arena *a, const char *sent, struct fresh_sent *out); /* NULL: none */
/* How many words from i on stand one after the other in what we sent, at word `from` of it or
 * later, and where. The longest such run, the first of several. */
size_t fresh_find_run(const struct fresh_words *got, size_t i, const struct fresh_sent *sent, size_t from,
                      size_t *at);
/* Clears in keep[] the lines among the first n that we ourselves sent; the doubt, or NULL. */
const char *fresh_subtract(struct arena *a, const struct fresh_lines *l, size_t n,
                           const struct fresh_sent *sent, bool *keep);

/* ---- fresh-below.c ---- */

/* What somebody wrote below or inside a quote. */
struct fresh_found {
	const char *doubt;   /* or NULL */
	size_t answer, end;  /* the lines written right above our own "write above this line", where
	                        nothing else is: read if nothing stands above the quote, else the
	                        doubt; none where the two are equal */
};

/* Of the quote below its mark, which ends at line `from`. */
struct fresh_found fresh_below(struct arena *a, const struct fresh_lines *l, size_t from, enum fresh_mark mark,
                               const struct fresh_sent *sent, const bool *drop);
/* Of a quote that starts at line `from`, each line of it marked. */
struct fresh_found fresh_inside(struct arena *a, const struct fresh_lines *l, size_t from,
                                const struct fresh_sent *sent, const bool *drop);
/* The line without the marks of quoting. */
const char *fresh_unquoted(const char *line);

/* ---- fresh-foot.c, fresh-signature.c, fresh-legal.c: what programs and gateways put around a text ---- */

/* How sentences begin that programs and gateways write: a bit for each, by the first bytes. */
enum { FRESH_PLACES = 4096 };
struct fresh_beginnings {
	uint64_t shorter[FRESH_PLACES / 64], longer[FRESH_PLACES / 64];
};

struct fresh_known {
	struct fresh_sent sent;
	struct fresh_words *banners; /* the site's own */
	size_t n_banners;
	struct fresh_beginnings beginnings;
};

void fresh_know_banners(struct arena *a, const struct mail_known *known, struct fresh_known *out);
/* Sets drop[] for lines that a program or gateway wrote: warnings about
 * outside senders (ours, and those of the site), words of virus scanners. */
void fresh_drop_banners(struct arena *a, struct fresh_lines *l, const struct fresh_known *known,
                        bool *drop);
bool fresh_device_line(const char *folded); /* "Skickat från min iPhone" */
/* Clears in keep[] legal paragraphs, and how to reach the writer below a
 * sign-off. */
void fresh_drop_foot(struct arena *a, const struct fresh_lines *l, size_t n, bool *keep);
void fresh_drop_legal(struct arena *a, const struct fresh_lines *l, size_t n, bool *keep); /* the former alone */
size_t fresh_holds(const char *s, const char *const *list, size_t n); /* how many of them are in it */
bool fresh_signs_off(const char *folded); /* "Med vänlig hälsning" */

/* ---- fresh-phrase.c ---- */

enum fresh_phrases { PHRASES_LEGAL, PHRASES_GATEWAY, PHRASES_SCANNER, PHRASES_DEVICE,
                     PHRASES_HOURS /* when somebody works; a name may stand before them */ };

/* Whether each word of a folded text is one that lawyers, gateways, scanners or programs put into
 * the sentences they add, or a link, an address, a town's name, a statute's number. */
bool fresh_is_phrase(const char *folded, enum fresh_phrases whose);
/* Whether the words of a folded text could change an answer; where links lead says nothing. */
bool fresh_could_change(const char *folded);

/* ---- fresh-letters.c ---- */

/* Letters that look like others, and invisible ones inside words: the doubt, or NULL. */
const char *fresh_letters(const char *utf8);

#endif
