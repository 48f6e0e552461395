/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "base/attr.h"
#include "base/text.h"
#include "core/expr.h"
#include "src/core/reply-internal.h"

static struct phrase asks(enum verdict v, const char *text, const char *why)
{
	return (struct phrase){
		.answer = { .verdict = v, .until = DAY_NONE, .date = DAY_NONE, .text = text },
		.why = why,
	};
}

/* The rest of a sentence that is kept as text must not turn it around. */
static bool turns(const struct clause *c, size_t from)
{
	for (size_t i = from; i < c->n; i++) {
		enum guard g = guard_of(&c->t[i]);
		if (g == GUARD_NEGATION || g == GUARD_HEDGE || g == GUARD_VERDICT)
			return true;
	}
	return guard_approval(c->t + from, c->n - from);
}

/* Why the saying does not count in this letter; NULL: it does. */
static const char *not_here(const struct found *f, const struct reply_context *ctx)
{
	unsigned flags = f->saying->flags;
	bool confirm = ctx->letter == LETTER_CONFIRM;

	if (flags & SAYS_ASK)
		return "it only seems to mean that";
	if (flags & SAYS_YES && !confirm && !ctx->yes_approves)
		return "a yes says too little where a review is asked for";
	if (flags & SAYS_NO && !confirm)
		return "a no says too little where no yes or no was asked for";
	if (flags & SAYS_DONE && !ctx->done_offered)
		return "the letter did not offer that word";
	if (f->when.doubt)
		return f->when.doubt;
	if (f->loose)
		return "it is a misspelling of an answer";
	return NULL;
}

static struct phrase of_saying(struct arena *a, const struct lines *l, const struct clause *c,
                               const struct found *f, const struct reply_context *ctx)
{
	const struct saying *s = f->saying;
	const char *line = clause_text(a, l, c), *why = not_here(f, ctx), *kept = handover_fault(c, f, ctx);
	bool extension = s->verdict == VERDICT_EXTENSION;
	struct phrase p = {
		.answer = {
			.verdict = s->verdict,
			.until = extension ? f->when.day : DAY_NONE,
			.or_days = extension && f->when.doubt && f->when.other != DAY_NONE
			           ? f->when.other - f->when.day : 0,
			.date = extension ? DAY_NONE : f->when.day,
			.outcome = s->outcome,
			.names = f->names,
			.text = s->flags & SAYS_LINE || extension || s->outcome || s->verdict == VERDICT_UNCLEAR ? line : NULL,
		},
		.proposal = VERDICT_NONE,
		.numbers = f->numbers,
		.takes_text = s->flags & SAYS_TEXT,
		.signed_off = f->signed_off,
		.why = "the whole sentence is an answer of the vocabulary",
	};

	if (f->who)
		p.answer.delegate = handover_delegate(a, l, c, f->rest);
	if (s->verdict == VERDICT_UNCLEAR)
		p.why = "the sender does not know";
	if (s->verdict == VERDICT_APPROVE)
		p.answer.date = DAY_NONE;
	if (!why && c->mark == '?' && !(s->flags & SAYS_POLITE))
		why = "the sentence asks something";
	if (!why && c->mark == '~')
		why = "the sentence trails off";
	bool told = s->flags & SAYS_LINE || f->who, changes = s->flags & SAYS_LINE && s->verdict == VERDICT_CHANGES;
	if (!why && changes && turns(c, f->rest))
		why = "the change has a negation or speaks of approval";
	if (!why && s->flags & SAYS_LINE && s->verdict == VERDICT_REJECT && f->rest < c->n && c->t[f->rest].comma)
		why = kept = guard_no(c, f->rest);
	/* To offer these again would be to ask the same again. */
	if (!why && !kept && changes && guard_of_mails(c, f->rest))
		kept = "the sentence may be about the mails";
	if (!why && !kept && changes && guard_another_time(c, f->rest, ctx->received))
		kept = "the change is one of another time";
	if (!why && !kept && told && f->rest < c->n && reply_names_row(c->t + f->rest, c->n - f->rest, ctx))
		kept = "the sentence names a row, and may be about that alone";
	if (!why && ctx->letter == LETTER_DEFICIENCY && s->outcome != OUTCOME_NONE)
		why = guard_case(c->t + f->rest, c->n - f->rest, s->outcome, ctx->received);
	if (!why)
		why = kept;
	if (!why)
		return p;
	p.proposal = s->verdict;
	if (s->verdict == VERDICT_UNCLEAR || s->verdict == VERDICT_NONE || kept)
		p.proposal = VERDICT_NONE;
	p.answer.verdict = VERDICT_QUESTION;
	p.answer.text = line;
	p.why = why;
	return p;
}

/* "ÄNDRING: jag är fel person", "ÄNDRING: anstånd till 15 mars": another answer. */
static bool another(const struct found *f, const struct saying *s, const struct reply_context *ctx)
{
	enum verdict v = f->saying->verdict;
	bool hands = v == VERDICT_WRONG_PERSON || v == VERDICT_FORWARDED;
	bool handover = s->verdict == VERDICT_WRONG_PERSON || s->verdict == VERDICT_FORWARDED;

	/* "ÅTGÄRDAD: skickat till leverantören" */
	return ctx->letter != LETTER_DEFICIENCY && !(f->saying->flags & (SAYS_ASK | SAYS_NAME)) && v != s->verdict
	       && ((hands && !handover) || v == VERDICT_EXTENSION || v == VERDICT_UNDO);
}

/* "UPPHÄVS: nej", "ÄNDRING: –", "Ändring: godkänns": why the words behind the colon
 * leave nothing of the verb before it; NULL: they do not. */
static const char *emptied(const struct clause *told, const char *text, const struct saying *s,
                           const struct reply_context *ctx)
{
	struct found f;

	if (text_blank(text))
		return NULL; /* what is below may be the text */
	if (!told->n)
		return "there are no words behind the colon";
	if (guard_asks(told))
		return "the words behind the colon ask something";
	if (s->verdict == VERDICT_CHANGES && guard_of_mails(told, 0))
		return "the words behind the colon may be about the mails";
	if (phrase_denies(told, s->outcome))
		return "the words behind the colon take the verb back";
	for (size_t i = 1; i < told->n; i++)
		if (strspn(told->t[i - 1].word, "0123456789") == strlen(told->t[i - 1].word) && reply_numbers_end(told->t[i].word))
			return "another answer stands among the words behind the colon";
	if (!reply_find(told, ctx, false, &f))
		return NULL;
	if (another(&f, s, ctx))
		return "another answer stands behind the colon";
	/* "REVIDERAS: ja" */
	if (f.saying->verdict == VERDICT_APPROVE && !(f.saying->flags & SAYS_YES && s->outcome))
		return "the words behind the colon approve, the verb before it does not";
	return NULL;
}

/* "UPPHÄVS: nr 2", "ÄNDRING: nr 2 ska bort": the row of the letter whose number or title
 * stands first behind the colon. Its words are *told from then on. NULL: it is sure, or none is named. */
static const char *row_behind(struct arena *a, const struct clause *rest, const struct saying *s, const struct reply_context *ctx,
                              struct numbers *rows, size_t *used)
{
	static const char *const others[] = { "resten", "rest", "övrigt", "övriga", "annars", "others", "otherwise" };
	bool act = s->outcome != OUTCOME_NONE || s->verdict == VERDICT_UNDO || s->verdict == VERDICT_REJECT;

	int row;
	size_t titled = ctx->rows == 1 ? 0 : reply_row_title(a, rest->t, rest->n, ctx, &row);
	*used = 0;
	if (!titled && !reply_names_row(rest->t, rest->n, ctx))
		return NULL;
	size_t n = titled ? titled : reply_numbers(rest->t, rest->n, rows);
	if (titled)
		*rows = (struct numbers){ .at = { row }, .n = 1 };
	bool sure = n && (titled || (n == rest->n && act) || !strcmp(rest->t->word, "nr"))
	            && !reply_names_row(rest->t + n, rest->n - n, ctx) && !guard_approval(rest->t + n, rest->n - n);
	for (size_t i = n; i < rest->n; i++)
		sure = sure && !word_among(rest->t[i].word, others, ARRAY_LEN(others));
	*used = n;
	if (sure)
		return NULL;
	rows->n = 0;
	return "the words behind the colon name a row, and may be about that alone";
}

/* "AVSLÅS: registret": which of several is not said by its number. */
static unsigned names_behind(const struct clause *rest)
{
	static const enum pattern_group groups[] = { PATTERNS_NOUN, PATTERNS_INVENTORY, PATTERNS_REGISTER, PATTERNS_ROUTINE };
	unsigned names = 0;

	for (size_t k = 0; rest->n && k < ARRAY_LEN(groups); k++)
		if (reply_longest(groups[k], rest->t, 0, rest->n) == rest->n)
			names |= reply_names(groups[k]);
	return names;
}

/* "ÄNDRING: ny ägare": a verb, a colon, and anybody's words. */
static bool labelled(struct arena *a, const struct lines *l, const struct clause *c,
                     const struct reply_context *ctx, struct phrase *out)
{
	struct clause head = *c;
	struct found f;
	bool exact;

	for (head.n = 0; head.n < c->n && strcmp(c->t[head.n].word, ":") != 0; head.n++)
		;
	if (head.n == c->n || !head.n)
		return false;
	exact = reply_find(&head, ctx, false, &f);
	if (!exact && !reply_find(&head, ctx, true, &f))
		return false;
	if (!(f.saying->flags & SAYS_TEXT))
		return false;
	size_t from = c->t[head.n].end;
	const char *text = text_tidy(a, arena_dupn(a, l->at[c->line].text + from, c->to - from));
	struct clause told = *c;
	told.mark = '\0'; /* the mark belongs to the text */
	*out = of_saying(a, l, &told, &f, ctx);
	if (text_blank(text))
		text = NULL;
	struct clause rest = clause_without(c, head.n + 1);
	bool handover = f.saying->verdict == VERDICT_WRONG_PERSON || f.saying->verdict == VERDICT_FORWARDED;
	size_t at = 0;
	const char *why = emptied(&rest, text, f.saying, ctx);
	if (!why)
		why = row_behind(a, &rest, f.saying, ctx, &out->numbers, &at);
	if (!why && handover)
		why = handover_keeps(c, head.n + 1 + at, true, ctx);
	if (why) {
		*out = asks(VERDICT_QUESTION, clause_text(a, l, c), why);
		return true;
	}
	if (out->answer.verdict != VERDICT_QUESTION)
		out->answer.text = at < rest.n ? text : NULL;
	if (!out->numbers.n)
		out->answer.names |= names_behind(&rest);
	out->takes_text = true;
	out->signed_off = false;
	if (handover)
		out->answer.delegate = handover_delegate(a, l, c, head.n + 1 + at);
	return true;
}

/* "ÄNDRING ny ägare är Lisa Ek": a letter's word in its capitals needs no colon, but what
 * follows "GODKÄNNS INTE" or "ÅNGRA" may belong to it. */
static bool capitals(struct arena *a, const struct lines *l, const struct clause *c,
                     const struct reply_context *ctx, struct phrase *out)
{
	struct numbers ns;
	size_t n = 0;

	for (size_t i = 0; i < c->n; i++)
		if (strcmp(c->t[i].word, ":") == 0)
			return false;
	while (n < c->n && token_loud(&c->t[n]))
		n++;
	if (!n || n == c->n)
		return false;
	for (size_t i = n; i < c->n; i++) { /* "UPPHÄVS inte förrän i mars" */
		enum guard g = guard_of(&c->t[i]);

		if (g == GUARD_NEGATION || g == GUARD_CONDITION || g == GUARD_CONTRAST || g == GUARD_HEDGE)
			return false;
		/* "UPPHÄVS 2", "ÄNDRING av rad 2", but not "från 1 mars" */
		if (reply_numbers(c->t + i, c->n - i, &ns) && (i == n || *c->t[i].word >= 'a'))
			return false;
	}
	struct token *t = arena_alloc(a, (c->n + 1) * sizeof(*t));
	struct clause with = *c;

	memcpy(t, c->t, n * sizeof(*t));
	memcpy(t + n + 1, c->t + n, (c->n - n) * sizeof(*t));
	t[n] = (struct token){ .word = ":", .raw = ":", .number = vocabulary_find(":"),
	                       .at = t[n - 1].end, .end = c->t[n].comma ? c->t[n].at : t[n - 1].end };
	with.t = t;
	with.n++;
	return labelled(a, l, &with, ctx, out) && out->answer.verdict != VERDICT_REJECT
	       && out->answer.verdict != VERDICT_UNDO;
}

/* "FEL PERSON: jag har slutat": the words behind the colon say the same. */
static bool said_twice(const struct clause *c, const struct reply_context *ctx, struct clause *rest,
                       struct found *f)
{
	struct clause head = *c;

	for (head.n = 0; head.n < c->n && strcmp(c->t[head.n].word, ":") != 0; head.n++)
		;
	*rest = clause_without(c, head.n < c->n ? head.n + 1 : c->n);
	return head.n && rest->n && reply_find(&head, ctx, false, f) && f->saying->verdict == VERDICT_WRONG_PERSON
	       && reply_find(rest, ctx, false, f) && f->saying->verdict == VERDICT_WRONG_PERSON
	       && !(f->saying->flags & SAYS_ASK);
}

/* "vart fjärde år", "INTERVALL: årligen": how often, as the sender put it. */
static bool interval(struct arena *a, const struct lines *l, const struct clause *c, struct phrase *out)
{
	bool label = c->n > 2 && strcmp(c->t[1].word, ":") == 0 &&
	             (!strcmp(c->t[0].word, "intervall") || !strcmp(c->t[0].word, "interval"));
	struct clause value = clause_without(c, label ? 2 : 0);
	const char *text = clause_text(a, l, &value);
	struct rules rules;
	size_t len = strlen(text);

	if (len && strchr(".!", text[len - 1]))
		text = arena_dupn(a, text, len - 1);
	if (c->mark == '?' || c->mark == '~')
		return false;
	rules_init(&rules);
	expr_read(a, text, EXPR_REVIEW, &rules);
	bool known = rules.n > 0;
	for (size_t i = 0; i < rules.n; i++)
		known = known && rules.at[i].kind != RULE_ASK && rules.at[i].kind != RULE_NONE;
	if (!known && !label)
		return false;
	*out = (struct phrase){
		.answer = { .verdict = VERDICT_CHANGES, .until = DAY_NONE, .date = DAY_NONE, .text = text },
		.why = known ? "how often, as it was asked for" : "an interval, in words that are not understood",
	};
	return true;
}

/* "Godkänns, men kolla T020": an answer, and after it words that may stand in its
 * way but do not turn it around. What it seems to mean; NONE: no idea. */
static enum verdict headed(const struct clause *c, const struct reply_context *ctx)
{
	struct clause head = *c;
	struct found f;

	if (c->strange || c->mark == '?')
		return VERDICT_NONE;
	for (head.n = 1; head.n < c->n; head.n++) {
		enum guard g = guard_of(&c->t[head.n]);

		if ((c->t[head.n].comma || g == GUARD_CONTRAST) && reply_find(&head, ctx, false, &f)
		    && !f.numbers.n)
			break;
	}
	for (size_t i = head.n; i < c->n; i++) {
		enum guard g = guard_of(&c->t[i]);

		if (g != GUARD_NONE && g != GUARD_CONTRAST && g != GUARD_SENTENCE)
			return VERDICT_NONE;
	}
	return head.n < c->n && f.saying->verdict == VERDICT_APPROVE ? VERDICT_APPROVE : VERDICT_NONE;
}

static struct phrase unknown(struct arena *a, const struct lines *l, const struct clause *c)
{
	const char *line = clause_text(a, l, c);
	const char *why = guard_reason(guard_among(c->t, c->n));
	bool approval = guard_approval(c->t, c->n);

	if (l->at[c->line].hidden)
		return asks(VERDICT_QUESTION, line, "a word holds an invisible sign");
	if (c->mark == '?')
		return asks(VERDICT_QUESTION, line, "the sentence asks something");
	if (c->strange)
		return asks(approval ? VERDICT_QUESTION : VERDICT_UNCLEAR, line,
		            "the sentence holds a sign that no answer has, or is too long for one");
	if (approval)
		return asks(VERDICT_QUESTION, line, why ? why : "the sentence speaks of approval, but is not the verb alone");
	return asks(VERDICT_UNCLEAR, line, why ? why : "the sentence is no answer of the vocabulary");
}

struct phrase reply_phrase(struct arena *a, const struct lines *l, const struct clause *c,
                           const struct reply_context *ctx)
{
	struct phrase out, told;
	struct clause rest;
	struct found f;

	if (l->at[c->line].hidden)
		return unknown(a, l, c);
	if (!c->strange && said_twice(c, ctx, &rest, &f))
		return of_saying(a, l, &rest, &f, ctx);
	/* A change may be told in any signs. */
	bool label = labelled(a, l, c, ctx, &told);
	if (label && l->at[c->line].text[0] != '>' && told.answer.verdict != VERDICT_QUESTION)
		return told;
	if (!c->strange && c->n && reply_find(c, ctx, false, &f))
		return of_saying(a, l, c, &f, ctx);
	if (!label && l->at[c->line].text[0] != '>' && capitals(a, l, c, ctx, &told))
		return told;
	if (c->strange || !c->n)
		return unknown(a, l, c);
	if (label)
		return told;
	if (c->n > 1 && !strcmp(c->t[c->n - 1].word, ":")) { /* "GODKÄNNS:" */
		struct clause bare = *c;
		bare.n--;
		if (reply_find(&bare, ctx, false, &f) && f.saying->verdict == VERDICT_APPROVE)
			return of_saying(a, l, &bare, &f, ctx);
	}
	if (ctx->letter == LETTER_QUESTION && interval(a, l, c, &out))
		return out;
	if (reply_find(c, ctx, true, &f) && f.loose)
		return of_saying(a, l, c, &f, ctx);
	out = unknown(a, l, c);
	out.proposal = headed(c, ctx);
	return out;
}

struct phrase reply_phrase_of_row(struct arena *a, const struct lines *l, const struct clause *c,
                                  const struct reply_context *ctx)
{
	struct reply_context row = *ctx;

	row.rows = 1;
	return reply_phrase(a, l, c, &row);
}

/* Whether the whole sentence is of the group, and neither asks nor trails off. */
static bool whole(const struct clause *c, enum pattern_group group, unsigned *names)
{
	if (!c->n || c->strange || c->mark == '?' || c->mark == '~')
		return false;
	return reply_whole(group, c->t, c->n, names);
}

bool phrase_is_yes(const struct clause *c)
{
	unsigned names = 0;

	return whole(c, PATTERNS_OPENING, &names);
}

bool phrase_has_read(const struct clause *c, unsigned *names)
{
	return whole(c, PATTERNS_READ, names);
}

bool phrase_agrees(const struct clause *c, unsigned *names)
{
	return whole(c, PATTERNS_AGREES, names);
}

bool phrase_denies(const struct clause *c, enum reply_outcome outcome)
{
	static const char *const unneeded[] = { "behövs", "krävs", "gäller", "needed", "required", "relevant" };
	size_t len = reply_longest(PATTERNS_DENIAL, c->t, 0, c->n);

	if (!len || (len < c->n && !c->t[len].comma && strcmp(c->t[0].word, "nej") != 0))
		return false;
	/* "UPPHÄVS: behövs inte" tells why. */
	return outcome != OUTCOME_ENDED || (!word_among(c->t[0].word, unneeded, ARRAY_LEN(unneeded)) &&
	                                    !word_among(c->t[len - 1].word, unneeded, ARRAY_LEN(unneeded)));
}

bool phrase_ends_in_approval(const struct clause *c, const struct reply_context *ctx)
{
	struct clause verb = clause_without(c, c->n ? c->n - 1 : 0);
	struct found f;
	bool title = false; /* but neither "1 a GODKÄNNS" nor "1 resp 3 GODKÄNNS" */

	for (size_t i = 0; i + 1 < c->n; i++) {
		if (guard_of(&c->t[i]) != GUARD_NONE || (*c->t[i].word >= '0' && *c->t[i].word <= '9'))
			return false;
		title = title || strlen(c->t[i].word) > 3;
	}
	return title && !c->strange && c->mark != '?' && !guard_approval(c->t, c->n - 1) && token_loud(&verb.t[0])
	       && reply_find(&verb, ctx, false, &f) && f.saying->verdict == VERDICT_APPROVE;
}

bool phrase_keeps(const struct clause *c, const struct reply_context *ctx)
{
	return handover_keeps(c, 0, false, ctx) != NULL;
}
