/* SPDX-License-Identifier: EUPL-1.2 */
/* Dates and statuses in words. */
#include <assert.h>
#include <string.h>

#include "base/text.h"
#include "internal.h"

enum { LANGS = 2, DAYS = 7, MONTHS = 12 };

static const char *const weekdays[LANGS][DAYS] = {
	[VIEW_SV] = { "måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag" },
	[VIEW_EN] = { "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday",
	              "Sunday" },
};

static const char *const months[LANGS][MONTHS] = {
	[VIEW_SV] = { "januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti",
	              "september", "oktober", "november", "december" },
	[VIEW_EN] = { "January", "February", "March", "April", "May", "June", "July", "August",
	              "September", "October", "November", "December" },
};

static const char *const statuses[][LANGS] = {
	[DUE_OVERDUE] = { "försenad", "overdue" },
	[DUE_SOON] = { "snart", "soon" },
	[DUE_LATER] = { "senare", "later" },
	[DUE_ASK] = { "fråga", "ask" },
	[DUE_NONE] = { "ingen frist", "none" },
};
static_assert(ARRAY_LEN(statuses) == DUE_NONE + 1, "every status has its words");

const char *view_weekday(dayno day, enum view_lang lang)
{
	return weekdays[lang][date_weekday(day) - 1];
}

void view_date_long(dayno day, enum view_lang lang, struct buf *out)
{
	if (day == DAY_NONE) {
		buf_str(out, "–");
		return;
	}
	struct ymd at = date_ymd(day);

	/* The Swedish definite form: fredagen den 12 mars 2027. */
	buf_fmt(out, lang == VIEW_SV ? "%sen den %d %s %d" : "%s %d %s %d",
	        view_weekday(day, lang), at.d, months[lang][at.m - 1], at.y);
}

void view_date_short(dayno day, enum view_lang lang, struct buf *out)
{
	if (day == DAY_NONE) {
		buf_str(out, "–");
		return;
	}
	struct ymd at = date_ymd(day);

	buf_fmt(out, "%d %s", at.d, months[lang][at.m - 1]);
}

const char *view_iso(struct arena *a, dayno day)
{
	char text[DATE_TEXT];

	return day == DAY_NONE ? "–" : arena_dup(a, date_text(day, text));
}

const char *view_status_word(enum due_status s, enum view_lang lang)
{
	return statuses[s][lang];
}

/* How the titles of posts end, and what the definite form adds. */
static const char *const definite[][2] = {
	{ "chef", "en" },   { "direktör", "en" }, { "strateg", "en" }, { "jurist", "en" },
	{ "are", "n" },     { "ande", "n" },      { "arie", "n" },     { "tor", "n" },
	{ "sköterska", "n" }, { "ombud", "et" },
};

/* "VA-chef", not "It-chef". */
static bool is_acronym(const char *title)
{
	return title[0] >= 'A' && title[0] <= 'Z' && title[1] >= 'A' && title[1] <= 'Z';
}

const char *view_post(struct arena *a, const char *title, bool starts, enum view_lang lang)
{
	const char *ending = NULL;

	for (size_t i = 0; i < ARRAY_LEN(definite) && !ending; i++)
		if (text_ends(title, definite[i][0]))
			ending = definite[i][1];
	if (lang != VIEW_SV || !ending || strchr(title, ' '))
		return title;
	return arena_fmt(a, "%s%s", starts || is_acronym(title) ? title : text_fold(a, title), ending);
}

void view_capital(struct buf *out, size_t from)
{
	if (from < out->len && out->data[from] >= 'a' && out->data[from] <= 'z')
		out->data[from] = (char)(out->data[from] - 'a' + 'A');
}
