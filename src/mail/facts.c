/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "base/text.h"
#include "mail/message.h"

/*
 * Facts as bytes: a magic word, then each field in order. A string is a
 * 32-bit length plus one (0: NULL) and its bytes. The reader of them trusts
 * nothing: the child that wrote them looked at hostile mail.
 */
static const char magic[4] = { 'o', 'm', 'f', '1' };

enum { MAX_STRING = 2 * MAIL_MAX_TEXT, MAX_LIST = 2000 };

static void put_number(struct buf *out, uint64_t n, int bytes)
{
	for (int i = 0; i < bytes; i++)
		buf_chr(out, (char)(unsigned char)(n >> (8 * i) & 0xFF));
}

static void put_string(struct buf *out, const char *s)
{
	size_t len = s ? strlen(s) : 0;

	if (len > MAX_STRING)
		len = MAX_STRING;
	put_number(out, s ? len + 1 : 0, 4);
	if (s)
		buf_add(out, s, len);
}

static void put_list(struct buf *out, const char **list, size_t n)
{
	n = n > MAX_LIST ? MAX_LIST : n;
	put_number(out, n, 4);
	for (size_t i = 0; i < n; i++)
		put_string(out, list[i]);
}

void mail_facts_write(const struct mail_facts *f, struct buf *out)
{
	buf_add(out, magic, sizeof(magic));
	put_number(out, (uint64_t)f->cls, 1);
	put_number(out, f->doubtful ? 1 : 0, 1);
	put_number(out, (uint64_t)f->date, 8);
	put_string(out, f->why);
	put_string(out, f->from);
	put_string(out, f->subject);
	put_string(out, f->message_id);
	put_list(out, f->recipients, f->n_recipients);
	put_list(out, f->references, f->n_references);
	put_string(out, f->auth_domain);
	put_string(out, f->text);
	put_string(out, f->fresh);
	put_string(out, f->doubt);
	put_string(out, f->calendar);
}

struct cursor {
	struct arena *a;
	const char *at;
	size_t left;
	bool bad;
};

static uint64_t get_number(struct cursor *c, int bytes)
{
	uint64_t n = 0;

	if (c->bad || c->left < (size_t)bytes) {
		c->bad = true;
		return 0;
	}
	for (int i = 0; i < bytes; i++)
		n |= (uint64_t)(unsigned char)c->at[i] << (8 * i);
	c->at += bytes;
	c->left -= (size_t)bytes;
	return n;
}

static const char *get_string(struct cursor *c)
{
	size_t len = (size_t)get_number(c, 4);

	if (c->bad || !len)
		return NULL;
	len--;
	if (len > c->left || len > MAX_STRING || memchr(c->at, '\0', len) ||
	    !text_is_utf8(c->at, len)) {
		c->bad = true;
		return NULL;
	}
	const char *s = arena_dupn(c->a, c->at, len);
	c->at += len;
	c->left -= len;
	return s;
}

static const char **get_list(struct cursor *c, size_t *n)
{
	size_t count = (size_t)get_number(c, 4);

	*n = 0;
	if (c->bad || count > MAX_LIST) {
		c->bad = true;
		return NULL;
	}
	const char **list = arena_alloc(c->a, (count + 1) * sizeof(*list));
	while (*n < count && !c->bad) {
		list[*n] = get_string(c);
		c->bad = c->bad || !list[*n];
		(*n)++;
	}
	return list;
}

bool mail_facts_read(struct arena *a, const char *bytes, size_t len, struct mail_facts *out)
{
	struct cursor c = { .a = a, .at = bytes, .left = len };

	*out = (struct mail_facts){ .cls = MAIL_OTHER, .date = INSTANT_NONE };
	if (len < sizeof(magic) || memcmp(bytes, magic, sizeof(magic)) != 0)
		return false;
	c.at += sizeof(magic);
	c.left -= sizeof(magic);
	struct mail_facts f = { .cls = MAIL_OTHER };
	uint64_t cls = get_number(&c, 1), doubtful = get_number(&c, 1);
	f.date = (instant)get_number(&c, 8);
	f.why = get_string(&c);
	f.from = get_string(&c);
	f.subject = get_string(&c);
	f.message_id = get_string(&c);
	f.recipients = get_list(&c, &f.n_recipients);
	f.references = get_list(&c, &f.n_references);
	f.auth_domain = get_string(&c);
	f.text = get_string(&c);
	f.fresh = get_string(&c);
	f.doubt = get_string(&c);
	f.calendar = get_string(&c);
	if (c.bad || c.left || cls >= MAIL_CLASS_COUNT || doubtful > 1)
		return false;
	f.cls = (enum mail_class)cls;
	f.doubtful = doubtful == 1;
	*out = f;
	return true;
}
