/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A mail server that forgets everything, to measure clients with.
 *
 *	sink-smtp PORT MICROSECONDS [CERTIFICATE KEY]
 *
 * On 127.0.0.1; 0: a free port. Prints the port, then serves until it is ended. It
 * offers PIPELINING, thinks so long about each group of answers, and speaks TLS from
 * the first byte where it has a certificate.
 */
#include <config.h>

#include <arpa/inet.h>
#include <fcntl.h>
#include <gnutls/gnutls.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <unistd.h>

struct line;

/* What epoll tells of: a connection, or its thinking time. */
struct source {
	struct line *line;
	bool timer;
};

struct line {
	int fd, timer;
	struct source talk, thought;
	gnutls_session_t tls;
	bool shaking, data, quit;
	char in[1 << 16], out[1 << 14];
	size_t n, said;
};

static int epoll;
static long think;
static gnutls_certificate_credentials_t own;

static void end(struct line *l)
{
	close(l->fd);
	if (l->timer >= 0)
		close(l->timer);
	if (l->tls)
		gnutls_deinit(l->tls);
	free(l);
}

static bool flush(struct line *l)
{
	for (size_t at = 0; at < l->said; ) {
		ssize_t n = l->tls ? gnutls_record_send(l->tls, l->out + at, l->said - at) :
			write(l->fd, l->out + at, l->said - at);
		if (l->tls && n == GNUTLS_E_AGAIN)
			continue; /* answers are small: it is soon over */
		if (n <= 0)
			return false;
		at += (size_t)n;
	}
	l->said = 0;
	return !l->quit;
}

static void answer(struct line *l, const char *text)
{
	size_t n = strlen(text);

	if (n > sizeof(l->out) - l->said)
		exit(1);
	memcpy(l->out + l->said, text, n);
	l->said += n;
}

static void command(struct line *l, const char *text)
{
	if (!strncasecmp(text, "DATA", 4))
		l->data = true, answer(l, "354 go on\r\n");
	else if (!strncasecmp(text, "EHLO", 4))
		answer(l, "250-sink.example\r\n250 PIPELINING\r\n");
	else if (!strncasecmp(text, "QUIT", 4))
		l->quit = true, answer(l, "221 2.0.0 bye\r\n");
	else
		answer(l, "250 2.1.0 ok\r\n");
}

/* What has been read, as far as it is whole. */
static void understand(struct line *l)
{
	char *at = l->in, *stop = l->in + l->n, *to;

	for (;;) {
		size_t rest = (size_t)(stop - at);
		if (l->data) {
			to = memmem(at, rest, "\r\n.\r\n", 5);
			if (!to && rest > 4)
				at = stop - 4;
			if (!to)
				break;
			at = to + 5;
			l->data = false;
			answer(l, "250 2.0.0 kept\r\n");
		} else {
			to = memchr(at, '\n', rest);
			if (!to)
				break;
			command(l, at);
			at = to + 1;
		}
	}
	l->n = (size_t)(stop - at);
	memmove(l->in, at, l->n);
}

static bool say(struct line *l)
{
	if (!l->said || l->timer < 0)
		return flush(l);
	struct itimerspec t = { .it_value = { .tv_sec = think / 1000000,
		.tv_nsec = think % 1000000 * 1000 } };
	timerfd_settime(l->timer, 0, &t, NULL);
	return true;
}

static bool talk(struct line *l)
{
	if (l->shaking) {
		int r = gnutls_handshake(l->tls);
		if (r == GNUTLS_E_AGAIN || r == GNUTLS_E_INTERRUPTED)
			return true;
		if (r < 0)
			return false;
		l->shaking = false;
		answer(l, "220 sink.example\r\n");
		return say(l);
	}
	do {
		ssize_t n = l->tls ? gnutls_record_recv(l->tls, l->in + l->n, sizeof(l->in) - l->n) :
			read(l->fd, l->in + l->n, sizeof(l->in) - l->n);
		if (l->tls && n == GNUTLS_E_AGAIN)
			break;
		if (n <= 0)
			return false;
		l->n += (size_t)n;
		understand(l);
	} while (l->tls);
	return say(l);
}

static bool thought(struct line *l)
{
	uint64_t times;

	return read(l->timer, &times, sizeof(times)) != sizeof(times) || flush(l);
}

static void greet(int fd)
{
	struct line *l = calloc(1, sizeof(*l));
	int on = 1;

	if (!l)
		exit(1);
	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
	*l = (struct line){ .fd = fd, .timer = think ? timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK) : -1 };
	l->talk = (struct source){ l, false };
	l->thought = (struct source){ l, true };
	struct epoll_event ev = { .events = EPOLLIN, .data.ptr = &l->talk };
	epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &ev);
	ev.data.ptr = &l->thought;
	if (l->timer >= 0)
		epoll_ctl(epoll, EPOLL_CTL_ADD, l->timer, &ev);
	if (own) {
		fcntl(fd, F_SETFL, O_NONBLOCK);
		gnutls_init(&l->tls, GNUTLS_SERVER | GNUTLS_NONBLOCK | GNUTLS_NO_SIGNAL);
		gnutls_set_default_priority(l->tls);
		gnutls_credentials_set(l->tls, GNUTLS_CRD_CERTIFICATE, own);
		gnutls_transport_set_int2(l->tls, fd, fd);
		l->shaking = true;
	} else {
		answer(l, "220 sink.example\r\n");
		say(l);
	}
}

static int listen_at(int port)
{
	struct sockaddr_in a = { .sin_family = AF_INET, .sin_port = htons((uint16_t)port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t len = sizeof(a);
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	if (bind(fd, (struct sockaddr *)&a, sizeof(a)) || listen(fd, 128) ||
	    getsockname(fd, (struct sockaddr *)&a, &len))
		return -1;
	printf("%d\n", (int)ntohs(a.sin_port));
	fflush(stdout);
	return fd;
}

int main(int argc, char **argv)
{
	if (argc != 3 && argc != 5) {
		fprintf(stderr, "usage: sink-smtp PORT MICROSECONDS [CERTIFICATE KEY]\n");
		return 2;
	}
	think = atol(argv[2]);
	signal(SIGPIPE, SIG_IGN);
	if (argc == 5 && (gnutls_certificate_allocate_credentials(&own) ||
	    gnutls_certificate_set_x509_key_file(own, argv[3], argv[4], GNUTLS_X509_FMT_PEM) < 0)) {
		fprintf(stderr, "sink-smtp: cannot read %s and %s\n", argv[3], argv[4]);
		return 1;
	}
	epoll = epoll_create1(0);
	int fd = listen_at(atoi(argv[1]));
	struct epoll_event ev = { .events = EPOLLIN };
	if (fd < 0 || epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &ev)) {
		perror("sink-smtp");
		return 1;
	}
	while (epoll_wait(epoll, &ev, 1, -1) >= 0) {
		struct source *s = ev.data.ptr;
		int one = s ? -1 : accept(fd, NULL, NULL);
		if (one >= 0)
			greet(one);
		if (s && !(s->timer ? thought(s->line) : talk(s->line)))
			end(s->line);
	}
	return 1;
}
