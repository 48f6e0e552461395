/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "base/attr.h"
#include "base/text.h"
#include "src/mail/internal.h"

/* Where quoted text starts, as Swedish, English, Norwegian, Danish, Finnish
 * and German mail programs mark it. */

enum label_kind { LABEL_NONE, LABEL_FROM = 1, LABEL_WHEN = 2, LABEL_TO = 4, LABEL_ABOUT = 8,
                  LABEL_CC = 16 };

struct label {
	const char *word;
	enum label_kind kind;
};

static const struct label labels[] = {
	{ "från:", LABEL_FROM }, { "from:", LABEL_FROM }, { "fra:", LABEL_FROM },
	{ "von:", LABEL_FROM }, { "lähettäjä:", LABEL_FROM },
	{ "skickat:", LABEL_WHEN }, { "datum:", LABEL_WHEN }, { "sent:", LABEL_WHEN },
	{ "date:", LABEL_WHEN }, { "sendt:", LABEL_WHEN }, { "dato:", LABEL_WHEN },
	{ "gesendet:", LABEL_WHEN }, { "lähetetty:", LABEL_WHEN }, { "päivämäärä:", LABEL_WHEN },
	{ "till:", LABEL_TO }, { "to:", LABEL_TO }, { "til:", LABEL_TO }, { "an:", LABEL_TO },
	{ "vastaanottaja:", LABEL_TO }, { "svara till:", LABEL_TO }, { "reply-to:", LABEL_TO },
	{ "ämne:", LABEL_ABOUT }, { "subject:", LABEL_ABOUT }, { "emne:", LABEL_ABOUT },
	{ "betreff:", LABEL_ABOUT }, { "aihe:", LABEL_ABOUT },
	{ "kopia:", LABEL_CC }, { "cc:", LABEL_CC }, { "kopi:", LABEL_CC },
};

static enum label_kind label_of(const char *folded)
{
	folded += strspn(folded, "*> ");
	for (size_t i = 0; i < ARRAY_LEN(labels); i++) {
		size_t len = strlen(labels[i].word);
		if (strncmp(folded, labels[i].word, len) == 0)
			return labels[i].kind;
		/* Bold in plain text: "*Från*:" */
		if (strncmp(folded, labels[i].word, len - 1) == 0 && strncmp(folded + len - 1, "*:", 2) == 0)
			return labels[i].kind;
	}
	return LABEL_NONE;
}

/* Several labels in the next few lines, the sender's or the time's among
 * them: one alone ("Till: Kalle") may be anybody's words. */
static bool header_block(struct arena *a, struct fresh_lines *l, size_t i)
{
	unsigned seen = 0, lines = 0;

	if (i >= l->n || label_of(fresh_folded(a, l, i)) == LABEL_NONE)
		return false;
	for (; i < l->n && lines < 8; i++) {
		const char *s = fresh_folded(a, l, i);
		if (!*s)
			continue;
		lines++;
		seen |= (unsigned)label_of(s);
	}
	bool from = (seen & LABEL_FROM) != 0, when = (seen & LABEL_WHEN) != 0;
	bool to = (seen & LABEL_TO) != 0, about = (seen & LABEL_ABOUT) != 0;
	return (from && (when || about)) || (when && to && about);
}

static bool is_rule(const char *s)
{
	size_t n = strlen(s);

	return (n >= 10 && strspn(s, "_") == n) || (n >= 5 && strspn(s, "-") == n);
}

static bool names_original(const char *s)
{
	static const char *const words[] = {
		"ursprungligt meddelande", "originalmeddelande", "original message", "forwarded message",
		"vidarebefordrat meddelande", "vidarebefordrat mejl", "opprinnelig melding",
		"oprindelig meddelelse", "alkuperäinen viesti", "ursprüngliche nachricht",
		"begin forwarded message", "opprinnelig e-post",
	};

	s += strspn(s, "-_ >*");
	for (size_t i = 0; i < ARRAY_LEN(words); i++) {
		if (!text_starts(s, words[i]))
			continue;
		const char *rest = s + strlen(words[i]);
		return rest[strspn(rest, "-_ :*")] == '\0';
	}
	return false;
}

static bool own_line(const char *s)
{
	return strstr(s, "skriv ditt svar ovanför den här raden") ||
	       strstr(s, "write your answer above this line");
}

static bool has_wrote(const char *s)
{
	static const char *const verbs[] = { "skrev", "wrote", "schrieb", "kirjoitti", "skreiv" };

	for (size_t i = 0; i < ARRAY_LEN(verbs); i++) {
		const char *at = strstr(s, verbs[i]);
		if (at && (at == s || strchr(" ,>", at[-1])) &&
		    strchr(" :,", at[strlen(verbs[i])]))
			return true;
	}
	return false;
}

/* A year or a time of day: an attribution tells when. */
static bool has_when(const char *s)
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

static bool opens_attribution(const char *s)
{
	static const char *const openings[] = {
		"den ", "on ", "am ", "mån", "tis", "ons", "tors", "tor ", "tor.", "fre", "lör", "sön",
		"mon", "tue", "wed", "thu", "fri", "sat", "sun", "man", "tir", "lør", "søn", "ma ", "ke ",
		"le ",
	};

	if (*s >= '0' && *s <= '9')
		return has_when(s);
	for (size_t i = 0; i < ARRAY_LEN(openings); i++)
		if (text_starts(s, openings[i]))
			return true;
	return false;
}

static enum fresh_mark attribution(struct arena *a, struct fresh_lines *l, size_t i, size_t *lines)
{
	enum { MOST_LINES = 4, MOST_BYTES = 400 };
	const char *joined = fresh_folded(a, l, i);
	bool opens = opens_attribution(joined);

	for (size_t k = 1; k <= MOST_LINES && strlen(joined) <= MOST_BYTES; k++) {
		if (text_ends(joined, ":") && has_wrote(joined)) {
			*lines = k;
			if (has_when(joined))
				return MARK_ATTRIBUTION;
			return k == 1 || opens ? MARK_WEAK : MARK_NONE;
		}
		/* Only what opens like one may be wrapped over lines: else an answer
		 * above it would be taken for its start. */
		if (!opens || i + k >= l->n || !*fresh_folded(a, l, i + k))
			break;
		joined = arena_fmt(a, "%s %s", joined, fresh_folded(a, l, i + k));
	}
	return MARK_NONE;
}

static size_t skip_blank(struct arena *a, struct fresh_lines *l, size_t i)
{
	while (i < l->n && !*fresh_folded(a, l, i))
		i++;
	return i;
}

enum fresh_mark fresh_mark_at(struct arena *a, struct fresh_lines *l, size_t i, size_t *lines)
{
	const char *s = fresh_folded(a, l, i);

	*lines = 1;
	if (!*s)
		return MARK_NONE;
	if (own_line(s) || names_original(s) || header_block(a, l, i))
		return MARK_LINE;
	/* A bare rule may be the writer's own; below a quote's there is a header. */
	if (is_rule(s) && header_block(a, l, skip_blank(a, l, i + 1)))
		return MARK_LINE;
	return attribution(a, l, i, lines);
}

bool fresh_device_line(const char *s)
{
	static const char *const openings[] = {
		"skickat från min ", "skickat från mitt ", "skickat från outlook",
		"skickat från yahoo mail", "skickat från e-post för windows", "skickad från min ",
		"hämta outlook för ", "skaffa outlook för ", "sent from my ", "sent from outlook",
		"get outlook for ", "sent from mail for windows", "sendt fra min ",
	};
	size_t words = 0;

	for (const char *at = s; *at; at += strcspn(at, " "), at += strspn(at, " "))
		words++;
	for (size_t i = 0; words <= 7 && i < ARRAY_LEN(openings); i++)
		if (text_starts(s, openings[i]))
			return true;
	return false;
}
