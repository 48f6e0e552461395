/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "mail/message.h"
#include "src/mail/internal.h"
#include "tests/mail/sample.h"
#include "tests/tap.h"

static const char own[] = "oversyn@tallvinge.example";

static struct mail_facts parse(struct arena *a, const char *bytes, size_t len)
{
	struct mail_facts f;
	char *sent = tap_slurp(tap_path("tests/cases/mail/sent.txt"), NULL);

	mail_parse(a, bytes, len, sent, own, "mx.tallvinge.example", &f);
	free(sent);
	return f;
}

static char *escape(struct arena *a, const char *s)
{
	struct buf b AUTO(buf_release) = BUF_INIT;

	for (; *s; s++) {
		if (*s == '\n')
			buf_str(&b, "\\n");
		else
			buf_chr(&b, *s);
	}
	return arena_dup(a, b.data);
}

static void same(int line, const char *name, const char *what, const char *want, const char *got)
{
	if (strcmp(want, "*") != 0)
		ck_assert_msg(strcmp(want, got) == 0, "line %d, %s: %s is \"%s\"", line, name, what, got);
}

static void one_mail(int line, char **field, int n)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct reply r;
	size_t len;

	ck_assert_msg(n == 6, "line %d has %d fields", line, n);
	char *bytes = tap_slurp(tap_path(arena_fmt(&a, "tests/cases/mail/%s.eml", field[0])), &len);
	struct mail_facts f = parse(&a, bytes, len);
	free(bytes);
	same(line, field[0], "class", field[1], mail_class_name(f.cls));
	same(line, field[0], "from", field[2], f.from ? f.from : "-");
	same(line, field[0], "fresh", field[3],
	     !f.fresh ? "(none)" : *f.fresh ? escape(&a, f.fresh) : "(empty)");
	same(line, field[0], f.doubt ? f.doubt : "doubtful", field[4], f.doubtful ? "yes" : "no");
	reply_read(&a, f.fresh, &(struct reply_context){ .received = date_of(2027, 1, 12) }, &r);
	same(line, field[0], "verdict", field[5], verdict_name(r.verdict));
	ck_assert_msg(f.why != NULL, "line %d: no why", line);
	if (strstr(field[0], "/calendar-")) /* the part that answers was found */
		ck_assert_msg(f.calendar && (strstr(f.calendar, "METHOD:REPLY") || strstr(f.calendar, "METHOD:COUNTER")),
		              "line %d, %s: no answering calendar", line, field[0]);
}

START_TEST(messages_are_read_as_the_table_says)
{
	tap_table("tests/cases/mail.txt", one_mail);
}
END_TEST

START_TEST(programs_write_replies_in_their_own_way)
{
	tap_table("tests/cases/layouts.txt", one_mail);
}
END_TEST

/* Class, doubt or the words themselves: what says first that it is none. */
static const char *kept_out_by(struct arena *a, const struct mail_facts *f)
{
	struct reply r;
	bool approves;

	if (f->cls != MAIL_REPLY)
		return "class";
	if (f->doubtful)
		return "doubt";
	if (f->indirect)
		return "passed on";
	reply_read(a, f->fresh, &(struct reply_context){ .received = date_of(2027, 1, 12) }, &r);
	approves = r.verdict == VERDICT_APPROVE;
	for (size_t i = 0; i < r.n_answers; i++)
		approves = approves || r.answers[i].verdict == VERDICT_APPROVE;
	return approves ? "nothing" : "text";
}

static void one_hostile_mail(int line, char **field, int n)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct buf wire AUTO(buf_release) = BUF_INIT;
	struct mail_facts f, g;
	size_t len;

	ck_assert_msg(n == 3, "line %d has %d fields", line, n);
	char *bytes = tap_slurp(tap_path(arena_fmt(&a, "tests/cases/mail/%s.eml", field[0])), &len);
	f = parse(&a, bytes, len);
	free(bytes);
	mail_facts_write(&f, &wire);
	ck_assert(mail_facts_read(&a, wire.data, wire.len, &g));
	const char *by = kept_out_by(&a, &g);
	ck_assert_msg(strcmp(by, "nothing") != 0, "line %d, %s: APPROVES", line, field[0]);
	same(line, field[0], "what keeps it out", field[1], by);
}

START_TEST(hostile_mails_never_approve)
{
	tap_table("tests/cases/hostile.txt", one_hostile_mail);
}
END_TEST

static struct mail_shelf *shelf;
static char *sent_text;

/* What the reader answers, as bytes. */
static void answer(const char *bytes, size_t len, const char *sent, struct mail_shelf *from, struct buf *out)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	const struct mail_known known = {
		.sent = sent, .own = own, .received = INSTANT_NONE, .profile = AUTH_AUTHSERV,
		.authserv = "mx.tallvinge.example", .shelf = from,
	};
	struct mail_facts f;

	mail_read(&a, bytes, len, &known, &f);
	mail_facts_write(&f, out);
}

static void one_read_again(int line, char **field, int n)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	size_t len;

	(void)n;
	char *bytes = tap_slurp(tap_path(arena_fmt(&a, "tests/cases/mail/%s.eml", field[0])), &len);
	for (int i = 0; i < 4; i++) { /* as it came; beside what we sent; and both again */
		struct buf plain AUTO(buf_release) = BUF_INIT, kept AUTO(buf_release) = BUF_INIT;

		answer(bytes, len, i % 2 ? sent_text : NULL, NULL, &plain);
		answer(bytes, len, i % 2 ? sent_text : NULL, shelf, &kept);
		ck_assert_msg(plain.len == kept.len && !memcmp(plain.data, kept.data, kept.len),
		              "line %d, %s: reading %d differs", line, field[0], i);
	}
	free(bytes);
}

START_TEST(a_shelf_makes_no_difference)
{
	static const char *const words[] = { "GODKANNS", "AVSLAS! ", "FRAGA:? " };
	struct buf mail AUTO(buf_release) = BUF_INIT;

	shelf = mail_shelf_new();
	sent_text = tap_slurp(tap_path("tests/cases/mail/sent.txt"), NULL);
	tap_table("tests/cases/mail.txt", one_read_again);
	tap_table("tests/cases/hostile.txt", one_read_again);
	/* nor that something is cut off a line each time */
	for (size_t i = 0; i < 3; i++) {
		static const char tags[] = "From: anna@k.example\n\n[EXTERN] [EXTERN] [EXTERN] GODKANNS\n";
		struct buf plain AUTO(buf_release) = BUF_INIT, kept AUTO(buf_release) = BUF_INIT;

		answer(tags, strlen(tags), NULL, NULL, &plain);
		answer(tags, strlen(tags), NULL, shelf, &kept);
		ck_assert_msg(plain.len == kept.len && !memcmp(plain.data, kept.data, kept.len), "tags, reading %zu", i);
	}
	/* nor that another is as long, nor that there are more than it has room for */
	for (size_t i = 0; i < 900; i++) {
		struct buf plain AUTO(buf_release) = BUF_INIT, kept AUTO(buf_release) = BUF_INIT;

		buf_clear(&mail);
		buf_fmt(&mail, "From: anna@k.example\nSubject: %03zu\n\n%s\n", i % 500, words[i % 3]);
		if (i % 100 == 99)
			for (int k = 0; k < 1500; k++)
				buf_str(&mail, "> En rad som de flesta i ett brev, varken lang eller kort.\n");
		answer(mail.data, mail.len, NULL, NULL, &plain);
		answer(mail.data, mail.len, NULL, shelf, &kept);
		ck_assert_msg(plain.len == kept.len && !memcmp(plain.data, kept.data, kept.len), "mail %zu differs", i);
	}
	free(sent_text);
	mail_shelf_free(shelf);
}
END_TEST

START_TEST(quoted_printable_is_what_it_says)
{
	static const struct {
		const char *bytes;
		bool doubtful;
	} cases[] = {
		{ "", false }, { "x", false }, { "=", false }, { "x= \t", false }, { "x=\r\ny", false }, { "x=\ny", false },
		{ "x=  \ny", false }, { "=C3=84=c3=a4", false }, { "==3D", true }, { "=4", true }, { "=4x", true }, { "=x4", true },
		{ "= x", true }, { "=C3=", false }, { "=C3 =zz", true }, { "=3D=3", true }, { "=\t=", true },
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		const char *bytes = cases[i].bytes;
		ck_assert_msg(!!transfer_doubt("Quoted-Printable", bytes, strlen(bytes)) == cases[i].doubtful, "\"%s\"", bytes);
	}
}
END_TEST

static void parts_of(struct arena *a, const char *bytes, size_t len, bool with_header, struct buf *out)
{
	struct raw_headers h;
	struct part_facts p;

	raw_read(a, bytes, len, &h);
	if (!mail_parts(a, bytes, len, with_header ? &h : NULL, &p)) {
		buf_str(out, "no mail");
		return;
	}
	const char *const texts[] = { p.plain, p.html, p.calendar, p.report, p.returned, p.doubt };
	for (size_t i = 0; i < ARRAY_LEN(texts); i++)
		buf_fmt(out, "%s\n----\n", texts[i] ? texts[i] : "none");
	buf_fmt(out, "%d%d%d%d%d%d %zu %zu\n", p.calendar_answer, p.tnef, p.tnef_meeting, p.delivery_status,
	        p.other_report, p.reaction, p.file.n, p.file.len);
}

static void same_parts(const char *what, const char *bytes, size_t len)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct buf all AUTO(buf_release) = BUF_INIT, some AUTO(buf_release) = BUF_INIT;

	parts_of(&a, bytes, len, false, &all);
	parts_of(&a, bytes, len, true, &some);
	ck_assert_msg(!strcmp(all.data, some.data), "%s: %s\nbut also: %s", what, all.data, some.data);
}

static void one_with_its_header(int line, char **field, int n)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	size_t len;

	(void)line;
	(void)n;
	char *bytes = tap_slurp(tap_path(arena_fmt(&a, "tests/cases/mail/%s.eml", field[0])), &len);
	same_parts(field[0], bytes, len);
	free(bytes);
}

/* The parser is not given what the header says of other things: it must find the same parts,
 * and have the same doubts. */
START_TEST(a_header_read_before_changes_no_part)
{
	static const char *const headers[] = {
		"", "\n", "\r\n", ":\n\n", "Subject: x", "Subject: x\n", "From: a@k.example\nx\n\nGODKANNS\n",
		"From: a@k.example\nTo: b@k.example\nTo: c@k.example\n\nGODKANNS\n",
		"From: a@k.example\nbcc: b@k.example\nBCC: b@k.example\n\nGODKANNS\n",
		"From a@k.example Tue Jan 12 09:00:00 2027\nFrom: a@k.example\n\nGODKANNS\n",
		"From a@k.example Tue Jan 12 09:00:00 2027\nGODKANNS: x\n",
		"From a@k.example Tue Jan 12 09:00:00 2027\n X: y\nFrom: a@k.example\n\nGODKANNS\n",
		"Subject: x\ncontent-disposition: attachment; filename=a.txt\n\nGODKANNS\n",
		"\tX: y\nContent-Type: text/html\n\n<b>GODKANNS\n", "X\t: y\nContent-Type: text/html\n\n<b>GODKANNS\n",
		"X\tY: y\nContent-Type: text/html\n\n<b>GODKANNS\n", "\xc3\xa4: y\nContent-Type: text/html\n\n<b>GODKANNS\n",
		"Subject: x\nContent-Type: text/html", "Subject: x\nContent-Type: text/html\n",
		"Content-Type: text/html\nSubject: x\n y\n\n<b>GODKANNS\n", "Content-Type: text/html\n\n<b>GODKANNS\n",
		"Subject: x\r\nContent-Type: text/html;\r\n charset=utf-8\r\n\r\n<b>GODK\303\204NNS\r\n",
		"Subject: x\nContent-Type: text/html\nContent-Type: text/plain\n\n<b>GODKANNS\n",
		"Content-Type: text/html\n \n\n<b>GODKANNS\n", "Subject: x\n \n\nGODKANNS\n", "Subject: x\r\r\nGODKANNS\n",
	};

	for (size_t i = 0; i < ARRAY_LEN(headers); i++)
		same_parts(headers[i], headers[i], strlen(headers[i]));
	tap_table("tests/cases/mail.txt", one_with_its_header);
	tap_table("tests/cases/hostile.txt", one_with_its_header);
	tap_table("tests/cases/layouts.txt", one_with_its_header);
}
END_TEST

static void one_absence(int line, char **field, int n)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct buf mail AUTO(buf_release) = BUF_INIT, wire AUTO(buf_release) = BUF_INIT;
	struct mail_facts f, g;
	char back[DATE_TEXT];

	ck_assert_msg(n == 3, "line %d has %d fields", line, n);
	buf_str(&mail, "From: anna@k.example\nDate: Tue, 12 Jan 2027 09:30:00 +0100\n"
	               "Auto-Submitted: auto-replied\nContent-Type: text/plain; charset=utf-8\n\n");
	for (const char *c = field[0]; *c; c++) {
		bool end = c[0] == '\\' && c[1] == 'n';
		buf_chr(&mail, end ? '\n' : *c);
		c += end;
	}
	f = parse(&a, mail.data, mail.len);
	mail_facts_write(&f, &wire);
	ck_assert(mail_facts_read(&a, wire.data, wire.len, &g));
	ck_assert_int_eq(g.cls, MAIL_AUTO_REPLY);
	same(line, field[0], "back", field[1], g.back == DAY_NONE ? "-" : date_text(g.back, back));
	same(line, field[0], "stands in", field[2], g.substitute ? g.substitute : "-");
}

START_TEST(automatic_replies_say_until_when)
{
	tap_table("tests/cases/absences.txt", one_absence);
}
END_TEST

START_TEST(headers_become_values)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	size_t len;
	char *bytes = tap_slurp(tap_path("tests/cases/mail/plain.eml"), &len);
	struct mail_facts f = parse(&a, bytes, len);

	free(bytes);
	ck_assert_str_eq(f.subject, "SV: Granska senast 26 feb");
	ck_assert_str_eq(f.message_id, "reply-1@client.example");
	ck_assert_uint_eq(f.n_references, 2);
	ck_assert_str_eq(f.references[0], "letter-1@tallvinge.example");
	ck_assert_str_eq(f.references[1], "letter-0@tallvinge.example");
	ck_assert_uint_eq(f.n_recipients, 1);
	ck_assert_str_eq(f.recipients[0],
	                 "oversyn+abcdefghijklmnopqrstuvwxyz@tallvinge.example");
	ck_assert_int_eq(f.date, 1799742600);
	ck_assert_ptr_null(f.auth_domain);
}
END_TEST

static const char *auth(struct arena *a, const char *headers)
{
	char *s = arena_fmt(a, "%sFrom: a@k.example\n\nx\n", headers);
	struct mail_facts f = parse(a, s, strlen(s));

	return f.auth_domain ? f.auth_domain : "-";
}

START_TEST(only_our_own_topmost_word_on_the_sender_counts)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;

	ck_assert_str_eq(auth(&a, "Authentication-Results: MX.tallvinge.example; spf=pass;\n"
	                          " dmarc=pass (p=none) header.from=k.example\n"), "k.example");
	ck_assert_str_eq(auth(&a, "Authentication-Results: mx.tallvinge.example; dmarc=fail\n"
	                          "Authentication-Results: mx.tallvinge.example; dmarc=pass "
	                          "header.from=k.example\n"), "-");
	ck_assert_str_eq(auth(&a, "Authentication-Results: evil.example; dmarc=pass "
	                          "header.from=k.example\n"), "-");
	ck_assert_str_eq(auth(&a, "Authentication-Results: mx.tallvinge.example; dkim=fail "
	                          "reason=\"x; dmarc=pass header.from=k.example; y\"\n"), "-");
	ck_assert_str_eq(auth(&a, "Authentication-Results: mx.tallvinge.example; dkim=fail "
	                          "(x; dmarc=pass header.from=k.example;)\n"), "-");
	ck_assert_str_eq(auth(&a, "Authentication-Results: mx.tallvinge.example; "
	                          "dmarc=bestguesspass header.from=k.example\n"), "-");
}
END_TEST

static bool equal(const char *x, const char *y)
{
	return x && y ? strcmp(x, y) == 0 : x == y;
}

static void check_facts(struct arena *a, const struct mail_facts *f, unsigned *random)
{
	struct buf b AUTO(buf_release) = BUF_INIT;
	struct mail_facts g;

	mail_facts_write(f, &b);
	ck_assert(mail_facts_read(a, b.data, b.len, &g));
	ck_assert(g.cls == f->cls && g.doubtful == f->doubtful && g.date == f->date);
	ck_assert(equal(f->from, g.from) && equal(f->fresh, g.fresh) && equal(f->text, g.text) &&
	          equal(f->calendar, g.calendar) && equal(f->why, g.why));
	ck_assert(g.n_recipients == f->n_recipients && g.n_references == f->n_references);
	ck_assert(!mail_facts_read(a, b.data, b.len - 1, &g));
	ck_assert_ptr_null(g.from);
	for (int i = 0; i < 4; i++) { /* any other bytes are refused or harmless */
		b.data[(size_t)rand_r(random) % b.len] = (char)rand_r(random);
		(void)mail_facts_read(a, b.data, b.len, &g);
	}
}

static unsigned seed, left;

static void mutate_mail(int line, char **field, int n)
{
	struct arena b AUTO(arena_release) = ARENA_INIT;
	size_t len;
	char *bytes = tap_slurp(tap_path(arena_fmt(&b, "tests/cases/mail/%s.eml", field[0])), &len);

	(void)line;
	(void)n;
	for (int round = 0; round < 40 && left && len && len < 20000; round++, left--) {
		struct arena a AUTO(arena_release) = ARENA_INIT;
		char *copy = arena_dupn(&a, bytes, len);
		for (int i = 0; i < 8; i++) {
			size_t at = (size_t)rand_r(&seed) % len, to = (size_t)rand_r(&seed) % len;
			size_t most = len - (at > to ? at : to);
			if (i % 2)
				copy[at] = (char)rand_r(&seed);
			else
				memmove(copy + to, bytes + at, (size_t)rand_r(&seed) % (most + 1) % 80);
		}
		struct mail_facts f = parse(&a, copy, len - (size_t)rand_r(&seed) % 9 % len);
		check_facts(&a, &f, &seed);
	}
	free(bytes);
}

START_TEST(changed_messages_do_no_harm)
{
	const char *chosen = getenv("SEED");

	seed = chosen ? (unsigned)strtoul(chosen, NULL, 10) : (unsigned)time(NULL);
	left = 4000;
	printf("# SEED=%u\n", seed);
	fflush(stdout);
	tap_table("tests/cases/mail.txt", mutate_mail);
}
END_TEST

/* Our own letters' text is found without the parser, and is what the parser finds. */
START_TEST(our_own_text_is_read_as_anybodys)
{
	static const char *const texts[] = {
		NULL, "Kort\n", "\n\nTomt överst, och ett = med mellanslag sist \n.\n--\n",
		"Каждый год, по-русски: это короче в base64, и находит только разборщик.\n",
	};

	for (size_t i = 0; i < ARRAY_LEN(texts); i++)
		for (int calendar = 0; calendar < 2; calendar++) {
			struct arena a AUTO(arena_release) = ARENA_INIT;
			struct buf out AUTO(buf_release) = BUF_INIT;
			struct mail_out m = sample_letter();
			struct mail_facts f;
			struct err e = ERR_INIT;

			m.text = texts[i] ? texts[i] : m.text;
			m.calendar = calendar ? m.calendar : NULL;
			ck_assert_msg(!mail_compose(&m, &out, &e), "%s", e.text);
			mail_parse(&a, out.data, out.len, NULL, NULL, NULL, &f);
			ck_assert_ptr_nonnull(f.text);
			ck_assert_str_eq(mail_own_text(&a, out.data, out.len), f.text);
		}
}
END_TEST

int main(void)
{
	Suite *s = suite_create("mail/parse");
	TCase *t = tcase_create("parse");

	suite_add_tcase(s, t);
	tcase_set_timeout(t, 120);
	tcase_add_test(t, quoted_printable_is_what_it_says);
	tcase_add_test(t, a_shelf_makes_no_difference);
	tcase_add_test(t, a_header_read_before_changes_no_part);
	tcase_add_test(t, messages_are_read_as_the_table_says);
	tcase_add_test(t, programs_write_replies_in_their_own_way);
	tcase_add_test(t, hostile_mails_never_approve);
	tcase_add_test(t, automatic_replies_say_until_when);
	tcase_add_test(t, headers_become_values);
	tcase_add_test(t, only_our_own_topmost_word_on_the_sender_counts);
	tcase_add_test(t, changed_messages_do_no_harm);
	tcase_add_test(t, our_own_text_is_read_as_anybodys);
	return tap_run(s);
}
