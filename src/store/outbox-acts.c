/* SPDX-License-Identifier: EUPL-1.2 */
/* Mail on its way out, as a person sees it and acts on it. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "src/store/db.h"

int store_outbox_list(struct store *s, struct arena *a, struct outbox_row **out, size_t *n,
                      struct err *e)
{
	struct query q = query(s, STMT_OUTBOX_ALL);

	return outbox_rows(&q, a, false, out, n, e);
}

int store_letter_mails(struct store *s, struct arena *a, const char *ref, struct outbox_row **out,
                       size_t *n, struct err *e)
{
	struct query q = query(s, STMT_OUTBOX_OF_LETTER);
	char *end;
	long long id = strtoll(ref, &end, 10);

	put_word(&q, ref);
	if (outbox_rows(&q, a, true, out, n, e))
		return -1;
	if (*n)
		return 0;
	q = query(s, STMT_OUTBOX_NAMED);
	put_word(&q, ref);
	put_int(&q, *end ? 0 : id);
	return outbox_rows(&q, a, true, out, n, e);
}

static int count(struct store *s, enum stmt_id which, int *out, struct err *e)
{
	struct query q = query(s, which);
	int64_t n = 0;

	if (query_int(&q, &n, e))
		return -1;
	*out = n > INT32_MAX ? INT32_MAX : (int)n;
	return 0;
}

int outbox_gate(struct store *s, struct arena *a, struct outbox_gate *out, struct err *e)
{
	struct query hold = query(s, STMT_HOLD_GET), pause;

	*out = (struct outbox_gate){ .until = INSTANT_NONE, .held_since = INSTANT_NONE };
	int got = query_row(&hold, e);
	if (got < 0)
		return -1;
	if (got) {
		out->held = true;
		out->held_since = get_int64(&hold);
		out->reason = get_text(&hold, a);
		out->told = get_bool(&hold);
		out->returned = get_bool(&hold);
		query_end(&hold);
	}
	pause = query(s, STMT_PAUSE_GET);
	got = query_row(&pause, e);
	if (got < 0)
		return -1;
	if (got) {
		out->until = get_int64(&pause);
		get_int64(&pause);
		out->answer = get_text(&pause, a);
		query_end(&pause);
	}
	return 0;
}

int store_outbox_gate(struct store *s, struct arena *a, struct outbox_gate *out, struct err *e)
{
	if (outbox_gate(s, a, out, e) || count(s, STMT_OUTBOX_WAITING, &out->waiting, e)
	    || count(s, STMT_OUTBOX_HELD, &out->held_mails, e))
		return -1;
	out->waiting += out->held_mails;
	return 0;
}

/* ---- single mails ---- */

static const struct act {
	const char *name, *from, *to, *record; /* `from`: states between spaces */
} ACTS[] = {
	[OUTBOX_RETRY] = { "retry", " queued deferred uncertain failed ", "queued", "mail-retried" },
	[OUTBOX_HOLD] = { "hold", " queued deferred uncertain ", "held", "mail-held" },
	[OUTBOX_RELEASE] = { "release", " held ", "queued", "mail-released" },
	[OUTBOX_CANCEL] = { "cancel", " queued deferred uncertain held ", "cancelled", "mail-cancelled" },
};

const char *outbox_act_name(enum outbox_act act)
{
	return ACTS[act].name;
}

static int unfit(const struct act *act, const struct outbox_row *r, bool held, struct err *e)
{
	char word[32];

	if (held && act == &ACTS[OUTBOX_RELEASE])
		return err_set(e, ERR_SAFETY, "the whole outbox is held: 'oversyn outbox release' lets "
		               "everything go");
	snprintf(word, sizeof(word), " %s ", r->status);
	if (strstr(act->from, word))
		return 0;
	if (!strcmp(r->status, "sending"))
		return err_set(e, ERR_SAFETY, "mail %" PRId64 " is being handed over just now: try again "
		               "when the pass is done", r->id);
	return err_set(e, ERR_SAFETY, "mail %" PRId64 " is %s: it cannot be %s any more, nothing was done",
	               r->id, r->status, act == &ACTS[OUTBOX_RETRY] ? "tried again"
	               : act == &ACTS[OUTBOX_HOLD] ? "held"
	               : act == &ACTS[OUTBOX_RELEASE] ? "released" : "cancelled");
}

static int act_one(struct store *s, const struct act *act, int64_t id, bool held, instant now,
                   struct err *e)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct outbox_row r;
	int got = outbox_get(s, &a, id, &r, e);

	if (got <= 0)
		return got < 0 ? -1 : err_set(e, ERR_USAGE, "there is no outgoing mail %" PRId64
		                              ": 'oversyn outbox' lists them", id);
	if (unfit(act, &r, held, e))
		return -1;
	struct query q = query(s, STMT_OUTBOX_SET);
	put_int(&q, id);
	put_text(&q, act->to);
	put_int(&q, now);
	struct buf more AUTO(buf_release) = BUF_INIT;
	buf_fmt(&more, "was=%s\n", r.status);
	return query_run(&q, e) || outbox_record(s, act->record, &r, more.data, now, e) ? -1 : 0;
}

static int act_inner(struct store *s, enum outbox_act act, const int64_t *ids, size_t n,
                     instant now, struct err *e)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct outbox_gate gate;

	if (outbox_gate(s, &a, &gate, e))
		return -1;
	for (size_t i = 0; i < n; i++)
		if (act_one(s, &ACTS[act], ids[i], gate.held, now, e))
			return -1;
	return 0;
}

int store_outbox_act(struct store *s, enum outbox_act act, const int64_t *ids, size_t n,
                     instant now, struct err *e)
{
	if (txn_begin(s, e))
		return -1;
	return txn_end(s, act_inner(s, act, ids, n, now, e), e);
}

/* ---- all of them ---- */

static int run(struct store *s, enum stmt_id which, struct err *e)
{
	struct query q = query(s, which);

	return query_run(&q, e);
}

static int run_at(struct store *s, enum stmt_id which, instant now, size_t *n, struct err *e)
{
	struct query q = query(s, which);

	put_int(&q, now);
	if (query_run(&q, e))
		return -1;
	*n = (size_t)sqlite3_changes(s->db);
	return 0;
}

static int release_all(struct store *s, instant now, size_t *n, struct err *e)
{
	struct buf facts AUTO(buf_release) = BUF_INIT;

	if (run_at(s, STMT_OUTBOX_RELEASE, now, n, e) || run(s, STMT_HOLD_END, e))
		return -1;
	bool was_held = sqlite3_changes(s->db) > 0;
	if (run(s, STMT_PAUSE_END, e) || brake_release(s, now, e))
		return -1;
	if (!*n && !was_held)
		return 0;
	buf_fmt(&facts, "mails=%zu\n", *n);
	return record_append(s, now, &(struct record_entry){
		.kind = "outbox-released", .subject = "outbox", .facts = facts.data,
	}, e);
}

static int hold_all(struct store *s, const char *reason, instant now, size_t *n, struct err *e)
{
	int mails;

	if (outbox_hold(s, reason, true, now, e) || count(s, STMT_OUTBOX_HELD, &mails, e))
		return -1;
	*n = (size_t)mails;
	return 0;
}

/* All that waits goes, also what waited only for the server to be asked again. */
static int retry_all(struct store *s, instant now, size_t *n, struct err *e)
{
	int mails;

	if (run_at(s, STMT_OUTBOX_RETRY, now, n, e) || run(s, STMT_PAUSE_END, e)
	    || count(s, STMT_OUTBOX_WAITING, &mails, e))
		return -1;
	*n = (size_t)mails;
	return 0;
}

static int act_all_inner(struct store *s, enum outbox_act act, const char *reason, instant now,
                         size_t *n, struct err *e)
{
	switch (act) {
	case OUTBOX_RETRY:
		return retry_all(s, now, n, e);
	case OUTBOX_HOLD:
		return hold_all(s, reason, now, n, e);
	case OUTBOX_RELEASE:
		return release_all(s, now, n, e);
	case OUTBOX_CANCEL:
		break;
	}
	return err_set(e, ERR_USAGE, "which mails are to be cancelled? Name them by their numbers");
}

int store_outbox_act_all(struct store *s, enum outbox_act act, const char *reason, instant now,
                         size_t *n, struct err *e)
{
	*n = 0;
	if (txn_begin(s, e))
		return -1;
	return txn_end(s, act_all_inner(s, act, reason, now, n, e), e);
}
