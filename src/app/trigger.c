/* SPDX-License-Identifier: EUPL-1.2 */
/* trigger: what happened, or what has been given a date. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/commands.h"
#include "base/text.h"
#include "core/expr.h"
#include "core/merge.h"
#include "core/moves.h"

static bool has_event(const struct registry *r, const char *name)
{
	for (size_t i = 0; i < r->n_events; i++)
		if (!strcmp(r->events[i].name, name))
			return true;
	return false;
}

static int by_name(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* "avtal_slut, bokslut, …": what rules can name, and what the register gives a date. */
static const char *event_names(const struct registry *r, struct arena *a)
{
	struct buf out AUTO(buf_release) = BUF_INIT;
	size_t known = 0, n = 0;

	while (expr_event_name(known))
		known++;
	const char **all = arena_alloc(a, (known + r->n_events) * sizeof(*all));
	for (size_t i = 0; i < known; i++)
		all[n++] = expr_event_name(i);
	for (size_t i = 0; i < r->n_events; i++)
		all[n++] = r->events[i].name;
	qsort(all, n, sizeof(*all), by_name);
	for (size_t i = 0; i < n; i++)
		if (!i || strcmp(all[i - 1], all[i]) != 0)
			buf_fmt(&out, "%s%s", i ? ", " : "", all[i]);
	return arena_dup(a, out.data);
}

/* "RSA" and "systembyte" by their name in the rules; the register's own as they are. A
 * misspelt one would call for nothing that anybody waits for. */
static int event_name(const struct registry *r, const char *word, struct arena *a, const char **out,
                      struct err *e)
{
	const char *folded = text_fold(a, word), *known = expr_event(folded);

	*out = known ? known : folded;
	if (known || has_event(r, folded))
		return 0;
	return err_set(e, ERR_USAGE, "%s is no event: no rule can name it, and the register gives it no date; "
	               "those there are: %s", word, event_names(r, a));
}

static void add_event(struct registry *r, const struct event *event)
{
	r->events = arena_grow(&r->arena, r->events, r->n_events, &r->cap_events, sizeof(*event));
	r->events[r->n_events++] = *event;
}

/* The events to store, one per item or one for all. A date that has been is
 * something that happened; one that comes is planned. */
static int events_of(const struct options *o, const struct registry *known, struct registry *out,
                     struct err *e)
{
	struct event event = { .triggered = true };

	if (event_name(known, o->args[0], &out->arena, &event.name, e))
		return -1;
	if (!date_parse(o->args[1], &event.day))
		return err_set(e, ERR_USAGE, "%s is no date: write it like 2027-08-24", o->args[1]);
	event.happened = event.day <= zone_wall(o->now).day;
	if (o->n_args == 2)
		add_event(out, &event);
	for (size_t i = 2; i < o->n_args; i++) {
		if (!registry_item(known, o->args[i]))
			return err_set(e, ERR_USAGE, "there is no item %s in the register", o->args[i]);
		event.item = o->args[i];
		add_event(out, &event);
	}
	return 0;
}

/* What the events move. */
static int tell(const struct options *o, const struct registry *before, struct registry *events,
                struct store *s, struct buf *out, struct err *e)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct registry after;
	struct moves moves;

	registry_init(&after);
	int failed = store_load(s, &after, e);
	if (!failed) {
		registry_merge(&after, events);
		registry_index(&after);
		moves_between(before, &after, zone_wall(o->now).day, &a, &moves);
		if (o->json)
			view_moves_json(&moves, out);
		else
			view_moves(&moves, o->lang, out);
	}
	registry_release(&after);
	return failed;
}

int trigger_in(struct store *s, const struct options *o, struct buf *out, struct err *e)
{
	struct registry before, events;

	registry_init(&before);
	registry_init(&events);
	int failed = store_load(s, &before, e) || events_of(o, &before, &events, e)
	             || (out && tell(o, &before, &events, s, out, e));
	if (!failed && !o->dry_run)
		failed = store_trigger(s, events.events, events.n_events, o->now, e);
	registry_release(&events);
	registry_release(&before);
	return failed ? -1 : 0;
}

int command_trigger(const struct options *o, struct err *e)
{
	struct buf out AUTO(buf_release) = BUF_INIT;
	struct house h;

	if (house_open(o, o->dry_run ? STORE_READ : 0, &h, e))
		return -1;
	int failed = trigger_in(h.store, o, &out, e);
	fputs(out.data, stdout);
	house_close(&h);
	return failed;
}
