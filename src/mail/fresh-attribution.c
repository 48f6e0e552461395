/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "base/attr.h"
#include "base/text.h"
#include "src/mail/internal.h"

/* "Den tis 12 jan. 2027 kl 09:30 skrev Anna <a@b>:" and its cousins in other
 * languages and programs, on one line or wrapped over several. */

bool fresh_has_wrote(const char *s)
{
	static const char *const verbs[] = {
		"skrev", "wrote", "schrieb", "kirjoitti", "skreiv", "skreif", "schreef", "a écrit",
		"ha scritto", "escribió", "napisał", "citerar", "quoting", "zitat von", "sitat fra",
		"siterer", "citat fra", "lainaus",
	};

	for (size_t i = 0; i < ARRAY_LEN(verbs); i++) {
		const char *at = strstr(s, verbs[i]);
		if (at && (at == s || strchr(" ,>)\"", at[-1])) &&
		    strchr(" :,", at[strlen(verbs[i])]))
			return true;
	}
	return false;
}

bool fresh_has_when(const char *s)
{
	size_t digits = 0;

	for (; *s; s++) {
		bool digit = *s >= '0' && *s <= '9';
		if (digits >= 1 && *s == ':' && s[1] >= '0' && s[1] <= '9')
			return true;
		digits = digit ? digits + 1 : 0;
		if (digits == 4)
			return true;
	}
	return false;
}

static bool opens_with_day(const char *s)
{
	static const char *const openings[] = {
		"den ", "on ", "am ", "på ", "mån", "tis", "ons", "tors", "tor ", "tor.", "fre", "lör",
		"sön", "mon", "tue", "wed", "thu", "fri", "sat", "sun", "man", "tir", "lør", "søn",
		"ma ", "ti ", "ke ", "to ", "pe ", "la ", "su ", "le ", "mo.", "di.", "mi.", "do.",
		"fr.", "sa.", "so.", "i meddelande", "in a message dated", "on: ", "el ", "op ",
	};

	if (*s >= '0' && *s <= '9')
		return fresh_has_when(s);
	return text_starts_any(s, openings, ARRAY_LEN(openings));
}

static bool opens_attribution(const char *s)
{
	if (*s == '"' || (strstr(s, " <") && (*s < '0' || *s > '9')))
		return strchr(s, '@') != NULL;
	return opens_with_day(s);
}

/* Words are not understood, but an address and a time with nothing after are
 * no sentence: "Il 12/01/27 09:30, Anna <a@b> ha scritto:". */
static bool names_address(const char *s)
{
	const char *at = strchr(s, '@');

	return at && at > s && fresh_has_when(s) &&
	       (strchr(at, '>') || strstr(s, " från ") || strstr(s, " from ") || strstr(s, " von ") ||
	        strstr(s, " fra "));
}

static bool ends_attribution(const char *s)
{
	/* The dashes before "---- Anna skrev ----" are gone already. */
	if (text_ends(s, " ----"))
		return fresh_has_wrote(s);
	return (text_ends(s, ":") || text_ends(s, ": -----") || text_ends(s, ":-----")) &&
	       (fresh_has_wrote(s) || names_address(s));
}

/* Whether one that says when stands whole in the lines from `from`, up to where this one would
 * end: then what is above it was written by somebody. */
static bool begins_later(struct arena *a, const struct fresh_lines *l, size_t from, size_t end)
{
	for (size_t i = from; i < end; i++) {
		const char *s = l->folded[i] + strspn(l->folded[i], "-> ");
		size_t lines;

		if (*s && opens_with_day(s) && fresh_attribution(a, l, i, &lines) == MARK_ATTRIBUTION &&
		    i + lines == end)
			return true;
	}
	return false;
}

enum fresh_mark fresh_attribution(struct arena *a, const struct fresh_lines *l, size_t i, size_t *lines)
{
	enum { MOST_LINES = 4, MOST_BYTES = 400 };
	const char *joined = l->folded[i];

	joined += strspn(joined, "-> ");
	bool opens = opens_attribution(joined);
	for (size_t k = 1; k <= MOST_LINES && strlen(joined) <= MOST_BYTES; k++) {
		if (ends_attribution(joined)) {
			if (k > 1 && begins_later(a, l, i + 1, i + k))
				return MARK_NONE;
			*lines = k;
			if (fresh_has_when(joined))
				return MARK_ATTRIBUTION;
			return k == 1 || opens ? MARK_WEAK : MARK_NONE;
		}
		/* Only what opens like one may be wrapped over lines: else an answer
		 * above it would be taken for its start. */
		if (!opens || i + k >= l->n)
			break;
		const char *next = l->folded[i + k];
		next += strspn(next, "> ");
		/* One empty line may part "… 2027" from "Anna skrev:". */
		if (!*next && (k > 1 || !fresh_has_when(joined)))
			break;
		joined = arena_fmt(a, "%s%s%s", joined, *next ? " " : "", next);
	}
	return MARK_NONE;
}
