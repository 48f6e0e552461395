/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_SRC_MAIL_INTERNAL_H
#define OVERSYN_SRC_MAIL_INTERNAL_H

#include "mail/message.h"
#include "src/mail/fresh.h"

/* ---- raw.c: the header as our own eyes see it, beside GMime's ---- */

struct raw_header {
	const char *name, *value; /* unfolded, trimmed, as it came; no NUL */
	const char *field;        /* its bytes in the message, `len` of them with the line end */
	size_t len;
};

struct raw_headers {
	struct raw_header *at;
	size_t n, cap;
	size_t body; /* where the body starts */
	bool has_nul, too_many;
	const char *odd; /* what two programs could read in two ways, or NULL */
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

/* ---- html.c, html-style.c, html-marks.c ---- */

struct html_read {
	char *text;        /* quoted parts as lines that start with "> ", what is struck out in them
	                      behind a sign */
	char *unsigned_text; /* the same without what the program says is a signature */
	const char *doubt; /* text that is struck out or that no eye can see */
};

void html_read(struct arena *a, const char *utf8, struct html_read *out);

/* How text looks: colours 0xRRGGBB, −1 not said. */
struct html_look {
	bool hidden, struck;
	long ink, paper;
};

struct html_css {
	struct html_rule *at;
	size_t n, cap;
	bool writes_words; /* "content:": words that stand nowhere else */
	bool too_much;     /* not all of it was read */
};

struct _xmlNode;
/* The rules of the style sheets below root that can hide, strike or colour. */
void html_css_read(struct arena *a, const struct _xmlNode *root, struct html_css *out);
/* Adds what they say of an element; names folded. */
void html_css_look(const struct html_css *css, const char *name, const char *classes,
                   const char *id, struct html_look *out);
/* Adds what a style attribute says: without spaces, between ";". */
void html_look_read(const char *style, struct html_look *out);
/* An attribute folded, without spaces unless asked to keep them; "" for none,
 * and for one that is longer than HTML_ATTRIBUTE. */
enum { HTML_ATTRIBUTE = 4096 };
const char *html_attribute(struct arena *a, const struct _xmlNode *node, const char *name, bool spaces);
long html_colour(const char *value); /* −1: none that is known */
bool html_invisible(long ink, long paper);

bool html_among(const char *name, const char *const *list, size_t n); /* a list in lower case */
/* Whether an element is quoted; whether all from it on is; whether it signs.
 * Classes, ids and styles folded, a style between ";" or empty. */
bool html_is_quote(const struct _xmlNode *node, const char *classes, const char *type, const char *id);
bool html_starts_quote(struct arena *a, const struct _xmlNode *node, const char *id, const char *style);
bool html_is_signature(const char *classes, const char *id);

/* ---- flowed.c ---- */

char *flowed_text(struct arena *a, const char *text, bool delsp); /* RFC 3676 */

/* ---- parts.c ---- */

struct part_facts {
	const char *plain, *html; /* the body's text parts, UTF-8; NULL: none */
	const char *calendar;     /* the part that answers best */
	bool calendar_answer;     /* METHOD REPLY, COUNTER, REFRESH or DECLINECOUNTER */
	bool tnef, tnef_meeting;  /* winmail.dat; with an answer to a meeting in it */
	bool delivery_status, other_report, reaction;
	struct mail_file file;    /* the table that is attached */
	const char *report;       /* the text of the delivery status; NULL */
	const char *returned;     /* the header of the mail that came back; NULL */
	bool file_beside;         /* a file is attached that is not read */
	size_t n_messages;        /* mails that are attached */
	const char *doubt;        /* first doubt met, or NULL */
};

struct _GMimeObject;
void parts_read(struct arena *a, struct _GMimeObject *top, struct part_facts *out);

/* ---- beside.c ---- */

/* Whether a part is a file of somebody's, and no picture of a signature or the like. */
bool beside_is_file(struct _GMimeObject *part, const char *major, const char *minor);
/* What came with the text that is not read; NULL: nothing. */
const char *beside_read(struct arena *a, const struct part_facts *p, const struct mail_facts *f,
                        const struct fresh_sent *sent);

/* ---- header-facts.c ---- */

/* What a mail's header says of it; every doubt goes to f->doubt. */
void header_facts(struct arena *a, const struct raw_headers *h, struct mail_facts *f);
void mail_doubt(struct mail_facts *f, const char *why); /* the first is kept */

/* ---- parts-calendar.c ---- */

bool calendar_answers(const char *method);
/* The METHOD inside a calendar, or "". */
void calendar_method(const char *text, char *to, size_t size);
/* The calendar that stands where a part's header does, or NULL. */
const char *calendar_in_header(struct arena *a, struct _GMimeObject *object);

/* ---- parts-table.c ---- */

/* Whether a part is a table, by its type and file name; perhaps: a text file. */
enum table_kind { TABLE_NOT, TABLE_PERHAPS, TABLE_SURE };
enum table_kind table_kind(const char *major, const char *minor, const char *file_name);

/* ---- classify.c ---- */

/* From the headers and the kinds of parts; `fresh` is looked at only for
 * reactions, and where an empty return path is all that is said. */
enum mail_class classify(struct arena *a, const struct raw_headers *h, const struct part_facts *p,
                         const struct mail_facts *f, const char *own, const char **why);

/* ---- absence.c, absence-substitute.c ---- */

/* The day somebody is back, and who stands in: from an automatic reply. */
void absence_read(struct arena *a, const char *text, dayno received, const char *const *not_these,
                  size_t n, struct mail_facts *f);
/* The one whom the text names beside the writer; `not_these` are nobody's. NULL: none. */
const char *absence_substitute(struct arena *a, const char *text, const char *const *not_these,
                               size_t n);

/* ---- delivery.c ---- */

/* Reads the parts of a delivery report into the facts. */
void delivery_read(struct arena *a, const struct part_facts *p, struct mail_facts *f);

/* ---- identity.c ---- */

/* Reads From and Sender strictly; every doubt goes to f->doubt. */
void identity_read(struct arena *a, const struct raw_headers *h, struct mail_facts *f);
bool identity_plausible(const char *address); /* can name a mailbox */

/* ---- own.c ---- */

/* The plain text of a mail as mail_compose() writes it; NULL: it is not to the letter as
 * that, or has none. */
char *own_text(struct arena *a, const char *bytes, size_t len);

/* ---- transfer.c ---- */

/* What is wrong with the bytes of a part as its transfer encoding has them, or NULL. */
const char *transfer_doubt(const char *encoding, const char *bytes, size_t len);

/* ---- open.c ---- */

enum opened_how {
	OPENED_NOT,    /* too many headers or parts */
	OPENED_HEADER, /* the rest could not be read as mail */
	OPENED,
};

/* A mail that was taken apart: what its bytes say, whatever is known besides. */
struct opened {
	enum opened_how how;
	const char *bytes;
	struct raw_headers header; /* in those bytes */
	struct mail_facts said;    /* what the header says of it */
	struct part_facts parts;
	struct html_read html;     /* of its HTML; all NULL where there is none */
	struct {
		struct fresh_lines plain, html;
		struct fresh_lines bare; /* of the HTML without its signature; none where it marks none */
	} lines;
};

void mail_take_apart(struct arena *a, const char *bytes, size_t len, struct opened *out);
/* The parts alone: sooner where its header is read already, else NULL. False: it could not be
 * read as mail. */
bool mail_parts(struct arena *a, const char *bytes, size_t len, const struct raw_headers *h,
                struct part_facts *out);

/* ---- shelf.c ---- */

/* The same, or what the shelf has kept of it. What is found belongs to the arena, or to the
 * shelf until the next mail is opened with it; NULL: there is none. */
void mail_open(struct arena *a, const char *bytes, size_t len, struct mail_shelf *shelf, struct opened *out);

#endif
