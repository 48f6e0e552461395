/* SPDX-License-Identifier: EUPL-1.2 */
#include "imap-answer.h"

#include <stdlib.h>

#include "core/date.h"

static instant instant_of(const struct mailimap_date_time *t)
{
	if (!t || !date_valid(t->dt_year, t->dt_month, t->dt_day))
		return INSTANT_NONE;
	/* libetpan reads any number for a zone, and abs() has no answer for INT_MIN. */
	if (t->dt_zone < -2400 || t->dt_zone > 2400)
		return INSTANT_NONE;
	if (t->dt_hour < 0 || t->dt_hour > 23 || t->dt_min < 0 || t->dt_min > 59 || t->dt_sec < 0 ||
	    t->dt_sec > 60)
		return INSTANT_NONE;
	int offset = t->dt_zone / 100 * 3600 + t->dt_zone % 100 * 60;
	return (instant)date_of(t->dt_year, t->dt_month, t->dt_day) * 86400 + t->dt_hour * 3600 +
	       t->dt_min * 60 + t->dt_sec - offset;
}

static bool is_deleted(const struct mailimap_msg_att_dynamic *flags)
{
	if (!flags || !flags->att_list)
		return false;
	for (clistiter *at = clist_begin(flags->att_list); at; at = clist_next(at)) {
		const struct mailimap_flag_fetch *one = clist_content(at);
		if (one->fl_type == MAILIMAP_FLAG_FETCH_OTHER && one->fl_flag &&
		    one->fl_flag->fl_type == MAILIMAP_FLAG_DELETED)
			return true;
	}
	return false;
}

static void note(struct imap_said *s, const struct mailimap_msg_att_static *item)
{
	if (!item)
		return;
	if (item->att_type == MAILIMAP_MSG_ATT_UID)
		s->mail.uid = item->att_data.att_uid;
	else if (item->att_type == MAILIMAP_MSG_ATT_RFC822_SIZE)
		s->mail.size = item->att_data.att_rfc822_size;
	else if (item->att_type == MAILIMAP_MSG_ATT_INTERNALDATE)
		s->mail.received = instant_of(item->att_data.att_internal_date);
	else if (item->att_type == MAILIMAP_MSG_ATT_BODY_SECTION)
		s->body = item->att_data.att_body_section;
}

static struct imap_said read_answer(const struct mailimap_msg_att *answer)
{
	struct imap_said s = { .mail = { .received = INSTANT_NONE } };

	for (clistiter *at = clist_begin(answer->att_list); at; at = clist_next(at)) {
		const struct mailimap_msg_att_item *item = clist_content(at);
		if (item->att_type == MAILIMAP_MSG_ATT_ITEM_STATIC)
			note(&s, item->att_data.att_static);
		else if (item->att_type == MAILIMAP_MSG_ATT_ITEM_DYNAMIC)
			s.mail.deleted = is_deleted(item->att_data.att_dyn);
	}
	return s;
}

/* ---- asking ---- */

struct asking {
	imap_said_fn *said;
	void *ctx;
};

static void on_answer(struct mailimap_msg_att *answer, void *ctx)
{
	const struct asking *x = ctx;
	struct imap_said s = read_answer(answer);

	x->said(x->ctx, &s);
}

/* libetpan gives an answer away at once only where somebody also counts them. */
static void nobody_counts(size_t current, size_t maximum, void *ctx)
{
	(void)current;
	(void)maximum;
	(void)ctx;
}

int imap_ask(struct imap *m, struct mailimap_set *set, struct mailimap_fetch_type *type,
             imap_said_fn *said, void *ctx)
{
	struct asking x = { .said = said, .ctx = ctx };
	clist *answers = NULL;

	if (!set || !type)
		abort();
	mailimap_set_progress_callback(m->session, NULL, nobody_counts, NULL);
	mailimap_set_msg_att_handler(m->session, on_answer, &x);
	int r = mailimap_uid_fetch(m->session, set, type, &answers);
	mailimap_set_msg_att_handler(m->session, NULL, NULL);
	mailimap_set_progress_callback(m->session, NULL, NULL, NULL);
	mailimap_set_free(set);
	mailimap_fetch_type_free(type);
	/* after a fault libetpan has freed the list, and left the pointer */
	if (r == MAILIMAP_NO_ERROR && answers)
		mailimap_fetch_list_free(answers);
	return r;
}
