/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_BASE_DIGEST_H
#define OVERSYN_BASE_DIGEST_H

#include <stddef.h>
#include <stdint.h>

/* SHA-256 and HMAC-SHA-256 (FIPS 180-4, RFC 2104), computed by GnuTLS. */
enum { DIGEST_SIZE = 32, DIGEST_HEX = 2 * DIGEST_SIZE + 1 };

void digest_sha256(const void *bytes, size_t len, uint8_t out[DIGEST_SIZE]);

/* A key with which many HMACs are computed: what is the same for all is done once. */
struct digest_key;
struct digest_key *digest_key_new(const void *key, size_t len);
void digest_key_free(struct digest_key *k); /* NULL: nothing; leaves no trace of the key */
void digest_hmac(struct digest_key *k, const void *bytes, size_t len, uint8_t out[DIGEST_SIZE]);

/* Lower-case hexadecimal with its NUL: out holds 2 * len + 1 characters. */
void digest_hex(const uint8_t *bytes, size_t len, char *out);

/*
 * Base 32 in the lower-case alphabet a–z 2–7 of RFC 4648 §6, unpadded, with
 * its NUL: out holds (len * 8 + 4) / 5 + 1 characters. Survives mail systems
 * that fold the case of an address.
 */
void digest_base32(const uint8_t *bytes, size_t len, char *out);

#endif
