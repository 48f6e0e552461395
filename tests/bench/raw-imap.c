/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The floor under fetching: a client that asks for every mail with one command and
 * only counts what comes. It understands no more of IMAP than that.
 *
 *	raw-imap PORT USER PASSWORD MAILS
 *
 * Prints what bench-fetch does, timed alike: the mailbox is opened and read once to warm
 * up, and once more with the clock running, from the question whether there is news.
 * Unlike that it is told the number of mails, so it needs no list of them.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static char bytes[1 << 17];
static size_t from, to;
static int fd;

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void die(const char *why)
{
	fprintf(stderr, "raw-imap: %s\n", why);
	exit(1);
}

static void fill(void)
{
	if (from) {
		memmove(bytes, bytes + from, to - from);
		to -= from;
		from = 0;
	}
	ssize_t n = read(fd, bytes + to, sizeof(bytes) - to);
	if (n <= 0)
		die("the server is gone");
	to += (size_t)n;
}

static char *line(void)
{
	char *end;

	while (!(end = memmem(bytes + from, to - from, "\r\n", 2)))
		fill();
	*end = '\0';
	char *found = bytes + from;
	from = (size_t)(end + 2 - bytes);
	return found;
}

static void skip(size_t left)
{
	while (left) {
		if (from == to)
			fill();
		size_t n = to - from < left ? to - from : left;
		from += n;
		left -= n;
	}
}

/* Says it and waits for the end of the answer; counts mails on the way. */
static void command(const char *words, size_t *mails, unsigned long *total)
{
	char *said;

	if (write(fd, words, strlen(words)) < 0)
		die("the server is gone");
	while (said = line(), strncmp(said, "a ", 2) != 0) {
		char *size = strrchr(said, '{');
		if (!mails || !size)
			continue;
		size_t n = strtoul(size + 1, NULL, 10);
		++*mails;
		*total += n;
		skip(n);
	}
	if (strncmp(said, "a OK", 4) != 0)
		die(said);
}

int main(int argc, char **argv)
{
	int on = 1;
	size_t mails = 0;
	unsigned long total = 0;
	char words[256];
	struct rusage used;
	struct sockaddr_in a = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };

	if (argc != 5) {
		fprintf(stderr, "usage: raw-imap PORT USER PASSWORD MAILS\n");
		return 2;
	}
	a.sin_port = htons((uint16_t)atoi(argv[1]));
	fd = socket(AF_INET, SOCK_STREAM, 0);
	if (connect(fd, (void *)&a, sizeof(a)))
		die("cannot connect");
	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
	line();
	snprintf(words, sizeof(words), "a LOGIN %s %s\r\n", argv[2], argv[3]);
	command(words, NULL, NULL);
	command("a SELECT INBOX\r\n", NULL, NULL);
	command("a UID FETCH 1:* (UID BODY.PEEK[])\r\n", &mails, &total); /* warms the server up */
	mails = total = 0;
	double begun = now();
	command("a NOOP\r\n", NULL, NULL);
	command("a UID FETCH 1:* (UID BODY.PEEK[])\r\n", &mails, &total);
	double took = now() - begun;
	getrusage(RUSAGE_SELF, &used);
	printf("%zu %.0f %.6f %ld\n", mails, mails ? (double)total / (double)mails : 0, took,
	       used.ru_maxrss);
	return mails != (size_t)atol(argv[4]);
}
