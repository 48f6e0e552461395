/* SPDX-License-Identifier: EUPL-1.2 */
#include "core/shown.h"

#include <string.h>

#include "base/buf.h"

/* In the order of the import. */
static const char *const keys[] = {
	"kind", "id", "title", "subkind", "body", "responsible", "owner", "manager", "k", "r", "t",
	"classified", "status", "rule", "validity", "decided_by", "decided", "revised", "valid_from",
	"paragraph", "registry_no", "parent", "replaces", "decision", "approvers", "quorum", "author",
};

static const char *find(const char *shown, const char *key)
{
	size_t n = strlen(key);

	while (shown && *shown) {
		if (strncmp(shown, key, n) == 0 && shown[n] == '=')
			return shown + n + 1;
		shown = strchr(shown, '\n');
		shown += shown != NULL;
	}
	return NULL;
}

const char *shown_get(struct arena *a, const char *shown, const char *key)
{
	const char *at = find(shown, key);

	return at ? arena_dupn(a, at, strcspn(at, "\n")) : NULL;
}

const char *shown_put(struct arena *a, const char *shown, const char *key, const char *value)
{
	struct buf out AUTO(buf_release) = BUF_INIT;

	for (size_t i = 0; i < ARRAY_LEN(keys); i++) {
		const char *at = find(shown, keys[i]);
		if (strcmp(keys[i], key) == 0) {
			if (value)
				buf_fmt(&out, "%s=%s\n", key, value);
		} else if (at) {
			buf_fmt(&out, "%s=", keys[i]);
			buf_add(&out, at, strcspn(at, "\n"));
			buf_chr(&out, '\n');
		}
	}
	return arena_dupn(a, out.data, out.len);
}
