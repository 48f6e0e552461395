/* SPDX-License-Identifier: EUPL-1.2 */
#include "core/returned.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* Where nobody knows how much a copy lacks: more than letters are written in the time
 * between two backups, by a municipality that wrote as many in the whole year so far. */
enum { GAP = 1000, GAP_MOST = 100000 };

void record_note_text(const struct record_note *n, char out[RECORD_NOTE])
{
	snprintf(out, RECORD_NOTE, "oversyn-note-1 %" PRId64 " %s %s\n", n->rows, n->hash, n->first);
}

static bool is_hash(const char *text)
{
	return strlen(text) == DIGEST_HEX - 1 && strspn(text, "0123456789abcdef") == DIGEST_HEX - 1;
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
	if (sscanf(line, "oversyn-note-1 %" SCNd64 " %64s %64s%c", &n.rows, n.hash, n.first, &end) != 4
	    || end != '\n' || n.rows <= 0 || !is_hash(n.hash) || !is_hash(n.first))
		return false;
	*out = n;
	return true;
}

static bool same_database(const struct returned_facts *f)
{
	return f->then.rows > 0 && !strcmp(f->then.first, f->now.first);
}

/* Every letter makes at least one row of the record. */
int returned_gap(const struct returned_facts *f)
{
	int64_t gap = same_database(f) ? f->then.rows - f->now.rows : f->letters > GAP ? f->letters : GAP;

	return gap < 0 ? 0 : gap < GAP_MOST ? (int)gap : GAP_MOST;
}

bool returned_judge(const struct returned_facts *f)
{
	if (f->now.rows <= 0)
		return false;
	if (f->then.rows <= 0)
		return f->new_here && f->wrote;
	/* one that was begun anew, in the place of another, has its own secret: nobody can
	 * take its letters for the other's */
	return !f->note_holds && (f->wrote || same_database(f));
}
