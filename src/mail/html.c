/* SPDX-License-Identifier: EUPL-1.2 */
#include <libxml/HTMLparser.h>
#include <stdlib.h>
#include <string.h>

#include "base/attr.h"
#include "base/text.h"
#include "src/mail/internal.h"

/* libxml2 stops at depth 256; the few more are for what wraps a body. */
enum { MAX_DEPTH = 300, MAX_STYLED = 20000, MAX_ATTRIBUTES = 1000, MAX_NUMBER = 9999 };

static const char struck_mark[] = "✂"; /* before what somebody struck out in a quote */

/* What is being written: lines, quoted or not. */
struct writer {
	struct buf out;
	struct html_css css;
	bool line_begun, space, quote_rest;
	bool no_signature; /* leave out what is marked as one */
	bool signature;    /* something is */
	int quoted, skipped, hidden, struck, preformatted;
	int number; /* of the next item, in a numbered list; 0: in none */
	int item;   /* the number of the one that begins; 0: none does */
	long ink, paper;
	size_t styled;
	const char **doubt;
};

/* How it was outside an element, to go back to. */
struct outside {
	int what, number;
	long ink, paper;
};

static bool is_block(const char *name)
{
	static const char *const blocks[] = {
		"p", "div", "tr", "table", "ul", "ol", "li", "h1", "h2", "h3", "h4", "h5", "h6",
		"blockquote", "hr", "pre", "address", "section", "article", "header", "footer",
		"body", "form", "dl", "dt", "dd", "center",
	};

	return html_among(name, blocks, ARRAY_LEN(blocks));
}

static bool is_skipped(const char *name)
{
	static const char *const skipped[] = { "style", "script", "title", "head", "template",
	                                       "noscript", "textarea", "select", "object" };

	return html_among(name, skipped, ARRAY_LEN(skipped));
}

/* What shows words, or another page, that are not in the text. */
static bool shows_unread(const char *name)
{
	static const char *const shown[] = { "input", "textarea", "select", "iframe", "frame", "object",
	                                     "embed", "canvas", "svg", "video", "math" };

	return html_among(name, shown, ARRAY_LEN(shown));
}

/* Of those that say how it looks. */
static size_t longest_attribute(const xmlNode *node)
{
	static const char *const read[] = { "style", "class", "id" };
	size_t most = 0;

	for (const xmlAttr *at = node->properties; at; at = at->next) {
		size_t len = at->children && at->children->content ? strlen((const char *)at->children->content) : 0;
		/* A class is compared with each rule: so many are no honest list. */
		len *= raw_equal((const char *)at->name, "class") ? 4 : 1;
		if (html_among((const char *)at->name, read, ARRAY_LEN(read)) && len > most)
			most = len;
	}
	return most;
}

static bool has_attribute(const xmlNode *node, const char *name)
{
	for (const xmlAttr *at = node->properties; at; at = at->next)
		if (raw_equal((const char *)at->name, name))
			return true;
	return false;
}

static bool says(const char *s) /* a letter or a digit */
{
	for (; *s; s++)
		if ((unsigned char)*s >= 0xC3 || (*s >= '0' && *s <= '9') || (*s >= 'a' && *s <= 'z') ||
		    (*s >= 'A' && *s <= 'Z'))
			return true;
	return false;
}

static void end_line(struct writer *w)
{
	if (w->line_begun)
		buf_chr(&w->out, '\n');
	w->line_begun = false;
	w->space = false;
}

static void begin_line(struct writer *w)
{
	if (w->line_begun)
		return;
	if (w->quoted || w->quote_rest)
		buf_str(&w->out, "> ");
	w->line_begun = true;
}

static void put_word(struct writer *w, const char *s, size_t len)
{
	begin_line(w);
	if (w->space)
		buf_chr(&w->out, ' ');
	if (w->item)
		buf_fmt(&w->out, "%d. ", w->item);
	w->item = 0;
	w->space = false;
	buf_add(&w->out, s, len);
}

static void put_text(struct writer *w, const char *s)
{
	if (w->skipped || w->out.len > MAIL_MAX_TEXT)
		return;
	if (!w->quoted && !w->quote_rest && says(s)) {
		if (w->hidden)
			*w->doubt = "some text is hidden";
		else if (w->struck)
			*w->doubt = "some text is struck out";
		else if (html_invisible(w->ink, w->paper))
			*w->doubt = "some text may be invisible";
	} else if (w->struck && says(s)) { /* seen where it is a quote of ours */
		put_word(w, struck_mark, strlen(struck_mark));
		w->space = true;
	}
	while (*s && !w->hidden) {
		size_t len = strcspn(s, " \t\n\r");
		if (len) {
			put_word(w, s, len);
		} else if (*s == '\n' && w->preformatted) {
			begin_line(w);
			end_line(w);
		} else {
			w->space = w->line_begun;
		}
		s += len ? len : 1;
	}
}

/* A picture of a face or a thumb is a word. */
static void put_sign(struct arena *a, const xmlNode *node, struct writer *w)
{
	const char *alt = html_attribute(a, node, "alt", false);

	for (const char *at = alt; *at; at++)
		if ((*at >= '0' && *at <= '9') || (*at >= 'a' && *at <= 'z') || (*at >= 'A' && *at <= 'Z') ||
		    (unsigned char)*at == 0xC3) /* Latin letters: the name of a picture */
			return;
	put_text(w, alt);
}

/* 0: it is none, or not as one writes it. */
static int number_of(struct arena *a, const xmlNode *node, const char *name, int otherwise)
{
	const char *text = html_attribute(a, node, name, false);
	long n = *text ? strtol(text, NULL, 10) : otherwise;

	return n > 0 && n <= MAX_NUMBER ? (int)n : 0;
}

/* What a list shows before its items stands in no text. */
static void begin_item(struct arena *a, const xmlNode *node, struct writer *w)
{
	w->item = w->number ? number_of(a, node, "value", w->number) : 0;
	w->number = w->item && w->item < MAX_NUMBER ? w->item + 1 : 0;
}

enum { SKIPS = 1, QUOTES = 2, KEEPS_SPACE = 4, HIDES = 8, STRIKES = 16, BREAKS = 32, ITEM = 64 };

static int looks(struct arena *a, const xmlNode *node, struct writer *w, struct html_look look)
{
	const char *name = (const char *)node->name;
	long ink = html_colour(html_attribute(a, node, "color", false));
	long paper = html_colour(html_attribute(a, node, "bgcolor", false));

	w->ink = ink >= 0 ? ink : look.ink;
	w->paper = paper >= 0 ? paper : look.paper;
	look.struck = look.struck || raw_equal(name, "s") || raw_equal(name, "strike") ||
	              raw_equal(name, "del");
	return (look.hidden || has_attribute(node, "hidden") ? HIDES : 0) | (look.struck ? STRIKES : 0);
}

/* What an element does to the text inside it. */
static int effects(struct arena *a, const xmlNode *node, struct writer *w)
{
	const char *name = (const char *)node->name;
	const char *classes = html_attribute(a, node, "class", true);
	const char *id = html_attribute(a, node, "id", false);
	int what = is_block(name) ? BREAKS : 0;

	if (++w->styled > MAX_STYLED) { /* nobody writes so much by hand */
		*w->doubt = "the HTML has too many elements";
		return what | (is_skipped(name) ? SKIPS : 0);
	}
	const char *style = html_attribute(a, node, "style", false);
	struct html_look look = { .ink = w->ink, .paper = w->paper };
	if (strlen(classes) <= HTML_ATTRIBUTE / 4)
		html_css_look(&w->css, name, classes, id, &look);
	if (*style) {
		style = arena_fmt(a, ";%s;", style);
		html_look_read(style, &look);
	}
	bool signature = html_is_signature(classes, id);
	w->signature = w->signature || signature;
	if (is_skipped(name) || (w->no_signature && signature))
		what |= SKIPS;
	if (html_is_quote(node, classes, html_attribute(a, node, "type", false), id))
		what |= QUOTES;
	if (raw_equal(name, "pre"))
		what |= KEEPS_SPACE;
	if (raw_equal(name, "li"))
		what |= ITEM;
	if (longest_attribute(node) > HTML_ATTRIBUTE && !w->quoted && !w->quote_rest)
		*w->doubt = "the HTML holds an attribute longer than any honest one";
	if (shows_unread(name) && !w->quoted && !w->quote_rest)
		*w->doubt = "the HTML shows what is not read";
	if (html_starts_quote(a, node, id, style)) {
		end_line(w);
		w->quote_rest = true;
	}
	return what | looks(a, node, w, look);
}

static void change(struct writer *w, int what, int by)
{
	w->skipped += what & SKIPS ? by : 0;
	w->hidden += what & HIDES ? by : 0;
	w->struck += what & STRIKES ? by : 0;
	w->quoted += what & QUOTES ? by : 0;
	w->preformatted += what & KEEPS_SPACE ? by : 0;
}

static void enter(struct arena *a, struct writer *w, const xmlNode *node, int what)
{
	const char *name = (const char *)node->name;

	if (what & (BREAKS | QUOTES))
		end_line(w);
	change(w, what, 1);
	if (raw_equal(name, "br")) {
		if (!w->line_begun && !w->skipped)
			begin_line(w);
		end_line(w);
	}
	if (raw_equal(name, "td") || raw_equal(name, "th"))
		w->space = w->line_begun;
	if (raw_equal(name, "img"))
		put_sign(a, node, w);
	if (raw_equal(name, "ul"))
		w->number = 0;
	else if (raw_equal(name, "ol"))
		w->number = number_of(a, node, "start", 1);
	else if (what & ITEM)
		begin_item(a, node, w);
}

static void leave(struct writer *w, const struct outside *was)
{
	if (was->what & (BREAKS | QUOTES))
		end_line(w);
	change(w, was->what, -1);
	w->ink = was->ink;
	w->paper = was->paper;
	w->number = was->number;
	if (was->what & ITEM)
		w->item = 0;
}

static void walk(struct arena *a, const xmlNode *root, struct writer *w)
{
	struct outside was[MAX_DEPTH];
	int depth = 0;
	const xmlNode *node = root;

	while (node) {
		bool element = node->type == XML_ELEMENT_NODE;
		if ((node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE) &&
		    node->content)
			put_text(w, (const char *)node->content);
		if (element) {
			was[depth] = (struct outside){ .ink = w->ink, .paper = w->paper, .number = w->number };
			was[depth].what = effects(a, node, w);
			enter(a, w, node, was[depth].what);
			/* what an item counts is for the next; what a list does is not for what follows */
			if (was[depth].what & ITEM)
				was[depth].number = w->number;
			if (node->children && depth + 1 < MAX_DEPTH) {
				depth++;
				node = node->children;
				continue;
			}
			leave(w, &was[depth]);
		}
		while (node && !node->next) {
			node = depth > 0 ? node->parent : NULL;
			if (node)
				leave(w, &was[--depth]);
		}
		if (node)
			node = node->next;
	}
}

/* *signature, if there is one to leave out. */
static char *written(struct arena *a, const xmlNode *root, const struct html_css *css,
                     bool no_signature, bool *signature, const char **doubt)
{
	struct writer w = { .out = BUF_INIT, .css = *css, .no_signature = no_signature,
	                    .ink = 0, .paper = 0xFFFFFF, .doubt = doubt };

	walk(a, root, &w);
	*signature = w.signature;
	char *text = arena_dupn(a, w.out.data, w.out.len);
	buf_release(&w.out);
	return text;
}

static bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

/* How many attributes a tag may have at most, by its bytes; *end is past it. */
static size_t attributes(const char *at, const char **end)
{
	size_t n = 0;

	for (; *at && *at != '>'; at++) {
		n += *at == '=' || (is_space(*at) && !is_space(at[1]));
		if (*at != '=')
			continue;
		const char *value = at + 1;
		while (is_space(*value))
			value++;
		const char *close = *value == '"' || *value == '\'' ? strchr(value + 1, *value) : NULL;
		at = close ? close : at;
	}
	*end = at;
	return n;
}

/* libxml2 compares each attribute of a tag with all before it. */
static bool too_many_attributes(const char *html)
{
	for (const char *at = html; (at = strchr(at, '<')) != NULL;) {
		char first = (char)(at[1] | 0x20);
		at++;
		if (first >= 'a' && first <= 'z' && attributes(at, &at) > MAX_ATTRIBUTES)
			return true;
	}
	return false;
}

/* "<![if !supportLists]>" and its end, which Word writes around the number of an item; for
 * libxml2 they are text. */
static const char *without_conditions(struct arena *a, const char *html)
{
	if (!strstr(html, "<![if ") && !strstr(html, "<![endif]"))
		return html;
	char *own = arena_dup(a, html);
	for (char *at = own; (at = strstr(at, "<![")) != NULL; at++) {
		size_t len = strcspn(at, ">");
		if ((text_starts(at, "<![if ") || text_starts(at, "<![endif]>")) && at[len])
			memset(at, ' ', len + 1);
	}
	return own;
}

void html_read(struct arena *a, const char *utf8, struct html_read *out)
{
	struct html_css css;
	size_t len = strlen(utf8);
	/* UTF-8 said aloud, so that no <meta> in the body can say otherwise. */
	bool too_much = len > MAIL_MAX_TEXT || too_many_attributes(utf8);
	utf8 = too_much ? utf8 : without_conditions(a, utf8);
	htmlDocPtr doc = too_much ? NULL
		: htmlReadMemory(utf8, (int)len, NULL, "UTF-8",
	                         HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET);
	const xmlNode *root = doc ? xmlDocGetRootElement(doc) : NULL;

	*out = (struct html_read){ .text = arena_dup(a, "") };
	out->unsigned_text = out->text;
	if (too_much)
		out->doubt = "the HTML is too large";
	if (root) {
		html_css_read(a, root, &css);
		if (css.writes_words)
			out->doubt = "a style sheet writes words of its own";
		if (css.too_much)
			out->doubt = "the HTML's style sheets are too long";
		bool signature;
		out->text = written(a, root, &css, false, &signature, &out->doubt);
		out->unsigned_text = !signature ? out->text
			: written(a, root, &css, true, &signature, &out->doubt);
	}
	if (doc)
		xmlFreeDoc(doc);
}
