/* SPDX-License-Identifier: EUPL-1.2 */
/* Tokens from a token server that the test plays, and letters sent with them. */
#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "net/probe.h"
#include "peer.h"
#include "src/net/token.h"
#include "tests/tap.h"

static char folder[] = "/tmp/oversyn-token-XXXXXX";
static char ca_file[sizeof(folder) + 16], long_token[6001];
static struct cert ca, good;

static void setup(void)
{
	ck_assert_ptr_nonnull(mkdtemp(folder));
	ca = cert_make((struct cert_wish){ .from_days = -60, .to_days = 60 });
	good = cert_make((struct cert_wish){ .host = "localhost", .issuer = &ca, .from_days = -1,
		.to_days = 10 });
	snprintf(ca_file, sizeof(ca_file), "%s/ca.pem", folder);
	cert_save(&ca, ca_file);
	memset(long_token, 'a', sizeof(long_token) - 1);
	/* the site's own way out has no business with 127.0.0.1 */
	unsetenv("https_proxy");
	unsetenv("HTTPS_PROXY");
	unsetenv("all_proxy");
	unsetenv("ALL_PROXY");
}

static void teardown(void)
{
	cert_free(&ca);
	cert_free(&good);
	unlink(ca_file);
	rmdir(folder);
	memcpy(folder + strlen(folder) - 6, "XXXXXX", 6);
}

/* ---- the token server ---- */

struct answer {
	const struct cert *cert;
	int status;
	const char *body;
};

/* The request: its headers, and as many bytes as they promise. */
static void read_request(gnutls_session_t tls, char *out, size_t size)
{
	size_t n = 0, want = size - 1;
	ssize_t got;

	while (n < want && (got = gnutls_record_recv(tls, out + n, want - n)) > 0) {
		out[n += (size_t)got] = '\0';
		const char *end = strstr(out, "\r\n\r\n"), *length = strcasestr(out, "content-length:");
		if (end && length)
			want = (size_t)(end + 4 - out) + strtoul(length + 15, NULL, 10);
	}
}

/* Reports "request line|body", and a line end. */
static void report_request(int report, const char *request)
{
	const char *body = strstr(request, "\r\n\r\n");

	dprintf(report, "%.*s|%s\n", (int)strcspn(request, "\r"), request, body ? body + 4 : "");
}

static void http_talk(int fd, int report, void *ctx)
{
	const struct answer *a = ctx;
	struct buf text = BUF_INIT;
	gnutls_certificate_credentials_t own;
	gnutls_session_t tls;
	char request[8192] = "";

	gnutls_certificate_allocate_credentials(&own);
	gnutls_certificate_set_x509_key(own, &(gnutls_x509_crt_t){ a->cert->crt }, 1, a->cert->key);
	gnutls_init(&tls, GNUTLS_SERVER | GNUTLS_NO_SIGNAL);
	gnutls_priority_set_direct(tls, "NORMAL", NULL);
	gnutls_credentials_set(tls, GNUTLS_CRD_CERTIFICATE, own);
	gnutls_transport_set_int(tls, fd);
	if (gnutls_handshake(tls) == 0) {
		read_request(tls, request, sizeof(request));
		report_request(report, request);
		buf_fmt(&text, "HTTP/1.1 %d x\r\nContent-Length: %zu\r\nLocation: https://127.0.0.1:1/\r\n"
		        "Connection: close\r\n\r\n%s", a->status, strlen(a->body), a->body);
		for (size_t at = 0; at < text.len; ) {
			ssize_t n = gnutls_record_send(tls, text.data + at, text.len - at);
			if (n <= 0)
				break;
			at += (size_t)n;
		}
		gnutls_bye(tls, GNUTLS_SHUT_WR);
	}
	close(fd);
}

static struct server asking(const struct fake *f, char url[64])
{
	snprintf(url, 64, "https://localhost:%d/t/oauth2/token", f->port);
	return (struct server){ .host = "localhost", .user = "granskning@kommun.example",
		.password = "s&e=cret+å", .auth = AUTH_XOAUTH2, .token_url = url, .token_ca_file = ca_file,
		.client_id = "11-22", .scope = "https://outlook.office365.com/.default", .timeout_s = 30 };
}

/* ---- the table ---- */

static const char *body_of(const char *field, struct buf *out)
{
	const char *at = strstr(field, "@long");

	if (!strcmp(field, "@flood"))
		for (int i = 0; i < 100000; i++)
			buf_chr(out, 'a');
	else if (at)
		buf_fmt(out, "%.*s%s%s", (int)(at - field), field, long_token, at + 5);
	else
		buf_str(out, field);
	return out->data;
}

static void one_answer(int line, char **field, int n)
{
	struct buf body AUTO(buf_release) = BUF_INIT, wanted AUTO(buf_release) = BUF_INIT;
	struct buf said AUTO(buf_release) = BUF_INIT;
	struct token t = TOKEN_INIT;
	struct err e = ERR_INIT;
	char url[64], report[4096];

	ck_assert_msg(n == 4, "line %d: wants four fields", line);
	struct answer a = { .cert = &good, .status = atoi(field[1]), .body = body_of(field[2], &body) };
	struct fake f = fake_start(http_talk, &a);
	struct server s = asking(&f, url);
	struct peer_clock clock = { .report = -1 };
	peer_clock_start(&clock, &f);
	s.clock = &clock.clock;
	int64_t start = peer_clock_now(&clock);
	if (token_get(&s, &t, &e))
		buf_fmt(&said, "error %d: %s", (int)e.kind, e.text);
	else
		buf_fmt(&said, "token %s, %lld s", t.text, (long long)((t.good_ms - start) / 1000));
	token_drop(&t);
	fake_end(&f, report, sizeof(report));
	body_of(field[3], &wanted);
	bool ok = strncmp(said.data, "error", 5) ? !strcmp(said.data, wanted.data) :
		!strncmp(said.data, wanted.data, 8) && strstr(said.data, wanted.data + 9);
	ck_assert_msg(ok, "line %d, %s: wanted \"%s\", got \"%s\"", line, field[0], field[3], said.data);
	ck_assert_str_eq(report, "POST /t/oauth2/token HTTP/1.1|grant_type=client_credentials"
	                 "&client_id=11-22&client_secret=s%26e%3Dcret%2B%C3%A5"
	                 "&scope=https%3A%2F%2Foutlook.office365.com%2F.default\n");
}

START_TEST(every_answer_is_understood)
{
	tap_table("tests/cases/token-answers.txt", one_answer);
}
END_TEST

static const char GOOD[] = "{\"token_type\":\"Bearer\",\"expires_in\":3600,\"access_token\":\"tok-1\"}";

START_TEST(gives_the_secret_to_nobody_else)
{
	static const struct cert_wish WRONG[] = {
		{ .host = "other.example", .issuer = &ca, .from_days = -1, .to_days = 10 },
		{ .host = "localhost", .from_days = -1, .to_days = 10 },
		{ .host = "localhost", .issuer = &ca, .from_days = -9, .to_days = -1 },
	};

	for (size_t i = 0; i <= ARRAY_LEN(WRONG); i++) {
		struct cert c = cert_make(i < ARRAY_LEN(WRONG) ? WRONG[i] : WRONG[0]);
		struct answer a = { .cert = i < ARRAY_LEN(WRONG) ? &c : &good, .status = 200, .body = GOOD };
		struct fake f = fake_start(http_talk, &a);
		struct token t = TOKEN_INIT;
		struct err e = ERR_INIT;
		char url[64], report[256];
		struct server s = asking(&f, url);
		if (i == ARRAY_LEN(WRONG)) /* right, but nobody told us of its authority */
			s.token_ca_file = NULL;
		ck_assert_int_eq(token_get(&s, &t, &e), -1);
		ck_assert_int_eq(e.kind, ERR_OUTSIDE);
		fake_end(&f, report, sizeof(report));
		/* curl looks at the certificate after the handshake, but says nothing */
		ck_assert_msg(!*report || !strcmp(report, "|\n"), "said: %s", report);
		cert_free(&c);
	}
}
END_TEST

START_TEST(never_asks_in_the_clear)
{
	struct answer a = { .cert = &good, .status = 200, .body = GOOD };
	struct fake f = fake_start(http_talk, &a);
	struct token t = TOKEN_INIT;
	struct err e = ERR_INIT;
	char url[64];
	struct server s = asking(&f, url);

	memmove(url + 4, url + 5, strlen(url + 4)); /* http:// */
	ck_assert_int_eq(token_get(&s, &t, &e), -1);
	/* nobody came; let it go */
	fake_end(&f, NULL, 0);
}
END_TEST

/* ---- with a mail server beside it ---- */

static const char *const SMTP[] = {
	"220 hi\\n", "<EHLO> 250-hi\\n250 AUTH XOAUTH2\\n", "<AUTH XOAUTH2> 334 \\n", "<@xoauth2> 235 in\\n",
	"<MAIL FROM> 250 ok\\n", "<RCPT TO> 250 ok\\n", "<DATA> 354 go\\n", "@dot250 kept\\n",
};

static void submit(struct sender *s)
{
	struct submit_result r;

	sender_submit(s, "a@kommun.example", "b@kund.example", "Subject: x\r\n\r\n", 14, NULL, &r);
	ck_assert_msg(r.verdict == SUBMIT_ACCEPTED, "%s: %s", submit_verdict_name(r.verdict), r.answer);
}

START_TEST(a_letter_goes_with_a_fresh_token)
{
	struct answer a = { .cert = &good, .status = 200, .body = GOOD };
	struct script script = { .user = "granskning@kommun.example", .token = "tok-1",
		.cert = &good, .implicit = true };
	char *steps[ARRAY_LEN(SMTP)], url[64], report[4096];
	struct peer_clock clock;
	struct sender *sender;
	struct err e = ERR_INIT;

	for (size_t i = 0; i < ARRAY_LEN(SMTP); i++)
		steps[i] = strdup(SMTP[i]);
	script_of_fields(&script, steps, ARRAY_LEN(steps));
	struct fake http = fake_start_many(http_talk, &a, 2);
	struct fake smtp = fake_start_many(peer_talk, &script, 2);
	struct server s = asking(&http, url);
	peer_clock_start(&clock, &smtp);
	s.clock = &clock.clock;
	s.port = smtp.port;
	s.tls = TLS_IMPLICIT;
	s.ca_file = ca_file;
	ck_assert_int_eq(sender_smtp(&s, "client.example", &sender, &e), 0);
	submit(sender);
	/* five minutes before it runs out, the line is given up and a new one fetched */
	clock.ahead_ms += 3301 * 1000;
	submit(sender);
	sender_free(sender);
	fake_end(&smtp, NULL, 0);
	fake_end(&http, report, sizeof(report));
	const char *second = strchr(report, '\n');
	ck_assert_msg(second && !strncmp(second + 1, "POST", 4), "asked: %s", report);
	for (size_t i = 0; i < ARRAY_LEN(SMTP); i++)
		free(steps[i]);
}
END_TEST

static int no_mail(void *ctx, const struct fetched *m, struct err *e)
{
	(void)ctx;
	(void)m;
	return err_set(e, ERR_FOUND, "a mail");
}

#define HELLO "* OK hello\\n", "* CAPABILITY IMAP4rev1 AUTH=XOAUTH2 SASL-IR\\n%T OK done\\n", \
	"<@xoauth2> %T OK in\\n", "* CAPABILITY IMAP4rev1 IDLE\\n%T OK done\\n", \
	"<SELECT> * 0 EXISTS\\n* OK [UIDVALIDITY 7] ok\\n%T OK done\\n"
#define AGAIN 8 /* where the second connection begins */

/* Exchange cuts a session when its token runs out: we end it before that. */
START_TEST(a_wait_ends_before_its_token)
{
	static const char *const IMAP[] = { HELLO, "<IDLE> + idling\\n@200s", "<DONE> w1 OK done\\n",
		"<LOGOUT> %T OK bye\\n@again", HELLO, "<LOGOUT> %T OK bye\\n" };
	struct answer a = { .cert = &good, .status = 200, .body =
		"{\"token_type\":\"Bearer\",\"expires_in\":400,\"access_token\":\"tok-1\"}" };
	struct script script = { .user = "granskning@kommun.example", .token = "tok-1",
		.cert = &good, .implicit = true };
	char *steps[ARRAY_LEN(IMAP)], url[64], report[4096];
	struct peer_clock clock;
	struct receiver *r;
	struct err e = ERR_INIT;
	enum waited waited;

	for (size_t i = 0; i < ARRAY_LEN(IMAP); i++)
		steps[i] = strdup(IMAP[i]);
	script_of_fields(&script, steps, ARRAY_LEN(steps));
	script.step[AGAIN].waits = false;
	struct fake http = fake_start_many(http_talk, &a, 2);
	struct fake imap = fake_start_many(peer_talk, &script, 2);
	struct server s = asking(&http, url);
	peer_clock_start(&clock, &imap);
	s.clock = &clock.clock;
	s.port = imap.port;
	s.tls = TLS_IMPLICIT;
	s.ca_file = ca_file;
	int64_t start = net_now_ms(s.clock);
	ck_assert_int_eq(receiver_imap(&s, "INBOX", "Handled", &r, &e), 0);
	ck_assert_msg(!receiver_wait(r, s.clock, start + 500000, &waited, &e), "%s", e.text);
	ck_assert_int_eq(waited, WAITED_LOOK);
	ck_assert_int_lt(net_now_ms(s.clock) - start, 230000);
	ck_assert_msg(!receiver_fetch(r, 1000, no_mail, NULL, &e), "%s", e.text);
	receiver_free(r);
	fake_end(&imap, NULL, 0);
	fake_end(&http, report, sizeof(report));
	const char *second = strchr(report, '\n');
	ck_assert_msg(second && !strncmp(second + 1, "POST", 4), "asked: %s", report);
	for (size_t i = 0; i < ARRAY_LEN(IMAP); i++)
		free(steps[i]);
}
END_TEST

static const char *const LOGIN[] = {
	"220 hi\\n", "<EHLO> 250-hi\\n250 AUTH XOAUTH2\\n", "<AUTH XOAUTH2> 334 \\n", "<@xoauth2> 235 in\\n",
	"<QUIT> 221 bye\\n",
};

/* Who looks whether all is well sees how long the token lives, or why there is none. */
static void probe_with(const struct answer *a, struct arena *arena, struct probe *out)
{
	struct script script = { .user = "granskning@kommun.example", .token = "tok-1",
		.cert = &good, .implicit = true };
	char *steps[ARRAY_LEN(LOGIN)], url[64];
	struct answer http_answer = *a;

	for (size_t i = 0; i < ARRAY_LEN(LOGIN); i++)
		steps[i] = strdup(LOGIN[i]);
	script_of_fields(&script, steps, ARRAY_LEN(steps));
	struct fake http = fake_start(http_talk, &http_answer);
	struct fake smtp = fake_start(peer_talk, &script);
	struct server s = asking(&http, url);
	s.port = smtp.port;
	s.tls = TLS_IMPLICIT;
	s.ca_file = ca_file;
	probe_smtp(arena, &s, "client.example", out);
	fake_end(&smtp, NULL, 0);
	fake_end(&http, NULL, 0);
	for (size_t i = 0; i < ARRAY_LEN(LOGIN); i++)
		free(steps[i]);
}

START_TEST(a_probe_tells_of_the_token)
{
	struct answer granted = { .cert = &good, .status = 200, .body = GOOD };
	struct answer refused = { .cert = &good, .status = 401, .body =
		"{\"error\":\"invalid_client\",\"error_description\":\"AADSTS7000222: expired\"}" };
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct probe p;

	probe_with(&granted, &a, &p);
	ck_assert_msg(p.step == PROBE_DONE, "step %d: %s", (int)p.step, p.why ? p.why : "-");
	ck_assert_str_eq(p.way, "XOAUTH2");
	/* an hour, less what is left over for a login and what this took */
	ck_assert_int_gt(p.token_s, 3000);
	ck_assert_int_le(p.token_s, 3600);

	probe_with(&refused, &a, &p);
	ck_assert_int_eq(p.step, PROBE_TOKEN);
	ck_assert_msg(p.why && strstr(p.why, "AADSTS7000222"), "%s", p.why ? p.why : "-");
	/* what was seen before it is told all the same */
	ck_assert_int_eq(p.certificate, PROBE_CERT_GOOD);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("token");
	TCase *tc = tcase_create("token");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_set_timeout(tc, 120);
	tcase_add_test(tc, every_answer_is_understood);
	tcase_add_test(tc, gives_the_secret_to_nobody_else);
	tcase_add_test(tc, never_asks_in_the_clear);
	tcase_add_test(tc, a_letter_goes_with_a_fresh_token);
	tcase_add_test(tc, a_wait_ends_before_its_token);
	tcase_add_test(tc, a_probe_tells_of_the_token);
	suite_add_tcase(suite, tc);
	return tap_run(suite);
}
