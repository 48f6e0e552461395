/* SPDX-License-Identifier: EUPL-1.2 */
/* How many answers have gone out, and how many were kept back. */
#include "core/limits.h"
#include "src/store/db.h"

static int count(struct query *q, int *out, struct err *e)
{
	int64_t n = 0;

	if (query_int(q, &n, e))
		return -1;
	*out = n > INT32_MAX ? INT32_MAX : (int)n;
	return 0;
}

/* Within a group nobody else writes: there it is counted once. */
static int count_all(struct store *s, instant since, int *out, struct err *e)
{
	bool known = s->group && s->answered.known && s->answered.since == since;
	struct query q;

	if (!known) {
		s->answered.since = since;
		q = query(s, STMT_OUTBOX_ANSWERED);
		put_int(&q, since);
		put_int(&q, since + LIMIT_PERIOD);
		if (count(&q, &s->answered.n, e))
			return -1;
		s->answered.known = s->group;
	}
	*out = s->answered.n;
	return 0;
}

int store_answer_counts(struct store *s, const struct answer_keys *k, struct answer_counts *out,
                        struct err *e)
{
	struct query sender = query(s, STMT_OUTBOX_ANSWERS), letter, message;

	*out = (struct answer_counts){ .message = 0 };
	put_word(&sender, k->sender);
	put_int(&sender, k->since);
	put_int(&sender, k->since + LIMIT_PERIOD);
	if (count(&sender, &out->sender, e) || count_all(s, k->since, &out->all, e))
		return -1;
	if (k->letter) {
		letter = query(s, STMT_OUTBOX_QUESTIONS);
		put_word(&letter, k->letter);
		if (count(&letter, &out->letter, e))
			return -1;
	}
	if (!k->message_id)
		return 0;
	message = query(s, STMT_OUTBOX_TO_MESSAGE);
	put_word(&message, k->message_id);
	return count(&message, &out->message, e);
}

int store_withheld_since(struct store *s, const char *limit, instant since, int *out,
                         struct err *e)
{
	struct query q = query(s, STMT_INBOX_WITHHELD);

	put_word(&q, limit);
	put_int(&q, since);
	put_int(&q, since + LIMIT_PERIOD);
	return count(&q, out, e);
}
