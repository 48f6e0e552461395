/* SPDX-License-Identifier: EUPL-1.2 */
#include "ack.h"

#include <unistd.h>

bool ack_note(int fd, const struct ack *a)
{
	unsigned char bytes[ACK_BYTES];

	ack_encode(a, bytes);
	return fd < 0 || write(fd, bytes, sizeof(bytes)) == (ssize_t)sizeof(bytes);
}
