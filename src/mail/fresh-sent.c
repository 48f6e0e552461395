/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "base/text.h"
#include "src/mail/internal.h"

/*
 * Taking away what we ourselves sent: the one defence against an answer that
 * is nothing but our own letter, unquoted (Outlook, Send pressed at once).
 */
enum { SENT_LINES = 1000, JOINED = 4, LONG_LINE = 40 };

struct lineup {
	const char **at; /* normalised, none empty */
	size_t *line;    /* which line of the text each is */
	size_t n, cap, cap_line;
};

static void add(struct arena *a, struct lineup *u, const char *folded, size_t line)
{
	folded += strspn(folded, ">|* ");
	if (!*folded)
		return;
	u->at = arena_grow(a, u->at, u->n, &u->cap, sizeof(*u->at));
	u->line = arena_grow(a, u->line, u->n, &u->cap_line, sizeof(*u->line));
	u->at[u->n] = folded;
	u->line[u->n++] = line;
}

/* Steps over the space that a line end stands for when lines are joined. */
static const char *next_line(const struct lineup *u, size_t i, size_t *n, const char *at)
{
	if (*at || *n >= JOINED || i + *n >= u->n)
		return at;
	return u->at[i + (*n)++];
}

/*
 * How many lines of each side are the same words there; false when none are.
 * Programs wrap what they quote anew, so the lines may end at other words.
 */
static bool same_at(const struct lineup *got, size_t i, const struct lineup *sent, size_t p,
                    size_t *n_got, size_t *n_sent)
{
	const char *a = got->at[i], *b = sent->at[p];

	*n_got = *n_sent = 1;
	for (;;) {
		while (*a && *a == *b) {
			a++;
			b++;
		}
		if (!*a && !*b)
			return true;
		const char *was_a = a, *was_b = b;
		if (!*a && *b == ' ') {
			a = next_line(got, i, n_got, a);
			b++;
		} else if (!*b && *a == ' ') {
			b = next_line(sent, p, n_sent, b);
			a++;
		}
		if (was_a == a || was_b == b)
			return false;
	}
}

/* The longest run of lines from i that stand one after the other in what was
 * sent; *ours says whether it is surely ours. */
static size_t longest_run(const struct lineup *got, size_t i, const struct lineup *sent, bool *ours)
{
	size_t best = 0;

	*ours = false;
	for (size_t p = 0; p < sent->n; p++) {
		size_t at = i, q = p, n_got, n_sent, bytes = 0, steps = 0;
		while (at < got->n && q < sent->n && same_at(got, at, sent, q, &n_got, &n_sent)) {
			bytes += strlen(got->at[at]);
			at += n_got;
			q += n_sent;
			steps++;
		}
		if (at - i > best)
			best = at - i;
		/* One short line ("GODKÄNNS") may be an answer copied from our
		 * choices; two in our order, or a long one, are our letter. */
		if (steps >= 2 || bytes >= LONG_LINE)
			*ours = true;
	}
	return best;
}

void fresh_subtract(struct arena *a, struct fresh_lines *l, size_t n, const char *sent, bool *keep)
{
	struct lineup got = { .at = NULL }, ours = { .at = NULL };
	struct fresh_lines s;

	if (!sent)
		return;
	fresh_split(a, sent, &s);
	for (size_t i = 0; i < s.n && ours.n < SENT_LINES; i++)
		add(a, &ours, fresh_folded(a, &s, i), i);
	for (size_t i = 0; i < n; i++)
		if (keep[i])
			add(a, &got, fresh_folded(a, l, i), i);
	for (size_t i = 0; i < got.n;) {
		bool sure;
		size_t run = longest_run(&got, i, &ours, &sure);
		for (size_t j = 0; j < run && sure; j++)
			keep[got.line[i + j]] = false;
		i += run && sure ? run : 1;
	}
}
