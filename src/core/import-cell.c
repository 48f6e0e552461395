/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "base/text.h"
#include "core/address.h"
#include "import-internal.h"

const char *import_date(const char *value, dayno *out)
{
	if (date_parse(value, out))
		return "";
	bool shaped = strlen(value) == DATE_TEXT - 1 && value[4] == '-' && value[7] == '-' &&
	              strspn(value, "0123456789-") == DATE_TEXT - 1;
	return shaped ? "is no day of the calendar: write the date that was meant"
	              : "is no date: write it as 2027-01-31";
}

const char *import_number(const char *value, int *out)
{
	size_t n = strspn(value, "0123456789");

	if (!n || value[n] || n > 9)
		return "is no whole number: write digits only, at most nine";
	*out = 0;
	for (; *value; value++)
		*out = *out * 10 + (*value - '0');
	return "";
}

/* A value that is a word of a table; -1 if it is none. */
static int word_of(struct reader *r, const char *value, const char *const words[], int n)
{
	const char *folded = text_fold(&r->into->arena, value);

	for (int i = 0; i < n; i++)
		if (strcmp(words[i], folded) == 0)
			return i;
	return -1;
}

static const char *read_yes_no(struct reader *r, const char *value, int *out)
{
	static const char *const words[] = {"nej", "ja"};

	*out = word_of(r, value, words, 2);
	return *out < 0 ? "is neither ja nor nej: write one of them" : "";
}

static const char *read_weekday(struct reader *r, const char *value, int *out)
{
	static const char *const words[] = {"måndag", "tisdag", "onsdag", "torsdag",
	                                    "fredag", "lördag", "söndag"};

	*out = word_of(r, value, words, 7) + 1;
	return *out ? "" : "is no weekday: write måndag, tisdag … söndag";
}

static const char *read_level(const char *value, int *out)
{
	if (strcmp(value, "4") == 0)
		return "is the level for rikets säkerhet, which must not be in this register: "
		       "remove the row and handle it under säkerhetsskyddslagen";
	if (value[0] < '0' || value[0] > '3' || value[1])
		return "is no level: K, R and T are 0, 1, 2 or 3";
	*out = value[0] - '0';
	return "";
}

static const char *read_time(const char *value, int out[2])
{
	static const char fault[] = "is no time of day: write it as 08.30";
	int hour = 0, minute = 0;
	size_t n = strspn(value, "0123456789");

	if (n < 1 || n > 2 || (value[n] != '.' && value[n] != ':'))
		return fault;
	if (strlen(value + n + 1) != 2 || strspn(value + n + 1, "0123456789") != 2)
		return fault;
	for (size_t i = 0; i < n; i++)
		hour = hour * 10 + (value[i] - '0');
	minute = (value[n + 1] - '0') * 10 + (value[n + 2] - '0');
	if (hour > 23 || minute > 59)
		return fault;
	out[0] = hour;
	out[1] = minute;
	return "";
}

/* "2027-05" is its last day; else as a date. */
static const char *read_month(struct reader *r, const char *value, dayno *out)
{
	dayno first;

	if (strlen(value) != 7 || !date_parse(arena_fmt(&r->into->arena, "%s-01", value), &first))
		return *import_date(value, out) ? "is neither a month nor a date: write 2027-05 or "
		                                  "2027-05-31" : "";
	struct ymd at = date_ymd(first);
	*out = date_of(at.y, at.m, date_days_in_month(at.y, at.m));
	return "";
}

/* What a form shows where nothing was filled in: "[Beslutsdatum]",
 * "xxxx-xx-xx", "ÅÅÅÅ-MM-DD". */
static bool placeholder(struct reader *r, const char *value)
{
	const char *folded = text_fold(&r->into->arena, value);

	if (folded[0] == '[' && text_ends(folded, "]"))
		return !(folded[1] >= '0' && folded[1] <= '9') || strstr(folded, "xx");
	return strstr(folded, "xx") || strstr(folded, "åå") || strstr(folded, "yyyy") ||
	       strcmp(folded, "?") == 0;
}

static const char *read_fact(struct reader *r, const struct column *column, const char *value,
                             dayno *out)
{
	if (placeholder(r, value)) {
		if (column->to == offsetof(struct row, item.decided))
			r->placeholder = true;
		return "";
	}
	size_t n = strlen(value);
	if (n > 2 && value[0] == '[' && value[n - 1] == ']')
		value = arena_dupn(&r->into->arena, value + 1, n - 2);
	return import_date(value, out);
}

static const char *read_id(const char *value)
{
	if (strlen(value) > KEY_LONGEST)
		return "is too long for an id: use at most 64 characters";
	if (strpbrk(value, " ,;\"'<>"))
		return "is no id: leave out spaces, commas, quotes and brackets";
	return "";
}

static const char *read_address(const char *value)
{
	return address_ok(value) ? "" : "is no mail address: write it as namn@kommunen.example, "
	                                "without spaces, brackets or å, ä, ö";
}

static const char *read_addresses(struct reader *r, const char *value, const char **out)
{
	struct buf b AUTO(buf_release) = BUF_INIT;
	const char *between = " ,\t\r\n";

	for (value += strspn(value, between); *value; value += strspn(value, between)) {
		size_t len = strcspn(value, between);
		const char *one = arena_dupn(&r->into->arena, value, len);

		if (!address_ok(one))
			return "holds what is no mail address: write each as namn@kommunen.example, with "
			       "spaces or commas between";
		buf_fmt(&b, "%s%s", b.len ? " " : "", one);
		value += len;
	}
	*out = b.len ? arena_dup(&r->into->arena, b.data) : NULL;
	return "";
}

/* Reads a value that is there; what is wrong with it, or "". */
static const char *read_value(struct reader *r, const struct column *column, const char *value,
                              void *to)
{
	const char **text = to, *fault;

	switch (column->cell) {
	case CELL_ID:
		fault = read_id(value);
		*text = *fault ? NULL : value; /* what is none is nobody's */
		return fault;
	case CELL_REF:
		*text = value;
		return read_id(value);
	case CELL_BODY:
		*text = strcmp(text_fold(&r->into->arena, value), "alla") == 0 ? NULL : value;
		return read_id(value);
	case CELL_LIST:
	case CELL_NAME:
	case CELL_TEXT:
	case CELL_WORDS:
		*text = value;
		return "";
	case CELL_ADDRESS:
	case CELL_REACHED:
		*text = value;
		return read_address(value);
	case CELL_ADDRESSES:
		return read_addresses(r, value, to);
	case CELL_DATE:
	case CELL_MUST_DATE:
		return import_date(value, to);
	case CELL_FACT:
		return read_fact(r, column, value, to);
	case CELL_MONTH:
		return read_month(r, value, to);
	case CELL_TIME:
		return read_time(value, to);
	case CELL_LEVEL:
		return read_level(value, to);
	case CELL_YESNO:
		return read_yes_no(r, value, to);
	case CELL_COUNT:
		return import_number(value, to);
	case CELL_WEEKDAY:
		return read_weekday(r, value, to);
	case CELL_UNUSED:
	case CELL_COUNT_OF:
		break;
	}
	return "";
}

static bool must_be_there(enum cell cell)
{
	return cell == CELL_ID || cell == CELL_NAME || cell == CELL_REACHED ||
	       cell == CELL_MUST_DATE || cell == CELL_MONTH;
}

/* The first control character, which could steer a terminal or break a
 * header; line ends inside a quoted field are white space and become one space. */
static uint32_t control(const char *value)
{
	for (uint32_t cp; (cp = text_next(&value));)
		if ((cp < ' ' && !(cp >= 9 && cp <= 13)) || (cp >= 0x7F && cp < 0xA0 && cp != 0x85))
			return cp;
	return 0;
}

void import_cell(struct reader *r, size_t field, const struct column *column, const char *value)
{
	uint32_t cp = control(value);

	if (cp) {
		import_bad(r, field, "%s: holds the control character U+%04X: remove it", column->name, cp);
		return;
	}
	if (text_width(value) > CELL_LONGEST) {
		import_bad(r, field, "%s: longer than %d characters: shorten it", column->name,
		           CELL_LONGEST);
		return;
	}
	if (column->cell == CELL_UNUSED)
		return;
	value = text_tidy(&r->into->arena, value);
	bool dash = strcmp(value, "-") == 0 || strcmp(value, "–") == 0;
	if (!*value || (dash && column->cell != CELL_WORDS)) {
		if (must_be_there(column->cell))
			import_bad(r, field, "%s is empty: fill it in", column->name);
		return;
	}
	const char *fault = read_value(r, column, value, (char *)&r->row + column->to);
	if (*fault)
		import_bad(r, field, "%s: %s %s", column->name, import_quote(r, value), fault);
	else if (column->cell == CELL_REF || column->cell == CELL_BODY ||
	         column->to == offsetof(struct row, meeting.body) ||
	         column->to == offsetof(struct row, item.id) || column->to == offsetof(struct row, role.id) ||
	         column->to == offsetof(struct row, exception.item))
		import_place(r, value, field);
}
