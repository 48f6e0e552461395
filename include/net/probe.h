/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_NET_PROBE_H
#define OVERSYN_NET_PROBE_H

#include "base/arena.h"
#include "net/transport.h"

/*
 * One visit to a mail server, for a person who must mend it: how far it came, and
 * what was seen on the way. By the very steps that a pass takes, and by no other:
 * what a probe finds in order will work, and what it refuses is refused. Values in
 * and values out, so that it can be asked over a pipe.
 */
enum probe_step {
	PROBE_NAME,     /* the name has no address */
	PROBE_CONNECT,  /* nobody answers there */
	PROBE_TLS,      /* no TLS, or a certificate that is not accepted */
	PROBE_GREETING, /* not the answers of such a server */
	PROBE_TOKEN,    /* no access token was to be had */
	PROBE_LOGIN,
	PROBE_MAILBOX,  /* IMAP from here on: it is not opened, or cannot be used */
	PROBE_HANDLED,  /* the folder for handled mail is not there and cannot be made */
	PROBE_DONE,     /* nothing was in the way */
};

enum probe_certificate {
	PROBE_CERT_UNSEEN,
	PROBE_CERT_GOOD,
	PROBE_CERT_OTHER_NAME,
	PROBE_CERT_EXPIRED,
	PROBE_CERT_EARLY,
	PROBE_CERT_UNTRUSTED,
	PROBE_CERT_UNPINNED,
	PROBE_CERT_REFUSED, /* for another reason */
};

enum probe_folder {
	PROBE_FOLDER_UNSEEN,
	PROBE_FOLDER_THERE,
	PROBE_FOLDER_MADE, /* now */
	PROBE_FOLDER_ABSENT,
};

struct probe {
	enum probe_step step;    /* where it ended */
	const char *why;         /* one line, English; NULL: nothing was in the way */
	/* ---- the way there ---- */
	int ipv4, ipv6;          /* addresses of the name */
	const char *addresses;   /* ", " between; NULL */
	const char *address;     /* the one that answered; NULL */
	int port;
	bool secure;
	const char *tls;         /* "TLS1.3, AES-256-GCM"; NULL */
	enum probe_certificate certificate;
	instant from, until;     /* of the certificate, also of one that is refused; INSTANT_NONE */
	const char *names, *issuer; /* that it bears; NULL */
	/* ---- what it offers; as heard over TLS, where that is wanted ---- */
	const char *offers;      /* "AUTH PLAIN LOGIN, DSN, SIZE"; NULL: it was not heard */
	bool dsn, size, pipelining;
	uint64_t size_most;      /* bytes of a mail; 0: it does not say */
	bool idle, move, uidplus;
	const char *way;         /* how we log in: "PLAIN"; NULL: not at all, or not heard */
	/* ---- OAuth 2.0 ---- */
	int token_s;             /* seconds until it is fetched anew; 0: there is none */
	instant token_date;      /* its server's clock when it gave it; INSTANT_NONE */
	/* ---- IMAP ---- */
	bool read_only;          /* the mailbox opens, but only to be read */
	bool deletes;            /* mails in it may be marked as deleted */
	uint32_t waiting;        /* mails in it */
	const char *rights;      /* RFC 4314, of the mailbox; NULL: the server does not say */
	const char *handled_rights;
	enum probe_folder handled;
};

/* Submission: up to the login. Nothing is sent. */
void probe_smtp(struct arena *a, const struct server *server, const char *helo, struct probe *out);
/* Up to the mailbox and the folder for handled mail, which is made, as a pass would,
 * if `make` says so. No mail is read. */
void probe_imap(struct arena *a, const struct server *server, const char *mailbox,
                const char *handled, bool make, struct probe *out);

#endif
