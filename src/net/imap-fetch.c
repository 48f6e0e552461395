/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdlib.h>

#include "base/mem.h"
#include "core/date.h"
#include "imap.h"

/*
 * What waits in a mailbox. Servers send more than was asked for, less, and
 * for other mails: only an item that bears the asked-for UID and a body is
 * taken for the answer. The structure of a mail is never asked for: servers
 * get it wrong, and libetpan dies on some of it.
 */
enum { LIST_BYTES_MOST = 1 << 26, LIST_BYTES_EACH = 1024, BYTES_PER_SECOND = 1 << 14 };

void imap_list_free(struct imap_list *l)
{
	mem_free(l->at);
}

/* Of what is said of one mail, the fullest first. */
static int by_uid(const void *pa, const void *pb)
{
	const struct imap_mail *a = pa, *b = pb;
	bool a_full = a->size && a->received != INSTANT_NONE, b_full = b->size && b->received != INSTANT_NONE;

	if (a->uid != b->uid)
		return a->uid < b->uid ? -1 : 1;
	return a_full == b_full ? 0 : a_full ? -1 : 1;
}

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

/* What one FETCH answer says about its mail. */
struct said {
	struct imap_mail mail;
	const struct mailimap_msg_att_body_section *body;
};

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

static void note(struct said *s, const struct mailimap_msg_att_static *item)
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

static struct said read_answer(const struct mailimap_msg_att *answer)
{
	struct said s = { .mail = { .received = INSTANT_NONE } };

	for (clistiter *at = clist_begin(answer->att_list); at; at = clist_next(at)) {
		const struct mailimap_msg_att_item *item = clist_content(at);
		if (item->att_type == MAILIMAP_MSG_ATT_ITEM_STATIC)
			note(&s, item->att_data.att_static);
		else if (item->att_type == MAILIMAP_MSG_ATT_ITEM_DYNAMIC)
			s.mail.deleted = is_deleted(item->att_data.att_dyn);
	}
	return s;
}

/* Wants one attribute more; libetpan frees it with the type. */
static void want(struct mailimap_fetch_type *type, struct mailimap_fetch_att *att)
{
	if (!att || mailimap_fetch_type_new_fetch_att_list_add(type, att) != MAILIMAP_NO_ERROR)
		abort();
}

static void forget(clist *answers)
{
	if (answers)
		mailimap_fetch_list_free(answers);
}

static int ask(struct imap *m, uint32_t first, uint32_t last, struct mailimap_fetch_type *type,
               clist **answers)
{
	struct mailimap_set *set = mailimap_set_new_interval(first, last);

	*answers = NULL;
	if (!set)
		abort();
	int r = mailimap_uid_fetch(m->session, set, type, answers);
	mailimap_set_free(set);
	mailimap_fetch_type_free(type);
	if (r != MAILIMAP_NO_ERROR)
		*answers = NULL; /* libetpan has freed them, and left the pointer */
	return r;
}

/* Each mail once: a flag that changes meanwhile is told apart from the list. */
static void list_settle(struct imap_list *l)
{
	size_t n = 0;

	if (l->n)
		qsort(l->at, l->n, sizeof(*l->at), by_uid);
	for (size_t i = 0; i < l->n; ) {
		struct imap_mail one = l->at[i];
		for (i++; i < l->n && l->at[i].uid == one.uid; i++)
			one.deleted |= l->at[i].deleted;
		if (!one.deleted)
			l->at[n++] = one;
	}
	l->n = n;
}

int imap_list(struct imap *m, struct imap_list *l, struct err *e)
{
	struct mailimap_fetch_type *type = mailimap_fetch_type_new_fetch_att_list_empty();
	size_t exists = m->session->imap_selection_info->sel_exists;
	clist *answers;

	if (!type)
		abort();
	want(type, mailimap_fetch_att_new_uid());
	want(type, mailimap_fetch_att_new_rfc822_size());
	want(type, mailimap_fetch_att_new_internaldate());
	want(type, mailimap_fetch_att_new_flags());
	size_t room = exists < LIST_BYTES_MOST / LIST_BYTES_EACH ? exists * LIST_BYTES_EACH :
		LIST_BYTES_MOST;
	imap_bound(m, (int)(room / BYTES_PER_SECOND), room + IMAP_ANSWER_BYTES);
	int r = ask(m, 1, 0, type, &answers);
	for (clistiter *at = answers && !r ? clist_begin(answers) : NULL; at; at = clist_next(at)) {
		struct said s = read_answer(clist_content(at));
		if (!s.mail.uid)
			continue;
		l->at = mem_grow(l->at, l->n, &l->cap, sizeof(*l->at));
		l->at[l->n++] = s.mail;
	}
	forget(answers);
	if (r != MAILIMAP_NO_ERROR)
		return imap_fail(m, "listing the mailbox", e);
	list_settle(l);
	return 0;
}

/* 1: some bytes, or none: it ends there; 0: no such piece. */
static int read_piece(struct imap *m, uint32_t uid, uint32_t from, uint32_t most, struct buf *out,
                      struct err *e)
{
	struct mailimap_fetch_type *type = mailimap_fetch_type_new_fetch_att_list_empty();
	clist *answers;
	int found = 0;

	if (!type)
		abort();
	want(type, mailimap_fetch_att_new_uid());
	want(type, mailimap_fetch_att_new_body_peek_section_partial(mailimap_section_new(NULL), from,
	                                                            most));
	imap_bound(m, (int)(most / BYTES_PER_SECOND), most + IMAP_ANSWER_BYTES);
	int r = ask(m, uid, uid, type, &answers);
	for (clistiter *at = answers && !r ? clist_begin(answers) : NULL; at; at = clist_next(at)) {
		struct said s = read_answer(clist_content(at));
		if (found || s.mail.uid != uid || !s.body || !s.body->sec_body_part ||
		    s.body->sec_origin_octet != from)
			continue;
		buf_add(out, s.body->sec_body_part, s.body->sec_length < most ? s.body->sec_length : most);
		found = 1;
	}
	forget(answers);
	return r == MAILIMAP_NO_ERROR ? found : imap_fail(m, "reading a mail", e);
}

/* No bytes came: has it gone, or does the server not give it? */
static enum imap_got look_for(struct imap *m, uint32_t uid, struct err *e)
{
	struct mailimap_fetch_type *type = mailimap_fetch_type_new_fetch_att_list_empty();
	clist *answers;
	bool there = false;

	if (!type)
		abort();
	want(type, mailimap_fetch_att_new_uid());
	imap_bound(m, 0, IMAP_ANSWER_BYTES);
	int r = ask(m, uid, uid, type, &answers);
	for (clistiter *at = answers && !r ? clist_begin(answers) : NULL; at; at = clist_next(at))
		there |= read_answer(clist_content(at)).mail.uid == uid;
	forget(answers);
	if (r != MAILIMAP_NO_ERROR)
		return imap_fail(m, "looking for a mail", e);
	if (!there)
		return IMAP_GONE;
	return err_set(e, ERR_OUTSIDE, "%s does not give the mail with UID %u in %s: open it in a mail "
	               "program, and move it to another folder if that cannot read it either",
	               m->server.host, uid, m->mailbox);
}

/* Further pieces, to the end or beyond `limit`. A server may be wrong about the
 * size, and may give less than it was asked for. */
static enum imap_got read_rest(struct imap *m, const struct imap_mail *mail, uint32_t asked,
                               size_t limit, struct buf *out, struct err *e)
{
	size_t before = 0;

	while (out->len <= limit) {
		size_t got = out->len - before, left = limit + 1 - out->len;
		if (!got || (got < asked && out->len >= mail->size))
			return IMAP_WHOLE;
		before = out->len;
		asked = left < RECEIVER_PIECE ? (uint32_t)left : RECEIVER_PIECE;
		int found = read_piece(m, mail->uid, (uint32_t)before, asked, out, e);
		if (found < 0)
			return IMAP_FAILED;
		if (!found)
			return IMAP_CUT;
	}
	return IMAP_CUT;
}

enum imap_got imap_read(struct imap *m, const struct imap_mail *mail, size_t limit,
                        struct buf *out, struct err *e)
{
	size_t most = limit < UINT32_MAX - 1 ? limit : UINT32_MAX - 1;
	uint32_t first = most < RECEIVER_PIECE ? (uint32_t)most + 1 : RECEIVER_PIECE;
	int found = read_piece(m, mail->uid, 0, first, out, e);

	if (found < 0)
		return IMAP_FAILED;
	if (!found)
		return look_for(m, mail->uid, e);
	enum imap_got got = mail->size > most ? IMAP_CUT : read_rest(m, mail, first, most, out, e);
	if (got == IMAP_CUT && out->len > RECEIVER_PIECE)
		buf_cut(out, RECEIVER_PIECE);
	if (got == IMAP_CUT && out->len > most)
		buf_cut(out, most);
	return got;
}
