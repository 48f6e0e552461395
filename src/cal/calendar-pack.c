/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "cal/invite.h"
#include "core/date.h"

/* A reply as bytes, field by field in order: between reader and keeper. */

enum { MOST_ATTENDEES = 100000 };

void calendar_reply_pack(const struct calendar_reply *r, struct buf *out)
{
	pack_string(out, r->method, sizeof(r->method));
	pack_string(out, r->uid, sizeof(r->uid));
	pack_string(out, r->partstat, sizeof(r->partstat));
	pack_string(out, r->attendee, sizeof(r->attendee));
	pack_string(out, r->sent_by, sizeof(r->sent_by));
	pack_string(out, r->delegated_to, sizeof(r->delegated_to));
	pack_string(out, r->organizer, sizeof(r->organizer));
	pack_string(out, r->comment, sizeof(r->comment));
	pack_number(out, (uint64_t)r->sequence, 4);
	pack_number(out, (uint64_t)r->attendees, 4);
	pack_number(out, (uint64_t)r->stamp, 8);
	pack_number(out, (uint64_t)r->start, 8);
	pack_number(out, (uint64_t)r->end, 8);
	pack_number(out, r->all_day, 1);
	pack_number(out, r->unknown_zone, 1);
	pack_number(out, r->rescued, 1);
}

static void unpack_field(struct unpack *u, char *to, size_t size)
{
	const char *s = unpack_string(u, size - 1);

	u->bad = u->bad || !s;
	if (!u->bad)
		memcpy(to, s, strlen(s) + 1);
}

static instant unpack_instant(struct unpack *u)
{
	const instant first = (instant)date_of(1, 1, 1) * 86400, last = (instant)date_of(9999, 12, 31) * 86400;
	instant t = (instant)unpack_number(u, 8);

	u->bad = u->bad || (t != INSTANT_NONE && (t < first - 86400 || t > last + 2 * 86400));
	return t;
}

static bool unpack_bool(struct unpack *u)
{
	uint64_t n = unpack_number(u, 1);

	u->bad = u->bad || n > 1;
	return n == 1;
}

bool calendar_reply_unpack(struct unpack *u, struct calendar_reply *out)
{
	memset(out, 0, sizeof(*out));
	unpack_field(u, out->method, sizeof(out->method));
	unpack_field(u, out->uid, sizeof(out->uid));
	unpack_field(u, out->partstat, sizeof(out->partstat));
	unpack_field(u, out->attendee, sizeof(out->attendee));
	unpack_field(u, out->sent_by, sizeof(out->sent_by));
	unpack_field(u, out->delegated_to, sizeof(out->delegated_to));
	unpack_field(u, out->organizer, sizeof(out->organizer));
	unpack_field(u, out->comment, sizeof(out->comment));
	uint64_t sequence = unpack_number(u, 4);
	u->bad = u->bad || sequence > INT32_MAX;
	out->sequence = u->bad ? 0 : (int)sequence;
	out->attendees = (int)unpack_count(u, MOST_ATTENDEES);
	out->stamp = unpack_instant(u);
	out->start = unpack_instant(u);
	out->end = unpack_instant(u);
	out->all_day = unpack_bool(u);
	out->unknown_zone = unpack_bool(u);
	out->rescued = unpack_bool(u);
	return !u->bad;
}
