/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_CORE_BOUNCE_H
#define OVERSYN_CORE_BOUNCE_H

/*
 * What a mail system says of a mail that it could not deliver: in a report
 * (RFC 3464), or when the mail was handed over. Whether the report is about a mail
 * of ours the caller must know.
 */
enum bounce {
	BOUNCE_NOTED,   /* a delay, a full mailbox, trouble that passes: nothing to do */
	BOUNCE_DEAD,    /* there is no such mailbox: nobody reads what goes there */
	BOUNCE_UNCLEAR, /* refused, but not for that: a person must look */
};

/*
 * `action` and `status` as the report has them, `said` the server's own answer; each
 * may be NULL. A status that says nothing (5.0.0) or is absent is taken from the
 * answer. When in doubt, a person looks: nobody is given up for a filter's mood.
 */
enum bounce bounce_judge(const char *action, const char *status, const char *said);

#endif
