/* SPDX-License-Identifier: EUPL-1.2 */
/* What a body decided, as its secretary reports it: a sentence made wholly of words that
 * are known. One that is not may tell of another body, another matter, a part of it, a
 * proposal or what somebody said, and is asked about. */
#include <string.h>

#include "base/attr.h"
#include "base/text.h"
#include "src/core/reply-internal.h"

enum word_kind { OUTCOME, REPORT, ADJUSTED, FUTURE, WITHOUT, AFTER, HEADS, DECIDES, KNOWN, PROPOSAL,
                 TASK, TOLD, CHOICE };

static const struct {
	enum word_kind kind;
	enum reply_outcome outcome;
	const char *word;
} words[] = {
#define OUTCOME(o, w) { OUTCOME, OUTCOME_##o, w },
#define REPORT(w) { REPORT, OUTCOME_NONE, w },
#define ADJUSTED(w) { ADJUSTED, OUTCOME_NONE, w },
#define FUTURE(w) { FUTURE, OUTCOME_NONE, w },
#define WITHOUT(w) { WITHOUT, OUTCOME_NONE, w },
#define AFTER(w) { AFTER, OUTCOME_NONE, w },
#define HEADS(w) { HEADS, OUTCOME_NONE, w },
#define KNOWN(w) { KNOWN, OUTCOME_NONE, w },
#define PROPOSAL(w) { PROPOSAL, OUTCOME_NONE, w },
#define TASK(w) { TASK, OUTCOME_NONE, w },
#define TOLD(w) { TOLD, OUTCOME_NONE, w },
#define CHOICE(w) { CHOICE, OUTCOME_NONE, w },
#define DECIDES(w) { DECIDES, OUTCOME_APPROVED, w },
#include "src/core/reply-decision.inc"
#undef OUTCOME
#undef REPORT
#undef ADJUSTED
#undef FUTURE
#undef WITHOUT
#undef AFTER
#undef HEADS
#undef DECIDES
#undef KNOWN
#undef PROPOSAL
#undef TASK
#undef TOLD
#undef CHOICE
};

struct report {
	struct arena *a;
	const struct lines *l;
	const struct reply_context *ctx;
	struct answer *out;
	bool body, clash;
	bool outcome_said; /* and not only that it was decided */
	bool owes;         /* "beslutade att …": what, is still to be said */
	bool unknown;      /* a word stands there that no report of a decision has */
	bool told;         /* of a thing that may only be noted */
	bool task;         /* what somebody is told to do */
	bool proposes;     /* it is only proposed */
	struct numbers rows; /* whose titles are named */
	bool signs;        /* "… Mvh Anna" stands in it */
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
	return is_word(REPORT, w) || reply_is_body(w);
}

static bool denies(const char *w)
{
	return !strcmp(w, "ej") || !strcmp(w, "inte") || !strcmp(w, "icke") || !strcmp(w, "not") ||
	       !strcmp(w, "ännu") || !strcmp(w, "är") || !strcmp(w, "yet");
}

/* "ej justerat", "protokollet justeras den 24 mars"; how many words, 0: no such. */
static size_t adjustment(struct report *r, const struct token *t, size_t n)
{
	bool denied = false, coming = false;
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
	if (i < n && (reply_when(t + i, n - i, r->ctx->received, WHEN_PAST, false, &w)
	              || reply_when(t + i, n - i, r->ctx->received, WHEN_COMING, false, &w))) {
		i += w.used;
		coming = w.day != DAY_NONE && w.day > r->ctx->received;
	}
	enum adjusted now = later || coming ? ADJUSTED_NOT_YET : ADJUSTED_YES;
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
	sign += colon && n > 3 && strcmp(t[2].word, "§") == 0; /* "Paragraf: § 34" */
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
	if (strcmp(before, ":") != 0 && !is_word(OUTCOME, before) && !is_word(CHOICE, before)
	    && strcmp(before, "enligt") != 0)
		return 0;
	const char *now = *w == 'a' ? "A" : "B";
	r->clash = r->clash || (r->out->option && strcmp(r->out->option, now) != 0);
	r->out->option = now;
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

/* "enligt förslaget", "i enlighet med vad arbetsutskottet föreslagit", "enligt § 34". */
static size_t as_proposed(const struct token *t, size_t n)
{
	static const char *const by[] = { "arbetsutskottet", "arbetsutskottets", "au", "ksau", "utskottet", "utskottets",
	                                  "förvaltningen", "förvaltningens", "har", "vad", "det", "som", "the" };
	size_t i = !strcmp(t[0].word, "i") || !strcmp(t[0].word, "in") ? 1 : 0;

	if (i + 1 < n && (!strcmp(t[i].word, "enlighet") || !strcmp(t[i].word, "accordance")))
		i += 2;
	else if (!i && !strcmp(t[0].word, "enligt"))
		i = 1;
	else
		return 0;
	for (size_t k = 0; i < n && k < ARRAY_LEN(by); k++)
		if (strcmp(t[i].word, by[k]) == 0) {
			k = (size_t)-1;
			i++;
		}
	if (i < n && is_word(PROPOSAL, t[i].word))
		return i + 2 < n && !strcmp(t[i + 1].word, "till") && !strcmp(t[i + 2].word, "beslut") ? i + 3 : i + 1;
	return i < n && i == 1 && (!strcmp(t[1].word, "§") || !strcmp(t[1].word, "paragraf") || !strcmp(t[1].word, "nedan")
	                           || text_starts(t[1].word, "protokoll") || is_word(FUTURE, t[1].word)
	                           || is_word(ADJUSTED, t[1].word));
}

/* "godkände listan": which of several is not said. How many words; 0: it is none of these. */
static size_t take_name(struct report *r, const struct clause *c, size_t i)
{
	static const enum pattern_group groups[] = {
		PATTERNS_NOUN, PATTERNS_NOUN_EN, PATTERNS_BOTH, PATTERNS_BOTH_EN, PATTERNS_KIND, PATTERNS_KIND_EN,
		PATTERNS_INVENTORY, PATTERNS_REGISTER, PATTERNS_ROUTINE,
	};
	size_t longest = 0;

	for (size_t k = 0; k < ARRAY_LEN(groups); k++) {
		size_t used = reply_longest(groups[k], c->t, i, c->n);

		if (used)
			r->out->names |= reply_names(groups[k]);
		longest = used > longest ? used : longest;
	}
	/* "förteckning över informationstillgångar" */
	size_t end = i + longest;
	return longest && end + 1 < c->n && !strcmp(c->t[end].word, "över")
	       && text_starts(c->t[end + 1].word, "informationstillgång") ? longest + 2 : longest;
}

static bool steps_back(enum reply_outcome o)
{
	return o == OUTCOME_REFERRED_BACK || o == OUTCOME_TABLED || o == OUTCOME_WITHDRAWN;
}

/* A word beside outcome, day and paragraph: how many are known; 0: it is not. */
static size_t known(struct report *r, const struct clause *c, size_t i)
{
	const struct token *t = c->t + i;
	size_t used = as_proposed(t, c->n - i);

	r->body = r->body || of_body(t->word);
	if (used) {
		r->owes = false;
		return used;
	}
	if (!strcmp(t->word, "att") || !strcmp(t->word, "to"))
		r->owes = r->out->outcome == OUTCOME_APPROVED && !r->outcome_said;
	bool choice = is_word(CHOICE, t->word) && i + 1 < c->n && option(r, c->t, i + 1);
	if (!strcmp(t->word, "bakom") || choice)
		r->owes = false;
	if (choice)
		return 2;
	r->told = r->told || is_word(TOLD, t->word);
	r->task = r->task || is_word(TASK, t->word);
	if ((used = take_name(r, c, i)) || (used = reply_figures(c->t, i, c->n)))
		return used;
	return reply_own_body(r->a, r->ctx, t) || is_word(KNOWN, t->word) || is_word(TOLD, t->word) || is_word(ADJUSTED, t->word)
	       || (is_word(HEADS, t->word) && !i) || is_word(TASK, t->word)
	       || is_word(REPORT, t->word);
}

/* "Återremiss yrkades", "föreslås", "begärdes": nobody has decided it. */
static bool proposes(const struct clause *c, size_t i)
{
	static const char *const stems[] = { "föresl", "förord", "tillstyrk", "rekommender", "hemställ", "yrk",
	                                     "propos", "recommend" };
	const char *w = c->t[i].word;
	bool noun = i && (!strcmp(c->t[i - 1].word, "återremiss") || !strcmp(c->t[i - 1].word, "bordläggning"));

	for (size_t k = 0; k < ARRAY_LEN(stems); k++)
		if (text_starts(w, stems[k]))
			return true;
	return text_ends(w, "yrkande") || text_ends(w, "yrkandet") || (noun && text_starts(w, "begär"));
}

static void take_unknown(struct report *r, const struct clause *c, size_t i)
{
	const struct token *t = c->t + i;
	bool back = steps_back(r->out->outcome), digits = strspn(t->word, "0123456789") == strlen(t->word);
	enum guard g = guard_of(t);

	r->proposes = r->proposes || proposes(c, i);
	if (!r->guard && g != GUARD_SENTENCE && g != GUARD_REPORTED && g != GUARD_VERDICT)
		r->guard = g;
	/* What is asked for beside a step back belongs to it. */
	r->unknown = r->unknown || !back || digits || of_body(t->word);
}

/* "Har nämnden godkänt …", "Godkände nämnden …": asked without its mark. */
static bool asked(const struct report *r, const struct clause *c)
{
	static const char *const verbs[] = { "har", "är", "blev", "has", "have", "did", "was", "were", "is" };
	const char *w = c->t[0].word;
	bool verb = text_ends(w, "de") || !strcmp(w, "antog") || !strcmp(w, "biföll");

	for (size_t i = 0; i < ARRAY_LEN(verbs) && c->n > 1; i++)
		if (strcmp(w, verbs[i]) == 0)
			return reply_decided(c->t[1].word) == OUTCOME_NONE;
	return verb && c->n > 1 && (reply_own_body(r->a, r->ctx, &c->t[1]) || of_body(c->t[1].word));
}

/* The matter as the letter names it. */
static size_t title(struct report *r, const struct clause *c, size_t i)
{
	int row;
	size_t used = reply_row_title(r->a, c->t + i, c->n - i, r->ctx, &row);

	if (used && r->rows.n < REPLY_ANSWERS)
		r->rows.at[r->rows.n++] = row;
	return used;
}

static void take_clause(struct report *r, const struct clause *c)
{
	dayno received = r->ctx->received;

	for (size_t i = 0, used; i < c->n; i += used) {
		const struct token *t = c->t + i;
		size_t left = c->n - i;
		struct when w;

		if ((used = title(r, c, i)) || (used = adjustment(r, t, left)) || (used = paragraph(r, t, left)) ||
		    (used = registry_no(r, c, i)) || (used = manner(t, left)))
			continue;
		if ((used = option(r, c->t, i))) {
			r->owes = false;
			continue;
		}
		used = 1;
		enum reply_outcome o = reply_decided(t->word);
		if (left > 1 && !strcmp(t->word, "referred") && !strcmp(t[1].word, "back")) {
			used = 2;
			take_outcome(r, t->word, OUTCOME_REFERRED_BACK);
		} else if (o != OUTCOME_NONE) {
			r->body = r->body || of_body(t->word);
			take_outcome(r, t->word, o);
		} else if (reply_when(t, left, received, WHEN_PAST, false, &w) && w.day != DAY_NONE) {
			used = w.used;
			r->clash = r->clash || w.doubt;
			take_day(r, w.day);
		} else if (!(used = known(r, c, i))) {
			used = 1;
			if (i && courtesy_tail(c->t, i, c->n, r->ctx->from, &r->signs))
				return;
			r->no_day = r->no_day || reply_day_shaped(t, left);
			take_unknown(r, c, i);
		}
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
static bool adds_only(struct arena *a, const struct lines *l, const struct clause *c, const struct reply_context *ctx)
{
	struct answer none = { .date = DAY_NONE };
	struct report r = { .a = a, .l = l, .ctx = ctx, .out = &none };

	if (!c->n || c->strange || c->mark == '?')
		return false;
	take_clause(&r, c);
	return !r.guard && !none.outcome && !r.unknown && !r.proposes && !r.signs && !asked(&r, c)
	       && (none.adjusted || none.paragraph || none.registry_no || only_day(c, ctx->received));
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
	if (r->unknown)
		return "the report of a decision holds a word that may tell of something else";
	if (r->owes || (r->task && took && o->outcome != OUTCOME_REVISE) || (o->option && o->outcome == OUTCOME_REJECTED)
	    || (r->told && took && o->outcome != OUTCOME_NOTED))
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
		return o->outcome || o->paragraph || o->adjusted || (o->date != DAY_NONE && (c->n <= 4 || only_day(c, r->ctx->received)));
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
	struct report r = { .a = a, .l = l, .ctx = ctx, .out = &said };

	if (c->strange || !c->n)
		return false;
	take_clause(&r, c);
	if (!speaks(&r, c, ctx))
		return false;
	const char *text = clause_text(a, l, c);
	for (*used = 1; *used < n && !r.signs && (adds_only(a, l, &c[*used], ctx) ||
	                              (!said.outcome && only_outcome(&c[*used]))); (*used)++) {
		take_clause(&r, &c[*used]);
		text = arena_fmt(a, "%s %s", text, clause_text(a, l, &c[*used]));
	}
	said.text = text;
	const char *why = c->mark == '?' || asked(&r, c) ? "the sentence asks something" : missing(&r, ctx);
	*out = (struct phrase){
		.answer = said, .proposal = VERDICT_NONE,
		.numbers = r.rows,
		.signed_off = r.signs,
		.why = why ? why : "what a body decided, as its secretary reports it",
	};
	if (why) {
		out->answer.verdict = VERDICT_QUESTION;
		out->proposal = r.guard || r.owes || r.unknown || r.proposes ? VERDICT_NONE : VERDICT_DECISION;
	}
	return true;
}
