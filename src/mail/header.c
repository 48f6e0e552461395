/* SPDX-License-Identifier: EUPL-1.2 */
#include "header.h"

#include <stdbool.h>
#include <string.h>

#include "base/text.h"
#include "core/address.h"
#include "encode.h"
#include "mail/message.h"

enum {
	TEXT_MAX = 4000,     /* octets of a subject or a display name */
	ID_MAX = 250,        /* octets of a message id */
	REFERENCES_MAX = 20, /* ids kept of a long thread, besides the first */
};

static int gate(const char *name, const char *value, struct err *e)
{
	size_t len = strlen(value);

	for (size_t i = 0; i < len; i++) {
		if ((unsigned char)value[i] < 0x20 || value[i] == 0x7f)
			return err_set(e, ERR_USAGE,
			               "%s: a line end or other control character (0x%02x) "
			               "cannot stand in a mail header: take it out",
			               name, (unsigned)(unsigned char)value[i]);
	}
	if (len > TEXT_MAX)
		return err_set(e, ERR_USAGE, "%s: longer than %d octets: shorten it", name,
		               (int)TEXT_MAX);
	if (!text_is_utf8(value, len))
		return err_set(e, ERR_USAGE, "%s: is not UTF-8: save its source as UTF-8", name);
	return 0;
}

static void put_name(const char *name, struct buf *out)
{
	buf_str(out, name);
	buf_add(out, ": ", 2);
}

void header_fixed(const char *name, const char *value, struct buf *out)
{
	put_name(name, out);
	buf_str(out, value);
	buf_add(out, "\r\n", 2);
}

/* Whether ASCII text can stand unencoded: it fits the line, has no space that
 * folding would lose, and nothing that looks like an encoded word. */
static bool plain(const char *value, size_t column)
{
	size_t len = strlen(value);

	return len > 0 && column + len <= MAIL_LINE && encode_is_ascii(value) &&
	       !strstr(value, "=?") && value[0] != ' ' && value[len - 1] != ' ';
}

int header_text(const char *name, const char *value, struct buf *out, struct err *e)
{
	size_t column = strlen(name) + 2;

	if (gate(name, value, e))
		return -1;
	put_name(name, out);
	if (plain(value, column))
		buf_str(out, value);
	else
		encode_words(value, column, out);
	buf_str(out, "\r\n");
	return 0;
}

static void put_quoted(const char *value, struct buf *out)
{
	buf_chr(out, '"');
	for (; *value; value++) {
		if (*value == '"' || *value == '\\')
			buf_chr(out, '\\');
		buf_chr(out, *value);
	}
	buf_chr(out, '"');
}

/* How much the last line holds so far. */
static size_t column_of(const struct buf *out)
{
	size_t n = 0;

	while (n < out->len && out->data[out->len - 1 - n] != '\n')
		n++;
	return n;
}

int header_mailbox(const char *name, const char *display, const char *address, struct buf *out,
                   struct err *e)
{
	enum { QUOTED_MAX = 30 }; /* doubled by backslashes it still fits the line */

	if (!address)
		return err_set(e, ERR_USAGE, "%s: no address", name);
	if (address_check(address, e))
		return err_wrap(e, "%s", name);
	put_name(name, out);
	if (display && *display) {
		if (gate(name, display, e))
			return -1;
		if (strlen(display) <= QUOTED_MAX && plain(display, strlen(name) + 2))
			put_quoted(display, out);
		else
			encode_words(display, strlen(name) + 2, out);
		bool fits = column_of(out) + strlen(address) + 3 <= MAIL_LINE;
		buf_str(out, fits ? " " : "\r\n ");
	}
	buf_chr(out, '<');
	buf_str(out, address);
	buf_str(out, ">\r\n");
	return 0;
}

/* left@right of visible ASCII without what ends or quotes an id. */
static bool id_ok(const char *id, size_t len)
{
	size_t at = 0;

	if (len < 3 || len > ID_MAX || id[0] == '@' || id[len - 1] == '@')
		return false;
	for (size_t i = 0; i < len; i++) {
		if (id[i] <= ' ' || id[i] >= 0x7f || strchr("<>()[],;:\\\"", id[i]))
			return false;
		at += id[i] == '@';
	}
	return at == 1;
}

int header_message_id(const char *id, struct buf *out, struct err *e)
{
	if (!id || !id_ok(id, strlen(id)))
		return err_set(e, ERR_USAGE, "Message-ID: \"%.80s\" is no message id", id ? id : "");
	buf_str(out, "Message-ID: <");
	buf_str(out, id);
	buf_str(out, ">\r\n");
	return 0;
}

struct id {
	const char *at;
	size_t len;
};

/* The next well-formed id at or after *p; false at the end. */
static bool next_id(const char **p, struct id *id)
{
	while (**p) {
		*p += strspn(*p, " ");
		size_t len = strcspn(*p, " ");
		*id = (struct id){ .at = *p, .len = len };
		*p += len;
		if (id_ok(id->at, len))
			return true;
	}
	return false;
}

static void put_id(const char *before, struct id id, struct buf *out)
{
	buf_fmt(out, "%s<%.*s>", before, (int)id.len, id.at);
}

void header_references(const char *ids, struct buf *out)
{
	struct id id = { 0 };
	size_t n = 0, i = 0;

	if (!ids)
		return;
	for (const char *p = ids; next_id(&p, &id);)
		n++;
	if (n == 0)
		return;
	for (const char *p = ids; next_id(&p, &id); i++) {
		if (i == 0)
			put_id("References: ", id, out);
		else if (i + REFERENCES_MAX >= n)
			put_id("\r\n ", id, out);
	}
	buf_str(out, "\r\n");
	/* The last one read is what this answers or reminds of. */
	const char *last = ids;
	for (const char *p = ids; next_id(&p, &id);)
		last = id.at;
	put_id("In-Reply-To: ", (struct id){ .at = last, .len = strcspn(last, " ") }, out);
	buf_str(out, "\r\n");
}

int header_token(const char *what, const char *value, struct err *e)
{
	size_t len = value ? strlen(value) : 0;

	for (size_t i = 0; i < len; i++) {
		char c = value[i];
		if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c == '-' && i)))
			len = 0;
	}
	if (len == 0 || len > 35)
		return err_set(e, ERR_USAGE, "%s: \"%.40s\" cannot stand there", what,
		               value ? value : "");
	return 0;
}

void mail_header_words(const char *text, size_t column, struct buf *out)
{
	encode_words(text, column, out);
}
