/* SPDX-License-Identifier: EUPL-1.2 */
#include <config.h>

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "net/dns.h"
#include "tests/tap.h"

static char resolver[32];

static void one(int line, char **field, int n)
{
	static const char *const verdicts[] = {
		[DNS_FOUND] = "found", [DNS_NONE] = "none", [DNS_FAILED] = "failed"
	};
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct dns_answer got;

	ck_assert_msg(n == 4, "line %d has %d fields", line, n);
	/* Only silence is waited out. */
	dns_txt(&a, resolver, strcmp(field[1], "silent") ? 30 : 1, field[0], &got);
	ck_assert_msg(!strcmp(verdicts[got.verdict], field[2]), "line %d: %s: %s", line, verdicts[got.verdict], got.why);
	ck_assert_msg(!got.text == (got.verdict != DNS_FOUND), "line %d", line);
	if (got.text)
		ck_assert_str_eq(got.text, field[3]);
	else if (strcmp(field[3], "*") != 0)
		ck_assert_msg(strstr(got.why, field[3]), "line %d: %s", line, got.why);
}

START_TEST(answers_are_read_as_the_table_says)
{
	int in[2], out[2];
	char port[16] = "";

	ck_assert_int_eq(pipe(in), 0);
	ck_assert_int_eq(pipe(out), 0);
	pid_t pid = fork();
	if (pid == 0) {
		dup2(in[0], STDIN_FILENO);
		dup2(out[1], STDOUT_FILENO);
		close_range(STDERR_FILENO + 1, ~0U, 0);
		execl("tests/net/name-server", "name-server", tap_path("tests/cases/dns.txt"), (char *)NULL);
		_exit(127);
	}
	close(in[0]);
	close(out[1]);
	ck_assert_int_gt(read(out[0], port, sizeof(port) - 1), 0);
	snprintf(resolver, sizeof(resolver), "127.0.0.1:%.*s", (int)strcspn(port, "\n"), port);
	tap_table("tests/cases/dns.txt", one);
	close(in[1]);
	close(out[0]);
	ck_assert_int_eq(waitpid(pid, NULL, 0), pid);
}
END_TEST

START_TEST(nobody_at_the_port_is_no_answer)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct dns_answer got;

	dns_txt(&a, "127.0.0.1:1", 1, "a.k.example", &got);
	ck_assert_int_eq(got.verdict, DNS_FAILED);
	dns_txt(&a, "127.0.0.1:1", 1, "a..k.example", &got);
	ck_assert_int_ne(got.verdict, DNS_FOUND);
}
END_TEST

START_TEST(a_resolver_is_an_address_and_may_have_a_port)
{
	static const char *const good[] = { "127.0.0.1", "192.0.2.53:53", "127.0.0.1:65535" };
	static const char *const bad[] = {
		"", "localhost", "127.0.0.1:", "127.0.0.1:0", "127.0.0.1:65536", "127.0.0.1:5 3", "::1", ":53",
		"127.0.0.1:-1", "127.0.0.1.5", "255.255.255.255.255.255:53",
	};

	for (size_t i = 0; i < ARRAY_LEN(good); i++)
		ck_assert_msg(dns_is_resolver(good[i]), "%s", good[i]);
	for (size_t i = 0; i < ARRAY_LEN(bad); i++)
		ck_assert_msg(!dns_is_resolver(bad[i]), "%s", bad[i]);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("dns");
	TCase *t = tcase_create("dns");

	suite_add_tcase(suite, t);
	tcase_set_timeout(t, 0);
	tcase_add_test(t, answers_are_read_as_the_table_says);
	tcase_add_test(t, nobody_at_the_port_is_no_answer);
	tcase_add_test(t, a_resolver_is_an_address_and_may_have_a_port);
	return tap_run(suite);
}
