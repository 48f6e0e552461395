/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_STORE_RECORD_H
#define OVERSYN_STORE_RECORD_H

#include <stdint.h>

#include "base/digest.h"
#include "core/zone.h"

/*
 * How a row of the record (table "record") is hashed, so that anybody can
 * write a verifier of their own.
 *
 * A row has six fields: seq, at, kind, subject, facts, prev. seq counts 1, 2,
 * 3 … without gaps; at is seconds since 1970-01-01T00:00:00Z; prev is the
 * hash of the row before in lower-case hexadecimal, and 64 times "0" in the
 * first row. Each field becomes a netstring: its length in bytes in decimal,
 * ":", its bytes, ",". Integers are written in decimal without sign (a "-"
 * before a negative one) or leading zeros; texts are their UTF-8 bytes. Then
 *
 *	hash = hex(SHA-256("oversyn-record-1\n" then the six netstrings in order))
 *
 * For example, in Python:
 *
 *	def ns(v): b = str(v).encode(); return b"%d:%s," % (len(b), b)
 *	h = hashlib.sha256(b"oversyn-record-1\n" + b"".join(map(ns, row))).hexdigest()
 *
 * The chain shows every change, swap and loss inside it. That rows were cut
 * off its end shows only against a head that was kept somewhere else.
 */
#define RECORD_GENESIS "0000000000000000000000000000000000000000000000000000000000000000"

void record_hash(int64_t seq, instant at, const char *kind, const char *subject,
                 const char *facts, const char *prev, char hash[DIGEST_HEX]);

#endif
