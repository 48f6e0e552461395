/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_CAL_INVITE_H
#define OVERSYN_CAL_INVITE_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/pack.h"
#include "core/zone.h"

/*
 * An invitation to one person, or its cancellation, as RFC 5545/5546 wants it
 * and as clients understand it (imip.md §1.2): METHOD once, ORGANIZER = the
 * From address, one ATTENDEE, fixed two-rule VTIMEZONE Europe/Stockholm,
 * lines folded at 75 octets, CRLF. The caller sends the bytes as they are.
 */
struct invite {
	const char *uid; /* ASCII [A-Za-z0-9.@_-] */
	int sequence;
	instant stamp;   /* DTSTAMP */
	instant created; /* constant over updates */
	dayno day;       /* of the event; wall-clock 09.00–10.00, Swedish time */
	int hour, minute, minutes; /* start and length */
	const char *summary, *description;
	const char *organizer_name, *organizer; /* address, checked by the caller */
	const char *attendee_name, *attendee;
	const char *partstat; /* "ACCEPTED", "TENTATIVE", "DECLINED" as it is known; NULL, or another: asked for */
	const char *language;
};

int invite_request(const struct invite *i, struct buf *out, struct err *e) MUST_USE;
int invite_cancel(const struct invite *i, struct buf *out, struct err *e) MUST_USE;

/* What came back in a text/calendar part; runs in the reader. Every string ends
 * with a NUL and is valid UTF-8; "" when it is not said, or not surely. */
struct calendar_reply {
	char method[16];   /* "REPLY", "COUNTER" …; "" when it is no such thing */
	char uid[128];
	char partstat[24]; /* "ACCEPTED", "DECLINED", "TENTATIVE" …; "" unknown */
	int sequence;
	/* Who answered, by the calendar's word: addresses without "mailto:", folded
	 * case. Exchange writes the primary address instead of the invited one. */
	char attendee[256];
	char sent_by[256];      /* who answered for him */
	char delegated_to[256]; /* whom he proposes instead */
	char organizer[256];    /* Exchange leaves it out */
	char comment[512];      /* tidied; cut with "…" */
	instant stamp;          /* DTSTAMP, UTC; INSTANT_NONE */
	instant start, end;     /* of a COUNTER the time proposed; INSTANT_NONE: none, or
	                           in a zone that we do not know */
	int attendees;          /* how many answer in it: of several nobody knows who */
	bool all_day;           /* start and end are midnights, Swedish time */
	bool unknown_zone;      /* there is a time, but not one to be sure of */
	bool rescued;           /* damaged: read line by line */
};

/*
 * Total: bytes that are no calendar give an empty method. Sizes and nesting
 * are capped before libical sees them; times are read here by a table of
 * zones, and recurrences are never evaluated (imip.md §4.1).
 */
void calendar_reply_read(const char *bytes, size_t len, struct calendar_reply *out);

/* The same as bytes, between reader and keeper. False, and u->bad, when they
 * are no such reply: a child that looked at hostile bytes may say anything. */
void calendar_reply_pack(const struct calendar_reply *r, struct buf *out);
bool calendar_reply_unpack(struct unpack *u, struct calendar_reply *out) MUST_USE;

#endif
