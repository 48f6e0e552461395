/* SPDX-License-Identifier: EUPL-1.2 */
/* Each server of the table ends with the said words. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "peer.h"
#include "tests/tap.h"

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

static void visit_imap(const struct server *to, bool done, char *out, size_t size)
{
	struct receiver *r;
	struct err e = ERR_INIT;
	int mails = 0;

	ck_assert_int_eq(receiver_imap(to, "INBOX", "Handled", &r, &e), 0);
	if (done && receiver_done(r, 7, 1, NULL, &e))
		snprintf(out, size, "%s", e.text);
	else if (done)
		snprintf(out, size, "done");
	else if (receiver_fetch(r, LIMIT, count_mail, &mails, &e))
		snprintf(out, size, "%s", e.text);
	else
		snprintf(out, size, "mails %d", mails);
	receiver_free(r);
}

static void visit_smtp(const struct server *to, char *out, size_t size)
{
	static const char MAIL[] = "From: a@kommun.example\r\n\r\nHej\r\n";
	struct sender *s;
	struct err e = ERR_INIT;
	struct submit_result r;

	ck_assert_int_eq(sender_smtp(to, "client.example", &s, &e), 0);
	sender_submit(s, "a@kommun.example", "b@kund.example", MAIL, strlen(MAIL), NULL, &r);
	snprintf(out, size, "%s: %s", submit_verdict_name(r.verdict), r.answer);
	sender_free(s);
}

/* "held: ahead of TLS": the verdict at the beginning, the words anywhere. */
static bool said(const char *wanted, const char *out, bool smtp)
{
	size_t verdict = smtp ? strcspn(wanted, ":") : 0;

	return strncmp(wanted, out, verdict) == 0 && strstr(out, wanted + (smtp ? verdict + 2 : 0));
}

static void one_server(int line, char **field, int n)
{
	char out[1200];
	struct script s = { 0 };
	struct peer_clock clock;

	ck_assert_msg(n > 3, "line %d: too few fields", line);
	script_of_fields(&s, field + 3, n - 3);
	bool smtp = strncmp(field[1], "smtp", 4) == 0;
	struct fake f = fake_start(peer_talk, &s);
	peer_clock_start(&clock, &f);
	struct server to = { .host = "127.0.0.1", .port = f.port, .timeout_s = 30,
		.clock = &clock.clock,
		.tls = strstr(field[1], "+tls") ? TLS_STARTTLS : TLS_NONE,
		.user = strstr(field[1], "+user") ? "eva" : NULL,
		.password = strstr(field[1], "+user") ? "hemligt" : NULL };

	if (smtp)
		visit_smtp(&to, out, sizeof(out));
	else
		visit_imap(&to, strstr(field[1], "+done"), out, sizeof(out));
	fake_end(&f, NULL, 0);
	ck_assert_msg(said(field[2], out, smtp), "line %d, %s: wanted \"%s\", got \"%s\"", line,
	              field[0], field[2], out);
	if (getenv("OVERSYN_VERBOSE"))
		printf("# %s: %s\n", field[0], out);
}

START_TEST(every_server_ends_well)
{
	tap_table("tests/cases/hostile-servers.txt", one_server);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("hostile");
	TCase *tc = tcase_create("hostile");

	tcase_set_timeout(tc, 120);
	tcase_add_test(tc, every_server_ends_well);
	suite_add_tcase(suite, tc);
	return tap_run(suite);
}
