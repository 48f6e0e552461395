/* SPDX-License-Identifier: EUPL-1.2 */
/* What a body decided, as its secretary reports it. A report is read openly: it
 * is evidence of what happened at a meeting, and never signs anything itself. */
#include <string.h>

#include "base/attr.h"
#include "base/text.h"
#include "src/core/reply-internal.h"

enum word_kind { OUTCOME, REPORT, ADJUSTED, FUTURE, OTHER, PROPOSES, WITHOUT, AFTER, HEADS, DECIDES };

static const struct {
	enum word_kind kind;
	enum reply_outcome outcome;
	const char *word;
} words[] = {
#define OUTCOME(o, w) { OUTCOME, OUTCOME_##o, w },
#define REPORT(w) { REPORT, OUTCOME_NONE, w },
#define ADJUSTED(w) { ADJUSTED, OUTCOME_NONE, w },
#define FUTURE(w) { FUTURE, OUTCOME_NONE, w },
#define OTHER(w) { OTHER, OUTCOME_NONE, w },
#define PROPOSES(w) { PROPOSES, OUTCOME_NONE, w },
#define WITHOUT(w) { WITHOUT, OUTCOME_NONE, w },
#define AFTER(w) { AFTER, OUTCOME_NONE, w },
#define HEADS(w) { HEADS, OUTCOME_NONE, w },
#define DECIDES(w) { DECIDES, OUTCOME_APPROVED, w },
#include "src/core/reply-decision.inc"
#undef OUTCOME
#undef REPORT
#undef ADJUSTED
#undef FUTURE
#undef OTHER
#undef PROPOSES
#undef WITHOUT
#undef AFTER
#undef HEADS
#undef DECIDES
};

struct report {
	struct arena *a;
	const struct lines *l;
	dayno received;
	struct answer *out;
	bool body, clash;
	bool outcome_said; /* and not only that it was decided */
	bool owes;         /* "beslutade att …": what, is still to be said */
	bool other;        /* something is told that is no outcome */
	bool proposes;     /* it is only proposed */
	bool no_day;       /* a day is told that is in no calendar */
	enum guard guard;
};

static bool is_word(enum word_kind kind, const char *w)
{
	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (words[i].kind == kind && strcmp(words[i].word, w) == 0)
			return true;
	return false;
}

enum reply_outcome reply_decided(const char *w)
{
	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (words[i].outcome != OUTCOME_NONE && strcmp(words[i].word, w) == 0)
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

/* "§ 34", "paragraf 34", "Paragraf: 34" */
static size_t paragraph(struct report *r, const struct token *t, size_t n)
{
	bool colon = n > 2 && strcmp(t[1].word, ":") == 0;

	if (n < 2 || (strcmp(t[0].word, "§") != 0 && strcmp(t[0].word, "paragraf") != 0 &&
	              strcmp(t[0].word, "par") != 0 && !(colon && strcmp(t[0].word, "paragraph") == 0)))
		return 0;
	size_t sign = colon || (n > 2 && strcmp(t[1].word, "§") == 0) ? 2 : 1;
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

static void take_outcome(struct report *r, const char *word, enum reply_outcome now)
{
	enum reply_outcome was = r->out->outcome;
	bool said = !is_word(DECIDES, word);

	/* "beslutade att återremittera": the other word says what */
	if (was == OUTCOME_NONE || !r->outcome_said)
		r->out->outcome = now;
	else if (said && now != was)
		r->clash = true;
	r->outcome_said = r->outcome_said || said;
	r->owes = r->owes && !said;
}

static void take_day(struct report *r, dayno day)
{
	r->clash = r->clash || (r->out->date != DAY_NONE && r->out->date != day);
	r->out->date = day;
}

/* "utan ändringar", "efter votering", "after a vote": how, and not whether. */
static size_t manner(const struct token *t, size_t n)
{
	bool without = !strcmp(t[0].word, "utan") || !strcmp(t[0].word, "without");
	bool after = !strcmp(t[0].word, "efter") || !strcmp(t[0].word, "after");
	static const char *const between[] = { "a", "any", "further", "sluten", "vidare", "någon", "öppen" };
	size_t at = 1;

	for (size_t k = 0; n > 2 && k < ARRAY_LEN(between); k++)
		at = !strcmp(t[1].word, between[k]) ? 2 : at;
	return at < n && ((without && is_word(WITHOUT, t[at].word)) || (after && is_word(AFTER, t[at].word)))
	       ? at + 1 : 0;
}

/* "§ 14: vilande", "beslutade § 14 att anse": what was decided is said, and must be known. */
static bool begins_what(const struct report *r, const struct token *t, size_t i, size_t n)
{
	if (r->out->outcome != OUTCOME_APPROVED || r->outcome_said || i + 1 == n)
		return false;
	const char *next = t[i + 1].word;
	struct when w;
	if (!strcmp(t[i].word, "att") || (!strcmp(t[i].word, "to") && strcmp(next, "the") != 0))
		return true;
	return !strcmp(t[i].word, ":") && i > 1 && (*next < '0' || *next > '9') && !is_word(ADJUSTED, next)
	       && !is_word(FUTURE, next) && strcmp(next, "§") != 0 && strcmp(next, "paragraf") != 0
	       && !reply_when(t + i + 1, n - i - 1, r->received, WHEN_PAST, false, &w);
}

/* "att delegera": a verb that is no outcome; "lägga till handlingarna" begins one. */
static bool does_other(const char *w)
{
	static const char *const none[] = { "lägga", "ge", "ställa", "denna", "dessa", "alla", "samtliga", "båda" };

	for (size_t k = 0; k < ARRAY_LEN(none); k++)
		if (strcmp(w, none[k]) == 0)
			return false;
	return reply_decided(w) == OUTCOME_NONE && (text_ends(w, "a") || text_ends(w, "å"));
}

/* "som nämnden föreslog": of what was decided, and not what was */
static bool told_of(const struct clause *c, size_t i)
{
	bool before = false;

	for (size_t k = 0; k < i; k++)
		before = before || !strcmp(c->t[k].word, "som") || !strcmp(c->t[k].word, "vad");
	return before && (!strcmp(c->t[i].word, "föreslog") || !strcmp(c->t[i].word, "föreslagit"));
}

static bool as_proposed(const char *w)
{
	return !strcmp(w, "förslag") || !strcmp(w, "förslaget") || !strcmp(w, "proposal")
	       || !strcmp(w, "beslutsförslaget") || !strcmp(w, "beslutsförslag");
}

/* "godkände listan": which of several is not said. */
static void take_name(struct report *r, const struct clause *c, size_t i)
{
	static const enum pattern_group groups[] = {
		PATTERNS_NOUN, PATTERNS_NOUN_EN, PATTERNS_BOTH, PATTERNS_BOTH_EN, PATTERNS_KIND, PATTERNS_KIND_EN,
		PATTERNS_INVENTORY, PATTERNS_REGISTER, PATTERNS_ROUTINE,
	};

	for (size_t k = 0; k < ARRAY_LEN(groups); k++)
		if (reply_longest(groups[k], c->t, i, c->n))
			r->out->names |= reply_names(groups[k]);
}

/* What the report says beside outcome, day and paragraph. */
static void take_word(struct report *r, const struct clause *c, size_t i)
{
	const struct token *t = c->t + i;
	bool draft = !i && (text_starts(t->word, "beslutsförslag") ||
	                    (c->n > 2 && !strcmp(t->word, "förslag") && !strcmp(t[1].word, "till")
	                     && !strcmp(t[2].word, "beslut")));

	r->body = r->body || of_body(t->word);
	r->other = r->other || is_word(OTHER, t->word);
	r->proposes = r->proposes || draft || (is_word(PROPOSES, t->word) && !told_of(c, i)) || text_ends(t->word, "yrkande")
	              || text_ends(t->word, "yrkandet");
	bool what = begins_what(r, c->t, i, c->n);
	r->owes = (r->owes && !as_proposed(t->word)) || what;
	r->other = r->other || (what && strcmp(t->word, ":") != 0 && does_other(t[1].word));
	/* "§ 14 2 BORDLAGT": of another item */
	if (strlen(t->word) <= 3 && strspn(t->word, "0123456789") == strlen(t->word) && i + 1 < c->n) {
		size_t after = !strcmp(t[1].word, ":") && i + 2 < c->n ? 2 : 1;
		r->clash = r->clash || reply_decided(t[after].word) != OUTCOME_NONE;
	}
}

/* "till nästa möte", "till april" */
static size_t put_off_to(const struct clause *c, size_t i)
{
	static const char *const to[] = { "till", "nästa", "möte", "sammanträde" };
	size_t used = 0;

	for (bool more = true; more && i + used < c->n; used += more) {
		more = false;
		for (size_t k = 0; k < ARRAY_LEN(to); k++)
			more = more || !strcmp(c->t[i + used].word, to[k]);
	}
	return used;
}

static void take_clause(struct report *r, const struct clause *c)
{
	for (size_t i = 0, used; i < c->n; i += used) {
		const struct token *t = c->t + i;
		size_t left = c->n - i;
		struct when w;

		if ((used = adjustment(r, t, left)) || (used = paragraph(r, t, left)) ||
		    (used = registry_no(r, c, i)) || (used = manner(t, left)))
			continue;
		if ((used = option(r, c->t, i))) {
			r->owes = false;
			continue;
		}
		used = 1;
		enum reply_outcome o = reply_decided(t->word);
		if (o != OUTCOME_NONE)
			take_outcome(r, t->word, o);
		if (o == OUTCOME_TABLED || o == OUTCOME_REFERRED_BACK)
			used += put_off_to(c, i + 1);
		if (o == OUTCOME_NONE && reply_when(t, left, r->received, WHEN_PAST, false, &w) && w.day != DAY_NONE) {
			used = w.used;
			if (w.doubt)
				r->clash = true;
			take_day(r, w.day);
			continue;
		}
		take_word(r, c, i);
		take_name(r, c, i);
		r->no_day = r->no_day || reply_day_shaped(t, left);
		enum guard g = i && !strcmp(t[-1].word, "enlighet") ? GUARD_NONE : guard_of(t); /* "med" */
		if (g != GUARD_NONE && g != GUARD_SENTENCE && g != GUARD_REPORTED && g != GUARD_VERDICT &&
		    !r->guard)
			r->guard = g;
	}
}

/* "Datum: 2027-01-11", or the day alone. */
static bool only_day(const struct clause *c, dayno received)
{
	size_t skip = c->n > 1 && is_word(HEADS, c->t[0].word) ? 1 : 0;
	struct when w;

	skip += skip && c->n > 2 && !strcmp(c->t[skip].word, ":") ? 1 : 0;
	return reply_when(c->t + skip, c->n - skip, received, WHEN_PAST, false, &w) && w.used == c->n - skip
	       && w.day != DAY_NONE;
}

/* Only about the minutes, the paragraph or the day: belongs to what stands above. */
static bool adds_only(struct arena *a, const struct lines *l, const struct clause *c, dayno received)
{
	struct answer none = { .date = DAY_NONE };
	struct report r = { .a = a, .l = l, .received = received, .out = &none };

	if (!c->n || c->strange || c->mark == '?')
		return false;
	take_clause(&r, c);
	return !r.guard && !none.outcome && !r.other && !r.proposes
	       && (none.adjusted || none.paragraph || none.registry_no || only_day(c, received));
}

/* "Beslut: godkänd" below day and paragraph. */
static bool only_outcome(const struct clause *c)
{
	size_t outcomes = 0;

	for (size_t i = 0; i < c->n; i++) {
		bool decides = is_word(DECIDES, c->t[i].word);

		outcomes += !decides && reply_decided(c->t[i].word) != OUTCOME_NONE;
		if (!decides && reply_decided(c->t[i].word) == OUTCOME_NONE && strcmp(c->t[i].word, ":") != 0)
			return false;
	}
	return outcomes == 1 && !c->strange && c->mark != '?' && c->mark != '~';
}

static const char *missing(const struct report *r, const struct reply_context *ctx)
{
	const struct answer *o = r->out;
	bool asked = ctx->letter == LETTER_DECISION;
	bool took = o->outcome == OUTCOME_APPROVED || o->outcome == OUTCOME_REJECTED || o->outcome == OUTCOME_NOTED
	            || o->outcome == OUTCOME_REVISE || o->outcome == OUTCOME_ENDED;

	if (r->guard)
		return guard_reason(r->guard);
	if (r->clash || r->no_day)
		return "the report of a decision says two things, or a day that is not certain";
	if (r->proposes)
		return "the report of a decision tells what is only proposed";
	/* What is asked for beside a step back belongs to it. */
	if (r->owes || (r->other && (o->outcome == OUTCOME_APPROVED || o->outcome == OUTCOME_NOTED)))
		return "the report of a decision tells something else than an approval";
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
		return o->outcome || o->paragraph || o->adjusted || (o->date != DAY_NONE && (c->n <= 4 || only_day(c, r->received)));
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
	for (*used = 1; *used < n && (adds_only(a, l, &c[*used], ctx->received) ||
	                              (!said.outcome && only_outcome(&c[*used]))); (*used)++) {
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
		out->proposal = r.guard || r.owes || r.other || r.proposes ? VERDICT_NONE : VERDICT_DECISION;
	}
	return true;
}
