/* SPDX-License-Identifier: EUPL-1.2 */
#include <config.h>

#ifdef HAVE_SYSTEMD
#define SD_JOURNAL_SUPPRESS_LOCATION
#include <systemd/sd-daemon.h>
#include <systemd/sd-journal.h>
/* which bring syslog(3)'s numbers under the names that ours have */
#undef LOG_DEBUG
#undef LOG_INFO
#undef LOG_WARNING
#endif

#include "service.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#include "base/attr.h"
#include "base/buf.h"
#include "base/mem.h"

/* ---- the manager ---- */

static void tell(const char *words)
{
#ifdef HAVE_SYSTEMD
	sd_notify(0, words);
#else
	(void)words;
#endif
}

void service_ready(void)
{
	tell("READY=1");
}

void service_reloading(void)
{
	tell("RELOADING=1");
}

void service_stopping(void)
{
	tell("STOPPING=1\nSTATUS=finishing the mail in hand");
}

void service_status(const char *line)
{
	struct buf words AUTO(buf_release) = BUF_INIT;

	buf_fmt(&words, "STATUS=%s", line);
	tell(words.data);
}

void service_alive(void)
{
	tell("WATCHDOG=1");
}

int service_patience_s(void)
{
#ifdef HAVE_SYSTEMD
	uint64_t microseconds;

	if (sd_watchdog_enabled(0, &microseconds) > 0)
		return microseconds < 4000000 ? 1 : (int)(microseconds / 2000000);
#endif
	return 0;
}

/* ---- events ---- */

/* Whether a quote is the last of its value: a value may have some of its own. */
static bool closes(const char *quote)
{
	size_t key = quote[1] == ' ' ? strcspn(quote + 2, "= ") : 0;

	return !quote[1] || (key && quote[2 + key] == '=');
}

bool log_pair_next(const char **at, struct log_pair *out)
{
	const char *s = *at + strspn(*at, " ");
	size_t key = strcspn(s, "= "), n = 0;

	if (!*s || s[key] != '=' || !key || key >= sizeof(out->key))
		return false;
	memcpy(out->key, s, key);
	out->key[key] = '\0';
	s += key + 1;
	bool quoted = *s == '"';
	if (quoted)
		s++;
	for (; *s && (quoted ? *s != '"' || !closes(s) : *s != ' '); s++)
		if (n + 1 < sizeof(out->value))
			out->value[n++] = iscntrl((unsigned char)*s) ? ' ' : *s;
	out->value[n] = '\0';
	*at = *s && quoted ? s + 1 : s;
	if (strstr(out->key, "password") || strstr(out->key, "secret") || strstr(out->key, "token"))
		strcpy(out->value, "***");
	return true;
}

/* As they are written, with what is secret in them masked. */
static void write_line(struct buf *out, const char *event, const char *pairs)
{
	struct log_pair p;

	buf_str(out, event);
	while (log_pair_next(&pairs, &p))
		buf_fmt(out, strchr(p.value, ' ') || !*p.value ? " %s=\"%s\"" : " %s=%s", p.key, p.value);
}

#ifdef HAVE_SYSTEMD
/* Whether standard error is the journal's (systemd.exec(5), JOURNAL_STREAM), and it is there:
 * sd_journal_sendv() says that all is well where it has no socket. */
static bool has_journal(void)
{
	static const char socket[] = "/run/systemd/journal/socket";
	const char *stream = getenv("JOURNAL_STREAM");
	unsigned long long device, inode;
	struct stat st;

	return stream && sscanf(stream, "%llu:%llu", &device, &inode) == 2 && fstat(STDERR_FILENO, &st) == 0
	       && st.st_dev == device && st.st_ino == inode && access(socket, W_OK) == 0;
}

enum { MOST_FIELDS = 40 };

struct fields {
	struct iovec at[MOST_FIELDS];
	int n;
};

static void PRINTF(2, 3) add_field(struct fields *f, const char *fmt, ...)
{
	struct buf one = BUF_INIT;
	va_list ap;

	if (f->n == MOST_FIELDS)
		return;
	va_start(ap, fmt);
	buf_vfmt(&one, fmt, ap);
	va_end(ap);
	f->at[f->n].iov_len = one.len;
	f->at[f->n++].iov_base = buf_steal(&one);
}

/* False: it did not take it. */
static bool to_journal(int priority, const char *event, const char *pairs)
{
	struct buf line AUTO(buf_release) = BUF_INIT;
	struct fields f = { .n = 0 };
	struct log_pair p;

	write_line(&line, event, pairs);
	add_field(&f, "MESSAGE=%s", line.data);
	add_field(&f, "PRIORITY=%d", priority);
	add_field(&f, "SYSLOG_IDENTIFIER=oversyn");
	add_field(&f, "OVERSYN_EVENT=%s", event);
	while (log_pair_next(&pairs, &p)) {
		for (char *c = p.key; *c; c++)
			*c = isalnum((unsigned char)*c) ? (char)toupper((unsigned char)*c) : '_';
		add_field(&f, "OVERSYN_%s=%s", p.key, p.value);
	}
	bool took = sd_journal_sendv(f.at, f.n) == 0;
	for (int i = 0; i < f.n; i++)
		mem_free(f.at[i].iov_base);
	return took;
}
#endif

void service_log(void *ctx, enum log_level level, const char *event, const char *pairs)
{
	static const struct {
		const char *name;
		int priority; /* syslog(3) */
	} levels[] = {
		[LOG_DEBUG] = { "debug", 7 }, [LOG_INFO] = { "info", 6 },
		[LOG_WARNING] = { "warning", 4 }, [LOG_ERROR] = { "error", 3 },
	};
	struct buf line AUTO(buf_release) = BUF_INIT;
	const enum log_level *least = ctx;

#ifdef HAVE_SYSTEMD
	if (has_journal() && to_journal(levels[level].priority, event, pairs))
		return;
#endif
	if (level < *least)
		return;
	write_line(&line, event, pairs);
	fprintf(stderr, "%s %s\n", levels[level].name, line.data);
}
