/* SPDX-License-Identifier: EUPL-1.2 */
#include <gnutls/x509.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>

#include "internal.h"
#include "stream-internal.h"

/* What a person needs who must mend it: which addresses, what kind of TLS, whose
 * certificate, and until when. */

static void list(char *out, size_t size, const char *text, size_t len)
{
	size_t used = strlen(out);

	if (used + len + 3 <= size)
		snprintf(out + used, size - used, "%s%.*s", used ? ", " : "", (int)len, text);
}

void seen_address(struct stream_seen *seen, const struct addrinfo *a, bool answered)
{
	char text[64];

	if (!seen || getnameinfo(a->ai_addr, a->ai_addrlen, text, sizeof(text), NULL, 0, NI_NUMERICHOST))
		return;
	if (answered) {
		snprintf(seen->address, sizeof(seen->address), "%s", text);
		return;
	}
	seen->ipv4 += a->ai_family == AF_INET;
	seen->ipv6 += a->ai_family == AF_INET6;
	list(seen->addresses, sizeof(seen->addresses), text, strlen(text));
}

static void names_of(gnutls_x509_crt_t crt, char *out, size_t size)
{
	*out = '\0';
	for (unsigned int i = 0; i < 8; i++) {
		char name[256];
		size_t len = sizeof(name) - 1;
		int kind = gnutls_x509_crt_get_subject_alt_name(crt, i, name, &len, NULL);

		if (kind < 0)
			break;
		if (kind == GNUTLS_SAN_DNSNAME)
			list(out, size, name, strnlen(name, len));
	}
	for (char *at = out; *at; at++)
		if ((unsigned char)*at < ' ' || *at == 0x7f)
			*at = '?';
}

/* The certificate that the other end showed; false: none that can be read. */
static bool shown(gnutls_session_t tls, gnutls_x509_crt_t *out)
{
	unsigned int n = 0;
	const gnutls_datum_t *peer = gnutls_certificate_get_peers(tls, &n);

	if (!peer || !n || gnutls_x509_crt_init(out) < 0)
		return false;
	if (gnutls_x509_crt_import(*out, &peer[0], GNUTLS_X509_FMT_DER) == 0)
		return true;
	gnutls_x509_crt_deinit(*out);
	return false;
}

void seen_names(gnutls_session_t tls, char *out, size_t size)
{
	gnutls_x509_crt_t crt;

	*out = '\0';
	if (!shown(tls, &crt))
		return;
	names_of(crt, out, size);
	gnutls_x509_crt_deinit(crt);
}

static void note_certificate(struct stream *s, enum probe_certificate what)
{
	struct stream_seen *seen = s->seen;
	gnutls_x509_crt_t crt;

	snprintf(seen->tls, sizeof(seen->tls), "%s, %s",
	         gnutls_protocol_get_name(gnutls_protocol_get_version(s->tls)),
	         gnutls_cipher_get_name(gnutls_cipher_get(s->tls)));
	seen->certificate = what;
	if (!shown(s->tls, &crt))
		return;
	size_t len = sizeof(seen->issuer);
	time_t from = gnutls_x509_crt_get_activation_time(crt);
	time_t until = gnutls_x509_crt_get_expiration_time(crt);
	seen->from = from == (time_t)-1 ? INSTANT_NONE : (instant)from;
	seen->until = until == (time_t)-1 ? INSTANT_NONE : (instant)until;
	if (gnutls_x509_crt_get_issuer_dn(crt, seen->issuer, &len))
		seen->issuer[0] = '\0';
	line_tidy(seen->issuer);
	names_of(crt, seen->names, sizeof(seen->names));
	gnutls_x509_crt_deinit(crt);
}

void seen_refused(struct stream *s, enum probe_certificate why)
{
	if (s->seen)
		note_certificate(s, why);
}

void seen_secure(struct stream *s)
{
	if (!s->seen)
		return;
	note_certificate(s, PROBE_CERT_GOOD);
	s->seen->secure = true;
}
