/* SPDX-License-Identifier: EUPL-1.2 */
#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>

#include "src/net/dns.h"

enum { DNS_PORT = 53, MOST_PORT = 65535 };

bool dns_resolver(const char *text, struct sockaddr_in *out)
{
	size_t len = strcspn(text, ":");
	char address[INET_ADDRSTRLEN];
	long port = DNS_PORT;

	*out = (struct sockaddr_in){ .sin_family = AF_INET };
	if (len >= sizeof(address))
		return false;
	memcpy(address, text, len);
	address[len] = '\0';
	if (text[len]) {
		const char *digits = text + len + 1;
		if (!*digits || strlen(digits) > 5 || strspn(digits, "0123456789") != strlen(digits))
			return false;
		port = strtol(digits, NULL, 10);
	}
	if (port < 1 || port > MOST_PORT || inet_pton(AF_INET, address, &out->sin_addr) != 1)
		return false;
	out->sin_port = htons((uint16_t)port);
	return true;
}

bool dns_is_resolver(const char *text)
{
	struct sockaddr_in at;

	return dns_resolver(text, &at);
}
