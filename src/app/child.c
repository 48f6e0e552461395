/* SPDX-License-Identifier: EUPL-1.2 */
#include <config.h>

#include "child.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
	START_MS = 20000, /* for a child to be ready, on a busy machine */
	ROOM = 1 << 20,   /* bytes on their way between us, as the kernel counts */
};

int64_t wire_now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* A deadline that has passed is a look. */
static bool wait_for(int fd, short events, int64_t deadline_ms)
{
	struct pollfd p = { .fd = fd, .events = events };

	for (;;) {
		int64_t left = deadline_ms < 0 ? -1 : deadline_ms - wire_now();
		bool last = deadline_ms >= 0 && left <= 0;
		int n = poll(&p, 1, last ? 0 : (int)left);
		if (n > 0)
			return true;
		if (last || (n < 0 && errno != EINTR))
			return false;
	}
}

/* Without waiting where there is something already; the deadline is for the rest. */
bool wire_read(int fd, void *to, size_t len, int64_t deadline_ms)
{
	for (char *at = to; len;) {
		/* in the reader, recv() is not among the calls it may make */
		ssize_t n = deadline_ms < 0 ? read(fd, at, len) : recv(fd, at, len, MSG_DONTWAIT);
		if (n < 0 && errno == EAGAIN && deadline_ms >= 0) {
			if (!wait_for(fd, POLLIN, deadline_ms))
				return false;
			continue;
		}
		if (n < 0 && (errno == EINTR || errno == EAGAIN))
			continue;
		if (n <= 0)
			return false;
		at += n;
		len -= (size_t)n;
	}
	return true;
}

bool wire_waits(int fd, int64_t deadline_ms)
{
	return wait_for(fd, POLLIN, deadline_ms);
}

bool wire_write(int fd, const void *from, size_t len, int64_t deadline_ms)
{
	for (const char *at = from; len;) {
		/* In the reader, send() is not among the calls it may make. */
		ssize_t n = deadline_ms < 0 ? write(fd, at, len)
		                            : send(fd, at, len, MSG_NOSIGNAL | MSG_DONTWAIT);
		if (n < 0 && errno == EAGAIN && deadline_ms >= 0) {
			if (!wait_for(fd, POLLOUT, deadline_ms))
				return false;
			continue;
		}
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
static void NORETURN become(const char *argument, int fd, int more, pid_t parent)
{
	static char name[] = "oversyn";
	char what[32];
	char *argv[] = { name, what, NULL }, *env[] = { NULL };
	int null = open("/dev/null", O_WRONLY);

	sigset_t none;

	/* what ends the keeper is the keeper's to hear: it finishes what is in hand */
	signal(SIGINT, SIG_IGN);
	signal(SIGTERM, SIG_IGN);
	sigemptyset(&none); /* the daemon takes its signals from a descriptor */
	sigprocmask(SIG_SETMASK, &none, NULL);
	strncpy(what, argument, sizeof(what) - 1);
	what[sizeof(what) - 1] = '\0';
	/* it does nothing that a parent which is gone could still learn of */
	if (prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) || getppid() != parent)
		_exit(125);
	/* none of those to be moved may stand where another is to go */
	fd = fcntl(fd, F_DUPFD, CHILD_MORE + 1);
	more = more < 0 ? more : fcntl(more, F_DUPFD, CHILD_MORE + 1);
	if (dup2(fd, STDIN_FILENO) < 0 || dup2(fd, STDOUT_FILENO) < 0 || dup2(null, STDERR_FILENO) < 0
	    || (more >= 0 && dup2(more, CHILD_MORE) < 0)
	    || close_range(more < 0 ? CHILD_MORE : CHILD_MORE + 1, ~0U, 0) < 0)
		_exit(126);
	execve("/proc/self/exe", argv, env);
	_exit(127);
}

/* Ends it; how it ended, as waitpid(2) says. What ended before keeps its own end. */
static int buried(struct child *c)
{
	int status = 0;

	close(c->fd);
	kill(c->pid, SIGKILL);
	while (waitpid(c->pid, &status, 0) < 0 && errno == EINTR)
		continue;
	*c = (struct child){ .fd = -1 };
	return status;
}

int child_start(const char *name, const char *argument, int more, struct child *out, struct err *e)
{
	pid_t parent = getpid();
	int pair[2];
	char ready;

	*out = (struct child){ .fd = -1 };
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair))
		return err_set(e, ERR_OUTSIDE, "no %s can be started: %s", name, strerror(errno));
	/* What a batch's mails became is to fit, so that the courier need not wait for a keeper
	 * who does something else. The kernel gives what it may. */
	for (int i = 0; i < 2; i++)
		(void)setsockopt(pair[i], SOL_SOCKET, SO_SNDBUF, &(int){ ROOM }, sizeof(int));
	pid_t pid = fork();
	if (pid == 0)
		become(argument, pair[1], more, parent);
	close(pair[1]);
	if (pid < 0) {
		close(pair[0]);
		return err_set(e, ERR_OUTSIDE, "no %s can be started: %s", name, strerror(errno));
	}
	*out = (struct child){ .pid = pid, .fd = pair[0] };
	int64_t deadline = wire_now() + START_MS;
	if (wire_read(out->fd, &ready, 1, deadline))
		return 0;
	bool late = wire_now() >= deadline;
	int status = buried(out);
	if (WIFEXITED(status) && WEXITSTATUS(status) == CHILD_UNCONFINED)
		return err_set(e, ERR_SAFETY, "the %s cannot be confined: it does not work without seccomp and "
		               "resource limits", name);
	if (late)
		return err_set(e, ERR_OUTSIDE, "the %s was not ready in %d seconds: the machine may be too busy; "
		               "it is started anew when it is needed", name, START_MS / 1000);
	return err_set(e, ERR_OUTSIDE, "the %s ended while it started (%s %d): it is started anew when it is "
	               "needed", name, WIFSIGNALED(status) ? "signal" : "status",
	               WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status));
}

void child_stop(struct child *c)
{
	if (!c->pid)
		return;
	(void)buried(c);
}

bool child_ready(int out)
{
	return wire_write(out, "+", 1, -1);
}
