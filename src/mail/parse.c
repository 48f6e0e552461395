/* SPDX-License-Identifier: EUPL-1.2 */
#include <gmime/gmime.h>
#include <string.h>

#include "base/attr.h"
#include "base/text.h"
#include "src/mail/internal.h"

enum { MAX_ADDRESSES = 200, MAX_IDS = 200, MAX_ID = 998, MAX_ADDRESS = 320,
       MAX_HEADER = 256 << 10, /* longer than any honest header */
       MAX_BOUNDARIES = 2 * MAIL_MAX_PARTS };

static void set_doubt(struct mail_facts *f, const char *why)
{
	f->doubtful = true;
	if (!f->doubt)
		f->doubt = why;
}

/* An address as far as it can name a mailbox; core judges the rest. */
static bool plausible(const char *s)
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

static void unref_addresses(InternetAddressList **list)
{
	if (*list)
		g_object_unref(*list);
}

static void add_string(struct arena *a, const char ***list, size_t *n, size_t *cap, const char *s)
{
	for (size_t i = 0; i < *n; i++)
		if (strcmp((*list)[i], s) == 0)
			return;
	*list = arena_grow(a, *list, *n, cap, sizeof(**list));
	(*list)[(*n)++] = arena_dup(a, s);
}

static const char *mailbox_address(InternetAddress *one)
{
	const char *s = INTERNET_ADDRESS_IS_MAILBOX(one)
		? internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(one)) : NULL;

	return plausible(s) ? s : NULL;
}

static InternetAddressList *addresses(const char *value)
{
	return strlen(value) > MAX_HEADER ? NULL : internet_address_list_parse(NULL, value);
}

static void read_from(struct arena *a, const struct raw_headers *h, struct mail_facts *f)
{
	if (raw_count(h, "From") != 1) {
		set_doubt(f, "the message does not have exactly one From");
		return;
	}
	InternetAddressList *list AUTO(unref_addresses) = addresses(raw_get(h, "From", 0));
	InternetAddress *one = list && internet_address_list_length(list) == 1
		? internet_address_list_get_address(list, 0) : NULL;
	const char *address = one ? mailbox_address(one) : NULL;
	if (address)
		f->from = arena_dup(a, address);
	else
		set_doubt(f, "From does not hold exactly one address");
}

static void read_recipients(struct arena *a, const struct raw_headers *h, struct mail_facts *f)
{
	static const char *const names[] = { "To", "Cc", "Delivered-To", "X-Original-To",
	                                     "Envelope-To", "X-Envelope-To" };
	size_t cap = 0;
	const char *value;

	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		for (size_t j = 0; j < 10 && (value = raw_get(h, names[i], j)) != NULL; j++) {
			InternetAddressList *list AUTO(unref_addresses) = addresses(value);
			int n = list ? internet_address_list_length(list) : 0;
			for (int k = 0; k < n && k < MAX_ADDRESSES && f->n_recipients < MAX_ADDRESSES;
			     k++) {
				const char *s = mailbox_address(internet_address_list_get_address(list, k));
				if (s)
					add_string(a, &f->recipients, &f->n_recipients, &cap, s);
			}
		}
	}
}

/* Ids are split at commas too: Exchange and iOS join References with them. */
static const char *next_id(struct arena *a, const char **at)
{
	const char *marks = " ,\t<>";

	*at += strspn(*at, marks);
	size_t len = strcspn(*at, marks);
	const char *id = *at;
	*at += len;
	if (!len || len > MAX_ID)
		return NULL;
	for (size_t i = 0; i < len; i++)
		if ((unsigned char)id[i] < '!' || (unsigned char)id[i] > '~')
			return NULL;
	return arena_dupn(a, id, len);
}

static void read_ids(struct arena *a, const struct raw_headers *h, struct mail_facts *f)
{
	static const char *const names[] = { "In-Reply-To", "References" };
	const char *value = raw_get(h, "Message-ID", 0);
	size_t cap = 0;

	if (value)
		f->message_id = next_id(a, &value);
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		value = raw_get(h, names[i], 0);
		while (value && *value && f->n_references < MAX_IDS) {
			const char *id = next_id(a, &value);
			if (id && strchr(id, '@'))
				add_string(a, &f->references, &f->n_references, &cap, id);
		}
	}
}

static void read_subject(struct arena *a, const struct raw_headers *h, struct mail_facts *f)
{
	const char *value = raw_get(h, "Subject", 0), *unsure = NULL;

	if (!value || strlen(value) > MAX_HEADER)
		return;
	char *decoded = g_mime_utils_header_decode_text(NULL, value);
	char *utf8 = charset_utf8(a, decoded ? decoded : "", decoded ? strlen(decoded) : 0, NULL,
	                          &unsure);
	g_free(decoded);
	f->subject = text_cut(a, text_tidy(a, utf8), 500);
}

static void read_date(const struct raw_headers *h, struct mail_facts *f)
{
	const char *value = raw_get(h, "Date", 0);
	GDateTime *date = value && strlen(value) < 200 ? g_mime_utils_header_decode_date(value) : NULL;

	if (!date)
		return;
	f->date = g_date_time_to_unix(date);
	g_date_time_unref(date);
}

/* Letters and digits alone, without what programs put into plain text for
 * links and pictures: the form in which two renderings are compared. */
static char *essence(struct arena *a, const char *text)
{
	char *s = text_fold(a, text), *to = s;

	for (const char *at = s; *at;) {
		const char *end = NULL;
		if (text_starts(at, "<http") || text_starts(at, "<mailto:"))
			end = strchr(at, '>');
		else if (text_starts(at, "[cid:") || text_starts(at, "[image:"))
			end = strchr(at, ']');
		if (end) {
			at = end + 1;
			continue;
		}
		unsigned char c = (unsigned char)*at++;
		if (c >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z'))
			*to++ = (char)c;
	}
	*to = '\0';
	return s;
}

static void read_text(struct arena *a, const struct part_facts *p, const char *sent,
                      struct mail_facts *f)
{
	struct fresh plain = { .text = NULL }, html = { .text = NULL };
	const char *unsure = NULL;
	char *from_html = p->html ? html_text(a, p->html, &unsure) : NULL;

	if (unsure)
		set_doubt(f, unsure);
	if (p->plain)
		fresh_read(a, p->plain, sent, &plain);
	if (from_html)
		fresh_read(a, from_html, sent, &html);
	bool use_plain = p->plain && !text_blank(p->plain);
	f->text = use_plain ? p->plain : from_html;
	if (!f->text)
		return;
	const struct fresh *chosen = use_plain ? &plain : &html;
	f->fresh = chosen->text;
	if (chosen->doubt)
		set_doubt(f, chosen->doubt);
	if (use_plain && from_html && strcmp(essence(a, plain.text), essence(a, html.text)) != 0)
		set_doubt(f, "plain text and HTML do not say the same");
}

/* GMime builds a tree of everything first; what is hostile by sheer number
 * is not given to it. */
static bool too_many_boundaries(const char *bytes, size_t len)
{
	static const char word[] = "boundary";
	size_t n = 0, need = sizeof(word) - 1;

	for (size_t i = 0; i + need < len && n <= MAX_BOUNDARIES; i++)
		if ((bytes[i] | 0x20) == 'b' && g_ascii_strncasecmp(bytes + i, word, need) == 0)
			n++;
	return n > MAX_BOUNDARIES;
}

static bool read_parts(struct arena *a, const char *bytes, size_t len, struct part_facts *p)
{
	GMimeStream *stream = g_mime_stream_mem_new_with_buffer(bytes, len);
	GMimeParser *parser = g_mime_parser_new_with_stream(stream);
	GMimeMessage *message = g_mime_parser_construct_message(parser, NULL);

	if (message)
		parts_read(a, g_mime_message_get_mime_part(message), p);
	if (message)
		g_object_unref(message);
	g_object_unref(parser);
	g_object_unref(stream);
	return message != NULL;
}

/* What the header alone tells of a message that is not looked into. */
static void refuse(struct mail_facts *f, const char *why)
{
	f->cls = MAIL_OTHER;
	f->why = why;
	set_doubt(f, why);
}

void mail_parse(struct arena *a, const char *bytes, size_t len, const char *sent, const char *own,
                const char *authserv, struct mail_facts *out)
{
	static const char *const once[] = { "Content-Type", "Content-Transfer-Encoding", "Subject",
	                                    "MIME-Version", "Sender", "Message-ID" };
	struct part_facts parts = { .plain = NULL };
	struct raw_headers h;

	*out = (struct mail_facts){ .cls = MAIL_OTHER, .date = INSTANT_NONE };
	if (len > MAIL_MAX_BYTES) {
		refuse(out, "the message is too large");
		return;
	}
	g_mime_init();
	raw_read(a, bytes, len, &h);
	if (h.too_many || too_many_boundaries(bytes, len)) {
		refuse(out, "the message has too many headers or parts");
		return;
	}
	if (h.has_nul)
		set_doubt(out, "a header holds NUL bytes");
	for (size_t i = 0; i < ARRAY_LEN(once); i++)
		if (raw_count(&h, once[i]) > 1)
			set_doubt(out, "a header that may stand once stands twice");
	if (!h.has_nul)
		read_from(a, &h, out);
	read_recipients(a, &h, out);
	read_ids(a, &h, out);
	read_subject(a, &h, out);
	read_date(&h, out);
	out->auth_domain = h.has_nul ? NULL : authres_domain(a, &h, authserv);
	if (!read_parts(a, bytes, len, &parts)) {
		refuse(out, "the message could not be read as mail");
		return;
	}
	if (parts.doubt)
		set_doubt(out, parts.doubt);
	out->calendar = parts.calendar;
	out->cls = classify(&h, &parts, out->from, out->subject, own, a, &out->why);
	read_text(a, &parts, sent, out);
	if (raw_get(&h, "X-MS-Exchange-Inbox-Rules-Loop", 0))
		set_doubt(out, "a rule of the sender's mailbox passed it on");
}
