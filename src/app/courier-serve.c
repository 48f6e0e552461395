/* SPDX-License-Identifier: EUPL-1.2 */
/* The courier's own side. */
#include "app/courier.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <seccomp.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "ack.h"
#include "child.h"
#include "confine.h"
#include "courier-wire.h"

enum {
	MOST_CPU = 24 * 3600, /* seconds, over the process's life: then another takes over */
	MOST_MEMORY = 1 << 30,
	MOST_FILES = 256,
	MOST_NOTES = 1 << 22, /* bytes of the one file that it was handed, open */
	MOST_MAIL = 1 << 28, /* bytes of one that goes out */
	MOST_MAILS = 1 << 16,
};

struct serving {
	int fd;
	int notes; /* of what a server has taken; -1: nobody asked for any */
	struct arena arena; /* of the doors */
	struct mail_door out_door, in_door;
	const char *helo;
	struct sender *sender;
	struct receiver *receiver;
};

/* ---- what it gives away ---- */

static const int forbidden[] = {
	SCMP_SYS(execve), SCMP_SYS(execveat), SCMP_SYS(ptrace), SCMP_SYS(process_vm_readv),
	SCMP_SYS(process_vm_writev), SCMP_SYS(kill), SCMP_SYS(pidfd_open), SCMP_SYS(pidfd_getfd),
	SCMP_SYS(mount), SCMP_SYS(umount2), SCMP_SYS(pivot_root), SCMP_SYS(chroot), SCMP_SYS(unshare),
	SCMP_SYS(setns), SCMP_SYS(bpf), SCMP_SYS(perf_event_open), SCMP_SYS(userfaultfd),
	SCMP_SYS(open_by_handle_at), SCMP_SYS(keyctl), SCMP_SYS(add_key), SCMP_SYS(request_key),
	SCMP_SYS(init_module), SCMP_SYS(finit_module), SCMP_SYS(kexec_load), SCMP_SYS(listen),
};

/* Names, certificates and SASL's plug-ins are read when a connection is made. */
static bool confine(const struct mail_door *out_door, const struct mail_door *in_door)
{
	const char *readable[16] = {
		"/etc", "/usr", "/lib", "/lib64", "/run", "/dev/urandom", "/dev/random", "/dev/null", "/proc/self",
		"/proc/sys",
	};
	const char *const own[] = {
		out_door->server.ca_file, out_door->server.token_ca_file, in_door->server.ca_file,
		in_door->server.token_ca_file,
	};
	size_t n = 10;

	for (size_t i = 0; i < ARRAY_LEN(own); i++)
		if (own[i])
			readable[n++] = own[i];
	return confine_files(readable) && confine_calls(forbidden, ARRAY_LEN(forbidden), false);
}

static bool confine_at_once(void)
{
	return confine_limit(RLIMIT_CORE, 0) && confine_limit(RLIMIT_CPU, MOST_CPU)
	       && confine_limit(RLIMIT_FSIZE, MOST_NOTES) && confine_limit(RLIMIT_NOFILE, MOST_FILES)
	       && confine_memory(MOST_MEMORY) && confine_process();
}

/* ---- answers ---- */

static bool say(const struct serving *s, enum frame_kind kind, uint32_t n, const struct buf *facts)
{
	return frame_say(s->fd, kind, n, facts, NULL, 0, -1);
}

static bool say_error(const struct serving *s, enum frame_kind kind, const struct err *e)
{
	struct buf facts AUTO(buf_release) = BUF_INIT;

	pack_words(e->text, sizeof(e->text) - 1, &facts);
	return say(s, kind, (uint32_t)e->kind, &facts);
}

static bool say_how(const struct serving *s, int failed, const struct err *e)
{
	return failed ? say_error(s, SAY_ERROR, e) : say(s, SAY_END, 0, NULL);
}

static bool open_doors(struct serving *s, const struct frame *f)
{
	struct unpack u = frame_facts(f, &s->arena);
	struct err e = ERR_INIT;

	if (!unpack_doors(&u, &s->out_door, &s->helo, &s->in_door))
		return false;
	const struct mail_door *out_door = &s->out_door, *in_door = &s->in_door;
	if (!confine(out_door, in_door)) {
		err_set(&e, ERR_SAFETY, "the courier cannot be confined: it does not work without seccomp");
		return say_error(s, SAY_ERROR, &e);
	}
	bool failed = (out_door->kind == TRANSPORT_SMTP && sender_smtp(&out_door->server, s->helo, &s->sender, &e))
	              || (in_door->kind == TRANSPORT_IMAP
	                  && receiver_imap(&in_door->server, in_door->mailbox, in_door->handled, &s->receiver, &e));
	return say_how(s, failed ? -1 : 0, &e);
}

/* While it does what it was asked: it is to do no more of it, or the keeper is gone. */
static bool told_to_stop(const struct serving *s, bool *gone)
{
	struct frame f AUTO(frame_release) = { .facts = NULL };

	if (!wire_waits(s->fd, wire_now()))
		return false;
	*gone = !frame_hear(s->fd, ASK_STOP, ASK_STOP + 1, 0, &f, -1);
	return true;
}

/* ---- mail out ---- */

struct handing {
	struct serving *s;
	const struct submission *m;
	bool gone; /* the keeper */
};

static int told(void *ctx, size_t i, const struct submit_result *r)
{
	struct handing *h = ctx;
	struct buf facts AUTO(buf_release) = BUF_INIT;
	bool noted = r->verdict != SUBMIT_ACCEPTED || ack_note(h->s->notes, &h->m[i].ack);

	pack_number(&facts, (uint64_t)r->verdict, 1);
	pack_words(r->answer, sizeof(r->answer) - 1, &facts);
	if (!h->gone && !say(h->s, SAY_RESULT, (uint32_t)i, &facts))
		h->gone = true;
	/* what stops the keeper is known here before it says so */
	return h->gone || !noted || r->verdict == SUBMIT_HELD || r->verdict == SUBMIT_BUSY ||
	       told_to_stop(h->s, &h->gone);
}

static bool hear_mails(const struct serving *s, struct arena *a, struct frame *frames, struct submission *m,
                       size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (!frame_hear(s->fd, ASK_MAIL, ASK_MAIL + 1, MOST_MAIL, &frames[i], -1))
			return false;
		struct unpack u = frame_facts(&frames[i], a);
		m[i] = (struct submission){ .bytes = frames[i].bytes, .len = frames[i].head.bytes };
		m[i].from = unpack_string(&u, FRAME_MOST_FACTS);
		m[i].to = unpack_string(&u, FRAME_MOST_FACTS);
		m[i].message_id = unpack_string(&u, FRAME_MOST_FACTS);
		m[i].ack.batch = (uint32_t)unpack_number(&u, 4);
		m[i].ack.mail = (int64_t)unpack_number(&u, 8);
		if (u.bad || !m[i].from || !m[i].to)
			return false;
	}
	return true;
}

static bool submit(struct serving *s, const struct frame *f)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	size_t n = f->head.n;

	if (!s->sender || n > MOST_MAILS)
		return false;
	struct frame *frames = arena_alloc(&a, n * sizeof(*frames));
	struct submission *m = arena_alloc(&a, n * sizeof(*m));
	struct handing h = { .s = s, .m = m };
	bool ok = hear_mails(s, &a, frames, m, n);
	if (ok)
		sender_submit_many(s->sender, m, n, told, &h);
	for (size_t i = 0; i < n; i++)
		frame_release(&frames[i]);
	return ok && !h.gone && say(s, SAY_END, 0, NULL);
}

/* ---- mail in ---- */

struct giving {
	const struct serving *s;
	bool enough; /* the keeper said so */
};

static int give(void *ctx, const struct fetched *m, struct err *e)
{
	struct buf facts AUTO(buf_release) = BUF_INIT;
	struct giving *g = ctx;
	bool gone = false;

	pack_fetched(m, &facts);
	g->enough = g->enough || told_to_stop(g->s, &gone);
	if (gone || !frame_say(g->s->fd, SAY_MAIL, 0, &facts, m->bytes, m->len, -1))
		return err_set(e, ERR_OUTSIDE, "the keeper is gone");
	return g->enough;
}

static bool fetch(struct serving *s, const struct frame *f)
{
	struct giving g = { .s = s };
	struct err e = ERR_INIT;

	if (!s->receiver)
		return false;
	int failed = receiver_fetch(s->receiver, f->head.n, give, &g, &e);
	return say_how(s, failed, &e);
}

static bool done(struct serving *s, const struct frame *f)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct unpack u = frame_facts(f, &a);
	struct mail_place *places;
	struct err e = ERR_INIT;

	if (!s->receiver || !unpack_places(&u, f->head.n, &places))
		return false;
	int failed = receiver_done_many(s->receiver, places, f->head.n, &e);
	return say_how(s, failed, &e);
}

/* Until there is something to see, or the keeper wants something else. */
static bool watch(struct serving *s)
{
	struct err e = ERR_INIT;
	struct watch w;

	if (!s->receiver)
		return false;
	for (;;) {
		int64_t now = net_now_ms(NULL);
		int look = receiver_watch(s->receiver, now, &w, &e);
		if (look)
			return look < 0 ? say_error(s, SAY_AWAY, &e) : say(s, SAY_LOOK, 0, NULL);
		struct pollfd p[2] = { { .fd = s->fd, .events = POLLIN }, { .fd = w.fd, .events = POLLIN } };
		int64_t left = w.until > now ? w.until - now : 0;
		if (poll(p, 2, left > INT32_MAX ? INT32_MAX : (int)left) < 0 && errno != EINTR)
			return false;
		if (p[0].revents)
			return true;
	}
}

/* ---- the rest ---- */

static bool look_up(struct serving *s, const struct frame *f)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct buf facts AUTO(buf_release) = BUF_INIT;
	struct unpack u = frame_facts(f, &a);
	const char *resolver = unpack_string(&u, FRAME_MOST_FACTS), *name = unpack_string(&u, FRAME_MOST_FACTS);
	struct dns_answer answer;

	if (u.bad || !name)
		return false;
	dns_txt(&a, resolver, (int)f->head.n, name, &answer);
	pack_number(&facts, (uint64_t)answer.verdict, 1);
	pack_words(answer.text, FRAME_MOST_FACTS / 2, &facts);
	pack_words(answer.why, FRAME_MOST_FACTS / 4, &facts);
	return say(s, SAY_DNS, 0, &facts);
}

static bool probe(struct serving *s, const struct frame *f)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct buf facts AUTO(buf_release) = BUF_INIT;
	const struct mail_door *in = &s->in_door;
	struct probe p;

	if (f->head.n & PROBE_IN ? !s->receiver : !s->sender)
		return false;
	if (f->head.n & PROBE_IN)
		probe_imap(&a, &in->server, in->mailbox, in->handled, f->head.n & PROBE_MAKE, &p);
	else
		probe_smtp(&a, &s->out_door.server, s->helo, &p);
	pack_probe(&p, &facts);
	return say(s, SAY_PROBE, 0, &facts);
}

static void leave(struct serving *s)
{
	if (s->sender)
		sender_free(s->sender);
	if (s->receiver)
		receiver_free(s->receiver);
	s->sender = NULL;
	s->receiver = NULL;
	arena_release(&s->arena);
}

/* False: there is no more to do. */
static bool serve_one(struct serving *s)
{
	struct frame f AUTO(frame_release) = { .facts = NULL };

	if (!frame_hear(s->fd, ASK_DOORS, ASK_KINDS, 0, &f, -1))
		return false;
	switch (f.head.kind) {
	case ASK_DOORS:
		return open_doors(s, &f);
	case ASK_SUBMIT:
		return submit(s, &f);
	case ASK_STOP: /* it was over already */
		return true;
	case ASK_FETCH:
		return fetch(s, &f);
	case ASK_DONE:
		return done(s, &f);
	case ASK_WATCH:
		return watch(s);
	case ASK_DNS:
		return look_up(s, &f);
	case ASK_PROBE:
		return probe(s, &f);
	case ASK_BYE:
		leave(s);
		say(s, SAY_END, 0, NULL);
		return false;
	default:
		return false;
	}
}

int courier_serve(int fd)
{
	struct serving s = { .fd = fd, .notes = fcntl(CHILD_MORE, F_GETFD) < 0 ? -1 : CHILD_MORE, .arena = ARENA_INIT };

	signal(SIGPIPE, SIG_IGN);
	signal(SIGXFSZ, SIG_IGN);
	if (!confine_at_once())
		_exit(CHILD_UNCONFINED);
	if (!child_ready(fd))
		_exit(3);
	while (serve_one(&s))
		continue;
	leave(&s);
	return 0;
}
