/* SPDX-License-Identifier: EUPL-1.2 */
/* Days that are said by their week, weekday, nearness or name. */
#include "base/attr.h"
#include "src/core/reply-date.h"

/* "v. 12", "vecka 12", "v12"; the week's number, NO_WORD: none. */
static int week_number(struct dating *d)
{
	const char *w = date_word(d, 0);
	int n = NO_WORD;

	if (date_is(d, 0, "vecka") || date_is(d, 0, "v") || date_is(d, 0, "week")) {
		n = date_number(date_word(d, 1));
		d->i += 2;
	} else if (*w == 'v') {
		n = date_number(w + (w[1] == '.' ? 2 : 1));
		d->i++;
	}
	return n >= 1 && n <= 53 ? n : NO_WORD;
}

/* A week is its Monday, unless another day of it is named. */
dayno date_in_week(struct dating *d, int weekday)
{
	int n = week_number(d), y;

	if (n == NO_WORD)
		return DAY_NONE;
	int day = weekday == NO_WORD ? 1 : weekday;
	y = date_number(date_word(d, 0));
	if (y >= 1900 && y <= 2200) {
		d->i++;
		dayno found = date_of_week(y, n, day);
		if (found != DAY_NONE && !d->past && found <= d->from)
			d->doubt = "that week has passed";
		return found;
	}
	date_week(d->from, &y);
	dayno before = date_of_week(y, n, day), after = before;
	if (before == DAY_NONE || before <= d->from)
		after = date_of_week(y + 1, n, day);
	if (after == DAY_NONE) {
		d->doubt = "no such week is near";
		return before;
	}
	if (before != DAY_NONE && before <= d->from && d->from - before <= JUST_BEEN)
		d->doubt = "that week has begun or just passed, and no year is said";
	return d->past ? before : after;
}

static dayno next_monday(const struct dating *d)
{
	return d->from + 8 - date_weekday(d->from);
}

/* "fredag", "på fredag"; "nästa fredag" may be this week's or the next's. */
dayno date_on_weekday(struct dating *d, int weekday, bool next)
{
	if (!date_skip(d, "i"))
		date_skip(d, "in");
	if ((date_is(d, 0, "nästa") && date_is(d, 1, "vecka")) || (date_is(d, 0, "next") && date_is(d, 1, "week"))) {
		d->i += 2;
		return next_monday(d) + weekday - 1;
	}
	int ahead = (weekday - date_weekday(d->from) + 7) % 7;
	dayno coming = d->from + (ahead ? ahead : 7);
	if (d->past) {
		d->doubt = "a weekday alone is no date";
		return DAY_NONE;
	}
	if (next) {
		bool ours = ahead && next_monday(d) > coming;

		d->doubt = "it could be this week or the next";
		d->other = ours ? coming : coming + 7;
		return ours ? coming + 7 : coming;
	}
	if (!ahead)
		d->doubt = "it could be today or in a week";
	return coming;
}

dayno date_named(struct dating *d)
{
	static const struct {
		const char *first, *second;
		int days;
	} named[] = {
		{ "idag", NULL, 0 }, { "i", "dag", 0 }, { "today", NULL, 0 }, { "imorgon", NULL, 1 },
		{ "i", "morgon", 1 }, { "imorn", NULL, 1 }, { "tomorrow", NULL, 1 }, { "övermorgon", NULL, 2 },
		{ "i", "övermorgon", 2 }, { "igår", NULL, -1 }, { "i", "går", -1 }, { "yesterday", NULL, -1 },
	};

	for (size_t k = 0; k < ARRAY_LEN(named); k++) {
		if (!date_is(d, 0, named[k].first) || (named[k].second && !date_is(d, 1, named[k].second)))
			continue;
		d->i += named[k].second ? 2 : 1;
		if (!d->past && named[k].days <= 0)
			d->doubt = "that day has passed";
		return d->from + named[k].days;
	}
	return DAY_NONE;
}

/* A day of the year with a name: in month 0 so many days after Easter Sunday; `saturday`:
 * so many days after the first Saturday from then on. */
struct holiday {
	const char *first, *second;
	int month, day;
	bool saturday;
	int after;
};

static dayno holiday_in(int y, const struct holiday *h)
{
	if (!h->month)
		return date_easter(y) + h->day;
	dayno day = date_of(y, h->month, h->day);
	return h->saturday ? day + (13 - date_weekday(day)) % 7 + h->after : day;
}

static const struct holiday *holiday(const struct dating *d)
{
	static const struct holiday named[] = {
		{ "nyårsdagen", NULL, 1, 1, false, 0 }, { "trettondagsafton", NULL, 1, 5, false, 0 },
		{ "trettondagen", NULL, 1, 6, false, 0 }, { "trettondedag", "jul", 1, 6, false, 0 },
		{ "skärtorsdagen", NULL, 0, -3, false, 0 }, { "skärtorsdag", NULL, 0, -3, false, 0 },
		{ "långfredagen", NULL, 0, -2, false, 0 }, { "långfredag", NULL, 0, -2, false, 0 },
		{ "påskafton", NULL, 0, -1, false, 0 }, { "påskdagen", NULL, 0, 0, false, 0 },
		{ "annandag", "påsk", 0, 1, false, 0 }, { "valborgsmässoafton", NULL, 4, 30, false, 0 },
		{ "kristi", "himmelsfärdsdag", 0, 39, false, 0 }, { "pingstafton", NULL, 0, 48, false, 0 },
		{ "pingstdagen", NULL, 0, 49, false, 0 }, { "nationaldagen", NULL, 6, 6, false, 0 },
		{ "midsommarafton", NULL, 6, 20, true, -1 }, { "midsommardagen", NULL, 6, 20, true, 0 },
		{ "julafton", NULL, 12, 24, false, 0 }, { "juldagen", NULL, 12, 25, false, 0 },
		{ "annandag", "jul", 12, 26, false, 0 }, { "nyårsafton", NULL, 12, 31, false, 0 },
		{ "good", "friday", 0, -2, false, 0 }, { "christmas", "eve", 12, 24, false, 0 },
		{ "christmas", "day", 12, 25, false, 0 },
	};

	for (size_t k = 0; k < ARRAY_LEN(named); k++)
		if (date_is(d, 0, named[k].first) && (!named[k].second || date_is(d, 1, named[k].second)))
			return &named[k];
	return NULL;
}

dayno date_holiday(struct dating *d)
{
	const struct holiday *h = holiday(d);

	if (!h)
		return DAY_NONE;
	d->i += h->second ? 2 : 1;
	int y = date_number(date_word(d, 0));
	if (y >= 1900 && y <= 2200) {
		d->i++;
		dayno found = holiday_in(y, h);
		if (!d->past && found <= d->from)
			d->doubt = "that day has passed";
		return found;
	}
	y = date_ymd(d->from).y;
	dayno after = holiday_in(y, h), before = after;
	if (after > d->from)
		before = holiday_in(y - 1, h);
	else
		after = holiday_in(y + 1, h);
	if (d->past ? d->from - before > LONG_AGO : d->from - before <= JUST_BEEN)
		d->doubt = d->past ? "it is not said which year" : "that day has just passed, and no year is said";
	return d->past ? before : after;
}

dayno date_plain_week(struct dating *d)
{
	return date_in_week(d, NO_WORD);
}

dayno date_week_after(struct dating *d)
{
	if (!date_is(d, 1, "vecka") && !date_is(d, 1, "week"))
		return DAY_NONE;
	if (!date_is(d, 0, "nästa") && !date_is(d, 0, "next"))
		return DAY_NONE;
	d->i += 2;
	return next_monday(d);
}
