/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "base/attr.h"
#include "base/text.h"
#include "src/mail/internal.h"

/* Who stands in, by an automatic reply's word: an address, else a name. */

static const char *const stand_ins[] = {
	"kontakta", "vänd dig", "vänder du dig", "hänvisar", "ersättare", "ersätts av", "ersätts jag av", "ersätter",
	"vikarie", "brådskande", "akut", "skyndsamma", "contact", "get in touch with", "urgent",
	"my deputy", "hör av dig till", "mejla", "maila", "ring",
};

static bool in_address(char c)
{
	return (unsigned char)c > ' ' && !strchr("<>()[]\",;:\\", c);
}

/* The first address at or after `at` that is nobody's in not_these. */
static const char *address_after(struct arena *a, const char *at, const char *const *not_these,
                                 size_t n)
{
	for (const char *sign = strchr(at, '@'); sign; sign = strchr(sign + 1, '@')) {
		const char *from = sign, *to = sign + 1;
		while (from > at && in_address(from[-1]))
			from--;
		while (in_address(*to))
			to++;
		while (to > sign && strchr(".!?'*", to[-1]))
			to--;
		char *one = arena_dupn(a, from, (size_t)(to - from));
		bool ok = identity_plausible(one);
		for (size_t i = 0; i < n; i++)
			ok = ok && !(not_these[i] && raw_equal(one, not_these[i]));
		if (ok)
			return one;
	}
	return NULL;
}

static bool capital(const char *s)
{
	uint32_t c = text_next(&s);

	return (c >= 'A' && c <= 'Z') || (c >= 0xC0 && c <= 0xDE);
}

/* Two or three words with capitals, soon after the cue: a name. */
static const char *name_after(struct arena *a, const char *at)
{
	const char *from = NULL, *end = at;
	size_t names = 0;

	for (int i = 0; i < 9 && *at; i++) {
		at += strspn(at, " :,");
		size_t len = strcspn(at, " ,:;.!?()<");
		if (!len)
			break;
		if (capital(at)) {
			from = names ? from : at;
			end = at + len;
			names++;
		} else if (names) {
			break;
		}
		at += len;
		if (names && *at != ' ')
			break;
	}
	return names >= 2 && names <= 3 ? arena_dupn(a, from, (size_t)(end - from)) : NULL;
}

const char *absence_substitute(struct arena *a, const char *text, const char *const *not_these,
                               size_t n)
{
	const char *tidy = text_tidy(a, text), *folded = text_fold(a, text), *first = NULL;

	if (strlen(tidy) != strlen(folded)) /* folding moved letters: look from the start */
		return address_after(a, tidy, not_these, n);
	for (size_t i = 0; i < ARRAY_LEN(stand_ins); i++) {
		const char *at = strstr(folded, stand_ins[i]);
		if (at && (!first || at < first))
			first = at;
	}
	if (!first)
		return NULL;
	const char *after = tidy + (first - folded);
	const char *address = address_after(a, after, not_these, n);
	if (address)
		return address;
	for (size_t i = 0; i < ARRAY_LEN(stand_ins); i++) {
		const char *at = strstr(folded, stand_ins[i]);
		const char *name = at ? name_after(a, tidy + (at - folded) + strlen(stand_ins[i])) : NULL;
		if (name)
			return name;
	}
	return NULL;
}
