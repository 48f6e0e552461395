/* SPDX-License-Identifier: EUPL-1.2 */
#include <sys/types.h>

#include <opendkim/dkim.h>
#include <string.h>

#include "base/attr.h"
#include "src/mail/auth.h"

/*
 * One signature through libopendkim, whose own answer is not enough: a mail
 * whose body was changed has "passed", and any domain's signature is success.
 * The times are checked by who calls, against when the mail came: the library
 * knows only the clock, and an audit reads the mail years later.
 */
enum { LEAST_BITS = 1024 };

/* The drift with which the library finds no time too early or too late. It takes
 * it from t= and adds it to x=, without a sign: more than t= would turn over. */
static uint64_t any_clock(const struct dkim_signature *s)
{
	return s->made != INSTANT_NONE ? (uint64_t)s->made : (uint64_t)1 << 40;
}

/* What the library takes and does not write to. */
static void *as_taken(const void *p)
{
	union {
		const void *in;
		void *out;
	} own = { .in = p };

	return own.out;
}

static void close_lib(DKIM_LIB **lib)
{
	if (*lib)
		dkim_close(*lib);
}

static void free_mail(DKIM **dkim)
{
	if (*dkim)
		(void)dkim_free(*dkim);
}

/* The key's record, which the one who called has; there is no network here. */
static DKIM_CBSTAT give_key(DKIM *dkim, DKIM_SIGINFO *sig, unsigned char *to, size_t size)
{
	const char *record = dkim_get_user_context(dkim);

	(void)sig;
	if (strlen(record) >= size)
		return DKIM_CBSTAT_NOTFOUND;
	memcpy(to, record, strlen(record) + 1);
	return DKIM_CBSTAT_CONTINUE;
}

static DKIM_LIB *open_lib(const struct dkim_signature *s)
{
	static const char *const must[] = { "from", "to", "subject", "date", "message-id", NULL };
	const char *const *list = must;
	unsigned flags = DKIM_LIBFLAGS_STRICTHDRS, bits = LEAST_BITS;
	uint64_t drift = any_clock(s);
	DKIM_LIB *lib = dkim_init(NULL, NULL);

	/* The list's own size is a pointer's; with any other it is ignored. */
	if (lib && dkim_options(lib, DKIM_OP_SETOPT, DKIM_OPTS_FLAGS, &flags, sizeof(flags)) == DKIM_STAT_OK &&
	    dkim_options(lib, DKIM_OP_SETOPT, DKIM_OPTS_MINKEYBITS, &bits, sizeof(bits)) == DKIM_STAT_OK &&
	    dkim_options(lib, DKIM_OP_SETOPT, DKIM_OPTS_CLOCKDRIFT, &drift, sizeof(drift)) == DKIM_STAT_OK &&
	    dkim_options(lib, DKIM_OP_SETOPT, DKIM_OPTS_MUSTBESIGNED, as_taken(list), sizeof(list)) == DKIM_STAT_OK &&
	    dkim_set_key_lookup(lib, give_key) == DKIM_STAT_OK)
		return lib;
	close_lib(&lib);
	return NULL;
}

static DKIM_STAT feed(DKIM *dkim, const struct raw_headers *h, const struct dkim_signature *s)
{
	DKIM_STAT st = DKIM_STAT_OK;

	for (size_t i = 0; i < h->n && st == DKIM_STAT_OK; i++) {
		const struct raw_header *one = &h->at[i];
		size_t len = one->len;
		if (one != s->header && raw_equal(one->name, "DKIM-Signature"))
			continue;
		while (len && strchr("\r\n", one->field[len - 1]))
			len--;
		st = dkim_header(dkim, as_taken(one->field), len);
	}
	return st;
}

static const char *verdict(struct arena *a, DKIM *dkim, unsigned *bits)
{
	DKIM_SIGINFO **sigs = NULL;
	ssize_t signed_len = 0;
	int n = 0;

	if (dkim_getsiglist(dkim, &sigs, &n) != DKIM_STAT_OK || n != 1)
		return "the signature cannot be read";
	unsigned flags = dkim_sig_getflags(sigs[0]);
	DKIM_SIGERROR error = dkim_sig_geterror(sigs[0]);
	if (dkim_sig_getbh(sigs[0]) == DKIM_SIGBH_MISMATCH)
		return "the mail's text is not what was signed";
	if (error != DKIM_SIGERROR_OK)
		return arena_fmt(a, "the signature does not hold: %s", dkim_sig_geterrorstr(error));
	if (flags & DKIM_SIGFLAG_TESTKEY)
		return "the signature's key is only on trial (t=y)";
	if (!(flags & DKIM_SIGFLAG_PASSED) || dkim_sig_getbh(sigs[0]) != DKIM_SIGBH_MATCH ||
	    dkim_sig_getcanonlen(dkim, sigs[0], NULL, NULL, &signed_len) != DKIM_STAT_OK || signed_len != -1 ||
	    dkim_sig_getkeysize(sigs[0], bits) != DKIM_STAT_OK)
		return "the signature does not hold";
	return NULL;
}

const char *dkim_verify_one(struct arena *a, const struct raw_headers *h, const char *body,
                            size_t len, const struct dkim_signature *s, const char *record,
                            unsigned *bits)
{
	DKIM_LIB *lib AUTO(close_lib) = open_lib(s);
	DKIM_STAT st = DKIM_STAT_INTERNAL;
	DKIM *dkim AUTO(free_mail) = lib ? dkim_verify(lib, (const u_char *)"oversyn", NULL, &st) : NULL;

	if (!dkim)
		return "the signature could not be checked: libopendkim does not start";
	(void)dkim_set_user_context(dkim, as_taken(record));
	st = feed(dkim, h, s);
	if (st == DKIM_STAT_OK)
		st = dkim_eoh(dkim);
	if (st == DKIM_STAT_OK && len)
		st = dkim_body(dkim, as_taken(body), len);
	if (st == DKIM_STAT_OK)
		st = dkim_eom(dkim, NULL);
	const char *why = verdict(a, dkim, bits);
	if (why || st == DKIM_STAT_OK)
		return why;
	return arena_fmt(a, "the signature does not hold: %s", dkim_getresultstr(st));
}

void dkim_warm_up(void)
{
	static const char *const records[] = {
		"v=DKIM1; p="
			"MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAt/ZF3bOx4MFThuoEM9D2t9zblQ7TlNXdwVcVY47xzS50"
			"6kh5PTnzO8b0Dv1CUfWpkJv/oLQgNsJr5UvjAtVbd9d88NQ2npoJ8ckA+Ak+6hEx1+hYvF5k0OLJG9htjvKiIjrb"
			"a/bmKTq2ZmqYiajf35y/M3ZZe2Ado8NFyzBSMM1J/RZJGgvJEZv+Qe+A2E+bqyfHG8xLEly4W+Jyt91mHtjmKlLV"
			"RXtqvQLKeZ/vydyKA4gA3EZlQuJfGBrgW8lLQ2GcJdgmO+Ruu1WVGX1/ExchFMn7JEI0hnfa4Gxo69ftNkpUFNCU"
			"uWewt4RWC4VCN6LvApoHjzCa7vnYvSPRlwIDAQAB",
		"v=DKIM1; k=ed25519; p=oBkJkcYeAQuAUvGFrIUpNJJaB9pJe97cb/dmDKo83PU=",
	};
	static const char *const algorithms[] = { "rsa-sha256", "ed25519-sha256" };
	static const char fields[] =
		"From: a@k.example\r\nTo: b@k.example\r\nSubject: c\r\nDate: Tue, 12 Jan 2027 09:30:00 +0100\r\n"
		"Message-ID: <d@k.example>\r\n\r\n";
	struct arena a AUTO(arena_release) = ARENA_INIT;

	for (size_t i = 0; i < ARRAY_LEN(records); i++) {
		/* Numbers that no key made, of the length that one would have. */
		const char *mail = arena_fmt(&a, "DKIM-Signature: v=1; a=%s; d=k.example; s=s; c=relaxed/relaxed;\r\n"
		                             " h=from:to:subject:date:message-id; bh=%043d=; b=%0*d==\r\n%s",
		                             algorithms[i], 0, i ? 86 : 342, 0, fields);
		struct dkim_signature s;
		struct raw_headers h;
		unsigned bits;
		raw_read(&a, mail, strlen(mail), &h);
		if (!dkim_tags(&a, &h.at[0], &s))
			(void)dkim_verify_one(&a, &h, "x\r\n", 3, &s, records[i], &bits);
	}
}
