/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_SRC_APP_ACK_H
#define OVERSYN_SRC_APP_ACK_H

#include "core/ack.h"

/* Notes that a mail was taken, with one write(2), in the log that store_acks() gave; -1:
 * there is none. False: it is not written. Then no other mail may go before what is known
 * is committed: were the program cut off, all that is not noted would go again. */
bool ack_note(int fd, const struct ack *a);

#endif
