/* SPDX-License-Identifier: EUPL-1.2 */
/* Meetings as bytes, from the reader to the keeper, who trusts none of them. */
#include "cal/meetings.h"

enum { TEXT_BYTES = 4 * MEETINGS_MAX_TEXT + 16, FAULT_BYTES = 4096 };

static void pack_int(struct buf *out, int64_t n)
{
	pack_number(out, (uint64_t)n, 8);
}

static int64_t unpack_int(struct unpack *u, int64_t least, int64_t most)
{
	int64_t n = (int64_t)unpack_number(u, 8);

	u->bad = u->bad || n < least || n > most;
	return u->bad ? least : n;
}

static dayno unpack_day(struct unpack *u)
{
	int64_t n = (int64_t)unpack_number(u, 8);
	bool day = n >= date_of(1900, 1, 1) && n <= date_of(2200, 12, 31);

	u->bad = u->bad || (!day && n != DAY_NONE);
	return u->bad ? DAY_NONE : (dayno)n;
}

static void pack_entry(const struct calendar_entry *e, struct buf *out)
{
	pack_string(out, e->uid, MEETINGS_MAX_UID);
	pack_string(out, e->summary, TEXT_BYTES);
	pack_string(out, e->location, TEXT_BYTES);
	pack_string(out, e->categories, TEXT_BYTES);
	pack_string(out, e->calendar, TEXT_BYTES);
	pack_string(out, e->fault, FAULT_BYTES);
	pack_int(out, e->original);
	pack_int(out, e->day);
	pack_int(out, e->hour);
	pack_int(out, e->minute);
	pack_int(out, e->cancelled);
	pack_int(out, e->sequence);
	pack_int(out, e->stamp);
	pack_int(out, e->line);
}

static struct calendar_entry unpack_entry(struct unpack *u)
{
	struct calendar_entry e = { .uid = unpack_string(u, MEETINGS_MAX_UID) };

	e.summary = unpack_string(u, TEXT_BYTES);
	e.location = unpack_string(u, TEXT_BYTES);
	e.categories = unpack_string(u, TEXT_BYTES);
	e.calendar = unpack_string(u, TEXT_BYTES);
	e.fault = unpack_string(u, FAULT_BYTES);
	e.original = unpack_day(u);
	e.day = unpack_day(u);
	e.hour = (int)unpack_int(u, -1, 23);
	e.minute = (int)unpack_int(u, -1, 59);
	e.cancelled = unpack_int(u, 0, 1);
	e.sequence = (int)unpack_int(u, 0, INT32_MAX);
	e.stamp = unpack_int(u, INT64_MIN, INT64_MAX);
	e.line = (int)unpack_int(u, 1, INT32_MAX);
	u->bad = u->bad || (e.day == DAY_NONE) != (e.fault != NULL)
	         || (e.hour < 0) != (e.minute < 0);
	return e;
}

void meetings_pack(const struct calendar_file *f, struct buf *out)
{
	pack_number(out, f->n_entries, 4);
	for (size_t i = 0; i < f->n_entries; i++)
		pack_entry(&f->entries[i], out);
	pack_number(out, f->n_faults, 4);
	for (size_t i = 0; i < f->n_faults; i++) {
		pack_int(out, f->faults[i].line);
		pack_string(out, f->faults[i].text, FAULT_BYTES);
	}
}

bool meetings_unpack(struct unpack *u, struct calendar_file *out)
{
	*out = (struct calendar_file){ .entries = NULL };
	for (size_t n = unpack_count(u, MEETINGS_MAX_ENTRIES); !u->bad && n; n--) {
		out->entries = arena_grow(u->a, out->entries, out->n_entries, &out->cap_entries,
		                          sizeof(*out->entries));
		out->entries[out->n_entries++] = unpack_entry(u);
	}
	for (size_t n = unpack_count(u, MEETINGS_MAX_FAULTS); !u->bad && n; n--) {
		out->faults = arena_grow(u->a, out->faults, out->n_faults, &out->cap_faults,
		                         sizeof(*out->faults));
		struct calendar_fault *f = &out->faults[out->n_faults++];

		f->line = (int)unpack_int(u, 1, INT32_MAX);
		f->text = unpack_string(u, FAULT_BYTES);
		u->bad = u->bad || !f->text;
	}
	return !u->bad && !u->left;
}
