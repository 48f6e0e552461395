/* SPDX-License-Identifier: EUPL-1.2 */
/* Each server of the table ends with the said words, and in good time. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "fake.h"
#include "net/transport.h"
#include "tests/tap.h"

enum { LIMIT = 1024, SECONDS_MOST = 4 };

struct script {
	char **step;
	int n;
};

struct word {
	const char *name, *stands_for;
};

static const struct word ORDINARY[] = {
	{ "@capa", "* CAPABILITY IMAP4rev1 MOVE UIDPLUS\\n%T OK done\\n" },
	{ "@select", "* 1 EXISTS\\n* OK [UIDVALIDITY 7] ok\\n%T OK [READ-WRITE] ok\\n" },
	{ "@list", "* 1 FETCH (UID 1 RFC822.SIZE 3 INTERNALDATE \"11-Jan-2027 08:00:00 +0100\" "
	           "FLAGS ())\\n%T OK done\\n" },
	{ "@literal", "{3}\\nabc" },
};

/* Reads one line of the client's, without its end. */
static bool hear(int fd, char line[512])
{
	size_t n = 0;
	char c = 0;

	while (c != '\n') {
		if (read(fd, &c, 1) != 1)
			return false;
		if (n < 511 && c >= ' ')
			line[n++] = c;
	}
	line[n] = '\0';
	return true;
}

/* What is said in one go arrives in one go. */
static char waiting[16384];
static size_t n_waiting;

static void flush(int fd)
{
	if (write(fd, waiting, n_waiting) != (ssize_t)n_waiting)
		_exit(0); /* the client has had enough */
	n_waiting = 0;
}

static void put(int fd, const char *bytes, size_t len)
{
	if (n_waiting + len > sizeof(waiting))
		flush(fd);
	memcpy(waiting + n_waiting, bytes, len);
	n_waiting += len;
}

static void put_for_ever(int fd, const char *piece, int most, unsigned int pause_us)
{
	for (int i = 0; i < most; i++) {
		put(fd, piece, strlen(piece));
		if (pause_us) {
			flush(fd);
			usleep(pause_us);
		}
	}
}

static void skip_to_dot(int fd)
{
	char line[512] = "";

	while (strcmp(line, ".") != 0)
		if (!hear(fd, line))
			_exit(0);
}

/* What a server can do besides talking. How many letters of `what` it took. */
static size_t misbehave(int fd, const char *what)
{
	static const struct {
		const char *name, *piece;
		int times;
		unsigned int pause_us;
	} FOR_EVER[] = {
		{ "@drip", "x", 1000, 50000 },
		{ "@flood", "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", 1 << 24, 0 },
		{ "@lines", "* OK and what is more\r\n", 1 << 24, 0 },
		{ "@more", "250-AND-WHAT-IS-MORE\r\n", 1 << 24, 0 },
		{ "@parens", "(", 200000, 0 },
		{ "@1030", "x", 1030, 0 },
	};

	for (size_t i = 0; i < ARRAY_LEN(FOR_EVER); i++) {
		size_t n = strlen(FOR_EVER[i].name);
		if (strncmp(what, FOR_EVER[i].name, n) == 0) {
			put_for_ever(fd, FOR_EVER[i].piece, FOR_EVER[i].times, FOR_EVER[i].pause_us);
			return n;
		}
	}
	if (strncmp(what, "@close", 6) == 0)
		flush(fd), _exit(0);
	if (strncmp(what, "@silence", 8) == 0)
		flush(fd), sleep(20);
	if (strncmp(what, "@nul", 4) == 0)
		return put(fd, "", 1), 4;
	if (strncmp(what, "@dot", 4) == 0)
		return skip_to_dot(fd), 4;
	return 0;
}

static void say(int fd, const char *text, const char *tag)
{
	for (const char *at = text; *at; ) {
		size_t taken = 0;
		for (size_t i = 0; *at == '@' && !taken && i < ARRAY_LEN(ORDINARY); i++)
			if (strncmp(at, ORDINARY[i].name, strlen(ORDINARY[i].name)) == 0) {
				say(fd, ORDINARY[i].stands_for, tag);
				taken = strlen(ORDINARY[i].name);
			}
		if (*at == '@' && !taken)
			taken = misbehave(fd, at);
		if (!taken && at[0] == '\\' && at[1] == 'n')
			put(fd, "\r\n", 2), taken = 2;
		if (!taken && at[0] == '%' && at[1] == 'T')
			put(fd, tag, strlen(tag)), taken = 2;
		if (!taken)
			put(fd, at, 1), taken = 1;
		at += taken;
	}
}

/* "<UID COPY 1> …": the client must say that; hangs up on it otherwise. */
static const char *expect(const char *step, const char *line)
{
	char wanted[128];
	size_t n = strcspn(step, ">");

	snprintf(wanted, sizeof(wanted), "%.*s", (int)n - 1, step + 1);
	if (!strstr(line, wanted)) {
		fprintf(stderr, "# wanted <%s>, heard <%s>\n", wanted, line);
		_exit(0);
	}
	return step + n + 1 + strspn(step + n + 1, " ");
}

static void talk(int fd, int report, void *ctx)
{
	struct script *s = ctx;
	char line[512] = "";

	(void)report;
	for (int i = 0; i < s->n; i++) {
		const char *step = s->step[i];
		/* @dot itself reads what the client says */
		if (i && strncmp(step, "@dot", 4) != 0 && !hear(fd, line))
			return;
		if (*step == '<')
			step = expect(step, line);
		line[strcspn(line, " ")] = '\0';
		say(fd, step, line);
		flush(fd);
	}
	hear(fd, line); /* LOGOUT or QUIT */
	close(fd);
}

static int count_mail(void *ctx, const struct fetched *m, struct err *e)
{
	(void)e;
	ck_assert_uint_eq(m->uid, 1);
	ck_assert_uint_eq(m->uidvalidity, 7);
	ck_assert_uint_eq(m->len, m->cut ? LIMIT : 3);
	ck_assert_int_eq(m->bytes[0], m->cut ? 'x' : 'a');
	++*(int *)ctx;
	return 0;
}

static void visit_imap(const struct server *to, bool done, char *out, size_t size)
{
	struct receiver *r;
	struct err e = ERR_INIT;
	int mails = 0;

	ck_assert_int_eq(receiver_imap(to, "INBOX", "Handled", &r, &e), 0);
	if (done && receiver_done(r, 7, 1, NULL, &e))
		snprintf(out, size, "%s", e.text);
	else if (done)
		snprintf(out, size, "done");
	else if (receiver_fetch(r, LIMIT, count_mail, &mails, &e))
		snprintf(out, size, "%s", e.text);
	else
		snprintf(out, size, "mails %d", mails);
	receiver_free(r);
}

static void visit_smtp(const struct server *to, char *out, size_t size)
{
	static const char MAIL[] = "From: a@kommun.example\r\n\r\nHej\r\n";
	struct sender *s;
	struct err e = ERR_INIT;
	struct submit_result r;

	ck_assert_int_eq(sender_smtp(to, "client.example", &s, &e), 0);
	sender_submit(s, "a@kommun.example", "b@kund.example", MAIL, strlen(MAIL), NULL, &r);
	snprintf(out, size, "%s: %s", submit_verdict_name(r.verdict), r.answer);
	sender_free(s);
}

/* "held: ahead of TLS": the verdict at the beginning, the words anywhere. */
static bool said(const char *wanted, const char *out, bool smtp)
{
	size_t verdict = smtp ? strcspn(wanted, ":") : 0;

	return strncmp(wanted, out, verdict) == 0 && strstr(out, wanted + (smtp ? verdict + 2 : 0));
}

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void one_server(int line, char **field, int n)
{
	char out[1200];

	ck_assert_msg(n > 3, "line %d: too few fields", line);
	struct script s = { .step = field + 3, .n = n - 3 };
	bool smtp = strncmp(field[1], "smtp", 4) == 0;
	struct fake f = fake_start(talk, &s);
	struct server to = { .host = "127.0.0.1", .port = f.port, .timeout_s = 1,
		.tls = strstr(field[1], "+tls") ? TLS_STARTTLS : TLS_NONE,
		.user = strstr(field[1], "+user") ? "eva" : NULL,
		.password = strstr(field[1], "+user") ? "hemligt" : NULL };
	double start = now();

	if (smtp)
		visit_smtp(&to, out, sizeof(out));
	else
		visit_imap(&to, strstr(field[1], "+done"), out, sizeof(out));
	double took = now() - start;
	fake_end(&f, NULL, 0);
	ck_assert_msg(said(field[2], out, smtp), "line %d, %s: wanted \"%s\", got \"%s\"", line,
	              field[0], field[2], out);
	ck_assert_msg(took < SECONDS_MOST, "line %d, %s: took %.1f s", line, field[0], took);
	if (getenv("OVERSYN_VERBOSE"))
		printf("# %.2f s, %s: %s\n", took, field[0], out);
}

START_TEST(every_server_ends_well)
{
	tap_table("tests/cases/hostile-servers.txt", one_server);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("hostile");
	TCase *tc = tcase_create("hostile");

	tcase_set_timeout(tc, 120);
	tcase_add_test(tc, every_server_ends_well);
	suite_add_tcase(suite, tc);
	return tap_run(suite);
}
