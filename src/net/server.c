/* SPDX-License-Identifier: EUPL-1.2 */
#include <config.h>

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "internal.h"
#include "stream-internal.h"

static const char *const AUTH_NAME[AUTH_WAY_COUNT] = {
#define X(way, name) [AUTH_##way] = name,
	AUTH_WAYS(X)
#undef X
};

const char *auth_way_name(enum auth_way way)
{
	return (size_t)way < AUTH_WAY_COUNT ? AUTH_NAME[way] : "?";
}

enum auth_way auth_way_of(const char *name)
{
	size_t i = 0;

	while (i < AUTH_WAY_COUNT && strcasecmp(name, AUTH_NAME[i]) != 0)
		i++;
	return (enum auth_way)i;
}

static char *keep(const char *s)
{
	return s ? mem_strdup(s) : NULL;
}

void server_copy(struct server *to, const struct server *from, uint16_t implicit, uint16_t plain)
{
	*to = *from;
	to->host = keep(from->host);
	to->ca_file = keep(from->ca_file);
	to->pin = keep(from->pin);
	to->token_url = keep(from->token_url);
	to->client_id = keep(from->client_id);
	to->scope = keep(from->scope);
	to->token_ca_file = keep(from->token_ca_file);
	to->user = keep(from->user);
	to->password = keep(from->password);
	if (!to->port)
		to->port = to->tls == TLS_IMPLICIT ? implicit : plain;
}

static void drop(const char *s)
{
	union {
		const char *in;
		char *out;
	} own = { .in = s };

	if (s)
		explicit_bzero(own.out, strlen(s));
	mem_free(own.out);
}

void server_release(struct server *s)
{
	drop(s->host);
	drop(s->ca_file);
	drop(s->pin);
	drop(s->token_url);
	drop(s->client_id);
	drop(s->scope);
	drop(s->token_ca_file);
	drop(s->user);
	drop(s->password);
	*s = (struct server){ 0 };
}

char *server_words(const char *text, char out[200])
{
	snprintf(out, 200, "%s", text ? text : "");
	for (char *at = out; *at; at++)
		if ((unsigned char)*at > 0x7e)
			*at = '?';
	line_tidy(out);
	return out;
}
