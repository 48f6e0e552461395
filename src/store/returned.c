/* SPDX-License-Identifier: EUPL-1.2 */
/* A database that was put back from a copy, and the note that tells. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "core/date.h"
#include "src/store/db.h"
#include "store/copy.h"
#include "store/deficiencies.h"

/* ---- the note ---- */

void note_read(int lock_fd, struct record_note *out)
{
	char text[RECORD_NOTE];
	ssize_t len = pread(lock_fd, text, sizeof(text) - 1, 0);

	record_note_read(text, len > 0 ? (size_t)len : 0, out);
}

/* In place, and not synced: after a power cut an older note is as good. */
int note_write(const char *database, int lock_fd, const struct record_note *n, struct err *e)
{
	char text[RECORD_NOTE];

	record_note_text(n, text);
	ssize_t len = (ssize_t)strlen(text);
	if (pwrite(lock_fd, text, (size_t)len, 0) != len || ftruncate(lock_fd, len))
		return err_set(e, ERR_OUTSIDE, "%s-lock cannot be written: %s", database, strerror(errno));
	return 0;
}

/* Of a row of the record: 1, 0 there is none, -1. */
static int hash_of(struct store *s, int64_t seq, char hash[DIGEST_HEX], struct err *e)
{
	struct query q = query(s, STMT_RECORD_HASH);

	put_int(&q, seq);
	int got = query_row(&q, e);
	if (got > 0) {
		get_chars(&q, hash, DIGEST_HEX);
		query_end(&q);
	}
	return got;
}

static int ask(struct store *s, enum stmt_id which, int64_t *out, struct err *e)
{
	struct query q = query(s, which);

	return query_int(&q, out, e);
}

static int given(struct store *s, struct record_note *out, struct err *e)
{
	int letters, cases;

	if (store_letter_serial(s, out->year, &letters, e) || store_deficiency_serial(s, out->year, &cases, e))
		return -1;
	out->given[GIVEN_LETTERS] = letters;
	out->given[GIVEN_CASES] = cases;
	return ask(s, STMT_INBOX_LAST, &out->given[GIVEN_INBOX], e)
	       || ask(s, STMT_OUTBOX_LAST, &out->given[GIVEN_MAILS], e) ? -1 : 0;
}

int note_own(struct store *s, instant now, struct record_note *out, struct err *e)
{
	struct query head = query(s, STMT_RECORD_HEAD);

	*out = (struct record_note){ .year = date_ymd(zone_wall(now).day).y };
	int got = query_row(&head, e);
	if (got <= 0)
		return got;
	out->rows = get_int64(&head);
	get_chars(&head, out->hash, sizeof(out->hash));
	query_end(&head);
	return hash_of(s, 1, out->first, e) < 0 ? -1 : given(s, out, e);
}

int store_note(struct store *s, instant now, struct err *e)
{
	struct record_note own, then;

	if (s->lock_fd < 0)
		return 0;
	if (note_own(s, now, &own, e))
		return -1;
	note_read(s->lock_fd, &then);
	if (!own.rows)
		return 0;
	own = record_note_after(&then, &own);
	return note_write(s->path, s->lock_fd, &own, e);
}

/* ---- what follows ---- */

static int put_floor(struct store *s, enum stmt_id which, const char *what, int64_t n, struct err *e)
{
	struct query q = query(s, which);

	put_word(&q, what);
	put_int(&q, n);
	return query_run(&q, e);
}

static int add(struct store *s, enum stmt_id which, int64_t n, struct err *e)
{
	struct query q = query(s, which);

	put_int(&q, n);
	return query_run(&q, e);
}

static int leave_out(struct store *s, const struct returned_facts *f, struct err *e)
{
	char year[16], cases[32];
	int64_t mails = returned_given(f, GIVEN_MAILS);

	snprintf(year, sizeof(year), "%04d", f->now.year);
	snprintf(cases, sizeof(cases), "deficiency %d", f->now.year);
	return put_floor(s, STMT_LETTER_FLOOR, year, returned_given(f, GIVEN_LETTERS), e)
	       || put_floor(s, STMT_FLOOR_PUT, cases, returned_given(f, GIVEN_CASES), e)
	       || put_floor(s, STMT_FLOOR_PUT, "inbox", returned_given(f, GIVEN_INBOX), e)
	       || put_floor(s, STMT_FLOOR_PUT, "mails", mails, e)
	       || add(s, STMT_LETTER_MAILS_GAP, mails, e) || add(s, STMT_DEFICIENCY_GAP, mails, e) ? -1 : 0;
}

int returned_put(struct store *s, const char *reason, const struct returned_facts *f, instant now, struct err *e)
{
	struct query hold = query(s, STMT_HOLD_RETURNED);
	struct buf facts AUTO(buf_release) = BUF_INIT;
	int mails;

	put_int(&hold, now);
	put_text(&hold, reason);
	if (query_run(&hold, e) || outbox_hold_rows(s, &mails, e) || leave_out(s, f, e))
		return -1;
	buf_fmt(&facts, "rows=%" PRId64 "\nrows_then=%" PRId64 "\nletters=%" PRId64 "\nmails=%d\n", f->now.rows,
	        f->then.rows, returned_given(f, GIVEN_LETTERS), mails);
	return record_append(s, now, &(struct record_entry){
		.kind = "database-returned", .subject = "outbox", .facts = facts.data,
	}, e);
}

static int holds(struct store *s, const struct record_note *then, bool *out, struct err *e)
{
	char hash[DIGEST_HEX];
	int found = then->rows ? hash_of(s, then->rows, hash, e) : 0;

	*out = found > 0 && !strcmp(hash, then->hash);
	return found < 0 ? -1 : 0;
}

static int look(struct store *s, instant now, struct returned_facts *f, struct err *e)
{
	int64_t wrote = 0;

	*f = (struct returned_facts){ .new_here = s->new_here };
	note_read(s->lock_fd, &f->then);
	if (note_own(s, now, &f->now, e) || ask(s, STMT_LETTERS_EVER, &wrote, e))
		return -1;
	f->wrote = wrote;
	return holds(s, &f->then, &f->note_holds, e);
}

static int find_out(struct store *s, instant now, struct err *e)
{
	struct returned_facts f;

	if (look(s, now, &f, e))
		return -1;
	if (!returned_judge(&f))
		return 0;
	return returned_put(s, f.then.rows ? "the database was put back from an older copy"
	                    : "the database came here from elsewhere", &f, now, e);
}

static int returned_inner(struct store *s, instant now, struct err *e)
{
	struct query q = query(s, STMT_HOLD_IS_RETURNED);
	int64_t yes = 0;

	if (find_out(s, now, e))
		return -1;
	return query_int(&q, &yes, e) ? -1 : (int)yes;
}

int store_returned(struct store *s, instant now, struct err *e)
{
	if (txn_begin(s, e))
		return -1;
	int returned = txn_end(s, returned_inner(s, now, e), e);
	/* or the next that asks would find the same again */
	return returned >= 0 && store_note(s, now, e) ? -1 : returned;
}
