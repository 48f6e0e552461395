/* SPDX-License-Identifier: EUPL-1.2 */
/* The bodies that a reply speaks of. */
#include <string.h>

#include "base/attr.h"
#include "base/text.h"
#include "src/core/reply-internal.h"

bool reply_is_body(const char *word)
{
	static const char *const ends[] = { "nämnden", "nämndens", "nämnd", "styrelsen", "styrelsens", "fullmäktige",
	                                    "fullmäktiges", "utskottet", "utskottets", "utskott", "council", "board",
	                                    "committee" };

	static const char *const short_for[] = { "ks", "kf", "ksau", "au" };

	for (size_t i = 0; i < ARRAY_LEN(ends); i++)
		if (text_ends(word, ends[i]))
			return true;
	for (size_t i = 0; i < ARRAY_LEN(short_for); i++)
		if (strcmp(word, short_for[i]) == 0)
			return true;
	return false;
}

/* Whether one of the words is that; `ends`: ends so ("nämnden"). */
static bool among_words(const char *words, const char *w, size_t len, bool ends)
{
	static const char between[] = " ,.:()[]/";

	for (const char *at = words + strspn(words, between); *at; at += strspn(at, between)) {
		size_t n = strcspn(at, between);

		if ((n == len || (ends && n > len)) && strncmp(at + n - len, w, len) == 0)
			return true;
		at += n;
	}
	return false;
}

static bool in_capitals(const char *raw)
{
	size_t len = strlen(raw);

	return len > 1 && len <= 5 && strspn(raw, "ABCDEFGHIJKLMNOPQRSTUVWXYZÅÄÖ") == len;
}

bool reply_own_body(struct arena *a, const struct reply_context *ctx, const struct token *t)
{
	static const char *const any[] = { "nämnden", "nämndens", "nämnd", "styrelsen", "styrelsens", "board",
	                                   "committee", "council" };
	const char *w = !strcmp(t->word, "ks") ? "kommunstyrelsen" : !strcmp(t->word, "kf") ? "kommunfullmäktige" : t->word;
	size_t len = strlen(w);

	for (size_t i = 0; i < ARRAY_LEN(any); i++)
		if (strcmp(w, any[i]) == 0)
			return true;
	if (!ctx->body)
		return !strstr(w, "utskott") && !text_ends(w, "au") && (reply_is_body(w) || in_capitals(t->raw));
	const char *body = text_fold(a, ctx->body);
	bool ends = reply_is_body(w);
	return among_words(body, w, len, ends) || (ends && text_ends(w, "s") && among_words(body, w, len - 1, true))
	       || (ends && text_ends(w, "et") && among_words(body, w, len - 2, true));
}
