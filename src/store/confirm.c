/* SPDX-License-Identifier: EUPL-1.2 */
#include "src/store/db.h"

static void put_end(struct query *q, const struct confirmation *x)
{
	put_int(q, x->mails);
	put_text(q, confirm_state_name(x->state));
	if (x->state == CONFIRM_ASKED) {
		put_text(q, NULL);
		put_text(q, NULL);
	} else {
		put_int(q, x->ended);
		put_int(q, x->ended_by);
	}
	put_text(q, x->end_domain);
}

static int put_new(struct store *s, const struct confirmation *x, struct err *e)
{
	struct query q = query(s, STMT_CONFIRMATION_PUT);

	put_text(&q, x->token_hash);
	put_text(&q, x->letter);
	put_text(&q, x->role);
	put_text(&q, x->address);
	put_int(&q, x->mail);
	put_text(&q, x->from);
	put_text(&q, x->token);
	put_text(&q, x->sender);
	put_text(&q, x->domain);
	put_text(&q, x->direct);
	put_text(&q, x->answers);
	put_int(&q, x->asked);
	put_int(&q, x->expires);
	put_int(&q, x->table_mail);
	put_text(&q, x->difference);
	put_int(&q, x->again);
	put_end(&q, x);
	return query_run(&q, e);
}

int confirmation_put(struct store *s, const struct confirmation *x, struct err *e)
{
	if (x->state == CONFIRM_ASKED && x->mails == 1)
		return put_new(s, x, e) ? err_wrap(e, "confirmation of letter %s", x->letter) : 0;
	struct query q = query(s, STMT_CONFIRMATION_STEP);
	put_text(&q, x->token_hash);
	put_end(&q, x);
	if (query_run(&q, e))
		return err_wrap(e, "confirmation of letter %s", x->letter);
	if (sqlite3_changes(s->db) != 1)
		return err_set(e, ERR_SAFETY, "the confirmation of letter %s was answered meanwhile: "
		               "nothing was written; run again", x->letter);
	return 0;
}

int store_confirmation(struct store *s, struct arena *a, const char *token_hash,
                       struct confirmation *out, struct err *e)
{
	struct query q = query(s, STMT_CONFIRMATION_GET);

	put_word(&q, token_hash);
	int got = query_row(&q, e);
	if (got <= 0)
		return got;
	*out = (struct confirmation){ .token_hash = get_text(&q, a) };
	get_chars(&q, out->letter, sizeof(out->letter));
	out->role = get_text(&q, a);
	out->address = get_text(&q, a);
	out->mail = get_int64(&q);
	out->from = get_text(&q, a);
	out->token = get_text(&q, a);
	out->sender = get_text(&q, a);
	out->domain = get_text(&q, a);
	out->direct = get_text(&q, a);
	out->answers = get_text(&q, a);
	out->asked = get_int64(&q);
	out->expires = get_int64(&q);
	out->table_mail = get_int64(&q);
	out->difference = get_text(&q, a);
	out->again = get_bool(&q);
	out->mails = get_int(&q);
	int state = confirm_state_by_name(get_text(&q, a));
	out->state = state < 0 ? CONFIRM_DROPPED : (enum confirm_state)state;
	out->ended = get_int64(&q);
	out->ended_by = get_int64(&q);
	out->end_domain = get_text(&q, a);
	query_end(&q);
	return 1;
}
