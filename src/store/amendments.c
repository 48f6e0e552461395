/* SPDX-License-Identifier: EUPL-1.2 */
/* What answers made of fields that the register's files write too. */
#include "core/amendment.h"
#include "src/store/db.h"

/* Of several answers it is kept what the files said before the first. */
int amendment_put(struct store *s, const struct amendment *m, struct err *e)
{
	struct query q = query(s, STMT_AMENDMENT_PUT);

	put_text(&q, m->what);
	put_text(&q, m->id);
	put_text(&q, m->field);
	put_text(&q, amendment_before_name(m->before));
	put_text(&q, m->said);
	put_day(&q, m->since);
	return query_run(&q, e) ? err_wrap(e, "%s %s", m->what, m->id) : 0;
}

static int drop(struct store *s, const struct amendment *m, instant now, struct err *e)
{
	struct buf facts AUTO(buf_release) = BUF_INIT;
	struct query q = query(s, STMT_AMENDMENT_DROP);
	char since[DATE_TEXT];

	put_text(&q, m->what);
	put_text(&q, m->id);
	put_text(&q, m->field);
	if (query_run(&q, e))
		return err_wrap(e, "%s %s", m->what, m->id);
	if (m->fate == AMENDMENT_AGREED)
		return 0;
	buf_fmt(&facts, "what=%s\nfield=%s\nsince=%s\nwhy=%s\n", m->what, m->field, date_text(m->since, since),
	        amendment_fate_name(m->fate));
	return record_append(s, now, &(struct record_entry){
		.kind = "answer-replaced", .subject = m->id, .facts = facts.data,
	}, e);
}

int amendments_settle(struct store *s, const struct amendment *at, size_t n, instant now, struct err *e)
{
	for (size_t i = 0; i < n; i++)
		if (at[i].fate != AMENDMENT_STANDS && drop(s, &at[i], now, e))
			return -1;
	return 0;
}

int store_amendments(struct store *s, struct arena *a, struct amendment **out, size_t *n, struct err *e)
{
	struct query q = query(s, STMT_AMENDMENTS);
	size_t cap = 0;
	int got;

	*out = NULL;
	*n = 0;
	while ((got = query_row(&q, e)) > 0) {
		*out = arena_grow(a, *out, *n, &cap, sizeof(**out));
		struct amendment *m = &(*out)[(*n)++];

		*m = (struct amendment){ .what = get_text(&q, a) };
		m->id = get_text(&q, a);
		m->field = get_text(&q, a);
		m->before = amendment_before_by_name(get_text(&q, a));
		m->said = get_text(&q, a);
		m->since = get_day(&q);
	}
	return got;
}
