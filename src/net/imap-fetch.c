/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdlib.h>

#include "base/mem.h"
#include "imap-answer.h"

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

/* Wants one attribute more; libetpan frees it with the type. */
static void want(struct mailimap_fetch_type *type, struct mailimap_fetch_att *att)
{
	if (!att || mailimap_fetch_type_new_fetch_att_list_add(type, att) != MAILIMAP_NO_ERROR)
		abort();
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

static void add_to_list(void *ctx, const struct imap_said *s)
{
	struct imap_list *l = ctx;

	if (!s->mail.uid)
		return;
	l->at = mem_grow(l->at, l->n, &l->cap, sizeof(*l->at));
	l->at[l->n++] = s->mail;
}

int imap_list(struct imap *m, struct imap_list *l, struct err *e)
{
	struct mailimap_fetch_type *type = mailimap_fetch_type_new_fetch_att_list_empty();
	size_t exists = m->stream->guard.news.exists;

	if (!type)
		abort();
	want(type, mailimap_fetch_att_new_uid());
	want(type, mailimap_fetch_att_new_rfc822_size());
	want(type, mailimap_fetch_att_new_internaldate());
	want(type, mailimap_fetch_att_new_flags());
	size_t room = exists < LIST_BYTES_MOST / LIST_BYTES_EACH ? exists * LIST_BYTES_EACH :
		LIST_BYTES_MOST;
	imap_bound(m, (int)(room / BYTES_PER_SECOND), room + IMAP_ANSWER_BYTES);
	if (imap_ask(m, mailimap_set_new_interval(1, 0), type, add_to_list, l) != MAILIMAP_NO_ERROR)
		return imap_fail(m, "listing the mailbox", e);
	list_settle(l);
	return 0;
}

static struct mailimap_fetch_type *piece_wish(uint32_t from, uint32_t most)
{
	struct mailimap_fetch_type *type = mailimap_fetch_type_new_fetch_att_list_empty();

	if (!type)
		abort();
	want(type, mailimap_fetch_att_new_uid());
	want(type, mailimap_fetch_att_new_body_peek_section_partial(mailimap_section_new(NULL), from,
	                                                            most));
	return type;
}

/* A piece that is waited for. */
struct piece {
	uint32_t uid, from, most;
	struct buf *out;
	int found;
};

static bool is_piece(const struct imap_said *s, uint32_t from)
{
	return s->body && s->body->sec_body_part && s->body->sec_origin_octet == from;
}

static void take_piece(void *ctx, const struct imap_said *s)
{
	struct piece *p = ctx;

	if (p->found || s->mail.uid != p->uid || !is_piece(s, p->from))
		return;
	buf_add(p->out, s->body->sec_body_part,
	        s->body->sec_length < p->most ? s->body->sec_length : p->most);
	p->found = 1;
}

/* 1: some bytes, or none: it ends there; 0: no such piece. */
static int read_piece(struct imap *m, uint32_t uid, uint32_t from, uint32_t most, struct buf *out,
                      struct err *e)
{
	struct piece p = { .uid = uid, .from = from, .most = most, .out = out };

	imap_bound(m, (int)(most / BYTES_PER_SECOND), most + IMAP_ANSWER_BYTES);
	int r = imap_ask(m, mailimap_set_new_single(uid), piece_wish(from, most), take_piece, &p);
	return r == MAILIMAP_NO_ERROR ? p.found : imap_fail(m, "reading a mail", e);
}

static void look_at(void *ctx, const struct imap_said *s)
{
	struct piece *p = ctx;

	p->found |= s->mail.uid == p->uid;
}

/* No bytes came: has it gone, or does the server not give it? */
static enum imap_got look_for(struct imap *m, uint32_t uid, struct err *e)
{
	struct mailimap_fetch_type *type = mailimap_fetch_type_new_fetch_att_list_empty();
	struct piece p = { .uid = uid };

	if (!type)
		abort();
	want(type, mailimap_fetch_att_new_uid());
	imap_bound(m, 0, IMAP_ANSWER_BYTES);
	if (imap_ask(m, mailimap_set_new_single(uid), type, look_at, &p) != MAILIMAP_NO_ERROR)
		return imap_fail(m, "looking for a mail", e);
	if (!p.found)
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

static uint32_t first_piece(size_t limit)
{
	return limit < RECEIVER_PIECE ? (uint32_t)limit + 1 : RECEIVER_PIECE;
}

enum imap_got imap_read(struct imap *m, const struct imap_mail *mail, size_t limit,
                        struct buf *out, struct err *e)
{
	size_t most = limit < UINT32_MAX - 1 ? limit : UINT32_MAX - 1;
	uint32_t first = first_piece(limit);
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

/* ---- several with one command ---- */

enum {
	MANY_BYTES = 1 << 21,      /* of mails that are read together, as the server says */
	MANY_BYTES_EACH = 1 << 16, /* a larger one is read by itself */
};

size_t imap_together(const struct imap_mail *mails, size_t n, size_t limit)
{
	size_t bytes = 0, i = 0;

	for (; i < n && i < IMAP_MANY; i++) {
		uint32_t size = mails[i].size;
		if (!size || size > MANY_BYTES_EACH || size > limit || bytes + size > MANY_BYTES)
			break;
		bytes += size;
	}
	return i;
}

struct many {
	const struct imap_mail *mails;
	size_t n, kept; /* bytes */
	uint32_t most;
	struct buf *bytes;
	bool *whole;
};

static int of_uid(const void *key, const void *mail)
{
	uint32_t uid = *(const uint32_t *)key, other = ((const struct imap_mail *)mail)->uid;

	return uid < other ? -1 : uid > other;
}

/* Only what is certainly whole, and not more in all than was to be expected. */
static void take_one(void *ctx, const struct imap_said *s)
{
	struct many *x = ctx;
	const struct imap_mail *mail = bsearch(&s->mail.uid, x->mails, x->n, sizeof(*mail), of_uid);

	if (!mail || x->whole[mail - x->mails] || !is_piece(s, 0))
		return;
	size_t len = s->body->sec_length;
	if (len < mail->size || len >= x->most || x->kept + len > 2 * MANY_BYTES)
		return;
	x->kept += len;
	buf_add(&x->bytes[mail - x->mails], s->body->sec_body_part, len);
	x->whole[mail - x->mails] = true;
}

static struct mailimap_set *set_of(const struct imap_mail *mails, size_t n)
{
	struct mailimap_set *set = mailimap_set_new_empty();

	if (!set)
		abort();
	for (size_t from = 0, i = 1; i <= n; i++) {
		if (i < n && mails[i].uid == mails[i - 1].uid + 1)
			continue;
		if (mailimap_set_add_interval(set, mails[from].uid, mails[i - 1].uid) != MAILIMAP_NO_ERROR)
			abort();
		from = i;
	}
	return set;
}

int imap_read_many(struct imap *m, const struct imap_mail *mails, size_t n, size_t limit,
                   struct buf *bytes, bool *whole, struct err *e)
{
	struct many x = { .mails = mails, .n = n, .most = first_piece(limit), .bytes = bytes,
		.whole = whole };
	size_t expected = 0;

	for (size_t i = 0; i < n; i++)
		expected += mails[i].size;
	/* the server may be wrong about the sizes: it is given room, but not time */
	imap_bound(m, (int)(2 * expected / BYTES_PER_SECOND), n * x.most + IMAP_ANSWER_BYTES);
	m->stream->literal_most = x.most + IMAP_ANSWER_BYTES;
	int r = imap_ask(m, set_of(mails, n), piece_wish(0, x.most), take_one, &x);
	if (r == MAILIMAP_NO_ERROR)
		return 0;
	int bad = imap_fail(m, "reading mails", e);
	if (!m->session)
		return bad;
	/* One of them is at fault, and it will be known by itself; but where one is not
	 * understood, nobody knows where the next answer begins. */
	if (r == MAILIMAP_ERROR_PARSE)
		imap_close(m);
	return 0;
}
