/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "core/amendment.h"
#include "core/renewal.h"
#include "src/store/db.h"

static int put_letter(struct store *s, const struct letter *l, struct err *e)
{
	struct query q = query(s, STMT_LETTER_PUT);

	put_text(&q, l->ref);
	put_text(&q, l->token_hash);
	put_text(&q, l->role);
	put_text(&q, l->body);
	put_text(&q, l->address);
	put_day(&q, l->opened);
	put_day(&q, l->event_day);
	put_int(&q, l->sequence);
	put_int(&q, l->mails);
	put_text(&q, letter_kind_name(l->kind));
	put_text(&q, l->uid);
	put_int(&q, l->event_start);
	put_int(&q, l->event_minutes);
	if (query_run(&q, e))
		return err_wrap(e, "letter %s", l->ref);
	if (sqlite3_changes(s->db) != 1)
		return err_set(e, ERR_SAFETY, "letter %s is another letter's name: nothing was written",
		               l->ref);
	return 0;
}

static int put_review(struct store *s, const struct review *r, struct err *e)
{
	struct query q = query(s, STMT_REVIEW_PUT);

	put_text(&q, r->id);
	put_text(&q, r->item);
	put_text(&q, review_state_name(r->state));
	put_text(&q, rung_name(r->rung < RUNG_OVERDUE ? r->rung : RUNG_OVERDUE));
	put_day(&q, r->due);
	put_day(&q, r->act_by);
	put_day(&q, r->opened);
	put_day(&q, r->last_notice);
	put_day(&q, r->extended_until);
	put_text(&q, r->version);
	put_text(&q, r->seat ? NULL : r->letter);
	put_int(&q, r->seat ? 0 : r->n);
	put_day(&q, r->signed_on);
	put_text(&q, rung_name(r->rung > RUNG_OVERDUE ? r->rung : RUNG_NONE));
	put_text(&q, r->seat ? NULL : r->deputy);
	put_text(&q, *r->copy ? r->copy : NULL);
	put_int(&q, r->copy_n);
	put_int(&q, r->mails);
	if (query_run(&q, e))
		return err_wrap(e, "review %s", r->id);
	/* A decision may be recorded beside a pass that read the review before. */
	if (sqlite3_changes(s->db) != 1)
		return err_set(e, ERR_SAFETY, "review %s has ended meanwhile: nothing was written; "
		               "run again", r->id);
	return 0;
}

/* What several approve is in a change once for each; the last says how it is. */
static bool said_later(const struct change *c, size_t i)
{
	for (size_t k = i + 1; k < c->n_reviews; k++)
		if (!strcmp(c->reviews[k].id, c->reviews[i].id))
			return true;
	return false;
}

/* What ends goes first: one change may close an item's review and open its next. */
static int put_reviews(struct store *s, const struct change *c, struct err *e)
{
	for (int open = 0; open < 2; open++)
		for (size_t i = 0; i < c->n_reviews; i++)
			if (review_terminal(c->reviews[i].state) != open && !said_later(c, i) &&
			    put_review(s, &c->reviews[i], e))
				return -1;
	for (size_t i = 0; i < c->n_reviews; i++)
		if (c->reviews[i].seat && seat_put(s, &c->reviews[i], e))
			return -1;
	return 0;
}

static int put_mail(struct store *s, const struct outmail *m, int64_t answers, struct err *e)
{
	struct query q = query(s, STMT_OUTBOX_PUT);

	put_text(&q, m->message_id);
	put_text(&q, m->to);
	put_text(&q, m->letter);
	put_word(&q, m->kind);
	put_word(&q, m->subject);
	put_int(&q, answers);
	put_int(&q, m->created);
	if (query_run(&q, e))
		return err_wrap(e, "mail %s", m->message_id);
	s->answered.n += answers && m->created >= s->answered.since;
	struct query bytes = query(s, STMT_OUTBOX_BYTES);
	put_int(&bytes, sqlite3_last_insert_rowid(s->db));
	put_blob(&bytes, m->bytes, m->len);
	return query_run(&bytes, e);
}

static int put_notice(struct store *s, const struct notice *n, struct err *e)
{
	struct query q = query(s, STMT_NOTICE_PUT);

	put_text(&q, n->review);
	put_text(&q, rung_name(n->rung));
	put_day(&q, n->day);
	put_text(&q, n->message_id);
	put_word(&q, n->seat ? n->seat : "");
	if (query_run(&q, e))
		return err_wrap(e, "notice of %s", n->review);
	return 0;
}

static int put_told(struct store *s, const struct told *x, struct err *e)
{
	struct query q = query(s, STMT_TOLD_PUT);

	put_text(&q, x->review);
	put_text(&q, told_name(x->whom));
	put_text(&q, rung_name(x->rung));
	put_text(&q, x->letter);
	put_int(&q, x->n);
	put_day(&q, x->day);
	put_text(&q, x->message_id);
	put_text(&q, x->seat);
	if (query_run(&q, e))
		return err_wrap(e, "who was told of %s", x->review);
	return 0;
}

static int put_signoff(struct store *s, const struct signoff *o, int64_t mail, struct err *e)
{
	struct query q = query(s, STMT_SIGNOFF_PUT);

	put_text(&q, o->review);
	put_text(&q, o->role);
	put_text(&q, o->address);
	put_text(&q, verdict_name(o->verdict));
	put_text(&q, o->text);
	put_text(&q, o->version);
	put_int(&q, o->deputy);
	put_text(&q, o->token);
	put_text(&q, o->sender);
	put_text(&q, o->domain);
	put_int(&q, o->at);
	put_int(&q, mail);
	put_text(&q, review_state_name(o->before));
	put_text(&q, rung_name(o->before_rung));
	put_day(&q, o->before_act_by);
	put_day(&q, o->before_extended);
	put_text(&q, o->confirmation);
	put_text(&q, o->seat);
	put_text(&q, reply_outcome_name(o->outcome));
	if (query_run(&q, e))
		return err_wrap(e, "sign-off of %s", o->review);
	if (sqlite3_changes(s->db) != 1)
		return err_set(e, ERR_SAFETY, "there is no review %s to sign: nothing was written",
		               o->review);
	return 0;
}

/* Before the reviews are written: what has ended could not be. */
static int put_withdrawal(struct store *s, const struct withdrawal *w, int64_t mail, instant at,
                          struct err *e)
{
	struct query put = query(s, STMT_WITHDRAWAL_PUT), back;

	put_int(&put, w->signoff);
	put_int(&put, mail);
	put_int(&put, at);
	if (query_run(&put, e))
		return err_wrap(e, "withdrawal of a sign-off of %s", w->review);
	back = query(s, STMT_REVIEW_BACK);
	put_text(&back, w->review);
	if (query_run(&back, e))
		return err_wrap(e, "review %s cannot go back", w->review);
	if (sqlite3_changes(s->db) != 1)
		return err_set(e, ERR_SAFETY, "review %s has been decided meanwhile: nothing was "
		               "written; run again", w->review);
	return 0;
}

/* A holder who is away as one of our letters was answered by a machine. */
static int put_absence(struct store *s, const struct absence *x, struct err *e)
{
	struct query q = query(s, STMT_ABSENCE_PUT);

	put_text(&q, x->role);
	put_day(&q, x->from);
	put_day(&q, x->to);
	put_text(&q, x->source);
	return query_run(&q, e) ? err_wrap(e, "absence of %s", x->role) : 0;
}

static int put_decision(struct store *s, const struct decision *d, struct err *e)
{
	struct query q = query(s, STMT_DECISION_PUT);

	put_text(&q, d->review);
	put_text(&q, d->body);
	put_text(&q, d->paragraph);
	put_day(&q, d->day);
	put_int(&q, d->adjusted);
	put_text(&q, d->reported_by);
	put_text(&q, reply_outcome_name(d->outcome == OUTCOME_NONE ? OUTCOME_APPROVED : d->outcome));
	put_text(&q, d->role);
	if (query_run(&q, e))
		return err_wrap(e, "decision on %s", d->review);
	return 0;
}

static int put_fact(struct store *s, const struct item_fact *f, struct err *e)
{
	struct query q = query(s, STMT_ITEM_COMPLETED);

	put_text(&q, f->item);
	put_day(&q, f->reviewed);
	put_day(&q, f->reviewed_for);
	if (query_run(&q, e))
		return err_wrap(e, "item %s", f->item);
	if (sqlite3_changes(s->db) != 1)
		return err_set(e, ERR_SAFETY, "item %s is not in the register: nothing was written",
		               f->item);
	return 0;
}

/* The same day's row of one name is one event, told twice. */
static int put_told_event(struct store *s, const struct event *v, struct err *e)
{
	struct query q = query(s, STMT_EVENT_PUT);

	put_word(&q, v->name);
	put_day(&q, v->day);
	put_word(&q, v->item ? v->item : "");
	put_int(&q, v->happened);
	put_int(&q, v->triggered);
	put_text(&q, v->text);
	return query_run(&q, e) ? err_wrap(e, "event %s", v->name) : 0;
}

static int put_exception(struct store *s, const struct exception *x, struct err *e)
{
	struct query q = query(s, STMT_EXCEPTION_PUT);

	put_text(&q, x->item);
	put_day(&q, x->day);
	put_text(&q, exception_kind_name(x->kind));
	put_day(&q, x->to);
	put_text(&q, x->reason);
	return query_run(&q, e) ? err_wrap(e, "item %s", x->item) : 0;
}

/* A mail is handled once: a second change for it finds it no longer new. */
static int put_inbox(struct store *s, const struct change *c, struct err *e)
{
	const struct inbox_done *d = &c->inbox;

	if (!d->id)
		return 0;
	struct query q = query(s, STMT_INBOX_DONE);
	put_int(&q, d->id);
	put_text(&q, d->status);
	put_text(&q, mail_class_name(d->cls));
	put_text(&q, verdict_name(d->verdict));
	put_text(&q, d->reason);
	put_text(&q, d->review);
	put_int(&q, c->at);
	put_text(&q, d->message_id);
	put_text(&q, d->sender);
	put_text(&q, d->letter);
	put_text(&q, d->withheld);
	if (query_run(&q, e))
		return err_wrap(e, "incoming mail %lld", (long long)d->id);
	if (sqlite3_changes(s->db) != 1)
		return err_set(e, ERR_SAFETY, "incoming mail %lld was handled already: nothing was "
		               "written", (long long)d->id);
	return 0;
}

/* Each list of a change is written alike. */
#define ALL(list, put, ...) \
	for (size_t i = 0; i < c->n_##list; i++) \
		if (put(s, &c->list[i], __VA_ARGS__)) \
			return -1

static int apply_inner(struct store *s, const struct change *c, struct err *e)
{
	ALL(letters, put_letter, e);
	ALL(withdrawals, put_withdrawal, c->inbox.id, c->at, e);
	if (put_reviews(s, c, e))
		return -1;
	ALL(mails, put_mail, c->inbox.id, e);
	ALL(notices, put_notice, e);
	ALL(told, put_told, e);
	ALL(questions, question_put, e);
	ALL(confirmations, confirmation_put, e);
	ALL(inquiries, inquiry_put, e);
	ALL(edits, edit_put, e);
	ALL(amendments, amendment_put, e);
	ALL(signoffs, put_signoff, c->inbox.id, e);
	ALL(decisions, put_decision, e);
	ALL(facts, put_fact, e);
	ALL(renewals, renewal_put, e);
	ALL(absences, put_absence, e);
	ALL(deficiencies, deficiency_put, e);
	ALL(added, deficiency_mail_put, e);
	ALL(cases, deficiency_told_put, e);
	ALL(events, put_told_event, e);
	ALL(exceptions, put_exception, e);
	if (c->report && report_put(s, c->report, e))
		return -1;
	ALL(dead, dead_put, e);
	ALL(holdings, holding_put, e);
	ALL(matters, matter_put, e);
	ALL(matters_told, matter_told_put, e);
	if (c->outbox && outbox_change_put(s, c->outbox, c->at, e))
		return -1;
	if (put_inbox(s, c, e))
		return -1;
	if (c->brake && brake_put(s, c->brake, c->at, e))
		return -1;
	if (c->rsvp && rsvp_put(s, c->rsvp, e))
		return -1;
	for (size_t i = 0; i < c->n_records; i++)
		if (record_append(s, c->at, &c->records[i], e))
			return -1;
	return 0;
}

int store_apply(struct store *s, const struct change *c, struct err *e)
{
	if (txn_begin(s, e))
		return -1;
	return txn_end(s, apply_inner(s, c, e), e);
}
