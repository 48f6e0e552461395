/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_TESTS_APP_LISTENER_H
#define OVERSYN_TESTS_APP_LISTENER_H

#include <stdint.h>
#include <sys/types.h>

/* A socket that listens on this machine alone, and the port that it was given. Fails the
 * test where there is none. */
int listener_open(uint16_t *port);
/* A process that takes one connection after the other; `talk` closes it. */
pid_t listener_serve(uint16_t *port, void (*talk)(int fd));

#endif
