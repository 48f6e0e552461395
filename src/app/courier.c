/* SPDX-License-Identifier: EUPL-1.2 */
/* The keeper's side of the courier: a sender and a receiver like any other, whose work
 * is done in another process. */
#include "app/courier.h"

#include <stdio.h>
#include <string.h>

#include "base/log.h"
#include "base/mem.h"
#include "child.h"
#include "courier-wire.h"
#include "net/door.h"

enum {
	WRITE_MS = 60 * 1000,     /* for it to take what it is told */
	/* For it to say the next thing: ten minutes after a mail's last dot (RFC 5321
	 * §4.5.3.2.6), and what a slow line adds. With the longest mail on the slowest line
	 * it stays below the watchdog's 40 minutes. */
	PATIENCE_MS = 12 * 60 * 1000,
	SLOWEST = 1 << 14, /* bytes a second */
	BYE_MS = 7 * 1000,
	DONE = 2048, /* mails that it is asked to put away at once */
	/* From the third death in a row on, so long until another is tried, and twice as
	 * long each time: whatever kills them is not helped by many. */
	DEATHS = 3, AGAIN_MS = 1000, AGAIN_MOST_MS = 64 * 1000,
	MOST_SPARE = 1 << 20, /* bytes of a mail beyond the limit that was asked for */
};

struct courier_sender {
	struct sender base;
	struct courier *courier;
};

struct courier_receiver {
	struct receiver base;
	struct courier *courier;
};

/* What is known of the mails of one handing over. */
struct handing {
	struct courier *c;
	struct arena arena;
	const struct submission *m;
	size_t n, n_told;
	bool *told_of, stopped;
	bool begun; /* the courier has them */
	submitted_fn *told;
	void *ctx;
	struct err why; /* … or why it has not */
};

struct courier {
	struct child child;
	int connections; /* of mail out */
	int notes; /* the caller's; -1 */
	struct buf doors; /* what each new one is told; holds passwords */
	bool watching;
	int deaths;        /* since one last did what it was asked */
	int64_t not_before; /* as wire_now() counts */
	struct courier_sender out;
	struct courier_receiver in;
	struct handing handing;
};

/* ---- questions ---- */

static void count_death(struct courier *c)
{
	if (++c->deaths < DEATHS)
		return;
	int64_t wait = AGAIN_MS;
	for (int i = DEATHS; i < c->deaths && wait < AGAIN_MOST_MS; i++)
		wait *= 2;
	c->not_before = wire_now() + wait;
}

static void lose(struct courier *c, const char *doing)
{
	log_event(LOG_WARNING, "courier-died", "while=\"%s\"", doing);
	child_stop(&c->child);
	c->watching = false;
	count_death(c);
}

static int lost(struct courier *c, const char *doing, struct err *e)
{
	lose(c, doing);
	return err_set(e, ERR_OUTSIDE, "the courier ended while %s: what a server said may have done it; it is "
	               "started anew when it is needed", doing);
}

static bool say(struct courier *c, enum frame_kind kind, uint32_t n, const struct buf *facts,
                const char *bytes, size_t len)
{
	return frame_say(c->child.fd, kind, n, facts, bytes, len, wire_now() + WRITE_MS);
}

static bool hear(struct courier *c, size_t most_bytes, int64_t patience, struct frame *out)
{
	for (;;) {
		if (!frame_hear(c->child.fd, SAY_END, SAY_KINDS, most_bytes, out, wire_now() + patience))
			return false;
		if (out->head.kind != SAY_LOOK && out->head.kind != SAY_AWAY)
			return true;
		frame_release(out); /* of a watch that the question ended */
	}
}

/* While a mail of so many bytes is on the line. */
static int64_t patience_for(size_t bytes)
{
	return PATIENCE_MS + (int64_t)(bytes / SLOWEST) * 1000;
}

static int take_error(const struct frame *f, struct err *e)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct unpack u = frame_facts(f, &a);
	const char *text = unpack_string(&u, sizeof(e->text));
	bool known = f->head.n >= ERR_FOUND && f->head.n <= ERR_SAFETY;

	return err_set(e, known ? (enum err_kind)f->head.n : ERR_OUTSIDE, "%s", text ? text : "no reason was given");
}

/* The answer of a question that has no other. */
static int hear_end(struct courier *c, const char *doing, struct err *e)
{
	struct frame f AUTO(frame_release) = { .facts = NULL };

	if (!hear(c, 0, PATIENCE_MS, &f) || (f.head.kind != SAY_END && f.head.kind != SAY_ERROR))
		return lost(c, doing, e);
	return f.head.kind == SAY_ERROR ? take_error(&f, e) : 0;
}

/* It did some of what it was asked. */
static void well_done(struct courier *c)
{
	c->deaths = 0;
	c->not_before = 0;
}

/* One runs, and knows the doors. */
static int ready(struct courier *c, struct err *e)
{
	if (c->child.pid)
		return 0;
	if (wire_now() < c->not_before)
		return err_set(e, ERR_OUTSIDE, "the courier ended %d times in a row: another is started in a minute "
		               "at most", c->deaths);
	if (child_start("courier", COURIER_ARGUMENT, c->notes, &c->child, e)) {
		log_event(LOG_WARNING, "courier-died", "while=\"it started\" why=\"%s\"", e->text);
		count_death(c);
		return -1;
	}
	c->watching = false;
	if (!say(c, ASK_DOORS, 0, &c->doors, NULL, 0))
		return lost(c, "it was told of its servers", e);
	return hear_end(c, "it was told of its servers", e);
}

/* ---- out ---- */

static void tell(struct handing *h, size_t i, const struct submit_result *r)
{
	h->told_of[i] = true;
	h->n_told++;
	if (h->told(h->ctx, i, r) && !h->stopped) {
		h->stopped = true;
		if (h->c->child.pid)
			say(h->c, ASK_STOP, 0, NULL, NULL, 0); /* if it cannot be said, the next word is none */
	}
}

/* Those of which nobody knows how far they came; nothing is known of the others but
 * that they were not begun. */
static void tell_doubtful(struct handing *h)
{
	struct submit_result r = { .verdict = SUBMIT_UNCERTAIN, .answer = "the courier ended while it handed this over" };
	int left = submit_window(h->c->connections);

	for (size_t i = 0; i < h->n && left; i++)
		if (!h->told_of[i]) {
			left--;
			tell(h, i, &r);
		}
}

static bool hand_mails(struct handing *h)
{
	if (!say(h->c, ASK_SUBMIT, (uint32_t)h->n, NULL, NULL, 0))
		return false;
	for (size_t i = 0; i < h->n; i++) {
		struct buf facts AUTO(buf_release) = BUF_INIT;

		pack_string(&facts, h->m[i].from, FRAME_MOST_FACTS);
		pack_string(&facts, h->m[i].to, FRAME_MOST_FACTS);
		pack_string(&facts, h->m[i].message_id, FRAME_MOST_FACTS);
		pack_number(&facts, h->m[i].ack.batch, 4);
		pack_number(&facts, (uint64_t)h->m[i].ack.mail, 8);
		if (!say(h->c, ASK_MAIL, 0, &facts, h->m[i].bytes, h->m[i].len))
			return false;
	}
	return true;
}

static bool take_result(struct handing *h, const struct frame *f)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct unpack u = frame_facts(f, &a);
	struct submit_result r;
	uint64_t verdict = unpack_number(&u, 1);
	const char *answer = unpack_string(&u, sizeof(r.answer));

	if (u.bad || u.left || verdict >= SUBMIT_VERDICT_COUNT || f->head.n >= h->n || h->told_of[f->head.n])
		return false;
	r.verdict = (enum submit_verdict)verdict;
	snprintf(r.answer, sizeof(r.answer), "%s", answer ? answer : "");
	tell(h, f->head.n, &r);
	return true;
}

/* False: it died, or spoke nonsense. */
static bool hear_results(struct handing *h)
{
	size_t longest = 0;

	for (size_t i = 0; i < h->n; i++)
		longest = h->m[i].len > longest ? h->m[i].len : longest;
	for (;;) {
		struct frame f AUTO(frame_release) = { .facts = NULL };

		if (!hear(h->c, 0, patience_for(longest), &f))
			return false;
		if (f.head.kind != SAY_END && (f.head.kind != SAY_RESULT || !take_result(h, &f)))
			return false;
		well_done(h->c);
		if (f.head.kind == SAY_END)
			return true;
	}
}

/* None is begun before all are handed over: who dies until then has done nothing. */
static void submit_begin(struct sender *base, const struct submission *m, size_t n,
                         submitted_fn *told, void *ctx)
{
	struct courier *c = ((struct courier_sender *)base)->courier;
	struct handing *h = &c->handing;

	*h = (struct handing){ .c = c, .arena = ARENA_INIT, .m = m, .n = n, .told = told, .ctx = ctx };
	h->told_of = arena_alloc(&h->arena, n * sizeof(*h->told_of));
	c->watching = false;
	while (n && !h->begun && !ready(c, &h->why)) {
		h->begun = hand_mails(h);
		if (!h->begun)
			lose(c, "it was given mail");
	}
}

static void submit_end(struct sender *base)
{
	struct courier *c = ((struct courier_sender *)base)->courier;
	struct handing *h = &c->handing;

	if (h->n && !h->begun) {
		struct submit_result r = { .verdict = h->why.kind == ERR_OUTSIDE ? SUBMIT_BUSY : SUBMIT_HELD };

		snprintf(r.answer, sizeof(r.answer), "%.*s", (int)sizeof(r.answer) - 1, h->why.text);
		h->stopped = true;
		tell(h, 0, &r);
	} else if (h->n && !hear_results(h)) {
		lose(c, "it handed mail over");
		tell_doubtful(h);
	}
	arena_release(&h->arena);
}

/* ---- in ---- */

enum { TAKEN = 1, TAKEN_ENOUGH };

/* A mail was taken; 0: that was all; -1. */
static int hear_mail(struct courier *c, size_t limit, receive_fn *take, void *ctx, struct err *e)
{
	static const char doing[] = "it fetched mail";
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct frame f AUTO(frame_release) = { .facts = NULL };
	struct fetched m;

	if (!hear(c, limit + MOST_SPARE, patience_for(limit), &f))
		return lost(c, doing, e);
	if (f.head.kind == SAY_END || f.head.kind == SAY_ERROR)
		well_done(c);
	if (f.head.kind == SAY_END)
		return 0;
	if (f.head.kind == SAY_ERROR)
		return take_error(&f, e);
	struct unpack u = frame_facts(&f, &a);
	if (f.head.kind != SAY_MAIL || !unpack_fetched(&u, &f, &m))
		return lost(c, doing, e);
	int said = take(ctx, &m, e);
	if (said >= 0)
		return said ? TAKEN_ENOUGH : TAKEN;
	lose(c, doing); /* it would go on */
	return -1;
}

static int fetch(struct receiver *base, size_t limit, receive_fn *take, void *ctx, struct err *e)
{
	struct courier *c = ((struct courier_receiver *)base)->courier;
	bool stopped = false;
	int more;

	if (ready(c, e))
		return -1;
	c->watching = false;
	if (limit > UINT32_MAX || !say(c, ASK_FETCH, (uint32_t)limit, NULL, NULL, 0))
		return lost(c, "it was asked for mail", e);
	do {
		more = hear_mail(c, limit, take, ctx, e);
		if (more == TAKEN_ENOUGH && !stopped) {
			stopped = true;
			say(c, ASK_STOP, 0, NULL, NULL, 0); /* if it cannot be said, the next word is none */
		}
	} while (more > 0);
	return more;
}

static int done_part(struct courier *c, const struct mail_place *m, size_t n, struct err *e)
{
	struct buf facts AUTO(buf_release) = BUF_INIT;

	if (ready(c, e))
		return -1;
	c->watching = false;
	pack_places(m, n, &facts);
	if (!say(c, ASK_DONE, (uint32_t)n, &facts, NULL, 0))
		return lost(c, "it put mail away", e);
	return hear_end(c, "it put mail away", e);
}

/* In parts, each of which a slow server can do in the time that it is given. */
static int done(struct receiver *base, const struct mail_place *m, size_t n, struct err *e)
{
	struct courier *c = ((struct courier_receiver *)base)->courier;
	struct err first = ERR_INIT;

	for (size_t at = 0; at < n; at += DONE) {
		struct err one = ERR_INIT;

		if (done_part(c, m + at, n - at < DONE ? n - at : DONE, &one) && first.kind == ERR_NONE)
			first = one;
	}
	if (first.kind == ERR_NONE)
		return 0;
	*e = first;
	return -1;
}

/* It polls where nobody tells, so that there is always something to wait for here. */
static int watch(struct receiver *base, int64_t now, struct watch *w, struct err *e)
{
	struct courier *c = ((struct courier_receiver *)base)->courier;
	struct frame f AUTO(frame_release) = { .facts = NULL };

	if (ready(c, e))
		return -1;
	if (!c->watching && !say(c, ASK_WATCH, 0, NULL, NULL, 0))
		return lost(c, "it waited for mail", e);
	c->watching = true;
	*w = (struct watch){ .fd = c->child.fd, .until = now + RECEIVER_IDLE_S * INT64_C(1000) };
	if (!wire_waits(c->child.fd, wire_now()))
		return 0;
	c->watching = false;
	if (!frame_hear(c->child.fd, SAY_LOOK, SAY_DNS, 0, &f, wire_now() + WRITE_MS))
		return lost(c, "it waited for mail", e);
	return f.head.kind == SAY_LOOK ? 1 : take_error(&f, e);
}

/* ---- both ---- */

static void sender_nothing(struct sender *s)
{
	(void)s; /* it is the courier's */
}

static void receiver_nothing(struct receiver *r)
{
	(void)r;
}

static const struct sender_ops OUT = { .submit_begin = submit_begin, .submit_end = submit_end, .free = sender_nothing };
static const struct receiver_ops IN = { .fetch = fetch, .done = done, .watch = watch, .free = receiver_nothing };

void courier_new(int notes, struct courier **out)
{
	struct courier *c = mem_zalloc(sizeof(*c));

	c->child.fd = -1;
	c->notes = notes;
	c->doors = (struct buf)BUF_INIT;
	c->out = (struct courier_sender){ .base.ops = &OUT, .courier = c };
	c->in = (struct courier_receiver){ .base.ops = &IN, .courier = c };
	pack_doors(NULL, NULL, NULL, &c->doors);
	*out = c;
}

int courier_open(struct courier *c, const struct mail_door *out_door, const char *helo,
                 const struct mail_door *in_door, struct sender **out, struct receiver **in,
                 struct err *e)
{
	buf_clear(&c->doors);
	c->connections = out_door ? out_door->server.connections : 0;
	pack_doors(out_door, helo, in_door, &c->doors);
	if (ready(c, e)) {
		child_stop(&c->child); /* it said what is wrong with them */
		return -1;
	}
	*out = out_door ? &c->out.base : NULL;
	*in = in_door ? &c->in.base : NULL;
	return 0;
}

void courier_dns_txt(struct courier *c, struct arena *a, const char *resolver, int seconds,
                     const char *name, struct dns_answer *out)
{
	struct buf facts AUTO(buf_release) = BUF_INIT;
	struct frame f AUTO(frame_release) = { .facts = NULL };
	struct err e = ERR_INIT;

	*out = (struct dns_answer){ .verdict = DNS_FAILED, .why = "there is no courier to ask" };
	if (ready(c, &e))
		return;
	c->watching = false;
	pack_string(&facts, resolver, FRAME_MOST_FACTS);
	pack_string(&facts, name, FRAME_MOST_FACTS);
	if (!say(c, ASK_DNS, (uint32_t)seconds, &facts, NULL, 0) || !hear(c, 0, PATIENCE_MS, &f)
	    || f.head.kind != SAY_DNS) {
		lose(c, "it asked the DNS");
		out->why = "the courier ended over the answer";
		return;
	}
	struct unpack u = frame_facts(&f, a);
	uint64_t verdict = unpack_number(&u, 1);
	const char *text = unpack_string(&u, FRAME_MOST_FACTS), *why = unpack_string(&u, FRAME_MOST_FACTS);
	if (u.bad || u.left || verdict > DNS_FAILED || !why || (verdict == DNS_FOUND) != (text != NULL)) {
		lose(c, "it asked the DNS");
		return;
	}
	*out = (struct dns_answer){ .verdict = (enum dns_verdict)verdict, .text = text, .why = why };
}

int courier_probe(struct courier *c, struct arena *a, bool in, bool make, struct probe *out,
                  struct err *e)
{
	struct frame f AUTO(frame_release) = { .facts = NULL };
	uint32_t how = (in ? PROBE_IN : 0U) | (make ? PROBE_MAKE : 0U);

	if (ready(c, e))
		return -1;
	c->watching = false;
	if (!say(c, ASK_PROBE, how, NULL, NULL, 0) || !hear(c, 0, PATIENCE_MS, &f) || f.head.kind != SAY_PROBE)
		return lost(c, "it looked at a server", e);
	struct unpack u = frame_facts(&f, a);
	return unpack_probe(&u, out) ? 0 : lost(c, "it looked at a server", e);
}

void courier_free(struct courier *c)
{
	struct frame f AUTO(frame_release) = { .facts = NULL };

	if (!c)
		return;
	if (c->child.pid && say(c, ASK_BYE, 0, NULL, NULL, 0))
		(void)hear(c, 0, BYE_MS, &f);
	child_stop(&c->child);
	explicit_bzero(c->doors.data, c->doors.len);
	buf_release(&c->doors);
	mem_free(c);
}
