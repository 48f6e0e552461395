/* SPDX-License-Identifier: EUPL-1.2 */
#include <gnutls/gnutls.h>
#include <sasl/sasl.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "login.h"
#include "smtp.h"

/*
 * AUTH (RFC 4954), by Cyrus SASL. Not by libetpan's: that cuts lines at 512
 * bytes, and lets a server pass that does not prove itself in SCRAM.
 */
enum { ROUNDS_MOST = 8, LINE_MOST = 510 };

/* What the server's 334 says; false: it is no base64. */
static bool take_challenge(const struct smtp_session *c, struct buf *out)
{
	gnutls_datum_t raw = { 0 };
	union {
		const char *in;
		unsigned char *out;
	} text = { .in = c->answer.text.data };
	gnutls_datum_t in = { .data = text.out, .size = (unsigned int)strcspn(text.in, " \r\n") };

	buf_clear(out);
	if (!in.size)
		return true;
	if (gnutls_base64_decode2(&in, &raw) < 0)
		return false;
	buf_add(out, raw.data, raw.size);
	gnutls_free(raw.data);
	return true;
}

/* It may be a secret. */
static void add_secret(struct smtp_session *c, const char *bytes, size_t len)
{
	buf_add(&c->secrets, bytes, len);
	buf_chr(&c->secrets, '\n');
}

static int say(struct smtp_session *c, const void *bytes, size_t len)
{
	struct buf line AUTO(login_wipe) = BUF_INIT;

	login_base64(&line, bytes, len);
	add_secret(c, line.data, line.len);
	buf_str(&line, "\r\n");
	return smtp_ask(c, line.data);
}

/* ---- Cyrus SASL asks for what it needs ---- */

static int give_name(void *ctx, int id, const char **result, unsigned *len)
{
	const struct smtp_session *c = ctx;

	if (id != SASL_CB_USER && id != SASL_CB_AUTHNAME)
		return SASL_FAIL;
	*result = id == SASL_CB_USER ? "" : c->of->server.user;
	if (len)
		*len = (unsigned)strlen(*result);
	return SASL_OK;
}

static int give_password(sasl_conn_t *conn, void *ctx, int id, sasl_secret_t **secret)
{
	(void)conn;
	if (id != SASL_CB_PASS)
		return SASL_FAIL;
	*secret = ctx;
	return SASL_OK;
}

/* Its words go nowhere: they would land in syslog. */
static int be_quiet(void *ctx, int level, const char *message)
{
	(void)ctx;
	(void)level;
	(void)message;
	return SASL_OK;
}

static sasl_secret_t *secret_of(const char *password)
{
	size_t len = strlen(password);
	sasl_secret_t *secret = mem_zalloc(sizeof(*secret) + len);

	secret->len = len;
	memcpy(secret->data, password, len);
	return secret;
}

static bool not_installed(const char *way, struct submit_result *out)
{
	submit_say(out, SUBMIT_HELD, "this machine cannot do AUTH %s: install Cyrus SASL's modules "
	           "(libsasl2-modules)", way);
	return false;
}

static bool not_proven(struct smtp_session *c, const char *way, struct submit_result *out)
{
	/* a server that is lied to may be talked to no further */
	stream_fail(c->stream, "it does not know the password");
	submit_say(out, SUBMIT_HELD, "%s did not prove that it knows the password (AUTH %s): it is not "
	           "the server that it should be", c->of->server.host, way);
	return false;
}

/* As smtp_refused(), but without the server's words where they hold a part of what it may
 * not be told with. */
static bool refused(struct smtp_session *c, const char *what, struct submit_result *out)
{
	if (!smtp_refused(c, PHASE_AUTH, 235, out))
		return false;
	if (c->answer.code && login_says_back(out->answer, &c->secrets, LOGIN_PART))
		submit_say(out, out->verdict, "%d (it says the %s back)", c->answer.code, what);
	else if (!c->answer.code && login_quotes_back(out->answer, &c->secrets, LOGIN_PART))
		submit_say(out, out->verdict, "%s: its answer is not that of an SMTP server (it says the %s back)",
		           c->of->server.host, what);
	return true;
}

/* The command, with the first answer in it where that fits the line. */
static int begin(struct smtp_session *c, const char *way, const char *first, size_t len, bool *said)
{
	struct buf line AUTO(login_wipe) = BUF_INIT;

	buf_fmt(&line, "AUTH %s", way);
	size_t short_form = line.len;
	*said = first != NULL;
	if (first)
		buf_chr(&line, ' ');
	if (first && !len)
		buf_chr(&line, '=');
	login_base64(&line, first, first ? len : 0);
	add_secret(c, line.data + short_form, line.len - short_form);
	if (line.len > LINE_MOST) {
		buf_cut(&line, short_form);
		*said = false;
	}
	buf_str(&line, "\r\n");
	return smtp_ask(c, line.data);
}

static bool converse(struct smtp_session *c, sasl_conn_t *conn, const char *way,
                     struct submit_result *out)
{
	struct buf challenge AUTO(buf_release) = BUF_INIT;
	const char *bytes = NULL, *chosen;
	unsigned len = 0;
	bool said;
	int state = sasl_client_start(conn, way, NULL, &bytes, &len, &chosen);

	if (state != SASL_OK && state != SASL_CONTINUE)
		return not_installed(way, out);
	int code = begin(c, way, bytes, len, &said);
	if (code == 334 && bytes && !said)
		code = say(c, bytes, len);
	for (int round = 0; code == 334 && state == SASL_CONTINUE && round < ROUNDS_MOST; round++) {
		if (!take_challenge(c, &challenge))
			break;
		state = sasl_client_step(conn, challenge.data, (unsigned)challenge.len, NULL, &bytes, &len);
		if (state != SASL_OK && state != SASL_CONTINUE)
			return not_proven(c, way, out);
		code = say(c, bytes, bytes ? len : 0);
	}
	if (code == 235 && state != SASL_OK)
		return not_proven(c, way, out);
	return !refused(c, "password", out);
}

static bool by_password(struct smtp_session *c, const char *way, struct submit_result *out)
{
	sasl_secret_t *secret = secret_of(c->of->server.password);
	/* sasl.h: callbacks are kept as if they took nothing */
	union {
		int (*name)(void *, int, const char **, unsigned *);
		int (*pass)(sasl_conn_t *, void *, int, sasl_secret_t **);
		int (*log)(void *, int, const char *);
		int (*proc)(void);
	} name = { .name = give_name }, pass = { .pass = give_password }, quiet = { .log = be_quiet };
	sasl_callback_t callbacks[] = {
		{ SASL_CB_USER, name.proc, c },
		{ SASL_CB_AUTHNAME, name.proc, c },
		{ SASL_CB_PASS, pass.proc, secret },
		{ SASL_CB_LOG, quiet.proc, NULL },
		{ SASL_CB_LIST_END, NULL, NULL },
	};
	sasl_conn_t *conn = NULL;
	bool in = false;

	if (sasl_client_init(NULL) == SASL_OK &&
	    sasl_client_new("smtp", c->of->server.host, NULL, NULL, callbacks, 0, &conn) == SASL_OK)
		in = converse(c, conn, way, out);
	else
		not_installed(way, out);
	sasl_dispose(&conn);
	explicit_bzero(secret->data, secret->len);
	mem_free(secret);
	return in;
}

static const char *token_of(const struct smtp_session *c)
{
	return c->of->server.token_url ? c->of->token.text : c->of->server.password;
}

/* Two steps: Postfix breaks at a token of 2 KB in the command itself. */
static bool by_token(struct smtp_session *c, struct submit_result *out)
{
	struct buf words AUTO(login_wipe) = BUF_INIT;
	struct buf why AUTO(buf_release) = BUF_INIT;
	char shown[200];

	if (smtp_ask(c, "AUTH XOAUTH2\r\n") != 334)
		return !refused(c, "token", out);
	login_xoauth2(&words, c->of->server.user, token_of(c));
	if (say(c, words.data, words.len) == 334) {
		/* why it is not taken, and what the answer to an empty line sums up */
		take_challenge(c, &why);
		if (login_says_back(server_words(why.data, shown), &c->secrets, LOGIN_PART))
			snprintf(shown, sizeof(shown), "(it says the token back)");
		if (smtp_ask(c, "\r\n") == 235)
			return not_proven(c, "XOAUTH2", out);
		refused(c, "token", out);
		size_t used = strlen(out->answer);
		snprintf(out->answer + used, sizeof(out->answer) - used, " %s", shown);
		return false;
	}
	return !refused(c, "token", out);
}

static bool offered(const struct smtp_session *c, enum auth_way way)
{
	char word[32];

	snprintf(word, sizeof(word), " %s ", auth_way_name(way));
	return strstr(c->offers.auth, word) != NULL;
}

enum auth_way smtp_way(const struct smtp_session *c)
{
	if (c->of->server.auth != AUTH_AUTO)
		return offered(c, c->of->server.auth) ? c->of->server.auth : AUTH_WAY_COUNT;
	for (enum auth_way way = AUTH_AUTO + 1; way < AUTH_XOAUTH2; way++)
		if (offered(c, way))
			return way;
	return AUTH_WAY_COUNT;
}

static void say_what_to_mend(struct smtp_session *c, enum auth_way way, struct submit_result *out)
{
	char words[sizeof(out->answer)];

	memcpy(words, out->answer, sizeof(words));
	submit_say(out, SUBMIT_HELD, "%s did not let the user %s in (%.300s): mend user name and %s",
	           c->of->server.host, c->of->server.user, words, way == AUTH_XOAUTH2 ? "token" : "password");
}

bool smtp_log_in(struct smtp_session *c, struct submit_result *out)
{
	if (!c->of->server.user)
		return true;
	enum auth_way way = smtp_way(c);
	if (way == AUTH_WAY_COUNT) {
		char ours[100];
		snprintf(ours, sizeof(ours), "%s", c->of->server.auth == AUTH_AUTO ?
		         "a way to log in with a password" : auth_way_name(c->of->server.auth));
		submit_say(out, SUBMIT_HELD, "%s does not offer %s (it offers:%s)", c->of->server.host, ours,
		           *c->offers.auth ? c->offers.auth : " none");
		return false;
	}
	const char *secret = way == AUTH_XOAUTH2 ? token_of(c) : c->of->server.password;
	c->secrets = (struct buf)BUF_INIT;
	buf_reserve(&c->secrets, 4 * strlen(secret) + 1024); /* and no copy stays behind */
	add_secret(c, secret, strlen(secret));
	bool in = way == AUTH_XOAUTH2 ? by_token(c, out) : by_password(c, auth_way_name(way), out);
	login_wipe(&c->secrets);
	if (!in && way == AUTH_XOAUTH2)
		token_drop(&c->of->token); /* the next try has a fresh one */
	/* an answer to the login; not that somebody else answered, or nobody */
	if (!in && out->verdict == SUBMIT_HELD && c->answer.code >= 500 &&
	    !stream_trouble(c->stream))
		say_what_to_mend(c, way, out);
	return in;
}
