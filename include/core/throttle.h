/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_CORE_THROTTLE_H
#define OVERSYN_CORE_THROTTLE_H

/* How fast a mail server may be given mail, each with one recipient. */
struct throttle {
	int per_minute, per_day; /* 0: no limit */
};

/*
 * What the server's operator is known to want; no limit elsewhere. Exchange Online
 * takes 30 messages a minute over 3 connections and 10 000 recipients a day from one
 * mailbox (learn.microsoft.com, "Exchange Online limits", sending limits). `host` may
 * be NULL: a Maildir, or a program of this machine.
 */
struct throttle throttle_of_host(const char *host);

/* How many may go now, of which `minute` and `day` have gone in the last 60 seconds
 * and 24 hours; at most `most`. */
int throttle_room(const struct throttle *t, int minute, int day, int most);

#endif
