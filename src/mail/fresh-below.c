/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "base/text.h"
#include "src/mail/internal.h"

/*
 * Some write below what they answer, or inside it. What we sent is known: a quote of it is
 * held against it word by word, in its order, each word once. What is in the quote and not in
 * that was written by somebody.
 */
static const char between[] = "something is written between or below the quoted lines";
static const char perhaps_own[] = "what stands below may be the writer's own";

enum { SURE = 24 }; /* bytes of a run of words that stands in no other text */

struct quote {
	const struct fresh_lines *l;
	const struct fresh_sent *sent;
	const char **folded; /* of each line, without marks of quoting and links; NULL: says nothing */
	struct fresh_words words;
	size_t *place;       /* of each word in ours, counted from one; 0: it is not ours */
	size_t first;        /* the line that our text starts at; l->n: it is no quote of it */
	size_t from;         /* the word of ours that it starts with */
};

const char *fresh_unquoted(const char *line)
{
	return line + strspn(line, ">| \t");
}

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

/* What programs write for themselves. */
static bool is_unsaid(const char *folded)
{
	return !*folded || fresh_device_line(folded);
}

static void gather(struct arena *a, size_t from, const bool *drop, struct quote *q)
{
	q->folded = arena_alloc(a, (q->l->n + 1) * sizeof(*q->folded));
	for (size_t i = from; i < q->l->n; i++) {
		const char *s = without_links(a, fresh_unquoted(q->l->folded[i]));
		size_t before = q->words.n;

		if (!drop[i] && !is_unsaid(s))
			fresh_words_and_signs(a, s, i, &q->words);
		q->folded[i] = q->words.n > before ? s : NULL;
	}
}

static size_t bytes_of(const struct fresh_words *w, size_t i, size_t n)
{
	size_t bytes = 0;

	for (; n; n--)
		bytes += w->at[i++].bytes + 1;
	return bytes;
}

/* What a character set has not became a question mark: it is no one's word. */
static void forgive(struct quote *q, size_t i, size_t at)
{
	if (i && q->sent->words.at[at].after_odd && q->words.at[i - 1].hash == '?' && !q->place[i - 1])
		q->place[i - 1] = at + 1;
}

/*
 * Marks the words that are ours. Where some of ours are left out, what goes on must be the
 * beginning of a line and stand in no other text: a short one ("FEL PERSON") may be an answer.
 */
static void align(struct arena *a, struct quote *q)
{
	const struct fresh_words *got = &q->words, *sent = &q->sent->words;
	size_t next = 0;
	bool begun = false;

	q->place = arena_alloc(a, (got->n + 1) * sizeof(*q->place));
	q->first = q->l->n;
	q->from = sent->n;
	for (size_t i = 0, at = 0; i < got->n; i++) {
		if (begun && next < sent->n && sent->at[next].hash == got->at[i].hash) {
			forgive(q, i, next);
			q->place[i] = ++next;
			continue;
		}
		bool starts = !i || got->at[i - 1].line != got->at[i].line || got->at[i - 1].hash == '?';
		size_t n = starts ? fresh_find_run(got, i, q->sent, next, &at) : 0;
		if (bytes_of(got, i, n) < SURE)
			continue;
		if (!begun) {
			q->first = got->at[i].line;
			q->from = at;
		}
		begun = true;
		forgive(q, i, at);
		for (next = at; n; n--)
			q->place[i++] = ++next;
		i--;
	}
}

/* Whether all words of a line are ours, of which *i is the first: it is moved to the next line's. */
static bool line_is_ours(const struct quote *q, size_t *i)
{
	size_t line = q->words.at[*i].line;
	bool ours = true;

	for (; *i < q->words.n && q->words.at[*i].line == line; (*i)++)
		ours = ours && q->place[*i];
	return ours;
}

/* A line of ours from further up than what the quote has of us: the greeting, where what
 * followed it was cut. */
static bool is_greeting(const struct quote *q, size_t i)
{
	size_t at, n = 0, line = q->words.at[i].line;

	while (i + n < q->words.n && q->words.at[i + n].line == line)
		n++;
	return fresh_find_run(&q->words, i, q->sent, 0, &at) >= n && at + n <= q->from &&
	       !fresh_could_change(q->folded[line]);
}

/*
 * Where the header or the attribution of the quote starts and ends. Of several the last one
 * above our first line counts; what stands between them is an older mail.
 */
struct head {
	size_t from, end;
};

static struct head head_of(struct arena *a, const struct quote *q, size_t from)
{
	struct head h = { .from = q->l->n, .end = from };
	size_t lines;

	for (size_t i = from; i < q->l->n && i < q->first; i++) {
		enum fresh_mark mark = fresh_mark_at(a, q->l, i, &lines);
		if (fresh_is_own_line(q->l->folded[i]) || mark == MARK_NONE || mark == MARK_WEAK)
			continue;
		h.from = i < h.from ? i : h.from;
		h.end = fresh_header_end(q->l, i);
		h.end = h.end > i + lines ? h.end : i + lines;
		i = h.end - 1;
	}
	return h;
}

/* "Svara Godkänns eller Godkänns inte": a letter offers a choice, nobody answers so. */
static bool offers(const char *folded)
{
	return text_starts(folded, "svara ") && strstr(folded, " eller ");
}

/* How many lines somebody wrote between the quote's head and our first line, or above the head
 * inside the quote. */
static size_t above(const struct quote *q, const struct head *h, struct fresh_found *out)
{
	size_t typed = 0;

	for (size_t w = 0; w < q->words.n && q->words.at[w].line < q->first;) {
		size_t i = q->words.at[w].line, first = w;

		line_is_ours(q, &w);
		if ((i >= h->from && i < h->end) || is_link(q->folded[i]) || offers(q->folded[i]) || is_greeting(q, first))
			continue;
		if (!typed++)
			out->answer = i;
	}
	return typed;
}

/* Whether our text goes on behind word i where it was left. */
static bool goes_on(const struct quote *q, size_t i, size_t place)
{
	while (i < q->words.n && q->place[i] != place + 1)
		i++;
	return i < q->words.n;
}

/* Whether somebody wrote below our first line, to where an older quote starts. */
static bool is_written_into(struct arena *a, const struct quote *q)
{
	enum { OWN_WORDS = 7 }; /* of "skriv ditt svar ovanför den här raden" */
	size_t place = 0, lines;

	for (size_t w = 0; w < q->words.n;) {
		size_t i = q->words.at[w].line, begin = w;
		bool ours = line_is_ours(q, &w);

		if (q->place[w - 1])
			place = q->place[w - 1];
		if (i < q->first || ours || is_link(q->folded[i]) ||
		    (fresh_is_own_line(q->l->folded[i]) && w - begin <= OWN_WORDS))
			continue;
		if (fresh_is_own_line(q->l->folded[i]) || fresh_mark_at(a, q->l, i, &lines) == MARK_NONE || goes_on(q, w, place))
			return true;
		break;
	}
	return false;
}

static void find_first(struct quote *q, size_t from)
{
	for (size_t i = from; i < q->first; i++)
		if (fresh_is_own_line(q->l->folded[i])) {
			q->first = i;
			break;
		}
}

/* What is known of the mark above a quote. */
struct above {
	bool is_line; /* it is no attribution: a header may follow */
	bool ours;    /* a text of ours stands below */
	bool another; /* below another head */
	bool at_once; /* which follows without a word between */
};

/* `mark`: stands above line `from`; NULL: nothing does. */
static struct fresh_found look(struct arena *a, const struct fresh_lines *l, size_t from,
                               const struct fresh_sent *sent, const bool *drop, struct above *mark)
{
	struct quote q = { .l = l, .sent = sent };
	struct fresh_found found = { .doubt = NULL };

	if (from >= l->n)
		return found;
	gather(a, from, drop, &q);
	align(a, &q);
	find_first(&q, from);
	bool ours = q.first < l->n;
	struct head head = head_of(a, &q, from);
	if (mark) {
		size_t own = from ? fresh_header_end(l, from - 1) : from;
		if (own < from)
			own = mark->is_line ? fresh_header_end(l, from) : from;
		mark->ours = ours;
		mark->another = head.from >= own && head.from < l->n;
		mark->at_once = mark->another && q.words.at[0].line == head.from;
		head.end = head.end > own ? head.end : own;
		head.from = 0;
	}
	size_t typed = above(&q, &head, &found);
	if (!ours) { /* nobody answers our letter with a quote of another alone */
		found.doubt = typed ? between : NULL;
		found.answer = 0;
		return found;
	}
	if (is_written_into(a, &q) || (typed && (found.answer < head.end || !fresh_is_own_line(l->folded[q.first]))))
		found.doubt = between;
	if (found.doubt || !typed)
		found.answer = 0;
	else
		found.end = q.first;
	return found;
}

struct fresh_found fresh_inside(struct arena *a, const struct fresh_lines *l, size_t from,
                                const struct fresh_sent *sent, const bool *drop)
{
	return sent->words.n ? look(a, l, from, sent, drop, NULL) : (struct fresh_found){ .doubt = NULL };
}

/* Whether a line that a program did not mark is only the end of one of ours, which was wrapped. */
static bool is_wrapped(struct arena *a, const struct fresh_lines *l, size_t i, const struct fresh_sent *sent)
{
	struct fresh_words words = { .at = NULL };
	const char *s = without_links(a, fresh_unquoted(l->folded[i]));
	size_t at;

	if (is_unsaid(s))
		return true;
	fresh_words_and_signs(a, s, i, &words);
	return !words.n || (strlen(s) >= SURE && fresh_find_run(&words, 0, sent, 0, &at) == words.n);
}

struct fresh_found fresh_below(struct arena *a, const struct fresh_lines *l, size_t from, enum fresh_mark mark,
                               const struct fresh_sent *sent, const bool *drop)
{
	struct fresh_found none = { .doubt = NULL };
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
		/* A quoted line that a program wrapped leaves its end without a mark. */
		if (!quoted && !is_wrapped(a, l, i, sent)) {
			none.doubt = between;
			return none;
		}
	}
	if (!marked && !first && mark == MARK_WEAK)
		none.doubt = perhaps_own;
	if (none.doubt || !sent->words.n)
		return none;
	struct above it = { .is_line = mark == MARK_LINE };
	struct fresh_found found = look(a, l, from, sent, drop, &it);
	/* "Som Lisa skrev 2027-01-04:" may be anybody's words: what it quotes must show. */
	bool proven = mark == MARK_LINE ? !from || fresh_is_whole_header(l, from - 1) : marked && !it.at_once;
	if (!proven && (it.another || !it.ours))
		found.doubt = perhaps_own;
	return found;
}
