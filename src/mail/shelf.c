/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Mails that were taken apart, for when they are read again: an answer is, once it is
 * known what it answers. A mail is found by its bytes, so that the shelf never makes a
 * difference to what is read, only to how long it takes.
 */
#include <string.h>

#include "base/mem.h"
#include "src/mail/internal.h"

enum {
	PLACES = 256,        /* mails: what comes between the two readings is half as many, at most */
	EACH_MOST = 1 << 16, /* bytes of one; a larger one is taken apart each time */
	ALL_MOST = 1 << 22,  /* bytes of all */
};

struct place {
	struct arena arena;
	struct opened opened; /* its bytes too */
	size_t len;
};

struct mail_shelf {
	struct place places[PLACES];
	size_t n, bytes;
};

struct mail_shelf *mail_shelf_new(void)
{
	return mem_zalloc(sizeof(struct mail_shelf));
}

static void clear(struct mail_shelf *s)
{
	for (size_t i = 0; i < s->n; i++)
		arena_release(&s->places[i].arena);
	s->n = s->bytes = 0;
}

void mail_shelf_free(struct mail_shelf *s)
{
	clear(s);
	mem_free(s);
}

static const struct place *find(const struct mail_shelf *s, const char *bytes, size_t len)
{
	for (size_t i = 0; i < s->n; i++)
		if (s->places[i].len == len && !memcmp(s->places[i].opened.bytes, bytes, len))
			return &s->places[i];
	return NULL;
}

void mail_open(struct arena *a, const char *bytes, size_t len, struct mail_shelf *s, struct opened *out)
{
	if (!s || len > EACH_MOST) {
		mail_take_apart(a, bytes, len, out);
		return;
	}
	const struct place *known = find(s, bytes, len);
	if (known) {
		*out = known->opened;
		return;
	}
	if (s->n == PLACES || s->bytes + len > ALL_MOST)
		clear(s);
	struct place *p = &s->places[s->n++];
	*p = (struct place){ .arena = ARENA_INIT, .len = len };
	s->bytes += len;
	mail_take_apart(&p->arena, arena_dupn(&p->arena, bytes, len), len, &p->opened);
	*out = p->opened;
}
