/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "src/mail/internal.h"

struct flowed_line {
	size_t depth;
	const char *text;
	size_t len;
	bool flows; /* the next line of the same depth belongs to it */
};

static const char *read_line(const char *at, bool delsp, struct flowed_line *l)
{
	const char *nl = strchr(at, '\n');
	const char *end = nl ? nl : at + strlen(at);
	const char *next = nl ? nl + 1 : end;

	l->depth = 0;
	for (; *at == '>'; at++)
		l->depth++;
	if (*at == ' ') /* space-stuffed (RFC 3676 §4.4) */
		at++;
	if (end > at && end[-1] == '\r')
		end--;
	l->text = at;
	l->len = end > at ? (size_t)(end - at) : 0;
	bool signature = l->len == 3 && memcmp(at, "-- ", 3) == 0;
	l->flows = l->len && at[l->len - 1] == ' ' && !signature;
	if (l->flows && delsp)
		l->len--;
	return next;
}

char *flowed_text(struct arena *a, const char *text, bool delsp)
{
	struct buf out AUTO(buf_release) = BUF_INIT;
	bool open = false;
	size_t depth = 0;

	while (*text) {
		struct flowed_line l;
		text = read_line(text, delsp, &l);
		bool signature = l.len == 3 && memcmp(l.text, "-- ", 3) == 0;
		if (open && (l.depth != depth || signature)) {
			buf_chr(&out, '\n');
			open = false;
		}
		if (!open) {
			for (size_t i = 0; i < l.depth; i++)
				buf_chr(&out, '>');
			if (l.depth)
				buf_chr(&out, ' ');
		}
		buf_add(&out, l.text, l.len);
		depth = l.depth;
		open = l.flows;
		if (!open)
			buf_chr(&out, '\n');
	}
	return arena_dupn(a, out.data, out.len);
}
