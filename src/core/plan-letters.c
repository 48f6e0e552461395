/* SPDX-License-Identifier: EUPL-1.2 */
/* Which letter of a pass an item goes in. */
#include <stdlib.h>
#include <string.h>

#include "base/attr.h"
#include "plan-internal.h"

bool plan_to_secretary(enum plan_kind kind)
{
	return kind == PLAN_DECISION || kind == PLAN_ADJUSTED || kind == PLAN_REVISION;
}

/* A document that a body is to choose about has a letter of its own. */
static bool goes_in(const struct plan_letter *l, const struct plan_letter *key)
{
	return l->kind == key->kind && l->kind != PLAN_REVISION && l->about == key->about
	       && l->body == key->body && l->meeting == key->meeting
	       && !strcmp(l->ref, key->ref)
	       && !strcmp(l->holder->address, key->holder->address);
}

/* The place of the letter in the table, or the free one where it belongs. */
static size_t *place_of(struct plan_job *p, const struct plan_letter *key)
{
	const char *words[] = { key->ref, key->holder->address, key->body->id };
	uint64_t h = 14695981039346656037u ^ (uint64_t)key->kind; /* FNV-1a */

	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		for (const char *c = words[i]; ; c++) {
			h = (h ^ (unsigned char)*c) * 1099511628211u;
			if (!*c)
				break;
		}
	size_t at = (size_t)h & (p->places - 1);
	while (p->place[at] && !goes_in(&p->out->letters[p->place[at] - 1], key))
		at = (at + 1) & (p->places - 1);
	return &p->place[at];
}

/* Keeps the table at most half full. */
static void make_places(struct plan_job *p)
{
	if (p->out->n_letters * 2 < p->places)
		return;
	p->places = p->places ? p->places * 2 : 64;
	p->place = arena_alloc(p->arena, p->places * sizeof(*p->place));
	for (size_t i = 0; i < p->out->n_letters; i++)
		*place_of(p, &p->out->letters[i]) = i + 1;
}

/* Letters are kept apart by kind, person and body, and by the meeting asked about;
 * one that continues an earlier letter also by its ref, so that numbers stay with
 * their items. */
static size_t letter_for(struct plan_job *p, enum plan_kind kind, const char *ref,
                         const struct role *holder, const struct body *body,
                         const struct inquiry *about)
{
	struct plan *o = p->out;
	struct plan_letter key = {
		.kind = kind, .holder = holder, .body = body, .act_by = DAY_NONE,
		.event_day = DAY_NONE, .moved = true, .meeting = about ? about->meeting : DAY_NONE,
		.about = about ? about->about : INQUIRY_REVIEW,
	};

	memcpy(key.ref, ref, strlen(ref) + 1);
	make_places(p);
	size_t *place = place_of(p, &key);
	if (!*place) {
		o->letters = arena_grow(p->arena, o->letters, o->n_letters, &o->cap_letters,
		                        sizeof(*o->letters));
		o->letters[o->n_letters++] = key;
		*place = o->n_letters;
	}
	return *place;
}

/* A letter that goes on keeps its numbers; one that hands over numbers what it asks. */
static int number(struct plan_letter *l, const struct plan_item *x)
{
	if ((l->kind == PLAN_REVIEW || l->kind == PLAN_BACK) && !x->opened)
		return x->review.n;
	if (l->kind == PLAN_HAND_OVER)
		return x->opened ? ++l->asked : 0;
	if (plan_to_secretary(l->kind) && *l->ref)
		return x->inquiry.n;
	return (int)l->n;
}

/* Whether it is one more mail about the review. */
static bool counts(const struct plan_letter *l, const struct plan_item *x)
{
	return l->kind == PLAN_HAND_OVER ? x->opened : l->kind != PLAN_NEW_CHAIR && !plan_to_secretary(l->kind);
}

static bool has_day(const struct plan_letter *l, const struct plan_item *x)
{
	return l->kind == PLAN_HAND_OVER ? x->opened : l->kind != PLAN_QUESTION && !plan_to_secretary(l->kind);
}

void plan_put(struct plan_job *p, enum plan_kind kind, const char *ref, const struct role *holder,
              const struct body *body, const struct plan_item *x)
{
	bool asks = plan_to_secretary(kind);
	size_t at = letter_for(p, kind, ref, holder, body, asks ? &x->inquiry : NULL);
	struct plan_letter *l = &p->out->letters[at - 1];

	/* An item may be in two: then both must be sent. */
	p->letter = at > p->letter ? at : p->letter;
	l->items = arena_grow(p->arena, l->items, l->n, &l->cap, sizeof(*l->items));
	struct plan_item *y = &l->items[l->n++];

	*y = *x;
	y->n = number(l, x);
	y->inquiry.n = y->n;
	if (x->opened)
		y->review.n = y->n;
	y->review.mails += counts(l, x);
	l->foreseen = l->foreseen || x->foreseen;
	if (x->rung > l->rung)
		l->rung = x->rung;
	l->moved = l->moved && x->moved && x->rung == RUNG_NONE && !asks;
	p->moved = p->moved || (x->moved && !asks);
	y->review.copy_n = kind == PLAN_COPY ? y->n : y->review.copy_n;
	if (has_day(l, x) && (l->act_by == DAY_NONE || x->review.act_by < l->act_by))
		l->act_by = x->review.act_by;
}

static int by_letter(const void *a, const void *b)
{
	const struct review *x = *(const struct review *const *)a;
	const struct review *y = *(const struct review *const *)b;
	int order = strcmp(x->letter, y->letter);

	return order ? order : strcmp(x->item, y->item);
}

/* Open reviews by letter and item. */
static const struct review **sort_reviews(struct plan_job *p, size_t *n)
{
	const struct review **all = arena_alloc(p->arena, (p->in->n_reviews + 1) * sizeof(*all));

	*n = 0;
	for (size_t i = 0; i < p->in->n_reviews; i++)
		if (review_asks(&p->in->reviews[i]))
			all[(*n)++] = &p->in->reviews[i];
	qsort(all, *n, sizeof(*all), by_letter);
	return all;
}

static size_t first_of(const struct review *const *all, size_t n, const char *ref)
{
	size_t low = 0;

	while (low < n) {
		size_t mid = low + (n - low) / 2;
		if (strcmp(all[mid]->letter, ref) < 0)
			low = mid + 1;
		else
			n = mid;
	}
	return low;
}

/* The letter's event is on the day that its first open item must be ready. Its
 * items and its reviews are both in the order of items. */
static void book_letter(struct plan_letter *l, const struct review *const *all, size_t n)
{
	bool moved = false;
	size_t k = 0;

	for (size_t i = first_of(all, n, l->ref); i < n && !strcmp(all[i]->letter, l->ref); i++) {
		while (k < l->n && strcmp(l->items[k].item->id, all[i]->item) < 0)
			k++;
		bool here = k < l->n && !strcmp(l->items[k].item->id, all[i]->item);
		dayno day = here ? l->items[k].review.act_by : all[i]->act_by;

		moved = moved || (here && l->items[k].moved);
		if (l->event_day == DAY_NONE || day < l->event_day)
			l->event_day = day;
	}
	if (!moved)
		l->event_day = DAY_NONE;
}

void plan_book(struct plan_job *p)
{
	size_t n;

	if (!p->moved)
		return;
	const struct review **all = sort_reviews(p, &n);
	for (size_t i = 0; i < p->out->n_letters; i++)
		if (*p->out->letters[i].ref)
			book_letter(&p->out->letters[i], all, n);
}
