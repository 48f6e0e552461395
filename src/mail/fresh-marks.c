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
	{ "frå:", LABEL_FROM }, { "von:", LABEL_FROM }, { "lähettäjä:", LABEL_FROM },
	{ "avsändare:", LABEL_FROM }, { "de:", LABEL_FROM }, { "da:", LABEL_FROM },
	{ "skickat:", LABEL_WHEN }, { "datum:", LABEL_WHEN }, { "sent:", LABEL_WHEN },
	{ "date:", LABEL_WHEN }, { "sendt:", LABEL_WHEN }, { "dato:", LABEL_WHEN },
	{ "gesendet:", LABEL_WHEN }, { "lähetetty:", LABEL_WHEN }, { "päivämäärä:", LABEL_WHEN },
	{ "sänt:", LABEL_WHEN }, { "pvm:", LABEL_WHEN }, { "päiväys:", LABEL_WHEN },
	{ "mottaget:", LABEL_WHEN },
	{ "till:", LABEL_TO }, { "to:", LABEL_TO }, { "til:", LABEL_TO }, { "an:", LABEL_TO },
	{ "mottagare:", LABEL_TO }, { "vastaanottaja:", LABEL_TO }, { "svara till:", LABEL_TO }, { "reply-to:", LABEL_TO },
	{ "ämne:", LABEL_ABOUT }, { "subject:", LABEL_ABOUT }, { "emne:", LABEL_ABOUT },
	{ "betreff:", LABEL_ABOUT }, { "aihe:", LABEL_ABOUT },
	{ "rubrik:", LABEL_ABOUT }, { "ärende:", LABEL_ABOUT }, { "angående:", LABEL_ABOUT },
	{ "kopia:", LABEL_CC }, { "cc:", LABEL_CC }, { "kopi:", LABEL_CC }, { "kopie:", LABEL_CC },
	{ "kopio:", LABEL_CC }, { "hemlig kopia:", LABEL_CC }, { "bcc:", LABEL_CC },
	{ "prioritet:", LABEL_CC }, { "bilagor:", LABEL_CC }, { "bifogade filer:", LABEL_CC },
	{ "attachments:", LABEL_CC }, { "svar till:", LABEL_TO },
};

static enum label_kind label_of(const char *folded)
{
	folded += strspn(folded, "*>| ");
	for (size_t i = 0; i < ARRAY_LEN(labels); i++) {
		if (*folded != *labels[i].word) /* most of them */
			continue;
		size_t len = strlen(labels[i].word);
		if (strncmp(folded, labels[i].word, len - 1) != 0)
			continue;
		/* "*Från*:" is bold in plain text; "Från :" has French manners. */
		const char *rest = folded + len - 1;
		rest += strspn(rest, "*");
		rest += *rest == ' ' && rest[1] == ':';
		if (*rest == ':')
			return labels[i].kind;
	}
	return LABEL_NONE;
}

bool fresh_is_label(const char *folded)
{
	return label_of(folded) != LABEL_NONE;
}

/* eM Client writes its block without colons: "Från "Anna" <a@b>", "Till …". The last line of
 * it, or i. */
static size_t bare_block(const struct fresh_lines *l, size_t i)
{
	static const char *const words[][4] = {
		{ "från ", "till ", "datum ", "ämne " }, { "from ", "to ", "date ", "subject " },
		{ "fra ", "til ", "dato ", "emne " }, { "von ", "an ", "datum ", "betreff " },
	};

	for (size_t w = 0; w < ARRAY_LEN(words); w++) {
		const char *first = l->folded[i] + strspn(l->folded[i], "> ");
		if (!text_starts(first, words[w][0]))
			continue;
		size_t seen = 0;
		for (size_t k = i + 1; k < l->n && k <= i + 6; k++) {
			const char *s = l->folded[k] + strspn(l->folded[k], "> ");
			for (size_t j = 1; j < 4; j++)
				seen |= (size_t)text_starts(s, words[w][j]) << j;
			if (seen == (2 | 4 | 8))
				return k;
		}
	}
	return i;
}

/* ">>> Anna <a@b> 2027-01-12 09:30 >>>" is GroupWise's whole attribution. */
static bool arrows(const char *s)
{
	return text_starts(s, ">>> ") && text_ends(s, " >>>");
}

/* Notes of old: the sender, the time, and below them "Till:" and "Ämne:". */
static bool notes_block(const struct fresh_lines *l, size_t i)
{
	unsigned seen = 0;

	if (i + 3 >= l->n || !strchr(l->folded[i], '@') ||
	    !fresh_has_when(l->folded[i + 1]))
		return false;
	for (size_t k = i + 2; k < l->n && k < i + 8; k++)
		seen |= (unsigned)label_of(l->folded[k]);
	return (seen & LABEL_TO) && (seen & LABEL_ABOUT);
}

/* The kinds of labels in the next few lines, before line `end`. */
static unsigned labels_in(const struct fresh_lines *l, size_t i, size_t end)
{
	unsigned seen = 0, lines = 0, others = 0;

	for (; i < end && lines < 8; i++) {
		const char *s = l->folded[i];
		if (!*s)
			continue;
		lines++;
		/* Recipients may go on on a second line; more is somebody's text. */
		others = fresh_is_label(s) ? 0 : others + 1;
		if (others > 2)
			break;
		seen |= (unsigned)label_of(s);
	}
	return seen;
}

/* The sender's or the time's among them: one alone ("Till: Kalle") may be anybody's words. */
static bool are_header(unsigned seen)
{
	bool from = (seen & LABEL_FROM) != 0, when = (seen & LABEL_WHEN) != 0;
	bool to = (seen & LABEL_TO) != 0, about = (seen & LABEL_ABOUT) != 0;
	return (from && (when || about)) || (when && to && about);
}

/* "Angående: rad 4 är fel" above a header of its own was written by somebody. */
static bool stands_above_header(const struct fresh_lines *l, size_t i)
{
	unsigned kind = (unsigned)label_of(l->folded[i]);
	bool gap = false;
	size_t from = i + 1;

	for (; from < l->n && from < i + 8 && label_of(l->folded[from]) != LABEL_FROM; from++)
		gap = gap || !*l->folded[from];
	if (from >= l->n || from == i + 8 || are_header(labels_in(l, i, from)))
		return false;
	unsigned below = labels_in(l, from, l->n);
	return are_header(below) && (gap || (below & kind));
}

static bool header_block(const struct fresh_lines *l, size_t i)
{
	return i < l->n && label_of(l->folded[i]) != LABEL_NONE && are_header(labels_in(l, i, l->n)) &&
	       !stands_above_header(l, i);
}

size_t fresh_header_end(const struct fresh_lines *l, size_t i)
{
	enum { MOST_LINES = 12 };

	if (i >= l->n)
		return i;
	size_t end = bare_block(l, i), others = 0;
	if (end > i)
		return end + 1;
	if (notes_block(l, i))
		end = i += 2;
	else if (!fresh_is_label(l->folded[i]))
		return i;
	/* Recipients may go on on a second line; a line without a word ends it. */
	for (size_t k = i; k < l->n && k < i + MOST_LINES && others <= 2; k++) {
		if (!l->folded[k][strspn(l->folded[k], "> ")])
			break;
		others = fresh_is_label(l->folded[k]) ? 0 : others + 1;
		end = others ? end : k + 1;
	}
	return end;
}

bool fresh_is_whole_header(const struct fresh_lines *l, size_t i)
{
	return !fresh_is_label(l->folded[i]) || (labels_in(l, i, l->n) & LABEL_ABOUT);
}

static bool is_rule(const char *s)
{
	size_t n = strlen(s);

	return (n >= 10 && strspn(s, "_") == n) || (n >= 5 && strspn(s, "-*= ") == n) ||
	       (text_starts(s, "---") && text_ends(s, "---")); /* "--- in any language ---" */
}

static bool names_original(const char *s)
{
	static const char *const words[] = {
		"ursprungligt meddelande", "originalmeddelande", "original message", "forwarded message",
		"vidarebefordrat meddelande", "vidarebefordrat mejl", "opprinnelig melding",
		"oprindelig meddelelse", "alkuperäinen viesti", "ursprüngliche nachricht",
		"begin forwarded message", "opprinnelig e-post", "ursprungligt mejl",
		"ursprungligt mail", "ursprungligt e-postmeddelande", "ursprunglig e-post",
		"original-nachricht", "videresendt melding", "videresendt meddelelse",
		"weitergeleitete nachricht", "vidarebefordrat e-postmeddelande", "forwarded by",
		"välitetty viesti", "alkuperäinen sähköposti", "originalmelding", "message d'origine",
		"svar på meddelande", "vidarebefordrat av",
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

bool fresh_is_own_line(const char *s)
{
	return strstr(s, "skriv ditt svar ovanför den här raden") ||
	       strstr(s, "write your answer above this line");
}

const char *mail_below_mark(struct arena *a, const char *text)
{
	size_t line = strcspn(text, "\n");

	if (!fresh_is_own_line(text_fold(a, arena_dupn(a, text, line))))
		return text;
	return text + line + strspn(text + line, "\n");
}

static size_t skip_blank(const struct fresh_lines *l, size_t i)
{
	while (i < l->n && !*l->folded[i])
		i++;
	return i;
}

enum fresh_mark fresh_mark_at(struct arena *a, const struct fresh_lines *l, size_t i, size_t *lines)
{
	const char *s = l->folded[i];

	*lines = 1;
	if (!*s)
		return MARK_NONE;
	if (fresh_is_own_line(s) || names_original(s) || arrows(s) || header_block(l, i) ||
	    bare_block(l, i) > i || notes_block(l, i))
		return MARK_LINE;
	/* A bare rule may be the writer's own; below a quote's there is a header. */
	if (is_rule(s) && header_block(l, skip_blank(l, i + 1)))
		return MARK_LINE;
	return fresh_attribution(a, l, i, lines);
}
