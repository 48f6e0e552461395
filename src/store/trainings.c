/* SPDX-License-Identifier: EUPL-1.2 */
/* Trainings, and the items that they stand for. */
#include "core/training.h"
#include "src/store/db.h"

static int put_one(struct store *s, const struct training *t, dayno today,
                   struct import_report *out, struct err *e)
{
	struct row r;

	row_start(&r, "training", STMT_TRAINING_GET, STMT_TRAINING_PUT, 1);
	row_key(&r, t->id);
	row_text(&r, t->title);
	row_text(&r, t->role);
	row_text(&r, t->org);
	row_text(&r, t->rule_text);
	row_text(&r, t->registry_no);
	row_day(&r, t->from);
	row_day(&r, t->reviewed);
	row_int(&r, t->retired);
	row_text(&r, t->note);
	row_day(&r, today); /* known_on, kept by rows that are known */
	return row_put(s, &r, out, e) < 0 ? -1 : 0;
}

/* What our own reviews found stays out of the register's column. */
static int put_items(struct store *s, struct registry *whole, struct import_report *out,
                     struct err *e)
{
	for (size_t i = 0; i < whole->n_items; i++) {
		struct item item = whole->items[i];
		const struct training *t = training_of(whole, &item);

		if (item.kind != ITEM_TRAINING)
			continue;
		item.reviewed = t ? t->reviewed : DAY_NONE;
		if (item_put(s, &item, item.known_on, out, e))
			return -1;
	}
	return 0;
}

static int put_whole(struct store *s, struct registry *whole, dayno today,
                     struct import_report *out, struct err *e)
{
	if (load_trained(s, whole, e))
		return -1;
	if (!whole->n_trainings)
		return 0;
	registry_settle(whole);
	training_expand(whole, today);
	registry_settle(whole);
	return put_items(s, whole, out, e);
}

int trainings_put(struct store *s, const struct registry *r, dayno today,
                  struct import_report *out, struct err *e)
{
	struct registry whole;
	int rc = 0;

	for (size_t i = 0; !rc && i < r->n_trainings; i++)
		rc = put_one(s, &r->trainings[i], today, out, e);
	if (rc || (!r->n_trainings && !r->n_roles))
		return rc;
	registry_init(&whole);
	rc = put_whole(s, &whole, today, out, e);
	registry_release(&whole);
	return rc;
}
