/* SPDX-License-Identifier: EUPL-1.2 */
/* sign-mail DOMAIN SELECTOR KEY.pem < MAIL > SIGNED: a DKIM signature on top, as
 * a mail server puts it there. Line ends are LF, in and out. */
#include <sys/types.h>

#include <opendkim/dkim.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"

static void slurp(FILE *f, struct buf *out)
{
	char piece[4096];
	size_t n;

	while (f && (n = fread(piece, 1, sizeof(piece), f)) > 0)
		buf_add(out, piece, n);
}

/* What is signed has CRLF. */
static void body(DKIM *d, const char *text)
{
	struct buf crlf AUTO(buf_release) = BUF_INIT;

	for (; *text; text++)
		buf_str(&crlf, *text == '\n' ? "\r\n" : (char[]){ *text, '\0' });
	if (crlf.len)
		(void)dkim_body(d, (u_char *)crlf.data, crlf.len);
}

/* Fields that are not folded, up to the empty line. */
static const char *header(DKIM *d, char *at)
{
	while (*at && *at != '\n') {
		size_t len = strcspn(at, "\n");
		if (dkim_header(d, (u_char *)at, len) != DKIM_STAT_OK)
			return NULL;
		at += len + (at[len] == '\n');
	}
	return *at ? at + 1 : at;
}

int main(int argc, char **argv)
{
	static const char *const fields[] = {
		"from", "to", "subject", "date", "message-id", "mime-version", "content-type", NULL
	};
	const char *const *list = fields;
	struct buf mail AUTO(buf_release) = BUF_INIT, pem AUTO(buf_release) = BUF_INIT;
	u_char *value = NULL;
	size_t len = 0;
	DKIM_STAT st;
	FILE *key = argc == 4 ? fopen(argv[3], "re") : NULL;
	DKIM_LIB *lib = dkim_init(NULL, NULL);

	if (!key || !lib)
		return 2;
	slurp(key, &pem);
	fclose(key);
	slurp(stdin, &mail);
	dkim_options(lib, DKIM_OP_SETOPT, DKIM_OPTS_SIGNHDRS, (void *)(uintptr_t)list, sizeof(list));
	DKIM *d = dkim_sign(lib, (const u_char *)"sign-mail", NULL, (u_char *)pem.data, (const u_char *)argv[2],
	                    (const u_char *)argv[1], DKIM_CANON_RELAXED, DKIM_CANON_RELAXED, DKIM_SIGN_RSASHA256,
	                    -1, &st);
	uint64_t then = 1768000000; /* before any day of the tests */
	dkim_options(lib, DKIM_OP_SETOPT, DKIM_OPTS_FIXEDTIME, &then, sizeof(then));
	const char *text = d ? header(d, mail.data) : NULL;
	if (!text || dkim_eoh(d) != DKIM_STAT_OK)
		return 1;
	body(d, text);
	if (dkim_eom(d, NULL) != DKIM_STAT_OK || dkim_getsighdr_d(d, 16, &value, &len) != DKIM_STAT_OK)
		return 1;
	printf("DKIM-Signature: ");
	for (; *value; value++)
		if (*value != '\r')
			putchar(*value);
	printf("\n%s", mail.data);
	dkim_free(d);
	dkim_close(lib);
	return 0;
}
