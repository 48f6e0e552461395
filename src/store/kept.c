/* SPDX-License-Identifier: EUPL-1.2 */
/* Whether what the record says came in, or was handed over, is there still, byte for byte. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "src/store/db.h"

/* The value of a line "key=…" of the facts; "": there is none. */
static const char *fact(struct arena *a, const char *facts, const char *key)
{
	size_t len = strlen(key);

	for (const char *at = facts; *at; at += strcspn(at, "\n"), at += *at == '\n')
		if (!strncmp(at, key, len) && at[len] == '=')
			return arena_dupn(a, at + len + 1, strcspn(at + len + 1, "\n"));
	return "";
}

static int compare(struct query *q, struct arena *a, const struct kept_bytes *k, const char *sha256, struct err *e)
{
	uint8_t digest[DIGEST_SIZE];
	char hex[DIGEST_HEX];
	size_t len;

	int got = query_row(q, e);
	if (got < 0)
		return -1;
	if (!got)
		return err_set(e, ERR_FOUND, "the bytes of %s are gone, which record row %" PRId64 " has", k->what, k->seq);
	const char *bytes = get_blob(q, a, &len);
	query_end(q);
	digest_sha256(bytes, len, digest);
	digest_hex(digest, sizeof(digest), hex);
	return !strcmp(hex, sha256) ? 0
	       : err_set(e, ERR_FOUND, "the bytes of %s were changed: they are not those of record row %" PRId64,
	                 k->what, k->seq);
}

int kept_check(struct store *s, const struct kept_bytes *k, struct err *e)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	const char *sha256 = fact(&a, k->facts, "sha256");
	bool in = !strcmp(k->kind, "inbox-kept");

	if (!*sha256 || (!in && strcmp(k->kind, "mail-accepted") != 0))
		return 0;
	struct query q = query(s, in ? STMT_INBOX_RAW : STMT_OUTBOX_RAW);
	if (in)
		put_int(&q, strtoll(k->what + strcspn(k->what, "0123456789"), NULL, 10));
	else
		put_word(&q, fact(&a, k->facts, "message_id"));
	return compare(&q, &a, k, sha256, e);
}
