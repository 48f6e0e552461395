/* SPDX-License-Identifier: EUPL-1.2 */
/* What a body decided, as its secretary reports it. A report is read openly: it
 * is evidence of what happened at a meeting, and never signs anything itself. */
#include <string.h>

#include "base/attr.h"
#include "base/text.h"
#include "src/core/reply-internal.h"

enum word_kind { OUTCOME, REPORT, ADJUSTED, FUTURE };

static const struct {
	enum word_kind kind;
	enum reply_outcome outcome;
	const char *word;
} words[] = {
#define OUTCOME(o, w) { OUTCOME, OUTCOME_##o, w },
#define REPORT(w) { REPORT, OUTCOME_NONE, w },
#define ADJUSTED(w) { ADJUSTED, OUTCOME_NONE, w },
#define FUTURE(w) { FUTURE, OUTCOME_NONE, w },
#include "src/core/reply-decision.inc"
#undef OUTCOME
#undef REPORT
#undef ADJUSTED
#undef FUTURE
};

struct report {
	struct arena *a;
	const struct lines *l;
	dayno received;
	struct answer *out;
	bool body, outcome_said, clash;
	enum guard guard;
};

static bool is_word(enum word_kind kind, const char *w)
{
	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (words[i].kind == kind && strcmp(words[i].word, w) == 0)
			return true;
	return false;
}

static enum reply_outcome outcome_of(const char *w)
{
	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (words[i].kind == OUTCOME && strcmp(words[i].word, w) == 0)
			return words[i].outcome;
	return OUTCOME_NONE;
}

static bool of_body(const char *w)
{
	return is_word(REPORT, w) || text_ends(w, "nämnden") || text_ends(w, "nämnd") ||
	       text_ends(w, "styrelsen") || text_ends(w, "utskottet") || text_ends(w, "fullmäktige");
}

static bool denies(const char *w)
{
	return !strcmp(w, "ej") || !strcmp(w, "inte") || !strcmp(w, "icke") || !strcmp(w, "not") ||
	       !strcmp(w, "ännu") || !strcmp(w, "är") || !strcmp(w, "yet");
}

/* "ej justerat", "protokollet justeras den 24 mars"; how many words, 0: no such. */
static size_t adjustment(struct report *r, const struct token *t, size_t n)
{
	bool denied = false;
	struct when w;
	size_t i = 0;

	for (; i < n && i < 3 && denies(t[i].word); i++)
		denied = denied || (strcmp(t[i].word, "är") != 0 && strcmp(t[i].word, "ännu") != 0);
	if (i == n || !(is_word(ADJUSTED, t[i].word) || is_word(FUTURE, t[i].word)))
		return 0;
	bool later = denied || is_word(FUTURE, t[i].word);
	i++;
	if (i < n && is_word(ADJUSTED, t[i].word)) /* "omedelbart justerad" */
		i++;
	while (i < n && (!strcmp(t[i].word, "ännu") || !strcmp(t[i].word, "än")))
		i++;
	if (i < n && reply_when(t + i, n - i, r->received, WHEN_PAST, false, &w))
		i += w.used;
	else if (i < n && reply_when(t + i, n - i, r->received, WHEN_COMING, false, &w))
		i += w.used;
	enum adjusted now = later ? ADJUSTED_NOT_YET : ADJUSTED_YES;
	r->clash = r->clash || (r->out->adjusted != ADJUSTED_UNSAID && r->out->adjusted != now);
	r->out->adjusted = now;
	return i;
}

/* "§ 34", "paragraf 34" */
static size_t paragraph(struct report *r, const struct token *t, size_t n)
{
	if (n < 2 || (strcmp(t[0].word, "§") != 0 && strcmp(t[0].word, "paragraf") != 0 &&
	              strcmp(t[0].word, "par") != 0))
		return 0;
	size_t sign = strcmp(t[1].word, "§") == 0 && n > 2 ? 2 : 1;
	const char *number = t[sign].word;
	if (*number < '1' || *number > '9' || strlen(number) > 9)
		return 0;
	const char *found = arena_fmt(r->a, "§ %s", number);
	r->clash = r->clash || (r->out->paragraph && strcmp(r->out->paragraph, found) != 0);
	r->out->paragraph = found;
	return sign + 1;
}

static bool names_registry_no(const struct token *t, size_t n, size_t *skip)
{
	*skip = n > 1 && !strcmp(t[0].word, "registry") && !strcmp(t[1].word, "number") ? 2 : 1;
	return *skip == 2 || !strcmp(t[0].word, "diarienummer") || !strcmp(t[0].word, "diarienr")
	       || !strcmp(t[0].word, "dnr");
}

enum { REGISTRY_NO = 64 }; /* bytes; longer is a sentence */

/* "Diarienummer: KS 2027/310": as it stands, to a comma or the end. */
static size_t registry_no(struct report *r, const struct clause *c, size_t i)
{
	size_t skip, first, last;

	if (!names_registry_no(c->t + i, c->n - i, &skip))
		return 0;
	for (first = i + skip; first < c->n && !strcmp(c->t[first].word, ":");)
		first++;
	if (first == c->n)
		return 0;
	for (last = first + 1; last < c->n && (!c->t[last].comma || c->t[last].dash);)
		last++;
	const char *line = r->l->at[c->line].text;
	size_t from = c->t[first].at, to = c->t[last - 1].end;
	const char *no = text_tidy(r->a, arena_dupn(r->a, line + from, to - from));
	r->clash = r->clash || strlen(no) > REGISTRY_NO || !strpbrk(no, "0123456789")
	           || (r->out->registry_no && strcmp(r->out->registry_no, no) != 0);
	r->out->registry_no = no;
	return last - i;
}

static size_t option(struct report *r, const struct token *t, size_t i)
{
	const char *w = t[i].word, *before = i ? t[i - 1].word : "";

	if ((strcmp(w, "a") != 0 && strcmp(w, "b") != 0) || !t[i].capital)
		return 0;
	if (strcmp(before, ":") != 0 && !is_word(OUTCOME, before) && strcmp(before, "alternativ") != 0 &&
	    strcmp(before, "förslag") != 0 && strcmp(before, "alt") != 0 && strcmp(before, "option") != 0 &&
	    strcmp(before, "enligt") != 0)
		return 0;
	r->out->option = *w == 'a' ? "A" : "B";
	return 1;
}

static void take_outcome(struct report *r, enum reply_outcome now)
{
	enum reply_outcome was = r->out->outcome;

	/* "beslutade att återremittera": the other word says what */
	if (was == OUTCOME_NONE || (was == OUTCOME_APPROVED && !r->outcome_said))
		r->out->outcome = now;
	else if (now != was && now != OUTCOME_APPROVED)
		r->clash = true;
}

static void take_day(struct report *r, dayno day)
{
	r->clash = r->clash || (r->out->date != DAY_NONE && r->out->date != day);
	r->out->date = day;
}

static void take_clause(struct report *r, const struct clause *c)
{
	for (size_t i = 0, used; i < c->n; i += used) {
		const struct token *t = c->t + i;
		size_t left = c->n - i;
		struct when w;

		if ((used = adjustment(r, t, left)) || (used = paragraph(r, t, left)) ||
		    (used = option(r, c->t, i)) || (used = registry_no(r, c, i)))
			continue;
		used = 1;
		enum reply_outcome o = outcome_of(t->word);
		if (o != OUTCOME_NONE) {
			take_outcome(r, o);
			r->outcome_said = r->outcome_said || (o == OUTCOME_APPROVED && text_starts(t->word, "godk"));
		}
		r->body = r->body || of_body(t->word);
		if (o == OUTCOME_TABLED || o == OUTCOME_REFERRED_BACK) /* "till nästa möte", "till april" */
			while (i + used < c->n && (!strcmp(c->t[i + used].word, "till") || !strcmp(c->t[i + used].word, "nästa")
			                           || !strcmp(c->t[i + used].word, "möte")
			                           || !strcmp(c->t[i + used].word, "sammanträde")))
				used++;
		if (o == OUTCOME_NONE && reply_when(t, left, r->received, WHEN_PAST, false, &w) && w.day != DAY_NONE) {
			used = w.used;
			if (w.doubt)
				r->clash = true;
			take_day(r, w.day);
			continue;
		}
		enum guard g = i && !strcmp(t[-1].word, "enlighet") ? GUARD_NONE : guard_of(t); /* "med" */
		if (g != GUARD_NONE && g != GUARD_SENTENCE && g != GUARD_REPORTED && g != GUARD_VERDICT &&
		    !r->guard)
			r->guard = g;
	}
}

/* Only about the minutes, the paragraph or the day: belongs to what stands above. */
static bool adds_only(struct arena *a, const struct lines *l, const struct clause *c, dayno received)
{
	struct answer none = { .date = DAY_NONE };
	struct report r = { .a = a, .l = l, .received = received, .out = &none };

	if (!c->n || c->strange || c->mark == '?')
		return false;
	take_clause(&r, c);
	return !r.guard && !none.outcome && (none.adjusted || none.paragraph || none.registry_no);
}

static const char *missing(const struct report *r, const struct reply_context *ctx)
{
	const struct answer *o = r->out;
	bool asked = ctx->letter == LETTER_DECISION;
	bool took = o->outcome == OUTCOME_APPROVED || o->outcome == OUTCOME_REJECTED || o->outcome == OUTCOME_NOTED
	            || o->outcome == OUTCOME_REVISE || o->outcome == OUTCOME_ENDED;

	if (r->guard)
		return guard_reason(r->guard);
	if (r->clash)
		return "the report of a decision says two things, or a day that is not certain";
	/* The letter that asks for a paragraph names its meeting. */
	if (took && !o->paragraph)
		return "a body's decision without its paragraph";
	if (took && o->date == DAY_NONE && !asked)
		return "a body's decision without its date";
	return NULL;
}

/* Whether the clause speaks of a decision at all. */
static bool speaks(const struct report *r, const struct clause *c, const struct reply_context *ctx)
{
	const struct answer *o = r->out;

	if (ctx->letter == LETTER_DECISION)
		return o->outcome || o->paragraph || o->adjusted || (o->date != DAY_NONE && c->n <= 4);
	if (!r->body || (!o->outcome && !o->paragraph))
		return false;
	/* "Återremitteras", "Ärendet …": others speak of approval without a body */
	return o->outcome == OUTCOME_REFERRED_BACK || o->outcome == OUTCOME_TABLED ||
	       o->outcome == OUTCOME_WITHDRAWN || o->paragraph || o->date != DAY_NONE;
}

bool reply_decision(struct arena *a, const struct lines *l, const struct clause *c, size_t n,
                    const struct reply_context *ctx, struct phrase *out, size_t *used)
{
	struct answer said = { .verdict = VERDICT_DECISION, .until = DAY_NONE, .date = DAY_NONE };
	struct report r = { .a = a, .l = l, .received = ctx->received, .out = &said };

	if (c->strange || !c->n)
		return false;
	take_clause(&r, c);
	if (!speaks(&r, c, ctx))
		return false;
	const char *text = clause_text(a, l, c);
	for (*used = 1; *used < n && adds_only(a, l, &c[*used], ctx->received); (*used)++) {
		take_clause(&r, &c[*used]);
		text = arena_fmt(a, "%s %s", text, clause_text(a, l, &c[*used]));
	}
	said.text = text;
	const char *why = c->mark == '?' ? "the sentence asks something" : missing(&r, ctx);
	*out = (struct phrase){
		.answer = said, .proposal = VERDICT_NONE,
		.why = why ? why : "what a body decided, as its secretary reports it",
	};
	if (why) {
		out->answer.verdict = VERDICT_QUESTION;
		out->proposal = r.guard ? VERDICT_NONE : VERDICT_DECISION;
	}
	return true;
}
