/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdint.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "core/expr.h"
#include "registry-internal.h"

/*
 * Most items of a register are reviewed by a few ways of saying so ("Årligen"), and
 * reading words is dear: what was read is kept where the next of the same words finds
 * it, until others take the place.
 */
enum { PLACES = 1024 };

struct known {
	const char *words, *validity; /* as below; words and validity NULL: nothing is known */
	struct rules rules;
	size_t n_of_words; /* so many of the rules are of the words */
};

struct known_rules {
	struct arena arena;
	struct known at[PLACES];
};

struct known_rules *known_rules_new(void)
{
	return mem_zalloc(sizeof(struct known_rules));
}

void known_rules_free(struct known_rules *k)
{
	if (!k)
		return;
	arena_release(&k->arena);
	mem_free(k);
}

static dayno or_fact(dayno column, dayno words)
{
	return column == DAY_NONE ? words : column;
}

/* What the municipality has chosen for an empty field: for the type of
 * document where it has said so, else for the kind. */
static const char *default_words(const struct settings *s, const struct item *i)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	const char *subkind = i->subkind ? text_fold(&a, i->subkind) : "";

	for (size_t k = 0; k < s->n_subkind_rules; k++)
		if (strcmp(s->subkind_rules[k].subkind, subkind) == 0)
			return s->subkind_rules[k].words;
	return s->default_rule[i->kind];
}

static uint32_t hash(uint32_t h, const char *text)
{
	for (; text && *text; text++)
		h = (h ^ (unsigned char)*text) * 16777619u; /* FNV-1a */
	return (h ^ 0xff) * 16777619u;
}

static bool same(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : a == b;
}

struct places {
	struct known *at;
	size_t n;
	struct arena *arena; /* lives as long as they do, and as the register */
};

static const struct known *read_words(const struct places *places, const char *words,
                                      const char *validity)
{
	struct known *k = &places->at[hash(hash(2166136261u, words), validity) % places->n];

	if ((k->words || k->validity) && same(k->words, words) && same(k->validity, validity))
		return k;
	k->words = arena_dup(places->arena, words);
	k->validity = arena_dup(places->arena, validity);
	rules_init(&k->rules);
	if (words)
		expr_read(places->arena, words, EXPR_REVIEW, &k->rules);
	k->n_of_words = k->rules.n;
	if (validity)
		expr_read(places->arena, validity, EXPR_VALIDITY, &k->rules);
	return k;
}

static void read_rules(struct registry *r, struct item *i, const struct places *places)
{
	const char *words = i->rule_text ? i->rule_text : default_words(&r->settings, i);
	const struct known *k = read_words(places, words, i->validity);
	struct rule *own = arena_alloc(&r->arena, k->rules.n * sizeof(*own));

	if (k->rules.n)
		memcpy(own, k->rules.at, k->rules.n * sizeof(*own));
	i->rules = k->rules;
	i->rules.at = own;
	i->rules.cap = k->rules.n;
	i->n_default_rules = i->rule_text ? 0 : k->n_of_words;
	/* Dates among the words count where no column of their own says more. */
	const struct rule_facts *f = &i->rules.facts;
	i->decided = or_fact(i->decided, f->decided);
	i->reviewed = or_fact(i->reviewed, f->reviewed);
	i->revised = or_fact(i->revised, f->revised);
	i->valid_from = or_fact(i->valid_from, f->valid_from);
}

void registry_read_rules(struct registry *r)
{
	struct places places = { .n = PLACES };

	if (r->known) {
		places.at = r->known->at;
		places.arena = &r->known->arena;
	} else {
		places.n = r->n_items < PLACES ? r->n_items + 1 : PLACES;
		places.at = mem_zalloc(places.n * sizeof(*places.at));
		places.arena = &r->arena;
	}
	for (size_t i = 0; i < r->n_items; i++)
		read_rules(r, &r->items[i], &places);
	if (!r->known)
		mem_free(places.at);
}
