/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_APP_DEMO_H
#define OVERSYN_APP_DEMO_H

#include "app/pass.h"

/*
 * The demo's people: they find letters in their Maildirs and answer as
 * config/demo/replies.txt says, some days later, with real mail.
 */
struct people;

int people_open(const char *dir, struct people **out, struct err *e) MUST_USE;
/* Reads what was delivered since the last call, copies it to DIR/letters as
 * .eml and makes up everybody's mind. */
int people_read(struct people *p, const struct registry *r, instant now, struct err *e) MUST_USE;
/* Sends the answers whose day has come. */
int people_answer(struct people *p, const struct registry *r, instant now, struct err *e) MUST_USE;
int people_letters(const struct people *p); /* how many there have been */
void people_close(struct people *p);

#endif
