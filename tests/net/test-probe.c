/* SPDX-License-Identifier: EUPL-1.2 */
/* What is seen on a visit to a mail server: tests/cases/probes.txt. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/attr.h"
#include "base/buf.h"
#include "net/probe.h"
#include "peer.h"
#include "tests/tap.h"

static char folder[] = "/tmp/oversyn-probe-XXXXXX";
static char ca_file[sizeof(folder) + 16];
static struct cert ca, stranger;

static void setup(void)
{
	ck_assert_ptr_nonnull(mkdtemp(folder));
	ca = cert_make((struct cert_wish){ .from_days = -60, .to_days = 90 });
	stranger = cert_make((struct cert_wish){ .authority = "Stranger", .from_days = -60, .to_days = 90 });
	snprintf(ca_file, sizeof(ca_file), "%s/ca.pem", folder);
	cert_save(&ca, ca_file);
}

static void teardown(void)
{
	cert_free(&ca);
	cert_free(&stranger);
	unlink(ca_file);
	rmdir(folder);
}

static struct cert shown(const char *what)
{
	struct cert_wish wish = { .host = "localhost", .issuer = &ca, .from_days = -20, .to_days = 60 };

	if (!strcmp(what, "other host"))
		wish.host = "mail.other.example";
	else if (!strcmp(what, "soon"))
		wish.to_days = 10;
	else if (!strcmp(what, "expired"))
		wish.to_days = -1;
	else if (!strcmp(what, "future"))
		wish.from_days = 2;
	else if (!strcmp(what, "self-signed"))
		wish.issuer = NULL;
	else if (!strcmp(what, "stranger"))
		wish.issuer = &stranger;
	else
		ck_assert_msg(!strcmp(what, "good"), "no such certificate: %s", what);
	return cert_make(wish);
}

/* All that was seen, in words; each ends with a semicolon. */
static void describe(const struct probe *p, struct buf *out)
{
	static const char *const steps[] = { "name", "connect", "tls", "greeting", "token", "login", "mailbox",
		"handled", "done" };
	static const char *const certificates[] = { "unseen", "good", "other name", "expired", "early",
		"untrusted", "unpinned", "refused" };
	static const char *const made[] = { "unseen", "there", "made", "absent" };
	/* to the nearest day, for it took its time to be made */
	long days = p->until == INSTANT_NONE ? 0 : (long)((p->until - time(NULL) + 1000 * 86400 + 43200) / 86400 - 1000);

	buf_fmt(out, "step %s; certificate %s %ld; %s; names %s; issuer %s;", steps[p->step],
	        certificates[p->certificate], days, p->tls ? p->tls : "-", p->names ? p->names : "-",
	        p->issuer ? p->issuer : "-");
	buf_fmt(out, " offers %s; way %s; waiting %u; %s; %s; rights %s; handled rights %s; handled %s; why %s;",
	        p->offers ? p->offers : "-", p->way ? p->way : "-", p->waiting,
	        p->read_only ? "read-only" : "read-write", p->deletes ? "deletes" : "keeps",
	        p->rights ? p->rights : "-", p->handled_rights ? p->handled_rights : "-", made[p->handled],
	        p->why ? p->why : "-");
}

static void expect(int line, const struct probe *p, char *wanted)
{
	struct buf seen AUTO(buf_release) = BUF_INIT;

	describe(p, &seen);
	for (char *at = wanted, *next; at; at = next) {
		next = strstr(at, " & ");
		if (next) {
			*next = '\0';
			next += 3;
		}
		ck_assert_msg(strstr(seen.data, at) != NULL, "line %d: wanted \"%s\", got \"%s\"", line, at, seen.data);
	}
	/* what was in the way is said, and only then */
	ck_assert_msg((p->step == PROBE_DONE) == !p->why, "line %d: %s", line, seen.data);
}

static void row(int line, char **field, int n)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct script s = { .implicit = !strcmp(field[1], "tls") };
	struct peer_clock clock;
	struct probe p;

	ck_assert_msg(n > 4, "line %d: wants the server's part", line);
	struct cert cert = shown(field[2]);
	s.cert = &cert;
	script_of_fields(&s, field + 4, n - 4);
	struct fake f = fake_start(peer_talk, &s);
	peer_clock_start(&clock, &f);
	struct server to = { .host = "localhost", .port = f.port, .timeout_s = 30, .clock = &clock.clock,
		.tls = s.implicit ? TLS_IMPLICIT : !strcmp(field[1], "starttls") ? TLS_STARTTLS : TLS_NONE,
		.user = "eva", .password = "hemligt", .ca_file = ca_file };
	if (!strcmp(field[0], "smtp"))
		probe_smtp(&a, &to, "kommun.example", &p);
	else
		probe_imap(&a, &to, "INBOX", "Handled", true, &p);
	peer_end(&f, &clock);
	expect(line, &p, field[3]);
	ck_assert_int_eq(p.port, f.port);
	ck_assert_str_eq(p.address, "127.0.0.1");
	ck_assert_msg(!clock.heard || p.certificate == PROBE_CERT_GOOD, "line %d: it was spoken to", line);
	cert_free(&cert);
}

START_TEST(what_is_seen_is_told)
{
	tap_table("tests/cases/probes.txt", row);
}
END_TEST

START_TEST(a_name_without_an_address_and_a_port_without_a_server)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct server to = { .host = "nowhere.invalid", .timeout_s = 10 };
	struct probe p;

	probe_smtp(&a, &to, NULL, &p);
	ck_assert_int_eq(p.step, PROBE_NAME);
	ck_assert_ptr_null(p.addresses);
	ck_assert_int_eq(p.port, 465);
	to.tls = TLS_STARTTLS;
	probe_imap(&a, &to, "INBOX", "Handled", false, &p);
	ck_assert_int_eq(p.step, PROBE_NAME);
	ck_assert_int_eq(p.port, 143);
	to.host = "127.0.0.1";
	to.port = 1;
	probe_imap(&a, &to, "INBOX", "Handled", false, &p);
	ck_assert_int_eq(p.step, PROBE_CONNECT);
	ck_assert_int_eq(p.ipv4, 1);
	ck_assert_ptr_null(p.address);
	ck_assert_int_eq(p.certificate, PROBE_CERT_UNSEEN);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("probe");
	TCase *tc = tcase_create("probe");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_set_timeout(tc, 120);
	tcase_add_test(tc, what_is_seen_is_told);
	tcase_add_test(tc, a_name_without_an_address_and_a_port_without_a_server);
	suite_add_tcase(suite, tc);
	return tap_run(suite);
}
