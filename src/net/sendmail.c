/* SPDX-License-Identifier: EUPL-1.2 */
#include <config.h>

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <strings.h>
#include <sys/mman.h>
#include <sys/pidfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "internal.h"
#include "maildir.h"
#include "stream-internal.h"

/*
 * Submission by a program like sendmail. The mail is its standard input and what it
 * prints is kept, both in memory without pipes: nothing blocks, and nobody waits for
 * what a delivery in the background still holds open.
 */
enum {
	PATIENCE_MS = 600 * 1000,
	PRINTED = 4096, /* of its output; writing more fails, there */
};

struct sendmail_sender {
	struct sender base;
	char *program;
	const struct net_clock *clock;
};

/* ---- whom the mail would go to ---- */

/* One header field, unfolded: its name and its value, without the line's end. The rest
 * of the header; NULL: it ends here. */
static const char *next_field(const char *at, const char *end, struct buf *name, struct buf *value)
{
	buf_clear(name);
	buf_clear(value);
	if (at == end || *at == '\r' || *at == '\n')
		return NULL;
	const char *colon = memchr(at, ':', (size_t)(end - at)), *line = memchr(at, '\n', (size_t)(end - at));
	if (!colon || (line && line < colon))
		return NULL;
	buf_add(name, at, (size_t)(colon - at));
	for (at = colon + 1;;) {
		line = memchr(at, '\n', (size_t)(end - at));
		const char *stop = line ? line : end;
		buf_add(value, at, (size_t)(stop - at));
		at = line ? line + 1 : end;
		if (at == end || (*at != ' ' && *at != '\t'))
			return at;
	}
}

/* Whether the value of a To names that address and no other. */
static bool is_alone(const char *value, const char *to)
{
	const char *open = NULL, *close = NULL;
	bool quoted = false;

	for (const char *c = value; *c; c++) {
		if (quoted && *c == '\\' && c[1])
			c++;
		else if (*c == '"')
			quoted = !quoted;
		else if (!quoted && (*c == ',' || *c == ';' || *c == '('))
			return false;
		else if (!quoted && *c == '<' && open)
			return false;
		else if (!quoted && *c == '<')
			open = c;
		else if (!quoted && *c == '>')
			close = c;
	}
	const char *from = open ? open + 1 : value, *until = open ? close : value + strlen(value);
	if (!until || until < from || (open && close[1 + strspn(close + 1, " \t\r")]))
		return false;
	from += strspn(from, " \t");
	while (until > from && strchr(" \t\r", until[-1]))
		until--;
	return strlen(to) == (size_t)(until - from) && !strncasecmp(from, to, (size_t)(until - from));
}

static bool goes_only_to(const char *bytes, size_t len, const char *to)
{
	struct buf name AUTO(buf_release) = BUF_INIT, value AUTO(buf_release) = BUF_INIT;
	const char *end = bytes + len;
	int named = 0;

	for (const char *at = bytes; (at = next_field(at, end, &name, &value)) != NULL;) {
		if (!strcasecmp(name.data, "Cc") || !strcasecmp(name.data, "Bcc")
		    || !strncasecmp(name.data, "Resent-", 7) || !strcasecmp(name.data, "Apparently-To"))
			return false;
		if (strcasecmp(name.data, "To") != 0)
			continue;
		if (!is_alone(value.data, to))
			return false;
		named++;
	}
	return named == 1;
}

/* ---- the program ---- */

/* With line ends as this machine's programs know them. */
static int mail_file(const char *bytes, size_t len)
{
	struct buf text AUTO(buf_release) = BUF_INIT;
	int fd = memfd_create("mail", MFD_CLOEXEC);

	for (const char *at = bytes, *end = bytes + len; at < end;) {
		const char *cr = memchr(at, '\r', (size_t)(end - at));
		const char *stop = cr ? cr : end;
		buf_add(&text, at, (size_t)(stop - at));
		at = stop;
		if (cr && (cr + 1 == end || cr[1] != '\n'))
			buf_chr(&text, '\r');
		at += cr != NULL;
	}
	if (fd < 0)
		return -1;
	if (write(fd, text.data, text.len) == (ssize_t)text.len && lseek(fd, 0, SEEK_SET) == 0)
		return fd;
	close(fd);
	return -1;
}

static int output_file(void)
{
	int fd = memfd_create("output", MFD_CLOEXEC | MFD_ALLOW_SEALING);

	if (fd < 0)
		return -1;
	if (ftruncate(fd, PRINTED) == 0 && fcntl(fd, F_ADD_SEALS, F_SEAL_GROW | F_SEAL_SHRINK) == 0)
		return fd;
	close(fd);
	return -1;
}

static int start(const char *const *argv, int in, int out, pid_t *pid)
{
	union {
		const char *const *in;
		char *const *out;
	} args = { .in = argv };
	posix_spawn_file_actions_t files;
	posix_spawnattr_t how;
	sigset_t none, usual;

	sigemptyset(&none);
	sigemptyset(&usual);
	sigaddset(&usual, SIGPIPE);
	sigaddset(&usual, SIGXFSZ);
	posix_spawn_file_actions_init(&files);
	posix_spawn_file_actions_adddup2(&files, in, 0);
	posix_spawn_file_actions_adddup2(&files, out, 1);
	posix_spawn_file_actions_adddup2(&files, out, 2);
	posix_spawnattr_init(&how);
	/* a group of its own, so that what it starts can end with it */
	posix_spawnattr_setflags(&how, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK
	                         | POSIX_SPAWN_SETSIGDEF);
	posix_spawnattr_setpgroup(&how, 0);
	posix_spawnattr_setsigmask(&how, &none);
	posix_spawnattr_setsigdefault(&how, &usual);
	int why = posix_spawn(pid, argv[0], &files, &how, args.out, environ);
	posix_spawnattr_destroy(&how);
	posix_spawn_file_actions_destroy(&files);
	return why;
}

/* Its exit status; -1: it died, or had to be ended. */
static int await(const struct net_clock *clock, pid_t pid)
{
	int64_t until = clock->now_ms(clock->ctx) + PATIENCE_MS, left;
	int fd AUTO(fd_close) = pidfd_open(pid, 0);
	int status, ready = 0;
	pid_t got;

	while (fd >= 0 && ready <= 0 && (left = until - clock->now_ms(clock->ctx)) > 0) {
		ready = clock->wait(clock->ctx, fd, POLLIN, left);
		if (ready < 0 && errno != EINTR)
			break;
	}
	if (ready <= 0)
		kill(-pid, SIGKILL);
	while ((got = waitpid(pid, &status, 0)) < 0 && errno == EINTR)
		;
	return got == pid && WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/* What it printed, as one printable line. */
static void printed(int fd, char out[200])
{
	char text[PRINTED + 1];
	ssize_t n = pread(fd, text, PRINTED, 0);

	text[n > 0 ? n : 0] = '\0';
	line_tidy(text);
	server_words(text, out);
}

static void say(const struct sendmail_sender *s, int status, int output, struct submit_result *out)
{
	char words[200];

	printed(output, words);
	enum submit_verdict v = retry_judge_program(status, words);
	if (status < 0)
		submit_say(out, v, "%s died, or gave no answer in ten minutes%s%s", s->program,
		           *words ? ": " : "", words);
	else if (status > 0)
		submit_say(out, v, "%s: status %d%s%s", s->program, status, *words ? ": " : "", words);
	else
		submit_say(out, v, "taken by %s%s%s", s->program, *words ? ": " : "", words);
}

static void sendmail_submit(struct sender *base, const char *from, const char *to,
                            const char *bytes, size_t len, const char *message_id,
                            struct submit_result *out)
{
	struct sendmail_sender *s = (struct sendmail_sender *)base;
	const char *argv[] = { s->program, "-t", "-i", "-f", from, NULL };
	pid_t pid;

	(void)message_id; /* stands in the mail */
	if (!goes_only_to(bytes, len, to)) {
		submit_say(out, SUBMIT_FAILED, "the mail's own To, Cc and Bcc do not name %s alone: it was not "
		           "given to %s", to, s->program);
		return;
	}
	int in AUTO(fd_close) = mail_file(bytes, len), output AUTO(fd_close) = output_file();
	if (in < 0 || output < 0) {
		submit_say(out, SUBMIT_BUSY, "no memory for the mail: %s", strerror(errno));
		return;
	}
	int why = start(argv, in, output, &pid);
	if (why)
		submit_say(out, why == EAGAIN || why == ENOMEM ? SUBMIT_BUSY : SUBMIT_HELD,
		           "%s cannot be run: %s", s->program, strerror(why));
	else
		say(s, await(s->clock, pid), output, out);
}

static void sendmail_free(struct sender *base)
{
	struct sendmail_sender *s = (struct sendmail_sender *)base;

	mem_free(s->program);
	mem_free(s);
}

static const struct sender_ops OPS = { .submit = sendmail_submit, .free = sendmail_free };

int sender_sendmail(const char *program, const struct net_clock *clock, struct sender **out,
                    struct err *e)
{
	*out = NULL;
	if (!program || *program != '/')
		return err_set(e, ERR_USAGE, "\"%s\" is no whole path of a program that sends mail: write it like "
		               "/usr/sbin/sendmail", program ? program : "");
	struct sendmail_sender *s = mem_zalloc(sizeof(*s));
	s->base.ops = &OPS;
	s->program = mem_strdup(program);
	s->clock = net_clock_or(clock);
	*out = &s->base;
	return 0;
}
