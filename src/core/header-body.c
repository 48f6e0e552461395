/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "base/attr.h"
#include "base/text.h"
#include "header-internal.h"

enum {
	LONGEST_SHORT = 4, /* letters of an abbreviation: KSAU */
	FIELD_WORDS = 5,   /* "nämnden för teknik, fritid och kultur" */
};

static const char *word_at(const struct words *w, size_t i)
{
	return i < w->n ? w->at[i] : "";
}

static bool one_of(const char *word, const char *const *list, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (strcmp(word, list[i]) == 0)
			return true;
	}
	return false;
}

static bool ends_any(const char *word, const char *const *list, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (text_ends(word, list[i]))
			return true;
	}
	return false;
}

static bool short_organ(const char *word)
{
	static const char *const names[] = { "kf", "ks", "ksau", "rf", "rs", "ksau", "ksaup" };

	return one_of(word, names, ARRAY_LEN(names));
}

/* Those who decide are known by how their names end. */
static bool names_organ(const char *word)
{
	static const char *const ends[] = {
		"fullmäktige", "fullmäktiges", "styrelsen", "styrelse", "nämnden", "nämnd", "utskott",
		"utskottet", "beredningen", "beredning", "direktion", "direktionen", "nämnderna",
		"nämnder",
	};

	return short_organ(word) || ends_any(word, ends, ARRAY_LEN(ends));
}

static bool names_group(const char *word)
{
	static const char *const ends[] = {
		"ledningsgrupp", "ledningsgruppen", "ledningsgrupper", "styrgrupp", "styrgruppen",
	};

	return ends_any(word, ends, ARRAY_LEN(ends)) || strcmp(word, "klg") == 0;
}

/* A post that may decide by delegation. */
static bool names_chief(const char *word)
{
	static const char *const ends[] = {
		"direktör", "direktören", "chefen", "chef", "rektor", "rektorn", "chefer",
		"direktörer",
	};

	return ends_any(word, ends, ARRAY_LEN(ends)) || strcmp(word, "vd") == 0;
}

static bool names_post(const char *word)
{
	static const char *const ends[] = {
		"samordnare", "samordnaren", "handläggare", "handläggaren", "strateg", "strategen",
		"jurist", "juristen", "sekreterare", "sekreteraren", "ombud", "ombudet", "controller",
		"controllern", "utvecklare", "utvecklaren", "planerare", "planeraren", "ingenjör",
		"ingenjören", "inspektör", "inspektören", "specialist", "ledare", "ledaren",
		"ansvarig", "arkivarie", "arkivarien", "registrator", "ekonom", "ekonomen",
		"arkitekt", "sköterska", "konsult", "lots", "expert", "ordförande", "ordföranden",
		"biträde", "assistent", "administratör", "redaktör", "pedagog",
		"föreståndare", "revisor", "kurator", "psykolog", "vaktmästare",
	};

	return names_chief(word) || ends_any(word, ends, ARRAY_LEN(ends));
}

static bool any_word(const char *folded, bool (*is)(const char *))
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct words w = words_of(&a, folded);

	for (size_t i = 0; i < w.n; i++) {
		if (is(w.at[i]))
			return true;
	}
	return false;
}

bool body_names_organ(const char *folded)
{
	return any_word(folded, names_organ);
}

bool body_names_post(const char *folded)
{
	return any_word(folded, names_post);
}

static void upper(char *at)
{
	unsigned char c = (unsigned char)*at;

	if (c >= 'a' && c <= 'z')
		*at = (char)(c - 0x20);
	else if (c == 0xC3 && (unsigned char)at[1] >= 0xA0)
		at[1] = (char)((unsigned char)at[1] - 0x20);
}

/* "kf" is written KF; a name begins with a capital. */
static char *capitalised(char *word)
{
	bool all = short_organ(word) || strcmp(word, "vd") == 0 || strcmp(word, "klg") == 0;

	for (char *at = word; *at; at++) {
		upper(at);
		if (!all)
			break;
	}
	return word;
}

static bool has_small(const char *text)
{
	for (; *text; text++) {
		if (text_small(text))
			return true;
	}
	return false;
}

/* The name as the page writes it, "HR-chef": folded it has lost its capitals. */
static const char *as_written(struct arena *a, const char *tidy, char *name)
{
	const char *folded = text_fold(a, tidy), *found = strstr(folded, name);
	size_t letters = text_width(name);

	if (!found)
		return capitalised(name);
	const char *at = tidy + text_bytes(tidy, text_width(arena_dupn(a, folded, (size_t)(found - folded))));
	char *copy = arena_dupn(a, at, text_bytes(at, letters));
	return letters > LONGEST_SHORT && has_small(copy) ? capitalised(copy) : capitalised(name);
}

/* Words that belong to the name that follows: "tekniska nämnden". */
static bool belongs_before(const char *word)
{
	static const char *const words[] = {
		"tekniska", "sociala", "gemensamma", "centrala", "lokala", "biträdande", "tf", "t.f",
		"tillförordnad", "tillförordnade", "personalpolitiska", "strategiska", "regionala",
		"kommunens", "ställföreträdande", "utförande", "kommunala", "vice",
	};

	return one_of(word, words, ARRAY_LEN(words)) || text_ends(word, "styrelsens") ||
	       text_ends(word, "nämndens") || text_ends(word, "fullmäktiges");
}

/* "miljö-, bygg- och räddningsnämnden": where the name begins. */
static size_t name_from(const struct words *w, size_t i)
{
	while (i >= 1) {
		const char *before = w->at[i - 1];
		bool joint = strcmp(before, "och") == 0 || strcmp(before, ",") == 0;
		if (joint && i >= 2 && text_ends(w->at[i - 2], "-") && w->at[i - 2][1])
			i -= 2;
		else if (belongs_before(before))
			i--;
		else
			break;
	}
	return i;
}

static bool plain_word(const char *word)
{
	return !strpbrk(word, "0123456789,[]§") && *word;
}

/* "nämnden för teknik och fritid", "styrelsen för vuxenutbildning": where it ends. */
static size_t name_to(const struct words *w, size_t i)
{
	static const char *const plain[] = { "nämnden", "nämnd", "styrelsen", "utskottet", "chefen" };
	static const char *const stops[] = { "den", "och", "antagen", "beslut", "att", "som" };
	size_t to = i + 1;

	if (!one_of(w->at[i], plain, ARRAY_LEN(plain)) || strcmp(word_at(w, to), "för") != 0)
		return to;
	for (to++; to < w->n && to < i + 2 + FIELD_WORDS && plain_word(w->at[to]); to++) {
		bool more = strcmp(w->at[to], "och") == 0 && plain_word(word_at(w, to + 1));
		if (one_of(w->at[to], stops, ARRAY_LEN(stops)) && !more)
			break;
	}
	return to;
}

/* "KS 2024/188" and "KS/2024:549" are registry numbers, not the board. */
static bool number_follows(const struct words *w, size_t i)
{
	const char *next = word_at(w, i + 1);
	struct found_date date;

	return short_organ(w->at[i]) && strspn(next, "0123456789") >= 2 && strpbrk(next, "/:-.") &&
	       !decision_date(w, i + 1, &date) && !words_broken_date(w, i + 1);
}

const char *body_at(struct arena *a, const char *tidy, const struct words *w, size_t i)
{
	const char *word = word_at(w, i);

	if (!names_organ(word) && !names_chief(word) && !names_group(word))
		return NULL;
	if (number_follows(w, i))
		return NULL;
	return as_written(a, tidy, words_join(a, w, name_from(w, i), name_to(w, i)));
}

const char *body_in(struct arena *a, const char *tidy)
{
	struct words w = words_of(a, tidy);
	const char *name = NULL;

	for (size_t i = 0; i < w.n && !name; i++)
		name = body_at(a, tidy, &w, i);
	return name;
}
