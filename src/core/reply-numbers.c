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

static bool label(const char *word)
{
	static const char *const words[] = { "nr", "nummer", "punkt", "punkterna", "rad", "raderna", "post",
	                                     "item", "items", "row", "rows", "number" };

	return among(word, words, ARRAY_LEN(words));
}

bool reply_numbers_end(const char *word)
{
	static const char *const words[] = { "godkänns", "godkännes", "godkänt", "godkänd", "avslås", "underkänns",
	                                     "approved", "rejected" };

	return among(word, words, ARRAY_LEN(words));
}

static bool plain_number(const char *word, size_t len, int *out)
{
	*out = 0;
	if (!len || len > 3 || *word == '0' || strspn(word, "0123456789") < len)
		return false;
	for (size_t i = 0; i < len; i++)
		*out = *out * 10 + (word[i] - '0');
	return true;
}

static bool add_range(struct numbers *out, int from, int to)
{
	if (from > to)
		return false;
	for (int i = from; i <= to; i++) {
		if (out->n == REPLY_ANSWERS)
			return false;
		out->at[out->n++] = i;
	}
	return true;
}

/* "3", "5-7" or "1+3" in one word. */
static bool number_word(const char *word, struct numbers *out)
{
	const char *dash = strstr(word, "–");
	size_t len = dash ? (size_t)(dash - word) : strcspn(word, "-+");
	size_t mark = dash ? strlen("–") : 1;
	int from, to;

	if (!plain_number(word, len, &from))
		return false;
	if (!word[len])
		return add_range(out, from, from);
	if (word[len] == '+')
		return add_range(out, from, from) && number_word(word + len + 1, out);
	return plain_number(word + len + mark, strlen(word + len + mark), &to) && from < to &&
	       add_range(out, from, to);
}

/* "2 rutiner" is how many, and not which; but "2 Rutin för passerkort" may be a title. */
static bool counts(const struct token *t, size_t n)
{
	size_t len = reply_longest(PATTERNS_COUNTED, t, 0, n);

	return len && !(t->capital && len < n && !guard_approval(t + len, 1));
}

size_t reply_numbers(const struct token *t, size_t n, struct numbers *out)
{
	static const char *const ands[] = { "och", "and", "samt", "&", "+" };
	size_t i = n && label(t[0].word) ? 1 : 0;

	out->n = 0;
	for (bool first = true; i < n; first = false) {
		size_t at = i;
		bool and = !first && among(t[at].word, ands, ARRAY_LEN(ands));
		bool dash = !first && t[at].dash;
		bool to = dash || (!first && (!strcmp(t[at].word, "till") || !strcmp(t[at].word, "to")));
		if (and || (to && !dash))
			at++;
		if (at == n || (!first && !and && !to && !t[at].comma))
			break;
		int from = out->n ? out->at[out->n - 1] : 0, upto;
		if (to) {
			if (!plain_number(t[at].word, strlen(t[at].word), &upto)) {
				if (dash)
					break; /* "1 - Godkänns" */
				return 0;
			}
			if (!add_range(out, from + 1, upto))
				return 0;
		} else if (!number_word(t[at].word, out)) {
			break;
		}
		i = at + 1;
	}
	if (!out->n)
		return 0;
	if (i < n && strcmp(t[i].word, ":") == 0)
		return i + 1;
	return i < n && !t[i].comma && !label(t[0].word) && counts(t + i, n - i) ? 0 : i;
}

size_t reply_figures(const struct token *t, size_t i, size_t n)
{
	if (!strcmp(t[i].word, "kl") && i + 1 < n && strspn(t[i + 1].word, "0123456789.:") == strlen(t[i + 1].word))
		return 2;
	return i && t[i - 1].capital && strlen(t[i].word) > 5 && strspn(t[i].word, "0123456789/-:.") == strlen(t[i].word);
}

/* "andra raden", "tvåan" */
static bool counted(const struct token *t, size_t n)
{
	static const char *const alone[] = { "ettan", "tvåan", "trean", "fyran", "femman", "sexan" };
	static const char *const which[] = { "första", "andra", "tredje", "fjärde", "femte", "sista", "first",
	                                     "second", "third", "last" };
	static const char *const row[] = { "raden", "punkten", "posten", "granskningen", "row", "item", "review" };

	return among(t[0].word, alone, ARRAY_LEN(alone))
	       || (n > 1 && among(t[0].word, which, ARRAY_LEN(which)) && among(t[1].word, row, ARRAY_LEN(row)));
}

/* "3 nya datorer" may be the third row, "2 veckor" not the second. */
static bool amount(const struct token *t, size_t n)
{
	static const char *const of[] = { "st", "stycken", "år", "dagar", "veckor", "månader", "years", "days",
	                                  "weeks", "months" };

	return n && among(t[0].word, of, ARRAY_LEN(of));
}

bool reply_names_row(const struct token *t, size_t n, const struct reply_context *ctx)
{
	static const char *const before[] = { "för", "gäller", "avser", "på", "av", "for", "on", ":" };
	struct numbers found;
	struct when day;

	for (size_t i = 0, used; ctx->rows != 1 && i < n; i += used ? used : 1) {
		if (counted(t + i, n - i))
			return true;
		used = reply_numbers(t + i, n - i, &found);
		if (!used || (ctx->rows && found.at[0] > ctx->rows) || amount(t + i + used, n - i - used)
		    || reply_when(t + i, n - i, ctx->received, WHEN_COMING, false, &day))
			continue;
		bool ends = i + used == n || t[i + used].comma || !strcmp(t[i + used - 1].word, ":");
		if (!i || label(t[i].word) || (ends && among(t[i - 1].word, before, ARRAY_LEN(before))))
			return true;
	}
	return false;
}

/* How many words the title in a row's cell has, where they are the first of these. What
 * stands in brackets behind it is its registry number. */
static size_t titled(const char *cell, const struct token *t, size_t n)
{
	static const char between[] = " ,.:;/";
	size_t i = 0;

	for (const char *at = cell + strspn(cell, between); *at && !strchr("|(", *at); i++) {
		size_t len = strcspn(at, " ,.:;/|(");

		if (i == n || strlen(t[i].word) != len || strncmp(at, t[i].word, len) != 0)
			return 0;
		at += len;
		at += strspn(at, between);
	}
	return i;
}

size_t reply_row_title(struct arena *a, const struct token *t, size_t n, const struct reply_context *ctx, int *row)
{
	size_t found = 0;
	bool several = false;

	*row = 0;
	for (const char *at = ctx->sent; at && n; at = strchr(at, '\n')) {
		at += *at == '\n';
		char *cell;
		long number = text_starts(at, "| ") ? strtol(at + 2, &cell, 10) : 0;
		if (number < 1 || number > ctx->rows || !text_starts(cell, " | "))
			continue;
		size_t used = titled(text_fold(a, arena_dupn(a, cell + 3, strcspn(cell + 3, "|\n"))), t, n);
		several = used > found ? false : several || (used && used == found && *row != number);
		if (used > found) {
			found = used;
			*row = (int)number;
		}
	}
	return several ? 0 : found;
}

bool reply_add_answers(struct reply *out, const struct numbers *ns, const struct answer *said)
{
	for (size_t i = 0; i < ns->n; i++) {
		for (size_t j = 0; j < out->n_answers; j++)
			if (out->answers[j].n == ns->at[i] || out->answers[j].n == 0 || ns->at[i] == 0)
				return false;
		if (out->n_answers == REPLY_ANSWERS)
			return false;
		out->answers[out->n_answers] = *said;
		out->answers[out->n_answers++].n = ns->at[i];
	}
	return true;
}

void reply_propose(struct reply *out, const struct numbers *ns, const struct phrase *p)
{
	struct answer seems = p->answer;

	seems.verdict = p->proposal;
	if (seems.verdict == VERDICT_APPROVE)
		seems.text = NULL; /* the words in the way are none of it */
	if (!out->said.verdict)
		out->said = seems;
	out->n_answers = out->n_proposed;
	out->n_proposed = reply_add_answers(out, ns, &seems) ? out->n_answers : 0;
	out->n_answers = 0;
}
