/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "base/attr.h"
#include "base/text.h"
#include "src/core/reply-internal.h"

/*
 * The vocabulary. A verb is the whole line, folded, without closing
 * punctuation; nothing is searched for inside a line. Words that were left
 * out on purpose ("Ja", "OK", "Attesteras", "Ser bra ut") get a question.
 */
struct verb {
	const char *words;
	enum verdict verdict;
	bool takes_object; /* "Godkänner förteckningen" */
};

static const struct verb verbs[] = {
	{ "godkänns", VERDICT_APPROVE, false },
	{ "godkänt", VERDICT_APPROVE, false },
	{ "godkännes", VERDICT_APPROVE, false },
	{ "godkänd", VERDICT_APPROVE, false },
	{ "godkänner", VERDICT_APPROVE, true },
	{ "jag godkänner", VERDICT_APPROVE, true },
	{ "vi godkänner", VERDICT_APPROVE, true },
	{ "granskat och godkänt", VERDICT_APPROVE, false },
	{ "granskad och godkänd", VERDICT_APPROVE, false },
	{ "granskas och godkänns", VERDICT_APPROVE, false },
	{ "genomgånget och godkänt", VERDICT_APPROVE, false },
	{ "genomgången och godkänd", VERDICT_APPROVE, false },
	{ "utan erinran", VERDICT_APPROVE, false },
	{ "ingen erinran", VERDICT_APPROVE, false },
	{ "inget att erinra", VERDICT_APPROVE, false },
	{ "granskat utan erinran", VERDICT_APPROVE, false },
	{ "genomgånget utan erinran", VERDICT_APPROVE, false },
	{ "genomgånget utan anmärkning", VERDICT_APPROVE, false },
	{ "granskat utan anmärkning", VERDICT_APPROVE, false },
	{ "godkänns utan ändringar", VERDICT_APPROVE, false },
	{ "godkänns utan ändring", VERDICT_APPROVE, false },
	{ "godkänt utan ändringar", VERDICT_APPROVE, false },
	{ "klart", VERDICT_APPROVE, false },
	{ "klart, inga ändringar", VERDICT_APPROVE, false },
	{ "klart. inga ändringar", VERDICT_APPROVE, false },
	{ "klart inga ändringar", VERDICT_APPROVE, false },
	{ "inga ändringar", VERDICT_APPROVE, false },
	{ "approve", VERDICT_APPROVE, false },
	{ "approved", VERDICT_APPROVE, false },
	{ "i approve", VERDICT_APPROVE, true },
	{ "we approve", VERDICT_APPROVE, true },
	{ "reviewed and approved", VERDICT_APPROVE, false },
	{ "no changes", VERDICT_APPROVE, false },

	{ "godkänns inte", VERDICT_REJECT, false },
	{ "godkänns ej", VERDICT_REJECT, false },
	{ "godkänner inte", VERDICT_REJECT, true },
	{ "godkänner ej", VERDICT_REJECT, true },
	{ "jag godkänner inte", VERDICT_REJECT, true },
	{ "jag godkänner ej", VERDICT_REJECT, true },
	{ "vi godkänner inte", VERDICT_REJECT, true },
	{ "jag kan inte godkänna", VERDICT_REJECT, true },
	{ "vi kan inte godkänna", VERDICT_REJECT, true },
	{ "kan inte godkänna", VERDICT_REJECT, true },
	{ "kan ej godkänna", VERDICT_REJECT, true },
	{ "detta godkänner jag inte", VERDICT_REJECT, false },
	{ "ej godkänt", VERDICT_REJECT, false },
	{ "ej godkänd", VERDICT_REJECT, false },
	{ "ej godkänns", VERDICT_REJECT, false },
	{ "inte godkänt", VERDICT_REJECT, false },
	{ "inte godkänd", VERDICT_REJECT, false },
	{ "icke godkänt", VERDICT_REJECT, false },
	{ "icke godkänd", VERDICT_REJECT, false },
	{ "icke godkänns", VERDICT_REJECT, false },
	{ "ogodkänt", VERDICT_REJECT, false },
	{ "ogodkänd", VERDICT_REJECT, false },
	{ "underkänns", VERDICT_REJECT, false },
	{ "underkänt", VERDICT_REJECT, false },
	{ "underkännes", VERDICT_REJECT, false },
	{ "underkänd", VERDICT_REJECT, false },
	{ "avslås", VERDICT_REJECT, false },
	{ "avslag", VERDICT_REJECT, false },
	{ "nej, godkänns inte", VERDICT_REJECT, false },
	{ "nej, godkänner inte", VERDICT_REJECT, false },
	{ "not approved", VERDICT_REJECT, false },
	{ "rejected", VERDICT_REJECT, false },
	{ "reject", VERDICT_REJECT, false },
	{ "i reject", VERDICT_REJECT, true },
	{ "i do not approve", VERDICT_REJECT, true },
	{ "i don't approve", VERDICT_REJECT, true },
	{ "i cannot approve", VERDICT_REJECT, true },
	{ "i can't approve", VERDICT_REJECT, true },

	{ "ändring", VERDICT_CHANGES, false },
	{ "ändringar", VERDICT_CHANGES, false },
	{ "ändring krävs", VERDICT_CHANGES, false },
	{ "ändringar krävs", VERDICT_CHANGES, false },
	{ "ändras", VERDICT_CHANGES, false },
	{ "godkänns med ändring", VERDICT_CHANGES, false },
	{ "godkänns med ändringar", VERDICT_CHANGES, false },
	{ "godkänt med ändring", VERDICT_CHANGES, false },
	{ "godkänt med ändringar", VERDICT_CHANGES, false },
	{ "change", VERDICT_CHANGES, false },
	{ "changes", VERDICT_CHANGES, false },
	{ "changes required", VERDICT_CHANGES, false },

	{ "fel person", VERDICT_WRONG_PERSON, false },
	{ "fel mottagare", VERDICT_WRONG_PERSON, false },
	{ "wrong person", VERDICT_WRONG_PERSON, false },
	{ "inte mitt ansvar", VERDICT_WRONG_PERSON, false },
	{ "inte mitt ansvar längre", VERDICT_WRONG_PERSON, false },
	{ "det här är inte mitt ansvar", VERDICT_WRONG_PERSON, false },
	{ "det här är inte mitt ansvar längre", VERDICT_WRONG_PERSON, false },
	{ "detta är inte mitt ansvar", VERDICT_WRONG_PERSON, false },
	{ "detta är inte mitt ansvar längre", VERDICT_WRONG_PERSON, false },
	{ "jag har slutat", VERDICT_WRONG_PERSON, false },
};

/* Where the rest of the line may be in anybody's words, because it can do no
 * harm: a person reads it. */
static const struct verb openings[] = {
	{ "fel person, ", VERDICT_WRONG_PERSON, false },
	{ "fel person. ", VERDICT_WRONG_PERSON, false },
	{ "fel mottagare, ", VERDICT_WRONG_PERSON, false },
	{ "wrong person, ", VERDICT_WRONG_PERSON, false },
	{ "jag slutade ", VERDICT_WRONG_PERSON, false },
	{ "jag har slutat ", VERDICT_WRONG_PERSON, false },
	{ "vidarebefordrat till ", VERDICT_FORWARDED, false },
	{ "vidarebefordrad till ", VERDICT_FORWARDED, false },
	{ "vidarebefordras till ", VERDICT_FORWARDED, false },
	{ "jag har vidarebefordrat till ", VERDICT_FORWARDED, false },
	{ "forwarded to ", VERDICT_FORWARDED, false },
};

struct asking { /* ways to ask for an extension; a date must follow */
	const char *words;
	bool english;
};

static const struct asking askings[] = {
	{ "anstånd", false },
	{ "behöver anstånd", false },
	{ "jag behöver anstånd", false },
	{ "vi behöver anstånd", false },
	{ "begär anstånd", false },
	{ "jag begär anstånd", false },
	{ "önskar anstånd", false },
	{ "jag önskar anstånd", false },
	{ "extension", true },
	{ "i need an extension", true },
	{ "need an extension", true },
	{ "need extension", true },
};

static const char *const objects[] = {
	"detta", "det här", "den", "förteckningen", "listan", "rutinen", "riktlinjen",
	"dokumentet", "registret", "granskningen", "this", "it", "this review", "the review",
	"the list", "the inventory",
};

static const char *const object_tails[] = {
	"utan ändringar", "utan ändring", "utan anmärkning", "utan erinran",
	"without changes",
};

/* Signs that say yes or nothing; any other sign leaves the line as it is, and
 * so no verb (a thumb down must not be overlooked). */
static bool harmless_sign(uint32_t c)
{
	return c == '.' || c == '!' || c == ' ' || c == '*' || c == 0xFE0F ||
	       c == 0x1F44D || c == 0x1F44C || c == 0x1F64F || (c >= 0x1F3FB && c <= 0x1F3FF) ||
	       (c >= 0x1F600 && c <= 0x1F606) || c == 0x1F60A || c == 0x1F642 || c == 0x263A ||
	       c == 0x2705 || c == 0x2714 || c == 0x2713;
}

/* Cuts harmless signs off the end. */
static void cut_signs(char *folded)
{
	char *keep = folded;
	const char *at = folded;
	bool ellipsis = strstr(folded, "..") != NULL; /* "Godkänt..." hesitates */

	while (*at) {
		uint32_t c = text_next(&at);
		if (!harmless_sign(c) || (ellipsis && c == '.'))
			keep = folded + (at - folded);
	}
	*keep = '\0';
}

static void cut_end(char *folded, const char *const *ends, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (text_ends(folded, ends[i]) && strlen(folded) > strlen(ends[i])) {
			folded[strlen(folded) - strlen(ends[i])] = '\0';
			cut_signs(folded);
			return;
		}
	}
}

static const char *cut_start(const char *folded, const char *const *starts, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (text_starts(folded, starts[i]))
			return folded + strlen(starts[i]);
	return folded;
}

static bool is_object(const char *rest)
{
	for (size_t i = 0; i < ARRAY_LEN(objects); i++) {
		if (!text_starts(rest, objects[i]))
			continue;
		const char *tail = rest + strlen(objects[i]);
		if (!*tail)
			return true;
		for (size_t j = 0; j < ARRAY_LEN(object_tails); j++)
			if (*tail == ' ' && strcmp(tail + 1, object_tails[j]) == 0)
				return true;
	}
	for (size_t j = 0; j < ARRAY_LEN(object_tails); j++)
		if (strcmp(rest, object_tails[j]) == 0)
			return true;
	return false;
}

static const struct verb *find_verb(const char *folded)
{
	for (size_t i = 0; i < ARRAY_LEN(verbs); i++) {
		const struct verb *v = &verbs[i];
		size_t len = strlen(v->words);
		if (!text_starts(folded, v->words))
			continue;
		if (!folded[len] || (v->takes_object && folded[len] == ' ' && is_object(folded + len + 1)))
			return v;
	}
	return NULL;
}

static struct phrase no_phrase(enum verdict v, const char *line, const char *why)
{
	return (struct phrase){ .verdict = v, .until = DAY_NONE, .text = line, .why = why };
}

/* NULL: no extension is asked for. */
static const char *asked_until(const char *folded, bool *english)
{
	static const char *const fillers[] = {
		"till och med ", "t.o.m. ", "tom ", "till ", "until ", "to ", "på ", "of ",
	};

	for (size_t i = 0; i < ARRAY_LEN(askings); i++) {
		if (!text_starts(folded, askings[i].words))
			continue;
		const char *rest = folded + strlen(askings[i].words);
		if (*rest && *rest != ' ' && *rest != ':' && *rest != ',')
			continue;
		while (*rest == ' ' || *rest == ':' || *rest == ',')
			rest++;
		*english = askings[i].english || text_starts(rest, "until ");
		return cut_start(rest, fillers, ARRAY_LEN(fillers));
	}
	return NULL;
}

/* "Nämnden godkände … den 17 mars 2027, § 34": what a secretary reports. */
static bool is_decision(const char *folded)
{
	static const char *const verbs_of_bodies[] = {
		"godkände", "beslutat", "beslutade", "fastställde", "antog", "beslut ",
	};
	const char *sign = strstr(folded, "§");
	bool decided = false;

	for (size_t i = 0; i < ARRAY_LEN(verbs_of_bodies); i++)
		decided = decided || strstr(folded, verbs_of_bodies[i]);
	if (!sign || !decided || words_guard(folded))
		return false;
	sign += strlen("§");
	return sign[strspn(sign, " ")] >= '1' && sign[strspn(sign, " ")] <= '9' &&
	       strstr(folded, "20");
}

/* An invisible character between two letters hides or breaks a word. */
static bool has_hidden(const char *line)
{
	bool letter = false, hidden = false;

	for (const char *at = line; *at;) {
		uint32_t c = text_next(&at);
		if (c == 0xAD || (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
		    (c >= 0x2060 && c <= 0x2069) || c == 0xFEFF) {
			hidden = letter;
			continue;
		}
		bool now = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= 0xC0 && c < 0x250);
		if (hidden && now)
			return true;
		hidden = false;
		letter = now;
	}
	return false;
}

static struct phrase unknown(struct arena *a, const char *line, const char *folded)
{
	const char *kept = arena_dup(a, line);

	if (strchr(folded, '?'))
		return no_phrase(VERDICT_QUESTION, kept, "the line asks something");
	if (words_approval(folded))
		return no_phrase(VERDICT_QUESTION, kept,
		                 "the line speaks of approval, but is not the verb alone");
	return no_phrase(VERDICT_UNCLEAR, kept, "the first line is no verb of the vocabulary");
}

/* What stands after the first colon, as written; NULL: nothing. */
static const char *after_colon(struct arena *a, const char *line)
{
	const char *colon = strchr(line, ':');
	const char *text = colon ? text_tidy(a, colon + 1) : NULL;

	return text_blank(text) ? NULL : text;
}

static struct phrase of_verb(struct arena *a, const struct verb *v, const char *line)
{
	const char *text = after_colon(a, line);

	if (v->verdict == VERDICT_APPROVE && strchr(line, ':'))
		return no_phrase(VERDICT_QUESTION, arena_dup(a, line), "more is said than the verb");
	return (struct phrase){ .verdict = v->verdict, .until = DAY_NONE, .text = text,
	                        .takes_text = v->verdict != VERDICT_APPROVE,
	                        .why = "the whole line is a verb of the vocabulary" };
}

struct phrase phrase_read(struct arena *a, const char *line, dayno received)
{
	static const char *const thanks[] = { ", tack", " tack", ". tack", "! tack", ", thanks",
	                                      ". thanks", " thanks" };
	static const char *const yes[] = { "ja, ", "ok, ", "okej, ", "yes, ", "*" };
	char *folded = text_fold(a, line);
	bool english = false;

	if (has_hidden(line))
		return no_phrase(VERDICT_QUESTION, arena_dup(a, line), "a word holds an invisible sign");
	for (size_t i = 0; i < ARRAY_LEN(openings); i++)
		if (text_starts(folded, openings[i].words) && !strchr(folded, '?'))
			return (struct phrase){ .verdict = openings[i].verdict, .until = DAY_NONE,
			                        .text = text_tidy(a, line), .takes_text = true,
			                        .why = "the line opens with words of the vocabulary" };
	cut_signs(folded);
	cut_end(folded, thanks, ARRAY_LEN(thanks));
	const char *until = asked_until(folded, &english);
	if (until) {
		dayno day = reply_date(until, received, english);
		return (struct phrase){ .verdict = day == DAY_NONE ? VERDICT_QUESTION : VERDICT_EXTENSION,
		                        .until = day, .text = text_tidy(a, line),
		                        .why = day == DAY_NONE
		                                ? "an extension is asked for, but not until a date"
		                                : "an extension until a date is asked for" };
	}
	if (is_decision(folded))
		return (struct phrase){ .verdict = VERDICT_DECISION, .until = DAY_NONE,
		                        .text = text_tidy(a, line),
		                        .why = "a body's decision with its date and paragraph" };
	char *colon = strchr(folded, ':');
	char *verb_only = colon ? arena_dupn(a, folded, (size_t)(colon - folded)) : folded;
	const struct verb *v = find_verb(verb_only);
	if (!v) {
		v = find_verb(cut_start(verb_only, yes, ARRAY_LEN(yes)));
		if (v && v->verdict != VERDICT_APPROVE)
			v = NULL;
	}
	return v ? of_verb(a, v, line) : unknown(a, line, folded);
}
