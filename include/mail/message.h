/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_MAIL_MESSAGE_H
#define OVERSYN_MAIL_MESSAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "core/reply.h"
#include "core/zone.h"

/* ---- in: hostile bytes to values; runs in the reader ---- */

enum {
	MAIL_MAX_BYTES = 25 << 20, /* a larger message is not parsed: class other */
	MAIL_MAX_DEPTH = 20,
	MAIL_MAX_PARTS = 200,
	MAIL_MAX_TEXT = 2 << 20,
	MAIL_MAX_HEADERS = 1000,
	MAIL_MAX_FIELD = 64 << 10,   /* one header field */
	MAIL_MAX_IDENTITY = 4 << 10, /* one that says who wrote, or how to read */
};

/* What a message is, as far as its bytes tell; no meaning yet. */
struct mail_facts {
	enum mail_class cls;
	const char *why;        /* what decided the class: one line, English */
	const char *from;       /* the one address of the one From; NULL: none or doubtful */
	const char *sender;     /* the address of Sender, when it is another than From; NULL.
	                           Somebody wrote for somebody else: doubtful */
	const char *subject;    /* decoded, one line; NULL */
	const char *message_id; /* without <>; NULL */
	instant date;           /* INSTANT_NONE: none or broken */
	const char **recipients; /* To, Cc, Delivered-To, X-Original-To, Envelope-To: addresses */
	size_t n_recipients;
	const char **references; /* In-Reply-To and References: ids without <> */
	size_t n_references;
	const char *auth_domain; /* header.from= of dmarc=pass in the topmost
	                            Authentication-Results of the authserv-id given; NULL */
	const char *text;        /* the body as UTF-8 text (from plain, else from HTML); NULL: none */
	const char *fresh;       /* above quotes and signature, less what we sent; NULL: none */
	bool doubtful;           /* any parser doubt: an answer in it must not be acted on */
	const char *doubt;       /* which */
	const char *calendar;    /* the text/calendar part's bytes as UTF-8; NULL: none */
	/* Of an automatic reply: the day the sender is back (the day after "t.o.m."),
	 * and the address, else the name, of who stands in. DAY_NONE, NULL: not said. */
	dayno back;
	const char *substitute;
};

/* What we know before we read: none of it comes from the message. */
struct mail_known {
	const char *sent;     /* the text of what we sent about the letter; NULL: unknown */
	const char *own;      /* our own address, for loops; NULL */
	const char *authserv; /* our server's authserv-id; NULL */
	/* Warnings that the site's mail system puts into mail from outside, each
	 * whole; the usual ones are known anyway. */
	const char *const *banners;
	size_t n_banners;
};

/*
 * Parses a message. Every line that stands in `sent` is subtracted from what
 * is fresh. Total: any bytes give an answer. Strings go to the arena.
 */
void mail_read(struct arena *a, const char *bytes, size_t len, const struct mail_known *known,
               struct mail_facts *out);

/* The same for a site without warnings of its own. */
void mail_parse(struct arena *a, const char *bytes, size_t len, const char *sent, const char *own,
                const char *authserv, struct mail_facts *out);

/* The fresh part of a plain text; separate for its tests. Never NULL. */
char *mail_fresh(struct arena *a, const char *text, const char *sent) MUST_USE;

/*
 * Opens everything that parsing may want to open later (character sets,
 * library tables), so that it works on in a process that may open nothing.
 * Called once; what it opened stays open until the process ends.
 */
void mail_warm_up(void);

/* ---- the same facts as bytes, between reader and keeper ---- */

void mail_facts_write(const struct mail_facts *f, struct buf *out);
/* False when the bytes are no such facts: a reader gone bad is not believed. */
bool mail_facts_read(struct arena *a, const char *bytes, size_t len, struct mail_facts *out);

/* ---- out: values to bytes ---- */

struct mail_out {
	const char *from_name, *from;  /* display name, address */
	const char *to_name, *to;      /* exactly one recipient */
	const char *reply_to;          /* with the letter's token; NULL: none */
	const char *subject;           /* UTF-8, one line */
	const char *message_id;        /* without <> */
	const char *references;        /* ids without <>, separated by spaces; NULL */
	instant date;
	const char *language;          /* "sv", "en" */
	bool is_answer;                /* receipt or question: Auto-Submitted: auto-replied */
	const char *text, *html;       /* UTF-8; both needed */
	const char *calendar;          /* iCalendar bytes, or NULL */
	const char *calendar_method;   /* "REQUEST", "CANCEL" */
};

/*
 * Writes an RFC 5322 message with CRLF line ends: multipart/alternative of
 * text, HTML and, last, the calendar in base64. With a calendar that stands
 * first in a multipart/mixed, before the same bytes as invite.ics, for clients
 * that only know files. Everything is 7-bit; the same values give the same
 * bytes. Fails with ERR_USAGE if an address or a header value cannot stand
 * (core/address.h); ids in `references` that cannot are left out.
 */
int mail_compose(const struct mail_out *m, struct buf *out, struct err *e) MUST_USE;

/* The value of a header field named in `column` − 2 characters, as RFC 2047
 * encoded words where it needs them. */
void mail_header_words(const char *text, size_t column, struct buf *out);

#endif
