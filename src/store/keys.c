/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "src/store/db.h"

/* 1 when the last row of this name says the same. */
static int said_before(struct store *s, const struct key_row *k, struct err *e)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct query q = query(s, STMT_KEY_LAST);

	put_word(&q, k->domain);
	put_word(&q, k->selector);
	int got = query_row(&q, e);
	if (got <= 0)
		return got;
	const char *found = get_text(&q, &a), *record = get_text(&q, &a);
	query_end(&q);
	return !strcmp(found, k->found) && !strcmp(record ? record : "", k->record ? k->record : "");
}

static int put_inner(struct store *s, const struct key_row *k, struct err *e)
{
	struct buf subject AUTO(buf_release) = BUF_INIT, facts AUTO(buf_release) = BUF_INIT;
	int same = said_before(s, k, e);

	if (same)
		return same < 0 ? -1 : 0;
	struct query q = query(s, STMT_KEY_PUT);
	put_word(&q, k->domain);
	put_word(&q, k->selector);
	put_word(&q, k->found);
	if (k->record)
		put_word(&q, k->record);
	else
		put_text(&q, NULL);
	put_int(&q, k->fetched);
	if (query_run(&q, e))
		return -1;
	buf_fmt(&subject, "%s._domainkey.%s", k->selector, k->domain);
	buf_fmt(&facts, "answer=%s\nrecord=%s\n", k->found, k->record ? k->record : "");
	return record_append(s, k->fetched, &(struct record_entry){
		.kind = "dkim-key", .subject = subject.data, .facts = facts.data,
	}, e) ? -1 : 1;
}

int store_key_put(struct store *s, const struct key_row *k, struct err *e)
{
	if (txn_begin(s, e))
		return -1;
	return txn_end(s, put_inner(s, k, e), e);
}
