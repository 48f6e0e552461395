/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "cal/invite.h"
#include "tests/fuzz/fuzz.h"

/* What the reader finds reaches the keeper unchanged. */
static void across_the_pipe(const struct calendar_reply *r)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct buf bytes AUTO(buf_release) = BUF_INIT;
	struct calendar_reply got;

	calendar_reply_pack(r, &bytes);
	struct unpack u = { .a = &a, .at = bytes.data, .left = bytes.len };
	MUST(calendar_reply_unpack(&u, &got) && u.left == 0);
	MUST(!strcmp(got.attendee, r->attendee) && !strcmp(got.comment, r->comment));
	MUST(!strcmp(got.sent_by, r->sent_by) && !strcmp(got.delegated_to, r->delegated_to));
	MUST(got.stamp == r->stamp && got.start == r->start && got.end == r->end);
	/* Addresses and words go into other letters: one line each. */
	MUST(!strpbrk(r->attendee, "\r\n <>") && !strpbrk(r->delegated_to, "\r\n <>"));
	MUST(!strpbrk(r->comment, "\r\n"));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct calendar_reply r;

	/* What it does not fill must not look like an answer. */
	memset(&r, 'x', sizeof r);
	calendar_reply_read((const char *)data, size, &r);
	MUST(memchr(r.method, '\0', sizeof r.method));
	MUST(memchr(r.uid, '\0', sizeof r.uid));
	MUST(memchr(r.partstat, '\0', sizeof r.partstat));
	MUST(r.sequence >= 0);
	across_the_pipe(&r);
	for (const char *p = r.uid; *p; p++)
		MUST(*p > ' ' && *p < 127);
	return 0;
}
