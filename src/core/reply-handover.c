/* SPDX-License-Identifier: EUPL-1.2 */
/* Who answers instead, as an answer tells it, and whether it plainly does. */
#include <string.h>

#include "base/attr.h"
#include "base/text.h"
#include "src/core/reply-internal.h"

/* Where the name of who should answer instead ends: before a word that names nobody. */
static size_t name_end(const struct clause *c, size_t at)
{
	size_t end = at;

	while (end < c->n && (guard_of(&c->t[end]) == GUARD_NONE || !strcmp(c->t[end].word, "chefen")) &&
	       !(end > at && c->t[end].comma) && end - at < 8)
		end++;
	if (end < c->n && end > at && strcmp(c->t[end - 1].word, "i") == 0)
		end--; /* "i stället" */
	return end;
}

const char *handover_delegate(struct arena *a, const struct lines *l, const struct clause *c, size_t at)
{
	size_t end = name_end(c, at);

	if (end == at)
		return NULL;
	const struct token *from = &c->t[at], *to = &c->t[end - 1];
	return text_tidy(a, arena_dupn(a, l->at[c->line].text + from->at, to->end - from->at));
}

/* Whether the word leaves open who answers: "men", "om", "T020". */
static bool leaves_open(const struct token *t)
{
	static const char *const allowed[] = { "sedan", "sen", "efter", "after", "istället", "stället", "instead" };
	enum guard g = guard_of(t);
	bool digits = strcspn(t->word, "0123456789") < strlen(t->word);

	if (g == GUARD_CONDITION || g == GUARD_CONTRAST)
		return !word_among(t->word, allowed, ARRAY_LEN(allowed));
	return g == GUARD_HEDGE || g == GUARD_PART || g == GUARD_VERDICT ||
	       (digits && !strchr(t->word, '@') && t->word[0] >= 'a');
}

const char *handover_keeps(const struct clause *c, size_t from, bool named, const struct reply_context *ctx)
{
	size_t used;

	if (named && courtesy_own_name(c->t + from, name_end(c, from) - from, ctx->from))
		return "the sender names himself";
	for (size_t i = from; i < c->n; i++) {
		if (leaves_open(&c->t[i]) || reply_longest(PATTERNS_KEEPS, c->t, i, c->n))
			return "the sentence does not say plainly that somebody else answers";
		if (named && strcmp(c->t[i - 1].word, "sedan") != 0 &&
		    guard_to_come(c->t + i, c->n - i, ctx->received, &used))
			return "the sentence names a day that is to come";
	}
	return guard_approval(c->t + from, c->n - from) ? "the sentence tells what somebody approves" : NULL;
}

/* "till nämnden": what it may do with it is no answer of anybody's. */
static bool body(const struct token *t, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (reply_is_body(t[i].word))
			return true;
	return false;
}

const char *handover_fault(const struct clause *c, const struct found *f, const struct reply_context *ctx)
{
	bool plain = !(f->saying->flags & SAYS_NAME), forwarded = f->saying->verdict == VERDICT_FORWARDED;

	if (f->saying->verdict != VERDICT_WRONG_PERSON && !forwarded)
		return NULL;
	if (!f->who) /* "slutat för dagen": the rest begins behind "för" */
		return f->rest == c->n ? NULL : handover_keeps(c, f->rest - 1, false, ctx);
	const struct token *name = c->t + f->rest;
	size_t n = name_end(c, f->rest) - f->rest;
	if (!n || (!plain && !courtesy_names(name, n)))
		return "the sentence does not say who answers instead";
	if ((!plain || forwarded) && body(name, n))
		return "a body is named, and nobody who answers instead";
	return handover_keeps(c, f->rest, true, ctx);
}
