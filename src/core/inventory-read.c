/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "inventory-internal.h"

enum { NONE = -1 };

struct reading {
	const struct listing *l;
	struct grid *g;
	struct inventory_difference *out;
	const char *held; /* what was shown before; NULL */
	const struct grid_row *mark, *head;
	int field_of[INVENTORY_COLUMN_COUNT]; /* index into a row's cells; NONE */
	const char **ids; /* of the listed assets, folded */
	int *seen;   /* row number of each listed asset; 0: not met */
	size_t n_rows;
	const char *id_begin; /* of ids that new assets get */
	int id_digits;
	long last_id;
};

static const char *cell_at(const struct grid_row *row, int field)
{
	return field >= 0 && (size_t)field < row->n ? row->cell[field] : "";
}

/* ---- whose file it is ---- */

/* The cell that begins with the mark, wherever a spreadsheet put it, folded; *as_is
 * is what stands there. */
static const char *find_mark(struct reading *d, const char **as_is)
{
	for (size_t i = 0; i < d->g->n; i++)
		for (size_t c = 0; c < d->g->rows[i].n; c++) {
			const char *folded = text_fold(d->l->a, d->g->rows[i].cell[c]);
			if (text_starts(folded, INVENTORY_MARK " ")) {
				d->mark = &d->g->rows[i];
				*as_is = d->g->rows[i].cell[c];
				return folded;
			}
		}
	return NULL;
}

/* The next word of the mark, cut out of it. */
static char *word(char **at)
{
	char *from = *at + strspn(*at, " ");
	size_t n = strcspn(from, " ");

	*at = from + n + (from[n] != '\0');
	from[n] = '\0';
	return from;
}

static enum grid_fault check_mark(struct reading *d, const char *ref, const char **value)
{
	const struct listing *l = d->l;
	const char *as_is = "", *mark = find_mark(d, &as_is);
	char version[INVENTORY_VERSION], *at = arena_dup(l->a, mark ? mark : "");
	char *whose = arena_dup(l->a, as_is);

	word(&at);
	char *ref_is = word(&at), *id_is = word(&at), *version_is = word(&at);
	if (!mark || !*version_is)
		return GRID_NO_MARK;
	word(&whose);
	*value = word(&whose);
	*value = arena_fmt(l->a, "%s %s", *value, word(&whose));
	if (strcmp(ref_is, text_fold(l->a, ref)) != 0 ||
	    strcmp(id_is, text_fold(l->a, l->inventory->id)) != 0)
		return GRID_OTHER_FILE;
	listing_version(l, version);
	if (d->held)
		return GRID_READ;
	return *version_is != 'v' || strcmp(version_is + 1, version) != 0 ? GRID_OLDER : GRID_READ;
}

/* ---- its columns ---- */

static bool names_columns(struct reading *d, const struct grid_row *row)
{
	bool id = false, name = false;

	for (size_t c = 0; c < row->n; c++) {
		enum inventory_column column = inventory_column_of(d->l->a, row->cell[c]);
		id = id || column == INVENTORY_ID;
		name = name || column == INVENTORY_NAME;
	}
	return id && name;
}

static bool filled(const struct reading *d, size_t field)
{
	for (size_t i = 0; i < d->g->n; i++) {
		const struct grid_row *row = &d->g->rows[i];
		if (row != d->head && row != d->mark && *cell_at(row, (int)field))
			return true;
	}
	return false;
}

static bool read_head(struct reading *d)
{
	struct grid *g = d->g;

	for (size_t i = 0; i < g->n && !d->head; i++)
		if (names_columns(d, &g->rows[i]))
			d->head = &g->rows[i];
	for (int c = 0; c < INVENTORY_COLUMN_COUNT; c++)
		d->field_of[c] = NONE;
	for (size_t f = 0; d->head && f < d->head->n; f++) {
		const char *heading = d->head->cell[f];
		enum inventory_column column = inventory_column_of(d->l->a, heading);
		if (column == INVENTORY_COLUMN_COUNT) {
			if (*heading && filled(d, f))
				grid_complain(d->l->a, g, GRID_UNKNOWN_COLUMN, d->head->number, (int)f + 1,
				              heading);
		} else if (d->field_of[column] != NONE) {
			grid_complain(d->l->a, g, GRID_DOUBLE_COLUMN, d->head->number, (int)f + 1, heading);
		} else {
			d->field_of[column] = (int)f;
		}
	}
	for (int c = 0; c < INVENTORY_COLUMN_COUNT; c++)
		if (d->field_of[c] == NONE)
			d->out->missing |= 1U << c;
	return d->head != NULL;
}

/* ---- its rows ---- */

/* As ids are typed, and as spreadsheets leave them: 001 is 1. Both folded. */
static bool same_id(const char *x, const char *y)
{
	if (strcmp(x, y) == 0)
		return true;
	return !x[strspn(x, "0123456789")] && !y[strspn(y, "0123456789")] &&
	       strcmp(x + strspn(x, "0"), y + strspn(y, "0")) == 0;
}

static int find_asset(const struct reading *d, const char *cell)
{
	size_t low = 0, high = d->l->n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = strcmp(d->l->assets[middle]->id, cell);
		if (order == 0)
			return (int)middle;
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	const char *folded = text_fold(d->l->a, cell);
	for (size_t i = 0; i < d->l->n; i++)
		if (same_id(d->ids[i], folded))
			return (int)i;
	return NONE;
}

/* Ids like those that are there: how they begin, and how many digits follow. */
static void learn_ids(struct reading *d)
{
	const struct listing *l = d->l;
	const char *like = l->n ? l->assets[0]->id : "T000";
	size_t n = strcspn(like, "0123456789");

	if (!like[n] || strlen(like + n) > 9 || like[n + strspn(like + n, "0123456789")]) {
		like = "T000";
		n = 1;
	}
	d->id_begin = arena_dupn(l->a, like, n);
	d->id_digits = (int)strlen(like + n);
	for (size_t i = 0; i < l->r->n_items; i++) {
		const char *id = l->r->items[i].id;
		if (!text_starts(id, d->id_begin))
			continue;
		id += n;
		size_t digits = strspn(id, "0123456789");
		long is = digits && digits <= 9 && !id[digits] ? atol(id) : 0;
		d->last_id = is > d->last_id ? is : d->last_id;
	}
}

static void add_field(const struct reading *d, struct inventory_edit *e, struct inventory_field f)
{
	if (!e->fields)
		e->fields = arena_alloc(d->l->a, INVENTORY_COLUMN_COUNT * sizeof(*e->fields));
	e->fields[e->n++] = f;
}

static void read_cells(struct reading *d, const struct grid_row *row, struct inventory_edit *e)
{
	for (int c = INVENTORY_ID + 1; c < INVENTORY_COLUMN_COUNT; c++) {
		const char *cell = cell_at(row, d->field_of[c]);
		struct inventory_field field;
		enum grid_fault fault = GRID_READ;
		bool hidden = c == INVENTORY_NAME && e->item && e->item->name_protected;
		if (d->field_of[c] == NONE)
			continue;
		enum cell_is is = inventory_cell(d->l, e->item, (enum inventory_column)c, cell,
		                                 &field, &fault);
		if (is == CELL_BAD)
			grid_complain(d->l->a, d->g, fault, row->number, d->field_of[c] + 1,
			              hidden ? NULL : cell);
		else if (is == CELL_NEW)
			add_field(d, e, field);
	}
	for (size_t f = 0; f < row->n; f++)
		if (*row->cell[f] && (f >= d->head->n || !*d->head->cell[f]))
			grid_complain(d->l->a, d->g, GRID_UNKNOWN_COLUMN, row->number, (int)f + 1,
			              row->cell[f]);
}

static bool has_field(const struct inventory_edit *e, enum inventory_column column)
{
	for (size_t i = 0; i < e->n; i++)
		if (e->fields[i].column == column)
			return true;
	return false;
}

static void judge(const struct reading *d, struct inventory_edit *e)
{
	for (size_t i = 0; i < e->n; i++) {
		const struct inventory_field *f = &e->fields[i];
		int axis = (int)f->column - INVENTORY_K;
		if (axis >= 0 && *f->value - '0' > (e->item ? e->item->levels[axis] : -1))
			e->raised |= 1U << axis;
		if (f->column == INVENTORY_STATUS)
			e->retires = item_status_retired(text_fold(d->l->a, f->value ? f->value : ""));
	}
}

static void keep(struct reading *d, struct inventory_edit *e)
{
	struct inventory_difference *out = d->out;

	if (d->held && !inventory_was_shown(d->l->a, d->held, e))
		return;
	judge(d, e);
	out->edits = arena_grow(d->l->a, out->edits, out->n, &out->cap, sizeof(*e));
	out->edits[out->n++] = *e;
	out->n_added += e->fate == INVENTORY_ADDED;
	out->n_changed += e->fate == INVENTORY_CHANGED;
	out->n_retired += e->retires && e->item;
	if (e->item) {
		out->n_renamed += has_field(e, INVENTORY_NAME);
		out->n_owners += has_field(e, INVENTORY_OWNER) || has_field(e, INVENTORY_RESPONSIBLE);
	}
	out->raised = out->raised || e->raised;
}

/* Somebody answers for what is new: who answers for the inventory, if nobody is named. */
static void add_new(struct reading *d, struct inventory_edit *e)
{
	const char *holder = d->l->inventory->responsible;

	e->fate = INVENTORY_ADDED;
	e->id = arena_fmt(d->l->a, "%s%0*ld", d->id_begin, d->id_digits, ++d->last_id);
	if (!has_field(e, INVENTORY_RESPONSIBLE) && holder)
		add_field(d, e, (struct inventory_field){
			.column = INVENTORY_RESPONSIBLE, .old = "", .value = holder,
			.new = inventory_words(d->l, INVENTORY_RESPONSIBLE, holder),
		});
	keep(d, e);
}

static bool is_new(struct arena *a, const char *id)
{
	const char *folded = text_fold(a, id);

	return !*folded || strcmp(folded, "-") == 0 || strcmp(folded, "ny") == 0 ||
	       strcmp(folded, "new") == 0;
}

static void read_row(struct reading *d, const struct grid_row *row)
{
	struct inventory_edit e = {.fate = INVENTORY_CHANGED, .row = row->number};
	int field = d->field_of[INVENTORY_ID];
	const char *id = cell_at(row, field);

	d->n_rows++;
	if (is_new(d->l->a, id)) {
		read_cells(d, row, &e);
		add_new(d, &e);
		return;
	}
	int at = find_asset(d, id);
	if (at == NONE || d->seen[at]) {
		enum grid_fault fault = grid_formula(id) ? GRID_FORMULA
		                      : at == NONE ? GRID_UNKNOWN_ID : GRID_DOUBLE_ID;
		grid_complain(d->l->a, d->g, fault, row->number, field + 1, id);
		return;
	}
	d->seen[at] = row->number;
	e.item = d->l->assets[at];
	read_cells(d, row, &e);
	if (e.n)
		keep(d, &e);
}

static void find_removed(struct reading *d)
{
	for (size_t i = 0; i < d->l->n; i++)
		if (!d->seen[i])
			keep(d, &(struct inventory_edit){
				.fate = INVENTORY_REMOVED, .item = d->l->assets[i], .retires = true,
			});
}

static bool too_many(size_t n, size_t of, const struct inventory_limits *limits)
{
	return n > (size_t)limits->rows && n * 100 > of * (size_t)limits->percent;
}

bool inventory_compare(const struct registry *r, const struct item *inventory, dayno day,
                       const char *ref, const char *held, const struct inventory_limits *limits,
                       struct arena *a, struct grid *grid, struct inventory_difference *out)
{
	struct listing l = listing_make(r, inventory, day, a);
	struct reading d = {.l = &l, .g = grid, .out = out, .held = held};
	const char *value = NULL;
	bool table;

	*out = (struct inventory_difference){.n_listed = l.n};
	if (grid->n_complaints && !grid->n)
		return false;
	learn_ids(&d);
	d.ids = arena_alloc(a, (l.n + 1) * sizeof(*d.ids));
	for (size_t i = 0; i < l.n; i++)
		d.ids[i] = text_fold(a, l.assets[i]->id);
	d.seen = arena_alloc(a, (l.n + 1) * sizeof(*d.seen));
	enum grid_fault fault = check_mark(&d, ref, &value);
	table = read_head(&d);
	if (!table || fault) {
		/* Whose file it is comes first: what else is wrong does not matter then. */
		grid->n_complaints = 0;
		grid_complain(a, grid, table || fault == GRID_OTHER_FILE ? fault : GRID_NO_TABLE, 0, 0,
		              value);
		*out = (struct inventory_difference){.n_listed = l.n};
		return false;
	}
	for (size_t i = 0; i < grid->n && grid->n_complaints < GRID_MAX_COMPLAINTS; i++)
		if (&grid->rows[i] != d.head && &grid->rows[i] != d.mark)
			read_row(&d, &grid->rows[i]);
	if (!d.n_rows && l.n)
		grid_complain(a, grid, GRID_EMPTIED, 0, 0, NULL);
	find_removed(&d);
	out->mass = too_many(out->n_retired, l.n, limits) || too_many(out->n_renamed, l.n, limits);
	listing_version(&l, out->version);
	/* What fitted before and does not now is not the sender's mistake. */
	if (held && (grid->n_complaints || !out->n)) {
		grid->n_complaints = 0;
		grid_complain(a, grid, GRID_OLDER, 0, 0, NULL);
	}
	if (grid->n_complaints)
		*out = (struct inventory_difference){.n_listed = l.n};
	return !grid->n_complaints;
}
