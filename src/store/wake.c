/* SPDX-License-Identifier: EUPL-1.2 */
/* Which items a pass looks at: found by the day they wake. */
#include <string.h>

#include "core/family.h"
#include "src/store/db.h"

static int ask(struct store *s, enum stmt_id id, const char *key, int64_t *out, struct err *e)
{
	struct query q = query(s, id);

	if (key)
		put_word(&q, key);
	return query_int(&q, out, e);
}

static int load_kin(struct store *s, struct arena *a, struct kin **out, size_t *n, struct err *e)
{
	struct query q = query(s, STMT_FAMILY_KIN);
	size_t cap = 0;
	int got;

	*out = NULL;
	*n = 0;
	while ((got = query_row(&q, e)) > 0) {
		*out = arena_grow(a, *out, *n, &cap, sizeof(**out));
		struct kin *k = &(*out)[(*n)++];
		*k = (struct kin){ .id = get_text(&q, a) };
		k->title = get_text(&q, a);
		k->link = get_text(&q, a);
		k->replaces = get_text(&q, a);
		k->document = get_bool(&q);
		k->family = get_text(&q, a);
	}
	return got;
}

static int put_family(struct store *s, const struct kin *k, struct err *e)
{
	struct query q = query(s, STMT_FAMILY_PUT);

	put_word(&q, k->id);
	put_word(&q, k->family);
	return query_run(&q, e);
}

static int find_families(struct store *s, struct err *e)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	const char **before;
	struct kin *kin;
	size_t n;

	if (load_kin(s, &a, &kin, &n, e))
		return -1;
	before = arena_alloc(&a, (n + 1) * sizeof(*before));
	for (size_t i = 0; i < n; i++)
		before[i] = kin[i].family;
	family_find(kin, n);
	for (size_t i = 0; i < n; i++)
		if (strcmp(before[i], kin[i].family) != 0 && put_family(s, &kin[i], e))
			return -1;
	return 0;
}

static int settle_inner(struct store *s, struct err *e)
{
	int64_t unknown;

	if (ask(s, STMT_FAMILY_UNKNOWN, NULL, &unknown, e))
		return -1;
	return unknown ? find_families(s, e) : 0;
}

int store_version(struct store *s, int64_t *out, struct err *e)
{
	return ask(s, STMT_DATA_VERSION, NULL, out, e);
}

int store_settle_families(struct store *s, struct err *e)
{
	if (txn_begin(s, e))
		return -1;
	return txn_end(s, settle_inner(s, e), e);
}

static int mark(struct store *s, enum stmt_id id, const char *today, struct err *e)
{
	struct query q = query(s, id);

	put_word(&q, today);
	return query_run(&q, e);
}

static int claim_inner(struct store *s, const char *today, int64_t *n, struct err *e)
{
	int64_t back;

	if (settle_inner(s, e) || ask(s, STMT_WAKE_IS_BACK, today, &back, e)
	    || mark(s, back ? STMT_WAKE_ALL : STMT_WAKE_CHANGED, today, e)
	    || mark(s, STMT_WAKE_DUE, today, e) || mark(s, STMT_WAKE_PLANNED, today, e))
		return -1;
	return ask(s, STMT_WAKE_COUNT, today, n, e);
}

int store_wake(struct store *s, dayno today, size_t *n, struct err *e)
{
	char day[DATE_TEXT];
	int64_t found;

	*n = 0;
	if (ask(s, STMT_WAKE_ANY, date_text(today, day), &found, e))
		return -1;
	if (!found)
		return 0;
	if (txn_begin(s, e) || txn_end(s, claim_inner(s, day, &found, e), e))
		return -1;
	*n = (size_t)found;
	return 0;
}

static int sleep_inner(struct store *s, dayno today, const struct look *looks, size_t n,
                       struct err *e)
{
	for (size_t i = 0; i < n; i++) {
		struct query q = query(s, STMT_WAKE_AGAIN);

		put_word(&q, looks[i].item);
		put_day(&q, looks[i].next);
		put_day(&q, today);
		if (query_run(&q, e))
			return -1;
		struct holding h = { .what = HELD_ITEM, .id = looks[i].item, .role = looks[i].holder,
		                     .since = DAY_NONE };
		if (h.role && holding_put(s, &h, e))
			return -1;
	}
	return 0;
}

int store_sleep(struct store *s, dayno today, const struct look *looks, size_t n, struct err *e)
{
	if (!n)
		return 0;
	return txn_begin(s, e) || txn_end(s, sleep_inner(s, today, looks, n, e), e) ? -1 : 0;
}
