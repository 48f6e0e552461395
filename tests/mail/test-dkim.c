/* SPDX-License-Identifier: EUPL-1.2 */
/* Mails signed here, then changed as the table says, and held against the keys. */
#include <sys/types.h>

#include <opendkim/dkim.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mail/message.h"
#include "tests/tap.h"

static const instant came = 1799742600; /* 2027-01-12 09:30 in Stockholm */

/* The keys there are, by selector; every domain has the same. */
static const struct selector {
	const char *name, *pem; /* NULL: as "a" */
	enum dkim_found found;
	const char *record; /* with %s for the public key */
} selectors[] = {
	{ "a", "rsa2048", DKIM_KEY_FOUND, "v=DKIM1; k=rsa; p=%s" },
	{ "b", "rsa1024", DKIM_KEY_FOUND, "v=DKIM1; k=rsa; p=%s" },
	{ "short", "rsa768", DKIM_KEY_FOUND, "v=DKIM1; k=rsa; p=%s" },
	{ "ed", "ed25519", DKIM_KEY_FOUND, "v=DKIM1; k=ed25519; p=%s" },
	{ "trial", "rsa2048", DKIM_KEY_FOUND, "v=DKIM1; k=rsa; t=y; p=%s" },
	{ "revoked", "rsa2048", DKIM_KEY_FOUND, "v=DKIM1; k=rsa; p=" },
	{ "other", "rsa2048", DKIM_KEY_FOUND, "v=DKIM1; s=tlsrpt; p=%s" },
	{ "nonsense", "rsa2048", DKIM_KEY_FOUND, "hello, world" },
	{ "empty", "rsa2048", DKIM_KEY_FOUND, "" },
	{ "wrong", "rsa2048", DKIM_KEY_FOUND, "v=DKIM1; k=rsa; p=%s" }, /* of rsa1024 */
	{ "gone", "rsa2048", DKIM_KEY_NONE, NULL },
	{ "away", "rsa2048", DKIM_KEY_FAILED, NULL },
};

static const struct selector *selector_of(const char *name)
{
	for (size_t i = 0; i < ARRAY_LEN(selectors); i++)
		if (!strcmp(selectors[i].name, name))
			return &selectors[i];
	return NULL;
}

static char *test_key(struct arena *a, const char *pem, const char *kind)
{
	char *text = tap_slurp(tap_path(arena_fmt(a, "tests/cases/dkim/%s.%s", pem, kind)), NULL);
	char *out = arena_dup(a, text);

	free(text);
	return out;
}

static struct dkim_key key_for(struct arena *a, const char *domain, const struct selector *s)
{
	struct dkim_key k = { .domain = domain, .selector = s->name, .found = s->found };
	char *public = test_key(a, !strcmp(s->name, "wrong") ? "rsa1024" : s->pem, "pub");

	public[strcspn(public, "\n")] = '\0';
/* The records of the table above are all there is. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
	k.record = s->record ? arena_fmt(a, s->record, public) : NULL;
#pragma GCC diagnostic pop
	return k;
}

/* ---- signing ---- */

static const char *const letter[] = {
	"Received: from a.k.example by mx.tallvinge.example; Tue, 12 Jan 2027 09:30:00 +0100",
	"From: Anna <anna@k.example>",
	"To: oversyn@tallvinge.example",
	"Subject: SV: Granskning",
	"Date: Tue, 12 Jan 2027 09:29:00 +0100",
	"Message-ID: <1@k.example>",
	"MIME-Version: 1.0",
	"Content-Type: text/plain; charset=utf-8",
};
static const char text[] = "Jag har sett listan.\r\n\r\nAnna\r\n";

struct way {
	const char *domain, *selector;
	char *only[40]; /* the fields that are signed; none: the library's choice */
	bool simple, partial, sha1;
	long ttl, at;
	int times;
};

static struct way way_of(struct arena *a, const char *words)
{
	struct way w = { .domain = "k.example", .selector = "a", .times = 1 };
	char *save = NULL;

	for (char *s = strtok_r(arena_dup(a, words), " ", &save); s; s = strtok_r(NULL, " ", &save)) {
		char *slash = strchr(s, '/');
		if (slash) {
			*slash = '\0';
			w.domain = s;
			w.selector = slash + 1;
		} else if (!strncmp(s, "only=", 5)) {
			char *more = NULL;
			int n = 0;
			for (char *f = strtok_r(s + 5, ":", &more); f; f = strtok_r(NULL, ":", &more))
				w.only[n++] = f;
		} else if (!strncmp(s, "ttl=", 4)) {
			w.ttl = strtol(s + 4, NULL, 10);
		} else if (!strncmp(s, "at=", 3)) {
			w.at = strtol(s + 3, NULL, 10);
		} else if (*s == 'x') {
			w.times = (int)strtol(s + 1, NULL, 10);
		} else {
			ck_assert_msg(!strcmp(s, "simple") || !strcmp(s, "l") || !strcmp(s, "sha1"), "word %s", s);
			w.simple = w.simple || !strcmp(s, "simple");
			w.partial = w.partial || !strcmp(s, "l");
			w.sha1 = w.sha1 || !strcmp(s, "sha1");
		}
	}
	return w;
}

/* The library loses memory when it signs with Ed25519. It signs only here: what
 * it does to verify stays watched, where a sanitizer watches. */
__attribute__((weak)) void __lsan_disable(void);
__attribute__((weak)) void __lsan_enable(void);

static void sign(struct arena *a, const struct way *w, struct buf *out)
{
	static const char *const usual[] = {
		"from", "to", "subject", "date", "message-id", "mime-version", "content-type", NULL
	};
	const char *const *fields = w->only[0] ? (const char *const *)w->only : usual;
	const struct selector *s = selector_of(w->selector);
	ck_assert_msg(s != NULL, "there is no key %s", w->selector);
	uint64_t now = (uint64_t)(came + w->at), ttl = (uint64_t)w->ttl;
	unsigned bits = 512, flags = w->partial ? DKIM_LIBFLAGS_SIGNLEN : 0;
	dkim_alg_t alg = !strcmp(s->pem, "ed25519") ? DKIM_SIGN_ED25519SHA256
	                 : w->sha1 ? DKIM_SIGN_RSASHA1 : DKIM_SIGN_RSASHA256;
	dkim_canon_t canon = w->simple ? DKIM_CANON_SIMPLE : DKIM_CANON_RELAXED;
	char *value, *pem = test_key(a, s->pem, "pem");
	size_t len;
	DKIM_STAT st;

	if (__lsan_disable)
		__lsan_disable();
	DKIM_LIB *lib = dkim_init(NULL, NULL);
	dkim_options(lib, DKIM_OP_SETOPT, DKIM_OPTS_FIXEDTIME, &now, sizeof(now));
	dkim_options(lib, DKIM_OP_SETOPT, DKIM_OPTS_MINKEYBITS, &bits, sizeof(bits));
	dkim_options(lib, DKIM_OP_SETOPT, DKIM_OPTS_FLAGS, &flags, sizeof(flags));
	if (ttl)
		dkim_options(lib, DKIM_OP_SETOPT, DKIM_OPTS_SIGNATURETTL, &ttl, sizeof(ttl));
	dkim_options(lib, DKIM_OP_SETOPT, DKIM_OPTS_SIGNHDRS, (void *)(uintptr_t)fields, sizeof(fields));
	DKIM *d = dkim_sign(lib, (const u_char *)"test", NULL, (u_char *)pem, (const u_char *)w->selector,
	                    (const u_char *)w->domain, canon, canon, alg, w->partial ? (ssize_t)strlen(text) : -1, &st);
	ck_assert_ptr_nonnull(d);
	for (size_t i = 0; i < ARRAY_LEN(letter); i++)
		ck_assert_int_eq(dkim_header(d, (u_char *)(uintptr_t)letter[i], strlen(letter[i])), DKIM_STAT_OK);
	ck_assert_int_eq(dkim_eoh(d), DKIM_STAT_OK);
	ck_assert_int_eq(dkim_body(d, (u_char *)(uintptr_t)text, strlen(text)), DKIM_STAT_OK);
	st = dkim_eom(d, NULL);
	ck_assert_msg(st == DKIM_STAT_OK, "%s/%s: %s", w->domain, w->selector, dkim_geterror(d));
	ck_assert_int_eq(dkim_getsighdr_d(d, 16, (u_char **)&value, &len), DKIM_STAT_OK);
	for (int i = 0; i < w->times; i++) {
		buf_str(out, "DKIM-Signature: ");
		for (const char *c = value; *c; c++) {
			if (*c == '\n' && (c == value || c[-1] != '\r'))
				buf_chr(out, '\r');
			buf_chr(out, *c);
		}
		buf_str(out, "\r\n");
	}
	dkim_free(d);
	dkim_close(lib);
	if (__lsan_enable)
		__lsan_enable();
}

static void sign_all(struct arena *a, const char *ways, struct buf *out)
{
	char *save = NULL;

	for (char *one = strtok_r(arena_dup(a, ways), "+", &save); one; one = strtok_r(NULL, "+", &save)) {
		if (strstr(one, "broken")) {
			buf_str(out, "DKIM-Signature: v=1; this is none\r\n");
		} else if (!strstr(one, "unsigned")) {
			struct way w = way_of(a, one);
			sign(a, &w, out);
		}
	}
	for (size_t i = 0; i < ARRAY_LEN(letter); i++)
		buf_fmt(out, "%s\r\n", letter[i]);
	buf_fmt(out, "\r\n%s", text);
}

/* ---- changing ---- */

static void replace(struct arena *a, struct buf *mail, const char *what, const char *with)
{
	char *was = arena_dup(a, mail->data), *at = strstr(was, what);

	ck_assert_msg(at != NULL, "there is no \"%s\" to change", what);
	buf_clear(mail);
	buf_add(mail, was, (size_t)(at - was));
	buf_str(mail, with);
	buf_str(mail, at + strlen(what));
}

/* "old → new" in the bytes, "\n" for a line end; "LF": every CR taken away. */
static void change(struct arena *a, const char *how, struct buf *mail)
{
	struct buf s AUTO(buf_release) = BUF_INIT;

	if (!strcmp(how, "-"))
		return;
	if (!strcmp(how, "LF")) {
		char *was = arena_dup(a, mail->data);
		buf_clear(mail);
		for (; *was; was++)
			if (*was != '\r')
				buf_chr(mail, *was);
		return;
	}
	for (const char *c = how; *c; c++) {
		bool end = !strncmp(c, "\\n", 2), bare = !strncmp(c, "<LF>", 4);
		buf_str(&s, end ? "\r\n" : bare ? "\n" : (char[]){ *c, '\0' });
		c += end ? 1 : bare ? 3 : 0;
	}
	char *arrow = strstr(s.data, " → ");
	ck_assert_msg(arrow != NULL, "no arrow in \"%s\"", how);
	replace(a, mail, arena_dupn(a, s.data, (size_t)(arrow - s.data)), arrow + strlen(" → "));
}

/* ---- judging ---- */

static struct mail_facts judge(struct arena *a, const struct buf *mail, const struct dkim_key *keys, size_t n)
{
	static const char *const domains[] = { "skola.example", "forvaltning.example" };
	const struct mail_known known = {
		.profile = AUTH_DKIM,
		.received = came,
		.domains = domains,
		.n_domains = ARRAY_LEN(domains),
		.keys = keys,
		.n_keys = n,
	};
	struct buf wire AUTO(buf_release) = BUF_INIT;
	struct mail_facts f, got;

	mail_read(a, mail->data, mail->len, &known, &f);
	mail_facts_write(&f, &wire);
	ck_assert(mail_facts_read(a, wire.data, wire.len, &got));
	return got;
}

/* What its first reading wants is all that the second has. */
static struct mail_facts twice(struct arena *a, const struct buf *mail)
{
	struct mail_facts f = judge(a, mail, NULL, 0);
	struct dkim_key keys[MAIL_MAX_KEYS];

	ck_assert_ptr_null(f.auth_domain);
	for (size_t i = 0; i < f.n_wanted; i++)
		keys[i] = key_for(a, f.wanted[i].domain, selector_of(f.wanted[i].selector));
	return f.n_wanted ? judge(a, mail, keys, f.n_wanted) : f;
}

static void one(int line, char **field, int n)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct buf mail AUTO(buf_release) = BUF_INIT;

	ck_assert_msg(n == 4, "line %d has %d fields", line, n);
	sign_all(&a, field[0], &mail);
	change(&a, field[1], &mail);
	struct mail_facts f = twice(&a, &mail);
	ck_assert_msg(f.auth_why && strstr(f.auth_why, field[3]), "line %d: %s", line, f.auth_why);
	const char *domain = f.auth_domain ? f.auth_domain : "-";
	ck_assert_msg(!strcmp(domain, field[2]), "line %d: vouched for %s: %s", line, domain, f.auth_why);
	ck_assert(!f.auth_domain || !strcmp(f.auth_by, "dkim"));
}

START_TEST(signatures_hold_as_the_table_says)
{
	tap_table("tests/cases/dkim.txt", one);
}
END_TEST

/* Keys that nobody asked for are looked up for nobody. */
START_TEST(few_keys_are_wanted)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct buf mail AUTO(buf_release) = BUF_INIT;

	sign_all(&a, "evil.example/a x50 + k.example/a + k.example/b + k.example/ed + k.example/trial + "
	         "k.example/other + k.example/gone + k.example/away", &mail);
	struct mail_facts f = judge(&a, &mail, NULL, 0);
	ck_assert_int_eq(f.n_wanted, MAIL_MAX_KEYS);
	for (size_t i = 0; i < f.n_wanted; i++)
		ck_assert_str_eq(f.wanted[i].domain, "k.example");
}
END_TEST

/* The library may not look at its own clock: an audit comes years later. */
START_TEST(a_signature_is_held_against_when_the_mail_came)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct buf mail AUTO(buf_release) = BUF_INIT;
	const struct dkim_key key = key_for(&a, "k.example", selector_of("a"));

	sign_all(&a, "k.example/a ttl=3600", &mail);
	for (int i = 0; i < 2; i++) {
		const struct mail_known known = {
			.profile = AUTH_DKIM, .received = came + (i ? 100000 : 0), .keys = &key, .n_keys = 1,
		};
		struct mail_facts f;
		mail_read(&a, mail.data, mail.len, &known, &f);
		ck_assert_msg(!f.auth_domain == (i == 1), "%s", f.auth_why);
	}
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("dkim");
	TCase *t = tcase_create("dkim");

	suite_add_tcase(suite, t);
	tcase_add_test(t, signatures_hold_as_the_table_says);
	tcase_add_test(t, few_keys_are_wanted);
	tcase_add_test(t, a_signature_is_held_against_when_the_mail_came);
	return tap_run(suite);
}
