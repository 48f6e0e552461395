/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdio.h>

#include "core/quorum.h"
#include "src/store/db.h"

static int put_body(struct store *s, const struct body *b, struct import_report *out, struct err *e)
{
	struct row r;

	row_start(&r, "body", STMT_BODY_GET, STMT_BODY_PUT, 1);
	row_key(&r, b->id);
	row_text(&r, b->name);
	row_text(&r, b->prefix);
	row_text(&r, body_kind_name(b->kind));
	row_text(&r, b->unit);
	row_text(&r, b->chair);
	row_text(&r, b->secretary);
	row_day(&r, b->term_from);
	row_day(&r, b->term_to);
	row_text(&r, b->successor);
	row_day(&r, b->ceases);
	row_int(&r, b->stop_days);
	row_text(&r, b->note);
	return row_put(s, &r, out, e) < 0 ? -1 : 0;
}

static int put_unit_bodies(struct store *s, const struct unit *u, struct err *e)
{
	struct query clear = query(s, STMT_UNIT_BODY_CLEAR);

	put_word(&clear, u->id);
	if (query_run(&clear, e))
		return -1;
	for (size_t i = 0; i < u->n_bodies; i++) {
		struct query q = query(s, STMT_UNIT_BODY_PUT);

		put_word(&q, u->id);
		put_int(&q, (int64_t)i + 1);
		put_word(&q, u->bodies[i]);
		if (query_run(&q, e))
			return -1;
	}
	return 0;
}

static int put_unit(struct store *s, const struct unit *u, struct import_report *out, struct err *e)
{
	struct buf bodies AUTO(buf_release) = BUF_INIT;
	struct row r;

	for (size_t i = 0; i < u->n_bodies; i++)
		buf_fmt(&bodies, "%s%s", i ? " " : "", u->bodies[i]);
	row_start(&r, "unit", STMT_UNIT_GET, STMT_UNIT_PUT, 1);
	row_key(&r, u->id);
	row_text(&r, u->name);
	row_text(&r, u->head_title);
	row_text(&r, u->head_address);
	row_text(&r, bodies.data);
	int fate = row_put(s, &r, out, e);
	if (fate < 0)
		return -1;
	return fate == ROW_SAME ? 0 : put_unit_bodies(s, u, e);
}

static int put_role(struct store *s, const struct role *o, struct import_report *out, struct err *e)
{
	struct row r;

	row_start(&r, "role", STMT_ROLE_GET, STMT_ROLE_PUT, 1);
	row_key(&r, o->id);
	row_text(&r, o->title);
	row_text(&r, o->address);
	row_text(&r, o->org);
	row_text(&r, o->superior);
	row_text(&r, o->deputy);
	row_text(&r, role_kind_name(o->kind));
	row_day(&r, o->from);
	row_day(&r, o->to);
	row_text(&r, o->note);
	row_text(&r, o->alias);
	return row_put(s, &r, out, e) < 0 ? -1 : 0;
}

int item_put(struct store *s, const struct item *i, dayno today, struct import_report *out,
             struct err *e)
{
	struct row r;

	row_start(&r, item_kind_name(i->kind), STMT_ITEM_GET, STMT_ITEM_PUT, 1);
	row_key(&r, i->id);
	row_text(&r, i->title);
	row_text(&r, item_kind_name(i->kind == ITEM_TRAINING ? ITEM_ROUTINE : i->kind));
	row_text(&r, i->subkind);
	row_text(&r, i->body);
	row_text(&r, i->responsible);
	row_text(&r, i->decided_by);
	row_text(&r, i->parent);
	row_text(&r, i->registry_no);
	row_text(&r, i->paragraph);
	row_text(&r, i->replaces);
	row_day(&r, i->decided);
	row_day(&r, i->revised);
	row_day(&r, i->reviewed);
	row_day(&r, i->valid_from);
	row_int(&r, i->decided_ask);
	row_text(&r, i->rule_text);
	row_text(&r, i->validity);
	row_int(&r, i->needs_decision);
	row_int(&r, i->retired);
	row_int(&r, i->name_protected);
	for (size_t k = 0; k < ARRAY_LEN(i->levels); k++)
		row_int(&r, i->levels[k]);
	row_day(&r, i->classified);
	row_text(&r, i->shown);
	row_text(&r, i->note);
	row_int(&r, i->kind == ITEM_TRAINING);
	row_text(&r, i->approvers);
	row_text(&r, quorum_name(i->quorum));
	row_text(&r, i->author);
	row_day(&r, today); /* known_on, kept by rows that are known */
	return row_put(s, &r, out, e) < 0 ? -1 : 0;
}

/* Where a meeting has another day than before, the old one is cancelled. */
static int leave_day(struct store *s, const struct meeting *m, struct import_report *out,
                     struct err *e)
{
	char was[DATE_TEXT], is[DATE_TEXT];
	dayno left = DAY_NONE;

	if (!m->uid)
		return 0;
	struct query q = query(s, STMT_MEETING_LEFT);
	put_word(&q, m->uid);
	put_word(&q, m->body);
	put_day(&q, m->day);
	int got = query_row(&q, e);
	if (got <= 0)
		return got;
	left = get_day(&q);
	query_end(&q);
	struct query leave = query(s, STMT_MEETING_LEAVE);
	put_word(&leave, m->uid);
	put_word(&leave, m->body);
	put_day(&leave, m->day);
	if (query_run(&leave, e))
		return err_wrap(e, "meeting %s", m->body);
	buf_fmt(&out->text, "~ meeting %s %s: moved to %s\n", m->body, date_text(left, was),
	        date_text(m->day, is));
	out->changed++;
	return 0;
}

/* A table does not know the uid that a calendar gave the meeting. */
static int known_uid(struct store *s, struct arena *a, const struct meeting *m, const char **uid,
                     struct err *e)
{
	*uid = m->uid;
	if (m->uid)
		return 0;
	struct query q = query(s, STMT_MEETING_UID);
	put_word(&q, m->body);
	put_day(&q, m->day);
	int got = query_row(&q, e);
	if (got <= 0)
		return got;
	*uid = get_text(&q, a);
	query_end(&q);
	return 0;
}

static int put_meeting(struct store *s, const struct meeting *m, struct import_report *out,
                       struct err *e)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	const char *uid;
	struct row r;

	if (leave_day(s, m, out, e) || known_uid(s, &a, m, &uid, e))
		return -1;
	row_start(&r, "meeting", STMT_MEETING_GET, STMT_MEETING_PUT, 2);
	row_key(&r, m->body);
	row_day(&r, m->day);
	row_int(&r, m->hour);
	row_int(&r, m->minute);
	row_day(&r, m->stop);
	row_day(&r, m->preparation);
	row_day(&r, m->summons);
	row_day(&r, m->adjusted_by);
	row_text(&r, uid);
	row_int(&r, m->cancelled);
	row_text(&r, m->note);
	return row_put(s, &r, out, e) < 0 ? -1 : 0;
}

static int put_event(struct store *s, const struct event *v, struct import_report *out,
                     struct err *e)
{
	struct row r;

	row_start(&r, "event", STMT_EVENT_GET, STMT_EVENT_PUT, 3);
	row_key(&r, v->name);
	row_day(&r, v->day);
	row_key(&r, v->item);
	row_int(&r, v->happened);
	row_int(&r, v->triggered);
	row_text(&r, v->text);
	return row_put(s, &r, out, e) < 0 ? -1 : 0;
}

static int put_absence(struct store *s, const struct absence *b, struct import_report *out,
                       struct err *e)
{
	struct row r;

	row_start(&r, "absence", STMT_ABSENCE_GET, STMT_ABSENCE_PUT, 2);
	row_key(&r, b->role);
	row_day(&r, b->from);
	row_day(&r, b->to);
	row_text(&r, b->source);
	return row_put(s, &r, out, e) < 0 ? -1 : 0;
}

static int put_exception(struct store *s, const struct exception *x, struct import_report *out,
                         struct err *e)
{
	struct row r;

	row_start(&r, "exception", STMT_EXCEPTION_GET, STMT_EXCEPTION_PUT, 3);
	row_key(&r, x->item);
	row_day(&r, x->day);
	row_key(&r, exception_kind_name(x->kind));
	row_day(&r, x->to);
	row_text(&r, x->reason);
	return row_put(s, &r, out, e) < 0 ? -1 : 0;
}

static int put_day_off(struct store *s, const struct day_off *d, struct import_report *out,
                       struct err *e)
{
	struct row r;

	row_start(&r, "holiday", STMT_DAY_OFF_GET, STMT_DAY_OFF_PUT, 1);
	row_day(&r, d->day);
	row_int(&r, d->working);
	row_text(&r, d->name);
	return row_put(s, &r, out, e) < 0 ? -1 : 0;
}

static int put_recess(struct store *s, const struct recess *p, struct import_report *out,
                      struct err *e)
{
	char year[16] = "";
	struct row r;

	if (!p->yearly)
		snprintf(year, sizeof(year), "%d", recess_year(p));
	row_start(&r, "recess", STMT_RECESS_GET, STMT_RECESS_PUT, 2);
	row_key(&r, p->key);
	row_key(&r, year);
	row_day(&r, p->at.from);
	row_day(&r, p->at.to);
	return row_put(s, &r, out, e) < 0 ? -1 : 0;
}

static int put_all(struct store *s, const struct registry *r, dayno today,
                   struct import_report *out, struct err *e)
{
	int rc = settings_put(s, &r->settings, out, e);

	for (size_t i = 0; !rc && i < r->n_units; i++)
		rc = put_unit(s, &r->units[i], out, e);
	for (size_t i = 0; !rc && i < r->n_bodies; i++)
		rc = put_body(s, &r->bodies[i], out, e);
	for (size_t i = 0; !rc && i < r->n_roles; i++)
		rc = put_role(s, &r->roles[i], out, e);
	for (size_t i = 0; !rc && i < r->n_items; i++)
		rc = item_put(s, &r->items[i], today, out, e);
	if (!rc)
		rc = trainings_put(s, r, today, out, e);
	for (size_t i = 0; !rc && i < r->n_meetings; i++)
		rc = put_meeting(s, &r->meetings[i], out, e);
	for (size_t i = 0; !rc && i < r->n_events; i++)
		rc = put_event(s, &r->events[i], out, e);
	for (size_t i = 0; !rc && i < r->n_absences; i++)
		rc = put_absence(s, &r->absences[i], out, e);
	for (size_t i = 0; !rc && i < r->n_exceptions; i++)
		rc = put_exception(s, &r->exceptions[i], out, e);
	for (size_t i = 0; !rc && i < r->n_days_off; i++)
		rc = put_day_off(s, &r->days_off[i], out, e);
	for (size_t i = 0; !rc && i < r->n_recess; i++)
		rc = put_recess(s, &r->recess[i], out, e);
	return rc;
}

/* References wait for the commit, which could only say that one of them does
 * not hold; here the row that has it can be named. */
static int check_references(struct store *s, struct err *e)
{
	sqlite3_stmt *st = NULL;
	int rc = sqlite3_prepare_v2(s->db, "SELECT \"table\", parent FROM pragma_foreign_key_check",
	                            -1, &st, NULL);

	if (rc == SQLITE_OK)
		rc = sqlite3_step(st);
	int failed = 0;
	if (rc == SQLITE_ROW)
		failed = err_set(e, ERR_FOUND, "a %s names a %s that is in no register: run "
		                 "'oversyn import' with the folder that holds both, or mend the id",
		                 (const char *)sqlite3_column_text(st, 0),
		                 (const char *)sqlite3_column_text(st, 1));
	else if (rc != SQLITE_DONE)
		failed = store_fail(s, e, "checking references");
	sqlite3_finalize(st);
	return failed;
}

static int import_inner(struct store *s, const struct registry *r, const struct amendment *at, size_t n,
                        instant now, struct import_report *out, struct err *e)
{
	struct buf facts AUTO(buf_release) = BUF_INIT;

	if (put_all(s, r, zone_wall(now).day, out, e) || check_references(s, e)
	    || amendments_settle(s, at, n, now, e))
		return -1;
	if (!out->added && !out->changed)
		return 0;
	buf_fmt(&facts, "added=%zu\nchanged=%zu\nsame=%zu\n", out->added, out->changed, out->same);
	return record_append(s, now, &(struct record_entry){
		.kind = "import", .subject = "register", .facts = facts.data,
	}, e);
}

static int trigger_inner(struct store *s, const struct event *v, instant now, struct err *e)
{
	struct import_report report = { .text = BUF_INIT };
	struct buf facts AUTO(buf_release) = BUF_INIT;
	char day[DATE_TEXT];
	int failed = put_event(s, v, &report, e) || check_references(s, e);

	buf_release(&report.text);
	if (failed)
		return -1;
	buf_fmt(&facts, "day=%s\nitem=%s\nhappened=%s\n", date_text(v->day, day),
	        v->item ? v->item : "", v->happened ? "yes" : "no");
	return record_append(s, now, &(struct record_entry){
		.kind = "event", .subject = v->name, .facts = facts.data,
	}, e);
}

int store_trigger(struct store *s, const struct event *events, size_t n, instant now,
                  struct err *e)
{
	int rc = txn_begin(s, e);

	if (rc)
		return -1;
	for (size_t i = 0; !rc && i < n; i++)
		rc = trigger_inner(s, &events[i], now, e);
	return txn_end(s, rc, e);
}

int store_import_amended(struct store *s, const struct registry *r, const struct amendment *at, size_t n,
                         instant now, struct import_report *out, struct err *e)
{
	size_t before = out->text.len;

	out->added = out->changed = out->same = 0;
	if (txn_begin(s, e))
		return -1;
	if (!txn_end(s, import_inner(s, r, at, n, now, out, e), e))
		return 0;
	buf_cut(&out->text, before);
	out->added = out->changed = out->same = 0;
	return -1;
}

int store_import(struct store *s, const struct registry *r, instant now, struct import_report *out,
                 struct err *e)
{
	return store_import_amended(s, r, NULL, 0, now, out, e);
}
