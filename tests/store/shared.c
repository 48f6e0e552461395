/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/store/shared.h"

#include <stdio.h>

#include "tests/store/fixture.h"

static void say_day(struct buf *out, const char *what, dayno day)
{
	buf_fmt(out, " %s=%d", what ? what : "-", day);
}

static void say_word(struct buf *out, const char *word)
{
	buf_fmt(out, " %s", word ? word : "-");
}

static void put_registry(struct buf *out, const struct registry *r)
{
	for (size_t i = 0; i < r->n_items; i++) {
		const struct item *x = &r->items[i];

		buf_fmt(out, "%s kind=%d retired=%d rules=%zu known=%d until=%d", x->id, (int)x->kind, x->retired,
		        x->rules.n, x->known_on, x->renewed_for);
		say_word(out, x->parent);
		say_word(out, x->replaced_by);
		say_word(out, x->held_by);
		say_day(out, "reviewed", x->reviewed);
		buf_chr(out, '\n');
	}
	for (size_t i = 0; i < r->n_events; i++) {
		say_day(out, r->events[i].name, r->events[i].day);
		say_word(out, r->events[i].item);
	}
	for (size_t i = 0; i < r->n_item_events; i++)
		say_word(out, r->item_events[i]->name);
	for (size_t i = 0; i < r->n_exceptions; i++)
		say_day(out, r->exceptions[i].item, r->exceptions[i].day);
	for (size_t i = 0; i < r->n_roles; i++)
		say_day(out, r->roles[i].id, r->roles[i].dead_from);
	for (size_t i = 0; i < r->n_bodies; i++)
		say_day(out, r->bodies[i].id, r->bodies[i].term_to);
	buf_fmt(out, "%zu units %zu absences %zu trainings %zu meetings %zu days off %zu rests", r->n_units,
	        r->n_absences, r->n_trainings, r->n_meetings, r->n_days_off, r->n_rests);
	say_word(out, r->settings.contact_role);
}

void letters_stand_on_what_they_share(struct store *s, int letters)
{
	struct registry common;

	registry_init(&common);
	OK(store_load_common(s, &common, e));
	for (int n = 1; n <= letters; n++) {
		struct buf whole AUTO(buf_release) = BUF_INIT, over AUTO(buf_release) = BUF_INIT;
		struct registry x, z;
		char ref[REF_TEXT];

		snprintf(ref, sizeof(ref), "GR-%06d", n);
		registry_init(&x);
		OK(store_load_letter(s, ref, &x, e));
		OK(store_load_letter_over(s, &common, ref, &z, e));
		put_registry(&whole, &x);
		put_registry(&over, &z);
		ck_assert_str_eq(over.data, whole.data);
		registry_release(&x);
		registry_release(&z);
	}
	registry_release(&common);
}
