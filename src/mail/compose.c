/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/digest.h"
#include "base/text.h"
#include "encode.h"
#include "header.h"
#include "mail/message.h"

enum {
	BOUNDARY = 40,
	FILE_NAME_MOST = 30,
	SMALL_PARTS = 2048, /* about what the parts' own headers take */
};

/*
 * Derived from the Message-ID, so that the same letter has the same bytes.
 * "=_" stands neither in base64 nor in quoted-printable, so that no body can
 * hold a boundary.
 */
static void boundaries(const char *message_id, char mixed[BOUNDARY], char alternative[BOUNDARY])
{
	uint8_t digest[DIGEST_SIZE];
	char hex[DIGEST_HEX];

	digest_sha256(message_id, strlen(message_id), digest);
	digest_hex(digest, sizeof(digest), hex);
	snprintf(mixed, BOUNDARY, "=_mixed_%.24s", hex);
	snprintf(alternative, BOUNDARY, "=_alt_%.24s", hex);
}

static int put_date(instant t, struct buf *out, struct err *e)
{
	static const char *const weekdays[] = { "", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };
	static const char *const months[] = { "",    "Jan", "Feb", "Mar", "Apr", "May", "Jun",
		                              "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
	const instant earliest = -2208988800, latest = 7258118400; /* 1900 to 2200 */

	if (t < earliest || t >= latest)
		return err_set(e, ERR_USAGE, "Date: no time that a mail can have");
	struct wall w = zone_wall(t);
	struct ymd d = date_ymd(w.day);
	int minutes = w.offset / 60;
	buf_fmt(out, "Date: %s, %02d %s %04d %02d:%02d:%02d %c%02d%02d\r\n",
	        weekdays[date_weekday(w.day)], d.d, months[d.m], d.y, w.hour, w.minute, w.second,
	        minutes < 0 ? '-' : '+', (minutes < 0 ? -minutes : minutes) / 60,
	        (minutes < 0 ? -minutes : minutes) % 60);
	return 0;
}

static int put_versions(const struct mail_out *m, struct buf *out, struct err *e)
{
	for (size_t i = 0; i < m->n_versions; i++) {
		const char *hex = m->versions[i].sha256;

		if (!hex || strlen(hex) != DIGEST_HEX - 1 || hex[strspn(hex, "0123456789abcdef")])
			return err_set(e, ERR_USAGE, "Oversyn-Version: is no SHA-256");
		buf_fmt(out, "Oversyn-Version: %d;\r\n sha256=%s\r\n", m->versions[i].n, hex);
	}
	return 0;
}

static int put_headers(const struct mail_out *m, struct buf *out, struct err *e)
{
	if (header_mailbox("From", m->from_name, m->from, out, e) ||
	    header_mailbox("To", m->to_name, m->to, out, e))
		return -1;
	if (m->reply_to && header_mailbox("Reply-To", NULL, m->reply_to, out, e))
		return -1;
	if (text_blank(m->subject))
		return err_set(e, ERR_USAGE, "Subject: is empty");
	if (header_text("Subject", m->subject, out, e) || put_date(m->date, out, e) ||
	    header_message_id(m->message_id, out, e))
		return -1;
	header_references(m->references, out);
	header_fixed("MIME-Version", "1.0", out);
	header_fixed("Auto-Submitted", m->is_answer ? "auto-replied" : "auto-generated", out);
	/* Never "All": it would also suppress the bounces that we need. */
	header_fixed("X-Auto-Response-Suppress",
	             m->is_answer ? "DR, RN, NRN, OOF, AutoReply" : "DR, RN, NRN", out);
	if (header_token("Content-Language", m->language, e))
		return -1;
	header_fixed("Content-Language", m->language, out);
	if (put_versions(m, out, e))
		return -1;
	if (m->self_test && m->self_test[strspn(m->self_test, "abcdefghijklmnopqrstuvwxyz234567")])
		return err_set(e, ERR_USAGE, "Oversyn-Self-Test: is no token");
	if (m->self_test)
		header_fixed("Oversyn-Self-Test", m->self_test, out);
	if (m->calendar)
		header_fixed("Content-class", "urn:content-classes:calendarmessage", out);
	return 0;
}

static void put_multipart(const char *type, const char *mark, struct buf *out)
{
	buf_str(out, "Content-Type: multipart/");
	buf_str(out, type);
	buf_str(out, ";\r\n boundary=\"");
	buf_str(out, mark);
	buf_str(out, "\"\r\n\r\n");
}

/* A line of "--" and the mark; what comes after it is the caller's. */
static void put_boundary(const char *mark, const char *end, struct buf *out)
{
	buf_add(out, "--", 2);
	buf_str(out, mark);
	buf_str(out, end);
}

/* Whether a line ends at p in a way that has to become CR LF. */
static bool bare_end(const char *text, const char *p)
{
	return *p == '\n' && (p == text || p[-1] != '\r');
}

static void put_with_crlf(const char *text, struct buf *out)
{
	for (const char *p = text; *p; p++) {
		if (bare_end(text, p))
			buf_chr(out, '\r');
		buf_chr(out, *p);
	}
}

static size_t with_crlf_size(const char *text)
{
	size_t len = strlen(text);

	for (const char *p = text; (p = strchr(p, '\n')); p++)
		len += bare_end(text, p);
	return len;
}

/* A text part in whichever 7-bit encoding is shorter: quoted-printable for
 * Swedish, base64 for a script without ASCII. */
static void put_text(const char *mark, const char *subtype, const char *text, struct buf *out)
{
	struct buf qp AUTO(buf_release) = BUF_INIT, crlf AUTO(buf_release) = BUF_INIT;
	size_t len = with_crlf_size(text);

	encode_quoted_printable(text, &qp);
	bool plain = qp.len <= encode_base64_size(len);
	put_boundary(mark, "\r\nContent-Type: text/", out);
	buf_str(out, subtype);
	buf_str(out, "; charset=utf-8\r\nContent-Transfer-Encoding: ");
	buf_str(out, plain ? "quoted-printable\r\n\r\n" : "base64\r\n\r\n");
	if (plain) {
		buf_add(out, qp.data, qp.len);
	} else {
		put_with_crlf(text, &crlf);
		encode_base64(crlf.data, crlf.len, out);
	}
	buf_str(out, "\r\n");
}

/* Base64, since folded lines may end in a space, which others rewrite. */
static void put_calendar(const struct mail_out *m, const char *mark, const struct buf *encoded,
                         struct buf *out)
{
	put_boundary(mark, "\r\nContent-Type: text/calendar; charset=utf-8;\r\n method=", out);
	buf_str(out, m->calendar_method);
	buf_str(out, "; component=VEVENT\r\nContent-Transfer-Encoding: base64\r\n\r\n");
	buf_add(out, encoded->data, encoded->len);
	buf_str(out, "\r\n");
}

static void put_file(const char *name, const char *type, const struct buf *encoded,
                     const char *mark, struct buf *out)
{
	put_boundary(mark, "\r\nContent-Type: ", out);
	buf_str(out, type);
	buf_str(out, ";\r\n name=\"");
	buf_str(out, name);
	buf_str(out, "\"\r\nContent-Disposition: attachment; filename=\"");
	buf_str(out, name);
	buf_str(out, "\"\r\nContent-Transfer-Encoding: base64\r\n\r\n");
	buf_add(out, encoded->data, encoded->len);
	buf_str(out, "\r\n");
}

static void put_files(const struct mail_out *m, const char *mark, const struct buf *calendar,
                      struct buf *out)
{
	if (m->calendar)
		put_file("invite.ics", "application/ics", calendar, mark, out);
	for (size_t i = 0; i < m->n_files; i++) {
		const struct mail_attachment *f = &m->files[i];
		struct buf encoded AUTO(buf_release) = BUF_INIT;

		encode_base64(f->bytes, f->len, &encoded);
		put_file(f->name, f->type, &encoded, mark, out);
	}
}

/* Longer names would make lines that some servers fold. */
static int check_files(const struct mail_out *m, struct err *e)
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-";

	for (size_t i = 0; i < m->n_files; i++) {
		const char *name = m->files[i].name;
		if (!*name || *name == '.' || strlen(name) > FILE_NAME_MOST || name[strspn(name, letters)])
			return err_set(e, ERR_USAGE, "a file's name cannot stand in a mail: use at most %d "
			               "letters a-z, digits, dots and dashes", FILE_NAME_MOST);
	}
	return 0;
}

static int check_bodies(const struct mail_out *m, struct err *e)
{
	if (!m->text || !m->html)
		return err_set(e, ERR_USAGE, "a letter needs both text and HTML");
	if (!text_is_utf8(m->text, strlen(m->text)) || !text_is_utf8(m->html, strlen(m->html)))
		return err_set(e, ERR_USAGE, "the letter's text is not UTF-8");
	return m->calendar ? header_token("the calendar's method", m->calendar_method, e) : 0;
}

static void put_bodies(const struct mail_out *m, struct buf *out)
{
	struct buf calendar AUTO(buf_release) = BUF_INIT;
	char mixed[BOUNDARY], alternative[BOUNDARY];
	bool files = m->calendar || m->n_files;

	boundaries(m->message_id, mixed, alternative);
	if (m->calendar)
		encode_base64(m->calendar, strlen(m->calendar), &calendar);
	buf_reserve(out, 2 * calendar.len + strlen(m->text) / 4 * 5 + strlen(m->html) / 4 * 5 + SMALL_PARTS);
	if (files) {
		put_multipart("mixed", mixed, out);
		put_boundary(mixed, "\r\n", out);
	}
	put_multipart("alternative", alternative, out);
	put_text(alternative, "plain", m->text, out);
	put_text(alternative, "html", m->html, out);
	if (m->calendar)
		put_calendar(m, alternative, &calendar, out);
	put_boundary(alternative, "--\r\n", out);
	if (files) {
		buf_str(out, "\r\n");
		put_files(m, mixed, &calendar, out);
		put_boundary(mixed, "--\r\n", out);
	}
}

int mail_compose(const struct mail_out *m, struct buf *out, struct err *e)
{
	size_t before = out->len;

	if (check_bodies(m, e) || check_files(m, e))
		return -1;
	/* Nothing half-written on failure. */
	if (put_headers(m, out, e)) {
		buf_cut(out, before);
		return -1;
	}
	put_bodies(m, out);
	return 0;
}
