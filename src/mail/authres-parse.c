/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "src/mail/auth.h"

/*
 * One Authentication-Results as RFC 8601 §2.2 has it. Comments and quoted
 * strings may hold what a sender wrote; "dmarc=pass" counts only where the
 * grammar has a method and its result.
 */
struct scan {
	struct arena *a;
	const char *at;
	bool bad;
};

static bool is_key(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' ||
	       c == '_';
}

/* Past the comment that starts here; NULL when it never ends. */
static const char *past_comment(const char *at)
{
	size_t depth = 0;

	for (; *at; at++) {
		if (*at == '\\' && at[1])
			at++;
		else if (*at == '(')
			depth++;
		else if (*at == ')' && --depth == 0)
			return at + 1;
	}
	return NULL;
}

static void skip(struct scan *s)
{
	while (*s->at == ' ' || *s->at == '(') {
		const char *next = *s->at == '(' ? past_comment(s->at) : s->at + 1;
		if (!next) {
			s->bad = true;
			next = s->at + strlen(s->at);
		}
		s->at = next;
	}
}

static bool take(struct scan *s, char c)
{
	skip(s);
	if (*s->at != c)
		return false;
	s->at++;
	return true;
}

static const char *key(struct scan *s)
{
	skip(s);
	const char *from = s->at;
	while (is_key(*s->at))
		s->at++;
	return arena_dupn(s->a, from, (size_t)(s->at - from));
}

/* A value: words and quoted strings that touch are one. */
static const char *value(struct scan *s)
{
	skip(s);
	char *out = arena_dup(s->a, s->at), *to = out;
	bool quoted = false;
	for (; *s->at && (quoted || !strchr(" ;()", *s->at)); s->at++) {
		if (*s->at == '"')
			quoted = !quoted;
		else if (quoted && *s->at == '\\' && s->at[1])
			*to++ = *++s->at;
		else
			*to++ = *s->at;
	}
	*to = '\0';
	s->bad = s->bad || quoted;
	return out;
}

static void property(struct scan *s, struct authres_result *r)
{
	const char *name = key(s);

	if (!*name) {
		s->bad = true;
		return;
	}
	if (take(s, '.'))
		name = arena_fmt(s->a, "%s.%s", name, key(s));
	if (!take(s, '=')) {
		s->bad = true;
		return;
	}
	const char *v = value(s);
	if (raw_equal(name, "reason"))
		r->reason = v;
	if (!raw_equal(name, "header.from"))
		return;
	r->twice = r->header_from != NULL;
	r->header_from = v;
}

/* What stands between two semicolons: a method, its result, its properties. */
static void result(struct scan *s, bool with_id, struct authres *out)
{
	struct authres_result r = { .method = key(s) };

	if (!with_id && out->n && *s->at == '.') { /* the recipient's domain */
		while (is_key(*s->at) || *s->at == '.')
			s->at++;
		skip(s);
		s->bad = s->bad || (*s->at && *s->at != ';');
		return;
	}
	if (take(s, '/'))
		key(s);
	if (!take(s, '=')) {
		/* "none" alone, or nothing after the last semicolon. */
		s->bad = s->bad || *s->at || (*r.method && !raw_equal(r.method, "none"));
		return;
	}
	r.result = key(s);
	s->bad = s->bad || !*r.method || !*r.result;
	skip(s);
	while (*s->at && *s->at != ';' && !s->bad) {
		property(s, &r);
		skip(s);
	}
	out->at = arena_grow(s->a, out->at, out->n, &out->cap, sizeof(*out->at));
	out->at[out->n++] = r;
}

void authres_parse(struct arena *a, const char *text, bool with_id, struct authres *out)
{
	struct scan s = { .a = a, .at = text };

	*out = (struct authres){ .id = "" };
	if (with_id) {
		out->id = value(&s);
		const char *version = key(&s);
		skip(&s);
		s.bad = s.bad || !*out->id || (*version && strcmp(version, "1") != 0) || *s.at != ';';
		s.at += *s.at == ';';
	}
	do
		result(&s, with_id, out);
	while (!s.bad && take(&s, ';'));
	out->bad = s.bad || *s.at;
}

char *authres_bare(struct arena *a, const char *text)
{
	char *out = arena_dup(a, text), *to = out;
	bool quoted = false;

	while (*text) {
		if (*text == '(' && !quoted) {
			text = past_comment(text);
			if (!text)
				return NULL;
			*to++ = ' ';
			continue;
		}
		if (*text == '\\' && quoted && text[1])
			*to++ = *text++;
		else if (*text == '"')
			quoted = !quoted;
		*to++ = *text++;
	}
	*to = '\0';
	return quoted ? NULL : out;
}

const struct authres_result *authres_dmarc(const struct authres *all, size_t n, const char **why)
{
	const struct authres_result *found = NULL;

	for (size_t i = 0; i < n; i++) {
		if (all[i].bad) {
			*why = "its Authentication-Results is not written as RFC 8601 says";
			return NULL;
		}
		for (size_t j = 0; j < all[i].n; j++) {
			if (!raw_equal(all[i].at[j].method, "dmarc"))
				continue;
			if (found) {
				*why = "its Authentication-Results gives two results of dmarc";
				return NULL;
			}
			found = &all[i].at[j];
		}
	}
	if (!found)
		*why = "its Authentication-Results says nothing of dmarc";
	return found;
}
