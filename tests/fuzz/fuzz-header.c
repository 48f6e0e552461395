/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/text.h"
#include "core/header.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct header h;

	if (!text_is_utf8((const char *)data, size))
		return 0;
	header_read(&a, arena_dupn(&a, (const char *)data, size), &h);
	MUST(h.rules.n <= size + 16);
	for (size_t i = 0; i < h.rules.n; i++)
		MUST(h.rules.at[i].kind < RULE_KIND_COUNT);
	return 0;
}
