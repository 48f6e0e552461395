/* SPDX-License-Identifier: EUPL-1.2 */
#include "core/retry.h"

#include <ctype.h>
#include <stddef.h>
#include <string.h>
#include <sysexits.h>

#include "base/attr.h"

const char *submit_verdict_name(enum submit_verdict v)
{
	static const char *const name[] = {
#define X(verdict, word) [SUBMIT_##verdict] = word,
		SUBMIT_VERDICTS(X)
#undef X
	};

	return (size_t)v < ARRAY_LEN(name) ? name[v] : "?";
}

/* An enhanced status code (RFC 3463), "5.7.139": three numbers, 0.0.0 if none. */
struct enhanced {
	int class, subject, detail;
};

static bool number(const char **s, int *out)
{
	int n = 0, digits = 0;

	for (; **s >= '0' && **s <= '9' && digits < 3; digits++)
		n = n * 10 + (*(*s)++ - '0');
	*out = n;
	return digits > 0;
}

/* libetpan leaves the words of a multi-line answer joined; only what stands
 * first counts, since anything later is the server's prose. */
static struct enhanced enhanced_code(const char *text)
{
	struct enhanced none = { 0 }, found = { 0 };

	if (!text)
		return none;
	while (*text == ' ' || *text == '-')
		text++;
	if (!number(&text, &found.class) || *text++ != '.')
		return none;
	if (!number(&text, &found.subject) || *text++ != '.')
		return none;
	if (!number(&text, &found.detail) || (*text >= '0' && *text <= '9'))
		return none;
	bool known = found.class == 2 || found.class == 4 || found.class == 5;
	return known ? found : none;
}

/*
 * Answers whose first digit lies about what is wrong: trouble of our own
 * account or of its quota, which the letter cannot help. First match wins;
 * a -1 matches everything.
 */
struct answer_rule {
	int code; /* reply code, -1: any */
	struct enhanced enhanced;
	enum submit_verdict verdict;
};

static const struct answer_rule RULES[] = {
	/* Exchange Online: three connections at most, or simply too much of us */
	{ 432, { 4, 3, 2 }, SUBMIT_BUSY },
	{ -1, { 4, 7, 500 }, SUBMIT_BUSY },
	/* authentication wanted, refused, switched off, too weak (RFC 4954 §6) */
	{ 530, { -1, -1, -1 }, SUBMIT_HELD },
	{ 534, { -1, -1, -1 }, SUBMIT_HELD },
	{ 535, { -1, -1, -1 }, SUBMIT_HELD },
	{ 538, { -1, -1, -1 }, SUBMIT_HELD },
	{ -1, { 5, 7, 3 }, SUBMIT_HELD },   /* authentication unsuccessful */
	{ -1, { 5, 7, 8 }, SUBMIT_HELD },   /* credentials invalid */
	{ -1, { 5, 7, 9 }, SUBMIT_HELD },   /* mechanism too weak */
	{ -1, { 5, 7, 14 }, SUBMIT_HELD },  /* trust relationship required */
	{ -1, { 5, 7, 30 }, SUBMIT_HELD },  /* basic authentication switched off */
	{ -1, { 5, 7, 57 }, SUBMIT_HELD },  /* client was not authenticated */
	{ -1, { 5, 7, 60 }, SUBMIT_HELD },  /* may not send as this sender */
	{ -1, { 5, 7, 139 }, SUBMIT_HELD }, /* sign-in blocked by policy */
	{ -1, { 5, 7, 708 }, SUBMIT_HELD }, /* our address is on a list */
	/* daily and hourly limits, said with a 5 that is none */
	{ 554, { 5, 2, 0 }, SUBMIT_HELD },
	/* our own Sent folder is full: of a recipient's mailbox servers say 552 */
	{ 554, { 5, 2, 2 }, SUBMIT_HELD },
	{ -1, { 5, 1, 90 }, SUBMIT_HELD }, /* recipients per day */
	{ -1, { 5, 2, 252 }, SUBMIT_HELD }, /* sends per minute, hard form */
	/* this letter is too large; the next one need not be */
	{ -1, { 5, 3, 4 }, SUBMIT_FAILED },
	/* the sender's address, not the recipient's */
	{ -1, { 5, 1, 7 }, SUBMIT_HELD },
	{ -1, { 5, 1, 8 }, SUBMIT_HELD },
};

static bool matches(const struct answer_rule *rule, int code, struct enhanced x)
{
	if (rule->code >= 0 && rule->code != code)
		return false;
	return rule->enhanced.class < 0 ||
	       (rule->enhanced.class == x.class && rule->enhanced.subject == x.subject &&
	        rule->enhanced.detail == x.detail);
}

/* A final refusal that no rule above knows. */
static enum submit_verdict judge_refusal(enum submit_phase phase)
{
	switch (phase) {
	case PHASE_CONNECT: /* 554, 521: this server will not serve us */
	case PHASE_TLS:
	case PHASE_AUTH:
	case PHASE_MAIL:
		return SUBMIT_HELD;
	case PHASE_RCPT:
	case PHASE_DATA:
	case PHASE_DOT: /* some look at the recipient's mailbox only then */
		return SUBMIT_FAILED;
	}
	return SUBMIT_HELD;
}

/* Before a mail is named, it is the server that puts us off: another mail would
 * fare no better. Later it may be about this mail alone, and if that stopped the
 * others, one mail could stop them for days. */
static enum submit_verdict put_off(enum submit_phase phase)
{
	return phase < PHASE_MAIL ? SUBMIT_BUSY : SUBMIT_DEFERRED;
}

static enum submit_verdict judge_silence(enum submit_phase phase)
{
	return phase == PHASE_DOT ? SUBMIT_UNCERTAIN : put_off(phase);
}

enum submit_verdict retry_judge(enum submit_phase phase, int code, const char *text)
{
	struct enhanced x = enhanced_code(text);

	if (code == 0)
		return judge_silence(phase);
	for (size_t i = 0; i < ARRAY_LEN(RULES); i++)
		if (matches(&RULES[i], code, x))
			return RULES[i].verdict;
	if (code >= 400 && code < 500)
		/* 454, 4.7.x: the server's own password store is away */
		return put_off(phase);
	if (code >= 500 && code < 600)
		/* Some servers say 5yz 4.y.z; the longer code is the truer */
		return x.class == 4 ? put_off(phase) : judge_refusal(phase);
	if (code >= 200 && code < 300 && phase == PHASE_DOT)
		return SUBMIT_ACCEPTED;
	/* An answer that has no place here: nothing was accepted before the
	 * dot; after it nobody can know. */
	return judge_silence(phase);
}

/* A server's answer in what a program printed: "550 5.1.1 …", wherever it stands.
 * Without the longer code three digits may be anything. */
static const char *answer_in(const char *text, int *code)
{
	for (const char *at = text; at && *at; at++) {
		bool word = at == text || at[-1] == ' ' || at[-1] == '<' || at[-1] == '(';

		if (!word || (at[0] != '4' && at[0] != '5') || !isdigit((unsigned char)at[1])
		    || !isdigit((unsigned char)at[2]) || (at[3] != ' ' && at[3] != '-'))
			continue;
		if (!enhanced_code(at + 3).class)
			continue;
		*code = (at[0] - '0') * 100 + (at[1] - '0') * 10 + at[2] - '0';
		return at + 3;
	}
	return NULL;
}

static enum submit_verdict judge_status(int status)
{
	switch (status) {
	case EX_USAGE:     /* our own arguments */
	case EX_OSFILE:    /* its own files */
	case EX_NOPERM:
	case EX_CONFIG:
	case 126:          /* a shell's: cannot be run */
	case 127:          /* a shell's: is not there */
		return SUBMIT_HELD;
	case EX_DATAERR:
	case EX_NOUSER:
		return SUBMIT_FAILED;
	case EX_CANTCREAT: /* the local queue cannot be written: no mail would fare better */
	case EX_IOERR:
		return SUBMIT_BUSY;
	default:
		/* EX_TEMPFAIL says so. EX_NOHOST and EX_UNAVAILABLE are the
		 * recipient's to one program and the mail server's to another;
		 * 1 is anything. Time tells, and the coordinator is told. */
		return SUBMIT_DEFERRED;
	}
}

enum submit_verdict retry_judge_program(int status, const char *output)
{
	int code;

	if (status < 0)
		return SUBMIT_UNCERTAIN; /* it may have handed the mail over before it died */
	if (status == EX_OK)
		return SUBMIT_ACCEPTED;
	const char *text = status == EX_USAGE || status >= 126 ? NULL : answer_in(output, &code);
	return text ? retry_judge(PHASE_RCPT, code, text) : judge_status(status);
}

/* Scatters neighbouring numbers (splitmix64). */
static uint64_t scatter(uint64_t x)
{
	x += 0x9e3779b97f4a7c15u;
	x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
	x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
	return x ^ (x >> 31);
}

instant retry_at(instant now, int attempts, int64_t seed)
{
	static const int MINUTES[] = { 5, 15, 60, RETRY_LONGEST_S / 60 * 5 / 6 };
	size_t n = attempts < 1 ? 0 : (size_t)attempts - 1;

	if (n >= ARRAY_LEN(MINUTES))
		n = ARRAY_LEN(MINUTES) - 1;
	uint64_t wait = (uint64_t)MINUTES[n] * 60;
	return now + (instant)(wait + scatter((uint64_t)seed * 1000 + (uint64_t)n) % (wait / 5));
}

instant retry_late_since(const struct retry_policy *p, instant now)
{
	return p->notice_h > 0 ? now - (instant)p->notice_h * 3600 : INSTANT_NONE;
}

bool retry_is_over(const struct retry_policy *p, instant since, int attempts, instant now)
{
	return p->give_up_h > 0 && attempts >= RETRY_LEAST_TRIES && now - since >= (instant)p->give_up_h * 3600;
}
