/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdlib.h>
#include <string.h>

#include "base/attr.h"
#include "base/text.h"
#include "src/core/reply-internal.h"

static bool among(const char *word, const char *const *words, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(word, words[i]) == 0)
			return true;
	return false;
}

enum guard guard_of(const struct token *t)
{
	return (enum guard)vocabulary_words[t->number].guard;
}

enum guard guard_among(const struct token *t, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		enum guard g = guard_of(&t[i]);
		if (g != GUARD_NONE && g != GUARD_SENTENCE)
			return g;
	}
	return GUARD_NONE;
}

const char *guard_reason(enum guard g)
{
	switch (g) {
	case GUARD_NEGATION:
		return "the sentence has a negation and is no answer of the vocabulary";
	case GUARD_CONDITION:
		return "the sentence has a condition or a time";
	case GUARD_CONTRAST:
		return "the sentence has a but";
	case GUARD_HEDGE:
		return "the sentence is not certain";
	case GUARD_FUTURE:
		return "the sentence is about what will be or should be";
	case GUARD_REPORTED:
		return "the sentence tells what somebody said or did";
	case GUARD_PART:
		return "the sentence is about a part, or has a reservation";
	case GUARD_VERDICT:
	case GUARD_SENTENCE:
	case GUARD_NONE:
		break;
	}
	return NULL;
}

bool guard_approval(const struct token *t, size_t n)
{
	static const char *const stems[] = {
		"godk", "goodk", "gokän", "gokan", "gådk", "approv", "aprov", "appprov", "erinra", "bifall",
		"tillstyrk", "attest", "fastställ", "invänd",
	};

	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < ARRAY_LEN(stems); j++)
			if (strstr(t[i].word, stems[j]))
				return true;
	return false;
}

bool guard_to_come(const struct token *t, size_t n, dayno now, size_t *used)
{
	static const char *const before[] = { "i", "till", "under", "in", "during", "by", "this" };
	struct when w;

	*used = 1;
	if (reply_when(t, n, now, WHEN_PAST, false, &w) && !w.doubt && w.day != DAY_NONE && w.day <= now) {
		*used = w.used;
		return false;
	}
	if (reply_when(t, n, now, WHEN_COMING, false, &w) && w.day > now) {
		bool ago = w.used < n && (!strcmp(t[w.used].word, "sedan") || !strcmp(t[w.used].word, "sen")
		                          || !strcmp(t[w.used].word, "ago"));
		*used = ago ? w.used + 1 : w.used;
		return !ago;
	}
	/* "i mars", "till hösten", but not "till vår leverantör" */
	return n > 1 && among(t->word, before, ARRAY_LEN(before)) && (n == 2 || strcmp(t[1].word, "vår") != 0)
	       && reply_when(t + 1, 1, now, WHEN_COMING, false, &w) && w.day == DAY_NONE;
}

bool guard_of_mails(const struct clause *c, size_t from)
{
	static const char *const mails[] = {
		"påminnelse", "påminnelsen", "påminnelser", "påminnelserna", "mejlet", "mejlen", "mailet", "mailen",
		"utskicket", "utskicken", "aviseringen", "aviseringarna", "sändlistan", "maillistan", "mejllistan",
		"reminder", "reminders", "mails", "emails",
	};
	static const char *const me[] = { "mig", "oss", "me", "us" };
	static const char *const on[] = { "om", "från", "när", "about", "from", "when", "on" };

	for (size_t i = from; i < c->n; i++)
		if (among(c->t[i].word, mails, ARRAY_LEN(mails)))
			return true;
	return from < c->n && among(c->t[from].word, me, ARRAY_LEN(me))
	       && (from + 1 == c->n || among(c->t[from + 1].word, on, ARRAY_LEN(on)));
}

bool guard_another_time(const struct clause *c, size_t from, dayno now)
{
	static const char *const times[] = { "senare", "snart", "sedan", "sen", "efter", "nästa", "later", "soon", "next" };
	static const char *const before[] = { "under", "i", "till", "senast", "från", "efter", "in", "during", "by" };
	size_t used, at = from;

	if (at == c->n || among(c->t[at].word, times, ARRAY_LEN(times)) || guard_to_come(c->t + at, c->n - at, now, &used))
		return at < c->n;
	at += among(c->t[at].word, before, ARRAY_LEN(before)) && at + 1 < c->n;
	const char *w = c->t[at].word;
	int year = strlen(w) == 4 && strspn(w, "0123456789") == 4 ? atoi(w) : 0;
	return (year > date_ymd(now).y && year < 2100) || guard_to_come(c->t + at, c->n - at, now, &used);
}

bool guard_asks(const struct clause *c)
{
	static const char *const first[] = { "kan", "kunde", "får", "vad", "när", "hur", "vem", "vilka", "vilken", "vilket",
	                                     "varför", "var", "är", "ska", "har", "skulle", "can", "could", "what", "when",
	                                     "how", "who", "why", "is", "are", "should", "do" };
	static const char *const whom[] = { "ni", "du", "jag", "vi", "you", "i", "we" };

	return c->n && among(c->t[0].word, first, ARRAY_LEN(first))
	       && (c->mark == '?' || (c->n > 1 && among(c->t[1].word, whom, ARRAY_LEN(whom))));
}

/* ---- what is told of a deficiency ---- */

/* "sedan 4 januari", "inte längre", and what of the guards tells how or when it was done. */
static bool harmless(const struct token *t, size_t i, size_t n, dayno now)
{
	static const char *const words[] = { "med", "with", "redan", "already", "tidigare", "förra", "last",
	                                     "just" };
	const char *next = i + 1 < n ? t[i + 1].word : "";
	struct when w;

	if (among(t[i].word, words, ARRAY_LEN(words)))
		return true;
	if (guard_of(&t[i]) == GUARD_NEGATION)
		return !strcmp(next, "längre") || !strcmp(next, "longer");
	return (!strcmp(t[i].word, "sedan") || !strcmp(t[i].word, "sen")) && i + 1 < n
	       && reply_when(t + i + 1, n - i - 1, now, WHEN_PAST, false, &w) && w.day != DAY_NONE;
}

/* "Lösenorden återstår", "åtgärdas inom kort", "två av tre": some of it is left to do. */
static bool some_left(const struct token *t, size_t i, size_t n)
{
	static const char *const words[] = {
		"återstår", "återstående", "kvarstår", "kvarstående", "kvar", "pågår", "pågående", "fortfarande",
		"alltjämt", "ännu", "utreds", "utreder", "undersöks", "undersöker", "hanteras", "investigated", "än",
		"inom", "åtgärdas", "beställt", "beställd", "planeras", "planerat",
		"planerad", "påbörjat", "påbörjad", "remains", "remaining", "ongoing", "left", "progress", "within",
		"shortly", "ordered", "planned", "started",
	};
	static const char *const numbers[] = { "en", "ett", "två", "tre", "fyra", "fem", "one", "two", "three",
	                                       "four", "five" };

	if (among(t[i].word, words, ARRAY_LEN(words)))
		return true;
	return i && i + 1 < n && (!strcmp(t[i].word, "av") || !strcmp(t[i].word, "of"))
	       && (*t[i - 1].word < 'a' || among(t[i - 1].word, numbers, ARRAY_LEN(numbers)))
	       && (*t[i + 1].word < 'a' || among(t[i + 1].word, numbers, ARRAY_LEN(numbers)));
}

/* Whether a word could name an item: its id has a digit, its title a capital. */
static bool names_item(const struct token *t, size_t n)
{
	bool named = false;

	for (size_t i = 0; i < n; i++)
		named = named || t[i].capital || strpbrk(t[i].word, "0123456789");
	return named && strcmp(t->word, "att") != 0 && strcmp(t->word, "to") != 0;
}

const char *guard_case(const struct token *t, size_t n, enum reply_outcome o, dayno now)
{
	for (size_t i = 0, used; i < n; i += used) {
		enum guard g = guard_of(&t[i]);
		/* Why a report is mistaken is mostly told by what is not so. */
		bool reason = g == GUARD_NEGATION && o == OUTCOME_MISTAKEN && i && strcmp(t[i - 1].word, ":") != 0;

		if (guard_to_come(t + i, n - i, now, &used))
			return "it is about a day that is still to come";
		bool guarded = g != GUARD_NONE && g != GUARD_SENTENCE && !reason && !harmless(t, i, n, now);

		if (used == 1 && (guarded || some_left(t, i, n)))
			return "what is told of the case has a doubt, a condition or a part";
	}
	return o == OUTCOME_CONCERNS && (!n || !names_item(t, n)) ? "it is not said which item it concerns" : NULL;
}

/* ---- what is said behind a no ---- */

const char *guard_no(const struct clause *c, size_t from)
{
	static const char *const reasons[] = { "fel", "saknas", "saknar", "fattas", "wrong", "missing", "måste",
	                                       "behöver", "behövs", "bör", "ska", "needs", "must", "should",
	                                       "ändras", "kompletteras", "ändringar", "ändring" };
	static const char *const more[] = { "än", "ännu", "andra", "övriga", "yet", "others", "rest" };
	struct clause rest = clause_without(c, from);

	if (phrase_denies(&rest, OUTCOME_NONE) || reply_longest(PATTERNS_OPENING, rest.t, 0, rest.n))
		return "what follows the no may take it back";
	for (size_t i = 0; i < rest.n; i++) {
		enum guard g = guard_of(&rest.t[i]);
		bool reason = g == GUARD_NONE || g == GUARD_SENTENCE || (g == GUARD_NEGATION && i)
		              || among(rest.t[i].word, reasons, ARRAY_LEN(reasons));

		if (!reason || among(rest.t[i].word, more, ARRAY_LEN(more)))
			return "what follows the no may be more than its reason";
		if (strspn(rest.t[i].word, "0123456789") == strlen(rest.t[i].word))
			return "the no may be about a part";
	}
	return guard_approval(rest.t, rest.n) ? "what follows the no speaks of approval" : NULL;
}
