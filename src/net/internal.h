/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_SRC_NET_INTERNAL_H
#define OVERSYN_SRC_NET_INTERNAL_H

#include "net/door.h"

/* Whether the addresses may be said to anybody; else fills *out. */
bool submission_ok(const struct submission *m, struct submit_result *out);
/* Fills *out; the answer is made one line of printable text. */
void submit_say(struct submit_result *out, enum submit_verdict verdict, const char *fmt, ...)
	PRINTF(3, 4);
void line_tidy(char *text);

#endif
