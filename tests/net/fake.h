/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_TESTS_NET_FAKE_H
#define OVERSYN_TESTS_NET_FAKE_H

#include <gnutls/gnutls.h>
#include <gnutls/x509.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

/* A server in a child process that serves one connection on 127.0.0.1. */
struct fake {
	uint16_t port;
	pid_t pid;
	int report; /* what the child has to say is read from here */
};

/* `talk` owns fd until it returns; what it writes to `report` is read by fake_end(). */
typedef void fake_talk(int fd, int report, void *ctx);
struct fake fake_start(fake_talk *talk, void *ctx);
/* The same for so many connections, one after the other. */
struct fake fake_start_many(fake_talk *talk, void *ctx, int connections);
/* Reads what the child reported (at most size - 1 bytes), ends it and waits. */
void fake_end(struct fake *f, char *report, size_t size);

/* ---- certificates, made afresh ---- */

struct cert {
	gnutls_x509_crt_t crt;
	gnutls_x509_privkey_t key;
};

struct cert_wish {
	const char *host;          /* NULL: a certificate authority */
	const char *authority;     /* the authority's name; NULL: "Test authority" */
	const struct cert *issuer; /* NULL: signed by itself */
	int from_days, to_days;    /* counted from now */
	bool client;               /* made for a client, not for a server */
};

struct cert cert_make(struct cert_wish wish);
void cert_free(struct cert *c);
void cert_pin(const struct cert *c, char out[45]); /* SHA-256 of its public key, base64 */
void cert_save(const struct cert *c, const char *path); /* PEM, without the key */

#endif
