/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_SRC_NET_STREAM_INTERNAL_H
#define OVERSYN_SRC_NET_STREAM_INTERNAL_H

#include <gnutls/gnutls.h>
#include <netdb.h>
#include <libetpan/mailstream.h>

#include "guard.h"
#include "net/probe.h"
#include "net/stream.h"

/* What was seen of the other end, whether it was accepted or not. */
struct stream_seen {
	int ipv4, ipv6;      /* how many addresses the name has */
	char addresses[256]; /* the first of them, ", " between; "": it has none */
	char address[64];    /* the one that answered; "": none did */
	bool secure;         /* hands were shaken, and it is who it should be */
	char tls[64];        /* "TLS1.3, AES-256-GCM" */
	enum probe_certificate certificate;
	instant from, until; /* of the certificate; INSTANT_NONE: none was shown */
	char names[256];     /* that it bears, ", " between */
	char issuer[256];
};

struct stream {
	int fd;
	char *host, *ca_file, *pin;
	const struct net_clock *clock;
	int timeout_s;
	bool loopback; /* the other end is this machine */
	int64_t deadline, silence; /* milliseconds */
	int64_t since; /* when it was last heard, or could be written to */
	size_t budget;
	size_t literal_most; /* that an IMAP server may announce at once, within the budget */
	bool heard; /* something came within the present bound */
	char trouble[256];
	struct guard guard;
	gnutls_session_t tls;
	gnutls_certificate_credentials_t trust;
	gnutls_typed_vdata_st expect[2]; /* GnuTLS keeps the pointer */
	unsigned char purpose[32];
	bool secure;
	mailstream *view;
	struct stream_seen *seen; /* NULL: nobody asks */
};

/* As stream_open(), and notes in *seen, which outlives the stream, how far it came. */
int stream_open_seen(const struct server *server, struct stream_seen *seen, struct stream **out,
                     struct err *e) MUST_USE;
/* Each notes what there is to see; nothing where nobody asks. */
void seen_address(struct stream_seen *seen, const struct addrinfo *a, bool answered);
void seen_names(gnutls_session_t tls, char *out, size_t size);
void seen_secure(struct stream *s);
void seen_refused(struct stream *s, enum probe_certificate why);

/* Notes the first trouble; later ones are its consequences. Returns -1. */
int stream_fail(struct stream *s, const char *fmt, ...) PRINTF(2, 3);
int stream_wait(struct stream *s, short events); /* -1: deadline passed, noted */
ssize_t stream_read(struct stream *s, void *bytes, size_t room); /* waits; -1: trouble */
/* For who waits for several at once: when this one's time is up, and whether it is
 * (-1, noted). It takes and gives what there is: 0 is nothing now. */
int64_t stream_until(const struct stream *s);
int stream_overdue(struct stream *s, int64_t now);
ssize_t stream_take(struct stream *s, void *bytes, size_t room);
/* What could not be given must be what comes next, or no more may come. */
ssize_t stream_put(struct stream *s, const char *bytes, size_t len);
/* There is nothing to say to what was read: have TCP acknowledge it all the same. */
void stream_hurry(struct stream *s);
/* Past libetpan, which must have nothing left to read. */
int stream_say(struct stream *s, const char *line);
/* Reads what has come, for the guard's news alone. 1: something; 0: nothing has. */
int stream_hear(struct stream *s);
int stream_secure(struct stream *s, struct err *e) MUST_USE; /* the handshake */
/* 0 if the peer's key is one of the pinned ones; after the handshake. */
int stream_pinned(struct stream *s, struct err *e) MUST_USE;
void stream_patience(struct stream *s, int seconds); /* longest silence from now on */

const struct net_clock *net_clock_or(const struct net_clock *clock); /* never NULL */
/* A copy of the settings that outlives the caller's. */
void server_copy(struct server *to, const struct server *from, uint16_t implicit, uint16_t plain);
void server_release(struct server *s); /* wipes the password */
/* What a server said, fit to be shown: one line of printable ASCII. */
char *server_words(const char *text, char out[200]);

#endif
