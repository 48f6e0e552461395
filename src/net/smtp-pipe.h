/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_SRC_NET_SMTP_PIPE_H
#define OVERSYN_SRC_NET_SMTP_PIPE_H

#include <stdbool.h>
#include <stddef.h>

#include "core/retry.h"

/*
 * What is said over one connection, in which order, and what each answer means for
 * it (RFC 5321 §4.3, RFC 2920 §3.1). No bytes here, and no clock: what was said has
 * one answer each, and they come in the order in which it was said.
 *
 * Where the server offers PIPELINING, the envelope of a mail is said at once, behind
 * the content of the mail before it; else its words one by one.
 */
#define PIPE_WORDS(X) \
	X(RSET, "RSET")       /* forget what was begun */ \
	X(MAIL, "MAIL")       \
	X(RCPT, "RCPT")       \
	X(DATA, "DATA")       \
	X(CONTENT, "CONTENT") /* the mail and its dot */ \
	X(DOT, "DOT")         /* a dot alone: there is a go-ahead for a mail that was refused */

enum pipe_word {
#define X(word, name) PIPE_##word,
	PIPE_WORDS(X)
#undef X
	PIPE_WORD_COUNT
};

const char *pipe_word_name(enum pipe_word w);

enum { PIPE_MOST = 8 }; /* words that await their answer; there are five at most */

struct pipe {
	bool pipelining;
	bool blameless; /* 421 or silence at MAIL is not that mail's doing */
	bool unclean; /* the server may hold half a mail: RSET comes first */
	bool refused; /* the mail of this envelope has its verdict */
	bool taken;   /* … but somebody is to get it */
	enum pipe_word awaited[PIPE_MOST]; /* oldest first */
	size_t n;
};

struct pipe_words {
	enum pipe_word word[4];
	size_t n;
};

struct pipe_step {
	enum pipe_word word;    /* what was answered; of no meaning if nothing was awaited */
	bool tell;              /* the answer is the verdict of the mail that it is about */
	enum submit_phase phase; /* … come to in this phase */
	bool leave;             /* nothing more can be said here: hang up */
	struct pipe_words say;  /* and await */
};

/* The next mail: what is to be said. Only when nothing is awaited, or, with pipelining,
 * when CONTENT alone is. */
struct pipe_words pipe_begin(struct pipe *p);
/* An answer of that code has come; 0: none will, or it is no answer. A mail whose
 * envelope was said and who was told nothing when it is time to leave was not begun. */
struct pipe_step pipe_heard(struct pipe *p, int code);

#endif
