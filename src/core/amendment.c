/* SPDX-License-Identifier: EUPL-1.2 */
/* What answers made of the register, and what an import leaves of it. */
#include "core/amendment.h"

#include <string.h>

#include "base/text.h"
#include "core/apply.h"
#include "core/shown.h"
#include "inventory-internal.h"

enum { VALUE_LONGEST = 60 };

const char *amendment_before_name(enum amendment_before b)
{
	static const char *const names[] = {
		[AMENDMENT_SAID] = "said", [AMENDMENT_UNKNOWN] = "unknown", [AMENDMENT_NEW] = "new",
	};

	return names[b];
}

enum amendment_before amendment_before_by_name(const char *name)
{
	return !strcmp(name, "said") ? AMENDMENT_SAID : !strcmp(name, "new") ? AMENDMENT_NEW : AMENDMENT_UNKNOWN;
}

const char *amendment_fate_name(enum amendment_fate f)
{
	static const char *const names[] = {
		[AMENDMENT_STANDS] = "stands", [AMENDMENT_AGREED] = "agreed",
		[AMENDMENT_REWRITTEN] = "rewritten", [AMENDMENT_OVERWRITTEN] = "overwritten",
	};

	return names[f];
}

static bool same(const char *a, const char *b)
{
	return a && b ? !strcmp(a, b) : a == b;
}

/* ---- what an answer changes ---- */

void amend_asset(struct change *c, struct arena *a, const struct item *was, const struct item *is, dayno day)
{
	for (int column = 0; column < INVENTORY_COLUMN_COUNT; column++) {
		const char *key = inventory_key((enum inventory_column)column);
		const char *said = was ? shown_get(a, was->shown, key) : NULL;

		if (column != INVENTORY_ID && !same(said, shown_get(a, is->shown, key)))
			change_amendment(c, a, &(struct amendment){
				.what = "item", .id = is->id, .field = key, .said = said,
				.before = was ? AMENDMENT_SAID : AMENDMENT_NEW, .since = day,
			});
	}
	/* What its first review is counted from; the table has no such column. */
	if (!was && is->valid_from != DAY_NONE)
		change_amendment(c, a, &(struct amendment){
			.what = "item", .id = is->id, .field = "valid_from", .before = AMENDMENT_NEW, .since = day,
		});
}

/* "kd 2027-01-18" */
static const char *key_of(struct arena *a, const char *id, dayno day, const char *more)
{
	char text[DATE_TEXT];

	return arena_fmt(a, "%s %s%s%s", id, date_text(day, text), more ? " " : "", more ? more : "");
}

static const char *day_of(struct arena *a, dayno day)
{
	char text[DATE_TEXT];

	return day == DAY_NONE ? NULL : arena_dup(a, date_text(day, text));
}

/* An absence that a mail told of before is known already, if the mail came since it is kept
 * what the files had said. */
void amend_absence(struct change *c, struct arena *a, const struct registry *r, const struct absence *x, dayno day)
{
	struct amendment m = {
		.what = "absence", .id = key_of(a, x->role, x->from, NULL), .field = "to",
		.before = AMENDMENT_NEW, .since = day,
	};

	for (size_t i = 0; i < r->n_absences; i++) {
		const struct absence *old = &r->absences[i];

		if (old->from != x->from || strcmp(old->role, x->role) != 0)
			continue;
		bool filed = old->source && !strcmp(old->source, "register");
		m.before = filed ? AMENDMENT_SAID : AMENDMENT_UNKNOWN;
		m.said = filed ? day_of(a, old->to) : NULL;
	}
	change_amendment(c, a, &m);
}

void amend_exception(struct change *c, struct arena *a, const struct registry *r, const struct exception *x,
                     dayno day)
{
	const struct exception *old = registry_exception(r, x->item, x->day, x->kind);

	change_amendment(c, a, &(struct amendment){
		.what = "exception", .id = key_of(a, x->item, x->day, exception_kind_name(x->kind)), .field = "to",
		.said = old ? day_of(a, old->to) : NULL, .before = old ? AMENDMENT_SAID : AMENDMENT_NEW, .since = day,
	});
}

/* ---- what an import leaves of it ---- */

struct sifting {
	struct arena *a;
	const struct registry *before;
	struct registry *files;
	bool overwrite;
	struct complaints *c;
	struct buf *notes;
	size_t kept;
};

static const char *value(struct arena *a, const char *text)
{
	return text ? arena_fmt(a, "\"%s\"", text_cut(a, text, VALUE_LONGEST)) : "nothing";
}

/* "roller.csv:12: kd frånvarande_till: " */
static void begin(struct sifting *s, const void *row, const char *of, const char *column)
{
	const char *file;
	int line;

	if (complaints_place(s->c, row, &file, &line))
		buf_fmt(s->notes, "%s:%d: ", file, line);
	buf_fmt(s->notes, "%s %s: ", of, column);
}

/* Whether the register's value stands against the file's, which differ; says what becomes of it. */
static bool stands(struct sifting *s, struct amendment *m, const void *row, const char *of, const char *column,
                   const char *file, const char *register_has)
{
	const char *theirs = value(s->a, file), *ours = value(s->a, register_has);
	char since[DATE_TEXT];

	m->fate = s->overwrite ? AMENDMENT_OVERWRITTEN
	          : m->before == AMENDMENT_SAID && !same(file, m->said) ? AMENDMENT_REWRITTEN : AMENDMENT_STANDS;
	begin(s, row, of, column);
	date_text(m->since, since);
	if (m->fate == AMENDMENT_STANDS)
		buf_fmt(s->notes, "kept as %s, which is by an answer of %s; the file says %s\n", ours, since, theirs);
	else
		buf_fmt(s->notes, "%s%s, in the place of %s by an answer of %s\n", theirs,
		        m->fate == AMENDMENT_REWRITTEN ? " is new in the file" : "", ours, since);
	s->kept += m->fate == AMENDMENT_STANDS;
	return m->fate == AMENDMENT_STANDS;
}

/* As the register's file calls it: a table that is sent has new levels only. */
static const char *column_named(enum inventory_column column)
{
	static const char *const levels[] = { "K", "R", "T" };

	return column >= INVENTORY_K ? levels[column - INVENTORY_K] : inventory_column_name(column);
}

static struct item *item_in(struct registry *r, const char *id)
{
	const struct item *found = registry_item(r, id);

	return found ? &r->items[found - r->items] : NULL;
}

/* An id that an answer took is not another asset's. */
static void other_asset(struct sifting *s, const struct amendment *m, const struct item *file, const char *theirs,
                        const char *ours)
{
	const char *name = "informationstillgangar.csv";
	char since[DATE_TEXT];
	int line = 0;

	complaints_place(s->c, file->id, &name, &line);
	complain(s->c, name, line, 0, "%s is %s since %s, by a table that was sent back, and %s here: give this "
	         "one another id, or the name that it has (--overwrite takes what the file says)", m->id,
	         value(s->a, ours), date_text(m->since, since), value(s->a, theirs));
}

/* A file that says nothing of it takes nothing away. */
static void sift_start(struct sifting *s, struct amendment *m, const struct item *stored, struct item *file)
{
	if (file->valid_from != DAY_NONE) {
		m->fate = AMENDMENT_AGREED;
		return;
	}
	file->valid_from = stored->valid_from;
	file->shown = shown_put(&s->files->arena, file->shown, "valid_from", day_of(s->a, stored->valid_from));
}

static void sift_item(struct sifting *s, struct amendment *m)
{
	const struct item *stored = registry_item(s->before, m->id);
	struct item *file = item_in(s->files, m->id);
	enum inventory_column column = INVENTORY_ID;

	if (!strcmp(m->field, "valid_from")) {
		if (stored && file)
			sift_start(s, m, stored, file);
		return;
	}
	while (column < INVENTORY_COLUMN_COUNT && strcmp(inventory_key(column), m->field) != 0)
		column++;
	if (!stored || !file || column == INVENTORY_COLUMN_COUNT)
		return;
	const char *ours = shown_get(s->a, stored->shown, m->field);
	const char *theirs = shown_get(s->a, file->shown, m->field);
	if (same(ours, theirs)) {
		m->fate = AMENDMENT_AGREED;
		return;
	}
	if (m->before == AMENDMENT_NEW && column == INVENTORY_NAME && !s->overwrite)
		other_asset(s, m, file, theirs, ours);
	else if (stands(s, m, file->id, m->id, column_named(column), theirs, ours))
		inventory_set(&s->files->arena, file, column, ours ? arena_dup(&s->files->arena, ours) : NULL);
}

static void sift_absence(struct sifting *s, struct amendment *m)
{
	const struct absence *stored = NULL;

	for (size_t i = 0; i < s->before->n_absences; i++) {
		const struct absence *x = &s->before->absences[i];
		if (!strcmp(key_of(s->a, x->role, x->from, NULL), m->id))
			stored = x;
	}
	for (size_t i = 0; stored && i < s->files->n_absences; i++) {
		struct absence *file = &s->files->absences[i];

		if (file->from != stored->from || strcmp(file->role, stored->role) != 0)
			continue;
		if (file->to == stored->to) {
			m->fate = AMENDMENT_AGREED;
		} else if (stands(s, m, file->role, file->role, "frånvarande_till", day_of(s->a, file->to),
		                  day_of(s->a, stored->to))) {
			file->to = stored->to;
			file->source = arena_dup(&s->files->arena, stored->source);
		}
	}
}

static void sift_exception(struct sifting *s, struct amendment *m)
{
	for (size_t i = 0; i < s->files->n_exceptions; i++) {
		struct exception *file = &s->files->exceptions[i];
		const struct exception *stored = registry_exception(s->before, file->item, file->day, file->kind);

		if (!stored || strcmp(key_of(s->a, file->item, file->day, exception_kind_name(file->kind)), m->id) != 0)
			continue;
		if (file->to == stored->to) {
			m->fate = AMENDMENT_AGREED;
		} else if (stands(s, m, file->item, file->item, "till", day_of(s->a, file->to),
		                  day_of(s->a, stored->to))) {
			file->to = stored->to;
			file->reason = arena_dup(&s->files->arena, stored->reason);
		}
	}
}

/* That somebody told of it is nothing that a file can say, so none takes it back. */
static void keep_told(const struct registry *before, struct registry *files)
{
	for (size_t i = 0; i < before->n_events; i++) {
		const struct event *told = &before->events[i];

		for (size_t k = 0; told->triggered && k < files->n_events; k++) {
			struct event *file = &files->events[k];
			if (file->day != told->day || strcmp(file->name, told->name) != 0 || !same(file->item, told->item))
				continue;
			file->triggered = true;
			file->happened = file->happened || told->happened;
		}
	}
}

size_t amendment_import(struct amendment *at, size_t n, const struct registry *before, bool overwrite,
                        struct registry *files, struct complaints *c, struct buf *notes)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct sifting s = {
		.a = &a, .before = before, .files = files, .overwrite = overwrite, .c = c, .notes = notes,
	};

	for (size_t i = 0; i < n; i++) {
		at[i].fate = AMENDMENT_STANDS;
		if (!strcmp(at[i].what, "item"))
			sift_item(&s, &at[i]);
		else if (!strcmp(at[i].what, "absence"))
			sift_absence(&s, &at[i]);
		else
			sift_exception(&s, &at[i]);
	}
	keep_told(before, files);
	return s.kept;
}
