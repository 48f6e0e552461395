/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_APP_CONFIG_H
#define OVERSYN_APP_CONFIG_H

#include "app/templates.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "core/throttle.h"
#include "mail/message.h"
#include "net/transport.h"

/*
 * The site's configuration (oversyn.conf(5)): where things are and how mail
 * travels. What is the municipality's own choice (days of the ladder, recess,
 * addresses) is in its register instead, so that it is versioned with it.
 */
enum transport_kind { TRANSPORT_MAILDIR, TRANSPORT_SENDMAIL, TRANSPORT_SMTP, TRANSPORT_IMAP };

struct mail_door { /* one way that mail goes or comes */
	enum transport_kind kind;
	const char *maildir;
	struct server server; /* the password is read when needed, from one of these */
	const char *password_file, *password_credential;
	const char *const *password_command; /* NULL-terminated; NULL: none */
	const char *mailbox, *handled; /* IMAP */
	const char *sendmail; /* the program, by its whole path */
	struct throttle throttle;     /* of mail out, and how long it is tried: */
	struct retry_policy patience;
};

/* How Reply-To carries a letter's token; it is looked for everywhere, always. */
enum addressing {
	ADDRESSING_PLUS,      /* oversyn+TOKEN@… */
	ADDRESSING_CATCH_ALL, /* oversyn-TOKEN@…: every local part reaches our mailbox */
	ADDRESSING_NONE       /* the plain address: only References names the letter */
};

struct config {
	struct arena arena;
	const char *file;      /* what was read, as errors name it */
	const char *database;
	const char *templates; /* the municipality's own templates; NULL: none */
	const char *language;  /* of letters: "sv", "en" */
	struct templates *letters; /* that were read; NULL in a configuration that writes none */
	const char *helo;      /* name in EHLO; NULL: the sender's mail domain */
	enum addressing addressing; /* how an answer's address names its letter */
	enum auth_profile profile; /* how a sender's domain is checked */
	const char *authserv_id, *tenant; /* of the profile that needs it, else NULL */
	const char *const *domains; /* the site's own mail domains */
	size_t n_domains;
	const char *resolver;  /* "address" or "address:port"; NULL: the system's */
	const char *const *banners; /* warnings that the site puts into mail from outside */
	size_t n_banners;
	int letters_from;      /* hour of the day from which the daemon writes letters */
	int ceiling;           /* most letters in one pass */
	int document_pages;    /* of a governing document that are read */
	bool bare_yes;         /* "Ja", "OK" sign a letter that asked one thing */
	struct mail_door out, in;
	/* What only the demo sets: a Maildir per recipient, and a secret that is
	 * the same every time, so that two runs give the same bytes. */
	bool out_per_recipient, fixed_secret;
};

/*
 * Reads `file`; NULL means SYSCONFDIR/oversyn/oversyn.conf where it exists,
 * else the built-in defaults. `database` (may be NULL) is the --db option and
 * wins. Every unknown or mistyped setting is ERR_USAGE with file and line.
 */
int config_read(const char *file, const char *database, struct config *out, struct err *e) MUST_USE;
/* The same from a text, which is written over; `name` stands in errors. */
int config_parse(const char *name, struct buf *text, const char *database, struct config *out,
                 struct err *e) MUST_USE;
void config_release(struct config *c);

/* Fills in what the site says about mail that comes; nothing is copied. */
void config_known(const struct config *c, struct mail_known *out);

/*
 * Reads a door's secret (its first line) into the door's server: from a file
 * that others must not be able to read, from systemd's credentials, or from
 * what a command prints, which is run without a shell and has as long as the
 * door's timeout. Nothing to do where none of them is set.
 */
int config_password(struct config *c, struct mail_door *door, struct err *e) MUST_USE;

#endif
