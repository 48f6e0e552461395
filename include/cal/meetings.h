/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_CAL_MEETINGS_H
#define OVERSYN_CAL_MEETINGS_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/pack.h"
#include "core/calendar.h"

/*
 * Meeting calendars as Outlook, Exchange and Google export them (RFC 5545);
 * runs in the reader. Read by our own code, line by line: libical opens files
 * by the names of time zones, counts rules for ever and takes 31 February for
 * a date. Nothing is guessed: what is not understood is a fault with its line.
 */
enum {
	MEETINGS_MAX_BYTES = 16 << 20,
	MEETINGS_MAX_LINES = 500000,
	MEETINGS_MAX_DEPTH = 8,
	MEETINGS_MAX_LINE = 64 << 10,   /* unfolded */
	MEETINGS_MAX_ENTRIES = 20000,
	MEETINGS_MAX_FAULTS = 1000,
	MEETINGS_MAX_TEXT = 250,        /* of a summary, in code points; more is cut */
	MEETINGS_MAX_UID = 500,         /* bytes */
	SERIES_MAX = 500,               /* occurrences, those excepted included */
	SERIES_YEARS = 5,
};

/*
 * Time zones are known by name only: Europe/Stockholm, those with the same
 * rules, and what Windows calls them; UTC; and none, which is Swedish time.
 * Of recurrences only bounded series by week or month are understood. Of one
 * UID the highest SEQUENCE, then the latest DTSTAMP counts. Days that a series
 * leaves out are cancelled entries. Total. Strings go to the arena.
 */
void meetings_read(struct arena *a, const char *bytes, size_t len, struct calendar_file *out);

/* The same values between reader and keeper. */
void meetings_pack(const struct calendar_file *f, struct buf *out);
bool meetings_unpack(struct unpack *u, struct calendar_file *out);

#endif
