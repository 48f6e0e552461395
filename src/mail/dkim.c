/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "base/attr.h"
#include "src/mail/auth.h"

/*
 * A signature counts when its domain is the sender's and it covers all that
 * can change what the mail means. Each is held against the mail by itself, as
 * if there were no other: a broken one takes nothing from a good one, and lends
 * nothing to a bad one.
 */
enum {
	MOST_SIGNATURES = 100, /* that are looked at; those of the sender: MAIL_MAX_KEYS */
	CLOCKS = 300,          /* seconds that two clocks may differ */
};

static const char *timely(const struct dkim_signature *s, instant received)
{
	if (s->made != INSTANT_NONE && s->expires != INSTANT_NONE && s->expires < s->made)
		return "the signature ends before it begins";
	if (received == INSTANT_NONE)
		return s->expires == INSTANT_NONE ? NULL : "the mail has no date to hold the signature's against";
	if (s->made != INSTANT_NONE && s->made > received + CLOCKS)
		return "the signature was made after the mail came";
	if (s->expires != INSTANT_NONE && s->expires + CLOCKS < received)
		return "the signature had expired when the mail came";
	return NULL;
}

/* Fields that must be signed, and those that must be when they are there: each
 * can be added to a signed mail, or changed, and the mail says something else. */
static const char *covered(struct arena *a, const struct raw_headers *h, const struct dkim_signature *s)
{
	static const char *const fields[] = {
		"From", "To", "Subject", "Date", "Message-ID",
		"Content-Type", "Content-Transfer-Encoding", "MIME-Version", "Cc", "Reply-To", "In-Reply-To",
		"References", "Sender", "Content-Disposition",
	};
	enum { ALWAYS = 5, MEANING = 8 };

	for (size_t i = 0; i < ARRAY_LEN(fields); i++) {
		size_t n = raw_count(h, fields[i]);
		if (n > 1)
			return arena_fmt(a, "%s stands twice", fields[i]);
		if (i < ALWAYS ? !dkim_covers(s, fields[i]) : i < MEANING && n && !dkim_covers(s, fields[i]))
			return arena_fmt(a, "the signature leaves out %s", fields[i]);
	}
	return NULL;
}

static const char *acceptable(struct arena *a, const struct raw_headers *h, const struct dkim_signature *s,
                              instant received)
{
	if (s->partial)
		return "the signature covers only the beginning of the mail (l=)";
	if (!raw_equal(s->algorithm, "rsa-sha256") && !raw_equal(s->algorithm, "ed25519-sha256"))
		return "the signature's algorithm is not safe";
	const char *why = timely(s, received);
	return why ? why : covered(a, h, s);
}

static const struct dkim_key *key_of(const struct mail_known *known, const struct dkim_signature *s)
{
	for (size_t i = 0; i < known->n_keys; i++)
		if (raw_equal(known->keys[i].domain, s->domain) &&
		    raw_equal(known->keys[i].selector, s->selector))
			return &known->keys[i];
	return NULL;
}

static void want(struct arena *a, const struct dkim_signature *s, struct mail_facts *f)
{
	for (size_t i = 0; i < f->n_wanted; i++)
		if (raw_equal(f->wanted[i].domain, s->domain) && raw_equal(f->wanted[i].selector, s->selector))
			return;
	if (!f->wanted)
		f->wanted = arena_alloc(a, MAIL_MAX_KEYS * sizeof(*f->wanted));
	f->wanted[f->n_wanted++] = (struct dkim_key){
		.domain = s->domain,
		.selector = s->selector,
		.found = DKIM_KEY_NONE,
	};
}

struct message {
	const char *bytes;
	size_t len;
	struct raw_headers h;
};

/* What was signed had CRLF; a mail that was kept without any gets them back.
 * One that has both is left as it is: it is not what was signed. */
static void with_crlf(struct arena *a, const char *bytes, size_t len, const struct raw_headers *h,
                      struct message *out)
{
	*out = (struct message){ .bytes = bytes, .len = len, .h = *h };
	if (memchr(bytes, '\r', len))
		return;
	size_t lines = 0;
	for (size_t i = 0; i < len; i++)
		lines += bytes[i] == '\n';
	char *to = arena_alloc(a, len + lines + 1);
	out->bytes = to;
	for (size_t i = 0; i < len; i++) {
		if (bytes[i] == '\n')
			*to++ = '\r';
		*to++ = bytes[i];
	}
	out->len = len + lines;
	raw_read(a, out->bytes, out->len, &out->h);
}

/* Whether this one signature vouches: NULL with *bits, or why not. */
static const char *one(struct arena *a, const struct message *m, const struct mail_known *known,
                       const struct dkim_signature *s, instant received, unsigned *bits,
                       struct mail_facts *f)
{
	const char *why = acceptable(a, &m->h, s, received);
	const struct dkim_key *key = key_of(known, s);

	if (why)
		return why;
	if (!key) {
		want(a, s, f);
		return "the signature's key was not looked up";
	}
	if (key->found == DKIM_KEY_FAILED)
		return "the signature's key could not be fetched";
	if (key->found == DKIM_KEY_NONE || !key->record)
		return "the signature's key is not in the DNS";
	return dkim_verify_one(a, &m->h, m->bytes + m->h.body, m->len - m->h.body, s, key->record, bits);
}

static bool of_sender(const struct mail_known *known, const char *sender, const char *domain)
{
	return raw_equal(domain, sender) || (auth_listed(known, domain) && auth_listed(known, sender));
}

static const char *good(struct arena *a, const struct dkim_signature *s, unsigned bits)
{
	bool short_key = bits < 2048 && raw_is(s->algorithm, "rsa");

	return arena_fmt(a, "DKIM: signed by %s, key %s%s", s->domain, s->selector,
	                 short_key ? arena_fmt(a, ", of only %u bits", bits) : "");
}

void dkim_read(struct arena *a, const char *bytes, size_t len, const struct raw_headers *h,
               const struct mail_known *known, struct mail_facts *f)
{
	instant received = known->received != INSTANT_NONE ? known->received : f->date;
	const char *sender = auth_domain_of(f->from), *why, *foreign = NULL;
	struct message m;
	size_t tried = 0;

	with_crlf(a, bytes, len, h, &m);
	for (size_t i = 0, n = 0; i < m.h.n && n < MOST_SIGNATURES; i++) {
		struct dkim_signature s;
		unsigned bits = 0;
		if (!raw_equal(m.h.at[i].name, "DKIM-Signature"))
			continue;
		n++;
		why = dkim_tags(a, &m.h.at[i], &s);
		if (!of_sender(known, sender, s.domain)) {
			foreign = foreign || !*s.domain ? foreign : s.domain;
			f->auth_why = f->auth_why ? f->auth_why : why;
			continue;
		}
		if (tried++ == MAIL_MAX_KEYS)
			break;
		if (!why)
			why = one(a, &m, known, &s, received, &bits, f);
		if (!why) {
			auth_yes(f, "dkim", good(a, &s, bits));
			f->n_wanted = 0;
			return;
		}
		f->auth_why = f->auth_why && tried > 1 ? f->auth_why : why;
	}
	if (!tried && foreign)
		f->auth_why = arena_fmt(a, "it is signed by %s, not by the sender's domain", foreign);
	if (!f->auth_why)
		f->auth_why = "it is not signed";
}
