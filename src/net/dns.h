/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_SRC_NET_DNS_H
#define OVERSYN_SRC_NET_DNS_H

#include <netinet/in.h>

#include "net/dns.h"

bool dns_resolver(const char *text, struct sockaddr_in *out);

#endif
