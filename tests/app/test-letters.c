/* SPDX-License-Identifier: EUPL-1.2 */
/* Every template with every value that would like to be more than words. */
#include <libxml/HTMLparser.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "app/letter.h"
#include "app/templates.h"
#include "base/text.h"
#include "mail/mailto.h"
#include "mail/message.h"
#include "tests/tap.h"

static const char *const languages[] = { "sv", "en" };
static const char HARMLESS[] = "Zqx";

/* Letters as the flows fill them, but with the same value in every place. */
static void fill(struct arena *a, const char *value, bool flags, struct tset *out)
{
	struct buf link AUTO(buf_release) = BUF_INIT;

	mailto_link("oversyn@x.test", value, value, &link);
#define X(name) .name = text_ends(#name, "link") && strcmp(#name, "privacy_link") != 0 ? link.data : value,
	struct letter_row row[2] = { { LETTER_ROW_TEXTS(X) }, { LETTER_ROW_TEXTS(X) } };
	struct letter_line line[2] = { { LETTER_LINE_TEXTS(X) }, { LETTER_LINE_TEXTS(X) } };
	struct letter_words w = {
		LETTER_TEXTS(X)
#undef X
#define X(name) .name = { .at = line, .n = 2 },
		LETTER_LISTS(X)
#undef X
#define X(name) .name = flags,
		LETTER_FLAGS(X)
#undef X
		.rows = row,
		.n_rows = 2,
		.choices = row,
		.n_choices = 2,
	};
	letter_values(a, &w, out);
}

static void render(const char *language, const char *name, const char *value, bool flags,
                   struct rendered *r)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct tset values;
	struct err e = ERR_INIT;

	fill(&a, value, flags, &values);
	ck_assert_msg(!templates_letter(NULL, language, name, &values, r, &e), "%s", e.text);
}

/* Without white space: where lines are broken does not count here. */
static char *squeezed(struct arena *a, const char *s)
{
	struct buf b AUTO(buf_release) = BUF_INIT;

	for (; *s; s++)
		if (!strchr(" \n\r\t", *s))
			buf_chr(&b, *s);
	return arena_dupn(a, b.data ? b.data : "", b.len);
}

static int count(struct arena *a, const char *text, const char *value)
{
	const char *in = squeezed(a, text), *what = squeezed(a, value);
	int n = 0;

	for (const char *at = strstr(in, what); *what && at; at = strstr(at + strlen(what), what))
		n++;
	return n;
}

static bool is_web(const char *link)
{
	return text_starts(link, "mailto:oversyn@x.test?subject=") || text_starts(link, "https://");
}

/* What a letter is made of: elements and attributes, and the text besides. */
static void take_apart(const xmlNode *n, bool in_head, struct buf *elements, struct buf *text)
{
	for (; n; n = n->next) {
		if (n->type == XML_TEXT_NODE && !in_head) {
			buf_str(text, (const char *)n->content);
			continue;
		}
		if (n->type != XML_ELEMENT_NODE && n->type != XML_TEXT_NODE && !in_head)
			buf_fmt(elements, "<?%d>", (int)n->type);
		if (n->type != XML_ELEMENT_NODE)
			continue;
		const char *name = (const char *)n->name;
		buf_fmt(elements, "<%s", name);
		for (const xmlAttr *at = n->properties; at; at = at->next) {
			xmlChar *value = xmlNodeListGetString(n->doc, at->children, 1);
			buf_fmt(elements, " %s", (const char *)at->name);
			if (!strcmp((const char *)at->name, "href"))
				ck_assert_msg(is_web((const char *)value), "a link to %s", (char *)value);
			xmlFree(value);
		}
		buf_chr(elements, '>');
		take_apart(n->children, in_head || !strcmp(name, "head"), elements, text);
		buf_fmt(elements, "</%s>\n", name);
	}
}

static void read_html(const struct rendered *r, const char *language, struct buf *elements,
                      struct buf *text)
{
	htmlDocPtr doc = htmlReadMemory(r->html.data, (int)r->html.len, NULL, "UTF-8",
	                                HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING);
	ck_assert_ptr_nonnull(doc);
	xmlNode *root = xmlDocGetRootElement(doc);
	xmlChar *lang = xmlGetProp(root, (const xmlChar *)"lang");

	ck_assert_str_eq((const char *)lang, language);
	xmlFree(lang);
	take_apart(root, false, elements, text);
	xmlFreeDoc(doc);
}

static bool is_shown(uint32_t c)
{
	return (c >= 0x20 && c < 0x7f) || (c >= 0xa0 && c != 0x2028 && c != 0x2029 &&
	       !(c >= 0x202a && c <= 0x202e) && !(c >= 0x2066 && c <= 0x2069));
}

static void check_characters(const char *text, const char *where)
{
	ck_assert_msg(text_is_utf8(text, strlen(text)), "%s is not UTF-8", where);
	for (uint32_t c; (c = text_next(&text));)
		if (c != '\n' && !is_shown(c)) /* each ck_assert() writes to a file */
			ck_abort_msg("U+%04X in %s", c, where);
}

/* 76 columns but for rows and for words that have no space; never 998 octets. */
static void check_lines(const char *text, const char *value, const char *where)
{
	for (const char *at = text, *end; *at; at = *end ? end + 1 : end) {
		end = at + strcspn(at, "\n");
		if (end - at > 998)
			ck_abort_msg("%s: a line of %d octets", where, (int)(end - at));
		struct arena a AUTO(arena_release) = ARENA_INIT;
		const char *line = arena_dupn(&a, at, (size_t)(end - at));
		if (text_width(line) > 76 && *line != '|' && !text_ends(line, "|") && !text_starts(line, "---"))
			ck_assert_msg(text_width(value) > 20 && !strchr(line + 2, ' '), "%s: a long line: %.600s",
			              where, line);
	}
}

/* The letter as others see it: nobody else gets it, and nothing says more. */
static void check_header(const struct rendered *r, const char *value)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct buf bytes AUTO(buf_release) = BUF_INIT;
	struct err e = ERR_INIT;
	struct mail_out m = {
		.from_name = "Översyn", .from = "oversyn@x.test", .to_name = value, .to = "b@x.test",
		.subject = r->subject.data, .message_id = "1@x.test", .language = "sv",
		.text = r->text.data, .html = r->html.data,
	};
	if (mail_compose(&m, &bytes, &e)) { /* such a name is refused whole */
		ck_assert_msg(strstr(e.text, "cannot stand in a mail header") || strstr(e.text, "UTF-8"), "%s", e.text);
		m.to_name = NULL;
		buf_clear(&bytes);
		ck_assert_msg(!mail_compose(&m, &bytes, &e), "%s", e.text);
	}
	const char *end = strstr(bytes.data, "\r\n\r\n");
	const char *head = arena_dupn(&a, bytes.data, (size_t)(end - bytes.data));
	int subjects = 0;
	for (const char *at = head; at; at = strstr(at, "\r\n") ? strstr(at, "\r\n") + 2 : NULL) {
		subjects += text_starts(at, "Subject:");
		if (text_starts(at, "Bcc") || strcspn(at, "\r") > 78)
			ck_abort_msg("%.2000s", head);
	}
	ck_assert_int_eq(subjects, 1);
	for (const char *at = bytes.data; *at; at++)
		if ((unsigned char)*at >= 0x80)
			ck_abort_msg("a byte that is not ASCII");
}

/* How a letter is built, and how often a value stands in it. */
struct plain {
	struct buf elements;
	int html, text, subject;
};

static void plain_letter(const char *language, const char *name, bool flags, struct plain *out)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct rendered r AUTO(rendered_release) = RENDERED_INIT;
	struct buf words AUTO(buf_release) = BUF_INIT;

	*out = (struct plain){ .elements = BUF_INIT };
	render(language, name, HARMLESS, flags, &r);
	read_html(&r, language, &out->elements, &words);
	out->html = count(&a, words.data, HARMLESS);
	out->text = count(&a, r.text.data, HARMLESS);
	out->subject = count(&a, r.subject.data, HARMLESS);
}

static void one_letter(const char *language, const char *name, const char *value, const char *shown,
                       bool flags, const struct plain *plain)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct rendered r AUTO(rendered_release) = RENDERED_INIT;
	struct buf elements AUTO(buf_release) = BUF_INIT, text AUTO(buf_release) = BUF_INIT;
	const char *where = arena_fmt(&a, "%s/%s with %.100s", language, name, value);

	render(language, name, value, flags, &r);
	read_html(&r, language, &elements, &text);
	ck_assert_msg(!strcmp(elements.data, plain->elements.data), "%s:\n%.1000s\nnot\n%.1000s", where,
	              elements.data, plain->elements.data);
	ck_assert_msg(count(&a, text.data, shown) >= plain->html, "%s:\n%.1500s", where, text.data);
	ck_assert_msg(count(&a, r.text.data, shown) >= plain->text, "%s:\n%.1500s", where, r.text.data);
	if (text_width(r.subject.data) < 150 && text_width(shown) < 28)
		ck_assert_msg(count(&a, r.subject.data, text_tidy(&a, shown)) >= plain->subject, "%s: %s",
		              where, r.subject.data);
	check_characters(r.text.data, where);
	check_characters(r.subject.data, where);
	check_characters(r.html.data, where);
	ck_assert_ptr_null(strchr(r.subject.data, '\n'));
	check_lines(r.text.data, value, where);
	check_header(&r, value);
}

static void each_letter(const char *language, const char *value, const char *shown, bool flags)
{
	static struct plain plain[2][2][64];

	ck_assert_uint_lt(template_count, 64);
	for (size_t t = 0; t < template_count; t++) {
		struct plain *p = &plain[*language == 's'][flags][t];

		if (!p->elements.len)
			plain_letter(language, template_names[t], flags, p);
		one_letter(language, template_names[t], value, shown, flags, p);
	}
}

static void every_letter(const char *value, const char *shown)
{
	for (size_t l = 0; l < ARRAY_LEN(languages); l++) {
		each_letter(languages[l], value, shown, true);
		each_letter(languages[l], value, shown, false);
	}
}

static char *unescape(struct arena *a, const char *s)
{
	struct buf b AUTO(buf_release) = BUF_INIT;

	while (*s) {
		if (*s != '\\') {
			buf_chr(&b, *s++);
			continue;
		}
		int digits = s[1] == 'x' ? 2 : s[1] == 'u' ? 4 : s[1] == 'U' ? 5 : 0;
		char hex[8] = "";
		snprintf(hex, sizeof(hex), "%.*s", digits, s + 2);
		if (s[1] == 'x')
			buf_chr(&b, (char)strtoul(hex, NULL, 16));
		else if (digits)
			text_put(&b, (uint32_t)strtoul(hex, NULL, 16));
		else
			buf_chr(&b, s[1] == 'n' ? '\n' : s[1] == 'r' ? '\r' : s[1] == 't' ? '\t' : s[1] == '_' ? ' ' : s[1]);
		s += 2 + digits;
	}
	return arena_dupn(a, b.data, b.len);
}

static void one_row(int line, char **field, int n)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;

	ck_assert_msg(n == 1 || n == 2, "line %d: one field or two wanted", line);
	every_letter(unescape(&a, field[0]), unescape(&a, field[n - 1]));
}

START_TEST(values_stay_values)
{
	tap_table("tests/cases/hostile-values.txt", one_row);
}
END_TEST

START_TEST(long_values_stay_whole)
{
	static const char *const units[] = {
		"a", "Å", "Förvaltning ", "\xf0\x9f\x98\x80", "|", "*", "<b>", "[", "{{", "`", "&", "_", "a-",
	};

	for (size_t i = 0; i < ARRAY_LEN(units); i++) {
		struct buf b AUTO(buf_release) = BUF_INIT;

		for (int n = 0; n < 300; n++)
			buf_str(&b, units[i]);
		every_letter(b.data, b.data);
	}
}
END_TEST

/* A flow makes its links itself; whatever got into one, a letter leads nowhere. */
START_TEST(links_are_mail_or_pages)
{
	static const char *const links[] = {
		"javascript:alert(1)", "data:text/html,x", "http://evil.test/", "//evil.test", "x", "file:///etc",
		"JaVaScRiPt:x", "vbscript:x", "",
	};

	for (size_t i = 0; i < ARRAY_LEN(links); i++) {
		struct arena a AUTO(arena_release) = ARENA_INIT;
		struct rendered r AUTO(rendered_release) = RENDERED_INIT;
		struct tset values;
		struct err e = ERR_INIT;

		fill(&a, HARMLESS, true, &values);
		tset_text(&a, &values, "approve_link", links[i]);
		ck_assert_int_eq(templates_letter(NULL, "sv", "invitation", &values, &r, &e), -1);
		ck_assert_ptr_nonnull(strstr(e.text, "a link must begin with mailto: or https://"));
	}
}
END_TEST

START_TEST(every_letter_says_who_and_why)
{
	static const char *const always[] = { "body", "municipality", "ref", "contact_role", "contact_address",
	                                      "contact_phone", "privacy_link", "registry_no" };
	struct arena a AUTO(arena_release) = ARENA_INIT;

	for (size_t l = 0; l < ARRAY_LEN(languages); l++)
		for (size_t t = 0; t < template_count; t++) {
			struct rendered r AUTO(rendered_release) = RENDERED_INIT;
			struct tset values;
			struct err e = ERR_INIT;

			letter_sample_values(&a, &values);
			for (size_t i = 0; i < ARRAY_LEN(always); i++)
				tset_text(&a, &values, always[i], arena_fmt(&a, "<%s>", always[i]));
			ck_assert(!templates_letter(NULL, languages[l], template_names[t], &values, &r, &e));
			for (size_t i = 0; i < ARRAY_LEN(always); i++)
				ck_assert_msg(strstr(r.text.data, arena_fmt(&a, "<%s>", always[i])) != NULL,
				              "%s/%s says no %s", languages[l], template_names[t], always[i]);
			ck_assert_ptr_nonnull(strstr(r.text.data, l ? "public records" : "allmänna handlingar"));
			ck_assert_msg(text_ends(r.subject.data, " [<ref>]"), "%s", r.subject.data);
		}
}
END_TEST

/* A letter as the pass would word it; `object` is what it is about. */
static void subject_of(const char *language, const char *name, const char *object, bool single,
                       struct rendered *r)
{
	static const char *const facts[][2] = {
		{ "municipality", "Tallvinge kommun" }, { "body", "Kommunstyrelsen" },
		{ "ref", "TGR-27-0042-K7QD" }, { "deadline_short", "12 mars" }, { "count", "12" },
		{ "meeting_short", "17 mars" }, { "from_short", "1 april" }, { "quarter", "kvartal 1 2027" },
		{ "overdue_count", "7" }, { "event_short", "3 februari" }, { "holder", "Rektor A" },
		{ "today_short", "12 mars" }, { "week", "3" }, { "waiting_count", "2" },
	};
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct tset values;
	struct err e = ERR_INIT;

	fill(&a, HARMLESS, single, &values);
	for (size_t i = 0; i < ARRAY_LEN(facts); i++)
		tset_text(&a, &values, facts[i][0], facts[i][1]);
	tset_text(&a, &values, "object", object);
	ck_assert_msg(!templates_letter(NULL, language, name, &values, r, &e), "%s", e.text);
}

/* The day stands within what a telephone shows of a subject. */
static void check_glance(int line, const char *subject)
{
	static const char *const days[] = { "12 mars", "17 mars", "1 april", "kvartal 1 2027", "3 februari" };

	for (size_t i = 0; i < ARRAY_LEN(days); i++) {
		const char *at = strstr(subject, days[i]);

		ck_assert_msg(!at || at + strlen(days[i]) <= subject + 40, "line %d: %s", line, subject);
	}
}

static bool subject_seen[2][64];

static void one_subject(int line, char **field, int n)
{
	static const char REF[] = " [TGR-27-0042-K7QD]";
	struct rendered r AUTO(rendered_release) = RENDERED_INIT;
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct buf longer AUTO(buf_release) = BUF_INIT;

	ck_assert_msg(n == 4 && text_ends(field[3], " [ref]"), "line %d: four fields, [ref] last", line);
	bool single = !strcmp(field[2], "one");
	subject_of(field[0], field[1], single ? "förteckningen" : "12 granskningar", single, &r);
	const char *want = arena_fmt(&a, "%.*s%s", (int)strlen(field[3]) - 6, field[3], REF);
	ck_assert_msg(!strcmp(r.subject.data, want), "line %d: %s", line, r.subject.data);
	check_glance(line, want);
	for (int i = 0; i < 60; i++)
		buf_str(&longer, "förord");
	subject_of(field[0], field[1], longer.data, single, &r);
	ck_assert_msg(text_width(r.subject.data) <= 150 && text_ends(r.subject.data, REF), "line %d: %s", line,
	              r.subject.data);
	ck_assert_msg(text_starts(r.subject.data, arena_fmt(&a, "%.12s", want)), "line %d: %s", line,
	              r.subject.data);
	for (size_t t = 0; t < template_count; t++)
		if (!strcmp(template_names[t], field[1]))
			subject_seen[*field[0] == 'e'][t] = true;
}

START_TEST(subjects_say_what_and_when_first)
{
	tap_table("tests/cases/subjects.txt", one_subject);
	for (size_t l = 0; l < ARRAY_LEN(languages); l++)
		for (size_t t = 0; t < template_count; t++)
			ck_assert_msg(subject_seen[l][t], "subjects.txt has no row for %s %s", languages[l],
			              template_names[t]);
}
END_TEST

static void save(const char *path, const char *text)
{
	FILE *f = fopen(path, "w");

	ck_assert_ptr_nonnull(f);
	ck_assert_int_ge(fputs(text, f), 0);
	ck_assert_int_eq(fclose(f), 0);
}

static const char *body_in(struct templates *t, instant pass, const char *dir, struct rendered *r)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct tset values;
	struct err e = ERR_INIT;

	letter_sample_values(&a, &values);
	return templates_render(t, pass, dir, "sv", "receipt", &values, r, &e) ? "" : r->text.data;
}

/* What a site mends holds from the next pass on; what cannot be read is not kept. */
START_TEST(templates_are_read_once_a_pass)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct rendered r AUTO(rendered_release) = RENDERED_INIT;
	struct templates t = { .n = 0 };
	char dir[] = "/tmp/templates-XXXXXX";

	ck_assert_ptr_nonnull(mkdtemp(dir));
	const char *sv = arena_fmt(&a, "%s/sv", dir), *letter = arena_fmt(&a, "%s/receipt.md", sv),
	           *part = arena_fmt(&a, "%s/part-x.md", sv);
	ck_assert_int_eq(mkdir(sv, 0700), 0);
	save(letter, "Subject: S\n\none {{> part-x}}\n");
	ck_assert_str_eq(body_in(&t, 1, dir, &r), "");
	save(part, "{{ref}}");
	ck_assert_str_eq(body_in(&t, 1, dir, &r), "one ref\n");
	save(part, "other");
	save(letter, "Subject: S\n\ntwo {{> part-x}}\n");
	ck_assert_str_eq(body_in(&t, 1, dir, &r), "one ref\n");
	ck_assert_str_eq(body_in(&t, 2, dir, &r), "two other\n");
	save(letter, "Subject: S\n\n{{#open}}\n");
	ck_assert_str_eq(body_in(&t, 3, dir, &r), "");
	ck_assert_str_eq(body_in(&t, 3, dir, &r), "");
	arena_release(&t.arena);
	ck_assert(!remove(letter) && !remove(part) && !remove(sv) && !remove(dir));
}
END_TEST

int main(void)
{
	Suite *s = suite_create("letters");
	TCase *t = tcase_create("letters");

	mallopt(M_MMAP_THRESHOLD, 64 << 20); /* many small lives: keep the memory */
	mallopt(M_TRIM_THRESHOLD, 256 << 20);
	tcase_set_timeout(t, 0);
	tcase_add_test(t, values_stay_values);
	tcase_add_test(t, long_values_stay_whole);
	tcase_add_test(t, links_are_mail_or_pages);
	tcase_add_test(t, subjects_say_what_and_when_first);
	tcase_add_test(t, every_letter_says_who_and_why);
	tcase_add_test(t, templates_are_read_once_a_pass);
	suite_add_tcase(s, t);
	return tap_run(s);
}
