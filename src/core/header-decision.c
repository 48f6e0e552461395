/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "base/attr.h"
#include "base/text.h"
#include "header-internal.h"

static const char *word_at(const struct words *w, size_t i)
{
	return i < w->n ? w->at[i] : "";
}

/* Those who decide are known by how their names end. */
static bool names_body(const char *word)
{
	static const char *const ends[] = {
		"fullmäktige", "styrelsen", "styrelse", "nämnden", "nämnd", "utskott",
		"utskottet",
		"direktör", "direktören", "chefen", "chef", "beredningen", "ledningsgruppen",
	};
	static const char *const short_names[] = { "kf", "ks", "ksau", "rf", "rs" };

	for (size_t i = 0; i < ARRAY_LEN(short_names); i++) {
		if (strcmp(word, short_names[i]) == 0)
			return true;
	}
	for (size_t i = 0; i < ARRAY_LEN(ends); i++) {
		if (text_ends(word, ends[i]))
			return true;
	}
	return false;
}

/* "kf" is written KF; a name begins with a capital. */
static void capitalise(char *word)
{
	bool abbreviation = strlen(word) <= 4;

	for (char *at = word; *at; at++) {
		unsigned char c = (unsigned char)*at;
		if (c >= 'a' && c <= 'z')
			*at = (char)(c - 0x20);
		else if (c == 0xC3 && (unsigned char)at[1] >= 0xA0)
			at[1] = (char)((unsigned char)at[1] - 0x20);
		if (!abbreviation)
			break;
	}
}

const char *body_at(struct arena *a, const struct words *w, size_t i)
{
	if (!names_body(word_at(w, i)))
		return NULL;
	size_t from = i;
	const char *before = i ? w->at[i - 1] : "";
	/* "barn- och utbildningsnämnden", "kommunstyrelsens arbetsutskott" */
	if (i >= 2 && strcmp(before, "och") == 0 && text_ends(w->at[i - 2], "-"))
		from = i - 2;
	else if (text_ends(before, "styrelsens") || text_ends(before, "nämndens"))
		from = i - 1;
	char *name = words_join(a, w, from, i + 1);
	capitalise(name);
	return name;
}

static bool changes_mode(const char *word)
{
	static const char *const words[] = {
		"ändrad", "ändrat", "ändring", "reviderad", "reviderat", "rev",
		"revidering", "senast",
	};

	for (size_t i = 0; i < ARRAY_LEN(words); i++) {
		if (strcmp(word, words[i]) == 0)
			return true;
	}
	return false;
}

static void put_date(struct decision *d, dayno day, bool revising)
{
	if (!revising && d->decided == DAY_NONE)
		d->decided = day;
	else if (day > d->revised) /* of many amendments the last counts */
		d->revised = day;
}

/* "§ 144", "§144", "/§ 189"; words taken, 0 when there is none. */
static size_t paragraph_at(struct arena *a, const struct words *w, size_t i, const char **out)
{
	const char *word = word_at(w, i);

	word += *word == '/';
	if (!text_starts(word, "§"))
		return 0;
	const char *number = word + strlen("§");
	size_t taken = 1;
	if (!*number) {
		number = word_at(w, i + 1);
		taken = 2;
	}
	if (*number >= '0' && *number <= '9' && !*out)
		*out = arena_fmt(a, "§ %s", number);
	return taken;
}

struct decision decision_read(struct arena *a, const char *value)
{
	struct words w = words_of(a, value);
	struct decision d = { .decided = DAY_NONE, .revised = DAY_NONE };
	struct found_date date;
	const char *ignored = "";
	bool revising = false;

	for (size_t i = 0, n; i < w.n; i += n) {
		n = words_date(&w, i, &date);
		if (n) {
			put_date(&d, date.last, revising);
			continue;
		}
		n = paragraph_at(a, &w, i, revising ? &ignored : &d.paragraph);
		if (n)
			continue;
		n = 1;
		if (changes_mode(w.at[i]))
			revising = true;
		else if (words_placeholder(w.at[i]) || strcmp(w.at[i], "[") == 0)
			d.placeholder = true;
		else if (words_broken_date(&w, i) && !d.broken)
			d.broken = w.at[i];
		else if (!revising && !d.body)
			d.body = body_at(a, &w, i);
	}
	return d;
}
