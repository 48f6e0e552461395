/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * doctor: which forms of our own address reach the mailbox that we read. One letter
 * goes to each, with a mark that nobody can guess; what bears it is put away, and comes
 * to nothing else. A pass that is faster knows it for one of ours, which nobody answers.
 */
#include <config.h>

#include <string.h>
#include <strings.h>

#include "app/courier.h"
#include "doctor.h"
#include "store/inbox.h"

enum {
	WAIT_S = 60,
	ROUND_S = 2,       /* between looks, where nobody tells */
	MORE_S = 10,       /* for the other forms, once that which is configured has come */
	PIECE = 64 << 10,  /* of a mail: ours are smaller */
	TOKEN = 26,
};

struct self {
	struct doctor *d;
	struct courier *courier;
	struct sender *sender;
	struct receiver *receiver;
	struct self_mail mail[FORM_COUNT];
	struct found { /* what is to be put away after this look */
		struct self_mail *mail;
		struct mail_place place;
	} *found;
	size_t n_found, cap_found;
};

static const enum doctor_check CHECKS[FORM_COUNT] = {
	[FORM_PLUS] = DOCTOR_PLUS, [FORM_CATCH_ALL] = DOCTOR_CATCH_ALL, [FORM_PLAIN] = DOCTOR_PLAIN,
};
/* As the configuration calls them. */
static const char *const WORDS[FORM_COUNT] = {
	[FORM_PLUS] = "plus", [FORM_CATCH_ALL] = "catch-all", [FORM_PLAIN] = "none",
};

static enum doctor_form configured(const struct config *c)
{
	return c->addressing == ADDRESSING_PLUS ? FORM_PLUS
	       : c->addressing == ADDRESSING_CATCH_ALL ? FORM_CATCH_ALL : FORM_PLAIN;
}

/* ---- out ---- */

static void send_one(struct self *x, enum doctor_form form)
{
	struct buf bytes AUTO(buf_release) = BUF_INIT;
	struct self_mail *m = &x->mail[form];
	struct arena *a = &x->d->arena;
	struct submit_result r;
	struct err e = ERR_INIT;

	*m = (struct self_mail){ .state = SELF_UNSENT, .before = doctor_now(x->d), .delivered = INSTANT_NONE, .taken = INSTANT_NONE };
	if (self_mail_write(x->d, m, form, &bytes, &e)) {
		m->said = arena_dup(a, e.text);
		return;
	}
	m->before = doctor_now(x->d);
	sender_submit(x->sender, x->d->registry.settings.address, m->address, bytes.data, bytes.len,
	              arena_fmt(a, "<%s>", m->message_id), &r);
	m->after = doctor_now(x->d);
	m->said = arena_dup(a, r.answer);
	if (r.verdict == SUBMIT_ACCEPTED || r.verdict == SUBMIT_UNCERTAIN)
		m->state = SELF_AWAITED;
	else if (r.verdict == SUBMIT_FAILED)
		m->state = SELF_REFUSED;
}

/* ---- in ---- */

static bool begins_with(const char *line, const char *end, const char *name)
{
	return (size_t)(end - line) > strlen(name) && !strncasecmp(line, name, strlen(name));
}

/* Whether the mail itself bears the mark, in its header; not whether it tells of it. */
static bool bears(const char *bytes, size_t len, const char *token)
{
	const char *end = bytes + len;

	for (const char *at = bytes, *nl; at < end && *at != '\r' && *at != '\n'; at = nl + 1) {
		nl = memchr(at, '\n', (size_t)(end - at));
		if (!nl)
			return false;
		if (begins_with(at, nl, "Oversyn-Self-Test:"))
			return memmem(at, (size_t)(nl - at), token, TOKEN) != NULL;
	}
	return false;
}

static void came(struct self *x, struct self_mail *m, const struct fetched *f)
{
	m->state = SELF_CAME;
	m->came = doctor_now(x->d);
	m->delivered = f->uid ? f->received : INSTANT_NONE;
	m->taken = doctor_first_received(f->bytes, f->len);
}

static void note(struct self *x, struct self_mail *m, const struct fetched *f)
{
	struct arena *a = &x->d->arena;

	x->found = arena_grow(a, x->found, x->n_found, &x->cap_found, sizeof(*x->found));
	x->found[x->n_found++] = (struct found){
		.mail = m,
		.place = { .uidvalidity = f->uidvalidity, .uid = f->uid, .name = arena_dup(a, f->name) },
	};
}

static void put_away(struct self *x)
{
	for (size_t i = 0; i < x->n_found; i++) {
		struct self_mail *m = x->found[i].mail;
		struct err e = ERR_INIT;

		if (receiver_done_many(x->receiver, &x->found[i].place, 1, &e) && m->state == SELF_CAME) {
			m->state = SELF_STUCK;
			m->said = arena_dup(&x->d->arena, e.text);
		}
	}
	x->n_found = 0;
}

/* Only what names a mark of ours is touched: our letters, and what says that one of
 * them could not be delivered. */
static int take(void *ctx, const struct fetched *f, struct err *e)
{
	struct self *x = ctx;

	(void)e;
	for (int i = 0; i < FORM_COUNT; i++) {
		struct self_mail *m = &x->mail[i];

		if (!*m->token || !memmem(f->bytes, f->len, m->token, TOKEN))
			continue;
		bool ours = bears(f->bytes, f->len, m->token);
		if (ours && m->state == SELF_AWAITED)
			came(x, m, f);
		else if (!ours && m->state == SELF_AWAITED)
			m->state = SELF_RETURNED;
		note(x, m, f);
		return 0;
	}
	return 0;
}

/* A pass that runs meanwhile may have been faster. */
static void look_in_inbox(struct self *x)
{
	for (int i = 0; i < FORM_COUNT; i++) {
		struct arena a AUTO(arena_release) = ARENA_INIT;
		struct self_mail *m = &x->mail[i];
		struct inbox_row row;
		struct err e = ERR_INIT;

		if (m->state == SELF_AWAITED && store_inbox_same(x->d->store, &a, m->message_id, &row, &e) > 0) {
			m->state = SELF_TAKEN;
			m->came = doctor_now(x->d);
		}
	}
}

static bool awaited(const struct self *x)
{
	for (int i = 0; i < FORM_COUNT; i++)
		if (x->mail[i].state == SELF_AWAITED)
			return true;
	return false;
}

static bool arrived(const struct self_mail *m)
{
	return m->state == SELF_CAME || m->state == SELF_STUCK || m->state == SELF_TAKEN;
}

static int look(struct self *x, struct err *e)
{
	int failed = receiver_fetch(x->receiver, PIECE, take, x, e);

	put_away(x); /* what came before it failed, too */
	if (failed)
		return -1;
	look_in_inbox(x);
	return 0;
}

static int await(struct self *x, struct err *e)
{
	const struct doctor *d = x->d;
	int64_t until = net_now_ms(NULL) + (d->o->wait >= 0 ? d->o->wait : WAIT_S) * INT64_C(1000);
	bool shortened = false;

	for (;;) {
		int64_t begun = net_now_ms(NULL);
		enum waited why;

		if (look(x, e))
			return -1;
		int64_t now = net_now_ms(NULL), took = now - begun;
		if (!awaited(x) || now >= until)
			return 0;
		if (!shortened && arrived(&x->mail[configured(&d->config)])) {
			shortened = true;
			until = now + MORE_S * 1000 < until ? now + MORE_S * 1000 : until;
		}
		/* a large mailbox is not read without a pause */
		int64_t pause = took > ROUND_S * 1000 ? took : ROUND_S * 1000;
		if (receiver_wait(x->receiver, NULL, now + pause < until ? now + pause : until, &why, e))
			return -1;
	}
}

/* ---- what is said of it ---- */

static void say_one(struct self *x, enum doctor_form form)
{
	static const enum doctor_kind kinds[] = {
		[SELF_UNSENT] = DOCTOR_SELF_UNSENT, [SELF_REFUSED] = DOCTOR_SELF_REFUSED,
		[SELF_AWAITED] = DOCTOR_SELF_LOST, [SELF_CAME] = DOCTOR_SELF_CAME,
		[SELF_STUCK] = DOCTOR_SELF_STUCK, [SELF_TAKEN] = DOCTOR_SELF_TAKEN,
		[SELF_RETURNED] = DOCTOR_SELF_RETURNED,
	};
	const struct self_mail *m = &x->mail[form];
	bool needs_words = m->state == SELF_UNSENT || m->state == SELF_REFUSED || m->state == SELF_STUCK;

	doctor_say(x->d, doctor_line(.check = CHECKS[form], .kind = kinds[m->state],
	                             .name = m->address,
	                             .said = needs_words ? m->said : NULL,
	                             .n = (arrived(m) ? m->came : doctor_now(x->d)) - m->before));
}

static void say_addressing(struct self *x)
{
	struct doctor *d = x->d;
	struct buf list AUTO(buf_release) = BUF_INIT;
	enum doctor_form chosen = configured(&d->config), best;
	bool there[FORM_COUNT];

	if (x->mail[chosen].state == SELF_UNSENT) {
		doctor_after(d, DOOR_NONE, DOCTOR_ADDRESSING, DOOR_NONE, CHECKS[chosen]);
		return;
	}
	for (int i = 0; i < FORM_COUNT; i++) {
		there[i] = arrived(&x->mail[i]);
		if (there[i])
			buf_fmt(&list, "%s%s", list.len ? ", " : "", WORDS[i]);
	}
	enum doctor_kind kind = doctor_addressing(chosen, there, &best);
	doctor_say(d, doctor_line(.check = DOCTOR_ADDRESSING, .kind = kind, .other = list.len ? list.data : NULL,
	                          .name = kind == DOCTOR_ADDRESSING_DEAF ? d->registry.settings.address
	                                                                 : WORDS[best]));
}

/* One letter is enough to read both clocks. */
static void say_clock(struct self *x, enum doctor_door door, const char *name)
{
	for (int i = 0; i < FORM_COUNT; i++) {
		const struct self_mail *m = &x->mail[i];
		instant told = door == DOOR_IN ? m->delivered : m->taken;

		if (m->state != SELF_CAME || told == INSTANT_NONE)
			continue;
		doctor_clock_line(x->d, door, DOCTOR_CLOCK, name, told, m->before,
		                  door == DOOR_IN ? m->came : m->after);
		return;
	}
	doctor_say(x->d, doctor_line(.door = door, .check = DOCTOR_CLOCK, .kind = DOCTOR_NO_TIME_TOLD, .name = name));
}

static void say_clocks(struct self *x)
{
	const struct config *c = &x->d->config;

	if (c->out.kind == TRANSPORT_SMTP)
		say_clock(x, DOOR_OUT, c->out.server.host);
	if (c->in.kind == TRANSPORT_IMAP)
		say_clock(x, DOOR_IN, c->in.server.host);
}

/* ---- all of it ---- */

static int open_doors(struct self *x, struct err *e)
{
	struct config *c = &x->d->config;
	const char *helo = c->helo ? c->helo : x->d->registry.settings.domain;

	bool smtp = c->out.kind == TRANSPORT_SMTP, imap = c->in.kind == TRANSPORT_IMAP;
	struct sender *sender = NULL;
	struct receiver *receiver = NULL;

	courier_new(-1, &x->courier);
	if ((smtp || imap) && courier_open(x->courier, smtp ? &c->out : NULL, helo, imap ? &c->in : NULL,
	                                   &sender, &receiver, e))
		return -1;
	x->sender = sender;
	x->receiver = receiver;
	if (!smtp && sender_sendmail(c->out.sendmail, NULL, &x->sender, e))
		return -1;
	return !imap && receiver_maildir(c->in.maildir, &x->receiver, e) ? -1 : 0;
}

static void run(struct self *x)
{
	struct err e = ERR_INIT;
	int bad = open_doors(x, &e);

	for (int i = 0; !bad && i < FORM_COUNT; i++)
		send_one(x, (enum doctor_form)i);
	if (!bad)
		bad = await(x, &e);
	if (bad) {
		doctor_say(x->d, doctor_line(.check = DOCTOR_ADDRESSING, .kind = DOCTOR_SELF_UNREAD, .said = e.text));
		return;
	}
	for (int i = 0; i < FORM_COUNT; i++)
		say_one(x, (enum doctor_form)i);
	say_addressing(x);
	say_clocks(x);
}

/* Whether there is something in the way: then it has said so. */
static bool in_the_way(struct doctor *d)
{
	if (d->o->no_mail) {
		doctor_say(d, doctor_line(.check = DOCTOR_ADDRESSING, .kind = DOCTOR_NOT_ASKED));
		return true;
	}
	if (!d->registered) {
		doctor_after(d, DOOR_NONE, DOCTOR_ADDRESSING, DOOR_NONE, !d->configured ? DOCTOR_CONFIGURATION
		             : !d->store ? DOCTOR_DATABASE : DOCTOR_REGISTER);
		return true;
	}
	if (d->config.out.kind == TRANSPORT_MAILDIR) {
		doctor_say(d, doctor_line(.check = DOCTOR_ADDRESSING, .kind = DOCTOR_NOT_POSSIBLE));
		return true;
	}
	for (int door = DOOR_OUT; door <= DOOR_IN; door++)
		if (d->door[door].faulty) {
			doctor_after(d, DOOR_NONE, DOCTOR_ADDRESSING, (enum doctor_door)door, d->door[door].check);
			return true;
		}
	return false;
}

void doctor_self(struct doctor *d)
{
	struct self x = { .d = d };

	if (in_the_way(d))
		return;
	run(&x);
	if (x.sender)
		sender_free(x.sender);
	if (x.receiver)
		receiver_free(x.receiver);
	courier_free(x.courier);
}
