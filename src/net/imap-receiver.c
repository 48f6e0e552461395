/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
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

struct imap_receiver {
	struct receiver base;
	struct imap imap;
	char *handled, *source;
};

struct waiting {
	uint32_t uid;
	instant received;
};

struct waiting_list {
	struct waiting *at;
	size_t n, cap;
};

static void list_free(struct waiting_list *l)
{
	mem_free(l->at);
}

static int by_uid(const void *pa, const void *pb)
{
	const struct waiting *a = pa, *b = pb;

	return (a->uid > b->uid) - (a->uid < b->uid);
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
	struct waiting mail;
	bool deleted;
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
			s.deleted = is_deleted(item->att_data.att_dyn);
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
	return r;
}

static int list_waiting(struct imap *m, struct waiting_list *l, struct err *e)
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
		if (!s.mail.uid || s.deleted)
			continue;
		l->at = mem_grow(l->at, l->n, &l->cap, sizeof(*l->at));
		l->at[l->n++] = s.mail;
	}
	forget(answers);
	return r == MAILIMAP_NO_ERROR ? 0 : imap_fail(m, "listing the mailbox", e);
}

/* 1: read; 0: it is gone. */
static int read_mail(struct imap *m, uint32_t uid, size_t limit, struct buf *out, struct err *e)
{
	struct mailimap_fetch_type *type = mailimap_fetch_type_new_fetch_att_list_empty();
	size_t most = limit < UINT32_MAX - 1 ? limit + 1 : UINT32_MAX - 1;
	clist *answers;
	int found = 0;

	if (!type)
		abort();
	want(type, mailimap_fetch_att_new_uid());
	want(type, mailimap_fetch_att_new_body_peek_section_partial(mailimap_section_new(NULL), 0,
	                                                            (uint32_t)most));
	imap_bound(m, (int)(most / BYTES_PER_SECOND), most + IMAP_ANSWER_BYTES);
	int r = ask(m, uid, uid, type, &answers);
	for (clistiter *at = answers && !r ? clist_begin(answers) : NULL; at; at = clist_next(at)) {
		struct said s = read_answer(clist_content(at));
		if (found || s.mail.uid != uid || !s.body || !s.body->sec_body_part ||
		    s.body->sec_origin_octet)
			continue;
		buf_add(out, s.body->sec_body_part, s.body->sec_length);
		found = 1;
	}
	forget(answers);
	return r == MAILIMAP_NO_ERROR ? found : imap_fail(m, "reading a mail", e);
}

static int give(struct imap_receiver *r, uint32_t uidvalidity, const struct waiting *w,
                size_t limit, receive_fn *take, void *ctx, struct err *e)
{
	struct buf bytes AUTO(buf_release) = BUF_INIT;

	/* `take` may have put mail away, and that may have cost the session */
	if (imap_ready(&r->imap, e))
		return -1;
	if (r->imap.uidvalidity != uidvalidity)
		return err_set(e, ERR_OUTSIDE, "the mailbox %s was made anew meanwhile: look again",
		               r->imap.mailbox);
	int got = read_mail(&r->imap, w->uid, limit, &bytes, e);
	if (got <= 0)
		return got;
	bool cut = bytes.len > limit;
	if (cut)
		buf_cut(&bytes, limit);
	struct fetched m = {
		.source = r->source, .uidvalidity = uidvalidity, .uid = w->uid,
		.received = w->received, .bytes = bytes.data, .len = bytes.len, .cut = cut,
	};
	return take(ctx, &m, e);
}

static int imap_fetch(struct receiver *base, size_t limit, receive_fn *take, void *ctx,
                      struct err *e)
{
	struct imap_receiver *r = (struct imap_receiver *)base;
	struct waiting_list all AUTO(list_free) = { 0 };

	if (imap_look(&r->imap, e))
		return -1;
	uint32_t uidvalidity = r->imap.uidvalidity;
	if (r->imap.session->imap_selection_info->sel_exists == 0)
		return 0;
	if (list_waiting(&r->imap, &all, e))
		return -1;
	if (all.n)
		qsort(all.at, all.n, sizeof(*all.at), by_uid);
	for (size_t i = 0; i < all.n; i++)
		if ((!i || all.at[i].uid != all.at[i - 1].uid) &&
		    give(r, uidvalidity, &all.at[i], limit, take, ctx, e))
			return -1;
	return 0;
}

static int move(struct imap *m, struct mailimap_set *set, const char *to)
{
	struct mailimap_set *from_set = NULL, *to_set = NULL;
	uint32_t uidvalidity;

	imap_bound(m, 0, IMAP_ANSWER_BYTES);
	if (!imap_has(m, "MOVE"))
		return mailimap_uid_copy(m->session, set, to);
	int r = mailimap_uidplus_uid_move(m->session, set, to, &uidvalidity, &from_set, &to_set);
	if (from_set)
		mailimap_set_free(from_set);
	if (to_set)
		mailimap_set_free(to_set);
	return r;
}

/* After a copy. Without UIDPLUS it stays, marked: EXPUNGE would also remove
 * what other people have marked. */
static int mark_deleted(struct imap *m, struct mailimap_set *set)
{
	struct mailimap_flag_list *flags = mailimap_flag_list_new_empty();
	struct mailimap_flag *deleted = mailimap_flag_new_deleted();

	if (!flags || !deleted || mailimap_flag_list_add(flags, deleted) != MAILIMAP_NO_ERROR)
		abort();
	struct mailimap_store_att_flags *store = mailimap_store_att_flags_new_add_flags_silent(flags);
	if (!store)
		abort();
	imap_bound(m, 0, IMAP_ANSWER_BYTES);
	int r = mailimap_uid_store(m->session, set, store);
	mailimap_store_att_flags_free(store);
	if (r != MAILIMAP_NO_ERROR || !imap_has(m, "UIDPLUS"))
		return r;
	imap_bound(m, 0, IMAP_ANSWER_BYTES);
	return mailimap_uid_expunge(m->session, set);
}

static int put_away(struct imap *m, struct mailimap_set *set, const char *to)
{
	int r = move(m, set, to);

	if (r != MAILIMAP_NO_ERROR && !stream_trouble(m->stream)) {
		imap_bound(m, 0, IMAP_ANSWER_BYTES);
		mailimap_create(m->session, to); /* if it is there: the second try tells */
		r = stream_trouble(m->stream) ? r : move(m, set, to);
	}
	if (r == MAILIMAP_NO_ERROR && !imap_has(m, "MOVE"))
		r = mark_deleted(m, set);
	return r;
}

static int imap_done(struct receiver *base, uint32_t uidvalidity, uint32_t uid, const char *name,
                     struct err *e)
{
	struct imap_receiver *r = (struct imap_receiver *)base;
	struct imap *m = &r->imap;

	(void)name;
	if (!uid)
		return err_set(e, ERR_USAGE, "no mail has the UID 0");
	if (imap_ready(m, e))
		return -1;
	if (m->uidvalidity != uidvalidity)
		return err_set(e, ERR_OUTSIDE, "the mailbox %s of %s was made anew since this mail was "
		               "read (UIDVALIDITY was %u, is %u): look again",
		               m->mailbox, m->server.host, uidvalidity, m->uidvalidity);
	struct mailimap_set *set = mailimap_set_new_single(uid);
	if (!set)
		abort();
	int bad = put_away(m, set, r->handled);
	mailimap_set_free(set);
	return bad == MAILIMAP_NO_ERROR ? 0 : imap_fail(m, "moving a mail to the handled ones", e);
}

static void imap_receiver_free(struct receiver *base)
{
	struct imap_receiver *r = (struct imap_receiver *)base;

	imap_release(&r->imap);
	mem_free(r->handled);
	mem_free(r->source);
	mem_free(r);
}

static const struct receiver_ops OPS = {
	.fetch = imap_fetch, .done = imap_done, .free = imap_receiver_free,
};

static bool printable(const char *s)
{
	for (; *s; s++)
		if (*s < ' ' || *s > '~')
			return false;
	return true;
}

static int check(const struct server *server, const char *mailbox, const char *handled,
                 struct err *e)
{
	if (!server->host || !*server->host)
		return err_set(e, ERR_USAGE, "no server is named for incoming mail: set its host");
	if (!mailbox || !*mailbox || !handled || !*handled || strcmp(mailbox, handled) == 0)
		return err_set(e, ERR_USAGE, "name two folders: one to read, one for handled mail");
	/* IMAP writes other letters in a code of its own (RFC 3501 §5.1.3) */
	if (!printable(mailbox) || !printable(handled))
		return err_set(e, ERR_USAGE, "the name of an IMAP folder must be in letters a to z");
	if (!server->user != !server->password)
		return err_set(e, ERR_USAGE, "user name and password belong together: set both or neither");
	if (server->user && (!printable(server->user) || (!server->token_url && !printable(server->password))))
		return err_set(e, ERR_USAGE, "IMAP user name and password must be in ASCII");
	return 0;
}

int receiver_imap(const struct server *server, const char *mailbox, const char *handled,
                  struct receiver **out, struct err *e)
{
	struct buf source AUTO(buf_release) = BUF_INIT;

	*out = NULL;
	if (check(server, mailbox, handled, e))
		return -1;
	struct imap_receiver *r = mem_zalloc(sizeof(*r));
	r->base.ops = &OPS;
	server_copy(&r->imap.server, server, 993, 143);
	r->imap.mailbox = mem_strdup(mailbox);
	r->handled = mem_strdup(handled);
	buf_fmt(&source, "imap:%s/%s", server->host, mailbox);
	r->source = buf_steal(&source);
	*out = &r->base;
	return 0;
}
