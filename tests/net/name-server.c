/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * name-server TABLE: a name server on 127.0.0.1 that answers as the table says
 * (tests/cases/dns.txt tells how), by UDP and TCP at one port, which it prints.
 * It ends when its standard input does. The table is read for each question.
 */
#include <arpa/inet.h>
#include <arpa/nameser.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { HEAD = 12, MOST = 8192 };

struct answer {
	unsigned char bytes[MOST];
	size_t len;
};

static void put(struct answer *a, const void *bytes, size_t len)
{
	if (a->len + len > MOST)
		exit(1);
	memcpy(a->bytes + a->len, bytes, len);
	a->len += len;
}

static void put16(struct answer *a, unsigned n)
{
	const unsigned char two[] = { (unsigned char)(n >> 8), (unsigned char)n };

	put(a, two, 2);
}

/* Name (0: that of the question), type, class, time to live. */
static void put_head(struct answer *a, const char *name, unsigned type)
{
	if (name)
		put(a, name, strlen(name) + 1);
	else
		put16(a, 0xC00C);
	put16(a, type);
	put16(a, ns_c_in);
	put16(a, 0);
	put16(a, 60);
	a->bytes[7]++;
}

/* A TXT record of the text in strings of at most 100 bytes. */
static void put_txt(struct answer *a, const char *name, const char *text, size_t len)
{
	size_t strings = len / 100 + 1;

	put_head(a, name, ns_t_txt);
	put16(a, (unsigned)(len + strings));
	for (size_t i = 0; i < strings; i++) {
		size_t n = len < 100 ? len : 100;
		unsigned char count = (unsigned char)n;
		put(a, &count, 1);
		put(a, text, n);
		text += n;
		len -= n;
	}
}

/* The question's name with dots; the length of the whole question, or 0. */
static size_t question(const unsigned char *q, size_t len, char *name, size_t size)
{
	size_t at = HEAD, n = 0;

	while (at < len && q[at]) {
		size_t label = q[at++];
		if (at + label >= len || n + label + 2 > size)
			return 0;
		memcpy(name + n, q + at, label);
		n += label;
		name[n++] = '.';
		at += label;
	}
	if (!n || at + 5 > len)
		return 0;
	name[n - 1] = '\0';
	return at + 5 - HEAD;
}

/* How the table says a name is answered, in *how; false: not at all. */
static bool look_up(const char *table, const char *name, char *how, size_t size)
{
	char line[4096];
	bool found = false;
	FILE *f = fopen(table, "re");

	while (f && !found && fgets(line, sizeof(line), f)) {
		char *bar = strstr(line, " | "), *end;
		if (*line == '#' || !bar)
			continue;
		*bar = '\0';
		end = strstr(bar + 3, " | ");
		bar[end ? (size_t)(end - bar) : strcspn(bar + 3, "\n") + 3] = '\0';
		found = !strcasecmp(line, name);
		snprintf(how, size, "%s", bar + 3);
	}
	if (f)
		fclose(f);
	return found;
}

static const char *behind(const char *how, const char *word)
{
	return strncmp(how, word, strlen(word)) ? NULL : how + strlen(word);
}

/* What is answered; false: nothing. */
static bool answer(const char *table, const unsigned char *q, size_t len, bool udp, struct answer *a)
{
	char name[512], how[4096];
	const char *text, *slash;
	size_t asked = len > HEAD ? question(q, len, name, sizeof(name)) : 0;

	if (!asked)
		return false;
	a->len = 0;
	put(a, q, HEAD + asked);
	memset(a->bytes + 6, 0, 6);
	a->bytes[2] = 0x81; /* an answer; recursion was desired */
	a->bytes[3] = 0x80; /* and available */
	if (!look_up(table, name, how, sizeof(how)) || !strcmp(how, "unknown")) {
		a->bytes[3] |= ns_r_nxdomain;
	} else if (!strcmp(how, "silent")) {
		return false;
	} else if (!strcmp(how, "failure")) {
		a->bytes[3] |= ns_r_servfail;
	} else if (!strcmp(how, "refused")) {
		a->bytes[3] |= ns_r_refused;
	} else if (!strcmp(how, "binary")) {
		put_txt(a, NULL, "\xff\xfe", 2);
	} else if (!strcmp(how, "zero")) {
		put_txt(a, NULL, "v=DKIM1\0p=", 10);
	} else if (!strcmp(how, "lines")) {
		put_txt(a, NULL, "v=DKIM1\nverdict=approve", 23);
	} else if (!strcmp(how, "broken")) {
		put_txt(a, NULL, "v=DKIM1", 7);
		a->bytes[HEAD + asked + 12] = 200; /* a string longer than its record */
	} else if (!strcmp(how, "cut")) {
		put_txt(a, NULL, "v=DKIM1", 7);
		a->len -= 3;
	} else if ((text = behind(how, "text ")) != NULL) {
		put_txt(a, NULL, text, strlen(text));
	} else if ((text = behind(how, "tcp ")) != NULL) {
		if (udp)
			a->bytes[2] |= 2; /* cut: ask again by TCP */
		else
			put_txt(a, NULL, text, strlen(text));
	} else if ((text = behind(how, "alias ")) != NULL) {
		put_head(a, NULL, ns_t_cname);
		put16(a, 7);
		put(a, "\5other", 7);
		put_txt(a, "\5other", text, strlen(text));
	} else if ((text = behind(how, "two ")) != NULL && (slash = strstr(text, " / ")) != NULL) {
		put_txt(a, NULL, text, (size_t)(slash - text));
		put_txt(a, NULL, slash + 3, strlen(slash + 3));
	} else {
		fprintf(stderr, "name-server: what is \"%s\"?\n", how);
		exit(2);
	}
	return true;
}

static void by_udp(int fd, const char *table)
{
	struct sockaddr_in from;
	socklen_t size = sizeof(from);
	unsigned char q[1024];
	struct answer a;
	ssize_t n = recvfrom(fd, q, sizeof(q), 0, (struct sockaddr *)&from, &size);

	if (n > 0 && answer(table, q, (size_t)n, true, &a))
		(void)sendto(fd, a.bytes, a.len, 0, (struct sockaddr *)&from, size);
}

static bool read_all(int fd, unsigned char *to, size_t len)
{
	while (len) {
		ssize_t n = read(fd, to, len);
		if (n <= 0)
			return false;
		to += n;
		len -= (size_t)n;
	}
	return true;
}

static void by_tcp(int listener, const char *table)
{
	unsigned char head[2], q[1024];
	struct answer a;
	int fd = accept(listener, NULL, NULL);

	if (fd >= 0 && read_all(fd, head, 2) && ((size_t)head[0] << 8 | head[1]) <= sizeof(q) &&
	    read_all(fd, q, (size_t)head[0] << 8 | head[1]) &&
	    answer(table, q, (size_t)head[0] << 8 | head[1], false, &a)) {
		head[0] = (unsigned char)(a.len >> 8);
		head[1] = (unsigned char)a.len;
		if (write(fd, head, 2) != 2 || write(fd, a.bytes, a.len) != (ssize_t)a.len)
			perror("name-server");
	}
	if (fd >= 0)
		close(fd);
}

/* Both at one port, which the system chooses. */
static bool bind_both(int *udp, int *tcp, uint16_t *port)
{
	struct sockaddr_in at = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t size = sizeof(at);

	*udp = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	*tcp = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (bind(*tcp, (struct sockaddr *)&at, size) == 0 && listen(*tcp, 8) == 0 &&
	    getsockname(*tcp, (struct sockaddr *)&at, &size) == 0 && bind(*udp, (struct sockaddr *)&at, size) == 0) {
		*port = ntohs(at.sin_port);
		return true;
	}
	close(*udp);
	close(*tcp);
	return false;
}

int main(int argc, char **argv)
{
	int udp, tcp;
	uint16_t port = 0;
	char c;

	signal(SIGPIPE, SIG_IGN);
	for (int tries = 0; !port && tries < 50; tries++)
		(void)bind_both(&udp, &tcp, &port);
	if (argc != 2 || !port)
		return 2;
	printf("%u\n", port);
	fflush(stdout);
	for (;;) {
		struct pollfd p[] = {
			{ .fd = STDIN_FILENO, .events = POLLIN }, { .fd = udp, .events = POLLIN }, { .fd = tcp, .events = POLLIN },
		};
		if (poll(p, 3, -1) < 0)
			return 1;
		if (p[0].revents && read(STDIN_FILENO, &c, 1) <= 0)
			return 0;
		if (p[1].revents)
			by_udp(udp, argv[1]);
		if (p[2].revents)
			by_tcp(tcp, argv[1]);
	}
}
