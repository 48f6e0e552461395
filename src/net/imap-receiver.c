/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "imap.h"

enum {
	RANGES_MOST = 200, /* of mails that one command moves: its line stays short */
	MOVED_MOST = 4096, /* mails: many, for a server looks through the whole mailbox each time */
	MOVED_A_SECOND = 10, MOVED_BYTES = 64, /* what a slow one does, and says of each */
};

struct imap_receiver {
	struct receiver base;
	struct imap imap;
	char *handled, *source;
};

/* What one round of looking needs. */
struct round {
	struct imap_receiver *r;
	uint32_t uidvalidity;
	size_t limit;
	receive_fn *take;
	void *ctx;
	struct err ungiven; /* of the first mail that the server did not give */
	bool enough; /* `take` has said so */
};

/* `take` may have put mail away, and that may have cost the session. */
static int same_mailbox(struct round *x, struct err *e)
{
	struct imap *m = &x->r->imap;

	if (imap_ready(m, e))
		return -1;
	if (m->uidvalidity == x->uidvalidity)
		return 0;
	return err_set(e, ERR_OUTSIDE, "the mailbox %s was made anew meanwhile: look again", m->mailbox);
}

static int give(struct round *x, const struct imap_mail *mail, const struct buf *bytes, bool cut,
                struct err *e)
{
	struct fetched f = {
		.source = x->r->source, .uidvalidity = x->uidvalidity, .uid = mail->uid,
		.received = mail->received, .bytes = bytes->data, .len = bytes->len,
		.cut = cut, .size = mail->size,
	};
	int said = x->take(x->ctx, &f, e);
	x->enough = x->enough || said > 0;
	return said < 0 ? -1 : 0;
}

static int give_one(struct round *x, const struct imap_mail *mail, struct err *e)
{
	struct buf bytes AUTO(buf_release) = BUF_INIT;
	struct imap *m = &x->r->imap;

	if (same_mailbox(x, e))
		return -1;
	struct err why = ERR_INIT;
	enum imap_got got = imap_read(m, mail, x->limit, &bytes, &why);
	if (got == IMAP_FAILED && !m->session)
		return *e = why, -1;
	if (got == IMAP_FAILED && x->ungiven.kind == ERR_NONE)
		x->ungiven = why;
	if (got == IMAP_FAILED || got == IMAP_GONE)
		return 0;
	return give(x, mail, &bytes, got == IMAP_CUT, e);
}

/* What is read with one command, and in their place those that need their own. */
struct together {
	struct buf bytes[IMAP_MANY];
	bool whole[IMAP_MANY];
	bool cut_off; /* the session: nothing more comes */
};

static int give_each(struct round *x, const struct imap_mail *mails, size_t n, struct together *t,
                     struct err *e)
{
	for (size_t i = 0; i < n; i++) {
		if (t->whole[i] ? give(x, &mails[i], &t->bytes[i], false, e)
		                : !t->cut_off && !x->enough && give_one(x, &mails[i], e))
			return -1;
		buf_release(&t->bytes[i]);
	}
	return 0;
}

static int give_many(struct round *x, const struct imap_mail *mails, size_t n, struct err *e)
{
	struct err why = ERR_INIT;

	if (same_mailbox(x, e))
		return -1;
	struct together *t = mem_zalloc(sizeof(*t));
	for (size_t i = 0; i < n; i++)
		t->bytes[i] = (struct buf)BUF_INIT;
	t->cut_off = imap_read_many(&x->r->imap, mails, n, x->limit, t->bytes, t->whole, &why);
	/* or whose are they? */
	int bad = !t->cut_off && same_mailbox(x, e) ? -1 : give_each(x, mails, n, t, e);
	for (size_t i = 0; i < n; i++)
		buf_release(&t->bytes[i]);
	if (!bad && t->cut_off) {
		*e = why;
		bad = -1;
	}
	mem_free(t);
	return bad;
}

static int give_all(struct round *x, const struct imap_list *all, struct err *e)
{
	for (size_t i = 0, n; i < all->n && !x->enough; i += n) {
		n = imap_together(&all->at[i], all->n - i, x->limit);
		int bad = n > 1 ? give_many(x, &all->at[i], n, e) : give_one(x, &all->at[i], e);
		if (bad)
			return -1;
		if (!n)
			n = 1;
	}
	return 0;
}

static int imap_fetch(struct receiver *base, size_t limit, receive_fn *take, void *ctx,
                      struct err *e)
{
	struct imap_receiver *r = (struct imap_receiver *)base;
	struct imap_list all AUTO(imap_list_free) = { 0 };

	if (imap_look(&r->imap, e))
		return -1;
	struct news *news = &r->imap.stream->guard.news;
	news->seen = news->exists; /* what comes from here on is a reason to look again */
	if (!news->exists)
		return 0;
	if (imap_list(&r->imap, &all, e))
		return -1;
	struct round x = { .r = r, .uidvalidity = r->imap.uidvalidity, .limit = limit, .take = take,
		.ctx = ctx, .ungiven = ERR_INIT };
	if (give_all(&x, &all, e))
		return -1;
	if (x.enough && r->imap.stream)
		r->imap.stream->guard.news.seen = 0; /* what is left has not been looked at */
	if (x.enough || x.ungiven.kind == ERR_NONE)
		return 0;
	*e = x.ungiven;
	return -1;
}

static int imap_receiver_watch(struct receiver *base, int64_t now, struct watch *w, struct err *e)
{
	return imap_watch(&((struct imap_receiver *)base)->imap, now, w, e);
}

/* For a command about so many mails. */
static void bound_for(struct imap *m, size_t n)
{
	imap_bound(m, (int)(n / MOVED_A_SECOND), IMAP_ANSWER_BYTES + n * MOVED_BYTES);
}

static int move(struct imap *m, struct mailimap_set *set, size_t n, const char *to)
{
	struct mailimap_set *from_set = NULL, *to_set = NULL;
	uint32_t uidvalidity;

	bound_for(m, n);
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
static int mark_deleted(struct imap *m, struct mailimap_set *set, size_t n)
{
	struct mailimap_flag_list *flags = mailimap_flag_list_new_empty();
	struct mailimap_flag *deleted = mailimap_flag_new_deleted();

	if (!flags || !deleted || mailimap_flag_list_add(flags, deleted) != MAILIMAP_NO_ERROR)
		abort();
	struct mailimap_store_att_flags *store = mailimap_store_att_flags_new_add_flags_silent(flags);
	if (!store)
		abort();
	bound_for(m, n);
	int r = mailimap_uid_store(m->session, set, store);
	mailimap_store_att_flags_free(store);
	if (r != MAILIMAP_NO_ERROR || !imap_has(m, "UIDPLUS"))
		return r;
	bound_for(m, n);
	return mailimap_uid_expunge(m->session, set);
}

static int put_away(struct imap *m, struct mailimap_set *set, size_t n, const char *to)
{
	int r = move(m, set, n, to);

	if (r != MAILIMAP_NO_ERROR && !stream_trouble(m->stream)) {
		imap_bound(m, 0, IMAP_ANSWER_BYTES);
		mailimap_create(m->session, to); /* if it is there: the second try tells */
		r = stream_trouble(m->stream) ? r : move(m, set, n, to);
	}
	if (r == MAILIMAP_NO_ERROR && !imap_has(m, "MOVE"))
		r = mark_deleted(m, set, n);
	return r;
}

static bool follows(const struct mail_place *one, const struct mail_place *next)
{
	return next->uid == one->uid + 1;
}

/* How many of the first of them one command puts away. */
static size_t done_at_once(const struct mail_place *m, size_t n)
{
	size_t end = 1;

	for (size_t ranges = 1; end < n && end < MOVED_MOST && m[end].uidvalidity == m->uidvalidity; end++)
		if (!follows(&m[end - 1], &m[end]) && ++ranges > RANGES_MOST)
			break;
	return end;
}

/* Mails of one UIDVALIDITY. */
static int done_set(struct imap_receiver *r, const struct mail_place *all, size_t n, struct err *e)
{
	struct imap *m = &r->imap;

	if (imap_ready(m, e))
		return -1;
	if (m->uidvalidity != all->uidvalidity)
		return err_set(e, ERR_OUTSIDE, "the mailbox %s of %s was made anew since this mail was "
		               "read (UIDVALIDITY was %u, is %u): look again",
		               m->mailbox, m->server.host, all->uidvalidity, m->uidvalidity);
	struct mailimap_set *set = mailimap_set_new_empty();
	if (!set)
		abort();
	for (size_t from = 0, i = 1; i <= n; i++) {
		if (i < n && follows(&all[i - 1], &all[i]))
			continue;
		if (mailimap_set_add_interval(set, all[from].uid, all[i - 1].uid) != MAILIMAP_NO_ERROR)
			abort();
		from = i;
	}
	int bad = put_away(m, set, n, r->handled);
	mailimap_set_free(set);
	return bad == MAILIMAP_NO_ERROR ? 0 : imap_fail(m, "moving a mail to the handled ones", e);
}

static int imap_done(struct receiver *base, const struct mail_place *m, size_t n, struct err *e)
{
	struct err first = ERR_INIT;

	for (size_t i = 0; i < n; i++)
		if (!m[i].uid)
			return err_set(e, ERR_USAGE, "no mail has the UID 0");
	for (size_t at = 0, many; at < n; at += many) {
		struct err one = ERR_INIT;

		many = done_at_once(m + at, n - at);
		if (done_set((struct imap_receiver *)base, m + at, many, &one) && first.kind == ERR_NONE)
			first = one;
	}
	if (first.kind == ERR_NONE)
		return 0;
	*e = first;
	return -1;
}

static void imap_receiver_free(struct receiver *base)
{
	struct imap_receiver *r = (struct imap_receiver *)base;

	imap_idle_end(&r->imap);
	imap_release(&r->imap);
	mem_free(r->handled);
	mem_free(r->source);
	mem_free(r);
}

static const struct receiver_ops OPS = {
	.fetch = imap_fetch, .done = imap_done, .watch = imap_receiver_watch,
	.free = imap_receiver_free,
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
