/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "src/mail/auth.h"

/*
 * Only what our own server wrote counts, and what it wrote stands above the
 * Received line that it found in the mail: everything from there on is the
 * sender's. The lines at the top are ours for certain: deliveries by LMTP,
 * which nobody outside can make, and then the border's own.
 */

bool host_under(const char *host, const char *domain)
{
	size_t n = strlen(host), m = strlen(domain);

	return m && n >= m && raw_equal(host + n - m, domain) && (n == m || host[n - m - 1] == '.');
}

static char *word(char **at)
{
	char *w = *at + strspn(*at, " ");
	size_t len = strcspn(w, " ;");

	*at = w + len;
	if (**at)
		*(*at)++ = '\0';
	return w;
}

struct received received_read(struct arena *a, const char *value)
{
	struct received r = { .by = NULL };
	char *at = authres_bare(a, value);

	if (!at)
		return r;
	char *w = word(&at);
	if (raw_equal(w, "from")) { /* a name that the other side chose */
		word(&at);
		w = word(&at);
	}
	if (!raw_equal(w, "by"))
		return r;
	r.by = word(&at);
	while (*(w = word(&at)))
		if (raw_equal(w, "with")) {
			r.with = word(&at);
			break;
		}
	return r;
}

static bool by_lmtp(const struct received *r)
{
	return r->with && (raw_is(r->with, "LMTP") || raw_is(r->with, "UTF8LMTP"));
}

/* How many headers, from the top, our own servers wrote. */
static size_t ours(struct arena *a, const struct raw_headers *h, const char *authserv)
{
	bool border = false;

	for (size_t i = 0; i < h->n; i++) {
		if (!raw_equal(h->at[i].name, "Received"))
			continue;
		if (border)
			return i;
		struct received r = received_read(a, h->at[i].value);
		if (!r.by)
			return i;
		if (by_lmtp(&r))
			continue;
		if (!host_under(r.by, authserv))
			return i;
		border = true;
	}
	return h->n;
}

static void judge(struct arena *a, const struct authres *all, size_t n, struct mail_facts *f)
{
	const char *domain = auth_domain_of(f->from);
	const struct authres_result *dmarc = authres_dmarc(all, n, &f->auth_why);

	if (!dmarc)
		return;
	if (!raw_equal(dmarc->result, "pass")) {
		f->auth_why = arena_fmt(a, "our server says dmarc=%s", dmarc->result);
	} else if (!dmarc->header_from || dmarc->twice) {
		f->auth_why = "our server says dmarc=pass without one header.from";
	} else if (!raw_equal(dmarc->header_from, domain)) {
		f->auth_why = "our server says dmarc=pass for another domain than the sender's";
	} else {
		auth_yes(f, "authserv", "our server says dmarc=pass for the sender's domain");
	}
}

void authres_read(struct arena *a, const struct raw_headers *h, const struct mail_known *known,
                  struct mail_facts *f)
{
	struct authres *all = arena_alloc(a, (h->n + 1) * sizeof(*all));
	const char *id = known->authserv ? known->authserv : "";
	size_t top = ours(a, h, id), n = 0, below = 0;

	for (size_t i = 0; i < h->n; i++) {
		if (!raw_equal(h->at[i].name, "Authentication-Results"))
			continue;
		authres_parse(a, h->at[i].value, true, &all[n]);
		if (!*id || !raw_equal(all[n].id, id))
			continue;
		below += i >= top;
		n += i < top;
	}
	if (n)
		judge(a, all, n, f);
	else if (below)
		f->auth_why = "the only Authentication-Results with our server's name is the sender's";
	else
		f->auth_why = "there is no Authentication-Results of our server";
	f->auth_alarm = f->auth_alarm || (!f->auth_by && below);
}
