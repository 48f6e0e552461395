/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "base/text.h"
#include "src/mail/internal.h"

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

bool raw_equal(const char *a, const char *b)
{
	while (*a && lower(*a) == lower(*b)) {
		a++;
		b++;
	}
	return *a == *b;
}

bool raw_is(const char *value, const char *word)
{
	if (!value)
		return false;
	for (; *word; word++, value++)
		if (lower(*value) != lower(*word))
			return false;
	return true;
}

static bool is_named(const struct raw_header *one, const char *name)
{
	return lower(*one->name) == lower(*name) && raw_equal(one->name, name); /* most differ at once */
}

const char *raw_get(const struct raw_headers *h, const char *name, size_t which)
{
	for (size_t i = 0; i < h->n; i++)
		if (is_named(&h->at[i], name) && which-- == 0)
			return h->at[i].value;
	return NULL;
}

size_t raw_count(const struct raw_headers *h, const char *name)
{
	size_t n = 0;

	for (size_t i = 0; i < h->n; i++)
		n += is_named(&h->at[i], name);
	return n;
}

/* From `at` to the end of the logical line, its continuation lines included. */
static const char *end_of_field(const char *at, const char *end)
{
	for (;;) {
		const char *nl = memchr(at, '\n', (size_t)(end - at));
		if (!nl)
			return end;
		at = nl + 1;
		if (at == end || (*at != ' ' && *at != '\t'))
			return at;
	}
}

static char *unfolded(struct arena *a, const char *s, size_t len)
{
	char *out = arena_dupn(a, s, len), *to = out;

	for (size_t i = 0; i < len; i++)
		if (s[i] != '\r' && s[i] != '\n' && s[i] != '\0')
			*to++ = s[i] == '\t' ? ' ' : s[i];
	while (to > out && to[-1] == ' ')
		to--;
	*to = '\0';
	return out + strspn(out, " ");
}

static void add(struct arena *a, struct raw_headers *h, const char *at, size_t len)
{
	const char *colon = memchr(at, ':', len);
	const char *space = memchr(at, ' ', len);

	if (!colon || colon == at || (space && space < colon)) {
		/* To one program the body starts here, to another it does not. */
		h->odd = "a line of the header is no header";
		return;
	}
	if (h->n == MAIL_MAX_HEADERS) {
		h->too_many = true;
		return;
	}
	h->at = arena_grow(a, h->at, h->n, &h->cap, sizeof(*h->at));
	h->at[h->n++] = (struct raw_header){
		.field = at,
		.len = len,
		.name = unfolded(a, at, (size_t)(colon - at)),
		.value = unfolded(a, colon + 1, len - (size_t)(colon + 1 - at)),
	};
}

static bool bare_return(const char *at, const char *end)
{
	for (; (at = memchr(at, '\r', (size_t)(end - at))) != NULL; at++)
		if (at + 1 >= end || at[1] != '\n')
			return true;
	return false;
}

/* "From anna Tue Jan 12 …", and not the field "From : …". */
static bool is_mbox_separator(const char *at, size_t len)
{
	size_t i = 5;

	if (len < i || memcmp(at, "From ", i) != 0)
		return false;
	while (i < len && at[i] == ' ')
		i++;
	return i < len && at[i] != ':';
}

void raw_read(struct arena *a, const char *bytes, size_t len, struct raw_headers *out)
{
	const char *at = bytes, *end = bytes + len;

	*out = (struct raw_headers){ .at = NULL };
	if (is_mbox_separator(at, len))
		at = end_of_field(at, end);
	while (at < end && !out->too_many && *at != '\n' && !(*at == '\r' && end - at > 1 && at[1] == '\n')) {
		const char *next = end_of_field(at, end);
		if (memchr(at, '\0', (size_t)(next - at)))
			out->has_nul = true;
		if (bare_return(at, next))
			out->odd = "a header holds a carriage return alone";
		add(a, out, at, (size_t)(next - at));
		at = next;
	}
	at += at < end && *at == '\r';
	at += at < end && *at == '\n';
	out->body = (size_t)(at - bytes);
}
