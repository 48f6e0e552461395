/* SPDX-License-Identifier: EUPL-1.2 */
#include "core/bounce.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>
#include <strings.h>

#include "base/attr.h"

/* An enhanced status code (RFC 3463); class 0: none. */
struct status {
	int class, subject, detail;
};

static bool number(const char **at, int *out)
{
	int n = 0, digits = 0;

	for (; **at >= '0' && **at <= '9' && digits < 3; digits++)
		n = n * 10 + (*(*at)++ - '0');
	*out = n;
	return digits > 0 && !isdigit((unsigned char)**at);
}

static bool code_at(const char *at, struct status *out)
{
	return number(&at, &out->class) && *at++ == '.' && number(&at, &out->subject) && *at++ == '.'
	       && number(&at, &out->detail) && *at != '.' && (out->class == 4 || out->class == 5);
}

/* The first one in a text, of which an address like 5.1.1.1 is none. */
static struct status code_in(const char *text)
{
	struct status s;

	for (const char *at = text; at && *at; at++)
		if ((at == text || !(isalnum((unsigned char)at[-1]) || at[-1] == '.')) && code_at(at, &s))
			return s;
	return (struct status){ 0, 0, 0 };
}

/* The codes that say that the mailbox is not there. First match wins. */
static const struct {
	int subject, detail;
	enum bounce means;
	const char *only; /* where the answer says so; NULL: always */
} permanent[] = {
	{ 1, 1, BOUNCE_DEAD, NULL },  /* no such mailbox */
	{ 1, 2, BOUNCE_DEAD, NULL },  /* no such domain */
	{ 1, 3, BOUNCE_DEAD, NULL },  /* no address by its form */
	{ 1, 6, BOUNCE_DEAD, NULL },  /* moved, nobody says where to */
	{ 1, 10, BOUNCE_DEAD, NULL }, /* the domain takes no mail; in Exchange: not found */
	{ 2, 1, BOUNCE_DEAD, NULL },  /* switched off */
	{ 2, 2, BOUNCE_NOTED, NULL }, /* full */
	{ 4, 1, BOUNCE_DEAD, "recipient address rejected" }, /* Exchange Online of an unknown one */
	{ 4, 7, BOUNCE_NOTED, NULL }, /* tried for too long: a server was away */
};

static bool says(const char *text, const char *words)
{
	size_t len = strlen(words);

	for (const char *at = text; at && *at; at++)
		if (!strncasecmp(at, words, len))
			return true;
	return false;
}

enum bounce bounce_judge(const char *action, const char *status, const char *said)
{
	static const char *const harmless[] = { "delayed", "delivered", "relayed", "expanded" };

	for (size_t i = 0; action && i < ARRAY_LEN(harmless); i++)
		if (!strcasecmp(action, harmless[i]))
			return BOUNCE_NOTED;
	if (!action || strcasecmp(action, "failed") != 0)
		return BOUNCE_UNCLEAR;
	struct status s = code_in(status);
	if (!s.class || (s.class == 5 && !s.subject && !s.detail))
		s = code_in(said);
	if (s.class == 4)
		return BOUNCE_NOTED;
	for (size_t i = 0; s.class == 5 && i < ARRAY_LEN(permanent); i++)
		if (s.subject == permanent[i].subject && s.detail == permanent[i].detail
		    && (!permanent[i].only || says(said, permanent[i].only)))
			return permanent[i].means;
	return BOUNCE_UNCLEAR;
}
