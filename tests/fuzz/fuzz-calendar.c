/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "cal/invite.h"
#include "tests/fuzz/fuzz.h"

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
	for (const char *p = r.uid; *p; p++)
		MUST(*p > ' ' && *p < 127);
	return 0;
}
