/* SPDX-License-Identifier: EUPL-1.2 */
#include <limits.h>
#include <md4c-html.h>
#include <string.h>

#include "base/text.h"
#include "escape.h"
#include "mail/template.h"
#include "template-tags.h"

static const char SUBJECT[] = "Subject:";

/* What mail clients agree on: one short style sheet that can be lost without
 * harm; nothing is fetched from anywhere. On a telephone a long word is broken
 * rather than a column lost; contrasts are above 7:1, light and dark. */
static const char STYLE[] =
	"body{font-family:Arial,Helvetica,sans-serif;font-size:16px;line-height:1.5;"
	"color:#1a1a1a;background:#fff;max-width:44em}"
	"table{border-collapse:collapse}"
	"th,td{border:1px solid #767676;padding:.3em .6em;text-align:left;vertical-align:top}"
	"p,li,td{overflow-wrap:break-word;hyphens:auto}"
	".d{white-space:nowrap}"
	"a{color:#0b4f8a}"
	"@media(max-width:480px){td{overflow-wrap:anywhere}th,td{padding:.2em .3em;font-size:14px}}"
	"@media(prefers-color-scheme:dark){body{color:#e8e8e8;background:#1a1a1a}"
	"th,td{border-color:#8c8c8c}a{color:#9ccbff}}";

static void take(const MD_CHAR *bytes, MD_SIZE len, void *out)
{
	buf_add(out, bytes, len);
}

int markdown_html(const char *markdown, struct buf *out, struct err *e)
{
	const unsigned flags = MD_FLAG_TABLES | MD_FLAG_NOHTML | MD_FLAG_NOINDENTEDCODEBLOCKS;
	size_t len = strlen(markdown);

	if (len > INT_MAX || md_html(markdown, (MD_SIZE)len, take, out, flags, 0))
		return err_set(e, ERR_USAGE, "the Markdown could not be made into HTML");
	return 0;
}

void rendered_release(struct rendered *r)
{
	buf_release(&r->subject);
	buf_release(&r->text);
	buf_release(&r->html);
}

static void rendered_clear(struct rendered *r)
{
	buf_clear(&r->subject);
	buf_clear(&r->text);
	buf_clear(&r->html);
}

/* Where the subject stands and where the body starts. */
struct layout {
	size_t subject, subject_end, body;
};

static int find_layout(const char *name, const char *text, struct layout *l, struct err *e)
{
	const char *line_end = strchr(text, '\n');

	if (!text_starts(text, SUBJECT) || !line_end)
		return err_set(e, ERR_USAGE, "%s:1: the first line must be \"Subject: …\"", name);
	const char *second = line_end + 1;
	if (*second == '\r')
		second++;
	if (*second != '\n')
		return err_set(e, ERR_USAGE, "%s:2: an empty line must follow the subject", name);
	*l = (struct layout){ .subject = sizeof(SUBJECT) - 1,
	                      .subject_end = (size_t)(line_end - text),
	                      .body = (size_t)(second + 1 - text) };
	return 0;
}

/* The first of these at which the subject fits; the last one otherwise. A ref
 * is shorter than any, and so is a day. */
static const size_t value_lengths[] = { 0, 70, 50, 40, 30 };

struct letter_template {
	const char *name;
	struct template *subject, *body;
};

static int render_subject(const struct letter_template *l, struct template_mode mode,
                          const struct tset *values, struct buf *out, struct err *e)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct buf raw AUTO(buf_release) = BUF_INIT;
	const char *tidy = "";

	for (size_t i = 0; i < ARRAY_LEN(value_lengths); i++) {
		mode.longest = value_lengths[i];
		buf_clear(&raw);
		if (template_put(l->subject, &mode, values, &raw, e))
			return -1;
		tidy = text_tidy(&a, raw.data);
		if (text_width(tidy) <= SUBJECT_COLUMNS)
			break;
	}
	if (!*tidy)
		return err_set(e, ERR_USAGE, "%s:1: the subject is empty", l->name);
	buf_str(out, tidy);
	return 0;
}

/* Nothing in a letter is fetched when it is opened, and a link leads to a mail
 * or to a page that cannot be read on the way. A "<" in a value is not one
 * here. */
static int check_links(const char *html, struct err *e)
{
	static const char LINK[] = "<a href=\"";

	if (strstr(html, "<img "))
		return err_set(e, ERR_USAGE, "a letter has no pictures: they would be fetched from elsewhere");
	for (const char *at = strstr(html, LINK); at; at = strstr(at, LINK)) {
		at += sizeof(LINK) - 1;
		if (!text_starts(at, "mailto:") && !text_starts(at, "https://"))
			return err_set(e, ERR_USAGE, "a link must begin with mailto: or https://, not \"%.*s\"",
			               (int)strcspn(at, "\""), at);
	}
	return 0;
}

static bool is_date(const char *text)
{
	static const char shape[] = "dddd-dd-dd";

	for (size_t i = 0; shape[i]; i++)
		if (shape[i] == 'd' ? text[i] < '0' || text[i] > '9' : text[i] != shape[i])
			return false;
	return text_starts(text + sizeof(shape) - 1, "</td>");
}

/* Narrow columns break words where they must; a date that is alone in its cell is not one. */
static void put_body(const char *html, struct buf *out)
{
	static const char CELL[] = "<td>";
	const char *from = html;

	for (const char *at = strstr(html, CELL); at; at = strstr(at, CELL)) {
		at += sizeof(CELL) - 1;
		if (!is_date(at))
			continue;
		buf_add(out, from, (size_t)(at - 1 - from));
		buf_str(out, " class=\"d\">");
		from = at;
	}
	buf_str(out, from);
}

static int render_html(const char *language, const char *subject, const char *markdown,
                       struct buf *out, struct err *e)
{
	struct buf body AUTO(buf_release) = BUF_INIT;

	buf_str(out, "<!DOCTYPE html>\n<html lang=\"");
	escape_html(language, out);
	buf_str(out, "\">\n<head>\n<meta charset=\"utf-8\">\n"
	             "<meta name=\"viewport\" content=\"width=device-width\">\n"
	             "<meta name=\"color-scheme\" content=\"light dark\">\n<title>");
	escape_html(subject, out);
	buf_str(out, "</title>\n<style>");
	buf_str(out, STYLE);
	buf_str(out, "</style>\n</head>\n<body>\n");
	if (markdown_html(markdown, &body, e) || check_links(body.data, e))
		return -1;
	put_body(body.data, out);
	buf_str(out, "</body>\n</html>\n");
	return 0;
}

int letter_template_read(struct arena *a, const char *name, const char *text,
                         const struct template_parts *parts, struct letter_template **out,
                         struct err *e)
{
	struct letter_template *t = arena_alloc(a, sizeof(*t));
	struct layout l = { 0 };

	t->name = name;
	if (find_layout(name, text, &l, e)
	    || template_read(a, name, text, l.subject, l.subject_end, parts, &t->subject, e)
	    || template_read(a, name, text, l.body, strlen(text), parts, &t->body, e))
		return -1;
	*out = t;
	return 0;
}

int letter_template_render(struct letter_template *t, const struct tset *values,
                           const char *language, struct rendered *out, struct err *e)
{
	const struct template_mode as_text = { .escape = ESCAPE_NONE },
	                           as_markdown = { .escape = ESCAPE_MARKDOWN };
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct buf text AUTO(buf_release) = BUF_INIT, markdown AUTO(buf_release) = BUF_INIT;
	struct tset for_text = { .outer = values }, for_html = { .outer = values };

	tset_flag(&a, &for_text, "html", false);
	tset_flag(&a, &for_html, "html", true);
	rendered_clear(out);
	if (render_subject(t, as_text, &for_text, &out->subject, e)
	    || template_put(t->body, &as_text, &for_text, &text, e)
	    || template_put(t->body, &as_markdown, &for_html, &markdown, e))
		return -1;
	wrap_text(text.data, &out->text);
	if (render_html(language, out->subject.data, markdown.data, &out->html, e))
		return err_wrap(e, "%s", t->name);
	return 0;
}

int template_letter(const char *name, const char *text, const struct template_parts *parts,
                    const struct tset *values, const char *language, struct rendered *out,
                    struct err *e)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct letter_template *t;

	return letter_template_read(&a, name, text, parts, &t, e)
	       || letter_template_render(t, values, language, out, e) ? -1 : 0;
}

int template_check(const char *name, const char *text, const struct template_parts *parts,
                   const struct tset *values, struct err *e)
{
	const struct template_mode all = { .escape = ESCAPE_NONE, .all = true };
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct buf scratch AUTO(buf_release) = BUF_INIT;
	struct tset v = { .outer = values };
	struct letter_template *t;

	tset_flag(&a, &v, "html", true);
	if (letter_template_read(&a, name, text, parts, &t, e)
	    || render_subject(t, all, &v, &scratch, e))
		return -1;
	return template_put(t->body, &all, &v, &scratch, e);
}
