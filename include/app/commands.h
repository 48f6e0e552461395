/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_APP_COMMANDS_H
#define OVERSYN_APP_COMMANDS_H

#include "app/config.h"
#include "app/options.h"
#include "store/store.h"

/* The commands (oversyn(8)). Each writes to standard output and returns 0, or
 * -1 with *e, whose kind becomes the exit status. */
int command_demo(const struct options *o, struct err *e) MUST_USE;
int command_init(const struct options *o, struct err *e) MUST_USE;
int command_import(const struct options *o, struct err *e) MUST_USE;
int command_check(const struct options *o, struct err *e) MUST_USE;
int command_header(const struct options *o, struct err *e) MUST_USE;
int command_due(const struct options *o, struct err *e) MUST_USE;
int command_why(const struct options *o, struct err *e) MUST_USE;
int command_tick(const struct options *o, struct err *e) MUST_USE;
int command_run(const struct options *o, struct err *e) MUST_USE;
int command_read(const struct options *o, struct err *e) MUST_USE;
int command_outbox(const struct options *o, struct err *e) MUST_USE;
int command_inbox(const struct options *o, struct err *e) MUST_USE;
int command_show(const struct options *o, struct err *e) MUST_USE;
int command_status(const struct options *o, struct err *e) MUST_USE;
int command_record(const struct options *o, struct err *e) MUST_USE;
int record_answer(const struct options *o, struct err *e) MUST_USE; /* of `record` */
int command_plan(const struct options *o, struct err *e) MUST_USE;
int command_trigger(const struct options *o, struct err *e) MUST_USE;
int command_deficiencies(const struct options *o, struct err *e) MUST_USE;
int command_deficiency(const struct options *o, struct err *e) MUST_USE;
int command_doctor(const struct options *o, struct err *e) MUST_USE;
int command_backup(const struct options *o, struct err *e) MUST_USE;
int command_restore(const struct options *o, struct err *e) MUST_USE;
int command_verify(const struct options *o, struct err *e) MUST_USE;

/* What several of them begin with: the configuration and the open store. */
struct house {
	struct config config;
	struct store *store;
};
int house_open(const struct options *o, unsigned store_flags, struct house *out, struct err *e) MUST_USE;
void house_close(struct house *h);

/* The model register into an open registry: files that travel in the program. */
int import_embedded_model(struct registry *r, struct err *e) MUST_USE;
/* One such file into the store, as `import KIND FILE` does; its name says what it is. */
int import_embedded(struct store *s, const char *name, instant now, struct err *e) MUST_USE;

/* `trigger` in an open store. What it moves goes to *out, unless that is NULL. */
int trigger_in(struct store *s, const struct options *o, struct buf *out, struct err *e) MUST_USE;

/* Per body: invited, signed, overdue, asked, still open. */
int body_table(struct store *s, const struct registry *r, enum view_lang lang, bool json,
               struct buf *out, struct err *e) MUST_USE;

/* How far the chiefs' attestations have come, unit by unit; nothing where there are none. */
int trainings_table(struct store *s, const struct registry *r, dayno today, enum view_lang lang,
                    bool json, struct buf *out, struct err *e) MUST_USE;

#endif
