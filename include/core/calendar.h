/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_CORE_CALENDAR_H
#define OVERSYN_CORE_CALENDAR_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "core/registry.h"
#include "core/zone.h"

/* What a calendar file (.ics) says, as values: cal fills them, core/import.h
 * makes meetings of them. One value is one day; a series is one value for each
 * of its occurrences, cancelled ones included. */
struct calendar_entry {
	const char *uid;     /* NULL: none */
	dayno original;      /* the day that its series gives it; DAY_NONE: no series */
	const char *summary; /* one line, like the other texts; NULL: none */
	const char *location, *categories; /* categories: ", " between */
	const char *calendar; /* the name of the calendar it stands in */
	dayno day;           /* by Swedish wall time */
	int hour, minute;    /* -1: all day */
	bool cancelled;
	int sequence;
	instant stamp;       /* DTSTAMP; INSTANT_NONE */
	int line;            /* where it begins in the file */
	const char *fault;   /* what hinders reading it and what to mend: its day is then
	                        unknown; NULL: nothing */
};

struct calendar_fault { /* of the file itself: some of it was not understood */
	int line;
	const char *text;
};

struct calendar_file {
	struct calendar_entry *entries; /* in the order of the file; those of a series by day */
	size_t n_entries, cap_entries;
	struct calendar_fault *faults;
	size_t n_faults, cap_faults;
};

/* The bodies' names as they are looked for. */
struct calendar_bodies {
	struct calendar_name *names;
	size_t n, cap;
};

enum calendar_verdict {
	CALENDAR_MEETING,
	CALENDAR_SKIPPED,  /* a preparation, a group's or the like: no meeting of the body */
	CALENDAR_NO_BODY,  /* names none */
	CALENDAR_SEVERAL,  /* names several */
	CALENDAR_AWAY,     /* says that it is moved to another day */
};

struct calendar_sense {
	enum calendar_verdict verdict;
	const struct body *body; /* of CALENDAR_MEETING */
	bool cancelled;          /* by STATUS, METHOD or words */
	const char *skipped;     /* of CALENDAR_SKIPPED: what it is */
};

/* Finds the settled register's bodies by their ids, names and (where no other
 * has it) prefixes. Strings are the register's and the arena's. */
void calendar_bodies(struct arena *a, const struct registry *r, struct calendar_bodies *out);

/*
 * What an entry is, by its words: those of its title before its categories
 * before the calendar's name. Names are whole words, in any case and in the
 * genitive or not; a longer one hides those inside it. Where the words name
 * none or several, it is `fallback`, unless that is NULL.
 */
struct calendar_sense calendar_sense(const struct calendar_bodies *b, const struct calendar_entry *e,
                                     const struct body *fallback);

#endif
