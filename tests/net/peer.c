/* SPDX-License-Identifier: EUPL-1.2 */
#include <config.h>

#include "peer.h"

#include <check.h>
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "base/attr.h"

enum { LINE_MOST = 16384 };

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

/* The one client of this process. */
static struct {
	int fd, report;
	gnutls_session_t tls; /* NULL: in the clear */
	const struct script *script;
	char waiting[16384];  /* what is said in one go arrives in one go */
	size_t n;
	char heard[LINE_MOST]; /* the client's last line */
	bool again;            /* the rest is for the next client */
	int at;                /* the next step */
} line;

static void note(char what)
{
	if (write(line.report, &what, 1) != 1)
		_exit(0);
}

static bool read_byte(char *c)
{
	bool got = line.tls ? gnutls_record_recv(line.tls, c, 1) == 1 : read(line.fd, c, 1) == 1;

	if (got && line.tls)
		note('H');
	return got;
}

/* Reads one line of the client's, without its end. */
static bool hear(char text[LINE_MOST])
{
	size_t n = 0;
	char c = 0;

	while (c != '\n') {
		if (!read_byte(&c))
			return false;
		if (n < LINE_MOST - 1 && c >= ' ')
			text[n++] = c;
	}
	text[n] = '\0';
	return true;
}

static void flush(void)
{
	for (size_t at = 0; at < line.n; ) {
		ssize_t n = line.tls ? gnutls_record_send(line.tls, line.waiting + at, line.n - at) :
			write(line.fd, line.waiting + at, line.n - at);
		if (n <= 0)
			_exit(0); /* the client has had enough */
		at += (size_t)n;
	}
	line.n = 0;
}

static void put(const char *bytes, size_t len)
{
	if (line.n + len > sizeof(line.waiting))
		flush();
	memcpy(line.waiting + line.n, bytes, len);
	line.n += len;
}

/* Until the client has had enough; the parent ends us if it never does. */
static void keep_silent(void)
{
	char text[LINE_MOST];

	flush();
	note('S');
	while (hear(text))
		;
	_exit(0);
}

static void put_for_ever(const char *piece, int most, bool slow)
{
	for (int i = 0; i < most; i++) {
		put(piece, strlen(piece));
		if (slow) {
			flush();
			note('P');
		}
	}
	if (slow) /* a client that was slower than time has more than enough of it */
		keep_silent();
}

/* Begins SCRAM as a server does that has read "AUTH SCRAM-… {first message}"
 * but knows no password. */
static void begin_scram(void)
{
	static const char REST[] = "server,s=QSXCR+Q6sek8bf92,i=4096";
	const char *first = strrchr(line.heard, ' ');
	union {
		const char *in;
		unsigned char *out;
	} text = { .in = first ? first + 1 : "" };
	gnutls_datum_t in = { .data = text.out, .size = (unsigned int)strlen(text.in) }, raw;
	char words[512];

	if (gnutls_base64_decode2(&in, &raw) < 0)
		_exit(0);
	const char *nonce = memmem(raw.data, raw.size, "r=", 2);
	int n = nonce ? (int)(raw.size - (size_t)(nonce - (const char *)raw.data)) : 0;
	n = snprintf(words, sizeof(words), "%.*s%s", n, nonce ? nonce : "", REST);
	in = (gnutls_datum_t){ .data = (unsigned char *)words, .size = (unsigned int)n };
	if (gnutls_base64_encode2(&in, &raw) < 0)
		_exit(0);
	put((char *)raw.data, raw.size);
}

static void skip_to_dot(void)
{
	char text[LINE_MOST] = "";

	while (strcmp(text, ".") != 0)
		if (!hear(text))
			_exit(0);
}

static void shake_hands(void)
{
	gnutls_certificate_credentials_t own;
	gnutls_session_t tls;

	gnutls_certificate_allocate_credentials(&own);
	gnutls_certificate_set_x509_key(own, &(gnutls_x509_crt_t){ line.script->cert->crt }, 1,
	                                line.script->cert->key);
	gnutls_init(&tls, GNUTLS_SERVER | GNUTLS_NO_SIGNAL);
	gnutls_priority_set_direct(tls, line.script->priority ? line.script->priority : "NORMAL", NULL);
	gnutls_credentials_set(tls, GNUTLS_CRD_CERTIFICATE, own);
	gnutls_transport_set_int(tls, line.fd);
	if (gnutls_handshake(tls))
		_exit(0);
	note('T');
	line.tls = tls;
}

static void must_be_quiet(void)
{
	char next;

	if ((line.tls && gnutls_record_check_pending(line.tls)) ||
	    recv(line.fd, &next, 1, MSG_PEEK | MSG_DONTWAIT) > 0) {
		fprintf(stderr, "# the client said more than it was to\n");
		_exit(0);
	}
}

/* "@545s": nothing happens for so long; "@x1030": so many letters. */
static size_t counted(const char *what)
{
	char *end;
	bool letters = what[1] == 'x';
	long n = strtol(what + 1 + letters, &end, 10);

	if (n <= 0 || (!letters && *end != 's'))
		return 0;
	if (letters) {
		put_for_ever("x", (int)n, false);
		return (size_t)(end - what);
	}
	flush();
	while (n--)
		note('P');
	return (size_t)(end - what) + 1;
}

/* What a server can do besides talking. How many letters of `what` it took. */
static size_t misbehave(const char *what)
{
	static const struct {
		const char *name, *piece;
		int times;
		bool slow;
	} FOR_EVER[] = {
		{ "@drip", "x", 1000, true },
		{ "@flood", "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", 1 << 24, false },
		{ "@lines", "* OK and what is more\r\n", 1 << 24, false },
		{ "@more", "250-AND-WHAT-IS-MORE\r\n", 1 << 24, false },
		{ "@parens", "(", 200000, false },
	};

	for (size_t i = 0; i < ARRAY_LEN(FOR_EVER); i++) {
		size_t n = strlen(FOR_EVER[i].name);
		if (strncmp(what, FOR_EVER[i].name, n) == 0) {
			put_for_ever(FOR_EVER[i].piece, FOR_EVER[i].times, FOR_EVER[i].slow);
			return n;
		}
	}
	if (strncmp(what, "@close", 6) == 0)
		flush(), _exit(0);
	if (strncmp(what, "@silence", 8) == 0)
		keep_silent();
	if (strncmp(what, "@tls", 4) == 0)
		return flush(), shake_hands(), 4;
	if (strncmp(what, "@nul", 4) == 0)
		return put("", 1), 4;
	if (strncmp(what, "@scram", 6) == 0)
		return begin_scram(), 6;
	if (strncmp(what, "@dot", 4) == 0)
		return skip_to_dot(), 4;
	if (strncmp(what, "@alone", 6) == 0)
		return must_be_quiet(), 6;
	if (strncmp(what, "@again", 6) == 0)
		return line.again = true, 6;
	return counted(what);
}

static void say(const char *text, const char *tag)
{
	for (const char *at = text; *at; ) {
		size_t taken = 0;
		for (size_t i = 0; *at == '@' && !taken && i < ARRAY_LEN(ORDINARY); i++)
			if (strncmp(at, ORDINARY[i].name, strlen(ORDINARY[i].name)) == 0) {
				say(ORDINARY[i].stands_for, tag);
				taken = strlen(ORDINARY[i].name);
			}
		if (*at == '@' && !taken)
			taken = misbehave(at);
		if (!taken && at[0] == '\\' && at[1] == 'n')
			put("\r\n", 2), taken = 2;
		if (!taken && at[0] == '%' && at[1] == 'T')
			put(tag, strlen(tag)), taken = 2;
		if (!taken)
			put(at, 1), taken = 1;
		at += taken;
	}
}

/* "user=" {User} "^Aauth=Bearer " {Access Token} "^A^A", in base64. */
static void xoauth2(const struct script *s, char out[LINE_MOST])
{
	char words[LINE_MOST];
	int n = snprintf(words, sizeof(words), "user=%s\1auth=Bearer %s\1\1", s->user, s->token);
	gnutls_datum_t in = { .data = (unsigned char *)words, .size = (unsigned int)n }, text;

	if (gnutls_base64_encode2(&in, &text) == 0)
		snprintf(out, LINE_MOST, "%.*s", (int)text.size, text.data);
}

/* The client must say that; hangs up on it otherwise. */
static void expect(const char *wanted, const char *text)
{
	char token[LINE_MOST];

	if (strcmp(wanted, "@xoauth2") == 0) {
		xoauth2(line.script, token);
		wanted = token;
	}
	if (!strstr(text, wanted)) {
		fprintf(stderr, "# wanted <%s>, heard <%s>\n", wanted, text);
		_exit(0);
	}
}

void peer_talk(int fd, int report, void *ctx)
{
	const struct script *s = ctx;
	char *text = line.heard;

	line.tls = NULL;
	line.n = 0;
	if (!line.again)
		line.at = 0;
	line.again = false;
	line.fd = fd;
	line.report = report;
	line.script = s;
	if (s->before)
		say(s->before, "");
	if (s->implicit)
		shake_hands();
	while (line.at < s->n) {
		const struct step *step = &s->step[line.at++];
		if (step->waits && !hear(text))
			return;
		if (step->waits && step->hear)
			expect(step->hear, text);
		char tag[32];
		snprintf(tag, sizeof(tag), "%.*s", (int)strcspn(text, " "), text);
		say(step->say, tag);
		flush();
		if (line.again) {
			close(fd);
			return;
		}
	}
	hear(text); /* LOGOUT or QUIT */
	close(fd);
}

void script_of_fields(struct script *s, char **field, int n)
{
	ck_assert_int_le(n, STEPS_MOST);
	s->n = n;
	for (int i = 0; i < n; i++) {
		/* @dot itself reads what the client says */
		struct step *step = &s->step[i];
		*step = (struct step){ .waits = i && strncmp(field[i], "@dot", 4), .say = field[i] };
		char *end = field[i][0] == '<' ? strchr(field[i], '>') : NULL;
		if (end) {
			*end++ = '\0';
			step->hear = field[i] + 1;
			step->say = end + strspn(end, " ");
		}
	}
}

/* ---- the client's clock ---- */

static int64_t ahead_of_time(void *ctx)
{
	const struct peer_clock *c = ctx;
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000 + c->ahead_ms;
}

/* Takes one word of the peer's. */
static void take_note(struct peer_clock *c)
{
	char what;

	if (read(c->report, &what, 1) != 1) {
		c->report = -1; /* poll() passes it over */
		return;
	}
	c->silent = c->silent || what == 'S';
	c->heard = c->heard || what == 'H';
	c->shook = c->shook || what == 'T';
	if (what == 'P')
		c->ahead_ms += 1000;
}

static int wait_for_peer(void *ctx, int fd, short events, int64_t ms)
{
	struct peer_clock *c = ctx;
	struct pollfd p[2] = { { .fd = fd, .events = events }, { .fd = c->report, .events = POLLIN } };
	/* what was said before the silence has arrived by then */
	int r = poll(p, 2, (int)(c->silent && ms > 50 ? 50 : ms));

	if (r > 0 && p[0].revents)
		return 1;
	if (r > 0)
		take_note(c);
	else if (r == 0 && c->silent)
		c->ahead_ms += ms;
	return 0;
}

void peer_clock_start(struct peer_clock *c, const struct fake *f)
{
	*c = (struct peer_clock){ .report = f->report,
		.clock = { .now_ms = ahead_of_time, .wait = wait_for_peer, .ctx = c } };
}

int64_t peer_clock_now(const struct peer_clock *c)
{
	union {
		const struct peer_clock *in;
		void *out;
	} ctx = { .in = c };

	return ahead_of_time(ctx.out);
}

void peer_end(struct fake *f, struct peer_clock *c)
{
	char rest[65536];

	fake_end(f, rest, sizeof(rest));
	c->heard = c->heard || strchr(rest, 'H');
	c->shook = c->shook || strchr(rest, 'T');
}
