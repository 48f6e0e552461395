/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_CORE_DOCTOR_H
#define OVERSYN_CORE_DOCTOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/date.h"
#include "core/zone.h"

/*
 * What `oversyn doctor` tries, and what it makes of what it finds. How the facts are
 * had is the business of others.
 */
#define DOCTOR_CHECKS(X) \
	X(CONFIGURATION, "configuration") X(DATABASE, "database") X(DISK, "disk") X(PASS, "pass") \
	X(REGISTER, "register") X(TEMPLATES, "templates") X(FILES, "files") X(READER, "reader") X(COURIER, "courier") \
	X(SECRET, "secret") X(NAME, "name") X(CONNECTION, "connection") X(TLS, "tls") \
	X(CERTIFICATE, "certificate") X(OFFERS, "offers") X(TOKEN, "token") X(LOGIN, "login") \
	X(SIZE, "size") X(THROTTLE, "throttle") X(PROGRAM, "program") X(FOLDER, "folder") \
	X(MAILBOX, "mailbox") X(RIGHTS, "rights") X(HANDLED, "handled") X(WAITING, "waiting") \
	X(RESOLVER, "resolver") X(CLOCK, "clock") X(TOKEN_CLOCK, "token-clock") \
	X(PLUS, "plus") X(CATCH_ALL, "catch-all") X(PLAIN, "plain") X(ADDRESSING, "addressing")

enum doctor_check {
#define X(check, name) DOCTOR_##check,
	DOCTOR_CHECKS(X)
#undef X
	DOCTOR_CHECK_COUNT
};

/* Whose check it is: most have two servers. */
enum doctor_door { DOOR_NONE, DOOR_OUT, DOOR_IN };

enum doctor_status {
	STATUS_OK,
	STATUS_NOTE,    /* nothing is wrong, and it is worth knowing */
	STATUS_WARNING, /* it works, but not for long or not well */
	STATUS_FAULT,   /* it does not work */
	STATUS_SKIPPED, /* it could not be tried, or was not to be */
};

#define DOCTOR_KINDS(X) \
	X(CONFIG_READ, OK) X(CONFIG_ABSENT, WARNING) X(CONFIG_MISSING, FAULT) \
	X(CONFIG_UNREADABLE, FAULT) X(CONFIG_BROKEN, FAULT) \
	X(CONFIG_GROUP, WARNING) X(CONFIG_OPEN, FAULT) \
	X(SECRET_READ, OK) X(SECRET_ABSENT, FAULT) X(SECRET_OPEN, FAULT) X(SECRET_BROKEN, FAULT) \
	X(DATABASE_WELL, OK) X(DATABASE_BROKEN, FAULT) X(DATABASE_FIXED, FAULT) \
	X(DATABASE_OPEN, WARNING) X(DISK_ROOM, OK) X(DISK_LOW, WARNING) X(DISK_FULL, FAULT) \
	X(PASS_NONE, OK) X(PASS_RUNS, NOTE) X(PASS_SHUT, FAULT) \
	X(REGISTER_SET, OK) X(REGISTER_BROKEN, FAULT) X(REGISTER_LACKS, FAULT) \
	X(REGISTER_ADDRESS, FAULT) X(REGISTER_ELSEWHERE, WARNING) \
	X(TEMPLATES_WELL, OK) X(TEMPLATES_BROKEN, FAULT) \
	X(FILES_ENOUGH, OK) X(FILES_FEW, FAULT) X(READER_CONFINED, OK) X(READER_BROKEN, FAULT) \
	X(COURIER_CONFINED, OK) X(COURIER_BROKEN, FAULT) \
	X(NAME_FOUND, OK) X(NAME_UNKNOWN, FAULT) X(CONNECTED, OK) X(NOT_CONNECTED, FAULT) \
	X(TLS_SPOKEN, OK) X(TLS_LOOPBACK, NOTE) X(TLS_FAILED, FAULT) \
	X(CERT_WELL, OK) X(CERT_SOON, WARNING) X(CERT_EXPIRED, FAULT) X(CERT_EARLY, FAULT) \
	X(CERT_NAME, FAULT) X(CERT_UNTRUSTED, FAULT) X(CERT_UNPINNED, FAULT) X(CERT_REFUSED, FAULT) \
	X(SPOKEN, OK) X(NOT_SPOKEN, FAULT) X(NO_DSN, NOTE) X(NO_IDLE, NOTE) X(NO_UIDPLUS, WARNING) \
	X(TOKEN_GOT, OK) X(TOKEN_SHORT, WARNING) X(TOKEN_FAILED, FAULT) \
	X(LOGGED_IN, OK) X(LOGIN_NONE, NOTE) X(LOGIN_FAILED, FAULT) \
	X(SIZE_ENOUGH, OK) X(SIZE_UNSAID, OK) X(SIZE_SMALL, WARNING) X(SIZE_TINY, FAULT) \
	X(THROTTLED, OK) X(UNTHROTTLED, OK) \
	X(PROGRAM_THERE, OK) X(PROGRAM_BROKEN, FAULT) \
	X(FOLDER_WRITABLE, OK) X(FOLDER_ABSENT, NOTE) X(FOLDER_BROKEN, FAULT) \
	X(MAILBOX_OPENS, OK) X(MAILBOX_CLOSED, FAULT) X(MAILBOX_FIXED, FAULT) \
	X(RIGHTS_ENOUGH, OK) X(RIGHTS_UNSAID, OK) X(RIGHTS_LACK, FAULT) \
	X(HANDLED_THERE, OK) X(HANDLED_MADE, OK) X(HANDLED_ABSENT, NOTE) X(HANDLED_FAILED, FAULT) \
	X(WAITING_FEW, OK) X(WAITING_MANY, WARNING) \
	X(RESOLVER_ANSWERS, OK) X(RESOLVER_MUTE, FAULT) \
	X(CLOCK_RIGHT, OK) X(CLOCK_OFF, WARNING) X(CLOCK_WRONG, FAULT) \
	X(SELF_CAME, OK) X(SELF_TAKEN, OK) X(SELF_REFUSED, NOTE) X(SELF_RETURNED, NOTE) \
	X(SELF_LOST, NOTE) X(SELF_UNSENT, FAULT) X(SELF_STUCK, WARNING) X(SELF_UNREAD, FAULT) \
	X(ADDRESSING_WORKS, OK) X(ADDRESSING_BETTER, NOTE) X(ADDRESSING_WRONG, FAULT) \
	X(ADDRESSING_DEAF, FAULT) \
	X(AFTER, SKIPPED) X(NOT_ASKED, SKIPPED) X(NOT_POSSIBLE, SKIPPED) X(NO_TIME_TOLD, SKIPPED)

enum doctor_kind {
#define X(kind, status) DOCTOR_##kind,
	DOCTOR_KINDS(X)
#undef X
	DOCTOR_KIND_COUNT
};

/* One line: what was found. Which members say something hangs on the kind. */
struct doctor_line {
	enum doctor_check check;
	enum doctor_door door;
	enum doctor_kind kind;
	const char *name, *other; /* of what; NULL */
	const char *said;         /* an error's own words, English; NULL */
	int64_t n, most;
	dayno day;                /* DAY_NONE */
	enum doctor_check after;  /* of AFTER: the check, at `after_door`, without which this one is none */
	enum doctor_door after_door;
};

const char *doctor_status_name(enum doctor_status s); /* "ok" */
enum doctor_status doctor_status_of(enum doctor_kind kind);
/* "out-certificate", "database"; stable. Each returns out. */
const char *doctor_check_name(enum doctor_door door, enum doctor_check check, char out[40]);
const char *doctor_kind_name(enum doctor_kind kind, char out[40]); /* "cert-soon"; stable */

/* ---- what is made of a fact ---- */

enum { DOCTOR_CERT_DAYS = 30, DOCTOR_CLOCK_S = 60, DOCTOR_CLOCK_MOST_S = 600 };

/* A certificate that was accepted; *days: that it is still good, rounded down. */
enum doctor_kind doctor_certificate(instant now, instant until, int64_t *days);
/* Seconds by which a clock seems to be ahead of ours: it told `told` at some time
 * between `from` and `to` of ours. 0 where it may have been right. */
int64_t doctor_clock_error(instant told, instant from, instant to);
enum doctor_kind doctor_clock(int64_t error_s);
/* Bytes that are free beside a database of that size. */
enum doctor_kind doctor_disk(uint64_t free, uint64_t database);
/* The largest mail that a server takes; 0: it does not say. */
enum doctor_kind doctor_size(uint64_t most);
uint64_t doctor_letter_size(void); /* of the largest letter that may have to go */
enum doctor_kind doctor_token(int64_t seconds);
enum doctor_kind doctor_waiting(uint32_t mails);
enum doctor_kind doctor_files(uint64_t most);

/* Which of the rights (RFC 4314) that a mailbox needs are not among `rights`: of one
 * that mail is read in and moved from, or of the folder that it is moved to. "": none. */
const char *doctor_lacking(const char *rights, bool handled, char out[16]);

/* How answers' addresses name their letters: plus, catch-all, the plain address. */
enum doctor_form { FORM_PLUS, FORM_CATCH_ALL, FORM_PLAIN, FORM_COUNT };

/* What it comes to when mail to these forms of our address has come, and the site is
 * configured for one; *best: the form to be configured. */
enum doctor_kind doctor_addressing(enum doctor_form configured, const bool came[FORM_COUNT],
                                   enum doctor_form *best);

/* A date as mail has it (RFC 5322 §3.3, with a numeric zone), at the end of a
 * Received field; INSTANT_NONE: none that can be read. */
instant doctor_received(const char *text, size_t len);
/* Of a mail's header, which ends at the first empty line: when the first server that
 * took it says that it did so: the last Received. INSTANT_NONE: none says. */
instant doctor_first_received(const char *bytes, size_t len);

#endif
