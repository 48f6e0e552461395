/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdlib.h>
#include <string.h>

#include "mail/message.h"
#include "tests/tap.h"

/* What of a text is somebody's own, in small. */

static char *lines_of(struct arena *a, const char *field)
{
	struct buf b AUTO(buf_release) = BUF_INIT;

	for (const char *at = field; *at; at++)
		if (at[0] == '\\' && at[1] == 'n') {
			buf_chr(&b, '\n');
			at++;
		} else {
			buf_chr(&b, *at);
		}
	return arena_dupn(a, b.data, b.len);
}

static void one_text(int line, char **field, int n)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct mail_facts f;

	ck_assert_msg(n == 4, "line %d has %d fields", line, n);
	char *sent = tap_slurp(tap_path("tests/cases/mail/sent.txt"), NULL);
	const char *mail = arena_fmt(&a, "From: anna@k.example\nContent-Type: text/%s; charset=utf-8\n\n%s\n",
	                             field[0], lines_of(&a, field[1]));
	mail_parse(&a, mail, strlen(mail), sent, "oversyn@k.example", NULL, &f);
	free(sent);
	const char *want = strcmp(field[2], "(empty)") ? lines_of(&a, field[2]) : "";
	ck_assert_msg(!strcmp(f.fresh, want), "line %d: fresh is \"%s\"", line, f.fresh);
	ck_assert_msg(!strcmp(field[3], f.doubtful ? "yes" : "no"), "line %d: doubtful: %s", line,
	              f.doubt ? f.doubt : "no");
}

START_TEST(what_is_fresh_is_as_the_table_says)
{
	tap_table("tests/cases/fresh.txt", one_text);
}
END_TEST

/* One of the two may have what the other lost on the way. */
START_TEST(a_doubt_of_either_text_counts)
{
	static const char head[] = "From: anna@k.example\nMIME-Version: 1.0\n"
		"Content-Type: multipart/alternative; boundary=b\n\n";
	static const char plain[] = "Från: Översyn <o@k.example>\nSkickat: den 11 januari 2027\nTill: Anna\nÄmne: x\n\n"
		"Svara på mejlet med ett av de här orden överst:\n";
	static const char html[] = "<blockquote type=cite><p>Svara på mejlet med ett av de här orden överst:</p>";
	static const char *const below[][2] = { { "", "" }, { "Men inte rad 2!\n", "" }, { "", "<p>Men inte rad 2!</p>" } };

	for (size_t i = 0; i < ARRAY_LEN(below); i++) {
		struct arena a AUTO(arena_release) = ARENA_INIT;
		struct mail_facts f;
		char *sent = tap_slurp(tap_path("tests/cases/mail/sent.txt"), NULL);
		const char *mail = arena_fmt(&a, "%s--b\nContent-Type: text/plain; charset=utf-8\n\nGodkänns\n\n%s%s\n"
		                             "--b\nContent-Type: text/html; charset=utf-8\n\n<p>Godkänns</p>%s%s</blockquote>\n"
		                             "--b--\n", head, plain, below[i][0], html, below[i][1]);

		mail_parse(&a, mail, strlen(mail), sent, "oversyn@k.example", NULL, &f);
		free(sent);
		ck_assert_str_eq(f.fresh, "Godkänns");
		ck_assert_msg(f.doubtful == (i > 0), "%zu: %s", i, f.doubt ? f.doubt : "no doubt");
	}
}
END_TEST

/* Of each list of fresh-foot.c one that begins as no other does, and what is none of them. */
START_TEST(what_mail_systems_write_around_is_dropped)
{
	static const struct {
		const char *text, *fresh;
	} cases[] = {
		{ "Godkänns\n\nVirusfritt. www.avast.com\n", "Godkänns" },
		{ "Godkänns\n\nChecked by AVG. http://www.avg.com\n", "Godkänns" },
		{ "Achtung! Externe E-Mail.\n\nGodkänns\n", "Godkänns" },
		{ "Huomio! Ulkoinen lähettäjä.\n\nGodkänns\n", "Godkänns" },
		{ "Följ inte länkar.\n\nGodkänns\n", "Godkänns" },
		{ "Detta\nmejl\nkommer utifrån.\n\nGodkänns\n", "Godkänns" },
		{ "Do\nnot click links.\n\nGodkänns\n", "Godkänns" },
		{ "Dokument ett.\n\nGodkänns\n", "Dokument ett.\n\nGodkänns" },
		{ "Virus finns.\n\nGodkänns\n", "Virus finns.\n\nGodkänns" },
		{ "Externa system är med.\n\nGodkänns\n", "Externa system är med.\n\nGodkänns" },
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct arena a AUTO(arena_release) = ARENA_INIT;

		ck_assert_str_eq(mail_fresh(&a, cases[i].text, NULL), cases[i].fresh);
	}
}
END_TEST

/* Of what we sent a short line alone may be an answer; several in our order are ours, three of
 * them where the first does not stand whole. */
START_TEST(what_we_sent_is_taken_away)
{
	static const char sent[] = "Skriv BRA\nGODKÄNNS\nÄNDRING\nANSTÅND\n\nGODKÄNNS, det är bra, betyder att allt stämmer som det står.\n";
	static const struct {
		const char *text, *fresh;
	} cases[] = {
		{ "GODKÄNNS\n", "GODKÄNNS" }, { "GODKÄNNS\nÄNDRING\n", "" }, { "ÄNDRING\nGODKÄNNS\n", "ÄNDRING\nGODKÄNNS" },
		{ "BRA\nGODKÄNNS\n", "BRA\nGODKÄNNS" }, { "BRA\nGODKÄNNS\nÄNDRING\n", "" },
		{ "ÄNDRING\nANSTÅND\nÄNDRING\n", "ÄNDRING" }, { "Skriv BRA\nGODKÄNNS\n", "" },
		{ "GODKÄNNS, det är bra\n", "GODKÄNNS, det är bra" },
		{ "GODKÄNNS, det är bra, betyder att allt stämmer som det står.\n", "" },
		{ "Ja\nGODKÄNNS, det är bra,\nbetyder att allt stämmer som det står.\nNej\n", "Ja\nNej" },
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct arena a AUTO(arena_release) = ARENA_INIT;

		ck_assert_str_eq(mail_fresh(&a, cases[i].text, sent), cases[i].fresh);
	}
}
END_TEST

/* What the site's own mail system writes is known word by word, from the start of a line to
 * the end of one. */
START_TEST(what_the_site_writes_above_is_dropped)
{
	static const char *const banners[] = { "", "Till Tallvinge kom detta: var på vakt!", "Ny avsändare." };
	static const struct {
		const char *above, *fresh;
	} cases[] = {
		{ "Till Tallvinge kom detta: var på vakt\n", "Godkänns" }, { "Till Tallvinge\nkom detta,\nvar på vakt.\n", "Godkänns" },
		{ "Ny avsändare.\n", "Godkänns" }, { "Ny avsändare.\nTill Tallvinge kom detta: var på vakt\n", "Godkänns" },
		{ "Ny avsändare nu\n\n", "Ny avsändare nu\n\nGodkänns" }, { "En ny avsändare.\n\n", "En ny avsändare.\n\nGodkänns" },
		{ "Till Tallvinge kom detta: var på sned\n\n", "Till Tallvinge kom detta: var på sned\n\nGodkänns" },
	};
	const struct mail_known known = { .received = INSTANT_NONE, .banners = banners, .n_banners = ARRAY_LEN(banners) };

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct arena a AUTO(arena_release) = ARENA_INIT;
		struct mail_facts f;
		const char *mail = arena_fmt(&a, "From: anna@k.example\nContent-Type: text/plain; charset=utf-8\n\n%sGodkänns\n",
		                             cases[i].above);

		mail_read(&a, mail, strlen(mail), &known, &f);
		ck_assert_str_eq(f.fresh, cases[i].fresh);
	}
}
END_TEST

/* Below an answer: our letter, marked as quoted or not, and what is between its lines. */
START_TEST(what_is_written_into_our_letter_is_doubted)
{
	static const char sent[] = "Hej!\n\nDu behöver granska förteckningen över behandlingar senast fredag.\n\n"
	                           "Svara med ett ord överst.\n";
	static const char head[] = "From: anna@k.example\nContent-Type: text/plain; charset=utf-8\n\nGodkänns\n\n";
	static const char bare[] = "Från: Översyn <o@k.example>\nSkickat: den 2 februari 2027 09:00\nTill: Anna\n"
	                           "Ämne: Granskning\n\nHej!\n\n"
	                           "Du behöver granska förteckningen över behandlingar senast fredag.\n%s\n"
	                           "Svara med ett ord överst.\n";
	static const char marked[] = "Den 2 feb. 2027 kl 09:00 skrev Översyn <o@k.example>:\n> Hej!\n"
	                             "> Du behöver granska förteckningen över\n%s\n> Svara med ett ord överst.\n";
	static const struct {
		const char *quote, *between;
		bool doubtful;
	} cases[] = {
		{ bare, "", false }, { bare, "Nej, den är fel.", true }, { bare, "https://k.example/x", false },
		{ bare, "* * *", false },
		{ marked, "", false }, { marked, "behandlingar senast fredag.", false }, { marked, "fredag.", true },
		{ marked, "men inte rad fyra i listan.", true }, { marked, "* * *", false },
		{ marked, "[cid:bild1]", false }, { marked, "Skickat från min iPhone", false },
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct arena a AUTO(arena_release) = ARENA_INIT;
		struct buf mail AUTO(buf_release) = BUF_INIT;
		struct mail_facts f;

		buf_str(&mail, head);
		const char *at = strstr(cases[i].quote, "%s");
		buf_add(&mail, cases[i].quote, (size_t)(at - cases[i].quote));
		buf_str(&mail, cases[i].between);
		buf_str(&mail, at + 2);
		mail_parse(&a, mail.data, mail.len, sent, NULL, NULL, &f);
		ck_assert_str_eq(f.fresh, "Godkänns");
		ck_assert_msg(f.doubtful == cases[i].doubtful, "%zu: \"%s\": %s", i, cases[i].between, f.doubt ? f.doubt : "no doubt");
	}
}
END_TEST

/* Classes and ids by which programs mark what they quote and sign with, and what is none. */
START_TEST(what_html_marks_is_not_fresh)
{
	static const struct {
		const char *html, *fresh;
	} cases[] = {
		{ "<p>Godkänns<p>Nej", "Godkänns\nNej" }, { "Godkänns<BR>Nej", "Godkänns\nNej" },
		{ "Godkänns<pre>Nej\n  men</pre>", "Godkänns\nNej\nmen" },
		{ "Godkänns<div class=\"Yahoo_Quoted\">Nej</div>", "Godkänns" },
		{ "Godkänns<div class=\"a x_yahoo_quoted b\">Nej</div>", "Godkänns" },
		{ "Godkänns<div class=\"yahoo_quoted2\">Nej</div>", "Godkänns\nNej" },
		{ "Godkänns<div id=\"yahoo_quoted_12\">Nej</div>", "Godkänns" },
		{ "Godkänns<div id=\"x_divRplyFwdMsg\"></div>Nej", "Godkänns" },
		{ "Godkänns<blockquote>Nej</blockquote>", "Godkänns" },
		{ "Godkänns<blockquote type=\"cite\">Nej</blockquote>", "Godkänns" },
		{ "Godkänns<blockquote type=\"x\">Nej</blockquote>", "Godkänns\nNej" },
		{ "Godkänns<div class=\"gmail_signature\">Anna Ek</div>", "Godkänns" },
		{ "Godkänns<div id=\"Signature\">Anna Ek</div>", "Godkänns" },
		{ "Godkänns<div class=\"gmail_signature\">Anna<br>Ek</div><p></p>", "Godkänns" },
		{ "Godkänns<div class=\"gmail_signature\">Nej</div>", "Godkänns\nNej" },
		{ "Godkänns<div class=\"signature\">Anna Ek</div>", "Godkänns\nAnna Ek" },
	};
	const struct mail_known known = { .received = INSTANT_NONE };

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct arena a AUTO(arena_release) = ARENA_INIT;
		struct mail_facts f;
		const char *mail = arena_fmt(&a, "From: anna@k.example\nContent-Type: text/html; charset=utf-8\n\n"
		                                 "<html><body>%s</body></html>\n", cases[i].html);

		mail_read(&a, mail, strlen(mail), &known, &f);
		ck_assert_msg(!strcmp(f.fresh, cases[i].fresh), "%s: %s", cases[i].html, f.fresh);
	}
}
END_TEST

/* What comes with an answer, in small. */

static void one_beside(int line, char **field, int n)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct mail_facts f;

	ck_assert_msg(n == 4, "line %d has %d fields", line, n);
	bool alone = !strcmp(field[1], "-");
	const char *text = !strcmp(field[2], "(blank)") ? " \n" : lines_of(&a, field[2]);
	const char *mail = arena_fmt(&a, "From: anna@k.example\nIn-Reply-To: <letter@k.example>\nSubject: %s\nMIME-Version: 1.0\n"
	                             "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain; charset=utf-8\n\n"
	                             "Godkänns\n%s%s%s%s\n--b--\n", field[0], alone ? "" : "--b\n",
	                             alone ? "" : lines_of(&a, field[1]), alone ? "" : "\n\n", alone ? "" : text);
	mail_parse(&a, mail, strlen(mail), "Försenad: 3 granskningar, Kultur- och fritidsnämnden [GR-1]\nSvara senast 1 mars.",
	           "oversyn@k.example", NULL, &f);
	ck_assert_str_eq(f.fresh, "Godkänns");
	ck_assert_msg(!f.doubtful, "line %d: %s", line, f.doubt ? f.doubt : "");
	ck_assert_msg(!strcmp(f.beside ? f.beside : "-", field[3]), "line %d: beside is \"%s\"", line,
	              f.beside ? f.beside : "-");
}

START_TEST(what_comes_beside_an_answer_is_as_the_table_says)
{
	tap_table("tests/cases/beside.txt", one_beside);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("mail/fresh");
	TCase *t = tcase_create("fresh");

	suite_add_tcase(s, t);
	tcase_add_test(t, what_is_fresh_is_as_the_table_says);
	tcase_add_test(t, a_doubt_of_either_text_counts);
	tcase_add_test(t, what_mail_systems_write_around_is_dropped);
	tcase_add_test(t, what_we_sent_is_taken_away);
	tcase_add_test(t, what_the_site_writes_above_is_dropped);
	tcase_add_test(t, what_is_written_into_our_letter_is_doubted);
	tcase_add_test(t, what_html_marks_is_not_fresh);
	tcase_add_test(t, what_comes_beside_an_answer_is_as_the_table_says);
	return tap_run(s);
}
