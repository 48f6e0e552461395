/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_SRC_APP_DOCTOR_H
#define OVERSYN_SRC_APP_DOCTOR_H

#include "app/commands.h"
#include "core/doctor.h"
#include "net/probe.h"

/*
 * oversyn doctor: tries what the program depends on, and says a line of each. Nothing
 * is written but what a pass would write, and no mail goes but to our own address.
 */
struct doctor {
	const struct options *o;
	struct arena arena;
	int64_t started;  /* ms, as net_now_ms() counts: when o->now was */
	size_t faults;
	bool configured;  /* the configuration was read */
	struct config config;
	struct store *store; /* NULL: it does not open */
	bool registered;  /* our own address and domain are known */
	struct registry registry;
	/* What of a door does not work: the first of its faults. */
	struct {
		bool faulty;
		enum doctor_check check;
	} door[DOOR_IN + 1];
};

/* Says the line, and counts it where it is a fault. A day that is 0 is none. */
void doctor_say(struct doctor *d, struct doctor_line line);
#define doctor_line(...) ((struct doctor_line){ __VA_ARGS__ })
/* The check was not tried, because of another. */
void doctor_after(struct doctor *d, enum doctor_door door, enum doctor_check check,
                  enum doctor_door after_door, enum doctor_check after);
instant doctor_now(const struct doctor *d);
struct mail_door *doctor_door(struct doctor *d, enum doctor_door door);

/* The stages, in their order. */
void doctor_configuration(struct doctor *d);
void doctor_database(struct doctor *d);
void doctor_register(struct doctor *d);
void doctor_templates(struct doctor *d);
void doctor_limits(struct doctor *d);
void doctor_out(struct doctor *d);
void doctor_in(struct doctor *d);
void doctor_resolver(struct doctor *d);
void doctor_self(struct doctor *d);

/* Of doctor_out() and doctor_in(). */
void doctor_smtp(struct doctor *d);
void doctor_imap(struct doctor *d);
void doctor_folder(struct doctor *d, enum doctor_door door, const char *path);
void doctor_program(struct doctor *d, const char *path);
/* "we heard `told` from it between these of our times": a line about its clock. */
void doctor_clock_line(struct doctor *d, enum doctor_door door, enum doctor_check check,
                       const char *name, instant told, instant from, instant to);

/* ---- mail to ourselves ---- */

enum self_state {
	SELF_UNSENT, /* not handed over, and not for the address's sake */
	SELF_REFUSED,
	SELF_AWAITED,
	SELF_CAME,
	SELF_STUCK,  /* it came, and could not be put away */
	SELF_TAKEN,  /* it came, and a pass was faster */
	SELF_RETURNED,
};

struct self_mail {
	enum self_state state;
	char token[27];          /* as a letter's: nobody can guess it */
	const char *address, *message_id;
	const char *said;        /* of what went wrong */
	instant before, after;   /* it was handed over between these */
	instant came;
	instant delivered;       /* INTERNALDATE; INSTANT_NONE */
	instant taken;           /* when the first server says that it took it; INSTANT_NONE */
};

int self_mail_write(struct doctor *d, struct self_mail *m, enum doctor_form form, struct buf *out,
                    struct err *e) MUST_USE;

#endif
