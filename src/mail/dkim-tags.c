/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdlib.h>
#include <string.h>

#include "src/mail/auth.h"

enum { MAX_TAGS = 40, MAX_NAME = 253 };

struct tag {
	const char *name, *value;
};

static char *without_spaces(struct arena *a, const char *s, size_t len)
{
	char *out = arena_dupn(a, s, len), *to = out;

	for (const char *at = out; *at; at++)
		if (*at != ' ')
			*to++ = *at;
	*to = '\0';
	return out;
}

/* How many; MAX_TAGS + 1 when it is no list of tags, or a tag stands twice. */
static size_t split(struct arena *a, const char *value, struct tag *out)
{
	size_t n = 0;

	while (*value) {
		size_t len = strcspn(value, ";");
		const char *equals = memchr(value, '=', len);
		if (!equals && strspn(value, " ") >= len) /* after the last semicolon */
			return value[len] ? MAX_TAGS + 1 : n;
		if (!equals || n == MAX_TAGS)
			return MAX_TAGS + 1;
		out[n].name = without_spaces(a, value, (size_t)(equals - value));
		out[n].value = without_spaces(a, equals + 1, len - (size_t)(equals + 1 - value));
		for (size_t i = 0; i < n; i++)
			if (!strcmp(out[i].name, out[n].name))
				return MAX_TAGS + 1;
		n++;
		value += len + (value[len] == ';');
	}
	return n;
}

static const char *get(const struct tag *tags, size_t n, const char *name)
{
	for (size_t i = 0; i < n; i++)
		if (!strcmp(tags[i].name, name))
			return tags[i].value;
	return NULL;
}

static bool is_name(const char *s)
{
	if (!s || !*s || strlen(s) > MAX_NAME || *s == '.' || s[strlen(s) - 1] == '.' || strstr(s, ".."))
		return false;
	for (; *s; s++)
		if (!((*s >= '0' && *s <= '9') || (*s >= 'a' && *s <= 'z') || (*s >= 'A' && *s <= 'Z') ||
		      *s == '-' || *s == '_' || *s == '.'))
			return false;
	return true;
}

static bool is_time(const char *s, instant *out)
{
	*out = INSTANT_NONE;
	if (!s)
		return true;
	if (!*s || strlen(s) > 12 || strspn(s, "0123456789") != strlen(s))
		return false;
	*out = strtoll(s, NULL, 10);
	return true;
}

const char *dkim_tags(struct arena *a, const struct raw_header *header, struct dkim_signature *out)
{
	struct tag tags[MAX_TAGS];
	size_t n = split(a, header->value, tags);

	*out = (struct dkim_signature){ .header = header, .domain = "", .selector = "" };
	if (n > MAX_TAGS)
		return "the signature is not written as RFC 6376 says";
	const char *domain = get(tags, n, "d"), *selector = get(tags, n, "s");
	out->algorithm = get(tags, n, "a");
	out->fields = get(tags, n, "h");
	out->partial = get(tags, n, "l") != NULL;
	bool times = is_time(get(tags, n, "t"), &out->made);
	times = is_time(get(tags, n, "x"), &out->expires) && times;
	if (is_name(domain))
		out->domain = domain;
	if (is_name(selector))
		out->selector = selector;
	if (!*out->domain || !*out->selector || !out->algorithm || !out->fields || !times)
		return "the signature is not written as RFC 6376 says";
	return NULL;
}

bool dkim_covers(const struct dkim_signature *s, const char *name)
{
	size_t len = strlen(name);

	for (const char *at = s->fields; *at;) {
		size_t n = strcspn(at, ":");
		if (n == len && raw_is(at, name))
			return true;
		at += n + (at[n] == ':');
	}
	return false;
}
