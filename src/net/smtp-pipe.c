/* SPDX-License-Identifier: EUPL-1.2 */
#include "smtp-pipe.h"

#include <string.h>

#include "base/attr.h"

const char *pipe_word_name(enum pipe_word w)
{
	static const char *const name[PIPE_WORD_COUNT] = {
#define X(word, text) [PIPE_##word] = text,
		PIPE_WORDS(X)
#undef X
	};

	return (size_t)w < PIPE_WORD_COUNT ? name[w] : "?";
}

enum kind {
	GOOD,    /* what was hoped for */
	REFUSED, /* 4xx or 5xx, and the talk goes on */
	OVER,    /* 421, or no answer: the connection ends */
	STRANGE, /* an answer to something else: we are out of step */
	KIND_COUNT
};

static enum kind kind_of(enum pipe_word word, int code)
{
	static const int hoped[PIPE_WORD_COUNT] = {
		[PIPE_RSET] = 250, [PIPE_MAIL] = 250, [PIPE_RCPT] = 250, [PIPE_DATA] = 354,
		[PIPE_CONTENT] = 250, [PIPE_DOT] = 250,
	};

	if (code == hoped[word] || (word == PIPE_RCPT && code == 251))
		return GOOD;
	if (code == 0 || code == 421)
		return OVER;
	return code >= 400 ? REFUSED : STRANGE;
}

/* What an answer of each kind to each word does. */
enum {
	GO = 1,      /* on with the next word */
	TELL = 2,    /* the mail has its verdict, if it had none */
	LEAVE = 4,
	UNCLEAN = 8, /* a mail was begun there, and no dot ended it */
};

static const unsigned char DOES[PIPE_WORD_COUNT][KIND_COUNT] = {
	[PIPE_RSET] = { [GOOD] = GO, [REFUSED] = LEAVE, [OVER] = LEAVE, [STRANGE] = LEAVE },
	[PIPE_MAIL] = { [GOOD] = GO, [REFUSED] = TELL | UNCLEAN, [OVER] = TELL | LEAVE,
		[STRANGE] = TELL | LEAVE },
	[PIPE_RCPT] = { [GOOD] = GO, [REFUSED] = TELL | UNCLEAN, [OVER] = TELL | LEAVE,
		[STRANGE] = TELL | LEAVE },
	[PIPE_DATA] = { [GOOD] = GO, [REFUSED] = TELL | UNCLEAN, [OVER] = TELL | LEAVE,
		[STRANGE] = TELL | LEAVE },
	[PIPE_CONTENT] = { [GOOD] = TELL, [REFUSED] = TELL, [OVER] = TELL | LEAVE,
		[STRANGE] = TELL | LEAVE },
	[PIPE_DOT] = { [GOOD] = UNCLEAN, [REFUSED] = UNCLEAN, [OVER] = LEAVE, [STRANGE] = LEAVE },
};

static void add(struct pipe *p, struct pipe_words *say, enum pipe_word word)
{
	p->awaited[p->n++] = word;
	say->word[say->n++] = word;
}

struct pipe_words pipe_begin(struct pipe *p)
{
	struct pipe_words say = { .n = 0 };

	p->refused = p->taken = false;
	enum pipe_word first = p->unclean ? PIPE_RSET : PIPE_MAIL;
	for (enum pipe_word w = first; w <= (p->pipelining ? PIPE_DATA : first); w++)
		add(p, &say, w);
	return say;
}

/* The word that follows a good answer. */
static void go_on(struct pipe *p, struct pipe_step *step)
{
	enum pipe_word word = step->word;

	if (word == PIPE_RSET)
		p->unclean = false;
	if (word == PIPE_RCPT)
		p->taken = true;
	if (word == PIPE_DATA && p->refused && p->taken)
		step->leave = true; /* the dot would send an empty mail */
	else if (word == PIPE_DATA)
		add(p, &step->say, p->refused ? PIPE_DOT : PIPE_CONTENT);
	else if (!p->pipelining)
		add(p, &step->say, word + 1);
}

/* CONTENT has a verdict of its own: what is refused behind it is the next mail. */
static bool untold(const struct pipe *p, enum pipe_word word)
{
	return word == PIPE_CONTENT || !p->refused;
}

static enum submit_phase phase_of(enum pipe_word word)
{
	static const enum submit_phase phase[PIPE_WORD_COUNT] = {
		[PIPE_RSET] = PHASE_MAIL, [PIPE_MAIL] = PHASE_MAIL, [PIPE_RCPT] = PHASE_RCPT,
		[PIPE_DATA] = PHASE_DATA, [PIPE_CONTENT] = PHASE_DOT, [PIPE_DOT] = PHASE_DOT,
	};

	return phase[word];
}

struct pipe_step pipe_heard(struct pipe *p, int code)
{
	struct pipe_step step = { .word = PIPE_RSET };

	if (!p->n) {
		step.leave = true;
		return step;
	}
	enum pipe_word word = step.word = p->awaited[0];
	memmove(p->awaited, p->awaited + 1, --p->n * sizeof(p->awaited[0]));
	enum kind kind = kind_of(word, code);
	unsigned does = DOES[word][kind];
	if (word == PIPE_MAIL && kind == OVER && p->blameless)
		does = LEAVE;
	step.phase = phase_of(word);
	step.tell = (does & TELL) && untold(p, word);
	step.leave = does & LEAVE;
	if (word == PIPE_CONTENT && !step.leave)
		p->blameless = true;
	if ((does & TELL) && word != PIPE_CONTENT)
		p->refused = true;
	if (does & UNCLEAN)
		p->unclean = true;
	if (does & GO)
		go_on(p, &step);
	return step;
}
