/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_MAIL_MESSAGE_H
#define OVERSYN_MAIL_MESSAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "core/grid.h"
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

/* A key of DKIM by its name in the DNS, selector._domainkey.domain, and what
 * the DNS said of it when it was asked. */
enum dkim_found { DKIM_KEY_FOUND, DKIM_KEY_NONE, DKIM_KEY_FAILED };

struct dkim_key {
	const char *domain, *selector;
	enum dkim_found found;
	const char *record; /* the text of the one TXT record; NULL unless found */
};

enum { MAIL_MAX_KEYS = 5 }; /* that are asked for one mail */

/* The bytes of an attached table (doc/table.h), decoded: CSV, a workbook, or a
 * text file that says it came from us; n: how many there are, the first is kept.
 * One of more than GRID_MAX_BYTES is cut one byte beyond. */
struct mail_file {
	const char *bytes;
	size_t len;
	size_t n;
};

/* One recipient that a report says a mail did not reach (RFC 3464 §2.3). */
struct mail_failure {
	const char *recipient; /* Final-Recipient: where it got to; NULL */
	const char *original;  /* Original-Recipient: where the sender sent it; NULL */
	const char *action, *status, *said; /* as they stand there; NULL */
};

enum { MAIL_MAX_FAILURES = 20 };

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
	/* Who vouches for the sender's domain, by the site's profile. */
	const char *auth_domain; /* the domain in From, which somebody vouches for; NULL: nobody */
	const char *auth_by;     /* "authserv", "m365", "m365-internal", "dkim": static; NULL: nobody */
	const char *auth_why;    /* what vouched, or why nothing did: one line, English */
	bool auth_alarm;         /* somebody may have forged it: the coordinator should know */
	struct dkim_key *wanted; /* without records: the keys a second reading could use */
	size_t n_wanted;
	const char *indirect;    /* what says that it was passed on by somebody or something
	                            between the sender and us; NULL: nothing */
	const char *text;        /* the body as UTF-8 text (from plain, else from HTML); NULL: none */
	const char *fresh;       /* above quotes and signature, less what we sent; NULL: none */
	bool doubtful;           /* any parser doubt: an answer in it must not be acted on */
	const char *doubt;       /* which */
	const char *beside;      /* what came with the text that is not read, and may speak against an
	                            approval: a file, words in the subject; NULL */
	const char *calendar;    /* the text/calendar part's bytes as UTF-8; NULL: none */
	/* Of an automatic reply: the day the sender is back (the day after "t.o.m."),
	 * and the address, else the name, of who stands in. DAY_NONE, NULL: not said. */
	dayno back;
	const char *substitute;
	struct mail_file file; /* read where the message is: it does not cross the pipe */
	/* Of a bounce with a report that programs can read: whom the mail did not reach,
	 * and what the report says of which mail it was: the Message-IDs and the address for
	 * answers in the header that came back, and what it was handed over as. */
	struct mail_failure *failures;
	size_t n_failures;
	const char **returned;
	size_t n_returned;
};

/* How the site learns that a sender's domain is genuine. */
enum auth_profile {
	AUTH_NONE,     /* it does not */
	AUTH_AUTHSERV, /* Authentication-Results of its own server */
	AUTH_DKIM,     /* the signature, checked here: only where mail is kept as it came */
	AUTH_M365,     /* the mailbox is in Microsoft 365 */
	AUTH_PROFILES
};

struct mail_shelf;

/* What we know before we read: none of it comes from the message. */
struct mail_known {
	const char *sent;     /* what we sent about the letter, subjects and texts; NULL: unknown */
	const char *own;      /* our own address, for loops; NULL */
	instant received;     /* when it came to us: what a signature's times are held
	                         against; INSTANT_NONE: its own Date */
	enum auth_profile profile;
	const char *authserv; /* our server's authserv-id; NULL */
	const char *tenant;   /* the end of the host names that are our tenant's; NULL */
	/* The site's own mail domains: each may sign for the others. */
	const char *const *domains;
	size_t n_domains;
	const struct dkim_key *keys;
	size_t n_keys;
	/* Warnings that the site's mail system puts into mail from outside, each
	 * whole; the usual ones are known anyway. */
	const char *const *banners;
	size_t n_banners;
	struct mail_shelf *shelf; /* the reader's own; NULL: it has none */
};

/* Where the reader keeps mails that it has taken apart, for when it reads one again. */
struct mail_shelf *mail_shelf_new(void) MUST_USE;
void mail_shelf_free(struct mail_shelf *s);

/*
 * Parses a message. Every line that stands in `sent` is subtracted from what
 * is fresh. Total: any bytes give an answer. Strings go to the arena.
 */
void mail_read(struct arena *a, const char *bytes, size_t len, const struct mail_known *known,
               struct mail_facts *out);

/* The same for a site that knows no more than this. */
void mail_parse(struct arena *a, const char *bytes, size_t len, const char *sent, const char *own,
                const char *authserv, struct mail_facts *out);

/* The text of a mail that we wrote, which needs no judging; NULL: it has none. */
const char *mail_own_text(struct arena *a, const char *bytes, size_t len) MUST_USE;

/* The fresh part of a plain text; separate for its tests. Never NULL. */
char *mail_fresh(struct arena *a, const char *text, const char *sent) MUST_USE;

/* A text of ours below its first line, where that asks for the answer to be written above
 * it: in a calendar nothing is answered so. Else the text itself. */
const char *mail_below_mark(struct arena *a, const char *text) MUST_USE;

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

/* What is known, on its way to the reader. */
void mail_known_write(const struct mail_known *k, struct buf *out);
bool mail_known_read(struct arena *a, const char *bytes, size_t len, struct mail_known *out);

/* ---- out: values to bytes ---- */

/* A file that goes with a letter. */
struct mail_attachment {
	const char *name;  /* ASCII letters, digits, dot, dash and underscore */
	const char *type;  /* "text/csv; charset=utf-8"; fixed words of ours */
	const char *bytes;
	size_t len;
};

/* What a letter shows under a number, by the digest of its canonical text: an auditor
 * finds it again in the record. */
struct mail_version {
	int n;
	const char *sha256; /* hex */
};

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
	const struct mail_attachment *files;
	size_t n_files;
	const struct mail_version *versions; /* an Oversyn-Version field each */
	size_t n_versions;
	const char *self_test;         /* a mark that nobody can guess, of a mail that only tries
	                                  the way to ourselves; NULL: none */
};

/*
 * Writes an RFC 5322 message with CRLF line ends: multipart/alternative of
 * text, HTML and, last, the calendar in base64. With a calendar that stands
 * first in a multipart/mixed, before the same bytes as invite.ics, for clients
 * that only know files; so it does with files, which come last, in base64. Everything is 7-bit; the same values give the same
 * bytes. Fails with ERR_USAGE if an address or a header value cannot stand
 * (core/address.h); ids in `references` that cannot are left out.
 */
int mail_compose(const struct mail_out *m, struct buf *out, struct err *e) MUST_USE;

/* The value of a header field named in `column` − 2 characters, as RFC 2047
 * encoded words where it needs them. */
void mail_header_words(const char *text, size_t column, struct buf *out);

#endif
