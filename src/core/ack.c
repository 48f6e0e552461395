/* SPDX-License-Identifier: EUPL-1.2 */
#include "core/ack.h"

#include <string.h>

static const unsigned char mark[4] = { 'A', 'C', 'K', '1' };

static void put(unsigned char *out, uint64_t n, int bytes)
{
	for (int i = 0; i < bytes; i++)
		out[i] = (unsigned char)(n >> (8 * i) & 0xFF);
}

static uint64_t get(const unsigned char *in, int bytes)
{
	uint64_t n = 0;

	for (int i = 0; i < bytes; i++)
		n |= (uint64_t)in[i] << (8 * i);
	return n;
}

/* FNV-1a: against a torn write, not against anybody. */
static uint32_t check(const unsigned char *in, size_t n)
{
	uint32_t sum = 2166136261u;

	for (size_t i = 0; i < n; i++)
		sum = (uint32_t)((uint64_t)(sum ^ in[i]) * 16777619u & UINT32_MAX);
	return sum;
}

void ack_encode(const struct ack *a, unsigned char out[ACK_BYTES])
{
	memcpy(out, mark, sizeof(mark));
	put(out + 4, a->batch, 4);
	put(out + 8, (uint64_t)a->mail, 8);
	put(out + 16, check(out, 16), 4);
}

bool ack_decode(const unsigned char in[ACK_BYTES], struct ack *out)
{
	if (memcmp(in, mark, sizeof(mark)) != 0 || get(in + 16, 4) != check(in, 16))
		return false;
	*out = (struct ack){ .batch = (uint32_t)get(in + 4, 4), .mail = (int64_t)get(in + 8, 8) };
	return true;
}
