/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "base/attr.h"
#include "base/pack.h"
#include "core/date.h"
#include "mail/message.h"

/*
 * Facts as bytes: a magic word, then each field in order (base/pack.h).
 */
static const char magic[4] = { 'o', 'm', 'f', '5' };

enum { MAX_STRING = 2 * MAIL_MAX_TEXT, MAX_LIST = 2000 };

static void put_list(struct buf *out, const char **list, size_t n)
{
	n = n > MAX_LIST ? MAX_LIST : n;
	pack_number(out, n, 4);
	for (size_t i = 0; i < n; i++)
		pack_string(out, list[i], MAX_STRING);
}

static void put_wanted(struct buf *out, const struct mail_facts *f)
{
	pack_number(out, f->n_wanted, 4);
	for (size_t i = 0; i < f->n_wanted; i++) {
		pack_string(out, f->wanted[i].domain, MAX_STRING);
		pack_string(out, f->wanted[i].selector, MAX_STRING);
	}
}

static void put_failures(struct buf *out, const struct mail_facts *f)
{
	pack_number(out, f->n_failures, 4);
	for (size_t i = 0; i < f->n_failures; i++) {
		pack_string(out, f->failures[i].recipient, MAX_STRING);
		pack_string(out, f->failures[i].original, MAX_STRING);
		pack_string(out, f->failures[i].action, MAX_STRING);
		pack_string(out, f->failures[i].status, MAX_STRING);
		pack_string(out, f->failures[i].said, MAX_STRING);
	}
	put_list(out, f->returned, f->n_returned);
}

void mail_facts_write(const struct mail_facts *f, struct buf *out)
{
	buf_add(out, magic, sizeof(magic));
	pack_number(out, (uint64_t)f->cls, 1);
	pack_number(out, f->doubtful ? 1 : 0, 1);
	pack_number(out, (uint64_t)f->date, 8);
	pack_string(out, f->why, MAX_STRING);
	pack_string(out, f->from, MAX_STRING);
	pack_string(out, f->sender, MAX_STRING);
	pack_string(out, f->subject, MAX_STRING);
	pack_string(out, f->message_id, MAX_STRING);
	put_list(out, f->recipients, f->n_recipients);
	put_list(out, f->references, f->n_references);
	pack_string(out, f->auth_domain, MAX_STRING);
	pack_string(out, f->auth_by, MAX_STRING);
	pack_string(out, f->auth_why, MAX_STRING);
	pack_number(out, f->auth_alarm ? 1 : 0, 1);
	put_wanted(out, f);
	pack_string(out, f->indirect, MAX_STRING);
	pack_string(out, f->text, MAX_STRING);
	pack_string(out, f->fresh, MAX_STRING);
	pack_string(out, f->doubt, MAX_STRING);
	pack_string(out, f->calendar, MAX_STRING);
	pack_number(out, (uint64_t)(int64_t)f->back, 8);
	pack_string(out, f->substitute, MAX_STRING);
	put_failures(out, f);
	pack_string(out, f->beside, MAX_STRING);
}

static const char **get_list(struct unpack *u, size_t *n)
{
	size_t count = unpack_count(u, MAX_LIST);
	const char **list = arena_alloc(u->a, (count + 1) * sizeof(*list));

	for (*n = 0; *n < count && !u->bad; (*n)++) {
		list[*n] = unpack_string(u, MAX_STRING);
		u->bad = u->bad || !list[*n];
	}
	return list;
}

/* One of the few words there are. */
static const char *get_by(struct unpack *u)
{
	static const char *const words[] = { "authserv", "m365", "m365-internal", "dkim" };
	const char *got = unpack_string(u, MAX_STRING);

	for (size_t i = 0; got && i < ARRAY_LEN(words); i++)
		if (!strcmp(words[i], got))
			return words[i];
	u->bad = u->bad || got;
	return NULL;
}

static struct dkim_key *get_wanted(struct unpack *u, size_t *n)
{
	size_t count = unpack_count(u, MAIL_MAX_KEYS);
	struct dkim_key *list = arena_alloc(u->a, (count + 1) * sizeof(*list));

	for (*n = 0; *n < count && !u->bad; (*n)++) {
		list[*n].found = DKIM_KEY_NONE;
		list[*n].domain = unpack_string(u, MAX_STRING);
		list[*n].selector = unpack_string(u, MAX_STRING);
		u->bad = u->bad || !list[*n].domain || !list[*n].selector;
	}
	return list;
}

static void get_failures(struct unpack *u, struct mail_facts *f)
{
	size_t count = unpack_count(u, MAIL_MAX_FAILURES);

	f->failures = arena_alloc(u->a, (count + 1) * sizeof(*f->failures));
	for (; f->n_failures < count && !u->bad; f->n_failures++) {
		struct mail_failure *x = &f->failures[f->n_failures];

		x->recipient = unpack_string(u, MAX_STRING);
		x->original = unpack_string(u, MAX_STRING);
		x->action = unpack_string(u, MAX_STRING);
		x->status = unpack_string(u, MAX_STRING);
		x->said = unpack_string(u, MAX_STRING);
	}
	f->returned = get_list(u, &f->n_returned);
}

bool mail_facts_read(struct arena *a, const char *bytes, size_t len, struct mail_facts *out)
{
	struct unpack u = { .a = a, .at = bytes, .left = len };

	*out = (struct mail_facts){ .cls = MAIL_OTHER, .date = INSTANT_NONE, .back = DAY_NONE };
	if (len < sizeof(magic) || memcmp(bytes, magic, sizeof(magic)) != 0)
		return false;
	u.at += sizeof(magic);
	u.left -= sizeof(magic);
	struct mail_facts f = { .cls = MAIL_OTHER };
	uint64_t cls = unpack_number(&u, 1), doubtful = unpack_number(&u, 1);
	f.date = (instant)unpack_number(&u, 8);
	f.why = unpack_string(&u, MAX_STRING);
	f.from = unpack_string(&u, MAX_STRING);
	f.sender = unpack_string(&u, MAX_STRING);
	f.subject = unpack_string(&u, MAX_STRING);
	f.message_id = unpack_string(&u, MAX_STRING);
	f.recipients = get_list(&u, &f.n_recipients);
	f.references = get_list(&u, &f.n_references);
	f.auth_domain = unpack_string(&u, MAX_STRING);
	f.auth_by = get_by(&u);
	f.auth_why = unpack_string(&u, MAX_STRING);
	uint64_t alarm = unpack_number(&u, 1);
	f.wanted = get_wanted(&u, &f.n_wanted);
	f.indirect = unpack_string(&u, MAX_STRING);
	f.text = unpack_string(&u, MAX_STRING);
	f.fresh = unpack_string(&u, MAX_STRING);
	f.doubt = unpack_string(&u, MAX_STRING);
	f.calendar = unpack_string(&u, MAX_STRING);
	int64_t back = (int64_t)unpack_number(&u, 8);
	f.substitute = unpack_string(&u, MAX_STRING);
	get_failures(&u, &f);
	f.beside = unpack_string(&u, MAX_STRING);
	if (u.bad || u.left || cls >= MAIL_CLASS_COUNT || doubtful > 1 || alarm > 1 ||
	    !f.auth_domain != !f.auth_by)
		return false;
	if (back != DAY_NONE && (back < date_of(1900, 1, 1) || back > date_of(2200, 12, 31)))
		return false;
	f.back = (dayno)back;
	f.cls = (enum mail_class)cls;
	f.doubtful = doubtful == 1;
	f.auth_alarm = alarm == 1;
	*out = f;
	return true;
}
