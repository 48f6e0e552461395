/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "src/mail/internal.h"

/* A decoder goes on where another stops: what is not written as its encoding
 * says could be two texts to two programs. */

static bool is_base64(char c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
	       c == '+' || c == '/';
}

static const char *base64_doubt(const char *bytes, size_t len)
{
	size_t letters = 0, padding = 0;

	for (size_t i = 0; i < len; i++) {
		if (strchr(" \t\r\n", bytes[i]) && bytes[i])
			continue;
		if (bytes[i] == '=')
			padding++;
		else if (!is_base64(bytes[i]))
			return "a base64 part holds other characters";
		else if (padding)
			return "a base64 part goes on after its end";
		else
			letters++;
	}
	if (padding > 2 || letters % 4 == 1 || (padding && (letters + padding) % 4))
		return "a base64 part is cut off";
	return NULL;
}

static bool is_hex(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F') || (c >= 'a' && c <= 'f');
}

static const char *quoted_doubt(const char *bytes, size_t len)
{
	const char *end = bytes + len;

	for (const char *at = bytes; (at = memchr(at, '=', (size_t)(end - at))) != NULL; at++) {
		if (end - at > 2 && is_hex(at[1]) && is_hex(at[2]))
			continue;
		const char *next = at + 1;
		while (next < end && (*next == ' ' || *next == '\t'))
			next++;
		if (next < end && *next != '\n' && *next != '\r')
			return "a quoted-printable part holds what is no such encoding";
	}
	return NULL;
}

const char *transfer_doubt(const char *encoding, const char *bytes, size_t len)
{
	if (!encoding || raw_equal(encoding, "7bit") || raw_equal(encoding, "8bit") ||
	    raw_equal(encoding, "binary"))
		return NULL;
	if (raw_equal(encoding, "base64"))
		return base64_doubt(bytes, len);
	if (raw_equal(encoding, "quoted-printable"))
		return quoted_doubt(bytes, len);
	return "a text part has a transfer encoding that mail does not have";
}
