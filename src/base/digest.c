/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/digest.h"

#include <gnutls/crypto.h>
#include <stdlib.h>

#include "base/mem.h"

void digest_sha256(const void *bytes, size_t len, uint8_t out[DIGEST_SIZE])
{
	if (gnutls_hash_fast(GNUTLS_DIG_SHA256, bytes, len, out) < 0)
		abort(); /* only without memory, or in a broken GnuTLS */
}

struct digest_key {
	gnutls_hmac_hd_t hmac;
};

struct digest_key *digest_key_new(const void *key, size_t len)
{
	struct digest_key *k = mem_alloc(sizeof(*k));

	if (gnutls_hmac_init(&k->hmac, GNUTLS_MAC_SHA256, key, len) < 0)
		abort();
	return k;
}

void digest_key_free(struct digest_key *k)
{
	if (!k)
		return;
	gnutls_hmac_deinit(k->hmac, NULL);
	mem_free(k);
}

void digest_hmac(struct digest_key *k, const void *bytes, size_t len, uint8_t out[DIGEST_SIZE])
{
	if (gnutls_hmac(k->hmac, bytes, len) < 0)
		abort();
	gnutls_hmac_output(k->hmac, out); /* and it is as new */
}

void digest_hex(const uint8_t *bytes, size_t len, char *out)
{
	static const char digits[] = "0123456789abcdef";

	for (size_t i = 0; i < len; i++) {
		*out++ = digits[bytes[i] >> 4];
		*out++ = digits[bytes[i] & 15];
	}
	*out = '\0';
}

void digest_base32(const uint8_t *bytes, size_t len, char *out)
{
	static const char digits[] = "abcdefghijklmnopqrstuvwxyz234567";
	unsigned acc = 0, bits = 0;

	for (size_t i = 0; i < len; i++) {
		acc = acc << 8 | bytes[i];
		for (bits += 8; bits >= 5; bits -= 5)
			*out++ = digits[acc >> (bits - 5) & 31];
		acc &= (1U << bits) - 1;
	}
	if (bits)
		*out++ = digits[acc << (5 - bits) & 31];
	*out = '\0';
}
