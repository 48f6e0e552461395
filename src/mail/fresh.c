/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "base/text.h"
#include "src/mail/internal.h"

void fresh_split(struct arena *a, const char *text, struct fresh_lines *out)
{
	char *next = arena_dup(a, text);

	*out = (struct fresh_lines){ .at = NULL };
	while (next && out->n < FRESH_LINES) {
		char *end = strchr(next, '\n');
		if (end)
			*end++ = '\0';
		size_t n = strlen(next);
		if (n && next[n - 1] == '\r')
			next[n - 1] = '\0';
		out->at = arena_grow(a, out->at, out->n, &out->cap, sizeof(*out->at));
		out->at[out->n++] = next;
		next = end;
	}
	out->folded = arena_alloc(a, (out->n + 1) * sizeof(*out->folded));
}

const char *fresh_folded(struct arena *a, struct fresh_lines *l, size_t i)
{
	if (!l->folded[i])
		l->folded[i] = text_fold(a, l->at[i]);
	return l->folded[i];
}

static bool is_quoted(const char *line)
{
	line += strspn(line, " \t");
	return *line == '>';
}

static bool is_signature(const char *line)
{
	return strcmp(line, "-- ") == 0 || strcmp(line, "--") == 0;
}

/* Whether the line is part of one of ours that was wrapped. A short one may
 * be an answer in the words that we offered. */
static bool was_sent(const char *folded, const char *sent)
{
	return sent && strlen(folded) >= 24 && strstr(sent, folded);
}

/*
 * Below an attribution: when the quote is marked with ">", a line without it
 * is somebody's answer between or below (bottom posting). When it is not
 * marked at all, only the attribution itself says that it is a quote.
 */
static const char *doubt_below(struct arena *a, struct fresh_lines *l, size_t from,
                               enum fresh_mark mark, const char *sent)
{
	const char *folded_sent = sent ? text_fold(a, sent) : NULL;
	bool marked = false, first = true;

	for (size_t i = from; i < l->n; i++) {
		const char *s = fresh_folded(a, l, i);
		if (!*s)
			continue;
		if (first)
			marked = is_quoted(l->at[i]);
		first = false;
		if (!marked)
			return mark == MARK_WEAK ? "what stands below may be the writer's own" : NULL;
		if (is_signature(l->at[i]))
			return NULL;
		if (!is_quoted(l->at[i]) && !fresh_device_line(s) && !was_sent(s, folded_sent))
			return "something is written between or below the quoted lines";
	}
	return NULL;
}

/* Decides line by line until the quote starts; returns where that is. */
static size_t read_top(struct arena *a, struct fresh_lines *l, bool *keep, const char *sent,
                       struct fresh *out)
{
	bool quote = false, signature = false;

	for (size_t i = 0; i < l->n; i++) {
		size_t lines;
		if (is_quoted(l->at[i])) {
			quote = true;
			continue;
		}
		enum fresh_mark mark = fresh_mark_at(a, l, i, &lines);
		if (mark != MARK_NONE) {
			if (mark != MARK_LINE)
				out->doubt = doubt_below(a, l, i + lines, mark, sent);
			return i;
		}
		signature = signature || is_signature(l->at[i]);
		if (signature || fresh_device_line(fresh_folded(a, l, i)))
			continue;
		keep[i] = true;
		if (quote && *fresh_folded(a, l, i))
			out->doubt = "something is written below quoted lines";
	}
	return l->n;
}

void fresh_read(struct arena *a, const char *text, const char *sent, struct fresh *out)
{
	struct buf b AUTO(buf_release) = BUF_INIT;
	struct fresh_lines l;

	*out = (struct fresh){ .text = NULL };
	fresh_split(a, text, &l);
	bool *keep = arena_alloc(a, (l.n + 1) * sizeof(*keep));
	size_t end = read_top(a, &l, keep, sent, out);
	if (end == FRESH_LINES)
		out->doubt = "the text is too long for an answer";
	fresh_subtract(a, &l, end, sent, keep);
	for (size_t i = 0; i < end; i++) {
		bool blank = !*fresh_folded(a, &l, i);
		if (!keep[i] || (blank && !b.len))
			continue;
		buf_str(&b, l.at[i]);
		buf_chr(&b, '\n');
	}
	while (b.len && strchr(" \t\n", b.data[b.len - 1]))
		buf_cut(&b, b.len - 1);
	out->text = arena_dupn(a, b.data, b.len);
}

char *mail_fresh(struct arena *a, const char *text, const char *sent)
{
	struct fresh f;

	fresh_read(a, text, sent, &f);
	return f.text;
}
