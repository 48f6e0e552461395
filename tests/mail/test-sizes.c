/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>
#include <time.h>

#include "mail/message.h"
#include "tests/tap.h"

/* Mails too large, deep or many to keep as files: they must end soon, and
 * never approve, though each holds the word. */

static const char sent[] = "Hej!\n\nSvara med ett av orden:\n\n  GODKÄNNS   det stämmer\n";

static struct mail_facts parse(struct arena *a, const char *bytes, size_t len)
{
	struct mail_facts f;

	mail_parse(a, bytes, len, sent, "oversyn@tallvinge.example", "mx.tallvinge.example", &f);
	return f;
}

static bool approves(struct arena *a, const struct mail_facts *f)
{
	struct reply r;

	if (f->cls != MAIL_REPLY || f->doubtful)
		return false;
	reply_read(a, f->fresh, &(struct reply_context){ .received = date_of(2027, 1, 12) }, &r);
	return r.verdict == VERDICT_APPROVE;
}

#define HTML "MIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n"
#define TEXT "MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\n"
#define WORD "Godkänns\n"
#define SHEET HTML "<style>"

/* After the sender comes `before`, `unit` so many times, `after`. */
static const struct {
	const char *what, *before, *unit;
	int times;
	const char *after;
} huge[] = {
	{ "divs inside each other", HTML, "<div>", 100000, WORD },
	{ "one element after the other", HTML, "<span>x</span>", 100000, WORD },
	{ "open elements", HTML, "<b style=\"color:red\">", 80000, WORD },
	{ "attributes of one tag", HTML "<p ", "a=b ", 50000, ">" WORD },
	{ "attributes that differ", HTML "<p ", "a=\">\" <b ", 50000, ">" WORD },
	{ "an attribute without end", HTML "<p style=\"", "color:red;", 100000, "\">" WORD },
	{ "rules of a style sheet", SHEET, ".a{color:red}", 15000, "</style>" WORD },
	{ "a rule that stands last", SHEET, ".a{color:red}", 401,
	  ".x{display:none}</style><p class=\"x\">" WORD },
	{ "a style sheet too long", SHEET, "/* x */", 60000, "</style>" WORD },
	{ "selectors of a rule", SHEET "p", ",.a", 30000, "{display:none}</style>" WORD },
	{ "classes of an element", SHEET ".a{color:red}</style><p class=\"", "y ", 4000, "\">" WORD },
	{ "style sheets", HTML, "<style>.a{color:red}</style>", 25000, WORD },
	{ "quotes inside each other", HTML, "<blockquote>", 5000, WORD },
	{ "spaces that are entities", HTML, "&nbsp;", 400000, WORD },
	{ "a line without end", TEXT, "x", 2000000, "\n" WORD },
	{ "words without end", TEXT, "x ", 1000000, "\n" WORD },
	{ "lines above", TEXT, "x\n", 900000, WORD },
	{ "lines below", TEXT WORD, "x\n", 900000, "" },
	{ "empty lines between", TEXT WORD, "\n", 5000, "men inte rad 4\n" },
	{ "our own words", TEXT, "Svara med ett av orden: GODKÄNNS ", 40000, "" },
	{ "our own lines", TEXT, "Svara med ett av orden:\n  GODKÄNNS   det stämmer\n", 25000, "" },
	{ "attributions that are none", TEXT, "Den mån 12 jan 2027 09:30\n", 60000, WORD },
	{ "labels", TEXT, "Från: x\n", 200000, WORD },
	{ "warnings", TEXT, "EXTERNT MEJL: Klicka inte.\n", 60000, WORD },
	{ "warnings on a line", TEXT, "Klicka inte på länken. ", 80000, "\n" WORD },
	{ "sign-offs", TEXT WORD, "Mvh\n", 400000, "" },
	{ "marks on a letter", TEXT WORD "a", "\xcc\x81", 400000, "\n" },
	{ "flowed lines", "Content-Type: text/plain; format=flowed; delsp=yes\n\n", "x \n", 600000, WORD },
	{ "more text than is read", TEXT WORD "\n", "xxxxxxxxxx ", 300000, "" },
	{ "comments of From", "From: ", "(", 400000, "a@k.example\n\n" WORD },
	{ "mailboxes of From", "From: a@k.example", ", a@k.example", 20000, "\n\n" WORD },
	{ "parts", "Content-Type: multipart/mixed; boundary=a\n\n",
	  "--a\nContent-Type: text/plain\n\n" WORD, 15000, "--a--\n" },
	{ "messages inside each other", "Content-Type: message/rfc822\n\n", "Content-Type: message/rfc822\n\n",
	  20000, WORD },
	{ "delimiters that are none", "Content-Type: multipart/mixed; boundary=abc\n\n", "--ab\n", 30000,
	  "--abc\n\n" WORD "--abc--\n" },
	{ "headers", "X: y\n", "X: y\n", 100000, "\n" WORD },
	{ "headers of a part", "Content-Type: multipart/mixed; boundary=a\n\n--a\n", "X: y\n", 100000,
	  "\n" WORD "--a--\n" },
	{ "a header without end", "Content-Type: text/plain; x=\"", "x", 100000, "\"\n\n" WORD },
	{ "character sets", "Content-Type: text/plain", "; charset=utf-8", 200, "\n\n" WORD },
	{ "a subject without end", "Subject: ", "=?utf-8?q?x?= ", 50000, "\n\n" WORD },
	{ "changes of character set", "Content-Type: text/plain; charset=iso-2022-jp\n\n", "\033$B\033(B",
	  400000, WORD },
	{ "absences", "Auto-Submitted: auto-replied\n\n", "till kontakta a@a@", 100000, "" },
};

START_TEST(huge_mails_end_soon_and_never_approve)
{
	for (size_t i = 0; i < ARRAY_LEN(huge); i++) {
		struct arena a AUTO(arena_release) = ARENA_INIT;
		struct buf b AUTO(buf_release) = BUF_INIT;
		clock_t began = clock();

		if (strncmp(huge[i].before, "From: ", 6) != 0)
			buf_str(&b, "From: a@k.example\n");
		buf_str(&b, huge[i].before);
		for (int n = 0; n < huge[i].times; n++)
			buf_str(&b, huge[i].unit);
		buf_str(&b, huge[i].after);
		struct mail_facts f = parse(&a, b.data, b.len);
		ck_assert_msg(!approves(&a, &f), "%s: APPROVES \"%.60s\"", huge[i].what, f.fresh);
		/* Processor time: the reader's own bound is 15 seconds. */
		double took = (double)(clock() - began) / CLOCKS_PER_SEC;
		ck_assert_msg(took < 10, "%s: took %.1f s", huge[i].what, took);
	}
}
END_TEST

/* Each level announces the next: no repetition of one unit. */
START_TEST(parts_inside_parts_are_not_followed)
{
	static const int levels[] = { 21, 100, 1000, 20000 };

	for (size_t i = 0; i < ARRAY_LEN(levels); i++) {
		struct arena a AUTO(arena_release) = ARENA_INIT;
		struct buf b AUTO(buf_release) = BUF_INIT;

		buf_str(&b, "From: a@k.example\n");
		for (int n = 0; n < levels[i]; n++)
			buf_fmt(&b, "Content-Type: multipart/mixed; boundary=\"b%d\"\n\n--b%d\n", n, n);
		buf_str(&b, "\n" WORD);
		for (int n = levels[i]; n-- > 0;)
			buf_fmt(&b, "--b%d--\n", n);
		struct mail_facts f = parse(&a, b.data, b.len);
		ck_assert(f.doubtful);
		ck_assert(!approves(&a, &f));
	}
}
END_TEST

/* What could part a mail is counted before a parser meets it: so many, and not one more,
 * in whichever case, at the very start and end of the mail too. */
START_TEST(what_parts_a_mail_is_counted)
{
	static const struct {
		const char *what, *once, *other;
		int most;
	} counted[] = {
		{ "boundaries", "x boundary=y\n", "BoundarY", 2 * MAIL_MAX_PARTS },
		{ "mails within", "message/rfc822\n", "MESSAGE/RFC822", 2 * MAIL_MAX_PARTS },
		{ "mails of the world within", "message/global\n", "Message/Global", 2 * MAIL_MAX_PARTS },
		{ "lines", "\n---", "\n--", 20000 },
	};

	for (size_t i = 0; i < ARRAY_LEN(counted); i++) {
		for (int more = 0; more < 2; more++) {
			struct arena a AUTO(arena_release) = ARENA_INIT;
			struct buf b AUTO(buf_release) = BUF_INIT;

			buf_str(&b, "From: a@k.example\n" TEXT WORD "boundar message/rfc82 message global\n");
			for (int n = 1; n < counted[i].most; n++)
				buf_str(&b, counted[i].once);
			buf_str(&b, more ? counted[i].other : "");
			buf_str(&b, counted[i].other);
			struct mail_facts f = parse(&a, b.data, b.len);
			bool refused = f.doubt && strstr(f.doubt, "too many headers or parts");
			ck_assert_msg(refused == (more == 1), "%s: %d more", counted[i].what, more);
		}
	}
}
END_TEST

/* Large is not yet hostile: a scanned file beside the word. */
START_TEST(a_large_attachment_stands_in_nobodys_way)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct buf b AUTO(buf_release) = BUF_INIT;

	buf_str(&b, "From: a@k.example\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n"
	            "--x\n" TEXT WORD "--x\nContent-Type: application/pdf; name=\"a.pdf\"\n"
	            "Content-Transfer-Encoding: base64\n\n");
	for (int i = 0; i < 300000; i++)
		buf_str(&b, "eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4\n");
	buf_str(&b, "--x--\n");
	struct mail_facts f = parse(&a, b.data, b.len);
	ck_assert_msg(approves(&a, &f), "%s", f.doubt);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("mail/sizes");
	TCase *t = tcase_create("sizes");

	suite_add_tcase(s, t);
	tcase_set_timeout(t, 900);
	tcase_add_test(t, huge_mails_end_soon_and_never_approve);
	tcase_add_test(t, parts_inside_parts_are_not_followed);
	tcase_add_test(t, what_parts_a_mail_is_counted);
	tcase_add_test(t, a_large_attachment_stands_in_nobodys_way);
	return tap_run(s);
}
