/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_SRC_APP_READER_WIRE_H
#define OVERSYN_SRC_APP_READER_WIRE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Between keeper and reader: both are the same program, so plain structs. */
enum { WIRE_FIELDS = 4 }; /* bytes, sent, own, authserv */

struct wire_request {
	uint64_t len[WIRE_FIELDS]; /* WIRE_ABSENT: NULL */
};

struct wire_answer {
	uint64_t facts; /* bytes of mail facts that follow the calendar reply */
};

#define WIRE_ABSENT UINT64_MAX

/* Read or write exactly len bytes; deadline_ms on the monotonic clock, or −1
 * for none. False at the end, on an error, or too late. */
bool wire_read(int fd, void *to, size_t len, int64_t deadline_ms);
bool wire_write(int fd, const void *from, size_t len, int64_t deadline_ms);
int64_t wire_now(void);

#endif
