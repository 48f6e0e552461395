/* SPDX-License-Identifier: EUPL-1.2 */
#include <arpa/nameser.h>
#include <netdb.h>
#include <resolv.h>
#include <string.h>

#include "base/attr.h"
#include "base/buf.h"
#include "base/text.h"
#include "src/net/dns.h"

enum { MOST_BYTES = 16384, ATTEMPTS = 2 };

static void close_resolver(struct __res_state *r)
{
	res_nclose(r);
}

/* The strings of a TXT record, each behind its length. False: they do not fit. */
static bool strings(const unsigned char *at, size_t len, struct buf *out)
{
	while (len) {
		size_t n = *at;
		if (n >= len)
			return false;
		buf_add(out, at + 1, n);
		at += n + 1;
		len -= n + 1;
	}
	return true;
}

/* It is kept and recorded: one line, which a person can read. */
static bool is_line(const struct buf *text)
{
	for (size_t i = 0; i < text->len; i++)
		if ((unsigned char)text->data[i] < ' ' || text->data[i] == 0x7f)
			return false;
	return text_is_utf8(text->data, text->len);
}

static void failed(struct dns_answer *out, const char *why)
{
	*out = (struct dns_answer){ .verdict = DNS_FAILED, .why = why };
}

static void read_answer(struct arena *a, const unsigned char *bytes, int len, struct dns_answer *out)
{
	struct buf text AUTO(buf_release) = BUF_INIT;
	size_t found = 0;
	ns_msg m;
	ns_rr rr;

	if (ns_initparse(bytes, len, &m) < 0) {
		failed(out, "the name server's answer cannot be read");
		return;
	}
	for (int i = 0; i < ns_msg_count(m, ns_s_an); i++) {
		if (ns_parserr(&m, ns_s_an, i, &rr) < 0) {
			failed(out, "the name server's answer cannot be read");
			return;
		}
		if (ns_rr_type(rr) != ns_t_txt || ns_rr_class(rr) != ns_c_in)
			continue;
		buf_clear(&text);
		if (!strings(ns_rr_rdata(rr), ns_rr_rdlen(rr), &text)) {
			failed(out, "the name server's answer cannot be read");
			return;
		}
		found++;
	}
	*out = (struct dns_answer){ .verdict = DNS_NONE, .why = "there is no such record" };
	if (found > 1) {
		out->why = "there are several records where one should be";
	} else if (found && !is_line(&text)) {
		out->why = "the record is no text";
	} else if (found) {
		*out = (struct dns_answer){ .verdict = DNS_FOUND, .text = arena_dup(a, text.data), .why = "found" };
	}
}

void dns_txt(struct arena *a, const char *resolver, int seconds, const char *name,
             struct dns_answer *out)
{
	struct __res_state r AUTO(close_resolver) = { .nscount = 0 };
	unsigned char *bytes = arena_alloc(a, MOST_BYTES);

	if (res_ninit(&r)) {
		failed(out, "the system's resolver does not start");
		return;
	}
	if (resolver) {
		r.nscount = 1;
		if (!dns_resolver(resolver, &r.nsaddr_list[0])) {
			failed(out, "the resolver's address is none");
			return;
		}
	}
	r.retrans = seconds;
	r.retry = ATTEMPTS;
	r.options |= RES_USE_EDNS0;
	int len = res_nquery(&r, name, ns_c_in, ns_t_txt, bytes, MOST_BYTES);
	if (len > MOST_BYTES)
		failed(out, "the name server's answer is too long");
	else if (len >= 0)
		read_answer(a, bytes, len, out);
	else if (r.res_h_errno == HOST_NOT_FOUND || r.res_h_errno == NO_DATA)
		*out = (struct dns_answer){ .verdict = DNS_NONE, .why = "there is no such record" };
	else
		failed(out, "no name server answers");
}
