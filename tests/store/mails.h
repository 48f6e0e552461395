/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_TESTS_STORE_MAILS_H
#define OVERSYN_TESTS_STORE_MAILS_H

#include "tests/store/fixture.h"

/* A database with so many mails in the outbox, numbered from 1. */
struct store *with_mails(int n);
void put_mail(struct store *s, int n, const char *kind);
size_t claim(struct store *s, struct arena *a, instant now, struct outbox_row **rows);
void result(struct store *s, int64_t id, enum submit_verdict v, instant now);
const char *states(struct store *s, struct arena *a); /* "queued accepted …", by number */
int64_t records(const char *kind);

#endif
