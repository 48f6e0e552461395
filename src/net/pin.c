/* SPDX-License-Identifier: EUPL-1.2 */
#include "pin.h"

#include <gnutls/gnutls.h>
#include <string.h>

#include "net/transport.h"

/*
 * A pinned key: SHA-256 over the SubjectPublicKeyInfo, which stays the same
 * when a certificate is renewed with its old key.
 */
static int hex_digit(char c)
{
	static const char DIGITS[] = "0123456789abcdef0123456789ABCDEF";
	const char *at = c ? strchr(DIGITS, c) : NULL;

	return at ? (int)(at - DIGITS) % 16 : -1;
}

static bool from_hex(const char *text, size_t len, unsigned char key[PIN_SIZE])
{
	if (len != 2 * PIN_SIZE)
		return false;
	for (size_t i = 0; i < PIN_SIZE; i++) {
		int high = hex_digit(text[2 * i]), low = hex_digit(text[2 * i + 1]);
		if (high < 0 || low < 0)
			return false;
		key[i] = (unsigned char)(high * 16 + low);
	}
	return true;
}

static bool from_base64(const char *text, size_t len, unsigned char key[PIN_SIZE])
{
	union {
		const char *in;
		unsigned char *out;
	} bytes = { .in = text };
	gnutls_datum_t in = { .data = bytes.out, .size = (unsigned int)len }, out = { 0 };

	if (len != 44 || gnutls_base64_decode2(&in, &out) < 0)
		return false;
	bool fits = out.size == PIN_SIZE;
	if (fits)
		memcpy(key, out.data, PIN_SIZE);
	gnutls_free(out.data);
	return fits;
}

bool pin_next(const char **at, unsigned char key[PIN_SIZE])
{
	size_t len = strcspn(*at, " ");
	const char *text = *at;

	*at += len + strspn(*at + len, " ");
	return from_hex(text, len, key) || from_base64(text, len, key);
}

int pin_check(const char *pin, struct err *e)
{
	unsigned char key[PIN_SIZE];
	const char *at = pin + strspn(pin, " ");

	do {
		const char *this = at;
		if (!pin_next(&at, key))
			return err_set(e, ERR_USAGE, "\"%.*s\" is not a pinned key: write the SHA-256 of the "
			               "server's public key in base64 (44 characters) or hexadecimal (64)",
			               (int)(strcspn(this, " ") < 80 ? strcspn(this, " ") : 80), this);
	} while (*at);
	return 0;
}
