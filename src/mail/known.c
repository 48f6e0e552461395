/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "base/pack.h"
#include "mail/message.h"

/* What is known as bytes: a magic word, then each field in order (base/pack.h).
 * The reader believes the keeper, but a field lost on the way must show. */
static const char magic[4] = { 'o', 'm', 'k', '1' };

enum { MAX_STRING = 2 * MAIL_MAX_TEXT, MAX_LIST = 1000 };

static void put_list(struct buf *out, const char *const *list, size_t n)
{
	n = n > MAX_LIST ? MAX_LIST : n;
	pack_number(out, n, 4);
	for (size_t i = 0; i < n; i++)
		pack_string(out, list[i], MAX_STRING);
}

void mail_known_write(const struct mail_known *k, struct buf *out)
{
	size_t keys = k->n_keys > MAX_LIST ? MAX_LIST : k->n_keys;

	buf_add(out, magic, sizeof(magic));
	pack_string(out, k->sent, MAX_STRING);
	pack_string(out, k->own, MAX_STRING);
	pack_number(out, (uint64_t)k->received, 8);
	pack_number(out, (uint64_t)k->profile, 1);
	pack_string(out, k->authserv, MAX_STRING);
	pack_string(out, k->tenant, MAX_STRING);
	put_list(out, k->domains, k->n_domains);
	put_list(out, k->banners, k->n_banners);
	pack_number(out, keys, 4);
	for (size_t i = 0; i < keys; i++) {
		pack_string(out, k->keys[i].domain, MAX_STRING);
		pack_string(out, k->keys[i].selector, MAX_STRING);
		pack_number(out, (uint64_t)k->keys[i].found, 1);
		pack_string(out, k->keys[i].record, MAX_STRING);
	}
}

static const char *const *get_list(struct unpack *u, size_t *n)
{
	size_t count = unpack_count(u, MAX_LIST);
	const char **list = arena_alloc(u->a, (count + 1) * sizeof(*list));

	for (*n = 0; *n < count && !u->bad; (*n)++) {
		list[*n] = unpack_string(u, MAX_STRING);
		u->bad = u->bad || !list[*n];
	}
	return list;
}

static struct dkim_key *get_keys(struct unpack *u, size_t *n)
{
	size_t count = unpack_count(u, MAX_LIST);
	struct dkim_key *keys = arena_alloc(u->a, (count + 1) * sizeof(*keys));

	for (*n = 0; *n < count && !u->bad; (*n)++) {
		struct dkim_key *k = &keys[*n];
		k->domain = unpack_string(u, MAX_STRING);
		k->selector = unpack_string(u, MAX_STRING);
		uint64_t found = unpack_number(u, 1);
		k->record = unpack_string(u, MAX_STRING);
		u->bad = u->bad || !k->domain || !k->selector || found > DKIM_KEY_FAILED;
		k->found = u->bad ? DKIM_KEY_FAILED : (enum dkim_found)found;
	}
	return keys;
}

bool mail_known_read(struct arena *a, const char *bytes, size_t len, struct mail_known *out)
{
	struct unpack u = { .a = a, .at = bytes, .left = len };
	struct mail_known k = { .profile = AUTH_NONE };

	*out = (struct mail_known){ .received = INSTANT_NONE };
	if (len < sizeof(magic) || memcmp(bytes, magic, sizeof(magic)) != 0)
		return false;
	u.at += sizeof(magic);
	u.left -= sizeof(magic);
	k.sent = unpack_string(&u, MAX_STRING);
	k.own = unpack_string(&u, MAX_STRING);
	k.received = (instant)unpack_number(&u, 8);
	uint64_t profile = unpack_number(&u, 1);
	k.authserv = unpack_string(&u, MAX_STRING);
	k.tenant = unpack_string(&u, MAX_STRING);
	k.domains = get_list(&u, &k.n_domains);
	k.banners = get_list(&u, &k.n_banners);
	k.keys = get_keys(&u, &k.n_keys);
	if (u.bad || u.left || profile >= AUTH_PROFILES)
		return false;
	k.profile = (enum auth_profile)profile;
	*out = k;
	return true;
}
