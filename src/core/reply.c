/* SPDX-License-Identifier: EUPL-1.2 */
#include "core/reply.h"

#include <string.h>

#include "base/attr.h"
#include "base/text.h"
#include "src/core/reply-internal.h"

/* A longer text is no answer; a person reads it. */
enum { MAX_LINES = 400, MAX_TEXT = 64 << 10 };

const char *verdict_name(enum verdict v)
{
	static const char *const name[] = {
#define X(id, word) [VERDICT_##id] = word,
		VERDICTS(X)
#undef X
	};

	return v < VERDICT_COUNT ? name[v] : "unclear";
}

const char *mail_class_name(enum mail_class c)
{
	static const char *const name[] = {
#define X(id, word) [MAIL_##id] = word,
		MAIL_CLASSES(X)
#undef X
	};

	return c < MAIL_CLASS_COUNT ? name[c] : "other";
}

struct lines {
	char *at[MAX_LINES];
	size_t n, next;
	bool too_many;
};

struct numbers {
	int at[REPLY_ANSWERS];
	size_t n;
};

/* Reads "1, 3 och 5–7" with its closing mark; 0 when the line does not start
 * with item numbers, else how many bytes they take. */
static size_t read_numbers(const char *s, struct numbers *out)
{
	const char *at = s;
	int from = 0;

	out->n = 0;
	for (;;) {
		int n = 0;
		if (*at < '1' || *at > '9')
			return 0;
		while (*at >= '0' && *at <= '9' && n < 1000)
			n = n * 10 + (*at++ - '0');
		if (n > 999)
			return 0;
		for (int i = from ? from + 1 : n; i <= n; i++) {
			if (out->n == REPLY_ANSWERS)
				return 0;
			out->at[out->n++] = i;
		}
		if (from >= n)
			return 0;
		from = 0;
		const char *mark = at + strspn(at, " ");
		if (*mark == '-' || text_starts(mark, "–")) {
			from = n;
			at = mark + (*mark == '-' ? 1 : strlen("–"));
		} else if (*mark == ',' || *mark == '+' || *mark == '&') {
			at = mark + 1;
		} else if (mark > at && text_starts(mark, "och ")) {
			at = mark + 4;
		} else if (mark > at && text_starts(mark, "and ")) {
			at = mark + 4;
		} else {
			break;
		}
		at += strspn(at, " ");
	}
	if (*at == ':' || *at == '.' || *at == ')')
		at++;
	if (*at != ' ')
		return 0;
	return (size_t)(at + strspn(at, " ") - s);
}

/* "1 GODKÄNNS; 2 ÄNDRING: …" holds two lines in one. */
static char *end_of_part(char *line)
{
	struct numbers ignored;

	if (!read_numbers(line, &ignored))
		return NULL;
	for (char *at = strchr(line, ';'); at; at = strchr(at + 1, ';'))
		if (read_numbers(at + 1 + strspn(at + 1, " "), &ignored))
			return at;
	return NULL;
}

static void add_line(struct lines *l, char *line)
{
	if (l->n == MAX_LINES)
		l->too_many = true;
	else
		l->at[l->n++] = line;
}

static void split_lines(struct arena *a, const char *fresh, struct lines *l)
{
	char *next = arena_dup(a, fresh);

	while (next && !l->too_many) {
		char *end = strchr(next, '\n');
		if (end)
			*end++ = '\0';
		char *line = next + strspn(next, " \t\r");
		for (size_t n = strlen(line); n && strchr(" \t\r", line[n - 1]); n--)
			line[n - 1] = '\0';
		for (char *part; (part = end_of_part(line)) != NULL; line = part + 1 + strspn(part + 1, " ")) {
			*part = '\0';
			add_line(l, line);
		}
		add_line(l, line);
		next = end;
	}
}

static void set_question(struct reply *r, enum verdict v, const char *text, const char *why)
{
	r->verdict = v;
	r->text = text;
	r->reason = why;
	r->n_answers = 0;
}

/* False when an item is answered twice or there are too many. */
static bool add_answers(struct reply *r, const struct numbers *ns, const struct phrase *p)
{
	for (size_t i = 0; i < ns->n; i++) {
		for (size_t j = 0; j < r->n_answers; j++)
			if (r->answers[j].n == ns->at[i] || r->answers[j].n == 0)
				return false;
		if (r->n_answers == REPLY_ANSWERS)
			return false;
		r->answers[r->n_answers++] = (struct answer){
			.n = ns->at[i], .verdict = p->verdict, .until = p->until, .text = p->text
		};
	}
	return true;
}

static void append_text(struct arena *a, struct reply *r, size_t from, const char *line)
{
	const char *was = r->answers[from].text;
	const char *now = was ? arena_fmt(a, "%s\n%s", was, line) : arena_dup(a, line);

	for (size_t i = from; i < r->n_answers; i++)
		r->answers[i].text = now;
}

/* Below "Mvh" only a name and how to reach it. */
static const char *read_signature(struct arena *a, const struct lines *l, size_t from)
{
	for (size_t i = from; i < l->n; i++)
		if (i - from > 12 || !courtesy_signature(a, l->at[i]))
			return l->at[i];
	return NULL;
}

/* What follows an answer on the lines below it. NULL: nothing that matters. */
static const char *read_rest(struct arena *a, struct lines *l, struct reply *r, bool takes_text,
                             size_t from)
{
	struct numbers ignored;

	for (; l->next < l->n; l->next++) {
		const char *line = l->at[l->next];
		if (courtesy_signoff(a, line))
			return read_signature(a, l, l->next + 1);
		if (courtesy_line(a, line))
			continue;
		if (read_numbers(line, &ignored) && r->answers[from].n != 0)
			return NULL;
		/* A change may be described at length, but not taken back. */
		if (!takes_text || words_approval(text_fold(a, line)))
			return line;
		append_text(a, r, from, line);
	}
	return NULL;
}

/* One answer and what belongs to it; false when the reply is no clear answer. */
static bool read_answer(struct arena *a, struct lines *l, dayno received, struct reply *r)
{
	struct numbers ns;
	const char *line = l->at[l->next++];
	size_t skip = read_numbers(line, &ns), from = r->n_answers;
	struct phrase p = phrase_read(a, line + skip, received);

	if (!skip)
		ns = (struct numbers){ .at = { 0 }, .n = 1 };
	if (p.verdict == VERDICT_QUESTION || p.verdict == VERDICT_UNCLEAR) {
		set_question(r, p.verdict, line, p.why);
		return false;
	}
	if ((!skip && r->n_answers) || !add_answers(r, &ns, &p)) {
		set_question(r, VERDICT_QUESTION, line, "an item is answered more than once");
		return false;
	}
	if (!r->reason || p.verdict != VERDICT_APPROVE)
		r->reason = p.why;
	const char *more = read_rest(a, l, r, p.takes_text, from);
	if (more) {
		set_question(r, VERDICT_QUESTION, more, "more is said than the answer");
		return false;
	}
	return true;
}

static enum verdict of_all(const struct reply *r)
{
	for (size_t i = 0; i < r->n_answers; i++)
		if (r->answers[i].verdict != VERDICT_APPROVE)
			return r->answers[i].verdict;
	return VERDICT_APPROVE;
}

void reply_read(struct arena *a, const char *fresh, dayno received, struct reply *out)
{
	struct lines *l = arena_alloc(a, sizeof(*l));

	*out = (struct reply){ .verdict = VERDICT_NONE, .reason = "nothing was written" };
	if (!fresh || !*text_fold(a, fresh))
		return;
	if (strlen(fresh) > MAX_TEXT)
		l->too_many = true;
	else
		split_lines(a, fresh, l);
	while (l->next < l->n && (!*l->at[l->next] || courtesy_greeting(a, l->at[l->next])))
		l->next++;
	if (l->too_many || l->next == l->n) {
		set_question(out, VERDICT_UNCLEAR, arena_dup(a, fresh),
		             l->too_many ? "the text is too long for an answer"
		                         : "there is a greeting and nothing else");
		return;
	}
	out->reason = NULL;
	out->answers = arena_alloc(a, REPLY_ANSWERS * sizeof(*out->answers));
	do {
		if (!read_answer(a, l, received, out))
			return;
		/* A sign-off ended the text. */
		if (l->next < l->n && courtesy_signoff(a, l->at[l->next]))
			break;
	} while (l->next < l->n);
	out->verdict = of_all(out);
	out->text = out->n_answers ? out->answers[0].text : NULL;
}
