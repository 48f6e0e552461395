/* SPDX-License-Identifier: EUPL-1.2 */
#include "core/rule.h"

#include <stdlib.h>
#include <string.h>

#include "base/attr.h"

static const char *const kind_names[RULE_KIND_COUNT] = {
	[RULE_EVERY] = "EVERY",         [RULE_YEARLY] = "YEARLY",
	[RULE_TERM_ONCE] = "TERM ONCE", [RULE_TERM_START] = "TERM START",
	[RULE_TERM_END] = "TERM END",   [RULE_EVENT] = "EVENT",
	[RULE_MAXGAP] = "MAXGAP",       [RULE_REVIEW_BY] = "REVIEW_BY",
	[RULE_END] = "END",             [RULE_WITH_PARENT] = "WITH_PARENT",
	[RULE_OPEN] = "OPEN",           [RULE_ON_DEMAND] = "ON_DEMAND",
	[RULE_ASK] = "ASK",             [RULE_NONE] = "NONE",
};

static const char unit_letters[] = "DWMY"; /* in the order of enum unit_of_time */

enum { LONGEST_COUNT = 100000 }; /* of units: more is no interval of anybody's */

void rules_init(struct rules *r)
{
	*r = (struct rules){
		.facts = {
			.valid_from = DAY_NONE,
			.decided = DAY_NONE,
			.reviewed = DAY_NONE,
			.revised = DAY_NONE,
			.proposed_review_by = DAY_NONE,
		},
	};
}

void rules_add(struct arena *a, struct rules *r, struct rule rule)
{
	r->at = arena_grow(a, r->at, r->n, &r->cap, sizeof(*r->at));
	r->at[r->n++] = rule;
}

void rules_ask(struct arena *a, struct rules *r, const char *what, const char *text)
{
	rules_add(a, r, (struct rule){
		.kind = RULE_ASK, .date = DAY_NONE,
		.ask = arena_dup(a, what), .text = arena_dup(a, text),
	});
}

const char *rule_kind_name(enum rule_kind kind)
{
	return kind_names[kind];
}

static void put_yearly(const struct rule *r, struct buf *out)
{
	if (r->week)
		buf_fmt(out, " W%02d", r->week);
	else
		buf_fmt(out, " %02d-%02d", r->month, r->day);
}

static void put_end(const struct rule *r, struct buf *out)
{
	char day[DATE_TEXT];

	if (r->date != DAY_NONE)
		buf_fmt(out, " %s", date_text(r->date, day));
	else
		buf_fmt(out, " decided+%d%c", r->n, unit_letters[r->unit]);
}

void rule_format(const struct rule *r, struct buf *out)
{
	char day[DATE_TEXT];

	buf_str(out, kind_names[r->kind]);
	switch (r->kind) {
	case RULE_EVERY:
	case RULE_MAXGAP:
		buf_fmt(out, " %d%c", r->n, unit_letters[r->unit]);
		if (r->from_decided)
			buf_str(out, " FROM DECIDED");
		break;
	case RULE_YEARLY:
		put_yearly(r, out);
		break;
	case RULE_EVENT:
		buf_fmt(out, " %s", r->event);
		if (r->n)
			buf_fmt(out, "%+d%c", r->n, unit_letters[r->unit]);
		break;
	case RULE_REVIEW_BY:
		buf_fmt(out, " %s", date_text(r->date, day));
		break;
	case RULE_END:
		put_end(r, out);
		break;
	case RULE_ASK:
		buf_fmt(out, "(%s)", r->ask ? r->ask : "");
		break;
	case RULE_TERM_ONCE:
	case RULE_TERM_START:
	case RULE_TERM_END:
	case RULE_WITH_PARENT:
	case RULE_OPEN:
	case RULE_ON_DEMAND:
	case RULE_NONE:
	case RULE_KIND_COUNT:
		break;
	}
}

/* "4Y" and what stands after it in *rest. */
static bool read_span(const char *at, int *n, enum unit_of_time *unit, const char **rest)
{
	long count = 0;

	if (*at < '0' || *at > '9')
		return false;
	for (; *at >= '0' && *at <= '9'; at++) {
		count = count * 10 + (*at - '0');
		if (count > LONGEST_COUNT)
			return false;
	}
	const char *letter = *at ? strchr(unit_letters, *at) : NULL;
	if (!letter || count == 0)
		return false;
	*n = (int)count;
	*unit = (enum unit_of_time)(letter - unit_letters);
	*rest = at + 1;
	return true;
}

static bool two_digits(const char *at, int *out)
{
	if (at[0] < '0' || at[0] > '9' || at[1] < '0' || at[1] > '9')
		return false;
	*out = (at[0] - '0') * 10 + (at[1] - '0');
	return true;
}

static bool read_yearly(const char *at, struct rule *out)
{
	if (*at == 'W')
		return two_digits(at + 1, &out->week) && !at[3] && out->week >= 1 &&
		       out->week <= 53;
	/* 2024 is a leap year: 29 February is a date that a year may lack. */
	return two_digits(at, &out->month) && at[2] == '-' && two_digits(at + 3, &out->day) &&
	       !at[5] && date_valid(2024, out->month, out->day);
}

static bool event_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
}

static bool read_event(const char *at, struct rule *out)
{
	size_t n = 0;

	while (event_letter(at[n]))
		n++;
	if (n == 0 || n >= EVENT_NAME)
		return false;
	memcpy(out->event, at, n);
	out->event[n] = '\0';
	at += n;
	if (!*at)
		return true;
	bool before = *at == '-';
	if ((!before && *at != '+') || !read_span(at + 1, &out->n, &out->unit, &at))
		return false;
	if (before)
		out->n = -out->n;
	return !*at;
}

static bool read_every(const char *at, struct rule *out)
{
	if (!read_span(at, &out->n, &out->unit, &at))
		return false;
	out->from_decided = out->kind == RULE_EVERY && strcmp(at, " FROM DECIDED") == 0;
	return !*at || out->from_decided;
}

static bool read_end(const char *at, struct rule *out)
{
	static const char decided[] = "decided+";

	if (strncmp(at, decided, sizeof(decided) - 1) != 0)
		return date_parse(at, &out->date);
	return read_span(at + sizeof(decided) - 1, &out->n, &out->unit, &at) && !*at;
}

static bool read_ask(struct arena *a, const char *at, struct rule *out)
{
	size_t n = strlen(at);

	if (n < 2 || at[0] != '(' || at[n - 1] != ')')
		return false;
	out->ask = arena_dupn(a, at + 1, n - 2);
	return true;
}

static bool read_rest(struct arena *a, const char *at, struct rule *out)
{
	if (out->kind == RULE_ASK)
		return read_ask(a, at, out);
	if (*at == ' ')
		at++;
	switch (out->kind) {
	case RULE_EVERY:
	case RULE_MAXGAP:
		return read_every(at, out);
	case RULE_YEARLY:
		return read_yearly(at, out);
	case RULE_EVENT:
		return read_event(at, out);
	case RULE_REVIEW_BY:
		return date_parse(at, &out->date);
	case RULE_END:
		return read_end(at, out);
	case RULE_ASK:
	case RULE_TERM_ONCE:
	case RULE_TERM_START:
	case RULE_TERM_END:
	case RULE_WITH_PARENT:
	case RULE_OPEN:
	case RULE_ON_DEMAND:
	case RULE_NONE:
	case RULE_KIND_COUNT:
		break;
	}
	return !*at;
}

bool rule_parse(struct arena *a, const char *text, struct rule *out)
{
	for (size_t k = 0; k < ARRAY_LEN(kind_names); k++) {
		size_t n = strlen(kind_names[k]);
		if (strncmp(text, kind_names[k], n) != 0 ||
		    (text[n] && text[n] != ' ' && text[n] != '('))
			continue;
		*out = (struct rule){ .kind = (enum rule_kind)k, .date = DAY_NONE };
		if (read_rest(a, text + n, out))
			return true;
	}
	return false;
}
