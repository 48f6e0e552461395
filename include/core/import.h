/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_CORE_IMPORT_H
#define OVERSYN_CORE_IMPORT_H

#include "base/buf.h"
#include "core/calendar.h"
#include "core/header.h"
#include "core/registry.h"

/*
 * Registers as CSV, read into values. Bytes in, values and complaints out:
 * app reads the files, store keeps what was understood. The columns of each
 * kind, required and optional, are one table in src/core/import-table.c, which
 * oversyn.8 documents.
 */
#define IMPORT_KINDS(X) \
	X(MUNICIPALITY, "municipality", "kommun") \
	X(BODIES, "bodies", "namnder") \
	X(UNITS, "units", "forvaltningar") \
	X(ROLES, "roles", "roller") \
	X(ASSETS, "assets", "informationstillgangar") \
	X(INVENTORIES, "inventories", "forteckningar") \
	X(ROUTINES, "routines", "rutiner") \
	X(DOCUMENTS, "documents", "styrdokument") \
	X(TRAININGS, "trainings", "utbildningar") \
	X(MEETINGS, "meetings", "sammantraden") \
	X(HOLIDAYS, "holidays", "helgdagar") \
	X(EVENTS, "events", "arshjul") \
	X(EXCEPTIONS, "exceptions", "undantag") \
	X(HEADER, "header", "")

enum import_kind {
#define X(name, word, stem) IMPORT_##name,
	IMPORT_KINDS(X)
#undef X
	IMPORT_KIND_COUNT
};

/* "roles" → IMPORT_ROLES; -1 when it is no kind. */
int import_kind_by_name(const char *name);
/* "sammantraden-2027.csv", "Sammanträden-KS.ics" → IMPORT_MEETINGS; -1 for a file
 * that is no register. Of the kinds only meetings come as calendars (.ics). Capitals
 * are as good, and å, ä and ö as a and o. */
int import_kind_by_file(const char *file_name);
bool import_is_calendar(const char *file_name);
const char *import_kind_name(enum import_kind kind);

/* What becomes of a file in a folder that is imported, by its name. */
enum import_fate {
	IMPORT_TAKEN,   /* a register */
	IMPORT_REFUSED, /* looks like one, and no register is named so */
	IMPORT_LEFT,    /* a text or a workbook: not read, and its owner may think it is */
	IMPORT_IGNORED, /* known to be none, or nothing that a register could be */
};
enum import_fate import_fate_by_file(const char *file_name);
/* Appends how the registers' files are named, a line. */
void import_file_names(struct buf *out);

struct place; /* where an id stood in a file; private to core/import */
struct spoilt; /* an id whose row was refused; the same */

/* What was wrong, a line each: "roller.csv:12:5: …what to mend"; counted to
 * the last, written out for the first thousand. Line 0: no place is known;
 * column 0: only the line is. */
struct complaints {
	struct buf text;
	size_t n;
	struct place *places; /* for import_check() to say where */
	size_t n_places, cap_places;
	struct spoilt *spoilt; /* for import_check() not to miss what was only refused */
	size_t n_spoilt, cap_spoilt;
	unsigned doubtful;     /* of which kinds there may be more than is known, a bit each */
};
#define COMPLAINTS_INIT { .text = BUF_INIT, .n = 0, .places = NULL, .n_places = 0, .cap_places = 0 }
void complaints_release(struct complaints *c);
/* By file, as they were first named, and there by line and column. */
void complaints_sort(struct complaints *c);
/* Where an item's, a role's or an exception's own id stood, by the very pointer that went
 * into the register; false: not known. */
bool complaints_place(const struct complaints *c, const void *id, const char **file, int *line);
void complain(struct complaints *c, const char *file, int line, int column, const char *fmt, ...)
	PRINTF(5, 6);

/*
 * Adds what the file holds to *into. Every bad row is complained about with
 * file, line, column (1-based, counted in fields) and what to mend; good rows
 * are added all the same, so that one run finds every fault. Unknown columns
 * are complained about too, unless named "anm".
 */
void import_csv(enum import_kind kind, const char *file, const char *bytes, size_t len,
                struct registry *into, struct complaints *c);

/* Notes that a register of this kind was not read: what others name there may be in it. */
void import_doubt(struct complaints *c, enum import_kind kind);
/* Whether rows of this kind are missing because they, or their files, were refused. */
bool import_is_doubtful(const struct complaints *c, enum import_kind kind);

/* A calendar that was read (cal/meetings.h), and where from. */
struct import_calendar {
	const char *file;
	struct calendar_file read;
};

/*
 * Adds the meetings that calendars hold to *into, which holds what the tables
 * of the same run say; a calendar has the last word on the day, the hour and
 * whether it is held, and leaves a table's other days (stop …) as they are.
 * `known` is settled and holds *into and what is stored; `body` is whose
 * entries are that name no body (NULL: those are complained about). What was
 * skipped, and which stored meetings the calendars no longer hold, is told in
 * *notes, a line each.
 */
void import_calendars(const struct import_calendar *calendars, size_t n, const struct body *body,
                      const struct registry *known, struct registry *into, struct complaints *c,
                      struct buf *notes);

/* References that must hold across files once all are read: body, unit, role
 * and parent ids, looping parents and superiors. The place named is that of
 * the reference where *c is what import_csv() filled, else the kind's file.
 * A kind of which nothing is known yet is not missed. Run after
 * registry_index(). What names a row that was refused is not complained about: it
 * may be right once that is mended. */
void import_check(const struct registry *r, struct complaints *c);
/* Complains about roles and items that two of the files that were read say something of;
 * not yet settled. */
void import_check_twice(const struct registry *files, struct complaints *c);

#endif
