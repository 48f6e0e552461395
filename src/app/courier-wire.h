/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_SRC_APP_COURIER_WIRE_H
#define OVERSYN_SRC_APP_COURIER_WIRE_H

#include "app/config.h"
#include "base/pack.h"
#include "net/dns.h"
#include "net/probe.h"
#include "net/transport.h"

/*
 * Between keeper and courier. A frame is its head, packed facts, and bytes as they
 * are. The keeper asks one thing at a time and hears it to its end; but a watch has no
 * end of its own: the next question is one. The courier believes the keeper; the keeper,
 * who knows that the courier has looked at hostile bytes, takes nothing for granted.
 */
enum frame_kind {
	/* keeper to courier */
	ASK_DOORS,  /* facts: both doors                        → end or error */
	ASK_SUBMIT, /* n mails follow, each an ASK_MAIL         → results, end */
	ASK_MAIL,   /* facts: from, to, Message-ID, what to note; bytes */
	ASK_STOP,   /* begin no more of them, fetch no more; else nothing */
	ASK_FETCH,  /* n: the most bytes of a mail              → mails, end or error */
	ASK_DONE,   /* n places in the facts                    → end or error */
	ASK_WATCH,  /*                                          → look or away, in time */
	ASK_DNS,    /* n: seconds; facts: resolver, name        → dns */
	ASK_PROBE,  /* n: PROBE_IN and PROBE_MAKE               → probe */
	ASK_BYE,    /*                                          → end, and it is gone */
	ASK_KINDS,
	/* courier to keeper */
	SAY_END,
	SAY_ERROR,  /* n: its kind; facts: its text */
	SAY_RESULT, /* n: which mail; facts: verdict, answer */
	SAY_MAIL,   /* facts: a struct fetched; bytes */
	SAY_LOOK,
	SAY_AWAY,   /* as SAY_ERROR, of a watch */
	SAY_DNS,    /* facts: a struct dns_answer */
	SAY_PROBE,  /* facts: a struct probe */
	SAY_KINDS
};

struct frame_head {
	uint32_t kind, n;
	uint64_t facts, bytes; /* lengths */
};

/* One that was heard. Owns both. */
struct frame {
	struct frame_head head;
	char *facts, *bytes;
};

enum { FRAME_MOST_FACTS = 1 << 22 };
enum { PROBE_IN = 1, PROBE_MAKE = 2 };

/* False at the end, on an error, or too late. */
bool frame_say(int fd, enum frame_kind kind, uint32_t n, const struct buf *facts, const char *bytes,
               size_t len, int64_t deadline_ms);
/* Only kinds from `first` on, before `end`, with no more than so many bytes. */
bool frame_hear(int fd, enum frame_kind first, enum frame_kind end, size_t most_bytes,
                struct frame *out, int64_t deadline_ms);
void frame_release(struct frame *f);
/* What was heard, to be unpacked with its strings in the arena. */
struct unpack frame_facts(const struct frame *f, struct arena *a);

void pack_doors(const struct mail_door *out_door, const char *helo, const struct mail_door *in_door,
                struct buf *out);
/* As far as the courier needs to know them: absent doors have no host. */
bool unpack_doors(struct unpack *u, struct mail_door *out_door, const char **helo,
                  struct mail_door *in_door);
void pack_fetched(const struct fetched *m, struct buf *out);
bool unpack_fetched(struct unpack *u, const struct frame *f, struct fetched *out);
void pack_places(const struct mail_place *m, size_t n, struct buf *out);
bool unpack_places(struct unpack *u, size_t n, struct mail_place **out);
void pack_probe(const struct probe *p, struct buf *out);
bool unpack_probe(struct unpack *u, struct probe *out);
/* Text of the world, as a string that can be unpacked. */
void pack_words(const char *text, size_t most, struct buf *out);

#endif
