/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/app/played.h"

#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/app/family.h"
#include "tests/app/listener.h"
#include "tests/tap.h"

struct played *played;

static void kill_it(void)
{
	pid_t pid = played->keeper ? family_child(played->keeper, getppid()) : played->courier;

	if (pid > 0)
		kill(pid, SIGKILL);
	played->courier = 0;
}

void played_smtp(FILE *in, FILE *out)
{
	char line[2000];
	bool in_mail = false;

	fputs("220 hello\r\n", out);
	while (fflush(out) == 0 && fgets(line, sizeof(line), in)) {
		if (in_mail) {
			in_mail = strcmp(line, ".\r\n") != 0;
			if (in_mail)
				continue;
			played->accepted++;
		}
		if (strstr(line, "<killer@"))
			kill_it();
		if (!strncmp(line, "DATA", 4)) {
			in_mail = true;
			fputs("354 go\r\n", out);
		} else {
			fputs(strstr(line, "<nobody@") ? "550 5.1.1 nobody\r\n" : "250 ok\r\n", out);
		}
	}
}

static void list_large(FILE *out)
{
	for (int i = 1; i <= PLAYED_LARGE; i++)
		fprintf(out, "* %d FETCH (UID %d FLAGS ())\r\n", i, i);
}

static void note_move(const char *set)
{
	int from = 0, to = 0, n = sscanf(set, "%d:%d", &from, &to) == 2 ? to - from + 1 : 1;

	played->moved += n;
	if (n > played->moved_most)
		played->moved_most = n;
}

void played_imap(FILE *in, FILE *out)
{
	bool large = false;
	char line[2000];

	played->logins++;
	fputs("* PREAUTH hello\r\n", out);
	while (fflush(out) == 0 && fgets(line, sizeof(line), in)) {
		size_t tag = strcspn(line, " ");
		const char *what = line + tag + 1;

		if (strstr(what, "killer"))
			kill_it();
		if (!strncmp(what, "CAPABILITY", 10))
			fputs("* CAPABILITY IMAP4rev1 UIDPLUS MOVE IDLE\r\n", out);
		else if (!strncmp(what, "SELECT large", 12))
			large = fputs("* 6000 EXISTS\r\n* OK [UIDVALIDITY 7] ok\r\n", out) >= 0;
		else if (!strncmp(what, "SELECT", 6))
			fputs("* 2 EXISTS\r\n* OK [UIDVALIDITY 7] ok\r\n", out);
		else if (large && !strncmp(what, "UID FETCH 1:*", 13))
			list_large(out);
		else if (large && !strncmp(what, "UID FETCH", 9))
			fprintf(out, "* 1 FETCH (UID %d BODY[]<0> {3}\r\nabc)\r\n", atoi(what + 9));
		else if (!strncmp(what, "UID FETCH 1:*", 13))
			fputs("* 1 FETCH (UID 1 RFC822.SIZE 3 FLAGS ())\r\n* 2 FETCH (UID 2 RFC822.SIZE 3 FLAGS ())\r\n", out);
		else if (!strncmp(what, "UID FETCH 1 ", 12))
			fputs("* 1 FETCH (UID 1 BODY[]<0> {3}\r\nabc)\r\n", out);
		else if (!strncmp(what, "UID FETCH 2 ", 12))
			fputs("* 2 FETCH (UID 2 BODY[]<0> {3}\r\ndef)\r\n", out);
		else if (!strncmp(what, "UID MOVE", 8))
			note_move(what + 9);
		else if (!strncmp(what, "IDLE", 4)) {
			fputs("+ idling\r\n* 3 EXISTS\r\n", out);
			continue;
		}
		if (!strncmp(line, "DONE", 4))
			fputs("w1 OK done\r\n", out);
		else
			fprintf(out, "%.*s OK [READ-WRITE] done\r\n", (int)tag, line);
	}
}

void played_serve(void (*talk)(FILE *in, FILE *out))
{
	int listener = listener_open(&played->port);

	fflush(NULL);
	pid_t pid = fork();
	if (pid) {
		played->server = pid;
		close(listener);
		return;
	}
	signal(SIGPIPE, SIG_IGN);
	for (int fd; (fd = accept(listener, NULL, NULL)) >= 0; close(fd)) {
		if (fork())
			continue;
		FILE *in = fdopen(fd, "r"), *out = fdopen(dup(fd), "w");
		talk(in, out);
		_exit(0);
	}
	_exit(0);
}

void played_begin(void)
{
	signal(SIGPIPE, SIG_IGN);
	played = mmap(NULL, sizeof(*played), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	ck_assert_ptr_ne(played, MAP_FAILED);
}

void played_end(void)
{
	if (played->server) {
		kill(played->server, SIGKILL);
		waitpid(played->server, NULL, 0);
	}
}
