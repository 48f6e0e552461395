/* SPDX-License-Identifier: EUPL-1.2 */
#include "token.h"

#include <curl/curl.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "base/mem.h"
#include "internal.h"
#include "login.h"
#include "stream-internal.h"

enum {
	ANSWER_MOST = 1 << 16,
	TOKEN_MOST = 16384,
	MARGIN_S = 300,     /* Exchange ends a session when its token runs out */
	LIFE_S = 3600,      /* where the answer does not say: RFC 6749 §5.1 only recommends it */
	TIMEOUT_S = 30,
};

void token_drop(struct token *t)
{
	if (t->text)
		explicit_bzero(t->text, strlen(t->text));
	mem_free(t->text);
	*t = (struct token)TOKEN_INIT;
}

bool token_stale(const struct server *s, const struct token *t)
{
	const struct net_clock *clock = net_clock_or(s->clock);

	return !t->text || clock->now_ms(clock->ctx) >= t->good_ms;
}

/* ---- asking ---- */

static size_t collect(char *bytes, size_t size, size_t n, void *ctx)
{
	struct buf *out = ctx;

	if (size * n > ANSWER_MOST - out->len)
		return 0; /* ends the transfer */
	buf_add(out, bytes, size * n);
	return size * n;
}

static void add_field(CURL *curl, struct buf *out, const char *name, const char *value)
{
	char *escaped = curl_easy_escape(curl, value, 0);

	if (!escaped)
		abort();
	buf_fmt(out, "%s%s=%s", out->len ? "&" : "", name, escaped);
	explicit_bzero(escaped, strlen(escaped));
	curl_free(escaped);
}

/* The one place where curl is told whom to trust: chain and host name, always. */
static void set_up(CURL *curl, const struct server *s, const struct buf *form, struct buf *answer,
                   char why[CURL_ERROR_SIZE])
{
	long seconds = s->timeout_s > 0 ? s->timeout_s : TIMEOUT_S;

	curl_easy_setopt(curl, CURLOPT_URL, s->token_url);
	curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "https");
	curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
	curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 1L);
	curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 2L);
	curl_easy_setopt(curl, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
	if (s->token_ca_file)
		curl_easy_setopt(curl, CURLOPT_CAINFO, s->token_ca_file);
	curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(curl, CURLOPT_TIMEOUT, seconds);
	curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, why);
	curl_easy_setopt(curl, CURLOPT_POSTFIELDS, form->data);
	curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, collect);
	curl_easy_setopt(curl, CURLOPT_WRITEDATA, answer);
}

static instant server_date(CURL *curl)
{
	struct curl_header *date;

	if (curl_easy_header(curl, "Date", 0, CURLH_HEADER, -1, &date) != CURLHE_OK)
		return INSTANT_NONE;
	time_t t = curl_getdate(date->value, NULL);
	return t < 0 ? INSTANT_NONE : (instant)t;
}

static int ask(const struct server *s, struct buf *answer, long *status, instant *date, struct err *e)
{
	struct buf form AUTO(login_wipe) = BUF_INIT;
	char why[CURL_ERROR_SIZE] = "", words[200];
	CURL *curl = curl_easy_init();

	if (!curl)
		abort();
	add_field(curl, &form, "grant_type", "client_credentials");
	add_field(curl, &form, "client_id", s->client_id);
	add_field(curl, &form, "client_secret", s->password);
	add_field(curl, &form, "scope", s->scope);
	set_up(curl, s, &form, answer, why);
	CURLcode r = curl_easy_perform(curl);
	curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, status);
	*date = server_date(curl);
	curl_easy_cleanup(curl);
	if (r == CURLE_OK)
		return 0;
	return err_set(e, ERR_OUTSIDE, "no token from %s: %s", s->token_url,
	               server_words(*why ? why : curl_easy_strerror(r), words));
}

/* ---- what it answers (RFC 6749 §5) ---- */

static bool is_token(const char *text)
{
	size_t n = text ? strlen(text) : 0;

	for (size_t i = 0; i < n; i++)
		if (text[i] <= ' ' || text[i] > '~')
			return false;
	return n > 0 && n <= TOKEN_MOST;
}

/* A number, or, from servers of old, a number in quotes. */
static long lifetime(const json_t *answer)
{
	const json_t *field = json_object_get(answer, "expires_in");
	long long s = json_is_string(field) ? strtoll(json_string_value(field), NULL, 10) :
		json_integer_value(field);

	return s > 0 && s <= 86400 ? (long)s : LIFE_S;
}

/* Its words, but for those that hold a part of our secret. */
static void words_of(const struct server *s, const char *text, char out[200])
{
	struct buf secret AUTO(login_wipe) = BUF_INIT;

	buf_str(&secret, s->password ? s->password : "");
	if (login_says_back(server_words(text ? text : "", out), &secret, LOGIN_PART_LONG))
		snprintf(out, 200, "(it says the secret back)");
}

static int refusal(const struct server *s, long status, const json_t *answer, struct err *e)
{
	const char *code = json_string_value(json_object_get(answer, "error"));
	const char *more = json_string_value(json_object_get(answer, "error_description"));
	bool later = status == 429 || status >= 500 ||
		(code && !strcmp(code, "temporarily_unavailable"));
	char what[200], words[200];

	words_of(s, code, what);
	words_of(s, more, words);
	if (later)
		return err_set(e, ERR_OUTSIDE, "no token from %s: HTTP %ld %s %s", s->token_url, status, what,
		               words);
	if (!code)
		return err_set(e, ERR_USAGE, "no token from %s: HTTP %ld, and no word of a token server: mend "
		               "token_url", s->token_url, status);
	return err_set(e, ERR_USAGE, "%s gives the client %s no token (%s: %s): mend client_id, its "
	               "secret, or scope", s->token_url, s->client_id, what, words);
}

static int take(const struct server *s, long status, const struct buf *body, struct token *t,
                struct err *e)
{
	const struct net_clock *clock = net_clock_or(s->clock);
	json_t *answer = json_loadb(body->data, body->len, 0, NULL);
	const char *text = json_string_value(json_object_get(answer, "access_token"));
	const char *type = json_string_value(json_object_get(answer, "token_type"));
	int bad = 0;

	if (status != 200)
		bad = refusal(s, status, answer, e);
	else if (!is_token(text) || !type || strcasecmp(type, "Bearer") != 0)
		bad = err_set(e, ERR_USAGE, "%s answers, but not with a Bearer token: mend token_url",
		              s->token_url);
	if (!bad) {
		long life = lifetime(answer), margin = life / 2 < MARGIN_S ? life / 2 : MARGIN_S;
		t->text = mem_strdup(text);
		t->good_ms = clock->now_ms(clock->ctx) + (int64_t)(life - margin) * 1000;
	}
	json_decref(answer);
	return bad;
}

int token_get(const struct server *s, struct token *t, struct err *e)
{
	struct buf answer AUTO(login_wipe) = BUF_INIT;
	long status = 0;

	if (!token_stale(s, t))
		return 0;
	token_drop(t);
	return ask(s, &answer, &status, &t->date, e) || take(s, status, &answer, t, e) ? -1 : 0;
}
