/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "core/quorum.h"
#include "core/renewal.h"
#include "core/training.h"
#include "src/store/db.h"

/* Rows of any register are read alike: room is made, one row is filled. */
#define EACH(r, list, id, fill) EACH_OF(r, list, id, NULL, fill)
/* Those of a statement with one parameter; key NULL: it has none. */
#define EACH_OF(r, list, id, key, fill) \
	do { \
		const char *key_ = key; \
		struct query q = query(s, id); \
		int got; \
		if (key_) \
			put_word(&q, key_); \
		while ((got = query_row(&q, e)) > 0) { \
			(r)->list = arena_grow(&(r)->arena, (r)->list, (r)->n_##list, \
			                       &(r)->cap_##list, sizeof(*(r)->list)); \
			fill(&q, &(r)->arena, &(r)->list[(r)->n_##list++]); \
		} \
		if (got < 0) \
			return -1; \
	} while (0)

/* The words were checked by the schema; one that a newer program wrote would
 * have made the database newer too. */
static int by_name(const char *word, const char *(*name)(int), int count)
{
	for (int i = 0; word && i < count; i++)
		if (!strcmp(name(i), word))
			return i;
	return 0;
}

static const char *body_word(int i)
{
	return body_kind_name((enum body_kind)i);
}

static const char *role_word(int i)
{
	return role_kind_name((enum role_kind)i);
}

static const char *item_word(int i)
{
	return item_kind_name((enum item_kind)i);
}

static void fill_body(struct query *q, struct arena *a, struct body *b)
{
	*b = (struct body){ .id = get_text(q, a) };
	b->name = get_text(q, a);
	b->prefix = get_text(q, a);
	b->kind = (enum body_kind)by_name(get_text(q, a), body_word, BODY_GROUP + 1);
	b->unit = get_text(q, a);
	b->chair = get_text(q, a);
	b->secretary = get_text(q, a);
	b->term_from = get_day(q);
	b->term_to = get_day(q);
	b->successor = get_text(q, a);
	b->ceases = get_day(q);
	b->stop_days = get_int(q);
	b->note = get_text(q, a);
	b->chaired_by = get_text(q, a);
	b->chaired_since = get_day(q);
}

static void fill_unit(struct query *q, struct arena *a, struct unit *u)
{
	*u = (struct unit){ .id = get_text(q, a) };
	u->name = get_text(q, a);
	u->head_title = get_text(q, a);
	u->head_address = get_text(q, a);
}

static void fill_role(struct query *q, struct arena *a, struct role *r)
{
	*r = (struct role){ .id = get_text(q, a) };
	r->title = get_text(q, a);
	r->address = get_text(q, a);
	r->org = get_text(q, a);
	r->superior = get_text(q, a);
	r->deputy = get_text(q, a);
	r->kind = (enum role_kind)by_name(get_text(q, a), role_word, ROLE_OTHER + 1);
	r->from = get_day(q);
	r->to = get_day(q);
	r->note = get_text(q, a);
	r->alias = get_text(q, a);
	r->dead_from = get_day(q);
	r->dead = r->dead_from != DAY_NONE;
}

/* What we know beside the row itself: our own reviews and decisions, who holds it. */
static void fill_ours(struct query *q, struct arena *a, struct item *i)
{
	i->known_on = get_day(q);
	/* The later of what the register and what our own reviews say. */
	dayno completed = get_day(q), completed_for = get_day(q);
	i->reviewed_for = DAY_NONE;
	if (completed != DAY_NONE && completed >= i->reviewed) {
		i->reviewed = completed;
		i->reviewed_for = completed_for;
	}
	i->held_by = get_text(q, a);
	i->held_since = get_day(q);
	struct renewal found = { .day = get_day(q) };
	found.paragraph = get_text(q, a);
	found.registry_no = get_text(q, a);
	found.due = get_day(q);
	found.ended = get_day(q);
	renewal_merge(&found, a, i);
}

static void fill_item(struct query *q, struct arena *a, struct item *i)
{
	*i = (struct item){ .id = get_text(q, a) };
	i->title = get_text(q, a);
	i->kind = (enum item_kind)by_name(get_text(q, a), item_word, ITEM_KIND_COUNT);
	i->subkind = get_text(q, a);
	i->body = get_text(q, a);
	i->responsible = get_text(q, a);
	i->decided_by = get_text(q, a);
	i->parent = get_text(q, a);
	i->registry_no = get_text(q, a);
	i->paragraph = get_text(q, a);
	i->replaces = get_text(q, a);
	i->decided = get_day(q);
	i->revised = get_day(q);
	i->reviewed = get_day(q);
	i->valid_from = get_day(q);
	i->decided_ask = get_bool(q);
	i->rule_text = get_text(q, a);
	i->validity = get_text(q, a);
	i->needs_decision = get_bool(q);
	i->retired = get_bool(q);
	i->name_protected = get_bool(q);
	for (size_t k = 0; k < ARRAY_LEN(i->levels); k++)
		i->levels[k] = get_int(q);
	i->classified = get_day(q);
	i->shown = get_text(q, a);
	i->note = get_text(q, a);
	if (get_bool(q))
		i->kind = ITEM_TRAINING;
	i->approvers = get_text(q, a);
	int quorum = quorum_by_name(get_text(q, a));
	i->quorum = quorum < 0 ? QUORUM_ALL : (enum quorum)quorum;
	i->author = get_text(q, a);
	fill_ours(q, a, i);
	i->asleep = get_bool(q);
	rules_init(&i->rules);
}

static void fill_training(struct query *q, struct arena *a, struct training *t)
{
	*t = (struct training){ .id = get_text(q, a) };
	t->title = get_text(q, a);
	t->role = get_text(q, a);
	t->org = get_text(q, a);
	t->rule_text = get_text(q, a);
	t->registry_no = get_text(q, a);
	t->from = get_day(q);
	t->reviewed = get_day(q);
	t->retired = get_bool(q);
	t->note = get_text(q, a);
	t->known_on = get_day(q);
}

static void fill_meeting(struct query *q, struct arena *a, struct meeting *m)
{
	*m = (struct meeting){ .body = get_text(q, a) };
	m->day = get_day(q);
	m->hour = get_int(q);
	m->minute = get_int(q);
	m->stop = get_day(q);
	m->preparation = get_day(q);
	m->summons = get_day(q);
	m->adjusted_by = get_day(q);
	m->uid = get_text(q, a);
	m->cancelled = get_bool(q);
	m->note = get_text(q, a);
}

static void fill_event(struct query *q, struct arena *a, struct event *v)
{
	*v = (struct event){ .name = get_text(q, a) };
	v->day = get_day(q);
	v->item = get_text(q, a);
	v->happened = get_bool(q);
	v->triggered = get_bool(q);
	v->text = get_text(q, a);
	v->times = get_int(q);
}

static void fill_absence(struct query *q, struct arena *a, struct absence *b)
{
	*b = (struct absence){ .role = get_text(q, a) };
	b->from = get_day(q);
	b->to = get_day(q);
	b->source = get_text(q, a);
}

static const char *exception_word(int i)
{
	return exception_kind_name((enum exception_kind)i);
}

static void fill_exception(struct query *q, struct arena *a, struct exception *x)
{
	*x = (struct exception){ .item = get_text(q, a) };
	x->day = get_day(q);
	x->kind = (enum exception_kind)by_name(get_text(q, a), exception_word, EXCEPTION_PLAN + 1);
	x->to = get_day(q);
	x->reason = get_text(q, a);
}

static void fill_day_off(struct query *q, struct arena *a, struct day_off *d)
{
	*d = (struct day_off){ .day = get_day(q) };
	d->working = get_bool(q);
	d->name = get_text(q, a);
}

static void fill_recess(struct query *q, struct arena *a, struct recess *p)
{
	*p = (struct recess){ .key = get_text(q, a) };
	p->yearly = !get_text(q, a); /* it has no year */
	p->at.from = get_day(q);
	p->at.to = get_day(q);
}

static int load_unit_bodies(struct store *s, struct arena *a, struct unit *u, struct err *e)
{
	struct query q = query(s, STMT_UNIT_BODY_OF);
	size_t cap = 0;
	int got;

	put_word(&q, u->id);
	while ((got = query_row(&q, e)) > 0) {
		u->bodies = arena_grow(a, u->bodies, u->n_bodies, &cap, sizeof(*u->bodies));
		u->bodies[u->n_bodies++] = get_text(&q, a);
	}
	return got;
}

static int load_people(struct store *s, struct registry *r, struct err *e)
{
	EACH(r, units, STMT_UNIT_ALL, fill_unit);
	for (size_t i = 0; i < r->n_units; i++)
		if (load_unit_bodies(s, &r->arena, &r->units[i], e))
			return -1;
	EACH(r, bodies, STMT_BODY_ALL, fill_body);
	EACH(r, roles, STMT_ROLE_ALL, fill_role);
	EACH(r, absences, STMT_ABSENCE_ALL, fill_absence);
	EACH(r, trainings, STMT_TRAINING_ALL, fill_training);
	return 0;
}

/* Which items are read. */
struct extent {
	enum stmt_id items;
	const char *key; /* that the statement takes; NULL: none, all are read */
};

static int load_days(struct store *s, struct registry *r, struct err *e)
{
	EACH(r, meetings, STMT_MEETING_ALL, fill_meeting);
	EACH(r, days_off, STMT_DAY_OFF_ALL, fill_day_off);
	EACH(r, recess, STMT_RECESS_ALL, fill_recess);
	return 0;
}

/* What hangs on the items that were read. */
static int load_theirs(struct store *s, struct registry *r, struct err *e)
{
	for (size_t i = 0; i < r->n_items; i++) {
		EACH_OF(r, events, STMT_EVENT_OF_ITEM, r->items[i].id, fill_event);
		EACH_OF(r, exceptions, STMT_EXCEPTION_OF_ITEM, r->items[i].id, fill_exception);
	}
	return 0;
}

static int load_work(struct store *s, struct registry *r, const struct extent *x, struct err *e)
{
	EACH_OF(r, items, x->items, x->key, fill_item);
	if (!x->key) {
		EACH(r, events, STMT_EVENT_ALL, fill_event);
		EACH(r, exceptions, STMT_EXCEPTION_ALL, fill_exception);
	} else {
		EACH_OF(r, events, STMT_EVENT_OF_ITEM, "", fill_event);
		if (load_theirs(s, r, e))
			return -1;
	}
	return load_days(s, r, e);
}

int load_trained(struct store *s, struct registry *r, struct err *e)
{
	if (settings_get(s, r, e) || load_people(s, r, e))
		return -1;
	EACH(r, items, STMT_ITEM_ALL, fill_item);
	return 0;
}

static int load_inner(struct store *s, struct registry *r, const struct extent *x, struct err *e)
{
	if (settings_get(s, r, e) || load_people(s, r, e))
		return -1;
	return load_work(s, r, x, e);
}

static int add_ours(struct store *s, struct arena *a, struct item *items, size_t n, struct err *e)
{
	for (size_t i = 0; i < n; i++) {
		struct query q = query(s, STMT_ITEM_FOUND);
		int got;

		put_word(&q, items[i].id);
		while ((got = query_row(&q, e)) > 0)
			fill_ours(&q, a, &items[i]);
		if (got < 0)
			return -1;
	}
	return 0;
}

int store_add_ours(struct store *s, struct arena *a, struct item *items, size_t n, struct err *e)
{
	return txn_read(s, e) || txn_end(s, add_ours(s, a, items, n, e), e) ? -1 : 0;
}

static int load(struct store *s, struct registry *out, const struct extent *x, struct err *e)
{
	if (txn_read(s, e) || txn_end(s, load_inner(s, out, x, e), e))
		return -1;
	registry_index(out);
	return 0;
}

int store_load(struct store *s, struct registry *out, struct err *e)
{
	static const struct extent whole = { STMT_ITEM_ALL, NULL };

	return load(s, out, &whole, e);
}

int store_load_awake(struct store *s, dayno today, struct registry *out, struct err *e)
{
	char key[DATE_TEXT];
	struct extent awake = { STMT_ITEM_AWAKE, date_text(today, key) };

	return load(s, out, &awake, e);
}

int store_load_letter(struct store *s, const char *ref, struct registry *out, struct err *e)
{
	struct extent of_letter = { STMT_ITEM_OF_LETTER, ref };

	return store_settle_families(s, e) || load(s, out, &of_letter, e) ? -1 : 0;
}

/* ---- a letter's, over what all letters have in common ---- */

static int common_inner(struct store *s, struct registry *r, struct err *e)
{
	if (settings_get(s, r, e) || load_people(s, r, e))
		return -1;
	EACH_OF(r, events, STMT_EVENT_OF_ITEM, "", fill_event);
	return load_days(s, r, e);
}

int store_load_common(struct store *s, struct registry *out, struct err *e)
{
	if (store_settle_families(s, e) || txn_read(s, e) || txn_end(s, common_inner(s, out, e), e))
		return -1;
	registry_index(out);
	return 0;
}

/* The lists of the one are read, and never written, through the other: what may grow
 * here is made anew. */
static void share(const struct registry *common, struct registry *out)
{
	*out = *common;
	out->arena = (struct arena)ARENA_INIT;
	out->items = NULL;
	out->exceptions = NULL;
	out->n_items = out->cap_items = out->n_exceptions = out->cap_exceptions = 0;
	out->cap_events = out->n_events;
	out->events = arena_alloc(&out->arena, (out->n_events + 1) * sizeof(*out->events));
	if (common->n_events)
		memcpy(out->events, common->events, common->n_events * sizeof(*out->events));
}

static bool is_loaded(const struct registry *r, const char *id)
{
	for (size_t i = 0; i < r->n_items; i++)
		if (!strcmp(r->items[i].id, id))
			return true;
	return false;
}

/* Families whole, and the parents of theirs, which may be of another. */
static int load_families(struct store *s, struct registry *r, const char *ref, struct err *e)
{
	struct words families, parents = { .at = NULL };

	if (letter_families(s, &r->arena, ref, &families, e))
		return -1;
	for (size_t i = 0; i < families.n; i++)
		EACH_OF(r, items, STMT_ITEM_OF_FAMILY, families.at[i], fill_item);
	for (size_t i = 0; i < r->n_items; i++)
		words_add(&r->arena, &parents, r->items[i].parent);
	for (size_t i = 0; i < parents.n; i++)
		if (!is_loaded(r, parents.at[i]))
			EACH_OF(r, items, STMT_ITEM_ALONE, parents.at[i], fill_item);
	return 0;
}

static int over_inner(struct store *s, struct registry *r, const char *ref, struct err *e)
{
	return load_families(s, r, ref, e) || load_theirs(s, r, e) ? -1 : 0;
}

int store_load_letter_over(struct store *s, const struct registry *common, const char *ref,
                           struct registry *out, struct err *e)
{
	share(common, out);
	if (txn_read(s, e) || txn_end(s, over_inner(s, out, ref, e), e))
		return -1;
	registry_index_items(out);
	return 0;
}

int store_load_settings(struct store *s, struct registry *out, struct err *e)
{
	return settings_get(s, out, e);
}

static int secret_inner(struct store *s, const uint8_t fresh[DIGEST_SIZE],
                        uint8_t out[DIGEST_SIZE], struct err *e)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct query keep = query(s, STMT_META_KEEP);
	size_t len = 0;

	put_word(&keep, "secret");
	put_blob(&keep, fresh, DIGEST_SIZE);
	if (query_run(&keep, e))
		return -1;
	struct query q = query(s, STMT_META_GET);
	put_word(&q, "secret");
	int got = query_row(&q, e);
	if (got < 0)
		return -1;
	const char *bytes = got ? get_blob(&q, &a, &len) : NULL;
	query_end(&q);
	if (len != DIGEST_SIZE)
		return err_set(e, ERR_SAFETY, "%s has lost its secret: letters that were sent could "
		               "not be recognised; put the latest backup in its place", s->path);
	memcpy(out, bytes, DIGEST_SIZE);
	return 0;
}

int store_secret(struct store *s, const uint8_t fresh[DIGEST_SIZE], uint8_t out[DIGEST_SIZE],
                 struct err *e)
{
	if (txn_begin(s, e))
		return -1;
	return txn_end(s, secret_inner(s, fresh, out, e), e);
}
