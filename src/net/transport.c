/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdarg.h>
#include <stdio.h>

#include "core/address.h"
#include "internal.h"

void line_tidy(char *text)
{
	char *to = text;

	for (const char *at = text; *at; at++) {
		unsigned char c = (unsigned char)*at;
		bool blank = c <= ' ' || c == 0x7f;
		if (blank && (to == text || to[-1] == ' '))
			continue;
		*to++ = blank ? ' ' : *at;
	}
	if (to > text && to[-1] == ' ')
		to--;
	*to = '\0';
}

void submit_say(struct submit_result *out, enum submit_verdict verdict, const char *fmt, ...)
{
	va_list ap;

	out->verdict = verdict;
	va_start(ap, fmt);
	vsnprintf(out->answer, sizeof(out->answer), fmt, ap);
	va_end(ap);
	line_tidy(out->answer);
}

bool submission_ok(const struct submission *m, struct submit_result *out)
{
	struct err e = ERR_INIT;

	if (address_check(m->from, &e))
		/* the sender is our own setting: no letter would fare better */
		submit_say(out, SUBMIT_HELD, "%s", e.text);
	else if (address_check(m->to, &e))
		submit_say(out, SUBMIT_FAILED, "%s", e.text);
	else
		return true;
	return false;
}

static int keep_result(void *ctx, size_t i, const struct submit_result *r)
{
	(void)i;
	*(struct submit_result *)ctx = *r;
	return 0;
}

void sender_submit(struct sender *s, const char *from, const char *to, const char *bytes,
                   size_t len, const char *message_id, struct submit_result *out)
{
	struct submission m = { .from = from, .to = to, .bytes = bytes, .len = len,
	                        .message_id = message_id };

	submit_say(out, SUBMIT_BUSY, "it was not begun");
	sender_submit_many(s, &m, 1, keep_result, out);
}

void sender_submit_many(struct sender *s, const struct submission *m, size_t n,
                        submitted_fn *told, void *ctx)
{
	int stop = 0;

	if (s->ops->submit_begin) {
		s->ops->submit_begin(s, m, n, told, ctx);
		s->ops->submit_end(s);
		return;
	}
	if (s->ops->submit_many) {
		s->ops->submit_many(s, m, n, told, ctx);
		return;
	}
	for (size_t i = 0; i < n && !stop; i++) {
		struct submit_result r;

		if (submission_ok(&m[i], &r))
			s->ops->submit(s, m[i].from, m[i].to, m[i].bytes, m[i].len, m[i].message_id, &r);
		stop = told(ctx, i, &r);
	}
}

void sender_submit_begin(struct sender *s, const struct submission *m, size_t n,
                         submitted_fn *told, void *ctx)
{
	if (s->ops->submit_begin) {
		s->ops->submit_begin(s, m, n, told, ctx);
		return;
	}
	s->begun.m = m;
	s->begun.n = n;
	s->begun.told = told;
	s->begun.ctx = ctx;
}

void sender_submit_end(struct sender *s)
{
	if (s->ops->submit_end)
		s->ops->submit_end(s);
	else
		sender_submit_many(s, s->begun.m, s->begun.n, s->begun.told, s->begun.ctx);
}

/* On each, one mail's content is on its way, and another's envelope. */
int submit_window(int connections)
{
	return 2 * (connections > 0 ? connections : 1);
}

void sender_free(struct sender *s)
{
	if (s)
		s->ops->free(s);
}

int receiver_fetch(struct receiver *r, size_t limit, receive_fn *take, void *ctx, struct err *e)
{
	r->look_at = 0;
	return r->ops->fetch(r, limit, take, ctx, e);
}

int receiver_done(struct receiver *r, uint32_t uidvalidity, uint32_t uid, const char *name,
                  struct err *e)
{
	const struct mail_place one = { .uidvalidity = uidvalidity, .uid = uid, .name = name };

	return r->ops->done(r, &one, 1, e);
}

int receiver_done_many(struct receiver *r, const struct mail_place *m, size_t n, struct err *e)
{
	return n ? r->ops->done(r, m, n, e) : 0;
}

void receiver_free(struct receiver *r)
{
	if (r)
		r->ops->free(r);
}
