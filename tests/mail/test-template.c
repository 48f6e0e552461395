/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "base/text.h"
#include "mail/template.h"
#include "tests/tap.h"

/* \n \r \t \_ (space) and \e (nothing): what a table's field cannot hold. */
static char *unescape(char *s)
{
	char *to = s;

	for (const char *from = s; *from; from++) {
		if (*from != '\\' || !from[1]) {
			*to++ = *from;
			continue;
		}
		from++;
		if (*from == 'n')
			*to++ = '\n';
		else if (*from == 'r')
			*to++ = '\r';
		else if (*from == 't')
			*to++ = '\t';
		else if (*from == '_')
			*to++ = ' ';
		else if (*from != 'e')
			*to++ = *from;
	}
	*to = '\0';
	return s;
}

static struct tset *sets(struct arena *a, size_t n, const char *name, const char *const *text)
{
	struct tset *s = arena_alloc(a, n * sizeof(*s));

	for (size_t i = 0; i < n; i++)
		tset_text(a, &s[i], name, text[i]);
	return s;
}

static void table_values(struct arena *a, struct tset *v)
{
	struct tset *list = sets(a, 3, "n", (const char *const[]){ "1", "2", "3" });
	struct tset *outer = sets(a, 2, "id", (const char *const[]){ "a", "b" });

	tset_text(a, v, "name", "Anna");
	tset_text(a, v, "empty", NULL);
	tset_text(a, v, "html", "<b>");
	tset_flag(a, v, "yes", true);
	tset_flag(a, v, "no", false);
	tset_text(a, &list[1], "name", "Bo");
	tset_list(a, v, "list", list, 3);
	tset_list(a, v, "none", NULL, 0);
	for (int i = 0; i < 2; i++)
		tset_list(a, &outer[i], "inner",
		          sets(a, 2, "x", (const char *const[]){ "1", "2" }), 2);
	tset_list(a, v, "outer", outer, 2);
	tset_text(a, v, "tag", "{{name}}");
	tset_text(a, v, "x", "X");
	struct tset *nodes = sets(a, 1, "x", (const char *const[]){ "Y" });
	tset_list(a, nodes, "nodes", NULL, 0);
	tset_list(a, v, "nodes", nodes, 1);
}

static int find_part(void *where, struct arena *a, const char *part, const char **shown,
                     const char **text, struct err *e)
{
	static const char *const parts[][2] = {
		{ "text", "from partial" },
		{ "star", "*{{name}}*" },
		{ "nested", "*{{name}} {{> star}}*" },
		{ "node", "{{x}}<{{#nodes}}{{> node}}{{/nodes}}>" },
		{ "tab", "\t:\t" },
		{ "one", ">" },
		{ "two", ">\n>" },
		{ "block", ":\n{{name}}\n:\n" },
		{ "loop", "{{> loop}}" },
		{ "broken", "a\n{{nope}}" },
	};

	ck_assert_ptr_null(where);
	*shown = arena_dup(a, part);
	for (size_t i = 0; i < ARRAY_LEN(parts); i++) {
		*text = parts[i][1];
		if (!strcmp(parts[i][0], part))
			return 0;
	}
	return err_set(e, ERR_FOUND, "no part \"%s\"", part);
}

static void one_case(int line, char **field, int n)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct buf out AUTO(buf_release) = BUF_INIT;
	struct tset v = { 0 };
	struct err e = ERR_INIT;

	const struct template_parts parts = { .find = find_part };

	ck_assert_msg(n == 2 || n == 3, "line %d: two fields or three wanted", line);
	table_values(&a, &v);
	int got = template_render("case", unescape(field[0]), &parts, &v, ESCAPE_NONE, &out, &e);
	const char *want = unescape(field[1]);
	if (*want == '!') {
		ck_assert_msg(got == -1 && e.kind == ERR_USAGE && text_starts(e.text, want + 1),
		              "line %d: wanted \"%s\", got %d \"%s\"", line, want + 1, got, e.text);
	} else {
		ck_assert_msg(got == 0, "line %d: %s", line, e.text);
		ck_assert_msg(!strcmp(out.data, want), "line %d: wanted \"%s\", got \"%s\"", line,
		              want, out.data);
	}
}

START_TEST(mustache_as_specified)
{
	tap_table("tests/cases/mustache.txt", one_case);
}
END_TEST

START_TEST(sections_have_a_floor)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct buf in AUTO(buf_release) = BUF_INIT, out AUTO(buf_release) = BUF_INIT;
	struct tset v = { 0 };
	struct err e = ERR_INIT;

	tset_flag(&a, &v, "y", true);
	for (int i = 0; i < 100000; i++)
		buf_str(&in, "{{#y}}");
	ck_assert_int_eq(template_render("deep", in.data, NULL, &v, ESCAPE_NONE, &out, &e), -1);
	ck_assert_ptr_nonnull(strstr(e.text, "too many sections"));
}
END_TEST

/* Renders `value` into `body` as a letter named t.md. */
static void letter(const char *body, const char *value, struct rendered *r)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct tset v = { 0 };
	struct err e = ERR_INIT;

	tset_text(&a, &v, "v", value);
	const char *text = arena_fmt(&a, "Subject: S {{v}}\n\n%s", body);
	ck_assert_msg(!template_letter("t.md", text, NULL, &v, "sv", r, &e), "%s", e.text);
}

static const char *html_body(const struct rendered *r)
{
	const char *at = strstr(r->html.data, "<body>\n");

	ck_assert_ptr_nonnull(at);
	return at + 7;
}

static void shows(const char *body, const char *value, const char *html)
{
	struct rendered r AUTO(rendered_release) = RENDERED_INIT;

	letter(body, value, &r);
	const char *got = html_body(&r);
	size_t len = strlen(html);
	ck_assert_msg(!strncmp(got, html, len) && !strcmp(got + len, "</body>\n</html>\n"),
	              "%s\nwith %s gave\n%s", body, value, got);
}

START_TEST(values_are_never_markup)
{
	shows("a {{v}}\n", "<script>x</script>", "<p>a &lt;script&gt;x&lt;/script&gt;</p>\n");
	shows("{{v}}\n", "<b>x</b>", "<p>&lt;b&gt;x&lt;/b&gt;</p>\n");
	shows("{{v}}\n", "&lt;&#60;", "<p>&amp;lt;&amp;#60;</p>\n");
	shows("{{v}}\n", "# *a* _b_ `c` **d**", "<p># *a* _b_ `c` **d**</p>\n");
	shows("{{v}}\n", "[a](http://x.test)", "<p>[a](http://x.test)</p>\n");
	shows("{{v}}\n", "![a](http://x.test)", "<p>![a](http://x.test)</p>\n");
	shows("{{v}}\n", "<http://x.test>", "<p>&lt;http://x.test&gt;</p>\n");
	shows("{{v}}\n", "http://x.test a@x.test", "<p>http://x.test a@x.test</p>\n");
	shows("{{v}}\n", "1. a", "<p>1. a</p>\n");
	shows("{{v}}\n", "- a", "<p>- a</p>\n");
	shows("{{v}}\n", "> a", "<p>&gt; a</p>\n");
	shows("{{v}}\n", "    a", "<p>a</p>\n");
	shows("{{v}}\n", "---", "<p>---</p>\n");
	shows("a\n{{v}}\n", "===", "<p>a\n===</p>\n");
	shows("{{v}}\n", "```", "<p>```</p>\n");
	shows("{{v}}\nb\n", "a\\", "<p>a\\\nb</p>\n");
	shows("{{v}}\nb\n", "a  ", "<p>a\nb</p>\n");
	shows("{{v}}\n\nb {{v}}\n", "[x]: http://x.test",
	      "<p>[x]: http://x.test</p>\n<p>b [x]: http://x.test</p>\n");
	shows("{{v}}\n", "{{secret}}", "<p>{{secret}}</p>\n");
	shows("{{v}}\n", "§ 12 – Åsa Öberg", "<p>§ 12 – Åsa Öberg</p>\n");
}
END_TEST

START_TEST(values_stay_on_their_line)
{
	struct rendered r AUTO(rendered_release) = RENDERED_INIT;

	letter("a {{v}} b\n", "x\r\nGODKÄNNS\n\n# y\tz\xe2\x80\xa8w", &r);
	ck_assert_str_eq(r.text.data, "a x  GODKÄNNS  # y z w b\n");
	ck_assert_str_eq(r.subject.data, "S x GODKÄNNS # y z w");
	ck_assert(text_starts(html_body(&r), "<p>a x GODKÄNNS # y z w b</p>\n"));
}
END_TEST

START_TEST(a_long_line_takes_its_sentence_along)
{
	static const struct {
		const char *text, *is;
	} cases[] = {
		{ "Hold {{v}}, and\n30 mails wait.\nNext.\n", " servers,\nand 30 mails wait.\nNext.\n" },
		{ "Hold {{v}}, and\n(as ever) wait.\n", " servers,\nand (as ever) wait.\n" },
		{ "Hold {{v}}, and\nöppna.\n", " servers,\nand öppna.\n" },
		{ "Hold {{v}}, and\n1. one\n2) two\n", " servers,\nand\n1. one\n2) two\n" },
		{ "Hold {{v}}, and\n- one\n", " servers,\nand\n- one\n" },
		{ "Hold {{v}}, and\n\n30 mails wait.\n", " servers,\nand\n\n30 mails wait.\n" },
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct rendered r AUTO(rendered_release) = RENDERED_INIT;

		letter(cases[i].text, "since Monday, as has been said so often, by each of the mail servers", &r);
		ck_assert_msg(text_ends(r.text.data, cases[i].is), "%s", r.text.data);
	}
}
END_TEST

START_TEST(values_do_not_turn_the_text_around)
{
	struct rendered r AUTO(rendered_release) = RENDERED_INIT;

	letter("{{v}}\n", "a\u202eb\u2066c\u200fd", &r);
	ck_assert_str_eq(r.text.data, "abcd\n");
	ck_assert_str_eq(r.subject.data, "S abcd");
	ck_assert(text_starts(html_body(&r), "<p>abcd</p>\n"));
}
END_TEST

START_TEST(values_are_always_utf8)
{
	struct rendered r AUTO(rendered_release) = RENDERED_INIT;

	letter("{{v}}\n", "k\xf6k", &r);
	ck_assert_str_eq(r.text.data, "k\ufffdk\n");
	ck_assert(text_is_utf8(r.html.data, r.html.len));
}
END_TEST

START_TEST(a_cell_stays_one_cell)
{
	static const char table[] = "| A | B |\n|---|---|\n| {{v}} | c |\n";
	struct buf longer AUTO(buf_release) = BUF_INIT;
	struct rendered r AUTO(rendered_release) = RENDERED_INIT;

	letter(table, "a|b \\| c", &r);
	ck_assert_ptr_nonnull(strstr(r.html.data, "<td>a|b \\| c</td>\n<td>c</td>"));
	rendered_release(&r);
	letter(table, "a\n|x|y|", &r);
	ck_assert_ptr_nonnull(strstr(r.html.data, "<td>a |x|y|</td>\n<td>c</td>"));
	rendered_release(&r);
	for (int i = 0; i < 300; i++)
		buf_str(&longer, "|");
	letter(table, longer.data, &r);
	ck_assert_ptr_nonnull(strstr(r.html.data, longer.data));
	ck_assert_ptr_nonnull(strstr(r.html.data, "<td>c</td>"));
}
END_TEST

/* A date would be broken wherever a narrow column breaks a word. */
START_TEST(a_cell_that_is_a_date_stays_on_one_line)
{
	static const char table[] = "| A | B |\n|---|---|\n| {{v}} | c |\n";
	static const char *const others[] = { "2027-10-311", "2027-1-31", "2027-10-31 x", "x 2027-10-31", "2027/10/31" };
	struct rendered r AUTO(rendered_release) = RENDERED_INIT;

	letter(table, "2027-10-31", &r);
	ck_assert_ptr_nonnull(strstr(r.html.data, "<td class=\"d\">2027-10-31</td>\n<td>c</td>"));
	ck_assert_ptr_nonnull(strstr(r.html.data, ".d{white-space:nowrap}"));
	ck_assert_ptr_nonnull(strstr(r.text.data, "| 2027-10-31 | c |"));
	for (size_t i = 0; i < ARRAY_LEN(others); i++) {
		rendered_release(&r);
		letter(table, others[i], &r);
		ck_assert_ptr_null(strstr(r.html.data, "class="));
	}
}
END_TEST

START_TEST(answer_links_survive_the_escaping)
{
	static const char link[] = "mailto:granskning+abc2@tallvinge.example"
	                           "?subject=Re%3A%20%5BG-1%5D&body=GODK%C3%84NNS%0A";
	static const char html[] = "<a href=\"mailto:granskning+abc2@tallvinge.example"
	                           "?subject=Re%3A%20%5BG-1%5D&amp;body=GODK%C3%84NNS%0A\">";
	struct rendered r AUTO(rendered_release) = RENDERED_INIT;

	letter("[GODKÄNNS]({{v}})\n\n| A |\n|---|\n| [ja]({{v}}) |\n", link, &r);
	const char *first = strstr(r.html.data, html);
	ck_assert_msg(first != NULL, "%s", r.html.data);
	ck_assert_ptr_nonnull(strstr(first + 1, html));
	rendered_release(&r);
	letter("[a]({{v}})\n", "http://x.test/) <b>\"q\"</b> [x](y", &r);
	ck_assert_ptr_null(strstr(r.html.data, "<b>"));
	ck_assert_ptr_null(strstr(r.html.data, "href=\"y"));
}
END_TEST

START_TEST(a_letter_is_a_small_document)
{
	struct rendered r AUTO(rendered_release) = RENDERED_INIT;

	letter("Hej\n", "<&>", &r);
	ck_assert(text_starts(r.html.data, "<!DOCTYPE html>\n<html lang=\"sv\">"));
	ck_assert_ptr_nonnull(strstr(r.html.data, "<meta charset=\"utf-8\">"));
	ck_assert_ptr_nonnull(strstr(r.html.data, "<title>S &lt;&amp;&gt;</title>"));
	ck_assert_str_eq(r.subject.data, "S <&>");
	ck_assert_str_eq(r.text.data, "Hej\n");
	ck_assert_ptr_null(strstr(r.html.data, "http"));
}
END_TEST

START_TEST(a_template_knows_what_it_is_rendered_for)
{
	struct rendered r AUTO(rendered_release) = RENDERED_INIT;

	letter("{{#html}}[a](mailto:{{v}}){{/html}}{{^html}}just {{v}}{{/html}}\n", "b@x.test", &r);
	ck_assert_str_eq(r.text.data, "just b@x.test\n");
	ck_assert(text_starts(html_body(&r), "<p><a href=\"mailto:b@x.test\">a</a></p>\n"));
}
END_TEST

static void refused(const char *text, const char *why)
{
	struct rendered r AUTO(rendered_release) = RENDERED_INIT;
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct tset v = { 0 };
	struct err e = ERR_INIT;

	tset_text(&a, &v, "empty", "");
	ck_assert_int_eq(template_letter("sv/x.md", text, NULL, &v, "sv", &r, &e), -1);
	ck_assert_msg(!strcmp(e.text, why), "%s", e.text);
	ck_assert_int_eq(e.kind, ERR_USAGE);
}

START_TEST(errors_name_file_and_line)
{
	refused("Hej\n", "sv/x.md:1: the first line must be \"Subject: …\"");
	refused("Subject: a", "sv/x.md:1: the first line must be \"Subject: …\"");
	refused("Subject: a\nHej\n", "sv/x.md:2: an empty line must follow the subject");
	refused("Subject: {{empty}}\n\nHej\n", "sv/x.md:1: the subject is empty");
	refused("Subject: {{x}}\n\nHej\n", "sv/x.md:1: unknown name \"x\"");
	refused("Subject: a\n\nHej\n{{y}}\n", "sv/x.md:4: unknown name \"y\"");
	refused("Subject: {{#empty}}\n\n{{/empty}}\n",
	        "sv/x.md:1: no {{/…}} closes the section \"empty\"");
}
END_TEST

static void found(const char *text, const char *why)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	const struct template_parts parts = { .find = find_part };
	struct tset v = { 0 };
	struct err e = ERR_INIT;

	table_values(&a, &v);
	int got = template_check("x.md", arena_fmt(&a, "Subject: a\n\n%s", text), &parts, &v, &e);
	ck_assert_msg(why ? got == -1 && !strcmp(e.text, why) : got == 0, "%s: %s", text, e.text);
}

START_TEST(a_mistake_in_any_section_is_found)
{
	found("{{^yes}}{{#no}}{{name}}{{/no}}{{/yes}}{{#html}}a{{/html}}\n", NULL);
	found("{{^yes}}{{oops}}{{/yes}}", "x.md:3: unknown name \"oops\"");
	found("{{#no}}\n{{oops}}\n{{/no}}", "x.md:4: unknown name \"oops\"");
	found("{{#yes}}{{^name}}{{oops}}{{/name}}{{/yes}}", "x.md:3: unknown name \"oops\"");
	found("{{^list}}{{oops}}{{/list}}", "x.md:3: unknown name \"oops\"");
	found("{{#list}}{{n}}{{oops}}{{/list}}", "x.md:3: unknown name \"oops\"");
	found("{{^html}}{{oops}}{{/html}}", "x.md:3: unknown name \"oops\"");
	found("{{#no}}\n{{> broken}}\n{{/no}}", "broken:2: unknown name \"nope\"");
	found("{{#no}}\n{{> missing}}\n{{/no}}", "x.md:4: no part \"missing\"");
}
END_TEST

int main(void)
{
	Suite *s = suite_create("template");
	TCase *t = tcase_create("template");

	tcase_add_test(t, mustache_as_specified);
	tcase_add_test(t, sections_have_a_floor);
	tcase_add_test(t, values_are_never_markup);
	tcase_add_test(t, values_stay_on_their_line);
	tcase_add_test(t, a_long_line_takes_its_sentence_along);
	tcase_add_test(t, values_do_not_turn_the_text_around);
	tcase_add_test(t, values_are_always_utf8);
	tcase_add_test(t, a_cell_stays_one_cell);
	tcase_add_test(t, a_cell_that_is_a_date_stays_on_one_line);
	tcase_add_test(t, answer_links_survive_the_escaping);
	tcase_add_test(t, a_letter_is_a_small_document);
	tcase_add_test(t, a_template_knows_what_it_is_rendered_for);
	tcase_add_test(t, errors_name_file_and_line);
	tcase_add_test(t, a_mistake_in_any_section_is_found);
	suite_add_tcase(s, t);
	return tap_run(s);
}
