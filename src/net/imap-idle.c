/* SPDX-License-Identifier: EUPL-1.2 */
#include <poll.h>
#include <stdio.h>

#include "imap.h"

/*
 * IDLE (RFC 2177), not by libetpan: its own waits for ever when a line comes
 * ahead of the "+", and does not see one that comes in the same packet. Here the
 * guard notes what each line says, in whatever packet it comes. Nothing is
 * mended: what is not as it should be ends the session, and the mailbox is looked
 * at afresh.
 */

/* libetpan has nothing left to read; what it had, the guard has seen. */
static void take_over(struct imap *m)
{
	m->stream->view->read_buffer_len = 0;
}

static void begin(struct imap *m, int64_t now)
{
	char line[32];

	take_over(m);
	news_await(&m->stream->guard.news, ++m->idle.n);
	imap_bound(m, 0, IMAP_ANSWER_BYTES);
	snprintf(line, sizeof(line), "%s IDLE\r\n", m->stream->guard.news.tag);
	m->idle.on = true;
	m->idle.asked = now + m->stream->timeout_s * INT64_C(1000);
	m->idle.until = now + RECEIVER_IDLE_S * INT64_C(1000);
	if (m->server.token_url && m->token.good_ms < m->idle.until)
		m->idle.until = m->token.good_ms;
	stream_say(m->stream, line); /* a trouble is found when it is listened to */
}

static void break_off(struct imap *m)
{
	m->idle.broke = true;
	imap_close(m);
}

void imap_idle_end(struct imap *m)
{
	if (!m->idle.on)
		return;
	const struct guard *g = &m->stream->guard;
	imap_bound(m, 0, IMAP_ANSWER_BYTES);
	/* also what it says after its answer, to the end of the line */
	int bad = stream_say(m->stream, "DONE\r\n");
	while (!bad && (!g->news.answered || g->line || g->literal)) {
		int heard = stream_hear(m->stream);
		bad = heard < 0 || (!heard && stream_wait(m->stream, POLLIN));
	}
	m->idle.on = false;
	if (bad)
		break_off(m);
}

/* 1: look; 0: nothing yet. */
static int listen_in(struct imap *m, int64_t now, struct watch *w)
{
	const struct news *news = &m->stream->guard.news;
	int heard;

	do
		heard = stream_hear(m->stream);
	while (heard > 0);
	/* refused, ended by the server, or never answered */
	if (heard < 0 || news->bye || news->answered || (!news->go_ahead && now >= m->idle.asked)) {
		break_off(m);
		return 1;
	}
	if (news->go_ahead && (news->exists > news->seen || now >= m->idle.until)) {
		imap_idle_end(m);
		return 1;
	}
	w->fd = m->stream->fd;
	w->until = news->go_ahead ? m->idle.until : m->idle.asked;
	return 0;
}

int imap_watch(struct imap *m, int64_t now, struct watch *w, struct err *e)
{
	if (m->idle.on)
		return listen_in(m, now, w);
	if (imap_ready(m, e))
		return -1;
	/* came with the answers since the last look */
	if (m->stream->guard.news.exists > m->stream->guard.news.seen)
		return 1;
	bool broke = m->idle.broke;
	m->idle.broke = false;
	if (broke || !imap_has(m, "IDLE"))
		return 0;
	begin(m, now);
	return listen_in(m, now, w);
}
