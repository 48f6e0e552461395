/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_BASE_LOG_H
#define OVERSYN_BASE_LOG_H

#include "base/attr.h"

/*
 * One line per event: its name, then key=value pairs, written through a sink
 * that app sets once at start (without one, lines go nowhere). Never log a
 * secret, a token or the text of a mail.
 *
 *	log_event(LOG_INFO, "letter-sent", "ref=%s attempt=%d", ref, n);
 */
enum log_level { LOG_DEBUG, LOG_INFO, LOG_WARNING, LOG_ERROR };

typedef void log_sink(void *ctx, enum log_level level, const char *event, const char *pairs);

void log_to(log_sink *sink, void *ctx);
void log_event(enum log_level level, const char *event, const char *fmt, ...) PRINTF(3, 4);

#endif
