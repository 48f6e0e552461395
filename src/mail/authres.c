/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "src/mail/internal.h"

/* Without comments and quoted strings: both may hold what the sender wrote. */
static char *bare(struct arena *a, const char *value)
{
	char *out = arena_dup(a, value), *to = out;
	size_t depth = 0;
	bool quoted = false;

	for (const char *at = value; *at; at++) {
		if (*at == '\\' && (quoted || depth) && at[1])
			at++;
		else if (*at == '"' && !depth)
			quoted = !quoted;
		else if (!quoted && *at == '(')
			depth++;
		else if (!quoted && *at == ')' && depth)
			depth--;
		else if (!quoted && !depth)
			*to++ = *at;
	}
	*to = '\0';
	return out;
}

static char *next_word(char **at, const char *marks)
{
	char *word = *at + strspn(*at, marks);
	size_t len = strcspn(word, marks);

	*at = word + len;
	if (**at)
		*(*at)++ = '\0';
	return word;
}

static const char *passed_domain(char *results)
{
	while (*results) {
		char *one = next_word(&results, ";");
		char *method = next_word(&one, " ");
		if (!raw_equal(method, "dmarc=pass"))
			continue;
		while (*one) {
			char *property = next_word(&one, " ");
			if (!raw_is(property, "header.from="))
				continue;
			property += strlen("header.from=");
			bool clean = *property != '\0';
			for (const char *c = property; *c; c++)
				clean = clean && (strchr(".-", *c) || (*c >= '0' && *c <= '9') ||
				                  (*c >= 'a' && *c <= 'z') || (*c >= 'A' && *c <= 'Z'));
			return clean ? property : NULL;
		}
	}
	return NULL;
}

const char *authres_domain(struct arena *a, const struct raw_headers *h, const char *authserv)
{
	const char *value;

	if (!authserv || !*authserv)
		return NULL;
	for (size_t i = 0; (value = raw_get(h, "Authentication-Results", i)) != NULL; i++) {
		char *results = bare(a, value);
		char *head = next_word(&results, ";");
		if (raw_equal(next_word(&head, " "), authserv))
			return passed_domain(results);
	}
	return NULL;
}
