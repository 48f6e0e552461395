/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_CORE_ADDRESS_H
#define OVERSYN_CORE_ADDRESS_H

#include <stdbool.h>

#include "base/err.h"

/*
 * The one place where an address is judged before it touches a header or an
 * SMTP command: ASCII, exactly one @, dot-atom local part of at most 64
 * octets, LDH domain labels, at most 254 octets in all (RFC 5321 §4.5.3.1),
 * no white space, control character, quote or bracket.
 */
bool address_ok(const char *address);
/* The same with ERR_USAGE that names the address and what is wrong with it. */
int address_check(const char *address, struct err *e) MUST_USE;

#endif
