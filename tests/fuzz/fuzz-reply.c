/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/text.h"
#include "core/reply.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct reply r;

	if (!text_is_utf8((const char *)data, size))
		return 0;
	reply_read(&a, arena_dupn(&a, (const char *)data, size), 20830, &r);
	MUST(r.verdict < VERDICT_COUNT);
	MUST(r.n_answers <= REPLY_ANSWERS);
	MUST(r.reason && r.reason[0]);
	/* Silence never approves, nor does anything unclear. */
	MUST(r.verdict != VERDICT_APPROVE || r.n_answers > 0);
	for (size_t i = 0; i < r.n_answers; i++) {
		MUST(r.answers[i].verdict < VERDICT_COUNT && r.answers[i].n >= 0);
		MUST(r.verdict != VERDICT_APPROVE || r.answers[i].verdict == VERDICT_APPROVE);
	}
	return 0;
}
