/* SPDX-License-Identifier: EUPL-1.2 */
#include <config.h>

#include "app/reader.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"
#include "reader-wire.h"

enum {
	PATIENCE_MS = 20000,    /* for one request */
	MOST_ANSWER = 16 << 20, /* bytes of an answer: more is nonsense */
};

struct reader {
	pid_t pid; /* 0: none runs */
	int fd;
};

int64_t wire_now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static bool wait_for(int fd, short events, int64_t deadline_ms)
{
	struct pollfd p = { .fd = fd, .events = events };

	for (;;) {
		int64_t left = deadline_ms < 0 ? -1 : deadline_ms - wire_now();
		if (deadline_ms >= 0 && left <= 0)
			return false;
		int n = poll(&p, 1, (int)left);
		if (n > 0)
			return true;
		if (n < 0 && errno != EINTR)
			return false;
	}
}

bool wire_read(int fd, void *to, size_t len, int64_t deadline_ms)
{
	for (char *at = to; len;) {
		if (deadline_ms >= 0 && !wait_for(fd, POLLIN, deadline_ms))
			return false;
		ssize_t n = read(fd, at, len);
		if (n < 0 && (errno == EINTR || errno == EAGAIN))
			continue;
		if (n <= 0)
			return false;
		at += n;
		len -= (size_t)n;
	}
	return true;
}

bool wire_write(int fd, const void *from, size_t len, int64_t deadline_ms)
{
	for (const char *at = from; len;) {
		if (deadline_ms >= 0 && !wait_for(fd, POLLOUT, deadline_ms))
			return false;
		/* In the reader, send() is not among the calls it may make. */
		ssize_t n = deadline_ms < 0 ? write(fd, at, len)
		                            : send(fd, at, len, MSG_NOSIGNAL | MSG_DONTWAIT);
		if (n < 0 && (errno == EINTR || errno == EAGAIN))
			continue;
		if (n <= 0)
			return false;
		at += n;
		len -= (size_t)n;
	}
	return true;
}

/* In the child: nothing of ours but the one socket comes along. */
static void NORETURN become_reader(int fd)
{
	static char name[] = "oversyn", argument[] = READER_ARGUMENT;
	char *argv[] = { name, argument, NULL }, *env[] = { NULL };
	int null = open("/dev/null", O_WRONLY);

	if (dup2(fd, STDIN_FILENO) < 0 || dup2(fd, STDOUT_FILENO) < 0 || dup2(null, STDERR_FILENO) < 0
	    || close_range(STDERR_FILENO + 1, ~0U, 0) < 0)
		_exit(126);
	execve("/proc/self/exe", argv, env);
	_exit(127);
}

static int start(struct reader *r, struct err *e)
{
	int pair[2];

	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair))
		return err_set(e, ERR_OUTSIDE, "no reader can be started: %s", strerror(errno));
	pid_t pid = fork();
	if (pid == 0)
		become_reader(pair[1]);
	close(pair[1]);
	if (pid < 0) {
		close(pair[0]);
		return err_set(e, ERR_OUTSIDE, "no reader can be started: %s", strerror(errno));
	}
	char ready;
	r->pid = pid;
	r->fd = pair[0];
	if (wire_read(r->fd, &ready, 1, wire_now() + PATIENCE_MS))
		return 0;
	int status = 0;
	kill(pid, SIGKILL);
	waitpid(pid, &status, 0);
	close(r->fd);
	r->pid = 0;
	return err_set(e, ERR_SAFETY, "the reader cannot be confined (status %d): mail is not read without "
	               "seccomp and resource limits", WIFEXITED(status) ? WEXITSTATUS(status) : -1);
}

static void stop(struct reader *r)
{
	if (!r->pid)
		return;
	close(r->fd);
	kill(r->pid, SIGKILL);
	while (waitpid(r->pid, NULL, 0) < 0 && errno == EINTR)
		continue;
	r->pid = 0;
}

int reader_start(struct reader **out, struct err *e)
{
	struct reader *r = mem_zalloc(sizeof(*r));

	if (start(r, e)) {
		mem_free(r);
		return -1;
	}
	*out = r;
	return 0;
}

void reader_stop(struct reader *r)
{
	if (!r)
		return;
	stop(r);
	mem_free(r);
}

static bool ask(struct reader *r, const struct wire_request *q, const char *const field[WIRE_FIELDS],
                int64_t deadline)
{
	if (!wire_write(r->fd, q, sizeof(*q), deadline))
		return false;
	for (int i = 0; i < WIRE_FIELDS; i++)
		if (field[i] && !wire_write(r->fd, field[i], q->len[i], deadline))
			return false;
	return true;
}

/* The answer's bytes, in the arena. */
static bool hear(struct reader *r, struct unpack *answer, int64_t deadline)
{
	struct wire_answer w;

	if (!wire_read(r->fd, &w, sizeof(w), deadline) || w.len > MOST_ANSWER)
		return false;
	char *bytes = arena_alloc(answer->a, w.len + 1);
	answer->at = bytes;
	answer->left = w.len;
	return wire_read(r->fd, bytes, w.len, deadline);
}

int reader_ask(struct reader *r, const struct wire_request *q, const char *const field[WIRE_FIELDS],
               reader_unpack *unpack, struct arena *a, void *out, struct err *e)
{
	struct unpack answer = { .a = a };

	if (!r->pid && start(r, e))
		return -1;
	int64_t deadline = wire_now() + PATIENCE_MS;
	/* A reader gone bad may say anything: what it says must be well formed. */
	if (ask(r, q, field, deadline) && hear(r, &answer, deadline) && unpack(&answer, out))
		return 1;
	stop(r);
	return 0;
}
