/* SPDX-License-Identifier: EUPL-1.2 */
#include <gnutls/abstract.h>
#include <gnutls/crypto.h>
#include <gnutls/x509.h>
#include <string.h>

#include "pin.h"
#include "stream-internal.h"

/* The SHA-256 of the peer's public key. */
static bool peer_key(gnutls_session_t tls, unsigned char key[PIN_SIZE])
{
	unsigned int n = 0;
	const gnutls_datum_t *peer = gnutls_certificate_get_peers(tls, &n);
	gnutls_x509_crt_t crt = NULL;
	gnutls_pubkey_t pub = NULL;
	gnutls_datum_t der = { 0 };

	bool ok = peer && n && gnutls_x509_crt_init(&crt) == 0 && gnutls_pubkey_init(&pub) == 0 &&
		gnutls_x509_crt_import(crt, &peer[0], GNUTLS_X509_FMT_DER) == 0 &&
		gnutls_pubkey_import_x509(pub, crt, 0) == 0 &&
		gnutls_pubkey_export2(pub, GNUTLS_X509_FMT_DER, &der) == 0 &&
		gnutls_hash_fast(GNUTLS_DIG_SHA256, der.data, der.size, key) == 0;
	gnutls_free(der.data);
	if (pub)
		gnutls_pubkey_deinit(pub);
	if (crt)
		gnutls_x509_crt_deinit(crt);
	return ok;
}

int stream_pinned(struct stream *s, struct err *e)
{
	unsigned char key[PIN_SIZE], pinned[PIN_SIZE];
	gnutls_datum_t raw = { .data = key, .size = PIN_SIZE }, text = { 0 };

	if (!peer_key(s->tls, key)) {
		stream_fail(s, "its key cannot be read");
		return err_set(e, ERR_SAFETY, "the key of %s cannot be read, so it is not the pinned one",
		               s->host);
	}
	for (const char *at = s->pin + strspn(s->pin, " "); *at; )
		if (pin_next(&at, pinned) && memcmp(key, pinned, PIN_SIZE) == 0)
			return 0;
	stream_fail(s, "its key is not the pinned one");
	bool shown = gnutls_base64_encode2(&raw, &text) == 0;
	err_set(e, ERR_SAFETY, "the key of %s is not the pinned one: it is %.*s. If its owner says that "
	        "it was renewed, set pin to that", s->host, shown ? (int)text.size : 1,
	        shown ? (const char *)text.data : "?");
	gnutls_free(text.data);
	return -1;
}
