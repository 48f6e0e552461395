/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "src/mail/auth.h"

/*
 * Microsoft 365 writes no authserv-id, and only its topmost header is its
 * word: mail that comes from another tenant brings others along. Mail within
 * the tenant is neither signed nor checked; for it the server says who handed
 * it in, in headers that it takes away from mail from outside.
 */
static const char host[] = "outlook.com";

/* How many headers, from the top, the service wrote. */
static size_t service(struct arena *a, const struct raw_headers *h)
{
	for (size_t i = 0; i < h->n; i++) {
		if (!raw_equal(h->at[i].name, "Received"))
			continue;
		struct received r = received_read(a, h->at[i].value);
		if (!r.by || !host_under(r.by, host))
			return i;
	}
	return h->n;
}

/* The value of a header that stands once in all the mail, and in the first n. */
static const char *only(const struct raw_headers *h, size_t n, const char *name)
{
	if (raw_count(h, name) != 1)
		return NULL;
	for (size_t i = 0; i < n; i++)
		if (raw_equal(h->at[i].name, name))
			return h->at[i].value;
	return NULL;
}

/* Noted, never decided on: what it says is reputation too. */
static const char *composite(struct arena *a, const struct authres *r)
{
	for (size_t i = 0; i < r->n; i++) {
		const char *reason = r->at[i].reason;
		if (!raw_equal(r->at[i].method, "compauth"))
			continue;
		if (!reason || strspn(reason, "0123456789") != strlen(reason))
			reason = "none";
		return arena_fmt(a, " (compauth=%s reason=%.5s)", r->at[i].result, reason);
	}
	return "";
}

/* From is ours, and nobody in the tenant handed it in. */
static void forged(struct arena *a, const char *as, const char *what, struct mail_facts *f)
{
	f->auth_alarm = true;
	f->auth_why = arena_fmt(a, "Direct Send: handed in as %s under the name of our own domain; %s",
	                        as && raw_equal(as, "Anonymous") ? "Anonymous" : "nobody of the tenant", what);
}

void authres_m365(struct arena *a, const struct raw_headers *h, const struct mail_known *known,
                  struct mail_facts *f)
{
	size_t top = service(a, h);
	const char *domain = auth_domain_of(f->from), *value = NULL, *why = "there is no Authentication-Results";
	struct authres r = { .n = 0 };

	for (size_t i = 0; i < top && !value; i++)
		if (raw_equal(h->at[i].name, "Authentication-Results"))
			value = h->at[i].value;
	if (value)
		authres_parse(a, value, false, &r);
	const struct authres_result *dmarc = value ? authres_dmarc(&r, 1, &why) : NULL;
	const char *as = only(h, top, "X-MS-Exchange-Organization-AuthAs");
	const char *source = only(h, top, "X-MS-Exchange-Organization-AuthSource");
	if (dmarc && raw_equal(dmarc->result, "pass") && dmarc->header_from && !dmarc->twice &&
	    raw_equal(dmarc->header_from, domain)) {
		auth_yes(f, "m365", arena_fmt(a, "Microsoft 365 says dmarc=pass for the sender's domain%s",
		                              composite(a, &r)));
		return;
	}
	if (dmarc && raw_equal(dmarc->result, "pass"))
		why = "Microsoft 365 says dmarc=pass for another domain than the sender's";
	else if (dmarc)
		why = arena_fmt(a, "Microsoft 365 says dmarc=%s%s", dmarc->result, composite(a, &r));
	bool internal = known->tenant && as && raw_equal(as, "Internal") && source &&
	                host_under(source, known->tenant);
	if (!auth_listed(known, domain))
		f->auth_why = why;
	else if (!internal)
		forged(a, as, why, f);
	else if (dmarc && raw_equal(dmarc->result, "fail"))
		f->auth_why = why;
	else
		auth_yes(f, "m365-internal", "handed in within the tenant, says Microsoft 365");
}
