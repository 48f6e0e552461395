/* SPDX-License-Identifier: EUPL-1.2 */
/* The events of the demo's year, and what came of them. */
#include <config.h>

#include "src/app/demo-events.h"

#include <stdio.h>
#include <string.h>

#include "app/commands.h"
#include "app/embedded.h"
#include "base/mem.h"
#include "base/text.h"
#include "core/moves.h"

struct demo_event { /* a row of events.txt */
	dayno day;
	const char *deed, *happened, *came;
	size_t moved; /* items that its deed gave another day */
};

struct demo_events {
	struct arena arena;
	struct demo_event *at;
	size_t n, cap;
};

/* ---- the table ---- */

static const char *field(struct arena *a, const char **at, const char *end)
{
	const char *bar = memmem(*at, (size_t)(end - *at), " | ", 3), *stop = bar ? bar : end;
	const char *text = arena_dupn(a, *at, (size_t)(stop - *at));

	*at = bar ? bar + 3 : end;
	return text;
}

int demo_events_open(struct demo_events **out, struct err *e)
{
	const struct embedded_file *f = embedded_find("config/demo/events.txt");
	struct demo_events *d = mem_zalloc(sizeof(*d));
	int line = 0;

	*out = d;
	for (const char *at = f ? f->bytes : "", *end; *at; at = *end ? end + 1 : end) {
		struct demo_event x = { .moved = 0 };

		line++;
		end = strchrnul(at, '\n');
		if (*at == '#' || at == end)
			continue;
		if (!date_parse(field(&d->arena, &at, end), &x.day)) {
			demo_events_close(d);
			return err_set(e, ERR_FOUND, "config/demo/events.txt:%d: a row begins with its date", line);
		}
		x.deed = field(&d->arena, &at, end);
		x.happened = field(&d->arena, &at, end);
		x.came = field(&d->arena, &at, end);
		d->at = arena_grow(&d->arena, d->at, d->n, &d->cap, sizeof(x));
		d->at[d->n++] = x;
	}
	return 0;
}

void demo_events_close(struct demo_events *d)
{
	arena_release(&d->arena);
	mem_free(d);
}

/* ---- what the coordinator does ---- */

static int trigger(struct demo_events *d, struct store *s, const char *words, instant now, struct err *e)
{
	struct options o = { .now = now };
	const char *args[16];

	while (*words && o.n_args < ARRAY_LEN(args)) {
		size_t len = strcspn(words, " ");

		args[o.n_args++] = arena_dupn(&d->arena, words, len);
		words += len + strspn(words + len, " ");
	}
	o.args = args;
	return trigger_in(s, &o, NULL, e);
}

static int act(struct demo_events *d, struct store *s, const char *deed, instant now, struct err *e)
{
	if (text_starts(deed, "import "))
		return import_embedded(s, arena_fmt(&d->arena, "config/demo/%s", deed + strlen("import ")), now, e);
	if (text_starts(deed, "trigger "))
		return trigger(d, s, deed + strlen("trigger "), now, e);
	return 0;
}

/* Does it, and counts the items that have another day since. */
static int act_counting(struct demo_events *d, struct store *s, struct demo_event *x, instant now,
                        struct err *e)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct registry before, after;
	struct moves moves;

	registry_init(&before);
	registry_init(&after);
	int failed = store_load(s, &before, e) || act(d, s, x->deed, now, e) || store_load(s, &after, e);
	if (!failed) {
		moves_between(&before, &after, zone_wall(now).day, &a, &moves);
		x->moved = moves.n;
	}
	registry_release(&after);
	registry_release(&before);
	return failed ? -1 : 0;
}

int demo_events_play(struct demo_events *d, struct store *s, instant now, struct err *e)
{
	dayno today = zone_wall(now).day;

	for (size_t i = 0; i < d->n; i++) {
		struct demo_event *x = &d->at[i];

		if (x->day != today)
			continue;
		if (strstr(x->came, "{moved}") ? act_counting(d, s, x, now, e) : act(d, s, x->deed, now, e))
			return -1;
	}
	return 0;
}

/* ---- what came of it ---- */

struct telling {
	struct store *store;
	const struct registry *registry;
	const struct demo_event *event;
	struct arena arena;
};

/* The value of a fact of a record row, in the arena; NULL: it has none. */
static const char *fact(struct arena *a, const struct record_row *row, const char *name)
{
	const char *key = arena_fmt(a, "%s=", name);

	for (const char *line = row->facts, *end; line && *line; line = *end ? end + 1 : end) {
		end = strchrnul(line, '\n');
		if (text_starts(line, key))
			return arena_dupn(a, line + strlen(key), (size_t)(end - line) - strlen(key));
	}
	return NULL;
}

static bool is_kind(struct arena *a, const struct record_row *row, const char *kind)
{
	const char *rung = fact(a, row, "rung");

	return !strcmp(row->kind, kind) || (!strcmp(row->kind, "notice") && rung && !strcmp(rung, kind));
}

/* The first row of that kind (of a notice its rung will do) about the subject since the
 * event, or "first-KIND" of the year. 1; 0 none; -1 error. */
static int first_of(struct telling *t, const char *kind, const char *subject, struct record_row *out,
                    struct err *e)
{
	bool ever = text_starts(kind, "first-");
	struct record_row *rows;
	size_t n;

	kind += ever ? strlen("first-") : 0;

	if (store_record_list(t->store, &t->arena, subject, &rows, &n, e))
		return -1;
	for (size_t i = 0; i < n; i++)
		if ((ever || zone_wall(rows[i].at).day >= t->event->day) && is_kind(&t->arena, &rows[i], kind)) {
			*out = rows[i];
			return 1;
		}
	return 0;
}

/* Who did it or was written to, by title; or the paragraph, or why. NULL with *e. */
static const char *who(struct telling *t, const struct record_row *row, const char *letter, struct err *e)
{
	struct arena *a = &t->arena;
	const char *said = fact(a, row, "paragraph"), *role = fact(a, row, "role");
	struct letter l;

	if (said || (said = fact(a, row, "reason")))
		return arena_fmt(a, "%s, ", said);
	role = role ? role : fact(a, row, "to");
	role = role ? role : fact(a, row, "by");
	if (!role && (!strcmp(row->kind, "notice") || !strcmp(row->kind, "question"))) {
		int found = store_letter(t->store, a, letter ? letter : fact(a, row, "letter"), &l, e);

		if (found < 0)
			return NULL;
		role = found ? l.role : NULL;
	}
	const struct role *known = registry_role(t->registry, role);
	return known ? arena_fmt(a, "%s, ", known->title) : "";
}

/* The first record of that kind about the item or one of its reviews. */
static const char *recorded(struct telling *t, const char *kind, const char *item, struct err *e)
{
	struct record_row first = { .seq = 0 }, row;
	const char *letter = NULL;
	struct reviews reviews;
	char day[DATE_TEXT];
	int found = first_of(t, kind, item, &first, e);

	if (found < 0 || store_item_reviews(t->store, &t->arena, item, &reviews, e))
		return NULL;
	for (size_t i = 0; i < reviews.n; i++) {
		int any = first_of(t, kind, reviews.at[i].id, &row, e);

		if (any < 0)
			return NULL;
		if (!any || (first.seq && first.seq < row.seq))
			continue;
		first = row;
		letter = reviews.at[i].letter;
	}
	if (!first.seq)
		return "never";
	const char *by = who(t, &first, letter, e);
	return by ? arena_fmt(&t->arena, "%s%s", by, date_text(zone_wall(first.at).day, day)) : NULL;
}

/* When the item is due, or its work must be ready, as it stands at the year's end. */
static const char *dated(struct telling *t, const char *what, const char *item)
{
	const struct item *i = registry_item(t->registry, item);
	char day[DATE_TEXT];
	struct due due;

	if (!i)
		return "never";
	due_compute(t->registry, i, date_of(2027, 12, 31), &t->arena, &due);
	dayno shown = !strcmp(what, "due") ? due.due : due.act_by;
	return shown == DAY_NONE ? "never" : arena_dup(&t->arena, date_text(shown, day));
}

/* When the work on the item's first review had to be ready. */
static const char *ready(struct telling *t, const char *item, struct err *e)
{
	struct reviews reviews;
	char day[DATE_TEXT];

	if (store_item_reviews(t->store, &t->arena, item, &reviews, e))
		return NULL;
	return reviews.n ? arena_dup(&t->arena, date_text(reviews.at[0].act_by, day)) : "never";
}

/* How many mails went to somebody who did not hold a role that day. */
static const char *astray(struct telling *t, struct err *e)
{
	struct outbox_row *rows;
	size_t n, stray = 0;

	if (store_outbox_list(t->store, &t->arena, &rows, &n, e))
		return NULL;
	for (size_t i = 0; i < n; i++) {
		bool known = false, holds = false;

		for (size_t k = 0; k < t->registry->n_roles; k++) {
			const struct role *role = &t->registry->roles[k];

			if (!role->address || strcmp(role->address, rows[i].to))
				continue;
			known = true;
			holds = holds || role_valid(role, zone_wall(rows[i].created).day);
		}
		stray += known && !holds;
	}
	return arena_fmt(&t->arena, "%zu", stray);
}

/* {KIND ITEM}: the record; {due ITEM}, {act-by ITEM}, {ready ITEM}, {moved}, {astray}. */
static const char *looked_up(struct telling *t, const char *name, struct err *e)
{
	const char *space = strchr(name, ' ');
	const char *what = space ? arena_dupn(&t->arena, name, (size_t)(space - name)) : name;

	if (!strcmp(name, "moved"))
		return arena_fmt(&t->arena, "%zu", t->event->moved);
	if (!strcmp(name, "astray"))
		return astray(t, e);
	if (!space)
		return "never";
	if (!strcmp(what, "ready"))
		return ready(t, space + 1, e);
	return !strcmp(what, "due") || !strcmp(what, "act-by") ? dated(t, what, space + 1)
	                                                        : recorded(t, what, space + 1, e);
}

static int came_of(struct telling *t, struct buf *out, struct err *e)
{
	for (const char *at = t->event->came, *end; *at; at = end) {
		end = at + strcspn(at, "{");
		buf_add(out, at, (size_t)(end - at));
		if (!*end)
			break;
		const char *close = strchrnul(end, '}');
		const char *value = looked_up(t, arena_dupn(&t->arena, end + 1, (size_t)(close - end) - 1), e);

		if (!value)
			return -1;
		buf_str(out, value);
		end = *close ? close + 1 : close;
	}
	return 0;
}

int demo_events_tell(const struct demo_events *d, struct store *s, const struct registry *r,
                     struct buf *out, struct err *e)
{
	struct table table;
	int failed = 0;

	table_init(&table, 3);
	table_cell(&table, "Day");
	table_cell(&table, "What happened");
	table_cell(&table, "What came of it");
	for (size_t i = 0; i < d->n && !failed; i++) {
		struct telling t = { .store = s, .registry = r, .event = &d->at[i], .arena = ARENA_INIT };
		struct buf came AUTO(buf_release) = BUF_INIT;
		char day[DATE_TEXT];

		failed = came_of(&t, &came, e);
		table_cell(&table, date_text(d->at[i].day, day));
		table_cell(&table, d->at[i].happened);
		table_cell(&table, came.data);
		arena_release(&t.arena);
	}
	table_write(&table, out);
	table_release(&table);
	return failed;
}
