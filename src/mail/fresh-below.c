/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "base/text.h"
#include "src/mail/internal.h"

/*
 * Some write below what they answer, or inside it. What we sent is known, so
 * a line between ours that is not ours was written by somebody.
 */
static const char between[] = "something is written between or below the quoted lines";

struct below {
	const char *folded; /* without the marks of quoting */
	bool skip, ours;
};

/* A link or an address, perhaps the rest of one that was cut, and nothing else. */
static bool is_link(const char *s)
{
	return !s[strcspn(s, " ")] &&
	       (strstr(s, "http") || strstr(s, "www.") || strstr(s, "mailto:") || strpbrk(s, "@%<>"));
}

/* Without where links lead, which some programs write behind their words. */
static const char *without_links(struct arena *a, const char *s)
{
	if (!strstr(s, "<mailto:") && !strstr(s, "<http") && !strstr(s, "[cid:"))
		return s;
	char *out = arena_dup(a, s), *to = out;
	while (*s) {
		bool link = text_starts(s, "<mailto:") || text_starts(s, "<http") || text_starts(s, "[cid:");
		size_t len = link ? strcspn(s, *s == '<' ? ">" : "]") : 0;
		if (len) {
			s += len + (s[len] != '\0');
			continue;
		}
		*to++ = *s++;
	}
	*to = '\0';
	return out;
}

static struct below look(struct arena *a, const struct fresh_lines *l, size_t i,
                         const struct fresh_sent *sent, const bool *drop)
{
	struct below b = { .folded = without_links(a, l->folded[i] + strspn(l->folded[i], ">| ")) };

	b.skip = drop[i] || !fresh_has_word(b.folded) || fresh_device_line(b.folded);
	if (!b.skip && sent->words.n) {
		struct fresh_words words = { .at = NULL };
		fresh_words(a, b.folded, i, &words);
		b.ours = fresh_is_ours(&words, sent);
	}
	return b;
}

/*
 * Inside a quote of our letter, to where an older quote starts. What stands
 * above our first line (the quoted header, a gateway's warning) is no answer;
 * and where little is ours, and nothing that would stand in no other letter, another
 * is quoted, if it says so: else those are the writer's words, only moved in.
 */
const char *fresh_inside(struct arena *a, const struct fresh_lines *l, size_t from, bool headed,
                         const struct fresh_sent *sent, const bool *drop)
{
	enum { SURE = 20 }; /* bytes of a line that stands in no other letter */
	size_t ours = 0, theirs = 0, lines;
	bool surely = false;

	for (size_t i = from; sent->words.n && i < l->n; i++) {
		struct below b = look(a, l, i, sent, drop);
		if (b.skip)
			continue;
		if (b.ours) {
			ours++;
			surely = surely || strlen(b.folded) >= SURE;
			continue;
		}
		if (ours && fresh_mark_at(a, l, i, &lines) != MARK_NONE)
			break;
		/* labels before a line that is surely ours are the quote's own header */
		if ((ours || !headed) && !is_link(b.folded) && (surely || !fresh_is_label(b.folded)))
			theirs++;
	}
	return theirs && (ours > theirs || surely || !headed) ? between : NULL;
}

const char *fresh_below(struct arena *a, const struct fresh_lines *l, size_t from, enum fresh_mark mark,
                        const struct fresh_sent *sent, const bool *drop)
{
	bool marked = false, first = true;

	for (size_t i = from; i < l->n; i++) {
		if (!*l->folded[i] || drop[i])
			continue;
		bool quoted = fresh_is_quoted(l->at[i]);
		if (first)
			marked = quoted;
		first = false;
		if (!marked)
			break;
		if (strcmp(l->at[i], "-- ") == 0 || strcmp(l->at[i], "--") == 0)
			return NULL;
		if (quoted)
			continue;
		/* A quoted line that a program wrapped leaves its end without a mark. */
		struct below b = look(a, l, i, sent, drop);
		if (!b.skip && !(b.ours && strlen(b.folded) >= 24))
			return between;
	}
	if (!first && !marked && mark == MARK_WEAK)
		return "what stands below may be the writer's own";
	return fresh_inside(a, l, from, true, sent, drop);
}
