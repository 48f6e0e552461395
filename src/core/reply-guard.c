/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "base/attr.h"
#include "base/text.h"
#include "src/core/reply-internal.h"

enum guard guard_of(const struct token *t)
{
	return (enum guard)vocabulary_words[t->number].guard;
}

enum guard guard_among(const struct token *t, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		enum guard g = guard_of(&t[i]);
		if (g != GUARD_NONE && g != GUARD_SENTENCE)
			return g;
	}
	return GUARD_NONE;
}

const char *guard_reason(enum guard g)
{
	switch (g) {
	case GUARD_NEGATION:
		return "the sentence has a negation and is no answer of the vocabulary";
	case GUARD_CONDITION:
		return "the sentence has a condition or a time";
	case GUARD_CONTRAST:
		return "the sentence has a but";
	case GUARD_HEDGE:
		return "the sentence is not certain";
	case GUARD_FUTURE:
		return "the sentence is about what will be or should be";
	case GUARD_REPORTED:
		return "the sentence tells what somebody said or did";
	case GUARD_PART:
		return "the sentence is about a part, or has a reservation";
	case GUARD_VERDICT:
	case GUARD_SENTENCE:
	case GUARD_NONE:
		break;
	}
	return NULL;
}

bool guard_approval(const struct token *t, size_t n)
{
	static const char *const stems[] = {
		"godk", "goodk", "gokän", "gokan", "gådk", "approv", "aprov", "appprov", "erinra", "bifall",
		"tillstyrk", "attest", "fastställ", "invänd",
	};

	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < ARRAY_LEN(stems); j++)
			if (strstr(t[i].word, stems[j]))
				return true;
	return false;
}
