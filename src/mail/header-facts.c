/* SPDX-License-Identifier: EUPL-1.2 */
#include <gmime/gmime.h>
#include <string.h>

#include "base/attr.h"
#include "base/text.h"
#include "src/mail/internal.h"

/* What the header of a mail says of it. */

enum { MAX_ADDRESSES = 200, MAX_IDS = 200, MAX_ID = 998 };

void mail_doubt(struct mail_facts *f, const char *why)
{
	f->doubtful = true;
	if (!f->doubt)
		f->doubt = why;
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

	return identity_plausible(s) ? s : NULL;
}

static InternetAddressList *addresses(const char *value)
{
	return strlen(value) > MAIL_MAX_FIELD ? NULL : internet_address_list_parse(NULL, value);
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

	if (!value || strlen(value) > MAIL_MAX_FIELD)
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

/* Headers that may stand once, and how long one may be. */
static void check_headers(const struct raw_headers *h, struct mail_facts *f)
{
	static const char *const once[] = {
		"Content-Type", "Content-Transfer-Encoding", "Content-Disposition", "Subject",
		"MIME-Version", "Sender", "Reply-To", "Date", "Message-ID", "In-Reply-To", "References",
		"Auto-Submitted",
	};

	if (h->has_nul)
		mail_doubt(f, "a header holds NUL bytes");
	if (h->odd)
		mail_doubt(f, h->odd);
	for (size_t i = 0; i < ARRAY_LEN(once); i++)
		if (raw_count(h, once[i]) > 1)
			mail_doubt(f, "a header that may stand once stands twice");
	for (size_t i = 0; i < h->n; i++) {
		size_t len = strlen(h->at[i].value);
		bool reads = raw_is(h->at[i].name, "Content-") || raw_equal(h->at[i].name, "Subject");
		if (len > MAIL_MAX_FIELD || (reads && len > MAIL_MAX_IDENTITY))
			mail_doubt(f, "a header is longer than any honest one");
	}
}

/* What redirects a mail leaves the sender's From on it, and may be anybody's. */
static const char *passed_on(const struct raw_headers *h)
{
	for (size_t i = 0; i < h->n; i++)
		if (raw_is(h->at[i].name, "Resent-"))
			return "somebody sent it on as it was (Resent-)";
	if (raw_get(h, "X-MS-Exchange-Inbox-Rules-Loop", 0))
		return "a rule of a mailbox passed it on";
	return NULL;
}

void header_facts(struct arena *a, const struct raw_headers *h, struct mail_facts *f)
{
	g_mime_init();
	check_headers(h, f);
	if (!h->has_nul)
		identity_read(a, h, f);
	read_recipients(a, h, f);
	read_ids(a, h, f);
	read_subject(a, h, f);
	read_date(h, f);
	f->indirect = passed_on(h);
}
