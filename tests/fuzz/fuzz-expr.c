/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "base/text.h"
#include "core/expr.h"
#include "tests/fuzz/fuzz.h"

/* The first byte names the field: '0' is EXPR_REVIEW. */
enum { FIELDS = EXPR_DATE + 1 };

/* What the store keeps must be read back as the same rule. */
static void round_trip(struct arena *a, const struct rule *r)
{
	struct buf once AUTO(buf_release) = BUF_INIT, twice AUTO(buf_release) = BUF_INIT;
	struct rule again;

	rule_format(r, &once);
	MUST(rule_parse(a, once.data, &again));
	MUST(again.kind == r->kind);
	rule_format(&again, &twice);
	MUST(strcmp(once.data, twice.data) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct rules rules;
	struct rule parsed;
	char *text;

	if (size == 0 || !text_is_utf8((const char *)data + 1, size - 1))
		return 0;
	text = arena_dupn(&a, (const char *)data + 1, size - 1);
	rules_init(&rules);
	expr_read(&a, text, (enum expr_field)((data[0] + 256u - '0') % FIELDS), &rules);
	MUST(rules.n <= size + 1);
	for (size_t i = 0; i < rules.n; i++) {
		MUST(rules.at[i].kind < RULE_KIND_COUNT);
		MUST((rules.at[i].kind == RULE_ASK) == (rules.at[i].ask != NULL));
		round_trip(&a, &rules.at[i]);
	}
	/* The same bytes as canonical text: read or refused, and stable if read. */
	if (rule_parse(&a, text, &parsed))
		round_trip(&a, &parsed);
	return 0;
}
