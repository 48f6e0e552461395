/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "src/mail/auth.h"

const char *auth_domain_of(const char *address)
{
	const char *at = strrchr(address, '@');

	return at ? at + 1 : "";
}

bool auth_listed(const struct mail_known *known, const char *domain)
{
	for (size_t i = 0; i < known->n_domains; i++)
		if (raw_equal(known->domains[i], domain))
			return true;
	return false;
}

void auth_yes(struct mail_facts *f, const char *by, const char *why)
{
	f->auth_domain = auth_domain_of(f->from);
	f->auth_by = by;
	f->auth_why = why;
}

void auth_read(struct arena *a, const char *bytes, size_t len, const struct raw_headers *h,
               const struct mail_known *known, struct mail_facts *f)
{
	if (known->profile == AUTH_NONE)
		f->auth_why = "this site does not check the sender's domain";
	else if (h->has_nul || h->odd || h->too_many)
		f->auth_why = "its header can be read in two ways";
	else if (!f->from)
		f->auth_why = "it does not have exactly one sender";
	else if (known->profile == AUTH_AUTHSERV)
		authres_read(a, h, known, f);
	else if (known->profile == AUTH_M365)
		authres_m365(a, h, known, f);
	else
		dkim_read(a, bytes, len, h, known, f);
}
