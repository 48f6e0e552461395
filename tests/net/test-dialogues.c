/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Whole conversations, one file each in tests/cases/dialogues, and every
 * trouble at every step of them. The format is told in its README.
 */
#include <config.h>

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "peer.h"
#include "tests/tap.h"
#include "visit.h"

static char folder[] = "/tmp/oversyn-dialogues-XXXXXX";
static char ca_file[sizeof(folder) + 16];
static struct cert ca, server_cert;

static void setup(void)
{
	ck_assert_ptr_nonnull(mkdtemp(folder));
	ca = cert_make((struct cert_wish){ .from_days = -60, .to_days = 60 });
	server_cert = cert_make((struct cert_wish){ .host = "localhost", .issuer = &ca,
		.from_days = -1, .to_days = 10 });
	snprintf(ca_file, sizeof(ca_file), "%s/ca.pem", folder);
	cert_save(&ca, ca_file);
}

static void teardown(void)
{
	cert_free(&ca);
	cert_free(&server_cert);
	unlink(ca_file);
	rmdir(folder);
}

struct dialogue {
	const char *name;
	bool smtp, trouble;
	const char *put_away; /* UIDs; NULL: it reads */
	enum tls_mode tls;
	const char *user, *password, *says[VISIT_MAILS];
	int mails, told; /* SMTP: how many are given, and of how many is said how they end */
	enum auth_way auth;
	size_t limit;
	int enough; /* mails of a look; 0: all */
	int wait; /* seconds; -1: this is not about waiting */
	int connections;
	struct script script;
	struct buf said[STEPS_MOST]; /* what the steps point at */
	char long_word[8192];
};

static void take_door(struct dialogue *d, const char *words)
{
	d->smtp = strncmp(words, "smtp", 4) == 0;
	d->put_away = strstr(words, "putting away") ? "1" : NULL;
	d->tls = strstr(words, "implicit") ? TLS_IMPLICIT : strstr(words, "starttls") ? TLS_STARTTLS :
		TLS_NONE;
	ck_assert_msg(d->smtp || strncmp(words, "imap", 4) == 0, "%s: door: smtp or imap", d->name);
}

/* "@6000": a word of so many letters, as tokens are. */
static const char *word_of(struct dialogue *d, const char *text)
{
	size_t n = *text == '@' ? strtoul(text + 1, NULL, 10) : 0;

	if (!n)
		return text;
	ck_assert_uint_lt(n, sizeof(d->long_word));
	for (size_t i = 0; i < n; i++)
		d->long_word[i] = "abcdefghijklmnopqrstuvwxyz0123456789-_."[i % 39];
	return d->long_word;
}

static struct step *new_step(struct dialogue *d)
{
	ck_assert_int_lt(d->script.n, STEPS_MOST);
	d->said[d->script.n] = (struct buf)BUF_INIT;
	return &d->script.step[d->script.n++];
}

static void take_client(struct dialogue *d, const char *text)
{
	bool mail = strcmp(text, "@mail") == 0;
	struct step *step = new_step(d);

	*step = (struct step){ .waits = !mail, .hear = mail ? NULL : text };
	if (mail)
		buf_str(&d->said[d->script.n - 1], "@dot");
}

/* The server's words that answer no client: at the beginning of a connection. */
static bool greets(const struct dialogue *d)
{
	int n = d->script.n;

	return !n || (d->said[n - 1].len >= 6 && !strcmp(d->said[n - 1].data + d->said[n - 1].len - 6, "@again"));
}

static void take_server(struct dialogue *d, const char *text)
{
	if (greets(d))
		*new_step(d) = (struct step){ .waits = false };
	d->connections += !strcmp(text, "@again");
	struct buf *said = &d->said[d->script.n - 1];
	buf_str(said, text);
	if (*text != '@') /* what it does needs no line end */
		buf_str(said, "\\n");
}

static void take_line(struct dialogue *d, char *text, int line)
{
	char *value = strchr(text, ':');

	ck_assert_msg(value != NULL, "%s:%d: no colon", d->name, line);
	*value++ = '\0';
	value += *value == ' ';
	if (!strcmp(text, "S"))
		take_server(d, value);
	else if (!strcmp(text, "C"))
		take_client(d, value);
	else if (!strcmp(text, "door"))
		take_door(d, value);
	else if (!strcmp(text, "says") && d->told < VISIT_MAILS)
		d->says[d->told++] = value;
	else if (!strcmp(text, "uids"))
		d->put_away = value;
	else if (!strcmp(text, "mails"))
		d->mails = (int)strtol(value, NULL, 10);
	else if (!strcmp(text, "user"))
		d->user = value;
	else if (!strcmp(text, "password"))
		d->password = word_of(d, value);
	else if (!strcmp(text, "auth"))
		d->auth = auth_way_of(value);
	else if (!strcmp(text, "limit"))
		d->limit = strtoul(value, NULL, 10);
	else if (!strcmp(text, "enough"))
		d->enough = (int)strtol(value, NULL, 10);
	else if (!strcmp(text, "wait"))
		d->wait = (int)strtol(value, NULL, 10);
	else if (!strcmp(text, "trouble"))
		d->trouble = !strcmp(value, "at each step");
	else
		ck_abort_msg("%s:%d: what is \"%s\"?", d->name, line, text);
}

static void read_dialogue(struct dialogue *d, char *text)
{
	int line = 0;

	for (char *next; text && *text; text = next) {
		next = strchr(text, '\n');
		if (next)
			*next++ = '\0';
		line++;
		if (*text && *text != '#')
			take_line(d, text, line);
	}
	ck_assert_msg(d->told && d->script.n > 0, "%s: wants door, says, and lines", d->name);
	ck_assert_msg(d->told == d->mails, "%s: wants a \"says\" for each mail", d->name);
	ck_assert_msg(d->auth != AUTH_WAY_COUNT, "%s: no such auth", d->name);
	d->script.before = "";
	d->script.cert = &server_cert;
	d->script.implicit = d->tls == TLS_IMPLICIT;
	d->script.user = d->user;
	d->script.token = d->password;
	for (int i = 0; i < d->script.n; i++)
		d->script.step[i].say = d->said[i].data;
}

enum { OUT_SIZE = 600 };

/* Plays it; returns how many seconds went by on the client's clock. */
static double play(struct dialogue *d, char out[VISIT_MAILS][OUT_SIZE])
{
	struct peer_clock clock;
	struct fake f = fake_start_many(peer_talk, &d->script, d->connections);

	peer_clock_start(&clock, &f);
	struct server to = { .host = "localhost", .port = f.port, .tls = d->tls, .timeout_s = 30,
		.clock = &clock.clock, .user = d->user, .password = d->password, .auth = d->auth,
		.ca_file = ca_file };
	int64_t start = peer_clock_now(&clock);
	if (d->wait >= 0 || d->limit)
		visit_and_wait(&to, d->limit ? d->limit : 1024, d->enough, d->wait > 0 ? d->wait : 0, out[0],
		               OUT_SIZE);
	else if (d->smtp)
		visit_with_mails(&to, d->mails, out);
	else
		visit(&to, false, d->put_away, out[0], OUT_SIZE);
	int64_t took = peer_clock_now(&clock) - start;
	fake_end(&f, NULL, 0);
	return (double)took / 1000;
}

/* ---- every trouble at every step ---- */

static const struct trouble {
	const char *name, *does;
	bool half, waits; /* half of the answer comes first; time passes */
} TROUBLES[] = {
	{ "hangs up", "@close", false, false },
	{ "hangs up in the middle of its answer", "@close", true, false },
	{ "says nothing", "@silence", false, true },
	{ "stops in the middle of its answer", "@silence", true, true },
	{ "drips", "@drip", false, true },
	{ "floods with one line", "@flood", false, false },
	{ "floods with IMAP's lines", "@lines", false, false },
	{ "floods with SMTP's lines", "@more", false, false },
};

/* Whether the step comes before a mail is named. */
static bool before_mail(const struct dialogue *d, int at)
{
	for (int i = 0; i <= at; i++)
		if (d->script.step[i].hear && !strncmp(d->script.step[i].hear, "MAIL ", 5))
			return false;
	return true;
}

/* From the first IDLE on: a wait ends with a look, or with its time, and the look
 * may find the server gone. */
static bool waiting(const struct dialogue *d, int at)
{
	for (; at >= 0; at--)
		if (d->script.step[at].hear && !strcmp(d->script.step[at].hear, "IDLE"))
			return true;
	return false;
}

static bool is_dot(const struct dialogue *d, int at)
{
	return at >= 0 && strncmp(d->script.step[at].say, "@dot", 4) == 0;
}

/* What must become of a mail when it goes wrong at a step; NULL: the dialogue's own.
 * Nobody answers the call that comes after. */
static const char *outcome(const struct dialogue *d, int at, int mail)
{
	int dots = 0, last = d->script.n - 1; /* QUIT or LOGOUT: by then all is done */

	for (int i = 0; i < at; i++)
		dots += is_dot(d, i);
	if (at == last || mail < dots)
		return NULL;
	if (waiting(d, at))
		return "mails 0; ";
	if (!d->smtp)
		return "localhost";
	/* between two mails, it is no mail's fault */
	bool between = dots && is_dot(d, at - 1);
	bool nobodys = before_mail(d, at) || between;
	if (mail == dots)
		return is_dot(d, at) ? "uncertain: " : nobodys ? "busy: " : "deferred: ";
	return mail == dots + 1 && !nobodys ? "busy: " : "not begun";
}

/* What comes after the mails that were whole by then. */
static const char *trouble_of(const struct dialogue *d, const char *wanted, const char *out)
{
	const char *told = strstr(out, "), localhost");

	return told && !d->smtp && wanted && !strcmp(wanted, "localhost") ? told + 3 : out;
}

static void with_trouble(struct dialogue *d, int at, const struct trouble *t)
{
	struct buf does AUTO(buf_release) = BUF_INIT;
	const char *right = at < 0 ? d->script.before : d->script.step[at].say;
	bool dot = is_dot(d, at);
	char out[VISIT_MAILS][OUT_SIZE];

	buf_str(&does, dot ? "@dot" : "");
	if (t->half)
		buf_fmt(&does, "%.*s", (int)strlen(right + 4 * dot) / 2, right + 4 * dot);
	buf_str(&does, t->does);
	if (at < 0)
		d->script.before = does.data;
	else
		d->script.step[at].say = does.data;
	double took = play(d, out);
	d->script.before = "";
	if (at >= 0)
		d->script.step[at].say = right;
	const char *wanted = NULL;
	for (int i = 0; i < d->mails; i++) {
		const char *other = outcome(d, at, i), *says = other ? other : d->says[i];
		wanted = other ? other : wanted;
		if (getenv("OVERSYN_VERBOSE"))
			printf("# %s, step %d, %s: %.1f s, %s\n", d->name, at + 1, t->name, took, out[i]);
		const char *told = trouble_of(d, other, out[i]);
		ck_assert_msg(!strncmp(told, says, strlen(says)) ||
		              (other && !d->smtp && !strncmp(out[i], "no TLS with", 11)),
		              "%s: %s at step %d, mail %d: wanted \"%s\", got \"%s\"", d->name, t->name,
		              at + 1, i + 1, says, out[i]);
	}
	/* a few letters are no TLS: there is nothing to wait for */
	bool waits = wanted && t->waits && (at >= 0 || strcmp(t->does, "@drip") != 0);
	if (waiting(d, at))
		ck_assert_msg(took < d->wait + 120, "%s: %s at step %d: took %.1f s", d->name, t->name,
		              at + 1, took);
	else if (waits && dot)
		ck_assert_msg(took > 599 && took < 720, "%s: %s after the dot: took %.1f s", d->name,
		              t->name, took);
	else if (waits)
		ck_assert_msg(took > 29 && took < 120, "%s: %s at step %d: took %.1f s", d->name, t->name,
		              at + 1, took);
}

static void one_file(const char *name)
{
	char path[4096], out[VISIT_MAILS][OUT_SIZE];
	struct dialogue d = { .name = name, .wait = -1, .connections = 1, .mails = 1 };

	snprintf(path, sizeof(path), "tests/cases/dialogues/%s", name);
	char *text = tap_slurp(tap_path(path), NULL);
	read_dialogue(&d, text);
	play(&d, out);
	for (int i = 0; i < d.mails; i++)
		ck_assert_msg(visit_said(d.says[i], out[i], d.smtp), "%s, mail %d: wanted \"%s\", got \"%s\"",
		              name, i + 1, d.says[i], out[i]);
	for (int at = d.tls == TLS_IMPLICIT ? -1 : 0; d.trouble && at < d.script.n; at++)
		for (size_t i = 0; i < ARRAY_LEN(TROUBLES); i++)
			with_trouble(&d, at, &TROUBLES[i]);
	for (int i = 0; i < d.script.n; i++)
		buf_release(&d.said[i]);
	free(text);
}

static int is_dialogue(const struct dirent *f)
{
	size_t n = strlen(f->d_name);

	return n > 4 && !strcmp(f->d_name + n - 4, ".txt");
}

START_TEST(every_dialogue_ends_as_it_says)
{
	struct dirent **files;
	int n = scandir(tap_path("tests/cases/dialogues"), &files, is_dialogue, alphasort);

	ck_assert_int_gt(n, 0);
	for (int i = 0; i < n; i++) {
		one_file(files[i]->d_name);
		free(files[i]);
	}
	free(files);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("dialogues");
	TCase *tc = tcase_create("dialogues");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_set_timeout(tc, 300);
	tcase_add_test(tc, every_dialogue_ends_as_it_says);
	suite_add_tcase(suite, tc);
	return tap_run(suite);
}
