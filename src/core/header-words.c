/* SPDX-License-Identifier: EUPL-1.2 */
/* What a first page says of reviews and validity, as the two columns of a register. */
#include <string.h>

#include "core/expr.h"
#include "header-internal.h"

static bool of_validity(const struct rule *r)
{
	return r->kind == RULE_OPEN || r->kind == RULE_END;
}

static bool said_before(const struct rules *r, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (r->at[k].text && !strcmp(r->at[k].text, r->at[i].text) && of_validity(&r->at[k]) == of_validity(&r->at[i]))
			return true;
	return false;
}

static const char *words(struct arena *a, const struct rules *r, bool validity)
{
	struct buf b AUTO(buf_release) = BUF_INIT;

	for (size_t i = 0; i < r->n; i++) {
		if (!r->at[i].text || of_validity(&r->at[i]) != validity || said_before(r, i))
			continue;
		if (b.len)
			buf_str(&b, ". ");
		buf_str(&b, r->at[i].text);
	}
	return b.len ? arena_dup(a, b.data) : NULL;
}

static bool is_among(const struct rule *one, const struct rules *r)
{
	struct buf want AUTO(buf_release) = BUF_INIT;

	rule_format(one, &want);
	for (size_t i = 0; i < r->n; i++) {
		struct buf is AUTO(buf_release) = BUF_INIT;

		rule_format(&r->at[i], &is);
		if (!strcmp(is.data, want.data))
			return true;
	}
	return false;
}

bool header_words(struct arena *a, struct header *h)
{
	const char *review = words(a, &h->rules, false), *validity = words(a, &h->rules, true);
	struct rules again;

	rules_init(&again);
	expr_read(a, review ? review : "", EXPR_REVIEW, &again);
	expr_read(a, validity ? validity : "", EXPR_VALIDITY, &again);
	bool same = again.n == h->rules.n;
	for (size_t i = 0; same && i < again.n; i++)
		same = is_among(&again.at[i], &h->rules) && is_among(&h->rules.at[i], &again);
	if (same) {
		h->item.rule_text = review;
		h->item.validity = validity;
	}
	return same;
}
