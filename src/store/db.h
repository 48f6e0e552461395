/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_SRC_STORE_DB_H
#define OVERSYN_SRC_STORE_DB_H

#include <sqlite3.h>

#include "base/digest.h"
#include "core/brake.h"
#include "core/returned.h"
#include "core/throttle.h"
#include "store/inbox.h"
#include "store/outbox.h"
#include "store/store.h"

/*
 * What the files of this folder share. A verb is a transaction around inner
 * functions; inner functions never begin or end one.
 */

/* Every statement of the program, prepared when first used. */
enum stmt_id {
#define STMT(name, sql) STMT_##name,
#include "src/store/stmt.inc"
#undef STMT
	STMT_COUNT
};

struct store {
	sqlite3 *db;
	char *path; /* of the file itself */
	int lock_fd; /* -1: not taken */
	bool new_here; /* there was no file for the lock: nothing worked with a database of this name */
	int acks_fd; /* the log of acknowledgements, with the lock; -1 */
	enum store_group group; /* 0: each verb commits */
	bool spoilt; /* a verb of a whole one failed */
	/* The record's last row, within a transaction that has written one. */
	struct {
		bool known;
		int64_t seq;
		char hash[DIGEST_HEX];
	} head;
	/* How many answers have gone out since then. What others write is seen where a group
	 * begins, by `version`. */
	struct {
		bool known;
		int64_t version;
		instant since;
		int n;
	} answered;
	sqlite3_stmt *stmt[STMT_COUNT];
};

/* What follows from a database that was put back, inside a transaction: holds the outbox for
 * `reason`, and leaves out the numbers that may have been given. */
int returned_put(struct store *s, const char *reason, const struct returned_facts *f, instant now,
                 struct err *e) MUST_USE;
/* What the database's own note would be, and the one that stands in the file of the lock. */
int note_own(struct store *s, instant now, struct record_note *out, struct err *e) MUST_USE;
void note_read(int lock_fd, struct record_note *out);
int note_write(const char *database, int lock_fd, const struct record_note *n, struct err *e) MUST_USE;

/* Once, before the first database is opened. */
void store_use_alone(void);

/* The file that a link leads to, else `path`: the lock and the log stand beside it, the same by
 * whatever name it is opened. The caller's, to mem_free(). */
char *database_file(const char *path);

/* As store_lock(), of a database that is not open; *out is the caller's. */
int lock_take(const char *database, int *out, bool *new_here, struct err *e) MUST_USE;

/* ---- migrations, embedded at build time ---- */

struct migration {
	const char *name, *sql;
};
extern const struct migration migrations[];
extern const int migration_count;

enum { APPLICATION_ID = 0x4F56534E }; /* "OVSN" */

/* Brings the schema to version `upto`, each migration in its own transaction. */
int store_migrate(struct store *s, int upto, struct err *e) MUST_USE;
int store_pragma_int(struct store *s, const char *sql, int64_t *out, struct err *e) MUST_USE;

/* Looks the file through; damage is ERR_SAFETY. */
int store_look_through(struct store *s, struct err *e) MUST_USE;

/* ---- failing ---- */

/* What SQLite says about the last call, as a sentence with what to mend. Returns -1. */
int store_fail(struct store *s, struct err *e, const char *doing);

/* ---- transactions ----
 *
 *	if (txn_begin(s, e))
 *		return -1;
 *	return txn_end(s, inner(s, …, e), e);
 */
int txn_begin(struct store *s, struct err *e) MUST_USE; /* within a group of parts: a savepoint */
/* For verbs of several SELECTs that must see one state. */
int txn_read(struct store *s, struct err *e) MUST_USE;
/* Commits when rc ≥ 0, rolls back otherwise; returns rc, or -1 if the commit failed. */
int txn_end(struct store *s, int rc, struct err *e) MUST_USE;

/* ---- statements ----
 *
 *	struct query q = query(s, STMT_X);
 *	put_text(&q, id);              in the order of ?1, ?2 …
 *	while ((got = query_row(&q, e)) > 0)
 *		use(get_text(&q, a), get_int(&q));   in the order of the columns
 *
 * A failure to prepare or to bind is kept and reported by the next row. What
 * is bound must live until then.
 */
struct query {
	struct store *s;
	sqlite3_stmt *st;
	int in, col; /* the last parameter bound, the next column read */
	int rc;
};

struct query query(struct store *s, enum stmt_id id);
void put_text(struct query *q, const char *text); /* NULL and "" both mean unknown: NULL */
void put_word(struct query *q, const char *text); /* a text that is kept as it is */
void put_int(struct query *q, int64_t v);
void put_day(struct query *q, dayno day);
void put_blob(struct query *q, const void *bytes, size_t len);
int query_row(struct query *q, struct err *e) MUST_USE; /* 1; 0 and -1 also end it */
int query_run(struct query *q, struct err *e) MUST_USE; /* one that gives no rows: 0, -1 */
/* Exactly one row with one number. */
int query_int(struct query *q, int64_t *out, struct err *e) MUST_USE;
void query_end(struct query *q);                        /* before the last row */

const char *get_text(struct query *q, struct arena *a); /* NULL when unknown */
void get_chars(struct query *q, char *out, size_t size);
int64_t get_int64(struct query *q);
int get_int(struct query *q);
bool get_bool(struct query *q);
dayno get_day(struct query *q);
const char *get_blob(struct query *q, struct arena *a, size_t *len);

/* ---- inner functions used by more than one verb ---- */

/* A row of the record that tells of bytes. */
struct kept_bytes {
	int64_t seq;
	const char *kind, *what /* its subject */, *facts;
};
/* ERR_FOUND: they are gone, or are others. Rows of other kinds hold. */
int kept_check(struct store *s, const struct kept_bytes *k, struct err *e) MUST_USE;
int record_append(struct store *s, instant at, const struct record_entry *r, struct err *e) MUST_USE;

/* Works out the families of a register in which one is not known. A verb of its own. */
int store_settle_families(struct store *s, struct err *e) MUST_USE;

void review_fill(struct query *q, struct arena *a, struct review *r); /* one row of REVIEW_COLUMNS */
int seat_put(struct store *s, const struct review *r, struct err *e) MUST_USE;
enum verdict verdict_by_name(const char *name); /* VERDICT_NONE for what is none */

int rsvp_put(struct store *s, const struct rsvp *r, struct err *e) MUST_USE;
int confirmation_put(struct store *s, const struct confirmation *x, struct err *e) MUST_USE;
/* The outcome of that name; OUTCOME_NONE: there is none. */
enum reply_outcome outcome_by_name(const char *name);
int renewal_put(struct store *s, const struct renewal *n, struct err *e) MUST_USE;
int inquiry_put(struct store *s, const struct inquiry *x, struct err *e) MUST_USE;
int edit_put(struct store *s, const struct item_edit *x, struct err *e) MUST_USE;
int amendment_put(struct store *s, const struct amendment *m, struct err *e) MUST_USE;
/* Lets go of what no longer stands, and records what a file took the place of. */
int amendments_settle(struct store *s, const struct amendment *at, size_t n, instant now, struct err *e) MUST_USE;
/* A row of the register: as an import writes it. */
int item_put(struct store *s, const struct item *i, dayno today, struct import_report *out,
             struct err *e) MUST_USE;
int report_put(struct store *s, const struct report *r, struct err *e) MUST_USE;
int question_put(struct store *s, const struct question *x, struct err *e) MUST_USE;
int deficiency_put(struct store *s, const struct deficiency *d, struct err *e) MUST_USE;
int deficiency_mail_put(struct store *s, const struct deficiency_mail *m, struct err *e) MUST_USE;
int brake_put(struct store *s, const struct brake *b, instant now, struct err *e) MUST_USE;
int brake_release(struct store *s, instant now, struct err *e) MUST_USE;
int dead_put(struct store *s, const struct dead_address *d, struct err *e) MUST_USE;
int holding_put(struct store *s, const struct holding *h, struct err *e) MUST_USE;
int matter_put(struct store *s, const struct matter *m, struct err *e) MUST_USE;
int matter_told_put(struct store *s, const struct matter_told *t, struct err *e) MUST_USE;
int deficiency_told_put(struct store *s, const struct deficiency_told *t, struct err *e) MUST_USE;
int outbox_change_put(struct store *s, const struct outbox_change *o, instant at,
                      struct err *e) MUST_USE;

/* Of the outbox. A row: 1 found, 0 not, -1 error. */
int outbox_get(struct store *s, struct arena *a, int64_t id, struct outbox_row *out,
               struct err *e) MUST_USE;
/* The same of one that must be there: 0, -1. */
int outbox_need(struct store *s, struct arena *a, int64_t id, struct outbox_row *out, struct err *e) MUST_USE;
int outbox_rows(struct query *q, struct arena *a, bool bytes, struct outbox_row **out, size_t *n,
                struct err *e) MUST_USE;
/* As store_outbox_gate(), but for the counts: those walk through all that waits. */
int outbox_gate(struct store *s, struct arena *a, struct outbox_gate *out, struct err *e) MUST_USE;
/* As store_outbox_turn(), inside a transaction. The row is one that was claimed. */
int outbox_claim(struct store *s, struct arena *a, instant now, size_t max, const struct throttle *t,
                 struct outbox_row **out, size_t *n, struct err *e) MUST_USE;
int outbox_unclaim(struct store *s, int *n, struct err *e) MUST_USE;
/* The server is no longer away: a mail ended otherwise than as SUBMIT_BUSY. */
int outbox_end_pause(struct store *s, struct err *e) MUST_USE;
int outbox_result(struct store *s, struct outbox_row *r, enum submit_verdict v, const char *answer,
                  const struct retry_policy *patience, instant now, struct err *e) MUST_USE;
/* Of one that was claimed: it may have been taken. */
int outbox_doubt(struct store *s, int64_t id, instant now, struct err *e) MUST_USE;
/* Notes in the record what became of a mail; `more` are further facts, or "". */
int outbox_record(struct store *s, const char *kind, const struct outbox_row *r, const char *more,
                  instant now, struct err *e) MUST_USE;
/* Holds every mail that is to go, but word to the coordinator; *n: how many. */
int outbox_hold_rows(struct store *s, int *n, struct err *e) MUST_USE;
/* Holds the outbox, if it is not held already, and every mail in it. */
int outbox_hold(struct store *s, const char *reason, bool told, instant now,
                struct err *e) MUST_USE;

/* One row of a register on its way in: the columns in the order of its
 * statements, the key's first. Used by import.c and settings.c. */
enum { ROW_CELLS = 32 };
struct row {
	enum stmt_id get, put;
	const char *what;                      /* "role" */
	int keys, n;
	struct cell {
		enum { CELL_TEXT, CELL_INT, CELL_DAY } type;
		const char *text;
		int64_t num; /* of CELL_INT and CELL_DAY */
	} cell[ROW_CELLS];
};
void row_start(struct row *r, const char *what, enum stmt_id get, enum stmt_id put, int keys);
void row_text(struct row *r, const char *text);
void row_key(struct row *r, const char *text); /* a part of the key: never NULL */
void row_int(struct row *r, int64_t v);
void row_day(struct row *r, dayno day);
enum row_fate { ROW_SAME, ROW_ADDED, ROW_CHANGED };
/* Writes the row if it is new or differs and reports it. Returns its row_fate, or -1. */
int row_put(struct store *s, const struct row *r, struct import_report *out, struct err *e) MUST_USE;

/* The trainings, and the items that they stand for with the roles that are known now. */
int trainings_put(struct store *s, const struct registry *r, dayno today,
                  struct import_report *out, struct err *e) MUST_USE;
/* ---- beside.c ---- */

/* Words, each once. */
struct words {
	const char **at;
	size_t n, cap;
};

void words_add(struct arena *a, struct words *w, const char *word); /* NULL: nothing */
/* The families of what a letter is about, and of what stands in the letters beside it. */
int letter_families(struct store *s, struct arena *a, const char *ref, struct words *out,
                    struct err *e) MUST_USE;

/* The people of the register, the trainings and the items, inside a transaction. */
int load_trained(struct store *s, struct registry *r, struct err *e) MUST_USE;

int settings_put(struct store *s, const struct settings *given, struct import_report *out,
                 struct err *e) MUST_USE;
int settings_get(struct store *s, struct registry *out, struct err *e) MUST_USE;

#endif
