/* SPDX-License-Identifier: EUPL-1.2 */
#include <config.h>

#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdarg.h>
#include <stdlib.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"
#include "internal.h"
#include "stream-internal.h"

enum { TIMEOUT_S = 30, FIRST_BUDGET = 1 << 18 };

/* Counts on while the machine sleeps: a suspended laptop's session is over. */
static int64_t machine_now(void *ctx)
{
	struct timespec t;

	(void)ctx;
	clock_gettime(CLOCK_BOOTTIME, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* In pieces: poll() does not count while the machine sleeps. */
static int machine_wait(void *ctx, int fd, short events, int64_t ms)
{
	struct pollfd p = { .fd = fd, .events = events };

	(void)ctx;
	return poll(&p, 1, (int)(ms < 60000 ? ms : 60000));
}

static const struct net_clock MACHINE = { .now_ms = machine_now, .wait = machine_wait };

const struct net_clock *net_clock_or(const struct net_clock *clock)
{
	return clock ? clock : &MACHINE;
}

int64_t net_now_ms(const struct net_clock *clock)
{
	clock = net_clock_or(clock);
	return clock->now_ms(clock->ctx);
}

static int64_t now_ms(const struct stream *s)
{
	return s->clock->now_ms(s->clock->ctx);
}

int stream_fail(struct stream *s, const char *fmt, ...)
{
	va_list ap;

	if (s->trouble[0])
		return -1;
	va_start(ap, fmt);
	vsnprintf(s->trouble, sizeof(s->trouble), fmt, ap);
	va_end(ap);
	line_tidy(s->trouble);
	return -1;
}

int64_t stream_until(const struct stream *s)
{
	int64_t until = s->since + s->silence;

	return until < s->deadline ? until : s->deadline;
}

int stream_overdue(struct stream *s, int64_t now)
{
	if (now < stream_until(s))
		return 0;
	if (s->heard)
		return stream_fail(s, "the answer did not end in time");
	return stream_fail(s, "no answer in %lld s", (long long)(now - s->since + 500) / 1000);
}

int stream_wait(struct stream *s, short events)
{
	s->since = now_ms(s);
	for (;;) {
		int64_t now = now_ms(s);
		if (stream_overdue(s, now))
			return -1;
		int r = s->clock->wait(s->clock->ctx, s->fd, events, stream_until(s) - now);
		if (r > 0)
			return 0;
		if (r < 0 && errno != EINTR)
			return stream_fail(s, "%s", strerror(errno));
	}
}

void stream_bound(struct stream *s, int seconds, size_t bytes)
{
	s->since = now_ms(s);
	s->deadline = s->since + (int64_t)seconds * 1000;
	s->budget = s->literal_most = bytes;
	s->silence = (int64_t)s->timeout_s * 1000;
	s->heard = false;
}

void stream_patience(struct stream *s, int seconds)
{
	s->silence = (int64_t)seconds * 1000;
}

const char *stream_trouble(const struct stream *s)
{
	return s->trouble[0] ? s->trouble : NULL;
}

/* 0: nothing has come, and it was not to be waited for. */
static ssize_t receive_some(struct stream *s, void *bytes, size_t room, bool wait)
{
	for (;;) {
		ssize_t n = s->secure ? gnutls_record_recv(s->tls, bytes, room) :
			recv(s->fd, bytes, room, 0);
		bool again = s->secure ? n == GNUTLS_E_AGAIN || n == GNUTLS_E_INTERRUPTED :
			n < 0 && (errno == EAGAIN || errno == EINTR);
		if (again && !wait)
			return 0;
		if (again && stream_wait(s, POLLIN))
			return -1;
		if (again)
			continue;
		if (n > 0)
			return n;
		if (n == 0 || (s->secure && n == GNUTLS_E_PREMATURE_TERMINATION))
			return stream_fail(s, "closed by the server");
		return stream_fail(s, "%s", s->secure ? gnutls_strerror((int)n) : strerror(errno));
	}
}

/* Reads within the budget, past the guard. */
static ssize_t receive_guarded(struct stream *s, void *bytes, size_t room, bool wait)
{
	if (s->trouble[0])
		return -1;
	if (!s->budget)
		return stream_fail(s, "the server says more than it was asked");
	ssize_t n = receive_some(s, bytes, room < s->budget ? room : s->budget, wait);
	if (n <= 0)
		return n;
	/* one byte now and then keeps silence away, not the deadline */
	if (wait && now_ms(s) > s->deadline)
		return stream_fail(s, "the answer did not end in time");
	size_t literal = s->literal_most < s->budget ? s->literal_most : s->budget;
	const char *fault = guard_check(&s->guard, bytes, (size_t)n, literal);
	if (fault)
		return stream_fail(s, "%s (\"%.60s\")", fault, s->guard.head);
	s->budget -= (size_t)n;
	s->heard = true;
	s->since = now_ms(s);
	return n;
}

ssize_t stream_read(struct stream *s, void *bytes, size_t room)
{
	return receive_guarded(s, bytes, room, true);
}

static ssize_t driver_read(mailstream_low *low, void *bytes, size_t room)
{
	return stream_read(low->data, bytes, room);
}

/* 0: nothing can be taken now. */
static ssize_t send_some(struct stream *s, const char *bytes, size_t len)
{
	ssize_t n = s->secure ? gnutls_record_send(s->tls, bytes, len) :
		send(s->fd, bytes, len, MSG_NOSIGNAL);
	bool again = s->secure ? n == GNUTLS_E_AGAIN || n == GNUTLS_E_INTERRUPTED :
		n < 0 && (errno == EAGAIN || errno == EINTR);

	if (again)
		return 0;
	if (n <= 0)
		return stream_fail(s, "%s", s->secure ? gnutls_strerror((int)n) : strerror(errno));
	return n;
}

static int send_all(struct stream *s, const char *bytes, size_t len)
{
	while (len) {
		ssize_t n = send_some(s, bytes, len);
		if (n < 0 || (n == 0 && stream_wait(s, POLLOUT)))
			return -1;
		bytes += n;
		len -= (size_t)n;
	}
	return 0;
}

static ssize_t driver_write(mailstream_low *low, const void *bytes, size_t len)
{
	struct stream *s = low->data;

	if (s->trouble[0] || send_all(s, bytes, len))
		return -1;
	return (ssize_t)len;
}

int stream_say(struct stream *s, const char *line)
{
	return s->trouble[0] ? -1 : send_all(s, line, strlen(line));
}

int stream_hear(struct stream *s)
{
	char bytes[4096];
	ssize_t n = receive_guarded(s, bytes, sizeof(bytes), false);

	return n > 0 ? 1 : (int)n;
}

ssize_t stream_take(struct stream *s, void *bytes, size_t room)
{
	return receive_guarded(s, bytes, room, false);
}

ssize_t stream_put(struct stream *s, const char *bytes, size_t len)
{
	ssize_t n = s->trouble[0] ? -1 : send_some(s, bytes, len);

	if (n > 0)
		s->since = now_ms(s);
	return n;
}

void stream_hurry(struct stream *s)
{
	int on = 1;

	setsockopt(s->fd, IPPROTO_TCP, TCP_QUICKACK, &on, sizeof(on));
}

static int driver_close(mailstream_low *low)
{
	struct stream *s = low->data;

	if (s->secure && !s->trouble[0])
		gnutls_bye(s->tls, GNUTLS_SHUT_WR);
	if (s->fd >= 0)
		close(s->fd);
	s->fd = -1;
	return 0;
}

static int driver_fd(mailstream_low *low)
{
	return ((struct stream *)low->data)->fd;
}

static void driver_free(mailstream_low *low)
{
	((struct stream *)low->data)->view = NULL;
	low->data = NULL;
	free(low);
}

static void driver_cancel(mailstream_low *low)
{
	(void)low;
}

static struct mailstream_cancel *driver_get_cancel(mailstream_low *low)
{
	(void)low;
	return NULL;
}

static carray *driver_chain(mailstream_low *low)
{
	(void)low;
	return NULL;
}

/* libetpan wants it writable, and writes nothing to it */
static mailstream_low_driver DRIVER = {
	.mailstream_read = driver_read,
	.mailstream_write = driver_write,
	.mailstream_close = driver_close,
	.mailstream_get_fd = driver_fd,
	.mailstream_free = driver_free,
	.mailstream_cancel = driver_cancel,
	.mailstream_get_cancel = driver_get_cancel,
	.mailstream_get_certificate_chain = driver_chain,
};

mailstream *stream_etpan(struct stream *s)
{
	if (s->view)
		return s->view;
	mailstream_low *low = mailstream_low_new(s, &DRIVER);
	s->view = low ? mailstream_new(low, 32768) : NULL;
	if (!s->view)
		abort();
	return s->view;
}

void stream_free(struct stream *s)
{
	if (!s)
		return;
	if (s->view)
		mailstream_close(s->view);
	if (s->fd >= 0)
		close(s->fd);
	if (s->tls)
		gnutls_deinit(s->tls);
	if (s->trust)
		gnutls_certificate_free_credentials(s->trust);
	mem_free(s->host);
	mem_free(s->ca_file);
	mem_free(s->pin);
	mem_free(s);
}

static bool is_loopback(const struct sockaddr *a)
{
	if (a->sa_family == AF_INET) {
		struct sockaddr_in in;
		memcpy(&in, a, sizeof(in));
		return ntohl(in.sin_addr.s_addr) >> 24 == 127;
	}
	if (a->sa_family == AF_INET6) {
		struct sockaddr_in6 in;
		memcpy(&in, a, sizeof(in));
		return IN6_IS_ADDR_LOOPBACK(&in.sin6_addr);
	}
	return false;
}

/* 0 when connected; else errno. */
static int try_address(struct stream *s, const struct addrinfo *a)
{
	int on = 1, why = 0;
	socklen_t len = sizeof(why);

	s->trouble[0] = '\0';
	s->fd = socket(a->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (s->fd < 0)
		return errno;
	setsockopt(s->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
	if (connect(s->fd, a->ai_addr, a->ai_addrlen) && errno != EINPROGRESS)
		why = errno;
	else if (stream_wait(s, POLLOUT))
		why = ETIMEDOUT;
	else if (getsockopt(s->fd, SOL_SOCKET, SO_ERROR, &why, &len))
		why = errno;
	if (why) {
		close(s->fd);
		s->fd = -1;
	}
	return why;
}

static int dial(struct stream *s, const struct server *server, const struct addrinfo *all,
                struct err *e)
{
	int why = 0, left = 0;

	for (const struct addrinfo *a = all; a; a = a->ai_next)
		left++;
	for (const struct addrinfo *a = all; a; a = a->ai_next, left--) {
		s->loopback = is_loopback(a->ai_addr);
		if (server->tls == TLS_NONE && !s->loopback)
			return err_set(e, ERR_SAFETY,
			               "%s is not this machine, and mail without TLS goes no further: "
			               "set tls to implicit or starttls", s->host);
		/* each address its share: one that is dead must not use all the time */
		s->silence = (s->deadline - now_ms(s)) / left;
		why = try_address(s, a);
		if (!why) {
			seen_address(s->seen, a, true);
			return 0;
		}
	}
	return err_set(e, ERR_OUTSIDE, "cannot connect to %s, port %u: %s", s->host,
	               (unsigned int)server->port, strerror(why));
}

static int resolve(struct stream *s, const struct server *server, struct err *e)
{
	struct addrinfo hints = { .ai_socktype = SOCK_STREAM }, *all = NULL;
	char port[8];

	snprintf(port, sizeof(port), "%u", (unsigned int)server->port);
	int r = getaddrinfo(s->host, port, &hints, &all);
	if (r)
		return err_set(e, ERR_OUTSIDE, "cannot find the server %s: %s", s->host, gai_strerror(r));
	for (const struct addrinfo *a = all; a; a = a->ai_next)
		seen_address(s->seen, a, false);
	int bad = dial(s, server, all, e);
	freeaddrinfo(all);
	return bad;
}

int stream_open(const struct server *server, struct stream **out, struct err *e)
{
	return stream_open_seen(server, NULL, out, e);
}

int stream_open_seen(const struct server *server, struct stream_seen *seen, struct stream **out,
                     struct err *e)
{
	*out = NULL;
	if (!server->host || !*server->host || !server->port)
		return err_set(e, ERR_USAGE, "no mail server is named: set its host and port");
	struct stream *s = mem_zalloc(sizeof(*s));
	s->fd = -1;
	s->seen = seen;
	s->host = mem_strdup(server->host);
	s->ca_file = server->ca_file ? mem_strdup(server->ca_file) : NULL;
	s->pin = server->pin ? mem_strdup(server->pin) : NULL;
	s->clock = net_clock_or(server->clock);
	s->timeout_s = server->timeout_s > 0 ? server->timeout_s : TIMEOUT_S;
	stream_bound(s, s->timeout_s, FIRST_BUDGET);
	int bad = resolve(s, server, e);
	stream_bound(s, s->timeout_s, FIRST_BUDGET);
	if (bad || (server->tls == TLS_IMPLICIT && stream_secure(s, e))) {
		stream_free(s);
		return -1;
	}
	*out = s;
	return 0;
}

int stream_start_tls(struct stream *s, size_t unread, struct err *e)
{
	stream_bound(s, s->timeout_s, FIRST_BUDGET);
	if (s->secure)
		return err_set(e, ERR_SAFETY, "TLS with %s was started twice", s->host);
	if (unread) {
		/* what came before TLS would be taken for the server's word */
		stream_fail(s, "it answered before TLS was there");
		return err_set(e, ERR_SAFETY, "%s sent bytes ahead of TLS: someone may stand between; "
		               "use TLS from the first byte", s->host);
	}
	return stream_secure(s, e);
}
