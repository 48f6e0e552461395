/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/digest.h"

#include <gnutls/crypto.h>
#include <stdlib.h>

void digest_sha256(const void *bytes, size_t len, uint8_t out[DIGEST_SIZE])
{
	if (gnutls_hash_fast(GNUTLS_DIG_SHA256, bytes, len, out) < 0)
		abort(); /* only without memory, or in a broken GnuTLS */
}

void digest_hmac(const void *key, size_t key_len, const void *bytes, size_t len,
                 uint8_t out[DIGEST_SIZE])
{
	if (gnutls_hmac_fast(GNUTLS_MAC_SHA256, key, key_len, bytes, len, out) < 0)
		abort();
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
