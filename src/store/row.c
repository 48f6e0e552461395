/* SPDX-License-Identifier: EUPL-1.2 */
/* One row of a register on its way in: compared, written if it differs, reported. */
#include <assert.h>
#include <string.h>

#include "src/store/db.h"

void row_start(struct row *r, const char *what, enum stmt_id get, enum stmt_id put, int keys)
{
	r->what = what;
	r->get = get;
	r->put = put;
	r->keys = keys;
	r->n = 0;
}

static struct cell *row_cell(struct row *r)
{
	assert(r->n < ROW_CELLS);
	return &r->cell[r->n++];
}

void row_text(struct row *r, const char *text)
{
	*row_cell(r) = (struct cell){ .type = CELL_TEXT, .text = text && *text ? text : NULL };
}

/* A part of a key is never NULL: NULLs do not collide. */
void row_key(struct row *r, const char *text)
{
	*row_cell(r) = (struct cell){ .type = CELL_TEXT, .text = text ? text : "" };
}

void row_int(struct row *r, int64_t v)
{
	*row_cell(r) = (struct cell){ .type = CELL_INT, .num = v };
}

void row_day(struct row *r, dayno day)
{
	*row_cell(r) = (struct cell){ .type = CELL_DAY, .num = day };
}

static void put_cell(struct query *q, const struct cell *c)
{
	switch (c->type) {
	case CELL_TEXT:
		put_word(q, c->text);
		break;
	case CELL_INT:
		put_int(q, c->num);
		break;
	case CELL_DAY:
		put_day(q, (dayno)c->num);
		break;
	}
}

static bool same_text(const char *a, const char *b)
{
	return a && b ? !strcmp(a, b) : a == b;
}

static bool same_cell(struct query *q, const struct cell *c)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;

	switch (c->type) {
	case CELL_TEXT:
		return same_text(get_text(q, &a), c->text);
	case CELL_INT:
		return get_int64(q) == c->num;
	case CELL_DAY:
		return get_day(q) == (dayno)c->num;
	}
	return false;
}

static void name_row(struct buf *out, char mark, const struct row *r)
{
	char day[DATE_TEXT];

	buf_fmt(out, "%c %s", mark, r->what);
	for (int i = 0; i < r->keys; i++) {
		const struct cell *c = &r->cell[i];
		const char *text = c->type == CELL_DAY ? date_text((dayno)c->num, day) : c->text;

		if (text && *text)
			buf_fmt(out, " %s", text);
	}
}

/* Names the columns that differ in *changed. A row may have cells beyond the
 * columns that are read back (known_on): they are only for new rows. */
static int compare(struct store *s, const struct row *r, struct buf *changed, struct err *e)
{
	struct query q = query(s, r->get);

	for (int i = 0; i < r->keys; i++)
		put_cell(&q, &r->cell[i]);
	int got = query_row(&q, e);
	if (got <= 0)
		return got;
	int columns = sqlite3_column_count(q.st);
	for (int i = 0; i < r->n && i < columns; i++)
		if (!same_cell(&q, &r->cell[i]))
			buf_fmt(changed, "%s%s", changed->len ? ", " : "",
			        sqlite3_column_name(q.st, i));
	query_end(&q);
	return 1;
}

int row_put(struct store *s, const struct row *r, struct import_report *out, struct err *e)
{
	struct buf changed AUTO(buf_release) = BUF_INIT;
	int known = compare(s, r, &changed, e);

	if (known < 0)
		return -1;
	if (known && !changed.len) {
		out->same++;
		return ROW_SAME;
	}
	struct query q = query(s, r->put);
	int params = q.st ? sqlite3_bind_parameter_count(q.st) : 0;
	for (int i = 0; i < r->n && i < params; i++)
		put_cell(&q, &r->cell[i]);
	name_row(&out->text, known ? '~' : '+', r);
	if (known)
		buf_fmt(&out->text, ": %s", changed.data);
	buf_chr(&out->text, '\n');
	if (query_run(&q, e))
		return err_wrap(e, "%s %s", r->what, r->cell[0].text ? r->cell[0].text : "");
	*(known ? &out->changed : &out->added) += 1;
	return known ? ROW_CHANGED : ROW_ADDED;
}
