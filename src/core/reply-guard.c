/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "base/attr.h"
#include "src/core/reply-internal.h"

/* Words that no answer may have beside its verb. They only ever lower what a
 * reply counts as. */

bool words_approval(const char *folded)
{
	static const char *const stems[] = {
		"godk", "goodk", "gokän", "gokan", "approv", "erinra", "godkj", "inga ändringar",
		"no changes", "bifall", "tillstyrk", "attest",
	};

	for (size_t i = 0; i < ARRAY_LEN(stems); i++)
		if (strstr(folded, stems[i]))
			return true;
	return false;
}

bool words_guard(const char *folded)
{
	static const char *const guards[] = {
		"inte", "ej", "icke", "aldrig", "varken", "ingen", "inga", "inget", "utan", "men",
		"fast", "dock", "däremot", "utom", "förutom", "undantag", "om", "ifall", "såvida",
		"förutsatt", "förutsättning", "förbehåll", "villkor", "när", "så", "först",
		"förrän", "innan", "efter", "nog", "väl", "tror", "antar", "verkar", "kanske",
		"preliminärt", "ska", "kommer", "tänkte", "skulle", "vill", "återkommer",
		"avslås", "avslag", "underkänns", "nej", "not", "no", "but", "if", "when", "unless",
		"except", "rejected", "never", "ps", "p.s", "obs",
	};

	for (const char *at = folded; *at;) {
		size_t len = strcspn(at, " ,.!:;()/-");
		for (size_t i = 0; i < ARRAY_LEN(guards); i++)
			if (strlen(guards[i]) == len && memcmp(at, guards[i], len) == 0)
				return true;
		at += len ? len : 1;
	}
	return strpbrk(folded, "?\"") || strstr(folded, "”");
}
