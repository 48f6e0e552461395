/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_TESTS_STORE_FIXTURE_H
#define OVERSYN_TESTS_STORE_FIXTURE_H

#include "src/store/db.h"
#include "store/outbox.h"
#include "tests/tap.h"

/* A database in a folder of its own below the build folder, with a small
 * register: bodies KS and BUN, role kd, items F01 (KS), F02 (BUN), R01 (all). */
enum { NOW = 1799650800 }; /* 2027-01-11T08:00:00+01:00 */

void fixture_start(void);   /* makes the folder: a checked fixture */
void fixture_end(void);     /* removes it and what lies in it */
const char *fixture_path(void); /* of the database */
const char *fixture_file(const char *name);

struct store *open_with(unsigned flags); /* fails the test when it cannot */
struct store *open_filled(void);         /* volatile, with the register */
void refuse(unsigned flags, enum err_kind kind, const char *says);
/* A database of the schema that stood before the migration whose name ends so. */
void make_older(const char *migration);
void small_register(struct registry *r); /* initialises */
void run_sql(const char *sql);           /* behind the store's back */
int64_t ask_sql(const char *sql);        /* the first column of the first row */

/* A change that opens review "<item>.<n>" with a letter, a mail, a notice and records. */
struct sample {
	struct letter letter;
	struct review review;
	struct notice notice;
	struct outmail mail;
	struct record_entry records[2];
	struct change change;
	char id[32], message_id[64], token[65];
};
void sample_invitation(struct sample *s, const char *item, int n, int serial);

#define OK(call) do { \
	struct err err_ = ERR_INIT; \
	struct err *e = &err_; \
	ck_assert_msg((call) == 0, "%s:%d: %s", __FILE__, __LINE__, err_.text); \
} while (0)

/* As a pass does that hands mail over: claims, and notes how one of them ended. */
size_t claim_mails(struct store *s, struct arena *a, instant now, size_t most, const struct throttle *t,
                   struct outbox_row **rows);
int end_mail(struct store *s, int64_t id, enum submit_verdict v, const char *answer,
             const struct retry_policy *patience, instant now, struct err *e);

#endif
