/* SPDX-License-Identifier: EUPL-1.2 */
#include "visit.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"

enum { LIMIT = 1024 };

static int count_mail(void *ctx, const struct fetched *m, struct err *e)
{
	(void)e;
	ck_assert_uint_eq(m->uid, 1);
	ck_assert_uint_eq(m->uidvalidity, 7);
	ck_assert_uint_eq(m->len, m->cut ? LIMIT : 3);
	ck_assert_int_eq(m->bytes[0], m->cut ? 'x' : 'a');
	++*(int *)ctx;
	return 0;
}

static int put_all_away(struct receiver *r, const char *uids, struct err *e)
{
	struct mail_place places[VISIT_MAILS * 4] = { { .uid = 0 } };
	size_t n = 0;

	for (char *end; *uids; uids = *end ? end + 1 : end) {
		ck_assert_uint_lt(n, ARRAY_LEN(places));
		places[n++] = (struct mail_place){ .uidvalidity = 7, .uid = (uint32_t)strtoul(uids, &end, 10) };
	}
	return receiver_done_many(r, places, n, e);
}

static void visit_imap(const struct server *to, const char *put_away, char *out, size_t size)
{
	struct receiver *r;
	struct err e = ERR_INIT;
	int mails = 0;

	ck_assert_int_eq(receiver_imap(to, "INBOX", "Handled", &r, &e), 0);
	if (put_away && put_all_away(r, put_away, &e))
		snprintf(out, size, "%s", e.text);
	else if (put_away)
		snprintf(out, size, "done");
	else if (receiver_fetch(r, LIMIT, count_mail, &mails, &e))
		snprintf(out, size, "%s", e.text);
	else
		snprintf(out, size, "mails %d", mails);
	receiver_free(r);
}

struct visitor {
	struct receiver *r;
	size_t limit;
	int mails, enough;
	struct buf each, told;
};

static int note_mail(void *ctx, const struct fetched *m, struct err *e)
{
	struct visitor *v = ctx;

	(void)e;
	v->mails++;
	buf_fmt(&v->each, "%sUID %u: %zu bytes%s", v->each.len ? ", " : "", m->uid, m->len,
	        m->cut ? ", cut" : "");
	return v->enough && v->mails >= v->enough;
}

static bool look(struct visitor *v)
{
	struct err e = ERR_INIT;

	v->mails = 0;
	buf_clear(&v->each);
	int bad = receiver_fetch(v->r, v->limit, note_mail, v, &e);
	if (!bad || v->mails)
		buf_fmt(&v->told, v->mails ? "mails %d (%s)" : "mails %d", v->mails, v->each.data);
	if (bad)
		buf_fmt(&v->told, "%s%s", v->mails ? ", " : "", e.text);
	return !bad;
}

void visit_and_wait(const struct server *to, size_t limit, int enough, int wait_s, char *out,
                    size_t size)
{
	struct visitor v = { .limit = limit, .enough = enough, .each = BUF_INIT, .told = BUF_INIT };
	struct err e = ERR_INIT;
	enum waited waited;

	ck_assert_int_eq(receiver_imap(to, "INBOX", "Handled", &v.r, &e), 0);
	bool going = look(&v) && wait_s;
	int64_t until = net_now_ms(to->clock) + wait_s * INT64_C(1000);
	while (going) {
		buf_str(&v.told, "; ");
		going = false;
		if (receiver_wait(v.r, to->clock, until, &waited, &e)) {
			buf_str(&v.told, e.text);
		} else if (waited == WAITED_TIME_UP) {
			buf_str(&v.told, "time is up");
		} else {
			buf_str(&v.told, "look; ");
			going = look(&v);
		}
	}
	snprintf(out, size, "%s", v.told.data);
	receiver_free(v.r);
	buf_release(&v.each);
	buf_release(&v.told);
}

static int note_verdict(void *ctx, size_t i, const struct submit_result *r)
{
	char (*out)[600] = ctx;

	if (strcmp(out[i], "not begun") != 0)
		snprintf(out[i], sizeof(out[i]), "told twice");
	else
		snprintf(out[i], sizeof(out[i]), "%s: %s", submit_verdict_name(r->verdict), r->answer);
	return r->verdict == SUBMIT_HELD || r->verdict == SUBMIT_BUSY;
}

void visit_with_mails(const struct server *to, int mails, char out[VISIT_MAILS][600])
{
	static const char MAIL[] = "From: a@kommun.example\r\n\r\nHej\r\n";
	char who[VISIT_MAILS][40], id[VISIT_MAILS][40];
	struct submission m[VISIT_MAILS];
	struct sender *s;
	struct err e = ERR_INIT;

	ck_assert_int_le(mails, VISIT_MAILS);
	for (int i = 0; i < mails; i++) {
		snprintf(out[i], sizeof(out[i]), "not begun");
		snprintf(who[i], sizeof(who[i]), i ? "b%d@kund.example" : "b@kund.example", i + 1);
		snprintf(id[i], sizeof(id[i]), "<%d+a=b@kommun.example>", i + 1);
		m[i] = (struct submission){ .from = "a@kommun.example", .to = who[i], .bytes = MAIL,
			.len = strlen(MAIL), .message_id = id[i] };
	}
	ck_assert_int_eq(sender_smtp(to, "client.example", &s, &e), 0);
	sender_submit_many(s, m, (size_t)mails, note_verdict, out);
	sender_free(s);
}

static void visit_smtp(const struct server *to, char *out, size_t size)
{
	char one[VISIT_MAILS][600];

	visit_with_mails(to, 1, one);
	snprintf(out, size, "%s", one[0]);
}

bool visit_said(const char *wanted, const char *out, bool smtp)
{
	const char *words = smtp ? strchr(wanted, ':') : wanted;

	if (!words)
		return strcmp(wanted, out) == 0;
	return !strncmp(wanted, out, (size_t)(words - wanted)) && strstr(out, words + (smtp ? 2 : 0));
}

void visit(const struct server *to, bool smtp, const char *put_away, char *out, size_t size)
{
	if (smtp)
		visit_smtp(to, out, size);
	else
		visit_imap(to, put_away, out, size);
}
