/* SPDX-License-Identifier: EUPL-1.2 */
#include "core/throttle.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>
#include <strings.h>

static bool within(const char *host, const char *domain)
{
	size_t n = strlen(host), m = strlen(domain);

	return n >= m && !strcasecmp(host + n - m, domain) && (n == m || host[n - m - 1] == '.');
}

struct throttle throttle_of_host(const char *host)
{
	if (host && (within(host, "office365.com") || within(host, "outlook.com")))
		return (struct throttle){ .per_minute = 30, .per_day = 10000 };
	return (struct throttle){ .per_minute = 0 };
}

static int room(int limit, int gone, int most)
{
	if (limit <= 0)
		return most;
	int left = gone < limit ? limit - gone : 0;
	return left < most ? left : most;
}

int throttle_room(const struct throttle *t, int minute, int day, int most)
{
	return room(t->per_day, day, room(t->per_minute, minute, most));
}
