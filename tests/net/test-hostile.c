/* SPDX-License-Identifier: EUPL-1.2 */
/* Each server of the table ends with the said words. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "peer.h"
#include "visit.h"
#include "tests/tap.h"

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

	visit(&to, smtp, strstr(field[1], "+done") ? "1" : NULL, out, sizeof(out));
	fake_end(&f, NULL, 0);
	ck_assert_msg(visit_said(field[2], out, smtp), "line %d, %s: wanted \"%s\", got \"%s\"", line,
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
