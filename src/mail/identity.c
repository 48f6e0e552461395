/* SPDX-License-Identifier: EUPL-1.2 */
#include <gmime/gmime.h>
#include <string.h>

#include "base/attr.h"
#include "base/text.h"
#include "src/mail/internal.h"

/*
 * Who wrote it, read twice: by GMime, and here by a rule that takes less. A
 * header that two readers could understand in two ways names nobody.
 */
enum { MAX_ADDRESS = 320 };

bool identity_plausible(const char *s)
{
	const char *at = s ? strchr(s, '@') : NULL;

	if (!at || at == s || !at[1] || strchr(at + 1, '@') || strlen(s) > MAX_ADDRESS ||
	    !text_is_utf8(s, strlen(s)))
		return false;
	for (; *s; s++)
		if ((unsigned char)*s <= ' ' || *s == 0x7F || strchr("<>\"(),;:\\[]", *s))
			return false;
	return true;
}

static const char *doubt(struct mail_facts *f, const char *why)
{
	f->doubtful = true;
	if (!f->doubt)
		f->doubt = why;
	return NULL;
}

/* The value without quoted strings and comments: each becomes one space. */
static char *bare(struct arena *a, const char *value, bool *broken)
{
	char *out = arena_dup(a, value), *to = out;
	int depth = 0;
	bool quoted = false;

	for (const char *at = value; *at; at++) {
		if (*at == '\\' && at[1] && (quoted || depth)) {
			at++;
		} else if (*at == '"' && !depth) {
			quoted = !quoted;
			*to++ = ' ';
		} else if (!quoted && *at == '(') {
			depth++;
			*to++ = ' ';
		} else if (!quoted && *at == ')') {
			depth--;
		} else if (!quoted && !depth) {
			*to++ = *at;
		}
		/* "anna@k (<eve@x>)": two programs may take two of them. */
		*broken = *broken || depth < 0 || (depth && *at == '@');
	}
	*to = '\0';
	*broken = *broken || quoted || depth != 0;
	return out;
}

static char *trimmed(char *s)
{
	s += strspn(s, " ");
	for (size_t n = strlen(s); n && s[n - 1] == ' '; n--)
		s[n - 1] = '\0';
	return s;
}

/* The one address, or NULL with *why. */
static const char *strict(struct arena *a, const char *value, const char **why)
{
	bool broken = false;
	char *s = bare(a, value, &broken);
	char *open = strchr(s, '<'), *close = open ? strchr(open, '>') : NULL;

	*why = "From does not hold exactly one address";
	if (broken || (open && (!close || strchr(open + 1, '<') || strchr(close + 1, '>'))))
		return NULL;
	for (const char *at = s; *at; at++)
		if ((unsigned char)*at >= 0x80) {
			*why = "From holds raw 8-bit letters";
			return NULL;
		}
	if (open) {
		*close = *open = '\0';
		if (*trimmed(close + 1) || strpbrk(s, "@;:"))
			return NULL;
	}
	char *address = open ? open + 1 : trimmed(s);
	if (!identity_plausible(address))
		return NULL;
	if (strstr(address, "=?")) {
		*why = "From hides its address in an encoded word";
		return NULL;
	}
	return address;
}

/* A display name that shows another address than the mail comes from, or
 * letters that change what is seen. */
static bool name_deceives(struct arena *a, const char *value, const char *address)
{
	char *decoded = g_mime_utils_header_decode_text(NULL, value);
	char *s = arena_dup(a, decoded ? decoded : "");
	bool bad = !text_is_utf8(s, strlen(s));

	g_free(decoded);
	char *angle = strrchr(s, '<');
	if (!angle)
		return bad;
	*angle = '\0';
	for (const char *at = bad ? "" : s; *at;) {
		uint32_t c = text_next(&at);
		bad = bad || c < ' ' || c == 0x7F || (c >= 0x202A && c <= 0x202E) ||
		      (c >= 0x2066 && c <= 0x2069) || c == '<' || c == '>';
	}
	for (char *at = strchr(s, '@'); at && !bad; at = strchr(at + 1, '@')) {
		char *from = at, *to = at;
		while (from > s && !strchr(" \"'(),;[]", from[-1]))
			from--;
		to += strcspn(at, " \"'(),;[]");
		/* "Anna @ kontoret" is no address. */
		if (from < at && to > at + 1)
			bad = !raw_equal(arena_dupn(a, from, (size_t)(to - from)), address);
	}
	return bad;
}

static void unref_addresses(InternetAddressList **list)
{
	if (*list)
		g_object_unref(*list);
}

/* What GMime takes for the one address, or NULL. */
static const char *by_gmime(struct arena *a, const char *value)
{
	InternetAddressList *list AUTO(unref_addresses) = internet_address_list_parse(NULL, value);
	InternetAddress *one = list && internet_address_list_length(list) == 1
		? internet_address_list_get_address(list, 0) : NULL;
	const char *s = one && INTERNET_ADDRESS_IS_MAILBOX(one)
		? internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(one)) : NULL;

	return arena_dup(a, s);
}

static const char *read_one(struct arena *a, const char *value, struct mail_facts *f)
{
	const char *why;

	if (strlen(value) > MAIL_MAX_IDENTITY)
		return doubt(f, "From or Sender is longer than any honest one");
	const char *mine = strict(a, value, &why), *theirs = by_gmime(a, value);
	if (!mine)
		return doubt(f, why);
	if (!theirs || strcmp(mine, theirs) != 0)
		return doubt(f, "two readers of From find two addresses");
	if (name_deceives(a, value, mine)) {
		doubt(f, "the name in From shows another address, or hides letters");
		return mine;
	}
	return mine;
}

void identity_read(struct arena *a, const struct raw_headers *h, struct mail_facts *f)
{
	const char *sender = raw_get(h, "Sender", 0);

	if (raw_count(h, "From") != 1) {
		doubt(f, "the message does not have exactly one From");
		return;
	}
	f->from = read_one(a, raw_get(h, "From", 0), f);
	if (!sender || !f->from)
		return;
	const char *other = read_one(a, sender, f);
	if (other && !raw_equal(other, f->from)) {
		f->sender = other;
		doubt(f, "somebody else sent it for the one in From");
	}
}
