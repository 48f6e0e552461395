/* SPDX-License-Identifier: EUPL-1.2 */
/* Four doors, and the certificates that open them: tests/cases/doors.txt. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "peer.h"
#include "visit.h"
#include "tests/tap.h"

static char folder[] = "/tmp/oversyn-doors-XXXXXX";
static char ca_file[sizeof(folder) + 16], own_file[sizeof(folder) + 16];
static struct cert ca, other_ca, impostor;

static void setup(void)
{
	ck_assert_ptr_nonnull(mkdtemp(folder));
	ca = cert_make((struct cert_wish){ .from_days = -60, .to_days = 60 });
	other_ca = cert_make((struct cert_wish){ .authority = "Stranger", .from_days = -60,
		.to_days = 60 });
	impostor = cert_make((struct cert_wish){ .from_days = -60, .to_days = 60 });
	snprintf(ca_file, sizeof(ca_file), "%s/ca.pem", folder);
	snprintf(own_file, sizeof(own_file), "%s/own.pem", folder);
	cert_save(&ca, ca_file);
}

static void teardown(void)
{
	cert_free(&ca);
	cert_free(&other_ca);
	cert_free(&impostor);
	unlink(ca_file);
	unlink(own_file);
	rmdir(folder);
}

#define EHLO "<EHLO> 250-hi\\n250 AUTH PLAIN\\n"
#define SMTP_STEPS EHLO, "<AUTH PLAIN> 235 in\\n", "<MAIL FROM> 250 ok\\n", "<RCPT TO> 250 ok\\n", \
	"<DATA> 354 go\\n", "@dot250 kept\\n", "<QUIT> 221 bye\\n"
#define IMAP_STEPS "<CAPABILITY> @capa", "<LOGIN eva hemligt> %T OK in\\n", "<CAPABILITY> @capa", \
	"<SELECT> * 0 EXISTS\\n* OK [UIDVALIDITY 7] ok\\n%T OK done\\n", "<LOGOUT> * BYE\\n%T OK done\\n"

struct door {
	const char *name;
	bool smtp;
	enum tls_mode tls;
	const char *steps[12];
};

static const struct door DOORS[] = {
	{ "SMTP", true, TLS_IMPLICIT, { "220 hi\\n", SMTP_STEPS } },
	{ "SMTP with STARTTLS", true, TLS_STARTTLS,
	  { "220 hi\\n", "<EHLO> 250-hi\\n250 STARTTLS\\n", "<STARTTLS> 220 go\\n@tls", SMTP_STEPS } },
	{ "IMAP", false, TLS_IMPLICIT, { "* OK hi\\n", IMAP_STEPS } },
	{ "IMAP with STARTTLS", false, TLS_STARTTLS,
	  { "* OK hi\\n", "<CAPABILITY> * CAPABILITY IMAP4rev1 STARTTLS\\n%T OK done\\n",
	    "<STARTTLS> %T OK go\\n@tls", IMAP_STEPS } },
};

static struct cert shown(const char *what)
{
	struct cert_wish wish = { .host = "localhost", .issuer = &ca, .from_days = -1, .to_days = 10 };

	if (!strcmp(what, "other host"))
		wish.host = "mail.other.example";
	else if (!strcmp(what, "like a parent"))
		wish.host = "host.localhost";
	else if (!strcmp(what, "expired"))
		wish.from_days = -10, wish.to_days = -1;
	else if (!strcmp(what, "future"))
		wish.from_days = 2;
	else if (!strcmp(what, "for a client"))
		wish.client = true;
	else if (!strcmp(what, "self-signed"))
		wish.issuer = NULL;
	else if (!strcmp(what, "stranger"))
		wish.issuer = &other_ca;
	else if (!strcmp(what, "impostor"))
		wish.issuer = &impostor;
	else
		ck_assert_msg(!strcmp(what, "good") || strstr(what, "tls"), "no such certificate: %s", what);
	return cert_make(wish);
}

static void choose_pin(const char *which, const struct cert *c, char out[100])
{
	static const char WRONG[] = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";
	char right[45];

	cert_pin(c, right);
	bool both = !strcmp(which, "both");
	snprintf(out, 100, "%s%s%s", !strcmp(which, "right") ? "" : WRONG, both ? " " : "",
	         both || !strcmp(which, "right") ? right : "");
}

static void leave_out_tls(struct script *s, char **steps, int n)
{
	s->implicit = false;
	for (int i = 0; i < n; i++) {
		char *at = strstr(steps[i], "@tls");
		if (at)
			memcpy(at, "hey!", 4);
	}
}

static void one_door(const struct door *door, int line, char **field)
{
	struct cert cert = shown(field[0]);
	struct script s = { .cert = &cert, .implicit = door->tls == TLS_IMPLICIT };
	struct peer_clock clock;
	char *steps[ARRAY_LEN(door->steps)], out[1200], pin[100];
	int n = 0;

	for (; n < (int)ARRAY_LEN(door->steps) && door->steps[n]; n++)
		steps[n] = strdup(door->steps[n]);
	if (!strcmp(field[0], "old tls"))
		s.priority = "NORMAL:-VERS-ALL:+VERS-TLS1.1:%COMPAT";
	if (!strcmp(field[0], "no tls"))
		leave_out_tls(&s, steps, n);
	script_of_fields(&s, steps, n);
	cert_save(&cert, own_file);
	choose_pin(field[2], &cert, pin);
	struct fake f = fake_start(peer_talk, &s);
	peer_clock_start(&clock, &f);
	struct server to = { .host = "localhost", .port = f.port, .tls = door->tls, .timeout_s = 30,
		.clock = &clock.clock, .user = "eva", .password = "hemligt",
		.ca_file = !strcmp(field[1], "ours") ? ca_file :
			!strcmp(field[1], "itself") ? own_file : NULL,
		.pin = !strcmp(field[2], "-") ? NULL : pin };

	visit(&to, door->smtp, NULL, out, sizeof(out));
	peer_end(&f, &clock);
	bool in = !strcmp(field[3], "in");
	const char *wanted = !in ? field[3] : door->smtp ? "accepted: 250 kept" : "mails 0";
	ck_assert_msg(strstr(out, wanted) != NULL, "line %d, %s: wanted \"%s\", got \"%s\"", line,
	              door->name, wanted, out);
	ck_assert_msg(clock.heard == in, "line %d, %s: the server heard %s", line, door->name,
	              in ? "nothing" : "something");
	for (int i = 0; i < n; i++)
		free(steps[i]);
	cert_free(&cert);
}

static void all_doors(int line, char **field, int n)
{
	ck_assert_msg(n == 4, "line %d: wants four fields", line);
	for (size_t i = 0; i < ARRAY_LEN(DOORS); i++)
		one_door(&DOORS[i], line, field);
}

START_TEST(only_the_right_server_is_spoken_to)
{
	tap_table("tests/cases/doors.txt", all_doors);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("doors");
	TCase *tc = tcase_create("doors");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_set_timeout(tc, 120);
	tcase_add_test(tc, only_the_right_server_is_spoken_to);
	suite_add_tcase(suite, tc);
	return tap_run(suite);
}
