/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_SRC_MAIL_AUTH_H
#define OVERSYN_SRC_MAIL_AUTH_H

#include "src/mail/internal.h"

/* ---- auth.c: who vouches for the domain in From ---- */

/* Fills what begins with auth_ and f->wanted, from the headers and, for DKIM,
 * the bytes; f->from is read. */
void auth_read(struct arena *a, const char *bytes, size_t len, const struct raw_headers *h,
               const struct mail_known *known, struct mail_facts *f);
/* The domain of f->from, vouched for. */
void auth_yes(struct mail_facts *f, const char *by, const char *why);
/* Whether the domain is the site's own. */
bool auth_listed(const struct mail_known *known, const char *domain);
const char *auth_domain_of(const char *address); /* what follows the last @ */

/* ---- authres-parse.c: one Authentication-Results, RFC 8601 §2.2 ---- */

struct authres_result {
	const char *method, *result;
	const char *reason;      /* NULL: none */
	const char *header_from; /* header.from=; NULL: none */
	bool twice;              /* header.from= stands twice */
};

struct authres {
	const char *id;     /* the authserv-id */
	bool bad;           /* it is not what the RFC says: nothing of it is believed */
	struct authres_result *at;
	size_t n, cap;
};

/* Without an id is how Microsoft 365 writes it, with a bare domain between the
 * results at times. */
void authres_parse(struct arena *a, const char *value, bool with_id, struct authres *out);
/* Without comments; NULL: one of them, or a quoted string, does not end. */
char *authres_bare(struct arena *a, const char *value);
/* The one dmarc result among n headers, or NULL with *why. */
const struct authres_result *authres_dmarc(const struct authres *all, size_t n, const char **why);

/* ---- authres.c, authres-m365.c ---- */

/* What a Received line says; NULL where it does not. */
struct received {
	const char *by, *with;
};

struct received received_read(struct arena *a, const char *value);
bool host_under(const char *host, const char *domain); /* is it, or a part of it */

/* Our own server's Authentication-Results. */
void authres_read(struct arena *a, const struct raw_headers *h, const struct mail_known *known,
                  struct mail_facts *f);
/* Those of Microsoft 365, and its word for mail within the tenant. */
void authres_m365(struct arena *a, const struct raw_headers *h, const struct mail_known *known,
                  struct mail_facts *f);

/* ---- dkim.c, dkim-tags.c, dkim-verify.c ---- */

void dkim_read(struct arena *a, const char *bytes, size_t len, const struct raw_headers *h,
               const struct mail_known *known, struct mail_facts *f);

/* A signature as its field says, RFC 6376 §3.5; folding and spaces taken away. */
struct dkim_signature {
	const struct raw_header *header;
	const char *domain, *selector; /* never NULL */
	const char *algorithm, *fields; /* a=, h= */
	bool partial;         /* l=: more could be written after what is signed */
	instant made, expires; /* INSTANT_NONE: not said */
};

/* What is wrong with it, or NULL. */
const char *dkim_tags(struct arena *a, const struct raw_header *header, struct dkim_signature *out);
bool dkim_covers(const struct dkim_signature *s, const char *name); /* h= has it */

/* Whether the signature is good, by its key's record: what is wrong, or NULL.
 * `h` and `body` with CRLF; *bits: of the key. */
const char *dkim_verify_one(struct arena *a, const struct raw_headers *h, const char *body,
                            size_t len, const struct dkim_signature *s, const char *record,
                            unsigned *bits);
/* Has the libraries below open what they may want later. */
void dkim_warm_up(void);

#endif
