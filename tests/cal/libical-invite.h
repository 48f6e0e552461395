/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_TESTS_CAL_LIBICAL_INVITE_H
#define OVERSYN_TESTS_CAL_LIBICAL_INVITE_H

#include "cal/invite.h"

/* The same invitation as libical writes it, from a tree. Its texts must be clean. */
void libical_invite(const struct invite *i, bool cancel, struct buf *out);
/* Whether libical reads both, finds nothing in them against RFC 5546, and the same. */
bool libical_same(const char *one, const char *other);

#endif
