/* SPDX-License-Identifier: EUPL-1.2 */
#include <arpa/inet.h>
#include <gnutls/x509.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>

#include "stream-internal.h"

#define PRIORITY "NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2:%SAFE_RENEGOTIATION"

static bool is_numeric(const char *host)
{
	struct in6_addr any;

	return inet_pton(AF_INET, host, &any) == 1 || inet_pton(AF_INET6, host, &any) == 1;
}

static enum probe_certificate kind_of(unsigned int status)
{
	if (status & GNUTLS_CERT_UNEXPECTED_OWNER)
		return PROBE_CERT_OTHER_NAME;
	if (status & GNUTLS_CERT_EXPIRED)
		return PROBE_CERT_EXPIRED;
	if (status & GNUTLS_CERT_NOT_ACTIVATED)
		return PROBE_CERT_EARLY;
	return status & (GNUTLS_CERT_SIGNER_NOT_FOUND | GNUTLS_CERT_SIGNER_NOT_CA) ? PROBE_CERT_UNTRUSTED
	                                                                          : PROBE_CERT_REFUSED;
}

static int bad_certificate(struct stream *s, unsigned int status, struct err *e)
{
	char names[256];

	stream_fail(s, "its certificate was not accepted");
	seen_refused(s, kind_of(status));
	if (status & GNUTLS_CERT_UNEXPECTED_OWNER) {
		seen_names(s->tls, names, sizeof(names));
		return err_set(e, ERR_OUTSIDE,
		               "the certificate of %s is for %s: name the server as its certificate does, "
		               "or have the certificate renewed with this name",
		               s->host, *names ? names : "another name");
	}
	if (status & (GNUTLS_CERT_EXPIRED | GNUTLS_CERT_NOT_ACTIVATED))
		return err_set(e, ERR_OUTSIDE,
		               "the certificate of %s %s: have it renewed, or set this machine's clock",
		               s->host, status & GNUTLS_CERT_EXPIRED ? "has expired" : "is not valid yet");
	if (status & (GNUTLS_CERT_SIGNER_NOT_FOUND | GNUTLS_CERT_SIGNER_NOT_CA))
		return err_set(e, ERR_OUTSIDE,
		               "the certificate of %s is signed by nobody that this machine trusts: "
		               "name the CA that signed it as ca_file",
		               s->host);
	gnutls_datum_t words = { 0 };
	gnutls_certificate_verification_status_print(status, GNUTLS_CRT_X509, &words, 0);
	err_set(e, ERR_OUTSIDE, "the certificate of %s cannot be trusted: %.*s", s->host,
	        (int)words.size, words.data ? (const char *)words.data : "");
	gnutls_free(words.data);
	return -1;
}

static int trust(struct stream *s, struct err *e)
{
	if (gnutls_certificate_allocate_credentials(&s->trust) < 0)
		return err_set(e, ERR_OUTSIDE, "cannot prepare TLS");
	int n = s->ca_file ?
		gnutls_certificate_set_x509_trust_file(s->trust, s->ca_file, GNUTLS_X509_FMT_PEM) :
		gnutls_certificate_set_x509_system_trust(s->trust);
	if (n > 0)
		return 0;
	return err_set(e, ERR_USAGE, "no CA certificate could be read from %s: name a PEM file",
	               s->ca_file ? s->ca_file : "this machine's store (install ca-certificates)");
}


static int prepare(struct stream *s, struct err *e)
{
	if (trust(s, e))
		return -1;
	if (gnutls_init(&s->tls, GNUTLS_CLIENT | GNUTLS_NONBLOCK | GNUTLS_NO_SIGNAL) < 0 ||
	    gnutls_priority_set_direct(s->tls, PRIORITY, NULL) < 0 ||
	    gnutls_credentials_set(s->tls, GNUTLS_CRD_CERTIFICATE, s->trust) < 0)
		return err_set(e, ERR_OUTSIDE, "cannot prepare TLS");
	if (!is_numeric(s->host))
		gnutls_server_name_set(s->tls, GNUTLS_NAME_DNS, s->host, strlen(s->host));
	memcpy(s->purpose, GNUTLS_KP_TLS_WWW_SERVER, sizeof(GNUTLS_KP_TLS_WWW_SERVER));
	s->expect[0] = (gnutls_typed_vdata_st){ .type = GNUTLS_DT_DNS_HOSTNAME,
		.data = (unsigned char *)s->host };
	s->expect[1] = (gnutls_typed_vdata_st){ .type = GNUTLS_DT_KEY_PURPOSE_OID,
		.data = s->purpose };
	gnutls_session_set_verify_cert2(s->tls, s->expect, ARRAY_LEN(s->expect), 0);
	gnutls_transport_set_int(s->tls, s->fd);
	return 0;
}

int stream_secure(struct stream *s, struct err *e)
{
	if (prepare(s, e))
		return stream_fail(s, "%s", e->text);
	for (;;) {
		int r = gnutls_handshake(s->tls);
		if (r == 0)
			break;
		if (r == GNUTLS_E_CERTIFICATE_VERIFICATION_ERROR)
			return bad_certificate(s, gnutls_session_get_verify_cert_status(s->tls), e);
		if (gnutls_error_is_fatal(r)) {
			stream_fail(s, "TLS failed: %s", gnutls_strerror(r));
			return err_set(e, ERR_OUTSIDE,
			               "no TLS with %s: %s (is the port right for this kind of TLS, "
			               "and does it speak TLS 1.2?)", s->host, gnutls_strerror(r));
		}
		short events = gnutls_record_get_direction(s->tls) ? POLLOUT : POLLIN;
		if (stream_wait(s, events))
			return err_set(e, ERR_OUTSIDE, "no TLS with %s: %s", s->host, s->trouble);
	}
	if (s->pin && stream_pinned(s, e)) {
		seen_refused(s, PROBE_CERT_UNPINNED);
		return -1;
	}
	s->secure = true;
	seen_secure(s);
	return 0;
}
