/* SPDX-License-Identifier: EUPL-1.2 */
#include "imap.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "login.h"

enum { SELECT_AGAIN_MS = 30 * 60 * 1000 };

void imap_bound(struct imap *m, int more_seconds, size_t bytes)
{
	stream_bound(m->stream, m->stream->timeout_s + more_seconds, bytes);
}

void imap_close(struct imap *m)
{
	m->idle.on = false;
	if (m->session) {
		stream_bound(m->stream, 5, IMAP_ANSWER_BYTES);
		mailimap_free(m->session);
	}
	m->session = NULL;
	m->uidvalidity = 0;
	stream_free(m->stream);
	m->stream = NULL;
}

void imap_release(struct imap *m)
{
	imap_close(m);
	token_drop(&m->token);
	server_release(&m->server);
	mem_free(m->mailbox);
}

int imap_fail(struct imap *m, const char *doing, struct err *e)
{
	const char *trouble = stream_trouble(m->stream);
	char words[200];

	if (trouble) {
		err_set(e, ERR_OUTSIDE, "%s, %s: %s", m->server.host, doing, trouble);
		imap_close(m);
		return -1;
	}
	if (!*server_words(m->session->imap_response, words))
		return err_set(e, ERR_OUTSIDE, "%s, %s: the answer cannot be understood (is the port that "
		               "of an IMAP server?)", m->server.host, doing);
	return err_set(e, ERR_OUTSIDE, "%s, %s: the server answers \"%s\"", m->server.host, doing,
	               words);
}

/* A fault after which libetpan and the server may not agree where they are. */
static int give_up(struct imap *m, const char *doing, struct err *e)
{
	imap_fail(m, doing, e);
	imap_close(m);
	return -1;
}

static bool has(struct imap *m, int type, const char *word)
{
	struct mailimap_connection_info *info = m->session->imap_connection_info;

	if (!info || !info->imap_capability)
		return false;
	for (clistiter *at = clist_begin(info->imap_capability->cap_list); at; at = clist_next(at)) {
		const struct mailimap_capability *one = clist_content(at);
		const char *is = one->cap_type == MAILIMAP_CAPABILITY_NAME ? one->cap_data.cap_name :
			one->cap_data.cap_auth_type;
		if (one->cap_type == type && strcasecmp(is, word) == 0)
			return true;
	}
	return false;
}

bool imap_has(struct imap *m, const char *capability)
{
	return has(m, MAILIMAP_CAPABILITY_NAME, capability);
}

/*
 * Asks anew, whatever the greeting said. Not by mailimap_capability(): that
 * dies on a server which says OK without saying what it can do.
 */
static int capabilities(struct imap *m, struct err *e)
{
	struct mailimap_connection_info *info = m->session->imap_connection_info;

	if (info && info->imap_capability) {
		mailimap_capability_data_free(info->imap_capability);
		info->imap_capability = NULL;
	}
	imap_bound(m, 0, IMAP_ANSWER_BYTES);
	if (mailimap_custom_command(m->session, "CAPABILITY") != MAILIMAP_NO_ERROR)
		return give_up(m, "asked what it can do", e);
	m->heard = imap_has(m, "IMAP4rev1") || imap_has(m, "IMAP4rev2");
	if (m->heard)
		return 0;
	err_set(e, ERR_OUTSIDE, "%s does not speak IMAP4rev1", m->server.host);
	imap_close(m);
	return -1;
}

static int start_tls(struct imap *m, struct err *e)
{
	if (!imap_has(m, "STARTTLS")) {
		err_set(e, ERR_SAFETY, "%s does not offer STARTTLS, and a password does not go in the "
		        "clear: use TLS from the first byte, or mend the server", m->server.host);
		imap_close(m);
		return -1;
	}
	imap_bound(m, 0, IMAP_ANSWER_BYTES);
	int r = mailimap_starttls(m->session);
	/* bytes that came ahead of TLS: stream_start_tls() has the words for it */
	if (r != MAILIMAP_NO_ERROR && !m->session->imap_stream->read_buffer_len)
		return give_up(m, "asked for TLS", e);
	if (stream_start_tls(m->stream, stream_etpan(m->stream)->read_buffer_len, e)) {
		imap_close(m);
		return -1;
	}
	return capabilities(m, e); /* what was offered in the clear counts for nothing */
}

/* Whether the server takes what we have. */
static int may_log_in(struct imap *m, bool token, struct err *e)
{
	if (!m->stream->secure && !m->stream->loopback)
		return err_set(e, ERR_SAFETY, "a password does not go in the clear");
	if (token && !has(m, MAILIMAP_CAPABILITY_AUTH_TYPE, "XOAUTH2"))
		return err_set(e, ERR_SAFETY, "%s does not offer XOAUTH2: it takes no token", m->server.host);
	if (!token && imap_has(m, "LOGINDISABLED"))
		return err_set(e, ERR_SAFETY, "%s takes no password here (LOGINDISABLED): use TLS, or a "
		               "way to log in that it offers", m->server.host);
	return 0;
}

/* Why it was not, without the server's words where they hold a part of what was said. */
static int not_let_in(struct imap *m, const char *what, const struct buf *secrets, struct err *e)
{
	char words[200];

	if (stream_trouble(m->stream)) {
		give_up(m, "logging in", e);
		if (login_quotes_back(e->text, secrets, LOGIN_PART))
			err_set(e, e->kind, "%s, logging in: its answer cannot be understood (it says the %s back)",
			        m->server.host, what);
		return -1;
	}
	if (login_says_back(server_words(m->session->imap_response, words), secrets, LOGIN_PART))
		err_set(e, ERR_OUTSIDE, "%s did not let the user %s in (it says the %s back): mend user name and %s",
		        m->server.host, m->server.user, what, what);
	else
		err_set(e, ERR_OUTSIDE, "%s did not let the user %s in (\"%s\"): mend user name and %s",
		        m->server.host, m->server.user, words, what);
	imap_close(m);
	return -1;
}

static int log_in(struct imap *m, struct err *e)
{
	bool token = m->server.auth == AUTH_XOAUTH2;
	const char *secret = m->server.token_url ? m->token.text : m->server.password;
	struct buf said AUTO(login_wipe) = BUF_INIT, secrets AUTO(login_wipe) = BUF_INIT;

	if (may_log_in(m, token, e)) {
		imap_close(m);
		return -1;
	}
	imap_bound(m, 0, IMAP_ANSWER_BYTES);
	int r = token ? mailimap_oauth2_authenticate(m->session, m->server.user, secret) :
		mailimap_login(m->session, m->server.user, secret);
	if (r == MAILIMAP_NO_ERROR)
		return 0;
	buf_fmt(&secrets, "%s\n", secret);
	if (token)
		login_xoauth2(&said, m->server.user, secret);
	login_base64(&secrets, said.data, said.len);
	if (token)
		token_drop(&m->token); /* the next try has a fresh one */
	return not_let_in(m, token ? "token" : "password", &secrets, e);
}

int imap_greet(struct imap *m, struct err *e)
{
	m->heard = m->known = false;
	if (stream_open_seen(&m->server, m->seen, &m->stream, e))
		return -1;
	m->session = mailimap_new(0, NULL);
	if (!m->session)
		abort();
	imap_bound(m, 0, IMAP_ANSWER_BYTES);
	int r = mailimap_connect(m->session, stream_etpan(m->stream));
	if (r != MAILIMAP_NO_ERROR_AUTHENTICATED && r != MAILIMAP_NO_ERROR_NON_AUTHENTICATED)
		return give_up(m, "at the greeting", e);
	m->known = r == MAILIMAP_NO_ERROR_AUTHENTICATED;
	if (m->known && m->server.tls == TLS_STARTTLS) {
		/* there is no STARTTLS after PREAUTH: a way to keep us in the clear */
		imap_close(m);
		return err_set(e, ERR_SAFETY, "%s says PREAUTH before TLS: use TLS from the first byte",
		               m->server.host);
	}
	return capabilities(m, e) || (m->server.tls == TLS_STARTTLS && start_tls(m, e)) ? -1 : 0;
}

int imap_log_in(struct imap *m, struct err *e)
{
	if (m->known)
		return 0;
	if (!m->server.user) {
		imap_close(m);
		return err_set(e, ERR_USAGE, "%s wants to know who asks: set user and password",
		               m->server.host);
	}
	return log_in(m, e) || capabilities(m, e) ? -1 : 0;
}

/* What the server says of the mailbox that it opened. */
static int check_mailbox(struct imap *m, const struct mailimap_selection_info *info, struct err *e)
{
	m->uidvalidity = info ? info->sel_uidvalidity : 0;
	if (!m->uidvalidity)
		err_set(e, ERR_OUTSIDE, "%s gives the mailbox %s no UIDVALIDITY: mails there cannot be told "
		        "apart", m->server.host, m->mailbox);
	else if (info->sel_perm == MAILIMAP_MAILBOX_READONLY)
		err_set(e, ERR_OUTSIDE, "%s lets %s only read the mailbox %s, and handled mail is moved from "
		        "it: give the user the right to", m->server.host,
		        m->server.user ? m->server.user : "us", m->mailbox);
	else
		return 0;
	imap_close(m);
	return -1;
}

static int64_t now_ms(const struct imap *m)
{
	const struct net_clock *clock = net_clock_or(m->server.clock);

	return clock->now_ms(clock->ctx);
}

static int select_mailbox(struct imap *m, struct err *e)
{
	struct news *news = &m->stream->guard.news;

	m->uidvalidity = 0;
	news->exists = news->seen = 0;
	imap_bound(m, 0, IMAP_ANSWER_BYTES);
	if (mailimap_select(m->session, m->mailbox) != MAILIMAP_NO_ERROR) {
		char words[200];
		if (stream_trouble(m->stream))
			return give_up(m, "opening the mailbox", e);
		err_set(e, ERR_OUTSIDE, "%s does not open the mailbox %s (\"%s\"): mend its name, or the "
		        "rights of the user", m->server.host, m->mailbox,
		        server_words(m->session->imap_response, words));
		imap_close(m);
		return -1;
	}
	m->selected = now_ms(m);
	return check_mailbox(m, m->session->imap_selection_info, e);
}

/* Whether the mailbox is the one that we selected: a server may say otherwise at
 * any time. */
static bool same_mailbox(const struct imap *m)
{
	const struct mailimap_selection_info *info = m->session->imap_selection_info;

	return m->uidvalidity && info && info->sel_uidvalidity == m->uidvalidity;
}

static void close_stale(struct imap *m)
{
	/* the server would end the session with its token */
	if (m->session && m->server.token_url && token_stale(&m->server, &m->token))
		imap_close(m);
}

int imap_ready(struct imap *m, struct err *e)
{
	imap_idle_end(m);
	close_stale(m);
	if (m->session && same_mailbox(m))
		return 0;
	imap_close(m);
	if (m->server.token_url && token_get(&m->server, &m->token, e))
		return -1;
	return imap_greet(m, e) || imap_log_in(m, e) || select_mailbox(m, e) ? -1 : 0;
}

/* Whether the server tells what is new in the mailbox that is selected: with NOOP it costs
 * it next to nothing, where to select it anew makes it read the whole folder (Dovecot with
 * 10,000 mails in a Maildir: a third of what it takes to list them). But a server that keeps
 * to what it once saw is not believed for ever. */
static bool hears_news(struct imap *m)
{
	if (!same_mailbox(m) || now_ms(m) - m->selected > SELECT_AGAIN_MS)
		return false;
	imap_bound(m, 0, IMAP_ANSWER_BYTES);
	return mailimap_noop(m->session) == MAILIMAP_NO_ERROR && same_mailbox(m);
}

int imap_look(struct imap *m, struct err *e)
{
	struct err stale = ERR_INIT;

	imap_idle_end(m);
	close_stale(m);
	if (m->session && (hears_news(m) || select_mailbox(m, &stale) == 0))
		return 0;
	return imap_ready(m, e);
}
