/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_APP_COURIER_H
#define OVERSYN_APP_COURIER_H

#include "app/config.h"
#include "net/dns.h"
#include "net/probe.h"
#include "net/transport.h"

/*
 * The courier: a process of its own that talks SMTP, IMAP and DNS, because the
 * libraries that do crash on what a hostile server says (reliability.md §1). It has
 * the network and the credentials, which it is handed over a pipe; it has no database,
 * can write no file and start no program. When it dies or answers nonsense, that is a
 * connection that broke: it is started anew at the next call.
 */
struct courier;

/* What the program is called with to be a courier. */
#define COURIER_ARGUMENT "--courier"

/* One that is started when it is first needed. `notes`: where it notes what was taken
 * (core/ack.h), with one write(2), before it says so; outlives it; -1: nowhere. */
void courier_new(int notes, struct courier **out);
/* Starts it, with the doors of SMTP and IMAP that there are (NULL: not this one), with
 * their passwords. The sender and receiver are used and freed as any other, before the
 * courier is; *out and *in stay NULL where there is no such door. Fails as sender_smtp()
 * and receiver_imap() do. */
int courier_open(struct courier *c, const struct mail_door *out_door, const char *helo,
                 const struct mail_door *in_door, struct sender **out, struct receiver **in,
                 struct err *e) MUST_USE;
/* As dns_txt(). A courier that dies over it has found nothing. */
void courier_dns_txt(struct courier *c, struct arena *a, const char *resolver, int seconds,
                     const char *name, struct dns_answer *out);
/* As probe_smtp(), or with `in` as probe_imap(), of the door that it was opened with. */
int courier_probe(struct courier *c, struct arena *a, bool in, bool make, struct probe *out,
                  struct err *e) MUST_USE;
/* Lets it say good-bye to its servers, for some seconds; NULL: nothing. */
void courier_free(struct courier *c);

/* The courier's side: confines itself, then serves until the keeper goes away.
 * Returns an exit status; refuses to serve unconfined. */
int courier_serve(int fd);

#endif
