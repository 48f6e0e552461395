/* SPDX-License-Identifier: EUPL-1.2 */
#include <libxml/HTMLparser.h>
#include <string.h>

#include "base/text.h"
#include "mail/mailto.h"
#include "mail/template.h"
#include "tests/tap.h"

static char *unescape(struct arena *a, const char *s)
{
	struct buf b AUTO(buf_release) = BUF_INIT;

	for (; *s; s++) {
		if (*s == '\\' && s[1] && strchr("nr_e", s[1])) {
			s++;
			if (*s != 'e')
				buf_chr(&b, *s == 'n' ? '\n' : *s == 'r' ? '\r' : ' ');
		} else {
			buf_chr(&b, *s);
		}
	}
	return arena_dupn(a, b.data ? b.data : "", b.len);
}

/* Line ends as a mail program gets them. */
static char *crlf(struct arena *a, const char *s)
{
	struct buf b AUTO(buf_release) = BUF_INIT;

	for (; *s; s++) {
		if (*s != '\n' && *s != '\r') {
			buf_chr(&b, *s);
			continue;
		}
		buf_str(&b, "\r\n");
		s += s[0] == '\r' && s[1] == '\n';
	}
	return arena_dupn(a, b.data ? b.data : "", b.len);
}

static int hex(char c)
{
	const char *digits = "0123456789ABCDEF", *at = c ? strchr(digits, c) : NULL;

	ck_assert_msg(at != NULL, "%c is no digit of a percent-encoding", c);
	return (int)(at - digits);
}

/* RFC 3986 decoding: "+" stays what it is, and none may be left to doubt. */
static char *decode(struct arena *a, const char *from, const char *to)
{
	struct buf b AUTO(buf_release) = BUF_INIT;

	for (; from < to; from++) {
		ck_assert_msg(*from != '+' && *from != ' ', "a bare %c in a link", *from);
		if (*from != '%') {
			buf_chr(&b, *from);
			continue;
		}
		buf_chr(&b, (char)(hex(from[1]) * 16 + hex(from[2])));
		from += 2;
	}
	return arena_dupn(a, b.data ? b.data : "", b.len);
}

static const xmlNode *first_link(const xmlNode *n)
{
	for (; n; n = n->next) {
		if (n->type == XML_ELEMENT_NODE && !xmlStrcmp(n->name, (const xmlChar *)"a"))
			return n;
		const xmlNode *inner = first_link(n->children);
		if (inner)
			return inner;
	}
	return NULL;
}

/* The link as an HTML reader finds it in a letter. */
static char *through_html(struct arena *a, const char *link, const char *body)
{
	struct rendered r AUTO(rendered_release) = RENDERED_INIT;
	struct tset v = { 0 };
	struct err e = ERR_INIT;

	tset_text(a, &v, "link", link);
	ck_assert_msg(!template_letter("t.md", body, NULL, &v, "sv", &r, &e), "%s", e.text);
	htmlDocPtr doc = htmlReadMemory(r.html.data, (int)r.html.len, NULL, "UTF-8",
	                                HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING);
	const xmlNode *n = first_link(xmlDocGetRootElement(doc));
	ck_assert_msg(n != NULL, "no link in %s", r.html.data);
	xmlChar *href = xmlGetProp(n, (const xmlChar *)"href");
	char *out = arena_dup(a, (const char *)href);
	xmlFree(href);
	xmlFreeDoc(doc);
	return out;
}

static void read_back(int line, const char *link, const char *address, const char *subject,
                      const char *body)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	const char *mark = strchr(link, '?'), *amp = mark ? strchr(mark, '&') : NULL;

	ck_assert_msg(amp && text_starts(link, "mailto:") && text_starts(mark, "?subject=") &&
	              text_starts(amp, "&body=") && !strchr(amp + 1, '&'), "line %d: %s", line, link);
	ck_assert_msg(!strcmp(decode(&a, link + 7, mark), address), "line %d: %s", line, link);
	ck_assert_msg(!strcmp(decode(&a, mark + 9, amp), subject), "line %d: %s", line, link);
	ck_assert_msg(!strcmp(decode(&a, amp + 6, amp + strlen(amp)), body), "line %d: %s", line, link);
}

static void one_case(int line, char **field, int n)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct buf link AUTO(buf_release) = BUF_INIT;

	ck_assert_msg(n == 4, "line %d: four fields wanted", line);
	const char *subject = unescape(&a, field[1]), *body = unescape(&a, field[2]);
	mailto_link(field[0], subject, body, &link);
	ck_assert_msg(!strcmp(field[3], "-") || !strcmp(link.data, field[3]), "line %d: %s", line,
	              link.data);
	struct buf after AUTO(buf_release) = BUF_INIT;
	buf_str(&after, "before ");
	mailto_link(field[0], subject, "", &after);
	mailto_body(strlen("before "), body, &after);
	ck_assert_msg(!strcmp(after.data + strlen("before "), link.data), "line %d: %s", line, after.data);
	body = crlf(&a, body);
	read_back(line, link.data, field[0], subject, body);
	read_back(line, through_html(&a, link.data, "Subject: s\n\n[GODKÄNNS]({{link}})\n"), field[0],
	          subject, body);
	read_back(line, through_html(&a, link.data, "Subject: s\n\n| A | B |\n|---|---|\n| [a]({{link}}) | b |\n"),
	          field[0], subject, body);
}

START_TEST(links_open_the_mail_that_was_meant)
{
	tap_table("tests/cases/mailto.txt", one_case);
}
END_TEST

START_TEST(links_are_short_enough_for_all)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct buf body AUTO(buf_release) = BUF_INIT, link AUTO(buf_release) = BUF_INIT;

	for (int i = 0; i < 999; i++)
		buf_str(&body, "Ö\n");
	mailto_link("a@x.test", "Svar", body.data, &link);
	ck_assert_uint_le(link.len, MAILTO_MAX);
	ck_assert_uint_gt(link.len, MAILTO_MAX - 12);
	const char *text = decode(&a, strstr(link.data, "&body=") + 6, link.data + link.len);
	ck_assert(text_is_utf8(text, strlen(text)));
	ck_assert(text_ends(text, "Ö") || text_ends(text, "\r\n"));
	struct buf after AUTO(buf_release) = BUF_INIT;
	buf_str(&after, "before ");
	mailto_link("a@x.test", "Svar", "", &after);
	mailto_body(strlen("before "), body.data, &after);
	ck_assert_str_eq(after.data + strlen("before "), link.data);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("mailto");
	TCase *t = tcase_create("mailto");

	tcase_add_test(t, links_open_the_mail_that_was_meant);
	tcase_add_test(t, links_are_short_enough_for_all);
	suite_add_tcase(s, t);
	return tap_run(s);
}
