/* SPDX-License-Identifier: EUPL-1.2 */
#include "core/address.h"

#include <string.h>

/* RFC 5321 §4.5.3.1.1 and .3 (a path of 256 less its brackets), RFC 1035 §2.3.4 */
enum { LOCAL_MAX = 64, ADDRESS_MAX = 254, LABEL_MAX = 63, DOMAIN_MAX = 253 };

/* Written out rather than asked of <ctype.h>: the locale must not decide. */
static bool is_alnum(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

static bool is_atext(char c)
{
	return is_alnum(c) || (c && strchr("!#$%&'*+-/=?^_`{|}~", c));
}

/* What is wrong with the part before the @; NULL: nothing. */
static const char *local_fault(const char *s, size_t len)
{
	if (!len)
		return "nothing stands before the @";
	if (len > LOCAL_MAX)
		return "more than 64 characters stand before the @";
	if (s[0] == '.' || s[len - 1] == '.')
		return "the part before the @ begins or ends with a dot";
	for (size_t i = 0; i < len; i++) {
		if (s[i] == '.' && s[i - 1] == '.')
			return "two dots follow each other";
		if (s[i] != '.' && !is_atext(s[i]))
			return "a character that may not stand before the @";
	}
	return NULL;
}

static const char *label_fault(const char *s, size_t len)
{
	if (!len)
		return "a part of the domain is empty";
	if (len > LABEL_MAX)
		return "a part of the domain has more than 63 characters";
	if (s[0] == '-' || s[len - 1] == '-')
		return "a part of the domain begins or ends with a hyphen";
	for (size_t i = 0; i < len; i++)
		if (!is_alnum(s[i]) && s[i] != '-')
			return "a character that may not stand in a domain (write it as xn--…)";
	return NULL;
}

static const char *domain_fault(const char *s, size_t len)
{
	if (!len)
		return "nothing stands after the @";
	if (len > DOMAIN_MAX)
		return "the domain is too long";
	const char *end = s + len;
	for (const char *at = s; at <= end; ) {
		const char *dot = memchr(at, '.', (size_t)(end - at));
		const char *stop = dot ? dot : end;
		const char *fault = label_fault(at, (size_t)(stop - at));
		if (fault)
			return fault;
		at = stop + 1;
	}
	return NULL;
}

static const char *address_fault(const char *address)
{
	if (!address || !*address)
		return "it is empty";
	size_t len = strlen(address);
	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)address[i];
		if (c < 0x20 || c == 0x7f)
			return "a control character (a line break?) stands in it";
		if (c == ' ')
			return "a space stands in it";
		if (c > 0x7f)
			return "a letter outside ASCII stands in it (å, ä, ö, a copied dash?)";
	}
	if (len > ADDRESS_MAX)
		return "it has more than 254 characters";
	const char *sign = strchr(address, '@');
	if (!sign)
		return "it has no @";
	if (strchr(sign + 1, '@'))
		return "it has more than one @";
	const char *fault = local_fault(address, (size_t)(sign - address));
	return fault ? fault : domain_fault(sign + 1, strlen(sign + 1));
}

/* The address for an error text: what could break the line is shown as '?'. */
static void show(const char *address, char out[80])
{
	size_t n = 0;

	for (; address && address[n] && n < 76; n++) {
		unsigned char c = (unsigned char)address[n];
		out[n] = c < 0x20 || c >= 0x7f ? '?' : address[n];
	}
	if (address && address[n]) {
		memcpy(out + n, "...", 3);
		n += 3;
	}
	out[n] = '\0';
}

bool address_ok(const char *address)
{
	return !address_fault(address);
}

int address_check(const char *address, struct err *e)
{
	const char *fault = address_fault(address);
	char shown[80];

	if (!fault)
		return 0;
	show(address, shown);
	return err_set(e, ERR_USAGE,
	               "\"%s\" is not a mail address: %s; write it as namn@kommun.example", shown, fault);
}
