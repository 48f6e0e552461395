/* SPDX-License-Identifier: EUPL-1.2 */
/* What a table changes, in the words of the letters about it. K, R, T and protected
 * names stay in the database: only that they change is said. */
#include <string.h>

#include "base/csv.h"
#include "base/text.h"
#include "src/app/tables.h"

enum { MOST_SHOWN = 60 }; /* rows of a mail; all of them then stand in a file too */

static const char *pick(const struct pass *p, const char *sv, const char *en)
{
	return p->lang == VIEW_SV ? sv : en;
}

static const struct inventory_field *field_of(const struct inventory_edit *e,
                                              enum inventory_column column)
{
	for (size_t i = 0; i < e->n; i++)
		if (e->fields[i].column == column)
			return &e->fields[i];
	return NULL;
}

/* "T035 Trygghetslarm"; a new one has no id before it is there. */
static const char *asset_words(const struct pass *p, struct arena *a, const struct inventory_edit *e,
                               bool there)
{
	const struct inventory_field *name = field_of(e, INVENTORY_NAME);

	if (e->item)
		return e->item->name_protected || !e->item->title
		       ? letter_title(a, e->item) : arena_fmt(a, "%s %s", e->item->id, e->item->title);
	return arena_fmt(a, "%s %s", there ? e->id : pick(p, "Ny:", "New:"), name && name->new ? name->new : "");
}

static const char *column_words(const struct pass *p, enum inventory_column column)
{
	switch (column) {
	case INVENTORY_CLASSIFIED:
		return pick(p, "senast klassad", "last classified");
	case INVENTORY_K:
		return pick(p, "K, konfidentialitet", "K, confidentiality");
	case INVENTORY_R:
		return pick(p, "R, riktighet", "R, integrity");
	case INVENTORY_T:
		return pick(p, "T, tillgänglighet", "T, availability");
	case INVENTORY_ID:
	case INVENTORY_NAME:
	case INVENTORY_KIND:
	case INVENTORY_OWNER:
	case INVENTORY_RESPONSIBLE:
	case INVENTORY_MANAGER:
	case INVENTORY_STATUS:
	case INVENTORY_RULE:
	case INVENTORY_COLUMN_COUNT:
		break;
	}
	return inventory_column_name(column);
}

static const char *or_dash(const char *s)
{
	return s && *s ? s : "–";
}

static struct letter_row field_row(const struct pass *p, struct arena *a,
                                   const struct inventory_edit *e, const struct inventory_field *f)
{
	bool hidden = !f->old;

	return (struct letter_row){
		.n = asset_words(p, a, e, false),
		.title = column_words(p, f->column),
		.was = hidden ? pick(p, "visas inte i mejl", "not shown by mail") : or_dash(f->old),
		.words = hidden ? pick(p, "ändras som du skrev", "changes as you wrote")
		         : f->column == INVENTORY_STATUS && e->retires
		           ? arena_fmt(a, "%s (%s)", or_dash(f->new), pick(p, "avvecklas", "is retired"))
		           : or_dash(f->new),
	};
}

static struct letter_row removed_row(const struct pass *p, struct arena *a,
                                     const struct inventory_edit *e)
{
	return (struct letter_row){
		.n = asset_words(p, a, e, false),
		.title = pick(p, "hela posten", "the whole entry"),
		.was = pick(p, "finns med", "is there"),
		.words = pick(p, "avvecklas: raden är borta i filen", "is retired: its row is gone from the file"),
	};
}

/* ---- more than a mail can show ---- */

static void put_cell(struct buf *out, const char *text, bool last)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;

	csv_put(out, grid_formula(text) ? arena_fmt(&a, "'%s", text) : text);
	buf_str(out, last ? "\r\n" : ";");
}

static struct mail_attachment rows_file(const struct pass *p, struct arena *a,
                                        const struct letter_words *w)
{
	struct buf b AUTO(buf_release) = BUF_INIT;

	buf_str(&b, "\xef\xbb\xbf");
	buf_str(&b, pick(p, "Post;Uppgift;Står nu;Blir\r\n", "Entry;What;Now;Becomes\r\n"));
	for (size_t i = 0; i < w->n_rows; i++) {
		put_cell(&b, w->rows[i].n, false);
		put_cell(&b, w->rows[i].title, false);
		put_cell(&b, w->rows[i].was, false);
		put_cell(&b, w->rows[i].words, true);
	}
	return (struct mail_attachment){
		.name = pick(p, "andringar.csv", "changes.csv"),
		.type = "text/csv; charset=utf-8",
		.bytes = arena_dupn(a, b.data, b.len),
		.len = b.len,
	};
}

static void cut(const struct pass *p, struct arena *a, struct letter_words *w,
                struct mail_attachment *file)
{
	w->count = arena_fmt(a, "%zu", w->n_rows);
	if (w->n_rows <= MOST_SHOWN)
		return;
	*file = rows_file(p, a, w);
	w->left = arena_fmt(a, "%zu", w->n_rows - MOST_SHOWN);
	w->n_rows = MOST_SHOWN;
}

static void add_row(struct arena *a, struct letter_words *w, size_t *cap, struct letter_row row)
{
	w->rows = arena_grow(a, w->rows, w->n_rows, cap, sizeof(*w->rows));
	w->rows[w->n_rows++] = row;
}

void table_change_rows(const struct pass *p, struct arena *a, const struct inventory_difference *d,
                       struct letter_words *w, struct mail_attachment *file)
{
	size_t cap = 0;

	for (size_t i = 0; i < d->n; i++) {
		const struct inventory_edit *e = &d->edits[i];

		if (e->fate == INVENTORY_REMOVED)
			add_row(a, w, &cap, removed_row(p, a, e));
		for (size_t k = 0; k < e->n; k++)
			add_row(a, w, &cap, field_row(p, a, e, &e->fields[k]));
	}
	cut(p, a, w, file);
}

/* "4 av 7 poster avvecklas och 2 byter namn" */
static const char *mass_words(const struct pass *p, struct arena *a,
                              const struct inventory_difference *d)
{
	const char *of = pick(p, "av", "of");
	const char *retired = arena_fmt(a, "%zu %s %zu %s", d->n_retired, of, d->n_listed,
	                                pick(p, "poster avvecklas", "entries are retired"));
	const char *renamed = arena_fmt(a, "%zu %s %zu %s", d->n_renamed, of, d->n_listed,
	                                pick(p, "poster byter namn", "entries get another name"));

	if (!d->n_renamed)
		return retired;
	return d->n_retired ? arena_fmt(a, "%s %s %s", retired, pick(p, "och", "and"), renamed) : renamed;
}

void table_mass_rows(const struct pass *p, struct arena *a, const struct inventory_difference *d,
                     struct letter_words *w, struct mail_attachment *file)
{
	size_t cap = 0;

	for (size_t i = 0; i < d->n; i++) {
		const struct inventory_edit *e = &d->edits[i];
		const struct inventory_field *name = field_of(e, INVENTORY_NAME);

		if (!e->item)
			continue;
		if (e->retires)
			add_row(a, w, &cap, removed_row(p, a, e));
		else if (name)
			add_row(a, w, &cap, field_row(p, a, e, name));
	}
	cut(p, a, w, file);
	w->object_count = mass_words(p, a, d);
}

/* ---- what was done ---- */

static const char *done_line(const struct pass *p, struct arena *a, const struct inventory_edit *e)
{
	struct buf b AUTO(buf_release) = BUF_INIT;

	buf_fmt(&b, "%s: ", asset_words(p, a, e, true));
	if (e->fate == INVENTORY_ADDED)
		buf_str(&b, pick(p, "ny", "new"));
	else if (e->retires)
		buf_str(&b, pick(p, "avvecklad", "retired"));
	for (size_t i = 0; i < e->n && e->fate == INVENTORY_CHANGED; i++)
		if (!e->retires || e->fields[i].column != INVENTORY_STATUS)
			buf_fmt(&b, "%s%s", i || e->retires ? ", " : pick(p, "ändrat ", "changed "),
			        column_words(p, e->fields[i].column));
	return arena_dup(a, b.data);
}

void table_done_lines(const struct pass *p, struct arena *a, const struct inventory_difference *d,
                      struct letter_lines *out)
{
	size_t n = d->n < MOST_SHOWN ? d->n : MOST_SHOWN;

	*out = (struct letter_lines){ .at = arena_alloc(a, (n + 1) * sizeof(*out->at)), .n = n };
	for (size_t i = 0; i < n; i++)
		out->at[i] = (struct letter_line){ .line = done_line(p, a, &d->edits[i]) };
	if (d->n > n)
		out->at[out->n++] = (struct letter_line){
			.line = arena_fmt(a, "%s %zu %s", pick(p, "och", "and"), d->n - n,
			                  pick(p, "poster till", "more entries")),
		};
}

void table_raised_rows(struct arena *a, const struct inventory_difference *d, struct letter_words *w)
{
	size_t cap = 0;

	for (size_t i = 0; i < d->n; i++) {
		const struct inventory_edit *e = &d->edits[i];
		const struct inventory_field *name = field_of(e, INVENTORY_NAME);

		if (!e->raised)
			continue;
		add_row(a, w, &cap, (struct letter_row){
			.n = e->item ? e->item->id : e->id,
			.title = e->item ? letter_title(a, e->item) : name ? name->new : NULL,
		});
	}
	w->single = w->n_rows == 1;
	w->count = arena_fmt(a, "%zu", w->n_rows);
}
