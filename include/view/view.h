/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_VIEW_VIEW_H
#define OVERSYN_VIEW_VIEW_H

#include "base/buf.h"
#include "core/change.h"
#include "core/due.h"
#include "core/findings.h"
#include "core/forecast.h"
#include "core/header.h"
#include "core/moves.h"

/* What people and programs see: tables for the former, one JSON object per
 * line for the latter. Values in, text out; field names are DESIGN §10's. */

enum view_lang { VIEW_SV, VIEW_EN };

/* A plain table: columns as wide as their widest cell. Cells are appended row
 * by row; the first row is the head. */
struct table {
	struct arena arena;
	const char **cell;
	size_t n, cap;
	size_t columns;
};
void table_init(struct table *t, size_t columns);
void table_cell(struct table *t, const char *text); /* NULL: "–" */
void table_write(const struct table *t, struct buf *out);
void table_release(struct table *t);

/* A JSON object on one line, built field by field in order. */
struct json;
struct json *json_new(void);
void json_str(struct json *j, const char *key, const char *value); /* NULL: null */
void json_day(struct json *j, const char *key, dayno day);         /* DAY_NONE: null */
void json_int(struct json *j, const char *key, long long value);
void json_bool(struct json *j, const char *key, bool value);
void json_list(struct json *j, const char *key, const char *const *values, size_t n);
void json_open(struct json *j, const char *key);  /* an array of objects follows */
void json_item(struct json *j);                   /* the next object of it */
void json_close(struct json *j);                  /* the array ends */
void json_write(struct json *j, struct buf *out); /* with newline; frees j */

/* `oversyn due`: one row or object per item. The head comes first and is what
 * initialises the table. */
void view_due_head(struct table *t, enum view_lang lang);
void view_due_row(struct table *t, const struct item *i, const struct due *d, enum view_lang lang);
void view_due_json(const struct item *i, const struct due *d, struct buf *out);
/* What confirmed tables did to an asset, a sentence each. */
void view_why_edits(const struct registry *r, const struct item_edit *edits, size_t n,
                    enum view_lang lang, struct buf *out);
/* `oversyn why ITEM`: the derivation in words. */
void view_why(const struct registry *r, const struct item *i, const struct due *d, dayno today,
              enum view_lang lang, struct buf *out);
/* `oversyn check`: grouped by severity with what to mend; and per body in figures. */
void view_findings(const struct findings *f, enum view_lang lang, struct buf *out);
const char *view_finding_text(struct arena *a, const struct finding *f, enum view_lang lang);
void view_finding_json(const struct finding *f, enum view_lang lang, struct buf *out);
void view_coverage(const struct findings *f, enum view_lang lang, struct buf *out);
void view_coverage_json(const struct coverage *c, struct buf *out);
/* `oversyn plan`: weeks with a bar; one row per body or role; a smoother plan. */
void view_forecast_weeks(const struct week *weeks, size_t n, enum view_lang lang, struct buf *out);
void view_forecast_week_json(const struct week *w, const char *body, const char *role,
                             struct buf *out); /* NULL: of all */
void view_forecast_head(struct table *t, enum view_lang lang, const char *what);
void view_forecast_row(struct table *t, const char *name, const struct week *weeks, size_t n);
void view_level(const struct level *l, enum view_lang lang, struct buf *out);
void view_level_json(const struct level *l, struct buf *out);
/* Which due dates a change moves: a table and how many, or an object for each. */
void view_moves(const struct moves *m, enum view_lang lang, struct buf *out);
void view_moves_json(const struct moves *m, struct buf *out);
/* `oversyn header FILE`. */
void view_header_json(const struct header *h, const struct due *d, struct buf *out);
void view_header_table(const struct header *h, const struct due *d, enum view_lang lang,
                       struct buf *out);

/* A date for people: "fredagen den 12 mars 2027", "12 mars"; "Friday 12 March 2027". */
void view_date_long(dayno day, enum view_lang lang, struct buf *out);
void view_date_short(dayno day, enum view_lang lang, struct buf *out);
/* A post as a Swedish sentence speaks of its holder: "säkerhetschefen", at its start
 * "Säkerhetschefen". As it is written where it is more than one word, or none of those
 * whose definite form is known; always in English. */
const char *view_post(struct arena *a, const char *title, bool starts, enum view_lang lang) MUST_USE;
/* Why an item is due that its own words do not say, for a cell of a table: "avtalet
 * går ut 2027-12-31". NULL: its words do. */
const char *view_implied_words(struct arena *a, const struct reason *s, enum view_lang lang) MUST_USE;
const char *view_status_word(enum due_status s, enum view_lang lang);
/* What is recorded as a code, "accepted", or as a reason in English, as people read it:
 * in Swedish where there is a word for it, else as it is. NULL stays NULL. */
const char *view_code(const char *code, enum view_lang lang);
const char *view_reason(struct arena *a, const char *reason, enum view_lang lang) MUST_USE;
/* What an import says, lines in English, the same way. */
void view_import(const char *lines, enum view_lang lang, struct buf *out);
/* A rule for people: "every fourth year", "vart fjärde år". */
void view_rule(const struct rule *r, enum view_lang lang, struct buf *out);
/* A cycle by its name: "bokslutet", "the election". */
void view_event(const char *name, enum view_lang lang, struct buf *out);

#endif
