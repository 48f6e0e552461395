/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_SRC_MAIL_HEADER_H
#define OVERSYN_SRC_MAIL_HEADER_H

#include "base/buf.h"
#include "base/err.h"

/*
 * The header fields of an outgoing message. Every value passes one gate:
 * UTF-8 without line ends or other control characters, so that none can
 * forge a field; addresses are judged by core/address.h.
 */

/* Field names and values of our own making: written as they are. */
void header_fixed(const char *name, const char *value, struct buf *out);

int header_text(const char *name, const char *value, struct buf *out, struct err *e) MUST_USE;

/* "Name: display <address>"; display NULL or "": only the address. */
int header_mailbox(const char *name, const char *display, const char *address, struct buf *out,
                   struct err *e) MUST_USE;

int header_message_id(const char *id, struct buf *out, struct err *e) MUST_USE;

/*
 * References and In-Reply-To from ids separated by spaces. They come from
 * strangers' mail: one that is no id is left out, it must not stop an answer;
 * of a long thread the first and the latest are kept (RFC 5322 §3.6.4).
 */
void header_references(const char *ids, struct buf *out);

/* A token such as a language or a calendar method: ASCII letters and "-". */
int header_token(const char *what, const char *value, struct err *e) MUST_USE;

#endif
