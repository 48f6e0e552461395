/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/log.h"

#include <stdarg.h>
#include <stdio.h>

/* The one mutable global below app: a process has one log. */
static struct {
	log_sink *write;
	void *ctx;
} to;

void log_to(log_sink *sink, void *ctx)
{
	to.write = sink;
	to.ctx = ctx;
}

void log_event(enum log_level level, const char *event, const char *fmt, ...)
{
	char pairs[1024];
	va_list ap;

	if (!to.write)
		return;
	va_start(ap, fmt);
	vsnprintf(pairs, sizeof(pairs), fmt, ap);
	va_end(ap);
	to.write(to.ctx, level, event, pairs);
}
