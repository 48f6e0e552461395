/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "base/attr.h"
#include "base/text.h"
#include "src/mail/auth.h"

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

/* Whether nothing in a signature could be more of an answer. */
static bool only_signs(struct arena *a, const char *text)
{
	struct fresh_lines l;

	fresh_split(a, text, &l);
	for (size_t i = 0; i < l.n; i++)
		if (fresh_says_something(&l, i))
			return false;
	return true;
}

/*
 * Plain text and HTML are two witnesses of one text. Where HTML marks a
 * signature, plain text has it too and does not say so: then what the HTML
 * says without it is what was written, if nothing in it could be an answer.
 */
static void read_text(struct arena *a, const struct opened *mail, const struct fresh_known *known,
                      struct mail_facts *f)
{
	struct fresh plain = { .text = NULL }, html = { .text = NULL }, bare = { .text = NULL };
	const struct part_facts *p = &mail->parts;
	const struct html_read h = mail->html;

	if (h.doubt)
		mail_doubt(f, h.doubt);
	if (p->plain)
		fresh_read(a, &mail->lines.plain, known, &plain);
	if (h.text) {
		fresh_read(a, &mail->lines.html, known, &html);
		bare = html;
	}
	if (mail->lines.bare.n)
		fresh_read(a, &mail->lines.bare, known, &bare);
	bool use_plain = p->plain && !text_blank(p->plain);
	f->text = use_plain ? p->plain : h.text;
	if (!f->text)
		return;
	const struct fresh *chosen = use_plain ? &plain : &html;
	bool both = use_plain && h.text;
	bool whole = both && agree(a, &plain, &html);
	bool signs = h.text && text_starts(html.text, bare.text) && only_signs(a, html.text + strlen(bare.text));
	if (both && !whole && !(signs && agree(a, &plain, &bare)))
		mail_doubt(f, "plain text and HTML do not say the same");
	else if (signs)
		chosen = &bare;
	f->fresh = chosen->text;
	if (chosen->doubt)
		mail_doubt(f, chosen->doubt);
	if (both && plain.doubt)
		mail_doubt(f, plain.doubt);
	if (both && html.doubt)
		mail_doubt(f, html.doubt);
}

/* What the header alone tells of a message that is not looked into. */
static void refuse(struct mail_facts *f, const char *why)
{
	f->cls = MAIL_OTHER;
	f->why = why;
	mail_doubt(f, why);
}

void mail_read(struct arena *a, const char *bytes, size_t len, const struct mail_known *known,
               struct mail_facts *out)
{
	struct fresh_known ready;
	struct opened mail;

	*out = (struct mail_facts){ .cls = MAIL_OTHER, .date = INSTANT_NONE, .back = DAY_NONE };
	if (len > MAIL_MAX_BYTES) {
		refuse(out, "the message is too large");
		return;
	}
	mail_open(a, bytes, len, known->shelf, &mail);
	*out = mail.said;
	if (mail.how == OPENED_NOT) {
		refuse(out, "the message has too many headers or parts");
		return;
	}
	auth_read(a, mail.bytes, len, &mail.header, known, out);
	if (mail.how == OPENED_HEADER) {
		refuse(out, "the message could not be read as mail");
		return;
	}
	if (mail.parts.doubt)
		mail_doubt(out, mail.parts.doubt);
	out->calendar = mail.parts.calendar;
	out->file = mail.parts.file;
	fresh_know(a, known, &ready);
	read_text(a, &mail, &ready, out);
	out->beside = beside_read(a, &mail.parts, out, &ready.sent);
	out->cls = classify(a, &mail.header, &mail.parts, out, known->own, &out->why);
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
	struct html_read html = { .text = NULL };
	struct part_facts parts;

	if (plain)
		return plain;
	if (len > MAIL_MAX_BYTES || !mail_parts(a, bytes, len, NULL, &parts))
		return NULL;
	if (!text_blank(parts.plain))
		return parts.plain;
	if (parts.html)
		html_read(a, parts.html, &html);
	return html.text;
}
