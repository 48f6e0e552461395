/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The limit to measure against: a pipelined client of one thread that stores nothing,
 * judges nothing, verifies no certificate and gives up at the first surprise. Arguments
 * and output are those of bench-submit; of CA it only matters whether it is "-".
 */
#include <arpa/inet.h>
#include <fcntl.h>
#include <gnutls/gnutls.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/bench/letters.h"
#include "tests/bench/timed.h"

#define ENVELOPE "MAIL FROM:<" LETTER_FROM ">\r\nRCPT TO:<" LETTER_TO ">\r\nDATA\r\n"

enum state { GREETING, EHLO, MAIL, RCPT, DATA, DOT, LAST_DOT, DONE };

struct line {
	int fd;
	gnutls_session_t tls;
	enum state state;
	char in[8192];
	size_t n;
};

static struct buf letter = BUF_INIT; /* the letter, its dot, and an envelope */
static size_t left, done, letter_len;

static void give_up(const char *why)
{
	fprintf(stderr, "raw-smtp: %s\n", why);
	exit(1);
}

static void put(struct line *l, const char *bytes, size_t len)
{
	while (len) {
		ssize_t n = l->tls ? gnutls_record_send(l->tls, bytes, len) : write(l->fd, bytes, len);
		if (n == GNUTLS_E_AGAIN) {
			struct pollfd p = { .fd = l->fd, .events = POLLOUT };
			poll(&p, 1, -1);
			continue;
		}
		if (n <= 0)
			give_up("it cannot be written to");
		bytes += n;
		len -= (size_t)n;
	}
}

/* One answer has come. */
static void go_on(struct line *l, int code)
{
	static const int hoped[] = { 220, 250, 250, 250, 354, 250, 250 };

	if (l->state == DONE || code != hoped[l->state])
		give_up("it answers something else");
	switch (l->state) {
	case GREETING:
		put(l, "EHLO raw.example\r\n", 18);
		break;
	case DOT:
		done++;
		l->state = MAIL;
		return;
	case LAST_DOT:
		done++;
		break;
	case EHLO:
		if (left) {
			left--;
			put(l, ENVELOPE, strlen(ENVELOPE));
			break;
		}
		l->state = DONE;
		return;
	case DATA:
		put(l, letter.data, left ? letter.len : letter_len);
		l->state = left ? DOT : LAST_DOT;
		left -= left != 0;
		return;
	case MAIL:
	case RCPT:
	case DONE:
		break;
	}
	l->state++;
}

static void take(struct line *l)
{
	for (;;) {
		size_t room = sizeof(l->in) - l->n;
		ssize_t n = l->tls ? gnutls_record_recv(l->tls, l->in + l->n, room) :
			read(l->fd, l->in + l->n, room);
		if (l->tls && n == GNUTLS_E_AGAIN)
			return;
		if (n <= 0)
			give_up("it hung up");
		l->n += (size_t)n;
		char *at = l->in, *end;
		for (; (end = memchr(at, '\n', l->n - (size_t)(at - l->in))); at = end + 1)
			if (end - at > 3 && at[3] != '-')
				go_on(l, atoi(at));
		l->n -= (size_t)(at - l->in);
		memmove(l->in, at, l->n);
		if (!l->tls)
			return;
	}
}

static void open_line(struct line *l, int port, bool tls, int epoll)
{
	static gnutls_certificate_credentials_t any;
	struct sockaddr_in a = { .sin_family = AF_INET, .sin_port = htons((uint16_t)port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	int on = 1;

	l->fd = socket(AF_INET, SOCK_STREAM, 0);
	if (connect(l->fd, (struct sockaddr *)&a, sizeof(a)))
		give_up("no connection");
	setsockopt(l->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
	if (tls) {
		if (!any)
			gnutls_certificate_allocate_credentials(&any);
		gnutls_init(&l->tls, GNUTLS_CLIENT | GNUTLS_NONBLOCK);
		gnutls_set_default_priority(l->tls);
		gnutls_credentials_set(l->tls, GNUTLS_CRD_CERTIFICATE, any);
		gnutls_server_name_set(l->tls, GNUTLS_NAME_DNS, "localhost", 9);
		gnutls_transport_set_int2(l->tls, l->fd, l->fd);
		if (gnutls_handshake(l->tls)) /* the socket waits */
			give_up("no TLS");
	}
	if (tls)
		fcntl(l->fd, F_SETFL, O_NONBLOCK);
	struct epoll_event ev = { .events = EPOLLIN, .data.ptr = l };
	epoll_ctl(epoll, EPOLL_CTL_ADD, l->fd, &ev);
}

int main(int argc, char **argv)
{
	if (argc != 6) {
		fprintf(stderr, "usage: raw-smtp PORT CA LETTERS BYTES CONNECTIONS\n");
		return 2;
	}
	double begun = timed_now();
	size_t all = left = strtoul(argv[3], NULL, 10), lines = strtoul(argv[5], NULL, 10);
	letter_write(&letter, strtoul(argv[4], NULL, 10));
	buf_str(&letter, ".\r\n");
	letter_len = letter.len;
	buf_str(&letter, ENVELOPE);
	struct line *line = calloc(lines + 1, sizeof(*line));
	int epoll = epoll_create1(0);
	double sent = timed_now();
	for (size_t i = 0; i < lines; i++)
		open_line(&line[i], atoi(argv[1]), strcmp(argv[2], "-") != 0, epoll);
	while (done < all) {
		struct epoll_event ev[64];
		int n = epoll_wait(epoll, ev, 64, -1);
		for (int i = 0; i < n; i++)
			take(ev[i].data.ptr);
	}
	letter_report(done, sent - begun, timed_now() - sent);
	return 0;
}
