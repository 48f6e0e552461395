/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/store/mails.h"

#include <string.h>

#include "core/apply.h"

void put_mail(struct store *s, int n, const char *kind)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct change c = { .at = NOW };

	change_mail(&c, &a, &(struct outmail){
		.message_id = arena_fmt(&a, "m%d@tallvinge.example", n), .to = "kd@tallvinge.example",
		.kind = kind, .subject = "x", .bytes = "Subject: x\r\n\r\ny", .len = 15, .created = NOW,
	});
	OK(store_apply(s, &c, e));
}

struct store *with_mails(int n)
{
	struct store *s = open_filled();

	for (int i = 1; i <= n; i++)
		put_mail(s, i, "invitation");
	return s;
}

size_t claim(struct store *s, struct arena *a, instant now, struct outbox_row **rows)
{
	return claim_mails(s, a, now, 50, NULL, rows);
}

const char *states(struct store *s, struct arena *a)
{
	struct buf b AUTO(buf_release) = BUF_INIT;
	struct outbox_row *rows;
	size_t n;

	OK(store_outbox_list(s, a, &rows, &n, e));
	for (size_t i = 0; i < n; i++)
		buf_fmt(&b, "%s%s", i ? " " : "", rows[i].status);
	return arena_dup(a, b.data);
}

void result(struct store *s, int64_t id, enum submit_verdict v, instant now)
{
	OK(end_mail(s, id, v, "words", NULL, now, e));
}

int64_t records(const char *kind)
{
	struct buf sql AUTO(buf_release) = BUF_INIT;

	buf_fmt(&sql, "SELECT count(*) FROM record WHERE kind = '%s'", kind);
	return ask_sql(sql.data);
}
