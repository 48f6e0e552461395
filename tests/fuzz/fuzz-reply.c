/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/text.h"
#include "core/reply.h"
#include "tests/fuzz/fuzz.h"

/* A denial before it and a further sentence after it make none of any sign-off. */
static void must_not_sign(struct arena *a, const char *text, const struct reply_context *ctx)
{
	struct reply r;

	reply_read(a, arena_fmt(a, "inte %s", text), ctx, &r);
	MUST(r.verdict != VERDICT_APPROVE);
	reply_read(a, arena_fmt(a, "%s\n\nRad 4 är fel.", text), ctx, &r);
	MUST(r.verdict != VERDICT_APPROVE);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct reply r;

	/* A control sign first chooses the letter. */
	size_t skip = size && data[0] < 0x09;
	if (!text_is_utf8((const char *)data + skip, size - skip))
		return 0;
	const struct reply_context ctx = {
		.received = 20830,
		.letter = (enum letter_kind)(skip ? data[0] % LETTER_KIND_COUNT : LETTER_ANY),
		.yes_approves = size % 2,
		.done_offered = size % 3 == 0,
		.from = "anna.berg@tallvinge.example",
	};
	const char *text = arena_dupn(&a, (const char *)data + skip, size - skip);
	reply_read(&a, text, &ctx, &r);
	MUST(r.verdict < VERDICT_COUNT);
	MUST(r.n_answers <= REPLY_ANSWERS);
	MUST(r.reason && r.reason[0]);
	/* Silence never approves, nor does anything unclear. */
	MUST(r.verdict != VERDICT_APPROVE || r.n_answers > 0);
	MUST((r.verdict != VERDICT_QUESTION && r.verdict != VERDICT_UNCLEAR) || (!r.n_answers && r.text));
	/* Nothing can be approved by what was only told. */
	MUST((ctx.letter != LETTER_NOTICE && ctx.letter != LETTER_COMMAND && ctx.letter != LETTER_DEFICIENCY && ctx.letter != LETTER_DECISION && ctx.letter != LETTER_HANDOVER) ||
	     r.verdict != VERDICT_APPROVE);
	for (size_t i = 0; i < r.n_answers; i++) {
		MUST(r.answers[i].verdict < VERDICT_COUNT && r.answers[i].n >= 0);
		MUST(r.verdict != VERDICT_APPROVE || r.answers[i].verdict == VERDICT_APPROVE);
	}
	if (r.verdict == VERDICT_APPROVE)
		must_not_sign(&a, text, &ctx);
	return 0;
}
