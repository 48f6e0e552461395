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

bool fresh_says_something(const struct fresh_lines *l, size_t i)
{
	return *l->folded[i] && fresh_could_change(l->folded[i]) && !fresh_signs_off(l->folded[i]) &&
	       !fresh_is_phrase(l->folded[i], PHRASES_HOURS);
}

static bool opens_signature(const char *line)
{
	return strcmp(line, "-- ") == 0 || strcmp(line, "--") == 0;
}

struct top {
	bool *keep, *drop;
	const struct fresh_sent *sent;
	struct fresh *out;
	size_t quote, signature; /* the lines where they begin; all: nowhere */
};

static const char below_quote[] = "something is written below quoted lines";
static const char in_signature[] = "something is written in the signature";

/* A signature begins with who it is: what could be more of an answer was only set apart. */
static bool is_signature(struct arena *a, const struct fresh_lines *l, size_t i)
{
	size_t lines;

	if (!opens_signature(l->at[i]))
		return false;
	for (i++; i < l->n && (!*l->folded[i] || fresh_device_line(l->folded[i])); i++)
		continue;
	return i == l->n || fresh_is_quoted(l->at[i]) || fresh_mark_at(a, l, i, &lines) || !fresh_says_something(l, i);
}

/* Where a signature begins below a quote each line of which is marked; all: nowhere. */
static size_t signature_below(const struct fresh_lines *l, size_t i)
{
	while (i < l->n && !*l->folded[i])
		i++;
	if (i < l->n && fresh_is_quoted(l->at[i]))
		for (; i < l->n; i++)
			if (opens_signature(l->at[i]))
				return i;
	return l->n;
}

/* What of a signature in lines `from` to `end` could be more of an answer stays, and with it the
 * line that opens it; whether there is any. */
static bool keep_said(const struct fresh_lines *l, size_t from, size_t end, bool *keep)
{
	bool said = false;

	for (size_t i = from + 1; i < end; i++) {
		keep[i] = keep[i] && fresh_says_something(l, i);
		said = said || keep[i];
	}
	if (from < end)
		keep[from] = said;
	return said;
}

/* Takes what was found in the quote: what is written right above our own line is the answer
 * where nothing stands above the quote. */
static void take(struct fresh_lines *l, const struct fresh_found *found, struct top *t)
{
	bool empty = true;

	if (!t->out->doubt)
		t->out->doubt = found->doubt;
	for (size_t i = 0; i < l->n; i++)
		empty = empty && (!t->keep[i] || !*l->folded[i]);
	if (found->answer < found->end && !empty)
		t->out->doubt = "something is written between or below the quoted lines";
	for (size_t i = found->answer; empty && i < found->end; i++) {
		l->at[i] = fresh_unquoted(l->at[i]);
		l->folded[i] = fresh_unquoted(l->folded[i]);
		t->keep[i] = !t->drop[i] && !fresh_device_line(l->folded[i]);
	}
}

/* What stands below line `from`: a quote, and perhaps a signature below it. */
static struct fresh_found read_below(struct arena *a, const struct fresh_lines *l, size_t from, enum fresh_mark mark,
                                     const struct top *t)
{
	size_t signature = signature_below(l, from);
	struct fresh_lines quote = *l;
	bool *keep = arena_alloc(a, (l->n + 1) * sizeof(bool));

	quote.n = signature;
	struct fresh_found found = fresh_below(a, &quote, from, mark, t->sent, t->drop);
	for (size_t i = signature; i < l->n; i++)
		keep[i] = !t->drop[i] && !fresh_device_line(l->folded[i]);
	fresh_drop_foot(a, l, l->n, keep);
	if (keep_said(l, signature, l->n, keep) && !found.doubt)
		found.doubt = in_signature;
	return found;
}

/* Decides line by line until the quote starts; returns where what is kept ends. */
static size_t read_top(struct arena *a, struct fresh_lines *l, struct top *t)
{
	struct fresh_found found;

	for (size_t i = 0; i < l->n; i++) {
		size_t lines;
		if (t->drop[i])
			continue;
		if (fresh_is_quoted(l->at[i])) {
			t->quote = t->quote < i ? t->quote : i;
			continue;
		}
		enum fresh_mark mark = fresh_mark_at(a, l, i, &lines);
		if (mark != MARK_NONE) {
			found = read_below(a, l, fresh_is_own_line(l->folded[i]) ? i : i + lines, mark, t);
			take(l, &found, t);
			if (t->quote < i) { /* lines that somebody moved in stand above */
				struct fresh_found moved = fresh_inside(a, l, t->quote, t->sent, t->drop);
				take(l, &moved, t);
			}
			return found.end > i ? found.end : i;
		}
		if (t->signature > i && is_signature(a, l, i))
			t->signature = i;
		t->keep[i] = !fresh_device_line(l->folded[i]);
		if (t->keep[i] && t->quote < i && i < t->signature && *l->folded[i])
			t->out->doubt = below_quote;
	}
	found = fresh_inside(a, l, t->quote, t->sent, t->drop);
	take(l, &found, t);
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
		.quote = l.n,
		.signature = l.n,
	};
	fresh_drop_banners(a, &l, known, t.drop);
	size_t end = read_top(a, &l, &t);
	if (end == FRESH_LINES)
		out->doubt = "the text is too long for an answer";
	const char *copied = fresh_subtract(a, &l, end, &known->sent, t.keep);
	out->doubt = out->doubt ? out->doubt : copied;
	fresh_drop_foot(a, &l, end, t.keep);
	if (keep_said(&l, t.signature, end, t.keep) && !out->doubt)
		out->doubt = in_signature;
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
