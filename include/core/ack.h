/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_CORE_ACK_H
#define OVERSYN_CORE_ACK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * That a mail server has taken a mail, noted the moment it said so in a log that is not
 * synced, beside the database (DESIGN §6). What is noted there and not yet committed
 * survives the end of the program; a power cut may lose it.
 */
struct ack {
	uint32_t batch; /* of the claim that the mail went with: what an older one left is none */
	int64_t mail;
};

enum { ACK_BYTES = 20 };
void ack_encode(const struct ack *a, unsigned char out[ACK_BYTES]);
/* False: it is torn, or no note. */
bool ack_decode(const unsigned char in[ACK_BYTES], struct ack *out);

#endif
