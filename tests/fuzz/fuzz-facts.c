/* SPDX-License-Identifier: EUPL-1.2 */
#include "mail/message.h"
#include "tests/fuzz/fuzz.h"

/* What a reader that has been taken over might say to the keeper. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct buf again AUTO(buf_release) = BUF_INIT;
	struct mail_facts f;

	if (!mail_facts_read(&a, (const char *)data, size, &f))
		return 0;
	MUST(f.cls < MAIL_CLASS_COUNT);
	MUST(f.n_recipients <= size && f.n_references <= size);
	mail_facts_write(&f, &again);
	MUST(mail_facts_read(&a, again.data, again.len, &f));
	return 0;
}
