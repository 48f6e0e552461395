/* SPDX-License-Identifier: EUPL-1.2 */
/* What a visit to a mail server saw, on its way to the keeper. */
#include "courier-wire.h"

enum { MOST_WORDS = 4096 };

#define TEXTS(X) \
	X(why) X(addresses) X(address) X(tls) X(names) X(issuer) X(offers) X(way) X(rights) \
	X(handled_rights)
#define FLAGS(X) \
	X(secure) X(dsn) X(size) X(pipelining) X(idle) X(move) X(uidplus) X(read_only) X(deletes)
#define INSTANTS(X) X(from) X(until) X(token_date)

void pack_probe(const struct probe *p, struct buf *out)
{
	pack_number(out, (uint64_t)p->step, 1);
	pack_number(out, (uint64_t)p->certificate, 1);
	pack_number(out, (uint64_t)p->handled, 1);
	pack_number(out, (uint64_t)p->ipv4, 2);
	pack_number(out, (uint64_t)p->ipv6, 2);
	pack_number(out, (uint64_t)p->port, 2);
	pack_number(out, (uint64_t)p->token_s, 4);
	pack_number(out, p->waiting, 4);
	pack_number(out, p->size_most, 8);
#define X(name) pack_words(p->name, MOST_WORDS, out);
	TEXTS(X)
#undef X
#define X(name) pack_number(out, p->name, 1);
	FLAGS(X)
#undef X
#define X(name) pack_number(out, (uint64_t)p->name, 8);
	INSTANTS(X)
#undef X
}

/* A time that no calendar has is none. */
static instant unpack_instant(struct unpack *u)
{
	const instant earliest = -2208988800, latest = 7258118400; /* 1900 to 2200 */
	instant t = (instant)unpack_number(u, 8);

	return t < earliest || t >= latest ? INSTANT_NONE : t;
}

bool unpack_probe(struct unpack *u, struct probe *out)
{
	uint64_t step = unpack_number(u, 1), certificate = unpack_number(u, 1), handled = unpack_number(u, 1);

	*out = (struct probe){
		.step = (enum probe_step)step,
		.certificate = (enum probe_certificate)certificate,
		.handled = (enum probe_folder)handled,
	};
	out->ipv4 = (int)unpack_number(u, 2);
	out->ipv6 = (int)unpack_number(u, 2);
	out->port = (int)unpack_number(u, 2);
	out->token_s = (int)(unpack_number(u, 4) & INT32_MAX);
	out->waiting = (uint32_t)unpack_number(u, 4);
	out->size_most = unpack_number(u, 8);
#define X(name) out->name = unpack_string(u, MOST_WORDS);
	TEXTS(X)
#undef X
#define X(name) out->name = unpack_number(u, 1) != 0;
	FLAGS(X)
#undef X
#define X(name) out->name = unpack_instant(u);
	INSTANTS(X)
#undef X
	return !u->bad && !u->left && step <= PROBE_DONE && certificate <= PROBE_CERT_REFUSED
	       && handled <= PROBE_FOLDER_ABSENT && (step == PROBE_DONE) == !out->why;
}
