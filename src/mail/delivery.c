/* SPDX-License-Identifier: EUPL-1.2 */
/* What a report of a mail that did not arrive says (RFC 3464). */
#include <string.h>

#include "base/attr.h"
#include "base/text.h"
#include "src/mail/internal.h"

enum { MAX_SAID = 500, MAX_ID = 998, MAX_NAMES = 4 };

/* "rfc822; anna@t.example", or "rfc822;<anna@t.example>". */
static const char *address(struct arena *a, const char *field)
{
	const char *at = field ? strchr(field, ';') : NULL;

	if (!at)
		return NULL;
	at += 1 + strspn(at + 1, " \t<");
	const char *text = arena_dupn(a, at, strcspn(at, " \t>"));
	return identity_plausible(text) ? text : NULL;
}

/* "smtp; 550 5.1.1 unknown" */
static const char *answer(struct arena *a, const char *field)
{
	const char *at = field ? strchr(field, ';') : NULL;

	return field ? text_cut(a, text_tidy(a, at ? at + 1 : field), MAX_SAID) : NULL;
}

static const char *word(struct arena *a, const char *field)
{
	return field && text_is_utf8(field, strlen(field)) ? text_cut(a, text_tidy(a, field), MAX_SAID)
	                                                    : NULL;
}

/* A name that we gave a mail: it has an @. */
static void add_name(struct arena *a, const char *at, struct mail_facts *f)
{
	size_t len = at ? strcspn(at, "<> \t,") : 0;

	if (len && len <= MAX_ID && memchr(at, '@', len) && text_is_utf8(at, len))
		f->returned[f->n_returned++] = arena_dupn(a, at, len);
}

/* A report is groups of fields: first of the mail, then of each recipient. `envelope`:
 * the identifier that the mail was handed over with (RFC 3461), in the first. */
static void read_groups(struct arena *a, const char *text, const char **envelope,
                        struct mail_facts *f)
{
	const char *end = text + strlen(text);

	f->failures = arena_alloc(a, MAIL_MAX_FAILURES * sizeof(*f->failures));
	while (text < end && f->n_failures < MAIL_MAX_FAILURES) {
		struct raw_headers h;

		text += strspn(text, "\r\n");
		raw_read(a, text, (size_t)(end - text), &h);
		if (!*envelope)
			*envelope = raw_get(&h, "Original-Envelope-Id", 0);
		struct mail_failure x = {
			.recipient = address(a, raw_get(&h, "Final-Recipient", 0)),
			.original = address(a, raw_get(&h, "Original-Recipient", 0)),
			.action = word(a, raw_get(&h, "Action", 0)),
			.status = word(a, raw_get(&h, "Status", 0)),
			.said = answer(a, word(a, raw_get(&h, "Diagnostic-Code", 0))),
		};
		if (x.recipient || x.original)
			f->failures[f->n_failures++] = x;
		if (!h.body)
			return;
		text += h.body;
	}
}

/* Exchange gives a mail another name and keeps ours beside it. */
static void read_returned(struct arena *a, const char *text, struct mail_facts *f)
{
	static const char *const names[] = { "Message-ID", "X-Microsoft-Original-Message-ID",
	                                     "Reply-To" };
	struct raw_headers h;

	raw_read(a, text, strlen(text), &h);
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		const char *at = raw_get(&h, names[i], 0), *open = at ? strrchr(at, '<') : NULL;

		add_name(a, open ? open + 1 : at, f);
	}
}

void delivery_read(struct arena *a, const struct part_facts *p, struct mail_facts *f)
{
	const char *envelope = NULL;

	if (!p->report && !p->returned)
		return;
	f->returned = arena_alloc(a, MAX_NAMES * sizeof(*f->returned));
	if (p->report)
		read_groups(a, p->report, &envelope, f);
	if (p->returned)
		read_returned(a, p->returned, f);
	if (f->n_returned < MAX_NAMES)
		add_name(a, envelope, f); /* ours has nothing that xtext would write otherwise */
}
