/* SPDX-License-Identifier: EUPL-1.2 */
#include "src/store/db.h"

int store_body_counts(struct store *s, struct arena *a, struct body_counts **out, size_t *n,
                      struct err *e)
{
	struct query q = query(s, STMT_BODY_COUNTS);
	size_t cap = 0;
	int got;

	*out = NULL;
	*n = 0;
	while ((got = query_row(&q, e)) > 0) {
		*out = arena_grow(a, *out, *n, &cap, sizeof(**out));
		struct body_counts *c = &(*out)[(*n)++];
		*c = (struct body_counts){ .body = get_text(&q, a) };
		c->invited = get_int(&q);
		c->signed_off = get_int(&q);
		c->decided = get_int(&q);
		c->overdue_sent = get_int(&q);
		c->changes = get_int(&q);
		c->wrong_person = get_int(&q);
		c->extended = get_int(&q);
		c->open = get_int(&q);
		c->awaiting = get_int(&q);
	}
	return got;
}
