/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "import-internal.h"

/* What one row says of another, checked once all are read. */
struct check {
	const struct registry *r;
	struct complaints *c;
	bool sorted; /* the places, for looking up */
	bool spoilt_sorted;
	unsigned none_told; /* of what there is none at all; said once */
};

/* What may be named. */
static const struct named {
	const char *words;
	unsigned of;
	const char *file;
} a_body = {"body", OF_BODY, "namnder.csv"}, a_unit = {"unit", OF_UNIT, "forvaltningar.csv"},
  a_role = {"role", OF_ROLE, "roller.csv"}, an_item = {"item", OF_ITEM, NULL},
  an_organisation = {"unit or body", OF_UNIT | OF_BODY, NULL},
  a_parent = {"document, routine or asset", OF_ITEM, NULL};

static int by_pointer(const void *a, const void *b)
{
	const struct place *x = a, *y = b;
	uintptr_t p = (uintptr_t)x->id, q = (uintptr_t)y->id;

	return (p > q) - (p < q);
}

/* Where the very pointer was read; places are sorted only when first needed. */
static const struct place *place_of(struct check *k, const char *id)
{
	struct complaints *c = k->c;

	if (!c->n_places)
		return NULL;
	if (!k->sorted)
		qsort(c->places, c->n_places, sizeof(*c->places), by_pointer);
	k->sorted = true;
	struct place key = {.id = id};
	return bsearch(&key, c->places, c->n_places, sizeof(key), by_pointer);
}

static int by_spoilt(const void *a, const void *b)
{
	return strcmp(((const struct spoilt *)a)->id, ((const struct spoilt *)b)->id);
}

/* Whether the id may be that of a row which was refused: what names it is no fault of its own. */
static bool spoilt(struct check *k, const char *id, unsigned of)
{
	struct complaints *c = k->c;
	const struct spoilt key = {.id = id}, *found;

	if (c->doubtful & of)
		return true;
	if (!c->n_spoilt)
		return false;
	if (!k->spoilt_sorted)
		qsort(c->spoilt, c->n_spoilt, sizeof(*c->spoilt), by_spoilt);
	k->spoilt_sorted = true;
	found = bsearch(&key, c->spoilt, c->n_spoilt, sizeof(key), by_spoilt);
	while (found && found > c->spoilt && !by_spoilt(found - 1, &key))
		found--;
	for (; found && found < c->spoilt + c->n_spoilt && !by_spoilt(found, &key); found++)
		if (found->of & of)
			return true;
	return false;
}

static const char *file_of_item(enum item_kind kind)
{
	static const char *const files[ITEM_KIND_COUNT] = {
		[ITEM_INVENTORY] = "forteckningar.csv",
		[ITEM_PROCESSING] = "forteckningar.csv",
		[ITEM_ASSET] = "informationstillgangar.csv",
		[ITEM_ROUTINE] = "rutiner.csv",
		[ITEM_DOCUMENT] = "styrdokument.csv",
		[ITEM_TRAINING] = "utbildningar.csv",
	};
	return files[kind];
}

/* Complains unless the thing referred to was found. Where nothing of its kind is known
 * yet, one row is named for all, or none where the database keeps the word as it is. */
static void need(struct check *k, const void *found, size_t known, const char *file,
                 const char *of, const char *id, const struct named *what)
{
	if (!id || found || (!known && (!what->file || k->none_told & what->of)) || spoilt(k, id, what->of))
		return;
	const struct place *p = place_of(k, id);
	if (!known) {
		k->none_told |= what->of;
		complain(k->c, p ? p->file : file, p ? p->line : 0, p ? p->column : 0,
		         "%s names the %s \"%s\", and the register has none yet: import %s first, or the folder "
		         "that holds both", of, what->words, id, what->file);
		return;
	}
	complain(k->c, p ? p->file : file, p ? p->line : 0, p ? p->column : 0,
	         "%s names the %s \"%s\", which is not in the register: mend the id or add the %s",
	         of, what->words, id, what->words);
}

static void check_bodies(struct check *k)
{
	const struct registry *r = k->r;
	bool board = !r->n_bodies;

	for (size_t i = 0; i < r->n_bodies; i++) {
		const struct body *b = &r->bodies[i];
		need(k, registry_unit(r, b->unit), r->n_units, "namnder.csv", b->id, b->unit, &a_unit);
		need(k, registry_body(r, b->successor), 1, "namnder.csv", b->id, b->successor, &a_body);
		if (b->successor && b->ceases == DAY_NONE)
			complain(k->c, "namnder.csv", 0, 0, "%s: uppgår_i without upphör: write its last day",
			         b->id);
		board = board || b->kind == BODY_BOARD;
	}
	if (!board && !import_is_doubtful(k->c, IMPORT_BODIES))
		complain(k->c, "namnder.csv", 0, 0, "no body is a styrelse: write it in slag of one");
	for (size_t i = 0; i < r->n_units; i++)
		for (size_t b = 0; b < r->units[i].n_bodies; b++)
			need(k, registry_body(r, r->units[i].bodies[b]), r->n_bodies, "forvaltningar.csv",
			     r->units[i].id, r->units[i].bodies[b], &a_body);
	for (size_t i = 0; i < r->n_meetings; i++)
		need(k, registry_body(r, r->meetings[i].body), r->n_bodies, "sammantraden.csv",
		     "the meeting", r->meetings[i].body, &a_body);
}

static void check_roles(struct check *k)
{
	const struct registry *r = k->r;

	for (size_t i = 0; i < r->n_roles; i++) {
		const struct role *role = &r->roles[i];
		const void *org = registry_unit(r, role->org);
		if (!org)
			org = registry_body(r, role->org);
		size_t known = r->n_units && r->n_bodies;
		need(k, org, known, "roller.csv", role->id, role->org, &an_organisation);
		need(k, registry_role(r, role->superior), 1, "roller.csv", role->id, role->superior,
		     &a_role);
		need(k, registry_role(r, role->deputy), 1, "roller.csv", role->id, role->deputy, &a_role);
	}
	const char *contact = r->settings.contact_role;
	if (r->n_roles)
		need(k, registry_role(r, contact), 1, "kommun.csv", "kontakt_roll", contact, &a_role);
}

static void check_trainings(struct check *k)
{
	const struct registry *r = k->r;

	for (size_t i = 0; i < r->n_trainings; i++) {
		const struct training *t = &r->trainings[i];
		const void *org = registry_unit(r, t->org);

		need(k, org ? org : registry_body(r, t->org), r->n_units && r->n_bodies, "utbildningar.csv",
		     t->id, t->org, &an_organisation);
		need(k, registry_role(r, t->role), r->n_roles, "utbildningar.csv", t->id, t->role, &a_role);
	}
}

static void check_exceptions(struct check *k)
{
	const struct registry *r = k->r;

	for (size_t i = 0; i < r->n_exceptions; i++)
		need(k, registry_item(r, r->exceptions[i].item), 1, "undantag.csv", "an exception",
		     r->exceptions[i].item, &an_item);
}

static void check_approvers(struct check *k, const char *file, const struct item *i)
{
	for (const char *at = i->approvers; at && *at;) {
		struct arena a AUTO(arena_release) = ARENA_INIT;
		size_t n = strcspn(at, " ");
		const char *id = arena_dupn(&a, at, n);
		const struct place *p = place_of(k, i->approvers);

		at += n + strspn(at + n, " ");
		if (!registry_role(k->r, id) && !spoilt(k, id, OF_ROLE))
			complain(k->c, p ? p->file : file, p ? p->line : 0, p ? p->column : 0,
			         "%s is approved by the role \"%s\", which is not in the register: mend "
			         "the id or add the role", i->id, id);
	}
}

static void check_items(struct check *k)
{
	const struct registry *r = k->r;

	for (size_t n = 0; n < r->n_items; n++) {
		const struct item *i = &r->items[n];
		const char *file = file_of_item(i->kind);
		need(k, registry_body(r, i->body), r->n_bodies, file, i->id, i->body, &a_body);
		need(k, registry_role(r, i->responsible), r->n_roles, file, i->id, i->responsible, &a_role);
		need(k, registry_role(r, i->author), 1, file, i->id, i->author, &a_role);
		check_approvers(k, file, i);
		need(k, registry_item(r, i->parent), 1, file, i->id, i->parent,
		     &a_parent);
		if (n && strcmp(i->id, i[-1].id) == 0)
			complain(k->c, file, 0, 0, "%s is also a row of %s: give one of them another id",
			         i->id, file_of_item(i[-1].kind));
		if (i->replaces && strcmp(i->replaces, i->id) == 0)
			complain(k->c, file, 0, 0, "%s replaces itself: mend ersätter", i->id);
	}
}

typedef const char *up_fn(const struct registry *r, size_t i, const char **id, size_t *up);

/* The id of number i, and whom it points at (*up unchanged: nobody). */
static const char *superior_of(const struct registry *r, size_t i, const char **id, size_t *up)
{
	const struct role *to = registry_role(r, r->roles[i].superior);

	*id = r->roles[i].id;
	if (to)
		*up = (size_t)(to - r->roles);
	return r->roles[i].superior;
}

static const char *successor_of(const struct registry *r, size_t i, const char **id, size_t *up)
{
	const struct body *to = registry_body(r, r->bodies[i].successor);

	*id = r->bodies[i].id;
	if (to)
		*up = (size_t)(to - r->bodies);
	return r->bodies[i].successor;
}

static const char *parent_of(const struct registry *r, size_t i, const char **id, size_t *up)
{
	const struct item *to = registry_item(r, r->items[i].parent);

	*id = r->items[i].id;
	if (to)
		*up = (size_t)(to - r->items);
	return r->items[i].link;
}

/* Walks upwards from each once. Who is met twice on one walk closes a loop. */
static void check_loops(struct check *k, size_t n, up_fn *up, const char *file, const char *what)
{
	size_t *walk = mem_zalloc((n + 1) * sizeof(*walk));

	for (size_t start = 0; start < n; start++) {
		for (size_t at = start; at < n && !walk[at];) {
			size_t next = n;
			const char *id;
			walk[at] = start + 1;
			const char *ref = up(k->r, at, &id, &next);
			if (next < n && walk[next] == start + 1) {
				const struct place *p = place_of(k, ref);
				complain(k->c, p ? p->file : file, p ? p->line : 0, p ? p->column : 0,
				         "%s is its own %s by way of \"%s\": break the loop", id, what, ref);
			}
			at = next;
		}
	}
	mem_free(walk);
}

void import_check(const struct registry *r, struct complaints *c)
{
	struct check k = {.r = r, .c = c};

	check_bodies(&k);
	check_roles(&k);
	check_items(&k);
	check_trainings(&k);
	check_exceptions(&k);
	check_loops(&k, r->n_bodies, successor_of, "namnder.csv", "successor");
	check_loops(&k, r->n_roles, superior_of, "roller.csv", "superior");
	check_loops(&k, r->n_items, parent_of, "rutiner.csv", "parent");
}
