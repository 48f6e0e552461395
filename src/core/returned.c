/* SPDX-License-Identifier: EUPL-1.2 */
#include "core/returned.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* Where nobody knows how much a copy lacks: more than are given in the time between two
 * backups, by a municipality that gave as many in the whole year so far. */
enum { GAP = 1000 };

void record_note_text(const struct record_note *n, char out[RECORD_NOTE])
{
	snprintf(out, RECORD_NOTE, "oversyn-note-1 %" PRId64 " %s %s %d %" PRId64 " %" PRId64 " %" PRId64 " %" PRId64 "\n",
	         n->rows, n->hash, n->first, n->year, n->given[GIVEN_LETTERS], n->given[GIVEN_CASES],
	         n->given[GIVEN_INBOX], n->given[GIVEN_MAILS]);
}

static bool is_hash(const char *text)
{
	return strlen(text) == DIGEST_HEX - 1 && strspn(text, "0123456789abcdef") == DIGEST_HEX - 1;
}

static bool sound(const struct record_note *n)
{
	for (int i = 0; i < GIVEN_COUNT; i++)
		if (n->given[i] < 0)
			return false;
	return n->rows > 0 && n->year > 0 && is_hash(n->hash) && is_hash(n->first);
}

bool record_note_read(const char *text, size_t len, struct record_note *out)
{
	char line[RECORD_NOTE], end;
	struct record_note n;

	*out = (struct record_note){ .rows = 0 };
	if (len >= sizeof(line))
		return false;
	memcpy(line, text, len);
	line[len] = '\0';
	if (sscanf(line, "oversyn-note-1 %" SCNd64 " %64s %64s %d %" SCNd64 " %" SCNd64 " %" SCNd64 " %" SCNd64 "%c",
	           &n.rows, n.hash, n.first, &n.year, &n.given[GIVEN_LETTERS], &n.given[GIVEN_CASES],
	           &n.given[GIVEN_INBOX], &n.given[GIVEN_MAILS], &end) != 9 || end != '\n' || !sound(&n))
		return false;
	*out = n;
	return true;
}

static bool same_database(const struct record_note *a, const struct record_note *b)
{
	return a->rows > 0 && b->rows > 0 && !strcmp(a->first, b->first);
}

static bool of_the_year(enum given which)
{
	return which == GIVEN_LETTERS || which == GIVEN_CASES;
}

static int64_t larger(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

struct record_note record_note_after(const struct record_note *then, const struct record_note *now)
{
	struct record_note after = *now;

	for (int i = 0; same_database(then, now) && i < GIVEN_COUNT; i++)
		if (!of_the_year((enum given)i) || then->year == now->year)
			after.given[i] = larger(then->given[i], now->given[i]);
	return after;
}

int64_t returned_given(const struct returned_facts *f, enum given which)
{
	int64_t own = f->now.given[which];

	if (!same_database(&f->then, &f->now))
		return own + larger(own, GAP);
	return of_the_year(which) && f->then.year < f->now.year ? own : larger(own, f->then.given[which]);
}

bool returned_judge(const struct returned_facts *f)
{
	if (f->now.rows <= 0)
		return false;
	if (f->then.rows <= 0)
		return f->new_here && f->wrote;
	/* one that was begun anew, in the place of another, has its own secret: nobody can
	 * take its letters for the other's */
	return !f->note_holds && (f->wrote || same_database(&f->then, &f->now));
}
