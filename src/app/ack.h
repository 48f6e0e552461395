/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_SRC_APP_ACK_H
#define OVERSYN_SRC_APP_ACK_H

#include "core/ack.h"

/* Notes that a mail was taken, with one write(2), in the log that store_acks() gave; -1:
 * there is none. A note that cannot be written makes a mail uncertain if the program
 * ends now, and nothing else. */
void ack_note(int fd, const struct ack *a);

#endif
