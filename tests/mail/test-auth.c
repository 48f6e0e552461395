/* SPDX-License-Identifier: EUPL-1.2 */
/* Headers in, and who vouches for the sender's domain by them. */
#include <stdlib.h>
#include <string.h>

#include "mail/message.h"
#include "tests/tap.h"

static const char *const own[] = { "k.example", "skola.example" };

static struct mail_known known_for(const char *profile)
{
	struct mail_known k = { .profile = AUTH_NONE, .received = INSTANT_NONE };

	if (!strcmp(profile, "authserv")) {
		k.profile = AUTH_AUTHSERV;
		k.authserv = "mx.t.example";
	} else if (!strcmp(profile, "m365")) {
		k.profile = AUTH_M365;
		k.tenant = "eurprd01.prod.outlook.com";
		k.domains = own;
		k.n_domains = ARRAY_LEN(own);
	} else {
		ck_assert_str_eq(profile, "none");
	}
	return k;
}

static void split(char *line, char **field, int want, int number)
{
	int n = 0;

	for (char *at = line; at && n < want; n++) {
		char *bar = strstr(at, " | ");
		field[n] = at;
		at = bar ? bar + 3 : NULL;
		if (bar)
			*bar = '\0';
	}
	ck_assert_msg(n == want, "line %d: %d fields", number, n);
}

static void one(int number, char *head, const struct buf *headers)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct buf mail AUTO(buf_release) = BUF_INIT, wire AUTO(buf_release) = BUF_INIT;
	struct mail_facts f, got;
	char *field[5];

	split(head, field, 5, number);
	struct mail_known known = known_for(field[0]);
	if (strncmp(headers->data, "From:", 5) && !strstr(headers->data, "\nFrom:"))
		buf_str(&mail, "From: Anna <anna@k.example>\n");
	buf_fmt(&mail, "%s\nGODKÄNNS\n", headers->data);
	mail_read(&a, mail.data, mail.len, &known, &f);
	mail_facts_write(&f, &wire);
	ck_assert(mail_facts_read(&a, wire.data, wire.len, &got));
	const char *by = got.auth_by ? got.auth_by : "-";
	ck_assert_msg(!strcmp(by, field[1]), "line %d, %s: \"%s\" vouches: %s", number, field[4], by, got.auth_why);
	ck_assert_msg(got.auth_alarm == !strcmp(field[2], "yes"), "line %d, %s: alarm: %s", number, field[4],
	              got.auth_why);
	ck_assert_msg(strstr(got.auth_why, field[3]), "line %d, %s: because %s", number, field[4], got.auth_why);
	if (got.auth_by)
		ck_assert_str_eq(got.auth_domain, "k.example");
}

START_TEST(headers_vouch_as_the_table_says)
{
	struct buf headers AUTO(buf_release) = BUF_INIT;
	char *text = tap_slurp(tap_path("tests/cases/auth.txt"), NULL), *head = NULL, *save = text;
	int number = 0, at = 0, n = 0;

	for (char *line; (line = strsep(&save, "\n")) != NULL;) {
		number++;
		if (*line == '#')
			continue;
		if (!strncmp(line, "== ", 3)) {
			head = line + 3;
			at = number;
		} else if (*line) {
			buf_fmt(&headers, "%s\n", line);
		} else if (head) {
			one(at, head, &headers);
			head = NULL;
			buf_clear(&headers);
			n++;
		}
	}
	ck_assert_int_gt(n, 0);
	free(text);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("auth");
	TCase *t = tcase_create("auth");

	suite_add_tcase(suite, t);
	tcase_add_test(t, headers_vouch_as_the_table_says);
	return tap_run(suite);
}
