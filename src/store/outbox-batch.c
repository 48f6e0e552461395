/* SPDX-License-Identifier: EUPL-1.2 */
/* Mail on its way out, a batch at a time, and what is left of a batch that was cut off. */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/ack.h"
#include "src/store/db.h"
#include "store/copy.h"

/* ---- the log of acknowledgements ---- */

/* Where the file system cannot set room aside, a write shows whether there is some. */
static int try_room(int fd, off_t end, off_t len)
{
	static const char nothing[ACK_BYTES];
	int failed = 0;

	for (off_t at = 0; at < len && !failed; at += ACK_BYTES)
		failed = write(fd, nothing, ACK_BYTES) != ACK_BYTES;
	int why = errno;
	failed = ftruncate(fd, end) || failed;
	errno = why;
	return failed ? -1 : 0;
}

/* Behind what stands there, for the notes on so many mails. */
static int acks_room(struct store *s, size_t n, struct err *e)
{
	off_t len = (off_t)n * ACK_BYTES;
	struct stat st;

	if (s->acks_fd < 0 || !n)
		return 0;
	int failed = fstat(s->acks_fd, &st);
	if (!failed && fallocate(s->acks_fd, FALLOC_FL_KEEP_SIZE, st.st_size, len))
		failed = errno == ENOSPC || errno == EDQUOT ? -1 : try_room(s->acks_fd, st.st_size, len);
	return failed ? err_set(e, ERR_OUTSIDE, "%s-acks has no room to note what the mail server takes: %s: no mail "
	                        "was handed over; make room on the disk", s->path, strerror(errno)) : 0;
}

/* What it holds is of the batch before, and committed; now for `n` mails more. */
static int empty_acks(struct store *s, size_t n, struct err *e)
{
	if (s->acks_fd >= 0 && ftruncate(s->acks_fd, 0))
		return err_set(e, ERR_OUTSIDE, "%s-acks cannot be emptied: %s", s->path, strerror(errno));
	return acks_room(s, n, e);
}

/* ---- a batch ---- */

static int next_number(struct store *s, const struct outbox_claim *c, uint32_t *out, struct err *e)
{
	struct query put = query(s, STMT_BATCH_PUT), get;
	int64_t number = 0;

	put_word(&put, c->boot);
	put_int(&put, c->window);
	if (query_run(&put, e))
		return -1;
	get = query(s, STMT_BATCH_NUMBER);
	if (query_int(&get, &number, e))
		return -1;
	*out = (uint32_t)number;
	return 0;
}

static int put_one(struct store *s, const struct outbox_ended *x, const struct outbox_claim *c,
                   instant now, struct err *e)
{
	struct outbox_row row = *x->row;

	return outbox_result(s, &row, x->verdict, x->answer, c->patience, now, e);
}

/* What stops the whole queue comes last, and once: it ends the claim of all others. */
static int put_results(struct store *s, const struct outbox_ended *ended, size_t n,
                       const struct outbox_claim *c, instant now, struct err *e)
{
	const struct outbox_ended *stops = NULL;
	bool answered = false; /* the server is not away */

	for (size_t i = 0; i < n; i++) {
		bool held = ended[i].verdict == SUBMIT_HELD;

		answered = answered || ended[i].verdict != SUBMIT_BUSY;
		if (held || ended[i].verdict == SUBMIT_BUSY)
			stops = !stops || held ? &ended[i] : stops;
		else if (put_one(s, &ended[i], c, now, e))
			return -1;
	}
	if (answered && outbox_end_pause(s, e))
		return -1;
	return stops ? put_one(s, stops, c, now, e) : 0;
}

static int turn_inner(struct store *s, struct arena *a, const struct outbox_ended *ended, size_t n_ended,
                      const struct outbox_claim *c, instant now, struct outbox_batch *out, struct err *e)
{
	int never_begun;

	if (put_results(s, ended, n_ended, c, now, e))
		return -1;
	if (outbox_unclaim(s, &never_begun, e)
	    || outbox_claim(s, a, now, c->most, c->throttle, &out->rows, &out->n, e))
		return -1;
	/* before it is claimed: what could not be noted would go twice */
	return out->n && (next_number(s, c, &out->number, e) || acks_room(s, out->n, e)) ? -1 : 0;
}

int store_outbox_turn(struct store *s, struct arena *a, const struct outbox_ended *ended, size_t n_ended,
                      const struct outbox_claim *c, instant now, struct outbox_batch *out, struct err *e)
{
	*out = (struct outbox_batch){ .n = 0 };
	if (txn_begin(s, e))
		return -1;
	if (txn_end(s, turn_inner(s, a, ended, n_ended, c, now, out, e), e)) {
		out->n = 0;
		return -1;
	}
	/* what goes now has been given its numbers, whatever becomes of the database */
	return empty_acks(s, out->n, e) || (out->n && store_note(s, now, e)) ? -1 : 0;
}

/* ---- what a pass that was cut off left ---- */

struct left {
	int64_t *ids; /* still claimed, in the order in which they were begun */
	size_t n, cap;
	struct ack *acks; /* of that batch */
	size_t n_acks, cap_acks;
	int window;
	bool rebooted;
};

static int load_claimed(struct store *s, struct arena *a, struct left *l, struct err *e)
{
	struct query q = query(s, STMT_OUTBOX_LEFT);
	int got;

	while ((got = query_row(&q, e)) > 0) {
		l->ids = arena_grow(a, l->ids, l->n, &l->cap, sizeof(*l->ids));
		l->ids[l->n++] = get_int64(&q);
	}
	return got;
}

/* A log that a power cut took or tore has no note, or some, or rubbish after them. */
static void load_acks(struct store *s, struct arena *a, uint32_t batch, struct left *l)
{
	unsigned char bytes[ACK_BYTES];
	struct ack one;

	for (off_t at = 0; pread(s->acks_fd, bytes, sizeof(bytes), at) == (ssize_t)sizeof(bytes); at += ACK_BYTES) {
		if (!ack_decode(bytes, &one))
			return;
		if (one.batch != batch)
			continue;
		l->acks = arena_grow(a, l->acks, l->n_acks, &l->cap_acks, sizeof(*l->acks));
		l->acks[l->n_acks++] = one;
	}
}

static int load_batch(struct store *s, struct arena *a, const char *boot, struct left *l, struct err *e)
{
	struct query q = query(s, STMT_BATCH_GET);
	int got = query_row(&q, e);

	l->window = 1;
	if (got <= 0)
		return got;
	uint32_t number = (uint32_t)get_int64(&q);
	const char *then = get_text(&q, a);
	l->window = get_int(&q);
	l->rebooted = !boot || !then || strcmp(boot, then) != 0;
	query_end(&q);
	if (s->acks_fd >= 0)
		load_acks(s, a, number, l);
	return 0;
}

static bool is_acked(const struct left *l, int64_t id)
{
	for (size_t i = 0; i < l->n_acks; i++)
		if (l->acks[i].mail == id)
			return true;
	return false;
}

static int settle(struct store *s, struct arena *a, const struct left *l, instant now, struct outbox_left *out,
                  struct err *e)
{
	int never_begun;

	for (size_t i = 0; i < l->n; i++) {
		struct outbox_row row;

		if (is_acked(l, l->ids[i])) {
			if (outbox_need(s, a, l->ids[i], &row, e)
			    || outbox_result(s, &row, SUBMIT_ACCEPTED, "taken; the program ended before it was written down",
			                     NULL, now, e))
				return -1;
			out->taken++;
		} else if (l->rebooted || out->uncertain < (size_t)l->window) {
			out->uncertain++;
			if (outbox_doubt(s, l->ids[i], now, e))
				return -1;
		}
	}
	return l->n_acks && outbox_end_pause(s, e) ? -1 : outbox_unclaim(s, &never_begun, e);
}

static int recover_inner(struct store *s, const char *boot, instant now, struct outbox_left *out, struct err *e)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct left l = { .n = 0 };

	if (load_claimed(s, &a, &l, e))
		return -1;
	out->claimed = l.n;
	if (!l.n)
		return 0;
	return load_batch(s, &a, boot, &l, e) || settle(s, &a, &l, now, out, e) ? -1 : 0;
}

int store_outbox_recover(struct store *s, const char *boot, instant now, struct outbox_left *out, struct err *e)
{
	*out = (struct outbox_left){ .claimed = 0 };
	if (txn_begin(s, e) || txn_end(s, recover_inner(s, boot, now, out, e), e))
		return -1;
	return empty_acks(s, 0, e);
}
