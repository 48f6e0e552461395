/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "base/text.h"
#include "src/mail/internal.h"

void fresh_split(struct arena *a, const char *text, struct fresh_lines *out)
{
	struct buf folded AUTO(buf_release) = BUF_INIT;
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
		text_fold_to(&folded, next);
		buf_chr(&folded, '\0');
		next = end;
	}
	const char *at = arena_dupn(a, folded.data, folded.len);
	out->folded = arena_alloc(a, (out->n + 1) * sizeof(*out->folded));
	for (size_t i = 0; i < out->n; at += strlen(at) + 1)
		out->folded[i++] = at;
}

/* With lists of its own, so that a line can be cut. */
static struct fresh_lines copy(struct arena *a, const struct fresh_lines *l)
{
	size_t bytes = l->n * sizeof(*l->at);
	struct fresh_lines own = { .at = arena_alloc(a, bytes), .folded = arena_alloc(a, bytes), .n = l->n };

	memcpy(own.at, l->at, bytes);
	memcpy(own.folded, l->folded, bytes);
	return own;
}

bool fresh_is_quoted(const char *line)
{
	line += strspn(line, " \t");
	/* ">>> Anna <a@b> 2027-01-12 09:30 >>>" stands above GroupWise's quote. */
	return *line == '>' && !(text_starts(line, ">>> ") && text_ends(line, " >>>"));
}

/* Whether the folded line is more of an answer, and not who its writer is. */
static bool goes_on(struct arena *a, const char *line)
{
	const char *first = arena_dupn(a, line, strcspn(line, " ,.!:;"));

	return fresh_says_something(line) && (fresh_says_something(first) || strpbrk(line, "0123456789"));
}

/* A signature begins with who it is: what could be an answer was only set apart. */
static bool is_signature(struct arena *a, const struct fresh_lines *l, size_t i)
{
	if (strcmp(l->at[i], "-- ") != 0 && strcmp(l->at[i], "--") != 0)
		return false;
	for (i++; i < l->n && !*l->folded[i]; i++)
		continue;
	return i == l->n || fresh_is_quoted(l->at[i]) || !goes_on(a, l->folded[i]);
}

struct top {
	bool *keep, *drop;
	const struct fresh_sent *sent;
	struct fresh *out;
};

/* Decides line by line until the quote starts; returns where that is. */
static size_t read_top(struct arena *a, const struct fresh_lines *l, struct top *t)
{
	bool signature = false, headed = false;
	size_t quote = l->n; /* where one begins, each line of it marked */

	for (size_t i = 0; i < l->n; i++) {
		size_t lines;
		if (t->drop[i])
			continue;
		enum fresh_mark mark = fresh_mark_at(a, l, i, &lines);
		if (fresh_is_quoted(l->at[i])) {
			headed = headed || mark != MARK_NONE;
			quote = quote < i ? quote : i;
			continue;
		}
		if (mark != MARK_NONE) {
			t->out->doubt = fresh_below(a, l, i + lines, mark, t->sent, t->drop);
			return i;
		}
		signature = signature || is_signature(a, l, i);
		if (signature || fresh_device_line(l->folded[i]))
			continue;
		t->keep[i] = true;
		if (quote < i && *l->folded[i])
			t->out->doubt = "something is written below quoted lines";
	}
	if (!t->out->doubt)
		t->out->doubt = fresh_inside(a, l, quote, headed, t->sent, t->drop);
	return l->n;
}

static char *kept_text(struct arena *a, const struct fresh_lines *l, size_t n, const bool *keep)
{
	struct buf b AUTO(buf_release) = BUF_INIT;
	bool gap = false;

	for (size_t i = 0; i < n; i++) {
		bool blank = !*l->folded[i];
		gap = gap || (blank && keep[i]);
		if (!keep[i] || blank)
			continue;
		if (gap && b.len)
			buf_chr(&b, '\n');
		gap = false;
		buf_str(&b, l->at[i]);
		while (b.len && strchr(" \t", b.data[b.len - 1]))
			buf_cut(&b, b.len - 1);
		buf_chr(&b, '\n');
	}
	while (b.len && strchr(" \t\n", b.data[b.len - 1]))
		buf_cut(&b, b.len - 1);
	return arena_dupn(a, b.data, b.len);
}

void fresh_know(struct arena *a, const struct mail_known *known, struct fresh_known *out)
{
	*out = (struct fresh_known){ .n_banners = 0 };
	fresh_know_sent(a, known->sent, &out->sent);
	fresh_know_banners(a, known, out);
}

void fresh_read(struct arena *a, const struct fresh_lines *lines, const struct fresh_known *known,
                struct fresh *out)
{
	struct fresh_lines l = copy(a, lines);

	*out = (struct fresh){ .text = NULL };
	struct top t = {
		.keep = arena_alloc(a, (l.n + 1) * sizeof(bool)),
		.drop = arena_alloc(a, (l.n + 1) * sizeof(bool)),
		.sent = &known->sent,
		.out = out,
	};
	fresh_drop_banners(a, &l, known, t.drop);
	size_t end = read_top(a, &l, &t);
	if (end == FRESH_LINES)
		out->doubt = "the text is too long for an answer";
	fresh_subtract(a, &l, end, &known->sent, t.keep);
	fresh_drop_foot(a, &l, end, t.keep);
	out->text = kept_text(a, &l, end, t.keep);
	if (!out->doubt)
		out->doubt = fresh_letters(out->text);
}

char *mail_fresh(struct arena *a, const char *text, const char *sent)
{
	struct mail_known known = { .sent = sent };
	struct fresh_known ready;
	struct fresh_lines lines;
	struct fresh f;

	fresh_know(a, &known, &ready);
	fresh_split(a, text, &lines);
	fresh_read(a, &lines, &ready, &f);
	return f.text;
}
