/* SPDX-License-Identifier: EUPL-1.2 */
/* What the log's lines are made of, and what a service manager is told. */
#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "src/app/service.h"
#include "tests/tap.h"

static void one_row(int line, char **field, int n)
{
	const char *at = field[0];
	char said[2000] = "";
	struct log_pair p;

	ck_assert_msg(n == 2, "line %d: %d fields", line, n);
	while (log_pair_next(&at, &p))
		snprintf(said + strlen(said), sizeof(said) - strlen(said), "%s[%s]=[%s]", *said ? " " : "", p.key,
		         p.value);
	ck_assert_msg(!strcmp(*said ? said : "-", field[1]), "line %d: %s: %s", line, field[0], said);
}

START_TEST(pairs_are_taken_apart)
{
	tap_table("tests/cases/log-pairs.txt", one_row);
}
END_TEST

#ifdef HAVE_SYSTEMD
START_TEST(the_manager_is_told)
{
	static const struct {
		void (*tell)(void);
		const char *words;
	} told[] = {
		{ service_ready, "READY=1" }, { service_reloading, "RELOADING=1" }, { service_alive, "WATCHDOG=1" },
	};
	struct sockaddr_un to = { .sun_family = AF_UNIX };
	char folder[] = "/tmp/oversyn-service-XXXXXX";
	int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);

	ck_assert_ptr_nonnull(mkdtemp(folder));
	snprintf(to.sun_path, sizeof(to.sun_path), "%s/notify", folder);
	ck_assert_int_eq(bind(fd, (struct sockaddr *)&to, sizeof(to)), 0);
	setenv("NOTIFY_SOCKET", to.sun_path, 1);
	for (size_t i = 0; i < sizeof(told) / sizeof(*told); i++) {
		char words[200] = "";

		told[i].tell();
		ck_assert_int_gt(recv(fd, words, sizeof(words) - 1, MSG_DONTWAIT), 0);
		ck_assert_str_eq(words, told[i].words);
	}
	setenv("WATCHDOG_USEC", "60000000", 1);
	ck_assert_int_eq(service_patience_s(), 30);
	unsetenv("WATCHDOG_USEC");
	ck_assert_int_eq(service_patience_s(), 0);
	close(fd);
	unlink(to.sun_path);
	rmdir(folder);
}
END_TEST

/* Standard error says that it is the journal's, and there is none: a container, or a journal that was stopped. */
START_TEST(what_the_journal_does_not_take_is_on_stderr)
{
	char path[] = "/tmp/oversyn-service-XXXXXX", stream[100], text[200] = "";
	enum log_level least = LOG_INFO;
	struct stat st;
	int fd = mkstemp(path), was = dup(STDERR_FILENO);

	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq(fstat(fd, &st), 0);
	snprintf(stream, sizeof(stream), "%llu:%llu", (unsigned long long)st.st_dev, (unsigned long long)st.st_ino);
	setenv("JOURNAL_STREAM", stream, 1);
	dup2(fd, STDERR_FILENO);
	service_log(&least, LOG_ERROR, "pass-failed", "why=\"it rains\"");
	fflush(stderr);
	dup2(was, STDERR_FILENO);
	unsetenv("JOURNAL_STREAM");
	ck_assert_int_gt(pread(fd, text, sizeof(text) - 1, 0), 0);
	ck_assert_str_eq(text, "error pass-failed why=\"it rains\"\n");
	close(was);
	close(fd);
	unlink(path);
}
END_TEST
#endif

int main(void)
{
	Suite *s = suite_create("app/service");
	TCase *t = tcase_create("service");
	suite_add_tcase(s, t);
	tcase_add_test(t, pairs_are_taken_apart);
#ifdef HAVE_SYSTEMD
	tcase_add_test(t, the_manager_is_told);
	if (access("/run/systemd/journal/socket", F_OK))
		tcase_add_test(t, what_the_journal_does_not_take_is_on_stderr);
#endif
	return tap_run(s);
}
