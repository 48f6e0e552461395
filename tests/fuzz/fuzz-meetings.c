/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "base/text.h"
#include "cal/meetings.h"
#include "tests/fuzz/fuzz.h"

static void whole(const char *text)
{
	MUST(!text || (*text && text_is_utf8(text, strlen(text))));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct buf packed AUTO(buf_release) = BUF_INIT;
	struct unpack u = { .a = &a };
	struct calendar_file f, again;

	meetings_read(&a, (const char *)data, size, &f);
	MUST(f.n_entries <= MEETINGS_MAX_ENTRIES && f.n_faults <= MEETINGS_MAX_FAULTS);
	for (size_t i = 0; i < f.n_entries; i++) {
		const struct calendar_entry *e = &f.entries[i];

		MUST((e->day == DAY_NONE) == (e->fault != NULL));
		whole(e->uid);
		whole(e->summary);
		whole(e->location);
		whole(e->categories);
		whole(e->calendar);
		whole(e->fault);
	}
	/* What was read can be told, and told again. */
	meetings_pack(&f, &packed);
	u.at = packed.data;
	u.left = packed.len;
	MUST(meetings_unpack(&u, &again));
	MUST(again.n_entries == f.n_entries && again.n_faults == f.n_faults);
	/* What a reader that has been taken over might say. */
	u = (struct unpack){ .a = &a, .at = (const char *)data, .left = size };
	meetings_unpack(&u, &again);
	return 0;
}
