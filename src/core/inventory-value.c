/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "core/shown.h"
#include "inventory-internal.h"

/* headings: folded, in the order in which they are tried. */
static const struct {
	const char *name, *key;
	const char *headings[6];
} columns[INVENTORY_COLUMN_COUNT] = {
	[INVENTORY_ID] = {"tillgång_id", "id", {"tillgång_id", "tillgång id", "tillgångsid", "id"}},
	[INVENTORY_NAME] = {"namn", "title", {"namn", "titel", "name", "title"}},
	[INVENTORY_KIND] = {"slag", "subkind", {"slag", "typ", "kind"}},
	[INVENTORY_OWNER] = {"informationsägare", "owner",
	                     {"informationsägare", "information owner"}},
	[INVENTORY_RESPONSIBLE] = {"ansvarig", "responsible",
	                           {"ansvarig", "ansvarig roll", "systemägare", "responsible"}},
	[INVENTORY_MANAGER] = {"systemförvaltare", "manager",
	                       {"systemförvaltare", "förvaltare", "manager"}},
	[INVENTORY_STATUS] = {"status", "status", {"status"}},
	[INVENTORY_CLASSIFIED] = {"senast_klassad", "classified",
	                          {"senast_klassad", "senast klassad", "klassad", "classified"}},
	[INVENTORY_RULE] = {"intervall", "rule", {"intervall", "interval"}},
	[INVENTORY_K] = {"ny K", "k", {"ny k", "k", "konfidentialitet", "new k"}},
	[INVENTORY_R] = {"ny R", "r", {"ny r", "r", "riktighet", "new r"}},
	[INVENTORY_T] = {"ny T", "t", {"ny t", "t", "tillgänglighet", "new t"}},
};

const char *inventory_column_name(enum inventory_column column)
{
	return columns[column].name;
}

const char *inventory_key(enum inventory_column column)
{
	return columns[column].key;
}

enum inventory_column inventory_column_of(struct arena *a, const char *heading)
{
	const char *folded = text_fold(a, heading);

	for (int c = 0; c < INVENTORY_COLUMN_COUNT; c++)
		for (size_t i = 0; i < ARRAY_LEN(columns[c].headings) && columns[c].headings[i]; i++)
			if (strcmp(columns[c].headings[i], folded) == 0)
				return (enum inventory_column)c;
	return INVENTORY_COLUMN_COUNT;
}

/* ---- how a value is shown ---- */

/* A role by its title, where that names it alone; else by its id. */
static const char *role_words(const struct listing *l, const char *id)
{
	const struct role *role = registry_role(l->r, id);
	size_t n = 0;

	if (!role || !role->title)
		return id;
	const char *folded = text_fold(l->a, role->title);
	for (size_t i = 0; i < l->n_roles; i++)
		n += strcmp(l->roles[i].title, folded) == 0;
	return n == 1 && (role->to == DAY_NONE || role->to >= l->day) &&
	       !registry_role(l->r, role->title) ? text_tidy(l->a, role->title) : id;
}

const char *inventory_words(const struct listing *l, enum inventory_column column, const char *value)
{
	if (!value)
		return "";
	if (column == INVENTORY_OWNER || column == INVENTORY_RESPONSIBLE || column == INVENTORY_MANAGER)
		return role_words(l, value);
	return text_tidy(l->a, value);
}

const char *inventory_value(const struct listing *l, const struct item *i,
                            enum inventory_column column)
{
	char day[DATE_TEXT];

	switch (column) {
	case INVENTORY_ID:
		return i->id;
	case INVENTORY_NAME:
		return i->title;
	case INVENTORY_KIND:
		return i->subkind;
	case INVENTORY_RESPONSIBLE:
		return i->responsible;
	case INVENTORY_CLASSIFIED:
		return i->classified == DAY_NONE ? NULL
		       : arena_dup(l->a, date_text(i->classified, day));
	case INVENTORY_RULE:
		return i->rule_text;
	case INVENTORY_OWNER:
	case INVENTORY_MANAGER:
	case INVENTORY_STATUS:
		return shown_get(l->a, i->shown, columns[column].key);
	case INVENTORY_K:
	case INVENTORY_R:
	case INVENTORY_T:
	case INVENTORY_COLUMN_COUNT:
		break;
	}
	return NULL;
}

const char *inventory_shown(const struct listing *l, const struct item *i,
                            enum inventory_column column)
{
	if (column == INVENTORY_NAME && i->name_protected)
		return "";
	return inventory_words(l, column, inventory_value(l, i, column));
}

const char *inventory_guarded(struct arena *a, const char *shown)
{
	return grid_formula(shown) ? arena_fmt(a, "'%s", shown) : shown;
}

/* ---- how a cell is read ---- */

static bool digits(const char *s)
{
	return *s && !s[strspn(s, "0123456789")];
}

/* What a spreadsheet makes of what it was given: leading zeros go. */
static bool same_text(const struct listing *l, const char *cell, const char *shown)
{
	if (strcmp(cell, shown) == 0 || strcmp(cell, inventory_guarded(l->a, shown)) == 0)
		return true;
	return digits(cell) && digits(shown) &&
	       strcmp(cell + strspn(cell, "0"), shown + strspn(shown, "0")) == 0;
}

static bool control(const char *cell)
{
	for (uint32_t cp; (cp = text_next(&cell));)
		if (cp < ' ' || (cp >= 0x7F && cp < 0xA0))
			return true;
	return false;
}

/* "#NAMN?", "#REF!", "#SAKNAS!", "#N/A", "########". */
static bool broken(const char *cell)
{
	size_t n = strlen(cell);

	return cell[0] == '#' && n > 1 &&
	       (cell[n - 1] == '!' || cell[n - 1] == '?' || strcmp(cell, "#N/A") == 0 ||
	        strspn(cell, "#") == n);
}

static const struct role *find_role(const struct listing *l, const char *cell)
{
	const char *folded = text_fold(l->a, cell);
	const struct role *found = registry_role(l->r, cell);
	size_t n = 0;

	if (found)
		return found;
	for (size_t i = 0; i < l->n_roles; i++) {
		const struct role_name *name = &l->roles[i];
		if (strcmp(name->title, folded) != 0 && strcmp(name->id, folded) != 0 &&
		    strcmp(name->address, folded) != 0)
			continue;
		found = name->role;
		n++;
	}
	return n == 1 ? found : NULL;
}

/* "3/11/2025" is a day in March or in November: both, where both are days. */
static int two_readings(const char *cell, dayno out[2])
{
	int a, b, y, used = 0, n = 0;

	if (sscanf(cell, "%2d%*1[./-]%2d%*1[./-]%4d%n", &a, &b, &y, &used) != 3 || cell[used] ||
	    y < 1900 || y > 2200)
		return 0;
	for (int swap = 0; swap < 2; swap++) {
		int d = swap ? b : a, m = swap ? a : b;
		if (m >= 1 && m <= 12 && d >= 1 && d <= date_days_in_month(y, m))
			out[n++] = date_of(y, m, d);
	}
	return n;
}

/* The ways in which spreadsheets write a day, a serial number from .xlsx too. */
static bool read_day(const struct listing *l, const char *cell, dayno old, dayno *out)
{
	char *text = arena_dup(l->a, cell);
	size_t n = strcspn(text, " T");
	dayno both[2];

	if (text[n] && strspn(text + n, " T0:.,") == strlen(text + n))
		text[n] = '\0';
	if (date_parse(text, out))
		return true;
	n = strlen(text);
	if (digits(text) && n == 8)
		return date_parse(arena_fmt(l->a, "%.4s-%.2s-%.2s", text, text + 4, text + 6), out);
	if (digits(text) && n == 5) {
		*out = date_of(1899, 12, 30) + atoi(text);
		return true;
	}
	if (n == 10 && strspn(text, "0123456789") == 4 && strchr("/.", text[4]) && text[7] == text[4])
		return date_parse(arena_fmt(l->a, "%.4s-%.2s-%.2s", text, text + 5, text + 8), out);
	int readings = two_readings(text, both);
	if (readings == 2 && both[0] != both[1] && both[0] != old && both[1] != old)
		return false;
	*out = readings == 2 && both[1] == old ? both[1] : readings ? both[0] : DAY_NONE;
	return readings > 0;
}

static enum cell_is bad(enum grid_fault *fault, enum grid_fault what)
{
	*fault = what;
	return CELL_BAD;
}

static enum cell_is read_day_cell(const struct listing *l, const struct item *i, const char *cell,
                                  struct inventory_field *out, enum grid_fault *fault)
{
	dayno old = i ? i->classified : DAY_NONE, day;
	char text[DATE_TEXT];

	if (!read_day(l, cell, old, &day))
		return bad(fault, GRID_NO_DATE);
	if (day == old)
		return CELL_SAME;
	if (day > l->day)
		return bad(fault, GRID_FUTURE);
	out->value = arena_dup(l->a, date_text(day, text));
	return CELL_NEW;
}

static enum cell_is read_level_cell(const struct listing *l, const struct item *i,
                                    enum inventory_column column, const char *cell,
                                    struct inventory_field *out, enum grid_fault *fault)
{
	if (strcmp(cell, "4") == 0)
		return bad(fault, GRID_SECURITY);
	if (cell[0] < '0' || cell[0] > '3' || cell[1])
		return bad(fault, GRID_LEVEL);
	if (i && i->levels[column - INVENTORY_K] == cell[0] - '0')
		return CELL_SAME;
	out->value = arena_dup(l->a, cell);
	return CELL_NEW;
}

static enum cell_is read_role_cell(const struct listing *l, const struct item *i,
                                   enum inventory_column column, const char *cell,
                                   struct inventory_field *out, enum grid_fault *fault)
{
	const char *old = i ? inventory_value(l, i, column) : NULL;
	const struct role *was = old ? registry_role(l->r, old) : NULL, *role = find_role(l, cell);

	/* As it was shown when its title named it alone; now two have that title. */
	if (!role && was && was->title &&
	    strcmp(text_fold(l->a, was->title), text_fold(l->a, cell)) == 0)
		return CELL_SAME;
	if (!role)
		return bad(fault, GRID_NO_ROLE);
	if (old && strcmp(old, role->id) == 0)
		return CELL_SAME;
	out->value = role->id;
	return CELL_NEW;
}

static bool must_be_there(enum inventory_column column)
{
	return column == INVENTORY_NAME || column == INVENTORY_RESPONSIBLE;
}

/* An empty cell: nothing was shown, or what was shown is taken away. */
static enum cell_is read_empty(const struct item *i, enum inventory_column column, const char *shown,
                               enum grid_fault *fault)
{
	if (column == INVENTORY_NAME && !i)
		return bad(fault, GRID_EMPTY);
	if (!*shown || column >= INVENTORY_K)
		return CELL_SAME;
	return must_be_there(column) ? bad(fault, GRID_EMPTY) : CELL_NEW;
}

static enum cell_is read_full(const struct listing *l, const struct item *i,
                              enum inventory_column column, const char *cell,
                              struct inventory_field *out, enum grid_fault *fault)
{
	switch (column) {
	case INVENTORY_OWNER:
	case INVENTORY_RESPONSIBLE:
	case INVENTORY_MANAGER:
		return read_role_cell(l, i, column, cell, out, fault);
	case INVENTORY_CLASSIFIED:
		return read_day_cell(l, i, cell, out, fault);
	case INVENTORY_K:
	case INVENTORY_R:
	case INVENTORY_T:
		return read_level_cell(l, i, column, cell, out, fault);
	case INVENTORY_ID:
	case INVENTORY_NAME:
	case INVENTORY_KIND:
	case INVENTORY_STATUS:
	case INVENTORY_RULE:
	case INVENTORY_COLUMN_COUNT:
		break;
	}
	out->value = arena_dup(l->a, cell);
	return CELL_NEW;
}

static const char *value_before(const struct listing *l, const struct item *i,
                                enum inventory_column column)
{
	if (!i || column < INVENTORY_K)
		return i ? inventory_value(l, i, column) : NULL;
	int level = i->levels[column - INVENTORY_K];
	return level < 0 ? NULL : arena_fmt(l->a, "%d", level);
}

enum cell_is inventory_cell(const struct listing *l, const struct item *i,
                            enum inventory_column column, const char *cell,
                            struct inventory_field *out, enum grid_fault *fault)
{
	const char *shown = i ? inventory_shown(l, i, column) : "";
	bool hidden = column >= INVENTORY_K || (column == INVENTORY_NAME && i && i->name_protected);
	bool dash = strcmp(cell, "-") == 0 || strcmp(cell, "–") == 0;
	enum cell_is is;

	*out = (struct inventory_field){.column = column, .was = value_before(l, i, column)};
	if (*cell && same_text(l, cell, shown))
		return CELL_SAME;
	if (control(cell))
		return bad(fault, GRID_CONTROL);
	if (grid_formula(cell) && !dash)
		return bad(fault, GRID_FORMULA);
	if (broken(cell))
		return bad(fault, GRID_BROKEN);
	if (cell[0] == '\'' && grid_formula(cell + 1))
		cell++;
	is = !*cell || (dash && column != INVENTORY_RULE)
	   ? read_empty(i, column, shown, fault) : read_full(l, i, column, cell, out, fault);
	if (is == CELL_NEW && !hidden) {
		out->old = shown;
		out->new = inventory_words(l, column, out->value);
	}
	return is;
}
