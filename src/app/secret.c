/* SPDX-License-Identifier: EUPL-1.2 */
#include <config.h>

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "app/config.h"

enum { SECRET_MOST = 16384 }; /* a token may have 6 KB */

struct secret {
	char text[SECRET_MOST + 1];
	size_t len;
};

static void wipe(struct secret *s)
{
	explicit_bzero(s, sizeof(*s));
}

static int64_t now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* Reads to the end; -1: fills *e. `deadline`: on now_ms()'s clock, 0: none. */
static int read_all(int fd, int64_t deadline, const char *what, struct secret *out, struct err *e)
{
	for (;;) {
		struct pollfd p = { .fd = fd, .events = POLLIN };
		int64_t left = deadline - now_ms();
		int ready = deadline ? poll(&p, 1, left > 0 ? (int)left : 0) : 1;
		if (ready == 0)
			return err_set(e, ERR_OUTSIDE, "%s gave no answer in time (timeout)", what);
		ssize_t n = ready > 0 ? read(fd, out->text + out->len, SECRET_MOST + 1 - out->len) : -1;
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return err_set(e, ERR_OUTSIDE, "%s: %s", what, strerror(errno));
		if (n == 0)
			return 0;
		out->len += (size_t)n;
		if (out->len > SECRET_MOST)
			return err_set(e, ERR_USAGE, "%s holds more than %d bytes: that is no password", what,
			               SECRET_MOST);
	}
}

/* The first line, as text; the rest is not looked at. */
static int first_line(struct secret *s, const char *what, struct err *e)
{
	const char *end = memchr(s->text, '\n', s->len);
	size_t len = end ? (size_t)(end - s->text) : s->len;

	while (len && s->text[len - 1] == '\r')
		len--;
	if (!len)
		return err_set(e, ERR_USAGE, "%s is empty: the password belongs on its first line", what);
	if (memchr(s->text, '\0', len))
		return err_set(e, ERR_USAGE, "%s: a zero byte stands in the password", what);
	s->text[len] = '\0';
	return 0;
}

static int from_file(const char *path, const char *what, bool ours, struct secret *out,
                     struct err *e)
{
	struct stat st;
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return err_set(e, ERR_USAGE, "%s cannot be read: %s", what, strerror(errno));
	int bad = 0;
	if (ours && fstat(fd, &st) == 0 && (st.st_mode & (S_IRWXG | S_IRWXO)))
		bad = err_set(e, ERR_SAFETY, "%s can be read by others: chmod 600 it", what);
	if (!bad)
		bad = read_all(fd, 0, what, out, e);
	close(fd);
	return bad;
}

/* systemd watches over who may read them; their mode says nothing (ACLs). */
static int from_credential(const char *name, struct secret *out, struct err *e)
{
	const char *folder = getenv("CREDENTIALS_DIRECTORY");
	char path[4096], what[300];

	snprintf(what, sizeof(what), "password_credential %s", name);
	if (!folder || !*folder)
		return err_set(e, ERR_USAGE, "%s: systemd gave no credentials ($CREDENTIALS_DIRECTORY is not "
		               "set): write LoadCredential=%s:FILE in the unit, or try it by hand with that set to a "
		               "folder that holds the file %s", what, name, name);
	int n = snprintf(path, sizeof(path), "%s/%s", folder, name);
	if (n < 0 || (size_t)n >= sizeof(path))
		return err_set(e, ERR_USAGE, "%s: the name is too long", what);
	return from_file(path, what, false, out, e);
}

static pid_t start(const char *const *command, int to)
{
	union {
		const char *const *in;
		char *const *out;
	} argv = { .in = command };
	posix_spawn_file_actions_t files;
	posix_spawnattr_t how;
	pid_t pid = -1;
	sigset_t none;

	sigemptyset(&none);
	posix_spawn_file_actions_init(&files);
	posix_spawn_file_actions_addopen(&files, 0, "/dev/null", O_RDONLY, 0);
	posix_spawn_file_actions_adddup2(&files, to, 1);
	posix_spawnattr_init(&how);
	/* a group of its own, so that what it starts ends with it */
	posix_spawnattr_setflags(&how, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK);
	posix_spawnattr_setpgroup(&how, 0);
	posix_spawnattr_setsigmask(&how, &none);
	int why = posix_spawnp(&pid, command[0], &files, &how, argv.out, environ);
	posix_spawnattr_destroy(&how);
	posix_spawn_file_actions_destroy(&files);
	errno = why;
	return why ? -1 : pid;
}

/* Waits until the deadline, then ends it. Its status; -1: it had to be ended. */
static int reap(pid_t pid, int64_t deadline)
{
	int status = 0;
	pid_t got;

	while ((got = waitpid(pid, &status, WNOHANG)) == 0 && now_ms() < deadline)
		poll(NULL, 0, 5);
	if (got == pid)
		return status;
	kill(-pid, SIGKILL);
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	return -1;
}

static int from_command(const char *const *command, int seconds, struct secret *out, struct err *e)
{
	char what[300];
	int fd[2];
	int64_t deadline = now_ms() + (int64_t)seconds * 1000;

	snprintf(what, sizeof(what), "password_command %.200s", command[0]);
	if (pipe2(fd, O_CLOEXEC))
		return err_set(e, ERR_OUTSIDE, "%s: %s", what, strerror(errno));
	pid_t pid = start(command, fd[1]);
	int why = errno;
	close(fd[1]);
	int bad = pid < 0 ? err_set(e, ERR_USAGE, "%s cannot be run: %s", what, strerror(why)) :
		read_all(fd[0], deadline, what, out, e);
	close(fd[0]);
	if (pid < 0)
		return -1;
	int status = reap(pid, bad ? 0 : deadline);
	if (bad)
		return -1;
	if (status == -1)
		return err_set(e, ERR_OUTSIDE, "%s gave no answer in time (timeout)", what);
	if (!WIFEXITED(status) || WEXITSTATUS(status))
		return err_set(e, ERR_OUTSIDE, "%s failed (%s %d)", what,
		               WIFEXITED(status) ? "status" : "signal",
		               WIFEXITED(status) ? WEXITSTATUS(status) : WTERMSIG(status));
	return 0;
}

static int read_secret(const struct mail_door *door, struct secret *out, struct err *e)
{
	char what[300] = "password_command";
	int bad;

	if (door->password_file) {
		snprintf(what, sizeof(what), "password_file %.250s", door->password_file);
		bad = from_file(door->password_file, what, true, out, e);
	} else if (door->password_credential) {
		snprintf(what, sizeof(what), "password_credential %.250s", door->password_credential);
		bad = from_credential(door->password_credential, out, e);
	} else {
		bad = from_command(door->password_command, door->server.timeout_s, out, e);
	}
	return bad ? -1 : first_line(out, what, e);
}

int config_password(struct config *c, struct mail_door *door, struct err *e)
{
	struct secret s AUTO(wipe) = { .len = 0 };

	if (!door->password_file && !door->password_credential && !door->password_command)
		return 0;
	if (read_secret(door, &s, e))
		return err_wrap(e, "%s", c->file);
	door->server.password = arena_dup(&c->arena, s.text);
	return 0;
}
