/* SPDX-License-Identifier: EUPL-1.2 */
#include <gmime/gmime.h>
#include <string.h>

#include "base/attr.h"
#include "base/text.h"
#include "src/mail/auth.h"

enum { MAX_ADDRESSES = 200, MAX_IDS = 200, MAX_ID = 998,
       MAX_BOUNDARIES = 2 * MAIL_MAX_PARTS, MAX_DASHES = 20000 };

static void set_doubt(struct mail_facts *f, const char *why)
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

/* Letters, digits and question marks alone, without what programs put into plain text for
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
		if (c >= 0x80 || c == '?' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z'))
			*to++ = (char)c;
	}
	*to = '\0';
	return s;
}

static bool agree(struct arena *a, const struct fresh *x, const struct fresh *y)
{
	return strcmp(essence(a, x->text), essence(a, y->text)) == 0;
}

/*
 * Plain text and HTML are two witnesses of one text. Where HTML marks a
 * signature, plain text has it too and does not say so: then what the HTML
 * says without it is what was written, if nothing in it could be an answer.
 */
static void read_text(struct arena *a, const struct opened *mail, const struct mail_known *known,
                      struct mail_facts *f)
{
	struct fresh plain = { .text = NULL }, html = { .text = NULL }, bare = { .text = NULL };
	const struct part_facts *p = &mail->parts;
	const struct html_read h = mail->html;
	struct fresh_words sent;

	fresh_sent_words(a, known->sent, &sent);
	if (h.doubt)
		set_doubt(f, h.doubt);
	if (p->plain)
		fresh_read(a, p->plain, known, &sent, &plain);
	if (h.text) {
		fresh_read(a, h.text, known, &sent, &html);
		bare = html;
	}
	if (h.text && strcmp(h.text, h.unsigned_text) != 0)
		fresh_read(a, h.unsigned_text, known, &sent, &bare);
	bool use_plain = p->plain && !text_blank(p->plain);
	f->text = use_plain ? p->plain : h.text;
	if (!f->text)
		return;
	const struct fresh *chosen = use_plain ? &plain : &html;
	bool both = use_plain && h.text;
	if (both && !agree(a, &plain, &html) && !agree(a, &plain, &bare))
		set_doubt(f, "plain text and HTML do not say the same");
	else if (h.text && text_starts(html.text, bare.text) &&
	         !fresh_says_something(text_fold(a, html.text + strlen(bare.text))))
		chosen = &bare;
	f->fresh = chosen->text;
	if (chosen->doubt)
		set_doubt(f, chosen->doubt);
	if (both && html.doubt)
		set_doubt(f, html.doubt);
}

/* How often a word stands there, in whichever case: it is looked for by its rarest letter,
 * so that most bytes are passed over by memchr(). */
static size_t count_word(const char *bytes, size_t len, const char *word, char rarest)
{
	const char letters[2] = { rarest, g_ascii_toupper(rarest) };
	size_t before = (size_t)(strchr(word, rarest) - word), need = strlen(word), n = 0;

	for (size_t i = 0; i < 2 && (i == 0 || letters[1] != letters[0]); i++) {
		const char *end = bytes + len, *at = bytes;
		for (; (at = memchr(at, letters[i], (size_t)(end - at))) != NULL; at++)
			n += (size_t)(at - bytes) >= before && (size_t)(end - at) + before >= need &&
			     g_ascii_strncasecmp(at - before, word, need) == 0;
	}
	return n;
}

static size_t count_dashes(const char *bytes, size_t len) /* lines that may part two parts */
{
	const char *end = bytes + len, *at = bytes;
	size_t n = 0;

	for (; (at = memchr(at, '\n', (size_t)(end - at))) != NULL; at++)
		n += end - at > 2 && at[1] == '-' && at[2] == '-';
	return n;
}

/* GMime builds a tree of everything first; what is hostile by sheer number
 * is not given to it. */
static bool too_many_parts(const char *bytes, size_t len)
{
	size_t n = count_word(bytes, len, "boundary", 'y') +
	           count_word(bytes, len, "message/rfc822", '/') +
	           count_word(bytes, len, "message/global", '/');

	return n > MAX_BOUNDARIES || count_dashes(bytes, len) > MAX_DASHES;
}

/* What the header alone tells of a message that is not looked into. */
static void refuse(struct mail_facts *f, const char *why)
{
	f->cls = MAIL_OTHER;
	f->why = why;
	set_doubt(f, why);
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
		set_doubt(f, "a header holds NUL bytes");
	if (h->odd)
		set_doubt(f, h->odd);
	for (size_t i = 0; i < ARRAY_LEN(once); i++)
		if (raw_count(h, once[i]) > 1)
			set_doubt(f, "a header that may stand once stands twice");
	for (size_t i = 0; i < h->n; i++) {
		size_t len = strlen(h->at[i].value);
		bool reads = raw_is(h->at[i].name, "Content-") || raw_equal(h->at[i].name, "Subject");
		if (len > MAIL_MAX_FIELD || (reads && len > MAIL_MAX_IDENTITY))
			set_doubt(f, "a header is longer than any honest one");
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

static void read_headers(struct arena *a, const struct raw_headers *h, struct mail_facts *f)
{
	check_headers(h, f);
	if (!h->has_nul)
		identity_read(a, h, f);
	read_recipients(a, h, f);
	read_ids(a, h, f);
	read_subject(a, h, f);
	read_date(h, f);
	f->indirect = passed_on(h);
}

void mail_read(struct arena *a, const char *bytes, size_t len, const struct mail_known *known,
               struct mail_facts *out)
{
	struct opened mail;
	struct raw_headers h;

	*out = (struct mail_facts){ .cls = MAIL_OTHER, .date = INSTANT_NONE, .back = DAY_NONE };
	if (len > MAIL_MAX_BYTES) {
		refuse(out, "the message is too large");
		return;
	}
	g_mime_init();
	raw_read(a, bytes, len, &h);
	if (h.too_many || too_many_parts(bytes, len)) {
		refuse(out, "the message has too many headers or parts");
		return;
	}
	read_headers(a, &h, out);
	auth_read(a, bytes, len, &h, known, out);
	if (!mail_open(a, bytes, len, known->shelf, &mail)) {
		refuse(out, "the message could not be read as mail");
		return;
	}
	if (mail.parts.doubt)
		set_doubt(out, mail.parts.doubt);
	out->calendar = mail.parts.calendar;
	out->file = mail.parts.file;
	read_text(a, &mail, known, out);
	out->cls = classify(a, &h, &mail.parts, out, known->own, &out->why);
	if (out->cls == MAIL_BOUNCE)
		delivery_read(a, &mail.parts, out);
	if (out->cls == MAIL_AUTO_REPLY && out->text) {
		const char *const not_these[] = { out->from, known->own };
		absence_read(a, out->fresh && *out->fresh ? out->fresh : out->text,
		             out->date == INSTANT_NONE ? DAY_NONE : zone_wall(out->date).day, not_these,
		             ARRAY_LEN(not_these), out);
	}
}

void mail_parse(struct arena *a, const char *bytes, size_t len, const char *sent, const char *own,
                const char *authserv, struct mail_facts *out)
{
	const struct mail_known known = {
		.sent = sent,
		.own = own,
		.received = INSTANT_NONE,
		.profile = authserv ? AUTH_AUTHSERV : AUTH_NONE,
		.authserv = authserv,
	};

	mail_read(a, bytes, len, &known, out);
}

const char *mail_own_text(struct arena *a, const char *bytes, size_t len)
{
	const char *plain = own_text(a, bytes, len);
	struct opened mail;

	if (plain)
		return plain;
	g_mime_init();
	if (len > MAIL_MAX_BYTES || !mail_open(a, bytes, len, NULL, &mail))
		return NULL;
	return mail.parts.plain && !text_blank(mail.parts.plain) ? mail.parts.plain : mail.html.text;
}
