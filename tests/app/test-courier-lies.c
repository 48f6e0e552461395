/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A courier that a hostile server has taken over may say anything. The keeper ends well
 * all the same, tells of each mail once at most, takes nothing for a mail that is none,
 * and starts another. SEED may be set.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/courier.h"
#include "src/app/child.h"
#include "src/app/courier-wire.h"
#include "tests/tap.h"

enum { MAILS = 12, ROUNDS = 150, LIE_MOST = 400 };

/* ---- the liar: this program, as the courier ---- */

static unsigned int luck;

static unsigned int one_of(unsigned int n)
{
	luck = luck * 1103515245u + 12345u;
	return (luck >> 16) % n;
}

static void rubbish(struct buf *out, size_t n)
{
	while (out->len < n)
		buf_chr(out, (char)one_of(4) * (char)one_of(256));
}

/* What would be the answer, but for one thing. */
static void some_facts(enum frame_kind kind, struct buf *out)
{
	const struct fetched m = { .source = one_of(4) ? "imap:x" : NULL, .uidvalidity = 7, .uid = one_of(9) };

	if (one_of(9) == 0) {
		rubbish(out, one_of(40));
	} else if (kind == SAY_RESULT) {
		pack_number(out, one_of(12) ? one_of(SUBMIT_VERDICT_COUNT) : SUBMIT_VERDICT_COUNT, 1);
		pack_words(one_of(3) ? "250 ok" : NULL, 600, out);
	} else if (kind == SAY_MAIL) {
		pack_fetched(&m, out);
	} else if (kind == SAY_DNS) {
		pack_number(out, one_of(DNS_FAILED + 2), 1);
		pack_words(one_of(2) ? "v=DKIM1" : NULL, 600, out);
		pack_words(one_of(4) ? "found" : NULL, 600, out);
	} else if (kind == SAY_ERROR || kind == SAY_AWAY) {
		pack_words("no", 600, out);
	}
	if (one_of(9) == 0)
		rubbish(out, out->len + 1 + one_of(9));
}

static enum frame_kind answer_to(enum frame_kind asked)
{
	return asked == ASK_SUBMIT  ? SAY_RESULT
	       : asked == ASK_FETCH ? SAY_MAIL
	       : asked == ASK_DNS   ? SAY_DNS
	       : asked == ASK_WATCH ? SAY_AWAY
	                            : SAY_ERROR;
}

static void lie(int fd, enum frame_kind asked)
{
	struct buf facts AUTO(buf_release) = BUF_INIT, bytes AUTO(buf_release) = BUF_INIT;
	enum frame_kind kind = one_of(9) ? answer_to(asked) : (enum frame_kind)(SAY_END + one_of(SAY_KINDS - SAY_END));
	struct frame_head head = { .kind = kind, .n = one_of(3) ? one_of(4) : one_of(MAILS + 2) };

	some_facts(kind, &facts);
	if (one_of(3) == 0)
		rubbish(&bytes, one_of(LIE_MOST));
	head.facts = facts.len;
	head.bytes = bytes.len;
	if (one_of(30) == 0)
		head.kind = one_of(1000);
	if (one_of(30) == 0)
		head.facts = UINT64_MAX >> one_of(64);
	if (one_of(30) == 0)
		head.bytes = UINT64_MAX >> one_of(64);
	if (!wire_write(fd, &head, sizeof(head), -1) || !wire_write(fd, facts.data, facts.len, -1)
	    || !wire_write(fd, bytes.data, bytes.len, -1))
		_exit(0);
}

/* The seed comes as the port of its server, in the doors. */
static int liar_serve(int fd)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct mail_door out_door, in_door;
	const char *helo;
	struct frame f;

	if (!child_ready(fd) || !frame_hear(fd, ASK_DOORS, ASK_DOORS + 1, 0, &f, -1))
		return 0;
	struct unpack u = frame_facts(&f, &a);
	if (!unpack_doors(&u, &out_door, &helo, &in_door) || !frame_say(fd, SAY_END, 0, NULL, NULL, 0, -1))
		return 0;
	frame_release(&f);
	luck = out_door.server.port * 7919u;
	if (!frame_hear(fd, ASK_DOORS, ASK_KINDS, 1 << 20, &f, -1))
		return 0;
	enum frame_kind asked = (enum frame_kind)f.head.kind;
	luck += asked; /* who comes after a dead one is asked something else, or the same */
	unsigned int mails = asked == ASK_SUBMIT ? f.head.n : 0;
	frame_release(&f);
	for (; mails && one_of(60); mails--)
		if (frame_hear(fd, ASK_MAIL, ASK_MAIL + 1, 1 << 20, &f, -1))
			frame_release(&f);
	for (unsigned int n = one_of(12); n; n--)
		lie(fd, asked);
	return 0; /* and it is gone: what is still waited for does not come */
}

/* ---- the keeper ---- */

struct told {
	int times[MAILS];
};

static int note(void *ctx, size_t i, const struct submit_result *r)
{
	struct told *t = ctx;

	ck_assert_uint_lt(i, MAILS);
	ck_assert_int_lt(r->verdict, SUBMIT_VERDICT_COUNT);
	ck_assert_ptr_nonnull(memchr(r->answer, '\0', sizeof(r->answer)));
	t->times[i]++;
	return one_of(5) == 0;
}

static int take(void *ctx, const struct fetched *m, struct err *e)
{
	size_t *mails = ctx;

	ck_assert_ptr_nonnull(m->source);
	ck_assert_uint_eq(strlen(m->source), strnlen(m->source, 5000));
	ck_assert_uint_le(m->len, LIE_MOST);
	++*mails;
	return one_of(5) ? one_of(5) == 0 : err_set(e, ERR_OUTSIDE, "enough");
}

static void submit(struct sender *s)
{
	struct submission m[MAILS];
	struct told t = { .times = { 0 } };

	for (int i = 0; i < MAILS; i++)
		m[i] = (struct submission){ .from = "a@kommun.example", .to = "b@kund.example", .bytes = "x\r\n", .len = 3 };
	sender_submit_many(s, m, MAILS, note, &t);
	for (int i = 0; i < MAILS; i++)
		ck_assert_int_le(t.times[i], 1);
}

static void one_round(struct courier *c, struct sender *s, struct receiver *r)
{
	const struct mail_place place = { .uidvalidity = 7, .uid = 1 };
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct dns_answer answer;
	struct err e = ERR_INIT;
	struct watch w;
	size_t mails = 0;

	switch (one_of(5)) {
	case 0:
		submit(s);
		break;
	case 1:
		ck_assert(receiver_fetch(r, 1000, take, &mails, &e) == 0 || *e.text);
		break;
	case 2:
		ck_assert(receiver_done_many(r, &place, 1, &e) == 0 || *e.text);
		break;
	case 3:
		ck_assert(receiver_watch(r, net_now_ms(NULL), &w, &e) >= 0 || *e.text);
		break;
	default:
		courier_dns_txt(c, &a, NULL, 1, "x._domainkey.kommun.example", &answer);
		ck_assert((answer.verdict == DNS_FOUND) == (answer.text != NULL));
		ck_assert_ptr_nonnull(answer.why);
	}
}

START_TEST(a_liar_harms_nobody)
{
	unsigned int seed = getenv("SEED") ? (unsigned int)atoi(getenv("SEED")) : 1;

	for (int i = 0; i < ROUNDS; i++) {
		const struct mail_door door = {
			.server = { .host = "localhost", .port = (uint16_t)(seed * 997 + (unsigned int)i), .tls = TLS_NONE },
			.mailbox = "INBOX", .handled = "Handled",
		};
		struct courier *c;
		struct sender *s = NULL;
		struct receiver *r = NULL;
		struct err e = ERR_INIT;

		luck = seed + (unsigned int)i;
		courier_new(-1, &c);
		ck_assert_msg(!courier_open(c, &door, "client.example", &door, &s, &r, &e), "%s", e.text);
		for (int k = 0; k < 4; k++)
			one_round(c, s, r);
		courier_free(c);
	}
}
END_TEST

int main(int argc, char **argv)
{
	if (argc == 2 && !strcmp(argv[1], COURIER_ARGUMENT))
		return liar_serve(STDIN_FILENO);

	Suite *s = suite_create("app/courier-lies");
	TCase *t = tcase_create("lies");
	suite_add_tcase(s, t);
	tcase_set_timeout(t, 0);
	tcase_add_test(t, a_liar_harms_nobody);
	return tap_run(s);
}
