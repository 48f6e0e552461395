/* SPDX-License-Identifier: EUPL-1.2 */
#include "core/reply.h"

#include <string.h>

#include "base/attr.h"
#include "base/text.h"
#include "src/core/reply-internal.h"

/* A longer text is no answer; a person reads it. */
enum { MAX_TEXT = 64 << 10, MAX_SIGNATURE = 15 };

struct reading {
	struct arena *a;
	const struct reply_context *ctx;
	struct lines lines;
	struct clause *c;
	size_t n, next;
	struct reply *out;
	bool said_yes; /* "Ja." or "Allt stämmer." stood before the answer */
	unsigned names; /* NAMES_… of what stood before it: "Har läst rutinen." */
};

static const struct answer nothing = { .until = DAY_NONE, .date = DAY_NONE };

/* Nothing to act on: the words that stood in the way, and what they may mean. */
static void ask(struct reading *r, enum verdict v, const char *text, const char *why)
{
	struct reply *out = r->out;

	out->said = out->n_answers ? out->answers[0] : nothing;
	out->proposed = out->answers;
	out->n_proposed = out->n_answers;
	out->verdict = v;
	out->text = text;
	out->reason = why;
	out->n_answers = 0;
}

/* Words that speak against what was said: to offer it again would be to lead. */
static bool speaks_against(const struct clause *c)
{
	for (size_t i = 0; i < c->n; i++) {
		enum guard g = guard_of(&c->t[i]);

		if (g == GUARD_NEGATION || g == GUARD_VERDICT)
			return true;
	}
	return c->strange;
}

/* A clause that stands in the way of what was said before it: "2 ser bra ut". */
static void weigh(struct reading *r, const struct clause *c)
{
	struct numbers ns;
	size_t skip = reply_numbers(c->t, c->n, &ns);
	struct phrase p = { .proposal = VERDICT_NONE };

	if (skip && skip < c->n) {
		struct clause rest = clause_without(c, skip);
		p = reply_phrase_of_row(r->a, &r->lines, &rest, r->ctx);
	}
	if (p.proposal)
		reply_propose(r->out, &ns, &p);
	else if (speaks_against(c))
		r->out->n_proposed = 0;
}

/* Whether a sentence from there on asks, and not whether something is approved. */
static bool asks_from(const struct reading *r, size_t from)
{
	for (size_t i = from; i < r->n; i++)
		if (r->c[i].mark == '?' && !guard_approval(r->c[i].t, r->c[i].n))
			return true;
	return false;
}

static void append_text(struct reading *r, size_t from, const char *more, const char *between)
{
	struct reply *out = r->out;
	const char *was = out->answers[from].text;
	const char *now = was ? arena_fmt(r->a, "%s%s%s", was, between, more) : arena_dup(r->a, more);

	for (size_t i = from; i < out->n_answers; i++)
		out->answers[i].text = now;
}

static const char *tail_of_line(const struct reading *r, const struct clause *c, size_t from)
{
	return text_tidy(r->a, r->lines.at[c->line].text + from);
}

/* Below "Mvh" only names and how to reach them. NULL: nothing else is there. */
static const char *read_signature(const struct reading *r, const struct clause *signs)
{
	const char *more = tail_of_line(r, signs, signs->to);
	size_t seen = *more || courtesy_named(signs);

	if (*more && !courtesy_signature(r->a, more, r->ctx->from, true))
		return more;
	for (size_t i = signs->line + 1; i < r->lines.n; i++) {
		const char *line = r->lines.at[i].text;
		if (!*line)
			continue;
		if (r->lines.at[i].hidden || ++seen > MAX_SIGNATURE ||
		    !courtesy_signature(r->a, line, r->ctx->from, seen == 1))
			return line;
	}
	return NULL;
}

/* The same where a secretary is asked: "17 mars 2027" is no item 17. */
static bool starts_report(const struct reading *r, const struct clause *c, const struct clause *rest,
                          size_t skip)
{
	struct phrase p;
	struct when day;
	size_t used;

	if (reply_when(c->t, c->n, r->ctx->received, WHEN_PAST, false, &day) && day.used > skip)
		return false;
	return reply_decision(r->a, &r->lines, rest, 1, r->ctx, &p, &used)
	       && p.answer.verdict == VERDICT_DECISION;
}

/* Whether another numbered answer begins here. */
static bool starts_answer(const struct reading *r, const struct clause *c)
{
	struct numbers ns;
	size_t skip = reply_numbers(c->t, c->n, &ns);
	struct clause rest = clause_without(c, skip);
	struct phrase p;

	if (!skip || skip == c->n)
		return false;
	if (r->ctx->letter == LETTER_DECISION)
		return starts_report(r, c, &rest, skip);
	p = reply_phrase_of_row(r->a, &r->lines, &rest, r->ctx);
	return p.answer.verdict != VERDICT_QUESTION && p.answer.verdict != VERDICT_UNCLEAR;
}

/* Whether a clause leaves in doubt what was said of a deficiency before it. */
static bool doubts_case(const struct reading *r, size_t from, const struct clause *c)
{
	enum reply_outcome o = r->out->answers[from].outcome;

	return r->ctx->letter == LETTER_DEFICIENCY && o != OUTCOME_NONE
	       && (c->mark == '?' || c->mark == '~' || guard_case(c->t, c->n, o, r->ctx->received));
}

/* Whether a clause names a row, below an answer that names none. */
static bool names_row(const struct reading *r, size_t from, const struct clause *c)
{
	return !r->out->answers[from].n && reply_names_row(c->t, c->n, r->ctx);
}

/* Whether a clause may be text of the answer: it must not turn it around. */
static bool tells(const struct reading *r, size_t from, const struct clause *c)
{
	enum verdict v = r->out->answers[from].verdict;
	unsigned names = 0;

	if ((v == VERDICT_WRONG_PERSON || v == VERDICT_FORWARDED) && phrase_keeps(c, r->ctx))
		return false;
	if (v == VERDICT_REJECT && c->n && strcmp(c->t[0].word, "jo") == 0)
		return false; /* "Godkänns inte. Jo, det gör det." */
	return !guard_approval(c->t, c->n) && !names_row(r, from, c) && !phrase_denies(c, r->out->answers[from].outcome) &&
	       !phrase_agrees(c, &names) && !doubts_case(r, from, c);
}

/* Takes a clause, and what follows it on its line, as text of the answer. */
static bool take_text(struct reading *r, size_t from, size_t *i)
{
	const struct clause *first = &r->c[*i], *last = first;

	if (first->line >= r->lines.n || !tells(r, from, first))
		return false;
	while (*i + 1 < r->n && r->c[*i + 1].line == first->line && !starts_answer(r, &r->c[*i + 1])) {
		last = &r->c[++*i];
		if (!tells(r, from, last))
			return false;
	}
	const char *line = r->lines.at[first->line].text;
	bool whole = first == r->c || first[-1].line != first->line;
	append_text(r, from,
	            text_tidy(r->a, arena_dupn(r->a, line + (whole ? 0 : first->from), last->to - (whole ? 0 : first->from))),
	            whole ? "\n" : " ");
	return true;
}

/* Whether a clause approves, of no item in particular; what it names is added. */
static bool approves(const struct reading *r, const struct clause *c, unsigned *names)
{
	struct phrase p = reply_phrase(r->a, &r->lines, c, r->ctx);

	if (p.answer.verdict != VERDICT_APPROVE || p.numbers.n || p.signed_off)
		return false;
	*names |= p.answer.names;
	return true;
}

/* What follows an answer. NULL: nothing that matters. */
static const char *read_rest(struct reading *r, bool takes_text, size_t from)
{
	for (; r->next < r->n; r->next++) {
		const struct clause *c = &r->c[r->next];
		bool signs = false;

		if (!c->strange && c->mark != '?' && courtesy_tail(c->t, 0, c->n, r->ctx->from, &signs)) {
			if (!signs)
				continue;
			r->next = r->n;
			return read_signature(r, c);
		}
		if (courtesy_bare_name(c, r->ctx->from)) {
			r->next = r->n;
			return read_signature(r, c);
		}
		/* "Godkänns. Allt stämmer." – but "1 godkänns. Godkänns." may be about them all. */
		struct answer *said = &r->out->answers[from];
		if (said->verdict == VERDICT_APPROVE
		    && (phrase_agrees(c, &said->names) || (!said->n && approves(r, c, &said->names))))
			continue;
		if (r->out->answers[from].n && starts_answer(r, c))
			return NULL;
		/* "Ja. Perfekt!" says it twice. */
		if (r->out->answers[from].verdict == VERDICT_APPROVE && phrase_is_yes(c))
			continue;
		/* A change may be described at length, but not taken back. */
		if (!takes_text || !take_text(r, from, &r->next))
			return tail_of_line(r, c, c->from);
	}
	return NULL;
}

/* The text after a colon goes on to the end of its line. */
static void rest_of_line(struct reading *r, size_t from)
{
	bool signs = false;

	while (r->next < r->n && r->c[r->next].line == r->c[r->next - 1].line &&
	       !starts_answer(r, &r->c[r->next]) && !phrase_denies(&r->c[r->next], r->out->answers[from].outcome) &&
	       !doubts_case(r, from, &r->c[r->next]) && !names_row(r, from, &r->c[r->next]) &&
	       !(courtesy_tail(r->c[r->next].t, 0, r->c[r->next].n, r->ctx->from, &signs) && signs)) {
		const struct clause *c = &r->c[r->next], *before = c - 1;
		const char *line = r->lines.at[c->line].text;
		/* The mark between the two may be a part of the first. */
		append_text(r, from, text_tidy(r->a, arena_dupn(r->a, line + c->from, c->to - c->from)),
		            before->to < c->from ? " " : "");
		r->next++;
	}
	/* … without the mark before the next answer. */
	const char *text = r->out->answers[from].text;
	size_t len = text ? strlen(text) : 0;
	if (len && r->next < r->n && r->c[r->next].line == r->c[r->next - 1].line && text[len - 1] == ';')
		for (size_t i = from, n = r->out->n_answers; i < n; i++)
			r->out->answers[i].text = arena_dupn(r->a, text, len - 1);
}

static bool has_colon(const struct clause *c)
{
	for (size_t i = 0; i < c->n; i++)
		if (strcmp(c->t[i].word, ":") == 0)
			return true;
	return false;
}

/* The phrase at hand and the item numbers before or behind its verb. */
static struct phrase read_phrase(struct reading *r, struct numbers *ns, size_t *used)
{
	const struct clause *whole = &r->c[r->next];
	size_t skip = reply_numbers(whole->t, whole->n, ns);
	struct phrase p, seems = { .proposal = VERDICT_NONE };
	struct numbers named = *ns;
	struct when day;

	*used = 1;
	/* "17 mars 2024" is no item 17 */
	if (reply_when(whole->t, whole->n, r->ctx->received, WHEN_PAST, false, &day) && day.used > skip)
		skip = 0;
	if (skip && skip < whole->n) {
		struct clause rest = clause_without(whole, skip);
		p = seems = reply_phrase_of_row(r->a, &r->lines, &rest, r->ctx);
		if (p.answer.verdict != VERDICT_UNCLEAR && p.answer.verdict != VERDICT_QUESTION && !p.numbers.n)
			return p;
		if (r->ctx->letter == LETTER_DECISION &&
		    reply_decision(r->a, &r->lines, &rest, 1, r->ctx, &p, used))
			return p;
		if (!seems.proposal && phrase_ends_in_approval(&rest, r->ctx))
			seems.proposal = VERDICT_APPROVE;
	}
	*ns = (struct numbers){ .at = { 0 }, .n = 1 };
	if (reply_decision(r->a, &r->lines, whole, r->n - r->next, r->ctx, &p, used)) {
		*ns = p.numbers.n ? p.numbers : *ns;
		return p;
	}
	p = reply_phrase(r->a, &r->lines, whole, r->ctx);
	if (p.numbers.n) {
		*ns = p.numbers;
	} else if (seems.proposal && !p.proposal && !seems.numbers.n) {
		*ns = named; /* "2 ser bra ut": of the second, it seems to mean that */
		p.proposal = seems.proposal;
		p.answer.until = seems.answer.until;
		p.answer.or_days = seems.answer.or_days;
		p.answer.delegate = seems.answer.delegate;
	}
	return p;
}

/* One answer and what belongs to it; false when the reply is no clear answer. */
static bool read_answer(struct reading *r)
{
	struct numbers ns;
	struct reply *out = r->out;
	size_t from = out->n_answers, used;
	const struct clause *c = &r->c[r->next];
	struct phrase p = read_phrase(r, &ns, &used);
	const char *words = clause_text(r->a, &r->lines, c);

	if (p.answer.verdict == VERDICT_QUESTION || p.answer.verdict == VERDICT_UNCLEAR) {
		ask(r, p.answer.verdict, words, p.why);
		out->asks = asks_from(r, p.proposal ? r->next + 1 : r->next);
		if (p.proposal)
			reply_propose(out, &ns, &p);
		else if (speaks_against(c))
			out->n_proposed = 0;
		if (!out->said.verdict) {
			out->said = p.answer;
			out->said.verdict = VERDICT_NONE;
		}
		return false;
	}
	if (r->said_yes && p.answer.verdict != VERDICT_APPROVE) {
		ask(r, VERDICT_QUESTION, words, "a yes stands before an answer that is none");
		out->n_proposed = 0;
		return false;
	}
	p.answer.names |= p.answer.verdict == VERDICT_APPROVE ? r->names : 0;
	if (!reply_add_answers(out, &ns, &p.answer)) {
		ask(r, VERDICT_QUESTION, words, "an item is answered more than once");
		out->n_proposed = 0;
		return false;
	}
	if (!out->reason || p.answer.verdict != VERDICT_APPROVE)
		out->reason = p.why;
	r->next += used;
	const char *more;
	if (p.signed_off) {
		r->next = r->n;
		more = read_signature(r, c);
	} else {
		if (p.takes_text && has_colon(c))
			rest_of_line(r, from);
		/* What a mark after a label asks is text, but not of a deficiency. */
		bool asks = r->ctx->letter == LETTER_DEFICIENCY && c->mark == '?';
		more = asks ? words : read_rest(r, p.takes_text, from);
	}
	if (!more)
		return true;
	ask(r, VERDICT_QUESTION, more, "more is said than the answer");
	if (r->next < r->n)
		weigh(r, &r->c[r->next]);
	out->asks = asks_from(r, r->next);
	return false;
}

static enum verdict of_all(const struct reply *r)
{
	for (size_t i = 0; i < r->n_answers; i++)
		if (r->answers[i].verdict != VERDICT_APPROVE)
			return r->answers[i].verdict;
	return VERDICT_APPROVE;
}

static bool reviews(enum letter_kind k)
{
	return k == LETTER_ANY || k == LETTER_REVIEW || k == LETTER_INVENTORY || k == LETTER_CONFIRM;
}

/* "Allt stämmer. Godkänns." – past the first of them, where another follows. */
static bool opens(struct reading *r, const struct clause *c)
{
	unsigned names = 0;
	bool agrees = phrase_agrees(c, &names), signs;

	if (!reviews(r->ctx->letter) || (!agrees && !phrase_has_read(c, &names)) || approves(r, c, &names) ||
	    c + 1 == r->c + r->n || c[1].strange || courtesy_tail(c[1].t, 0, c[1].n, r->ctx->from, &signs) ||
	    courtesy_bare_name(&c[1], r->ctx->from))
		return false;
	r->said_yes = r->said_yes || agrees;
	r->names |= names;
	return true;
}

/* Past "Hej Anna!", "Tack för påminnelsen.", "Allt stämmer." and "Ja." to what is said. */
static void skip_opening(struct reading *r)
{
	for (; r->next < r->n; r->next++) {
		struct clause *c = &r->c[r->next];
		bool signs = false;

		if (c->strange || c->mark == '?')
			return;
		size_t hello = courtesy_greeting(c);
		if (hello && hello < c->n)
			*c = clause_without(c, hello);
		else if (hello)
			continue;
		if (courtesy_tail(c->t, 0, c->n, r->ctx->from, &signs) && !signs)
			continue;
		if (opens(r, c))
			continue;
		if (!phrase_is_yes(c) || r->next + 1 == r->n || r->said_yes)
			return;
		/* "Ja. Godkänns." – but "Ja. Tack!" answers with the yes alone. */
		const struct clause *then = c + 1;
		if (then->strange || courtesy_tail(then->t, 0, then->n, r->ctx->from, &signs) ||
		    courtesy_bare_name(then, r->ctx->from) ||
		    (phrase_is_yes(then) &&
		     reply_phrase(r->a, &r->lines, c, r->ctx).answer.verdict == VERDICT_APPROVE))
			return;
		r->said_yes = true;
	}
}

static void read_clauses(struct reading *r)
{
	struct reply *out = r->out;

	skip_opening(r);
	if (r->next == r->n && lines_thumb(&r->lines)) {
		ask(r, VERDICT_QUESTION, NULL, "a thumb says too little where a review is asked for");
		out->said.verdict = reviews(r->ctx->letter) ? VERDICT_APPROVE : VERDICT_NONE;
		return;
	}
	if (r->next == r->n) {
		ask(r, VERDICT_UNCLEAR, arena_dup(r->a, r->lines.n ? text_tidy(r->a, r->c ? tail_of_line(r, r->c, 0) : "") : ""),
		    "there is a greeting and nothing else");
		return;
	}
	out->answers = arena_alloc(r->a, REPLY_ANSWERS * sizeof(*out->answers));
	do {
		if (!read_answer(r))
			return;
	} while (r->next < r->n);
	out->verdict = of_all(out);
	out->said = out->answers[0];
	out->text = out->said.text;
}

void reply_read(struct arena *a, const char *fresh, const struct reply_context *ctx,
                struct reply *out)
{
	struct reading r = { .a = a, .ctx = ctx, .out = out };
	char *mended;

	*out = (struct reply){ .verdict = VERDICT_NONE, .said = nothing, .reason = "nothing was written" };
	if (!fresh || !*text_fold(a, fresh))
		return;
	out->reason = NULL;
	if (strlen(fresh) <= MAX_TEXT)
		reply_lines(a, fresh, &r.lines);
	if (strlen(fresh) > MAX_TEXT || r.lines.too_many) {
		ask(&r, VERDICT_UNCLEAR, arena_dup(a, fresh), "the text is too long for an answer");
		return;
	}
	mended = reply_mend(a, fresh);
	if (mended) {
		reply_lines(a, mended, &r.lines);
	}
	r.c = reply_clauses(a, &r.lines, &r.n);
	read_clauses(&r);
	if (mended && out->n_answers)
		ask(&r, VERDICT_QUESTION, arena_dup(a, fresh), "its letters were encoded twice");
	if (text_blank(out->text) && (out->verdict == VERDICT_QUESTION || out->verdict == VERDICT_UNCLEAR))
		out->text = text_tidy(a, fresh);
}
