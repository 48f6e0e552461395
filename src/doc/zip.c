/* SPDX-License-Identifier: EUPL-1.2 */
#include "zip.h"

#include <archive.h>
#include <archive_entry.h>
#include <stdlib.h>
#include <string.h>

#include "doc/document.h"

static int fault(struct zip *z, const char *what)
{
	z->fault = what;
	return -1;
}

static int damaged(struct zip *z)
{
	return fault(z, "the file is damaged or cut off: save it again, or fetch it again");
}

static int expand(struct zip *z, struct archive *a, struct buf *out)
{
	char piece[16 << 10];
	la_ssize_t n;

	while ((n = archive_read_data(a, piece, sizeof(piece))) > 0) {
		z->expanded += (size_t)n;
		if (z->expanded > DOCUMENT_MAX_EXPANDED)
			return fault(z, "the file unpacks to far more text than a document holds: it is "
			             "damaged or made to do harm");
		buf_add(out, piece, (size_t)n);
	}
	return n < 0 ? damaged(z) : 1;
}

static int find(struct zip *z, struct archive *a, const char *name, struct buf *out)
{
	struct archive_entry *entry;
	int got;

	for (int i = 0; (got = archive_read_next_header(a, &entry)) == ARCHIVE_OK
	                || got == ARCHIVE_WARN; i++) {
		const char *path = archive_entry_pathname(entry);
		if (i >= DOCUMENT_MAX_ENTRIES)
			return fault(z, "the file holds more parts than a document has: it is damaged or "
			             "made to do harm");
		if (!path || strcmp(path, name) != 0)
			continue;
		if (archive_entry_is_encrypted(entry))
			return fault(z, "the file is protected with a password: save it without one");
		return expand(z, a, out);
	}
	return got == ARCHIVE_EOF ? 0 : damaged(z);
}

int zip_part(struct zip *z, const char *name, struct buf *out)
{
	struct archive *a = archive_read_new();

	if (!a)
		abort();
	int got = archive_read_support_format_zip_seekable(a) != ARCHIVE_OK
	          || archive_read_open_memory(a, z->bytes, z->len) != ARCHIVE_OK
	          ? damaged(z) : find(z, a, name, out);
	archive_read_free(a);
	return got;
}
