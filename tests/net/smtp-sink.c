/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * smtp-sink DIR [CONNECTIONS]: a mail server for tests on a free port of 127.0.0.1,
 * which it writes to DIR/port. What it accepts it keeps as DIR/mail-N.eml, the bytes
 * as they came, and the envelope as DIR/mail-N.env. With CONNECTIONS it offers
 * PIPELINING, and turns away who comes when so many are open; each one that it serves
 * is a letter in DIR/served. The recipient's local part, up to a hyphen, says how it
 * answers:
 *
 *	busy     450 4.2.1 to RCPT, and 354 to DATA
 *	unknown  550 5.1.1 to RCPT      closing  421 4.3.2 to RCPT
 *	stuck    451 4.3.0 to DATA      later    451 4.3.0 after the dot
 *	full     554 5.2.2 after the dot
 *	lost     takes the mail and hangs up without an answer
 *	cut      hangs up in the middle of the mail
 *	early    452 4.3.1 in the middle of the mail, and hangs up
 */
#include <config.h>

#include <arpa/inet.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/buf.h"

struct mail {
	char from[300], to[300], who[100];
	bool taken; /* somebody is to get it */
	struct buf bytes;
};

static int client; /* of this process */

/* Hangs up, for all who hold the connection. */
static void leave(int status)
{
	shutdown(client, SHUT_RDWR);
	_exit(status);
}

static void answer(FILE *f, const char *line)
{
	fprintf(f, "%s\r\n", line);
	fflush(f);
}

static void keep(struct mail *m)
{
	static int seen; /* so many there are for sure: a thousand files are not tried for each mail */
	char name[64];
	int fd = -1, n;

	for (n = seen + 1; fd < 0 && n < 1000000; n++) {
		snprintf(name, sizeof(name), "mail-%d.eml", n);
		fd = open(name, O_WRONLY | O_CREAT | O_EXCL, 0600);
	}
	if (fd < 0 || write(fd, m->bytes.data, m->bytes.len) != (ssize_t)m->bytes.len)
		leave(1);
	close(fd);
	seen = n - 1;
	snprintf(name, sizeof(name), "mail-%d.env", seen);
	FILE *f = fopen(name, "w");
	if (!f)
		leave(1);
	fprintf(f, "%s %s\n", m->from, m->to);
	fclose(f);
}

/* "MAIL FROM:<a@b.example> …": what stands between < and >. */
static void inside(const char *line, char *out, size_t size)
{
	const char *from = strchr(line, '<'), *to = from ? strchr(from, '>') : NULL;

	snprintf(out, size, "%.*s", to ? (int)(to - from - 1) : 0, to ? from + 1 : "");
}

static void recipient(FILE *f, struct mail *m, const char *line)
{
	inside(line, m->to, sizeof(m->to));
	snprintf(m->who, sizeof(m->who), "%.*s", (int)strcspn(m->to, "@-"), m->to);
	if (!strcmp(m->who, "busy"))
		answer(f, "450 4.2.1 come back in five minutes");
	else if (!strcmp(m->who, "unknown"))
		answer(f, "550 5.1.1 nobody here by that name");
	else if (!strcmp(m->who, "closing"))
		answer(f, "421 4.3.2 closing");
	else
		answer(f, "250 2.1.5 ok");
	m->taken = !strstr("busy unknown closing", m->who) || !*m->who;
}

static void data(FILE *in, FILE *out, struct mail *m)
{
	char line[4096];

	if (!strcmp(m->who, "stuck") || (!m->taken && strcmp(m->who, "busy") != 0)) {
		answer(out, m->taken ? "451 4.3.0 cannot keep it now" : "554 5.5.1 no valid recipients");
		return;
	}
	answer(out, "354 go on");
	buf_clear(&m->bytes);
	for (;;) {
		if (!fgets(line, sizeof(line), in))
			leave(0); /* without its dot it is no mail */
		if (!strcmp(line, ".\r\n"))
			break;
		buf_str(&m->bytes, line[0] == '.' ? line + 1 : line);
		if (!strcmp(m->who, "early") && m->bytes.len > 100)
			answer(out, "452 4.3.1 no room for more");
		if ((!strcmp(m->who, "cut") || !strcmp(m->who, "early")) && m->bytes.len > 100)
			leave(0);
	}
	if (!m->taken) {
		answer(out, "554 5.5.1 no valid recipients");
	} else if (!strcmp(m->who, "later")) {
		answer(out, "451 4.3.0 cannot keep it now");
	} else if (!strcmp(m->who, "full")) {
		answer(out, "554 5.2.2 mailbox full");
	} else {
		keep(m);
		if (!strcmp(m->who, "lost"))
			leave(0);
		answer(out, "250 2.0.0 kept");
	}
	*m->from = '\0';
}

static void count_one(void)
{
	int fd = open("served", O_WRONLY | O_CREAT | O_APPEND, 0600);

	if (fd < 0 || write(fd, "x", 1) != 1)
		leave(1);
	close(fd);
}

static void serve(int fd, bool pipelining, bool full)
{
	struct mail m = { .bytes = BUF_INIT };
	char line[2048];
	FILE *in = fdopen(fd, "r"), *out = fdopen(dup(fd), "w");

	if (!in || !out)
		leave(1);
	if (pipelining && full) {
		answer(out, "421 4.7.0 too many connections");
		leave(0);
	}
	if (pipelining)
		count_one();
	answer(out, "220 sink.example ready");
	while (fgets(line, sizeof(line), in)) {
		if (!strncasecmp(line, "EHLO", 4) || !strncasecmp(line, "HELO", 4))
			answer(out, pipelining ? "250-sink.example\r\n250 PIPELINING" :
			       "250-sink.example\r\n250-8BITMIME\r\n250 ENHANCEDSTATUSCODES");
		else if (!strncasecmp(line, "MAIL", 4))
			answer(out, *m.from ? "503 5.5.1 there is a mail already" : "250 2.1.0 ok"),
			inside(line, m.from, sizeof(m.from));
		else if (!strncasecmp(line, "RCPT", 4))
			recipient(out, &m, line);
		else if (!strncasecmp(line, "DATA", 4))
			data(in, out, &m);
		else if (!strncasecmp(line, "RSET", 4))
			*m.from = '\0', answer(out, "250 2.0.0 ok");
		else if (!strncasecmp(line, "QUIT", 4))
			break;
		else
			answer(out, "250 2.0.0 ok");
	}
	answer(out, "221 2.0.0 bye");
	leave(0);
}

/* Those that neither end has closed. They are told by the connection, not by who serves
 * it: a client that hangs up and comes back at once is not turned away. */
static int kept_open[64];

static int still_open(int n)
{
	int open = 0;

	for (int i = 0; i < n; i++) {
		struct pollfd p = { .fd = kept_open[i], .events = POLLRDHUP };
		if (poll(&p, 1, 0) > 0)
			close(kept_open[i]);
		else
			kept_open[open++] = kept_open[i];
	}
	if (open == 64)
		exit(1);
	return open;
}

int main(int argc, char **argv)
{
	int most = argc == 3 ? atoi(argv[2]) : 0;
	struct sockaddr_in a = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t len = sizeof(a);
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	if (argc < 2 || argc > 3 || chdir(argv[1]) || bind(fd, (struct sockaddr *)&a, sizeof(a)) ||
	    listen(fd, 8) || getsockname(fd, (struct sockaddr *)&a, &len)) {
		fprintf(stderr, "usage: smtp-sink DIR [CONNECTIONS]\n");
		return 2;
	}
	signal(SIGPIPE, SIG_IGN);
	FILE *f = fopen("port.new", "w");
	if (!f || fprintf(f, "%d\n", (int)ntohs(a.sin_port)) < 0 || fclose(f) ||
	    rename("port.new", "port"))
		return 2;
	signal(SIGCHLD, SIG_IGN);
	for (int open = 0; (client = accept(fd, NULL, NULL)) >= 0;) {
		open = still_open(open);
		if (fork() == 0) {
			close(fd);
			alarm(60);
			serve(client, most, open >= most);
		}
		kept_open[open++] = client;
	}
	return 1;
}
