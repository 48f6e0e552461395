/* SPDX-License-Identifier: EUPL-1.2 */
#include "courier-wire.h"

#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "child.h"

enum { MOST_TEXT = 1 << 16, MOST_NAME = 4096, ONE_PIECE = 1 << 16 };

/* In one piece, unless it is large: each costs a call, and the room of its own that the
 * kernel gives it. */
bool frame_say(int fd, enum frame_kind kind, uint32_t n, const struct buf *facts, const char *bytes,
               size_t len, int64_t deadline_ms)
{
	const struct frame_head head = { .kind = kind, .n = n, .facts = facts ? facts->len : 0, .bytes = len };
	struct buf all AUTO(buf_release) = BUF_INIT;
	bool one = len <= ONE_PIECE;

	buf_reserve(&all, sizeof(head) + (size_t)head.facts + (one ? len : 0)); /* and no copy stays behind */
	buf_add(&all, &head, sizeof(head));
	if (facts)
		buf_add(&all, facts->data, facts->len);
	if (one && len)
		buf_add(&all, bytes, len);
	bool ok = wire_write(fd, all.data, all.len, deadline_ms) && (one || wire_write(fd, bytes, len, deadline_ms));
	explicit_bzero(all.data, sizeof(head) + (size_t)head.facts); /* it may be passwords */
	return ok;
}

static char *hear_part(int fd, uint64_t len, int64_t deadline_ms, bool *ok)
{
	char *part = mem_alloc(len + 1);

	part[len] = '\0';
	*ok = *ok && (!len || wire_read(fd, part, len, deadline_ms));
	return part;
}

bool frame_hear(int fd, enum frame_kind first, enum frame_kind end, size_t most_bytes,
                struct frame *out, int64_t deadline_ms)
{
	struct frame_head *head = &out->head;

	*out = (struct frame){ .facts = NULL };
	/* whoever is gone says nothing: poll(2) would wait for it */
	bool ok = fd >= 0 && wire_read(fd, head, sizeof(*head), deadline_ms) && head->kind >= (uint32_t)first
	          && head->kind < (uint32_t)end && head->facts <= FRAME_MOST_FACTS && head->bytes <= most_bytes;
	if (ok) {
		out->facts = hear_part(fd, head->facts, deadline_ms, &ok);
		out->bytes = hear_part(fd, head->bytes, deadline_ms, &ok);
	}
	if (!ok)
		frame_release(out);
	return ok;
}

void frame_release(struct frame *f)
{
	if (f->facts)
		explicit_bzero(f->facts, f->head.facts); /* passwords */
	mem_free(f->facts);
	mem_free(f->bytes);
	f->facts = f->bytes = NULL;
}

struct unpack frame_facts(const struct frame *f, struct arena *a)
{
	return (struct unpack){ .a = a, .at = f->facts, .left = f->head.facts };
}

/* ---- doors ---- */

/* A password need not be UTF-8. */
static const char *unpack_bytes(struct unpack *u)
{
	size_t len = (size_t)unpack_number(u, 4);

	if (u->bad || !len)
		return NULL;
	len--;
	if (len > u->left) {
		u->bad = true;
		return NULL;
	}
	const char *s = arena_dupn(u->a, u->at, len);
	u->at += len;
	u->left -= len;
	return s;
}

static void pack_server(const struct server *s, struct buf *out)
{
	const char *const texts[] = {
		s->host, s->ca_file, s->pin, s->user, s->password, s->token_url, s->client_id, s->scope,
		s->token_ca_file,
	};

	for (size_t i = 0; i < ARRAY_LEN(texts); i++)
		pack_string(out, texts[i], MOST_TEXT);
	pack_number(out, s->port, 2);
	pack_number(out, (uint64_t)s->tls, 1);
	pack_number(out, (uint64_t)s->auth, 1);
	pack_number(out, (uint64_t)s->timeout_s, 4);
	pack_number(out, (uint64_t)s->connections, 1);
}

static void unpack_server(struct unpack *u, struct server *s)
{
	const char **const texts[] = {
		&s->host, &s->ca_file, &s->pin, &s->user, &s->password, &s->token_url, &s->client_id, &s->scope,
		&s->token_ca_file,
	};

	for (size_t i = 0; i < ARRAY_LEN(texts); i++)
		*texts[i] = unpack_bytes(u);
	s->port = (uint16_t)unpack_number(u, 2);
	s->tls = (enum tls_mode)unpack_number(u, 1);
	s->auth = (enum auth_way)unpack_number(u, 1);
	s->timeout_s = (int)unpack_number(u, 4);
	s->connections = (int)unpack_number(u, 1);
}

void pack_doors(const struct mail_door *out_door, const char *helo, const struct mail_door *in_door,
                struct buf *out)
{
	pack_number(out, out_door != NULL, 1);
	if (out_door) {
		pack_string(out, helo, MOST_TEXT);
		pack_server(&out_door->server, out);
	}
	pack_number(out, in_door != NULL, 1);
	if (in_door) {
		pack_string(out, in_door->mailbox, MOST_TEXT);
		pack_string(out, in_door->handled, MOST_TEXT);
		pack_server(&in_door->server, out);
	}
}

bool unpack_doors(struct unpack *u, struct mail_door *out_door, const char **helo,
                  struct mail_door *in_door)
{
	*out_door = *in_door = (struct mail_door){ .mailbox = NULL };
	*helo = NULL;
	if (unpack_number(u, 1)) {
		out_door->kind = TRANSPORT_SMTP;
		*helo = unpack_bytes(u);
		unpack_server(u, &out_door->server);
	}
	if (unpack_number(u, 1)) {
		in_door->kind = TRANSPORT_IMAP;
		in_door->mailbox = unpack_bytes(u);
		in_door->handled = unpack_bytes(u);
		unpack_server(u, &in_door->server);
	}
	return !u->bad && !u->left;
}

/* ---- mail ---- */

void pack_words(const char *text, size_t most, struct buf *out)
{
	struct buf words AUTO(buf_release) = BUF_INIT;

	if (text && !text_is_utf8(text, strnlen(text, most))) {
		for (size_t i = 0; text[i] && i < most; i++)
			buf_chr(&words, (unsigned char)text[i] < 0x80 ? text[i] : '?');
		text = words.data;
	}
	pack_string(out, text, most);
}

void pack_fetched(const struct fetched *m, struct buf *out)
{
	pack_string(out, m->source, MOST_NAME);
	pack_string(out, m->name, MOST_NAME);
	pack_number(out, m->uidvalidity, 4);
	pack_number(out, m->uid, 4);
	pack_number(out, (uint64_t)m->received, 8);
	pack_number(out, m->cut, 1);
	pack_number(out, m->size, 8);
}

bool unpack_fetched(struct unpack *u, const struct frame *f, struct fetched *out)
{
	*out = (struct fetched){ .bytes = f->bytes, .len = f->head.bytes };
	out->source = unpack_string(u, MOST_NAME);
	out->name = unpack_string(u, MOST_NAME);
	out->uidvalidity = (uint32_t)unpack_number(u, 4);
	out->uid = (uint32_t)unpack_number(u, 4);
	out->received = (instant)unpack_number(u, 8);
	out->cut = unpack_number(u, 1) != 0;
	out->size = unpack_number(u, 8);
	return !u->bad && !u->left && out->source;
}

void pack_places(const struct mail_place *m, size_t n, struct buf *out)
{
	for (size_t i = 0; i < n; i++) {
		pack_number(out, m[i].uidvalidity, 4);
		pack_number(out, m[i].uid, 4);
		pack_string(out, m[i].name, MOST_NAME);
	}
}

bool unpack_places(struct unpack *u, size_t n, struct mail_place **out)
{
	*out = arena_alloc(u->a, n * sizeof(**out));
	for (size_t i = 0; i < n; i++) {
		(*out)[i].uidvalidity = (uint32_t)unpack_number(u, 4);
		(*out)[i].uid = (uint32_t)unpack_number(u, 4);
		(*out)[i].name = unpack_string(u, MOST_NAME);
	}
	return !u->bad && !u->left;
}
