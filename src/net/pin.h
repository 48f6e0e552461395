/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_SRC_NET_PIN_H
#define OVERSYN_SRC_NET_PIN_H

#include <stdbool.h>

enum { PIN_SIZE = 32 }; /* SHA-256 */

/* The first of the pins in *at, which moves behind it; false: it is none. */
bool pin_next(const char **at, unsigned char key[PIN_SIZE]);

#endif
