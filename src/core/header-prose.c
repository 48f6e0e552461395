/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "base/attr.h"
#include "base/text.h"
#include "header-internal.h"

enum { NEAR = 5 }; /* words between the document's name and its verb */

static bool one_of(const char *word, const char *const *list, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (strcmp(word, list[i]) == 0)
			return true;
	}
	return false;
}

static bool speaks_of_itself(const struct words *w, size_t i)
{
	static const char *const pointers[] = { "denna", "detta", "dessa" };

	if (!document_noun(w->at[i], strlen(w->at[i])))
		return false;
	if (i > 0 && one_of(w->at[i - 1], pointers, ARRAY_LEN(pointers)))
		return true;
	return text_ends(w->at[i], "n") || text_ends(w->at[i], "t") || text_ends(w->at[i], "na");
}

static bool review_verb(const char *word)
{
	static const char *const verbs[] = {
		"följas", "följs", "revideras", "ses", "uppdateras", "aktualitetsprövas",
		"omprövas",
		"utvärderas", "granskas", "aktualiseras",
	};

	return one_of(word, verbs, ARRAY_LEN(verbs));
}

/* Running text only tells when; what it leaves open is no question to anybody. */
static bool telling(const struct rules *r)
{
	for (size_t i = 0; i < r->n; i++) {
		if (r->at[i].kind != RULE_ASK && r->at[i].kind != RULE_NONE)
			return true;
	}
	return false;
}

static bool read_rule(struct header_reading *h, const struct words *w, size_t from,
                      enum expr_field field, const char *sentence)
{
	struct rules r;

	rules_init(&r);
	expr_read(h->a, words_join(h->a, w, from, w->n), field, &r);
	if (!telling(&r) || !rules_understood(&r))
		return false;
	for (size_t i = 0; i < r.n; i++)
		r.at[i].text = sentence;
	header_merge(h, &r);
	return true;
}

/* "Denna riktlinje ska följas upp i samband med …", "Planen gäller läsåret …" */
static bool own_rule(struct header_reading *h, const struct words *w, const char *sentence)
{
	for (size_t i = 0; i < w->n; i++) {
		if (!speaks_of_itself(w, i))
			continue;
		for (size_t v = i + 1; v < w->n && v <= i + NEAR; v++) {
			if (review_verb(w->at[v]))
				return read_rule(h, w, i + 1, EXPR_REVIEW, sentence);
			if (strcmp(w->at[v], "gäller") == 0)
				return read_rule(h, w, v + 1, EXPR_VALIDITY, sentence);
		}
	}
	return false;
}

/* "Kommunfullmäktige fastställer riktlinjer …" */
static bool decider(struct header_reading *h, const char *sentence, const struct words *w)
{
	static const char *const verbs[] = { "fastställer", "antar" };
	static const char *const pointers[] = { "denna", "detta", "dessa" };

	for (size_t i = 0; i + 2 < w->n; i++) {
		const char *body = body_at(h->a, sentence, w, i);
		bool about = document_noun(w->at[i + 2], strlen(w->at[i + 2])) ||
		             one_of(w->at[i + 2], pointers, ARRAY_LEN(pointers));
		if (!body || !about || !one_of(w->at[i + 1], verbs, ARRAY_LEN(verbs)))
			continue;
		if (!h->out->decided_by)
			h->out->decided_by = body;
		return true;
	}
	return false;
}

/* "Policyn antogs av kommunfullmäktige den 25 november 2019, § 144" */
static bool adopted(struct header_reading *h, const struct words *w)
{
	static const char *const verbs[] = { "antogs", "fastställdes" };

	for (size_t i = 0; i < w->n; i++) {
		bool verb = one_of(w->at[i], verbs, ARRAY_LEN(verbs));
		if (!verb || i == 0 || !speaks_of_itself(w, i - 1))
			continue;
		struct label label = { .class = LABEL_DECIDER, .words = verbs[0], .value = "" };
		return header_take(h, &label, words_join(h->a, w, i + 1, w->n), false);
	}
	return false;
}

/* A line of the header that no label introduced may be one sentence that begins
 * with a label all the same: "Antagen av kommunfullmäktige den 25 november 2019". */
static bool labelled(struct header_reading *h, const char *sentence)
{
	struct label label;

	return label_known(h->a, sentence, &label) && *label.value &&
	       header_take(h, &label, label.value, label.sign);
}

bool header_sentence(struct header_reading *h, const char *sentence, bool in_header)
{
	struct words w = words_of(h->a, sentence);
	bool rule = own_rule(h, &w, sentence);
	bool who = decider(h, sentence, &w);
	bool when = adopted(h, &w);

	if (!rule && !who && !when && in_header)
		return labelled(h, sentence);
	return when || rule || who;
}
