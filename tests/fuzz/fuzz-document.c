/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "base/text.h"
#include "doc/document.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct document d;

	document_read(&a, (const char *)data, size, DOCUMENT_PAGES, &d);
	MUST(!d.text != !d.fault);
	MUST(!d.text || strlen(d.text) <= DOCUMENT_MAX_TEXT);
	MUST(!d.text || text_is_utf8(d.text, strlen(d.text)));
	MUST(!d.fault || *d.fault);
	return 0;
}
