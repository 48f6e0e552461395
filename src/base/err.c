/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/err.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

int err_set(struct err *e, enum err_kind kind, const char *fmt, ...)
{
	va_list ap;

	e->kind = kind;
	va_start(ap, fmt);
	vsnprintf(e->text, sizeof(e->text), fmt, ap);
	va_end(ap);
	return -1;
}

int err_wrap(struct err *e, const char *fmt, ...)
{
	char was[sizeof(e->text)];
	va_list ap;

	memcpy(was, e->text, sizeof(was));
	va_start(ap, fmt);
	vsnprintf(e->text, sizeof(e->text), fmt, ap);
	va_end(ap);

	size_t len = strlen(e->text);
	snprintf(e->text + len, sizeof(e->text) - len, ": %.*s", (int)(sizeof(was) - 1), was);
	return -1;
}
