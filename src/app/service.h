/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_SRC_APP_SERVICE_H
#define OVERSYN_SRC_APP_SERVICE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/log.h"

/*
 * What a service manager and its journal are told: sd_notify(3), sd_journal_sendv(3).
 * Where there is none, or the program was built without it, they are told nothing, and
 * events go to standard error.
 */
void service_ready(void);
void service_reloading(void);
void service_stopping(void);
void service_status(const char *line);
/* Something was done: at each step, and at least every service_patience_s(). */
void service_alive(void);
/* Half of what the manager's watchdog allows, in seconds; 0: there is no watchdog. */
int service_patience_s(void);

/* A log_sink: to the journal, with a field for each key, where standard error leads
 * there; else one line each. ctx: the lowest level that is written to a person, as a
 * `const enum log_level *`. Values of keys that name a secret are masked. */
void service_log(void *ctx, enum log_level level, const char *event, const char *pairs);

/* The next key=value of a line of them; a value may stand in quotes. False: no more.
 * Control characters become blanks; too long a value is cut. */
struct log_pair {
	char key[32], value[1024];
};
bool log_pair_next(const char **at, struct log_pair *out);

#endif
