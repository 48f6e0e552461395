/* SPDX-License-Identifier: EUPL-1.2 */
#include <config.h>

#include "login.h"

#include <gnutls/gnutls.h>
#include <stdlib.h>
#include <string.h>

void login_wipe(struct buf *b)
{
	if (b->cap)
		explicit_bzero(b->data, b->cap);
	buf_release(b);
}

void login_base64(struct buf *out, const void *bytes, size_t len)
{
	union {
		const void *in;
		unsigned char *out;
	} raw = { .in = bytes };
	gnutls_datum_t in = { .data = raw.out, .size = (unsigned int)len }, text = { 0 };

	if (!len)
		return;
	if (gnutls_base64_encode2(&in, &text) < 0)
		abort();
	buf_add(out, text.data, text.size);
	gnutls_memset(text.data, 0, text.size);
	gnutls_free(text.data);
}

void login_xoauth2(struct buf *out, const char *user, const char *token)
{
	buf_fmt(out, "user=%s\1auth=Bearer %s\1\1", user, token);
}

static bool holds_part(const char *words, const char *secret, size_t len, size_t part)
{
	part = len < part ? len : part;
	for (size_t i = 0; part && i + part <= len; i++)
		if (memmem(words, strlen(words), secret + i, part))
			return true;
	return false;
}

bool login_says_back(const char *words, const struct buf *secrets, size_t part)
{
	for (const char *at = secrets->data; *at;) {
		size_t len = strcspn(at, "\n");

		if (holds_part(words, at, len, part))
			return true;
		at += len + (at[len] == '\n');
	}
	return false;
}

bool login_quotes_back(const char *said, const struct buf *secrets, size_t part)
{
	const char *quoted = strchr(said, '"');

	return quoted && login_says_back(quoted, secrets, part);
}
