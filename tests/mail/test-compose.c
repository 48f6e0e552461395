/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "base/text.h"
#include "mail/message.h"
#include "tests/mail/sample.h"
#include "tests/tap.h"

/* The header fields of the message, each as "Name: value", unfolded or not. */
static bool has(const struct buf *b, const char *line)
{
	struct buf want AUTO(buf_release) = BUF_INIT;

	buf_fmt(&want, "\r\n%s\r\n", line);
	return strstr(b->data, want.data) != NULL;
}

static void composed(const struct mail_out *m, struct buf *out)
{
	struct err e = ERR_INIT;

	ck_assert_msg(!mail_compose(m, out, &e), "%s", e.text);
}

static void refused(const struct mail_out *m, const char *start)
{
	struct buf out AUTO(buf_release) = BUF_INIT;
	struct err e = ERR_INIT;

	ck_assert_int_eq(mail_compose(m, &out, &e), -1);
	ck_assert_int_eq(e.kind, ERR_USAGE);
	ck_assert_msg(text_starts(e.text, start), "\"%s\"", e.text);
	ck_assert_uint_eq(out.len, 0);
}

START_TEST(what_is_shown_is_named_by_its_digest)
{
	static const char hex[] = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
	struct mail_version v[] = { { 1, hex }, { 12, hex } };
	struct mail_out m = sample_letter();
	struct buf out AUTO(buf_release) = BUF_INIT;

	m.versions = v;
	m.n_versions = 2;
	composed(&m, &out);
	ck_assert(strstr(out.data, "\r\nOversyn-Version: 12;\r\n sha256=9f86d081884c7d65"));
	ck_assert(strstr(out.data, "\r\nOversyn-Version: 1;\r\n sha256=9f86d081884c7d65"));
	v[1].sha256 = "9f86\r\nBcc: x@x.test";
	refused(&m, "Oversyn-Version: ");
	v[1].sha256 = NULL;
	refused(&m, "Oversyn-Version: ");
}
END_TEST

START_TEST(headers_stand_in_order)
{
	static const char *const order[] = {
		"From: ",         "\r\nTo: ",         "\r\nReply-To: ",
		"\r\nSubject: ",  "\r\nDate: ",       "\r\nMessage-ID: ",
		"\r\nReferences: ", "\r\nIn-Reply-To: ", "\r\nMIME-Version: 1.0",
		"\r\nAuto-Submitted: auto-generated", "\r\nX-Auto-Response-Suppress: DR, RN, NRN\r\n",
		"\r\nContent-Language: sv", "\r\nContent-class: urn:content-classes:calendarmessage",
		"\r\nContent-Type: multipart/mixed;", "\r\n\r\n"
	};
	struct mail_out m = sample_letter();
	struct buf out AUTO(buf_release) = BUF_INIT;

	composed(&m, &out);
	const char *at = out.data;
	for (size_t i = 0; i < ARRAY_LEN(order); i++) {
		at = strstr(at, order[i]);
		ck_assert_msg(at != NULL, "%s\nis missing or misplaced in\n%s", order[i], out.data);
	}
	ck_assert(text_starts(out.data, "From: \"Tallvinge kommun\" <granskning@tallvinge.example>"));
	ck_assert(has(&out, "Date: Mon, 11 Jan 2027 08:00:00 +0100"));
	ck_assert(has(&out, "Message-ID: <l1@tallvinge.example>"));
	ck_assert(has(&out, "Reply-To: <granskning+k7@tallvinge.example>"));
	ck_assert_ptr_null(strstr(out.data, "List-"));
	ck_assert_ptr_null(strstr(out.data, "Precedence"));
}
END_TEST

START_TEST(summer_time_has_its_offset)
{
	struct mail_out m = sample_letter();
	struct buf out AUTO(buf_release) = BUF_INIT;

	m.date = zone_instant(date_of(2027, 7, 1), 23, 5, 9);
	composed(&m, &out);
	ck_assert(has(&out, "Date: Thu, 01 Jul 2027 23:05:09 +0200"));
}
END_TEST

START_TEST(answers_say_what_they_are)
{
	struct mail_out m = sample_letter();
	struct buf out AUTO(buf_release) = BUF_INIT;

	m.is_answer = true;
	m.calendar = NULL;
	m.reply_to = NULL;
	m.references = NULL;
	composed(&m, &out);
	ck_assert(has(&out, "Auto-Submitted: auto-replied"));
	ck_assert(has(&out, "X-Auto-Response-Suppress: DR, RN, NRN, OOF, AutoReply"));
	ck_assert(has(&out, "Content-Type: multipart/alternative;"));
	ck_assert_ptr_null(strstr(out.data, "Reply-To"));
	ck_assert_ptr_null(strstr(out.data, "References"));
	ck_assert_ptr_null(strstr(out.data, "Content-class"));
	ck_assert_ptr_null(strstr(out.data, "calendar"));
}
END_TEST

START_TEST(every_line_is_short_ascii_with_crlf)
{
	struct mail_out m = sample_letter();
	struct buf out AUTO(buf_release) = BUF_INIT, longer AUTO(buf_release) = BUF_INIT;

	for (int i = 0; i < 60; i++)
		buf_str(&longer, i % 7 ? "åäö=. " : "\xf0\x9f\x91\x8d");
	m.subject = longer.data;
	m.to_name = longer.data;
	m.text = longer.data;
	composed(&m, &out);
	size_t column = 0;
	for (size_t i = 0; i < out.len; i++) {
		unsigned char c = (unsigned char)out.data[i];
		ck_assert_msg(c == '\r' || c == '\n' || (c >= 0x20 && c < 0x7f), "0x%02x", c);
		ck_assert_msg((c == '\n') == (i && out.data[i - 1] == '\r'), "a lone CR or LF");
		column = c == '\n' ? 0 : column + 1;
		ck_assert_uint_le(column, 76 + 1); /* with its CR */
	}
}
END_TEST

START_TEST(same_values_same_bytes)
{
	struct mail_out m = sample_letter();
	struct buf a AUTO(buf_release) = BUF_INIT, b AUTO(buf_release) = BUF_INIT;

	composed(&m, &a);
	composed(&m, &b);
	ck_assert_str_eq(a.data, b.data);
}
END_TEST

START_TEST(mail_systems_spoil_nothing)
{
	struct mail_out m = sample_letter();
	struct buf out AUTO(buf_release) = BUF_INIT;

	m.text = "From me\n.\nend \ntab\t\na=b\n";
	composed(&m, &out);
	ck_assert_ptr_nonnull(
		strstr(out.data, "\r\n\r\n=46rom me\r\n=2E\r\nend=20\r\ntab=09\r\na=3Db\r\n"));
}
END_TEST

START_TEST(no_value_forges_a_header)
{
	static const char *const evil[] = { "a\r\nBcc: x@evil.test", "a\nb", "a\rb", "a\tb", "a\x7f",
		                            "a\x01" };
	const struct mail_out good = sample_letter();

	for (size_t i = 0; i < ARRAY_LEN(evil); i++) {
		struct mail_out m = good;
		m.subject = evil[i];
		refused(&m, "Subject: a line end");
		m = good;
		m.from_name = evil[i];
		refused(&m, "From: a line end");
		m = good;
		m.to_name = evil[i];
		refused(&m, "To: a line end");
		m = good;
		m.from = evil[i];
		refused(&m, "From: ");
		m = good;
		m.to = evil[i];
		refused(&m, "To: ");
		m = good;
		m.reply_to = evil[i];
		refused(&m, "Reply-To: ");
		m = good;
		m.message_id = evil[i];
		refused(&m, "Message-ID: ");
		m = good;
		m.language = evil[i];
		refused(&m, "Content-Language: ");
		m = good;
		m.calendar_method = evil[i];
		refused(&m, "the calendar's method: ");
	}
}
END_TEST

START_TEST(what_cannot_be_a_letter_is_refused)
{
	const struct mail_out good = sample_letter();
	struct mail_out m = good;

	m.to = "a@b.example, c@d.example";
	refused(&m, "To: ");
	m = good;
	m.to = NULL;
	refused(&m, "To: ");
	m = good;
	m.subject = " ";
	refused(&m, "Subject: ");
	m = good;
	m.subject = "k\xf6k";
	refused(&m, "Subject: is not UTF-8");
	m = good;
	m.html = NULL;
	refused(&m, "a letter needs both");
	m = good;
	m.text = "k\xf6k";
	refused(&m, "the letter's text is not UTF-8");
	m = good;
	m.date = INSTANT_NONE;
	refused(&m, "Date: ");
	m = good;
	m.message_id = "a>b@c";
	refused(&m, "Message-ID: ");
}
END_TEST

/* They come from strangers: what is no id is left out, an answer still goes. */
START_TEST(foreign_references_are_sifted)
{
	struct mail_out m = sample_letter();
	struct buf out AUTO(buf_release) = BUF_INIT, many AUTO(buf_release) = BUF_INIT;

	m.references = "  a@x.test b\r\nBcc:@evil.test <c@x.test> d@e@f\x01 no-at z@x.test ";
	composed(&m, &out);
	ck_assert_ptr_nonnull(strstr(out.data, "\r\nReferences: <a@x.test>\r\n <z@x.test>\r\n"
	                                       "In-Reply-To: <z@x.test>\r\n"));
	ck_assert_ptr_null(strstr(out.data, "evil"));
	buf_clear(&out);
	for (int i = 0; i < 500; i++)
		buf_fmt(&many, "%d@x.test ", i);
	m.references = many.data;
	composed(&m, &out);
	ck_assert_ptr_nonnull(strstr(out.data, "References: <0@x.test>\r\n <480@x.test>\r\n"));
	ck_assert_ptr_nonnull(strstr(out.data, "In-Reply-To: <499@x.test>\r\n"));
	buf_clear(&out);
	m.references = "nothing here";
	composed(&m, &out);
	ck_assert_ptr_null(strstr(out.data, "References"));
}
END_TEST

START_TEST(a_file_whose_name_could_break_a_header_is_refused)
{
	static const char *const bad[] = {"", ".csv", "a b.csv", "a\"b.csv", "a\r\nBcc: x.csv", "å.csv", "../a",
	                                  "a-name-that-is-longer-than-30.csv"};

	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		const struct mail_attachment file = {bad[i], "text/csv", "x", 1};
		struct mail_out m = sample_letter();
		struct buf out AUTO(buf_release) = BUF_INIT;
		struct err e = ERR_INIT;
		m.files = &file;
		m.n_files = 1;
		ck_assert_msg(mail_compose(&m, &out, &e) == -1, "%s", bad[i]);
		ck_assert_int_eq(e.kind, ERR_USAGE);
		ck_assert_uint_eq(out.len, 0);
	}
}
END_TEST

int main(void)
{
	Suite *s = suite_create("compose");
	TCase *t = tcase_create("compose");

	tcase_add_test(t, headers_stand_in_order);
	tcase_add_test(t, what_is_shown_is_named_by_its_digest);
	tcase_add_test(t, summer_time_has_its_offset);
	tcase_add_test(t, answers_say_what_they_are);
	tcase_add_test(t, every_line_is_short_ascii_with_crlf);
	tcase_add_test(t, same_values_same_bytes);
	tcase_add_test(t, mail_systems_spoil_nothing);
	tcase_add_test(t, no_value_forges_a_header);
	tcase_add_test(t, what_cannot_be_a_letter_is_refused);
	tcase_add_test(t, foreign_references_are_sifted);
	tcase_add_test(t, a_file_whose_name_could_break_a_header_is_refused);
	suite_add_tcase(s, t);
	return tap_run(s);
}
