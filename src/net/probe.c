/* SPDX-License-Identifier: EUPL-1.2 */
#include "probe.h"

#include <string.h>

#include "internal.h"
#include "smtp.h"

static const char *some(struct arena *a, const char *text)
{
	return *text ? arena_dup(a, text) : NULL;
}

enum probe_step probe_way(const struct stream_seen *seen, bool wants_tls)
{
	if (!*seen->addresses)
		return PROBE_NAME;
	if (!*seen->address)
		return PROBE_CONNECT;
	return wants_tls && !seen->secure ? PROBE_TLS : PROBE_GREETING;
}

void probe_take(struct arena *a, const struct stream_seen *seen, struct probe *out)
{
	out->ipv4 = seen->ipv4;
	out->ipv6 = seen->ipv6;
	out->addresses = some(a, seen->addresses);
	out->address = some(a, seen->address);
	out->secure = seen->secure;
	out->tls = some(a, seen->tls);
	out->certificate = seen->certificate;
	out->from = seen->from;
	out->until = seen->until;
	out->names = some(a, seen->names);
	out->issuer = some(a, seen->issuer);
}

void probe_stop(struct arena *a, struct probe *out, enum probe_step step, const char *why)
{
	char *line = arena_dup(a, why);

	line_tidy(line);
	out->step = step;
	out->why = line;
}

void probe_offer(struct arena *a, struct probe *out, const char *word)
{
	out->offers = out->offers ? arena_fmt(a, "%s, %s", out->offers, word) : arena_dup(a, word);
}

bool probe_token(struct arena *a, const struct server *server, struct token *t, struct probe *out)
{
	struct err e = ERR_INIT;

	if (!server->token_url)
		return true;
	int bad = token_get(server, t, &e);
	out->token_date = t->date;
	if (bad) {
		probe_stop(a, out, PROBE_TOKEN, e.text);
		return false;
	}
	out->token_s = (int)((t->good_ms - net_now_ms(server->clock)) / 1000);
	return true;
}

static void take_offers(struct arena *a, const struct smtp_session *c, struct probe *out)
{
	const struct smtp_offers *o = &c->offers;
	size_t len = strlen(o->auth);

	out->dsn = o->dsn;
	out->pipelining = o->pipelining;
	out->size = o->size;
	out->size_most = o->size_most;
	out->offers = len > 2 ? arena_fmt(a, "AUTH %.*s", (int)len - 2, o->auth + 1) : NULL;
	if (o->dsn)
		probe_offer(a, out, "DSN");
	if (o->pipelining)
		probe_offer(a, out, "PIPELINING");
	if (o->size)
		probe_offer(a, out, o->size_most ? arena_fmt(a, "SIZE %zu", o->size_most) : "SIZE");
	if (!out->offers)
		out->offers = "";
}

static void visit(struct arena *a, struct smtp_session *c, const struct server *server,
                  struct probe *out)
{
	struct smtp_sender *s = c->of;
	struct submit_result said = { .verdict = SUBMIT_HELD };

	/* the login by itself, so that it is clear what went wrong */
	s->server.user = s->server.token_url = NULL;
	if (!smtp_dial(c, &said)) {
		enum probe_step step = probe_way(s->seen, s->server.tls != TLS_NONE);
		bool mute = step == PROBE_TLS && s->server.tls == TLS_STARTTLS && !c->offers.heard;

		probe_stop(a, out, mute ? PROBE_GREETING : step, said.answer);
		return;
	}
	take_offers(a, c, out);
	s->server.user = server->user;
	s->server.token_url = server->token_url;
	if (!server->user || !probe_token(a, server, &s->token, out))
		return;
	out->way = smtp_way(c) == AUTH_WAY_COUNT ? NULL : auth_way_name(smtp_way(c));
	if (!smtp_log_in(c, &said))
		probe_stop(a, out, PROBE_LOGIN, said.answer);
}

void probe_smtp(struct arena *a, const struct server *server, const char *helo, struct probe *out)
{
	struct stream_seen seen = { .from = INSTANT_NONE, .until = INSTANT_NONE };
	struct smtp_sender s = { .server = *server, .seen = &seen, .token = TOKEN_INIT,
		.helo = arena_dup(a, helo ? helo : "localhost") };
	struct smtp_session *c = &s.session[0];

	*out = (struct probe){ .step = PROBE_DONE, .from = INSTANT_NONE, .until = INSTANT_NONE,
		.token_date = INSTANT_NONE };
	if (!s.server.port)
		s.server.port = s.server.tls == TLS_IMPLICIT ? 465 : 587;
	out->port = s.server.port;
	*c = (struct smtp_session){ .of = &s, .in = BUF_INIT, .out = BUF_INIT, .answer.text = BUF_INIT,
		.envelope = SMTP_NO_MAIL, .content = SMTP_NO_MAIL };
	visit(a, c, server, out);
	probe_take(a, &seen, out);
	smtp_hang_up(c);
	buf_release(&c->in);
	buf_release(&c->out);
	buf_release(&c->answer.text);
	token_drop(&s.token);
}
