/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_STORE_STORE_H
#define OVERSYN_STORE_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/digest.h"
#include "base/err.h"
#include "core/change.h"
#include "core/limits.h"
#include "core/registry.h"
#include "core/retry.h"
#include "core/rsvp.h"

/*
 * The one database, reached only through these verbs. Each is one whole
 * transaction (BEGIN IMMEDIATE … COMMIT): it happened or it did not. Strings
 * that come out live in the arena given. No SQL leaves this folder.
 *
 * SQLite, one file: application_id "OVSN", user_version = number of the last
 * migration, journal_mode=TRUNCATE, synchronous=EXTRA, STRICT tables, foreign
 * keys, trusted_schema off. A database newer than the program is refused
 * with ERR_SAFETY, a file that is none with ERR_USAGE.
 */
struct store;

enum store_flags {
	STORE_CREATE = 1,   /* make it if it is absent; else absence is ERR_USAGE */
	STORE_READ = 2,     /* read only */
	STORE_VOLATILE = 4, /* synchronous=OFF: only for the demo and tests */
};

int store_open(const char *path, unsigned flags, struct store **out, struct err *e) MUST_USE;
void store_close(struct store *s);

/*
 * Several verbs with one commit, because each commit waits for the disk. What they did is
 * on the disk when store_group_end() returns 0, and undone, all of it, when it does not
 * or the process ends before. The database is locked for others meanwhile, so nothing is
 * to be waited for within. Groups do not nest.
 *
 * In one of PARTS a verb that fails is undone by itself, as ever, and the others stand.
 * Being ready for that costs each verb a copy of the pages that it changes. One that is
 * WHOLE does without: a verb that fails spoils it, and it ends as ERR_OUTSIDE, undone.
 */
enum store_group { STORE_PARTS = 1, STORE_WHOLE };
int store_group_begin(struct store *s, enum store_group how, struct err *e) MUST_USE;
int store_group_end(struct store *s, struct err *e) MUST_USE;
/* It is to be undone when it ends, whatever its verbs did: ERR_OUTSIDE then. */
void store_group_undo(struct store *s);

/*
 * The right to run passes: one process at a time, by an open-file-description
 * lock on PATH-lock, given back when the process ends however it ends. A
 * second taker gets ERR_SAFETY. A child that is forked without exec shares
 * the lock until it exits.
 */
int store_lock(struct store *s, struct err *e) MUST_USE;
/* The log of acknowledgements, to be appended to, while the lock is held; else -1. */
int store_acks(const struct store *s);

/* Named values that are set once, like the installation's secret: the value
 * in *out (len bytes, from the arena), made from `fresh` if there was none. */
int store_secret(struct store *s, const uint8_t fresh[DIGEST_SIZE], uint8_t out[DIGEST_SIZE],
                 struct err *e) MUST_USE;

/* ---- the register ---- */

struct import_report { /* how many rows of each register, and what changed */
	struct buf text;   /* the caller's BUF_INIT; a line is appended per added or changed row:
	                    * "+ role kd" "~ role kd: title" */
	size_t added, changed, same;
};

/* Puts a register that core/import.h read into the database, by id: new rows
 * are added, known ones updated, absent ones kept. known_on of new items is
 * the civil day of `now`. One record row per call that changed anything. */
int store_import(struct store *s, const struct registry *r, instant now, struct import_report *out,
                 struct err *e) MUST_USE;

/* The same, with what becomes of the amendments by it (core/amendment.h), those of
 * store_amendments(): to be read in the same group. */
int store_import_amended(struct store *s, const struct registry *r, const struct amendment *at, size_t n,
                         instant now, struct import_report *out, struct err *e) MUST_USE;
int store_amendments(struct store *s, struct arena *a, struct amendment **out, size_t *n,
                     struct err *e) MUST_USE;

/* Puts events that somebody told beside those of the register, one record row each. */
int store_trigger(struct store *s, const struct event *events, size_t n, instant now,
                  struct err *e) MUST_USE;

/* Reads the whole register into an initialised *out and indexes it. */
int store_load(struct store *s, struct registry *out, struct err *e) MUST_USE;
/* The same with only the items that woke on the day and those that bear on them,
 * which are `asleep`. */
int store_load_awake(struct store *s, dayno today, struct registry *out, struct err *e) MUST_USE;
/* The same with only the items that a letter is about, and those that bear on them. */
int store_load_letter(struct store *s, const char *ref, struct registry *out,
                      struct err *e) MUST_USE;
/* What the registers of all letters have in common: everything but items, and what is said
 * of them. It stands until something else than items changes. */
int store_load_common(struct store *s, struct registry *out, struct err *e) MUST_USE;
/* As store_load_letter(), with all that `common` holds taken from there: *out, which need
 * not be initialised, must not outlive it. */
int store_load_letter_over(struct store *s, const struct registry *common, const char *ref,
                           struct registry *out, struct err *e) MUST_USE;
/* Only the settings; nothing is indexed. */
int store_load_settings(struct store *s, struct registry *out, struct err *e) MUST_USE;
/* Items as a file has them become what store_load() would say after its import. */
int store_add_ours(struct store *s, struct arena *a, struct item *items, size_t n, struct err *e) MUST_USE;

/* ---- what a pass looks at ---- */

/* A number that is another when somebody else has written since it was last asked for. */
int store_version(struct store *s, int64_t *out, struct err *e) MUST_USE;

/*
 * An item sleeps until the day that the last look at it gave (core/plan.h); any
 * fact that is written wakes those it may bear on. What woke is found by an index,
 * so that a pass with nothing to do costs the same however large the register is.
 *
 * Wakes on `today` every item whose day has come or whose facts have changed; *n:
 * how many are awake. They stay so until store_sleep(): a pass that is killed has
 * only looked in vain. Where one has looked on a later day than this, every item wakes:
 * a clock was wrong then or is now, and what a day has put to sleep must not outlast it.
 */
int store_wake(struct store *s, dayno today, size_t *n, struct err *e) MUST_USE;
struct look {
	const char *item;
	dayno next; /* after today */
	const char *holder; /* to be noted as who answers for it; NULL: as noted */
};
/* Lets items that woke on `today` sleep until their next day, but for those that
 * something was written about since they woke. */
int store_sleep(struct store *s, dayno today, const struct look *looks, size_t n,
                struct err *e) MUST_USE;

/* ---- reviews and letters ---- */

struct reviews {
	struct review *at;
	size_t n;
};
struct letters {
	struct letter *at;
	size_t n;
};

/* Every review that is not closed, cancelled or superseded, by item id. */
int store_open_reviews(struct store *s, struct arena *a, struct reviews *out, struct err *e) MUST_USE;
/* Those of items that woke on the day, by item id. */
int store_awake_reviews(struct store *s, struct arena *a, dayno today, struct reviews *out,
                        struct err *e) MUST_USE;
/* The reviews of one letter, by number; those of one item (item ≠ NULL), oldest first. */
int store_letter_reviews(struct store *s, struct arena *a, const char *ref, struct reviews *out,
                         struct err *e) MUST_USE;
/* One row for each, however many approve it. */
int store_item_reviews(struct store *s, struct arena *a, const char *item, struct reviews *out,
                       struct err *e) MUST_USE;
/* 1 found, 0 not, -1 error. */
int store_letter(struct store *s, struct arena *a, const char *ref, struct letter *out,
                 struct err *e) MUST_USE;
int store_letter_by_token(struct store *s, struct arena *a, const char *token_hash,
                          struct letter *out, struct err *e) MUST_USE;
int store_letter_by_uid(struct store *s, struct arena *a, const char *uid, struct letter *out,
                        struct err *e) MUST_USE;
/* The refs of letters from before events were found by UID; then the UID of one. */
int store_letters_nameless(struct store *s, struct arena *a, const char ***refs, size_t *n,
                           struct err *e) MUST_USE;
int store_letter_name(struct store *s, const char *ref, const char *uid, struct err *e) MUST_USE;
/* What calendars answered to a letter's event: the newest `max`, newest first. */
int store_letter_rsvps(struct store *s, struct arena *a, const char *ref, int max,
                       struct rsvps *out, struct err *e) MUST_USE;
/* 1 found, 0 not, -1 error. What was confirmed or dropped is found too. */
int store_confirmation(struct store *s, struct arena *a, const char *token_hash,
                       struct confirmation *out, struct err *e) MUST_USE;
/* The letters that open reviews stand in, by ref. */
int store_open_letters(struct store *s, struct arena *a, struct letters *out, struct err *e) MUST_USE;
int store_awake_letters(struct store *s, struct arena *a, dayno today, struct letters *out,
                        struct err *e) MUST_USE;
/* The questions about missing facts that were asked, by item, oldest first. */
struct questions {
	struct question *at;
	size_t n;
};
int store_questions(struct store *s, struct arena *a, struct questions *out, struct err *e) MUST_USE;
int store_awake_questions(struct store *s, struct arena *a, dayno today, struct questions *out,
                          struct err *e) MUST_USE;
int store_letter_questions(struct store *s, struct arena *a, const char *ref, struct questions *out,
                           struct err *e) MUST_USE;
/* What secretaries are asked, by item, the latest meeting last: of reviews that await
 * a decision all of it, and where minutes are still to be adjusted. Or all of a letter. */
struct inquiries {
	struct inquiry *at;
	size_t n;
};
int store_inquiries(struct store *s, struct arena *a, struct inquiries *out, struct err *e) MUST_USE;
int store_awake_inquiries(struct store *s, struct arena *a, dayno today, struct inquiries *out,
                          struct err *e) MUST_USE;
int store_letter_inquiries(struct store *s, struct arena *a, const char *ref, struct inquiries *out,
                           struct err *e) MUST_USE;
/* How many letters were opened in the year so far: the next one's serial − 1. */
int store_letter_serial(struct store *s, int year, int *out, struct err *e) MUST_USE;
/* How many reviews the item has had: the next one's ordinal − 1. */
int store_review_ordinal(struct store *s, const char *item, int *out, struct err *e) MUST_USE;

/* The sign-offs of these reviews that stand, in the order of the reviews, the newest
 * of each first. */
struct standings {
	struct standing_signoff *at;
	size_t n;
};
int store_signoffs(struct store *s, struct arena *a, const struct reviews *of,
                   struct standings *out, struct err *e) MUST_USE;

/* Applies a change: everything in one transaction, the record chained on. */
int store_apply(struct store *s, const struct change *c, struct err *e) MUST_USE;

/* ---- outbox ---- */

struct outbox_row {
	int64_t id;
	const char *message_id, *to, *letter, *kind, *subject, *status; /* as in store/outbox.h */
	const char *answer; /* the server's last answer; NULL */
	int attempts;
	instant created, next_try;
	instant since, tried; /* waits since; was last handed over, INSTANT_NONE: never */
	const char *bytes; /* NULL in listings */
	size_t len;
};

/* How they come and go: store/outbox.h. All of them, oldest first. */
int store_outbox_list(struct store *s, struct arena *a, struct outbox_row **out, size_t *n,
                      struct err *e) MUST_USE;
/* The bytes of one mail by Message-ID or id, or all that belong to a letter, oldest first. */
int store_letter_mails(struct store *s, struct arena *a, const char *ref, struct outbox_row **out,
                       size_t *n, struct err *e) MUST_USE;

/* How many answers have gone out, as core/limits.h counts them. */
struct answer_keys {
	const char *message_id, *letter; /* NULL: not known, none counted */
	const char *sender;
	instant since; /* of those to the sender, and of all: LIMIT_PERIOD from then on */
};
int store_answer_counts(struct store *s, const struct answer_keys *k, struct answer_counts *out,
                        struct err *e) MUST_USE;
/* How many mails that limit has kept from an answer in the LIMIT_PERIOD from `since` on. */
int store_withheld_since(struct store *s, const char *limit, instant since, int *out,
                         struct err *e) MUST_USE;

/* ---- keys of signatures ---- */

/* What the DNS said of selector._domainkey.domain when a mail needed it: kept, so
 * that its signature can be checked again when the key is long gone. */
struct key_row {
	const char *domain, *selector;
	const char *found;  /* "found", "none", "failed" */
	const char *record; /* NULL unless found */
	instant fetched;
};

/* 1 kept; 0 the last time it said the same; -1 error. */
int store_key_put(struct store *s, const struct key_row *k, struct err *e) MUST_USE;

/* ---- the record ---- */

struct record_row {
	int64_t seq;
	instant at;
	const char *kind, *subject, *facts;
	char hash[DIGEST_HEX];
};

/* Walks the chain from the first row and recomputes every hash, and looks whether the
 * mail that it tells of is there, byte for byte. Returns 0 and the number of rows and
 * head, or -1 with ERR_FOUND naming the first row that does not hold. */
int store_record_verify(struct store *s, int64_t *rows, char head[DIGEST_HEX], struct err *e) MUST_USE;
/* Which row has that hash: what was a head once. 1 found, 0 not, -1 error. */
int store_record_at(struct store *s, const char *hash, int64_t *seq, struct err *e) MUST_USE;
/* The record of one subject, or all (subject NULL), oldest first. */
int store_record_list(struct store *s, struct arena *a, const char *subject,
                      struct record_row **out, size_t *n, struct err *e) MUST_USE;

/* ---- counting, for status and the demo's table ---- */

struct body_counts {
	const char *body; /* id; "alla" where an item belongs to all */
	int invited, signed_off, decided, overdue_sent, changes, wrong_person, extended, open, awaiting;
};
int store_body_counts(struct store *s, struct arena *a, struct body_counts **out, size_t *n,
                      struct err *e) MUST_USE;

#endif
