/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_APP_PASS_H
#define OVERSYN_APP_PASS_H

#include <stdbool.h>
#include <stdint.h>

#include "app/config.h"
#include "app/courier.h"
#include "app/reader.h"
#include "base/digest.h"
#include "core/registry.h"
#include "net/transport.h"
#include "store/store.h"
#include "view/view.h"

/*
 * One pass (tick): take mail in, act on it, write what is due, hand it over.
 * Everything a pass needs is opened once, so that the demo can run a year of
 * them. The instant is an argument: only the caller reads a clock.
 */
struct pass_report {
	int fetched, signed_off, decided, answered, kept, coordinator; /* incoming mail */
	int letters, reviews, questions;                      /* written */
	int accepted, deferred, failed, held;                 /* handed over */
	int reports; /* of the week and of the quarter */
	int unsent;                                           /* left in the outbox */
	bool on_hold, busy; /* it is held; the mail server is away, or wants peace */
	int findings;
	int waiting; /* letters that the ceiling left to the next pass */
	int stopped; /* letters that the pass wanted to send, and the brake stopped */
};

struct pass {
	const struct config *config;
	struct store *store;
	struct arena arena; /* lives as long as the pass */
	struct registry registry; /* the settings, and as much else as the step at hand needs */
	struct registry common; /* what registers of letters may share, and `registry` may stand on */
	bool common_stands;     /* nothing of it has changed since it was loaded, by us … */
	int64_t common_version; /* … or by others, as long as the store says this */
	struct arena written_in; /* holds: the letters about which mails of the group at hand … */
	const char **written;    /* … have had something written */
	size_t n_written, cap_written;
	struct reader *reader;
	const struct config *doors; /* the configuration with the passwords in it */
	struct courier *courier;
	bool courier_notes; /* it notes what was taken; else who hears of it */
	struct sender *sender;
	struct receiver *receiver;
	struct digest_key *key; /* the installation's secret */
	enum view_lang lang; /* of letters */
	/* Asked between any two things that are done; false: the pass is to end there, with
	 * what was done done. NULL: it goes on. */
	bool (*goes_on)(void *ctx);
	void *goes_on_ctx;
	const struct net_clock *clock; /* of how long something takes; NULL: the machine's */
	int64_t planned_version; /* of the store, when it was last planned what to write */
	/* It is not their hour: only what came in is answered, a deficiency is told of for the first time,
	 * the coordinator hears that the outbox is held, and what was written goes out. */
	bool no_letters;
	const char *boot; /* the kernel's name for the time since the machine was started; NULL: it is asked */
	bool simulated; /* `now` is not the clock's: a mail server's times mean nothing */
	instant now;
	dayno today;
	struct pass_report report;
};

/* Opens store, transports and reader, takes the lock (ERR_SAFETY when another
 * pass holds it) and loads the settings. `store` becomes the pass's own. */
int pass_open(struct pass *p, const struct config *c, struct store *store, bool simulated,
              struct err *e) MUST_USE;
/* As pass_open() with another configuration, over the store that is open; `p` is what it
 * was where that fails. */
int pass_reopen(struct pass *p, const struct config *c, struct err *e) MUST_USE;
/* For a command that writes letters beside whoever runs passes: no lock, no doors, no reader.
 * `store` stays the caller's. */
int pass_open_desk(struct pass *p, const struct config *c, struct store *store, instant now,
                   struct err *e) MUST_USE;
void pass_close_desk(struct pass *p);
void pass_close(struct pass *p);
/* For who runs many: reads the passwords anew, and opens the doors anew if they changed. */
int pass_fresh_secrets(struct pass *p, struct err *e) MUST_USE;
bool pass_goes_on(const struct pass *p);

/* Runs one pass at `now`. With ERR_OUTSIDE in *e when mail could not be
 * fetched or handed over; what was done stays done. */
int pass_run(struct pass *p, instant now, struct err *e) MUST_USE;

/* The steps, in their order; each ends with everything committed. */
int pass_fetch(struct pass *p, struct err *e) MUST_USE;
int pass_read(struct pass *p, struct err *e) MUST_USE;
int pass_write(struct pass *p, struct err *e) MUST_USE;
/* Letters about reported deficiencies, to those who are to see to them. A reminder keeps to
 * the hours of letters. */
int pass_tell_cases(struct pass *p, struct err *e) MUST_USE;
/* The coordinator's letter of the week and the board's of the quarter, where one is
 * due and `writes`; notes the pass, and whether mail could be fetched in it. */
int pass_tell_reports(struct pass *p, bool fetched, bool writes, struct err *e) MUST_USE;
/* A letter a day to the coordinator, of what the passes came upon. */
int pass_tell_coordinator(struct pass *p, struct err *e) MUST_USE;
int pass_submit(struct pass *p, struct err *e) MUST_USE;

/* What pass_write() would send at `now`, a line each, as text or JSON. Takes no lock, opens no
 * door, and writes nothing. */
int pass_preview(const struct config *c, struct store *s, instant now, bool json, struct buf *out,
                 struct err *e) MUST_USE;

/* What pass_tell_cases() would send, added to it; the register is loaded. */
int pass_preview_cases(struct pass *p, struct arena *a, bool json, struct buf *out, struct err *e) MUST_USE;

/* Nor what pass_tell_reports() would. */
int pass_preview_reports(struct pass *p, struct arena *a, bool json, struct buf *out, struct err *e) MUST_USE;

/* Makes a register that was just loaded the pass's own. */
void pass_take_register(struct pass *p, struct registry *fresh);
/* Makes it what the registers of letters share, with the rules that it knows. */
void pass_take_common(struct pass *p, struct registry *fresh);
/* Loads the whole of it. */
int pass_load_all(struct pass *p, struct err *e) MUST_USE;

#endif
