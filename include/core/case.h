/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_CORE_CASE_H
#define OVERSYN_CORE_CASE_H

#include <stdbool.h>
#include <stdint.h>

#include "core/date.h"
#include "core/ref.h"
#include "core/zone.h"

/* A deficiency that somebody reported (core/deficiency.h). What was written stands
 * in the kept mail alone. */
enum deficiency_state { DEFICIENCY_OPEN, DEFICIENCY_CLOSED, DEFICIENCY_MISTAKEN };

struct deficiency {
	char ref[REF_TEXT];     /* "BR-27-0001-K7QD"; its key */
	int year, n;            /* that the reference is made of */
	const char *token_hash; /* of its receipt, as a letter's */
	int64_t mail;           /* the incoming mail that opened it */
	const char *sender;     /* NULL: none that can be believed */
	bool outside;           /* the sender is not of the municipality's own domain */
	instant received;
	dayno day;              /* of `received` */
	const char *item;       /* what it is about; NULL: not known */
	enum deficiency_state state;
	bool incident;
	const char *reason;     /* why it was closed, in the closer's words; NULL */
	dayno closed;           /* DAY_NONE: it is open */
	const char *closed_by;  /* role id, or "console" */
	int stage;              /* how many letters the coordinator has had about it */
	dayno step, due;        /* of the coordinator's next letter; of anybody's. DAY_NONE */
	const char *holder;     /* the role that was told beside the coordinator; NULL */
	bool handed_back;       /* that role says that it is not theirs */
	int mails;              /* receipts sent */
};

struct deficiency_mail { /* a later mail about a case */
	const char *deficiency;
	int64_t mail;
};

struct deficiency_told { /* a case in a letter */
	const char *deficiency;
	char letter[REF_TEXT];
	int n; /* its number there */
	const char *role;
	int stage;
	dayno day;
	const char *message_id;
};

#endif
