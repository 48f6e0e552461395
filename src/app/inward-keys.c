/* SPDX-License-Identifier: EUPL-1.2 */
/* The keys of signatures: the courier, which fetches them, checks nothing; the reader,
 * which checks them, has no network. */
#include <string.h>

#include "base/log.h"
#include "src/app/inward.h"

static const char *const found_words[] = {
	[DKIM_KEY_FOUND] = "found",
	[DKIM_KEY_NONE] = "none",
	[DKIM_KEY_FAILED] = "failed",
};

/* A reader gone bad could ask the DNS for anything, and so tell the world what
 * it has read: only names of the sender's domain, and our own, are looked up. */
static bool is_name(const char *s)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_";

	return *s && *s != '.' && strspn(s, letters) == strlen(s);
}

static bool may_ask(const struct pass *p, const struct incoming *in, const struct dkim_key *k)
{
	const char *at = in->mail.from ? strrchr(in->mail.from, '@') : NULL;
	bool theirs = at && !strcasecmp(at + 1, k->domain);

	for (size_t i = 0; i < p->config->n_domains; i++)
		theirs = theirs || !strcasecmp(p->config->domains[i], k->domain);
	return theirs && is_name(k->domain) && is_name(k->selector);
}

static int look_up(struct pass *p, struct arena *a, struct dkim_key *k, struct err *e)
{
	const char *name = arena_fmt(a, "%s._domainkey.%s", k->selector, k->domain);
	struct dns_answer answer;

	courier_dns_txt(p->courier, a, p->config->resolver, DNS_SECONDS, name, &answer);
	k->found = answer.verdict == DNS_FOUND ? DKIM_KEY_FOUND
	           : answer.verdict == DNS_NONE ? DKIM_KEY_NONE : DKIM_KEY_FAILED;
	k->record = answer.text;
	log_event(answer.verdict == DNS_FAILED ? LOG_WARNING : LOG_INFO, "dkim-key", "name=%s answer=\"%s\"",
	          name, answer.why);
	const struct key_row row = {
		.domain = k->domain,
		.selector = k->selector,
		.found = found_words[k->found],
		.record = k->record,
		.fetched = p->now,
	};
	return store_key_put(p->store, &row, e) < 0 ? -1 : 0;
}

int inward_keys(struct pass *p, struct arena *a, struct incoming *in, struct err *e)
{
	in->keys = arena_alloc(a, MAIL_MAX_KEYS * sizeof(*in->keys));
	for (size_t i = 0; i < in->mail.n_wanted && in->n_keys < MAIL_MAX_KEYS; i++) {
		struct dkim_key *k = &in->keys[in->n_keys];

		*k = in->mail.wanted[i];
		if (!may_ask(p, in, k))
			continue;
		in->n_keys++;
		if (look_up(p, a, k, e))
			return -1;
	}
	return 0;
}
