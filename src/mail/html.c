/* SPDX-License-Identifier: EUPL-1.2 */
#include <libxml/HTMLparser.h>
#include <string.h>

#include "base/attr.h"
#include "base/text.h"
#include "src/mail/internal.h"

/* What is being written: lines, quoted or not. */
struct writer {
	struct buf out;
	bool line_begun, space, quote_rest;
	int quoted, skipped, preformatted;
	const char **doubt;
};

static bool among(const char *name, const char *const *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (raw_equal(name, list[i]))
			return true;
	return false;
}

static bool is_block(const char *name)
{
	static const char *const blocks[] = {
		"p", "div", "tr", "table", "ul", "ol", "li", "h1", "h2", "h3", "h4", "h5", "h6",
		"blockquote", "hr", "pre", "address", "section", "article", "header", "footer",
		"body", "form", "dl", "dt", "dd", "center",
	};

	return among(name, blocks, ARRAY_LEN(blocks));
}

static bool is_skipped(const char *name)
{
	static const char *const skipped[] = { "style", "script", "title", "head", "template",
	                                       "noscript", "textarea", "select", "object" };

	return among(name, skipped, ARRAY_LEN(skipped));
}

/* An attribute folded, with the spaces taken out: "" when there is none. */
static char *attribute(struct arena *a, const xmlNode *node, const char *name)
{
	for (const xmlAttr *at = node->properties; at; at = at->next) {
		if (!raw_equal((const char *)at->name, name))
			continue;
		const xmlNode *value = at->children;
		if (!value || !value->content || strlen((const char *)value->content) > 4096)
			break;
		char *s = text_fold(a, (const char *)value->content), *to = s;
		bool keep_spaces = strcmp(name, "class") == 0;
		for (const char *c = s; *c; c++)
			if (*c != ' ' || keep_spaces)
				*to++ = *c;
		*to = '\0';
		return s;
	}
	return arena_dup(a, "");
}

static bool has_attribute(const xmlNode *node, const char *name)
{
	for (const xmlAttr *at = node->properties; at; at = at->next)
		if (raw_equal((const char *)at->name, name))
			return true;
	return false;
}

static bool has_class(const char *classes, const char *name)
{
	for (const char *at = strstr(classes, name); at; at = strstr(at + 1, name)) {
		size_t len = strlen(name);
		/* Exchange writes x_ before every class that it passes on. */
		bool starts = at == classes || at[-1] == ' ' ||
		              (at >= classes + 2 && at[-1] == '_' && at[-2] == 'x');
		if (starts && (!at[len] || at[len] == ' '))
			return true;
	}
	return false;
}

static bool is_hidden(const char *style)
{
	static const char *const ways[] = { "display:none", "mso-hide:all", "visibility:hidden",
	                                    "font-size:0;", "font-size:0p", "max-height:0" };

	for (size_t i = 0; i < ARRAY_LEN(ways); i++)
		if (strstr(style, ways[i]))
			return true;
	return text_ends(style, "font-size:0");
}

static bool is_quote(const char *name, const char *classes, const char *type)
{
	return (raw_equal(name, "blockquote") && (strcmp(type, "cite") == 0 || !*type)) ||
	       has_class(classes, "gmail_quote") || has_class(classes, "gmail_attr") ||
	       has_class(classes, "moz-cite-prefix") || has_class(classes, "yahoo_quoted") ||
	       has_class(classes, "protonmail_quote");
}

/* Outlook puts no element around what it quotes: all after this is quoted. */
static bool starts_quote(const char *id, const char *style)
{
	static const char *const ids[] = { "divrplyfwdmsg", "appendonsend",
	                                   "mail-editor-reference-message-container" };

	if (text_starts(id, "x_"))
		id += 2;
	return among(id, ids, ARRAY_LEN(ids)) ||
	       strstr(style, "border-top:solid#e1e1e1") || strstr(style, "border-top:solid#b5c4df");
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

static void put_text(struct writer *w, const char *s)
{
	if (w->skipped || w->out.len > MAIL_MAX_TEXT)
		return;
	for (; *s; s++) {
		if (*s == '\n' && w->preformatted) {
			begin_line(w);
			end_line(w);
		} else if (*s == ' ' || *s == '\t' || *s == '\n' || *s == '\r') {
			w->space = w->line_begun;
		} else {
			begin_line(w);
			if (w->space)
				buf_chr(&w->out, ' ');
			w->space = false;
			buf_chr(&w->out, *s);
		}
	}
}

enum { SKIPS = 1, QUOTES = 2, KEEPS_SPACE = 4 };

/* What an element does to the text inside it. */
static int effects(struct arena *a, const xmlNode *node, struct writer *w)
{
	const char *name = (const char *)node->name;
	const char *style = attribute(a, node, "style");
	const char *classes = attribute(a, node, "class");
	int what = 0;

	if (is_skipped(name) || is_hidden(style) || has_attribute(node, "hidden"))
		what |= SKIPS;
	if (is_quote(name, classes, attribute(a, node, "type")))
		what |= QUOTES;
	if (raw_equal(name, "pre"))
		what |= KEEPS_SPACE;
	if (!w->quoted && !w->quote_rest && !w->skipped && !what) {
		if (raw_equal(name, "s") || raw_equal(name, "strike") || raw_equal(name, "del") ||
		    strstr(style, "line-through"))
			*w->doubt = "some text is struck out";
		if (text_starts(style, "color:#fff") || text_starts(style, "color:white") ||
		    strstr(style, ";color:#fff") || strstr(style, ";color:white") ||
		    strstr(style, "opacity:0"))
			*w->doubt = "some text may be invisible";
	}
	if (starts_quote(attribute(a, node, "id"), style)) {
		end_line(w);
		w->quote_rest = true;
	}
	return what;
}

static void enter(struct writer *w, const xmlNode *node, int what)
{
	const char *name = (const char *)node->name;

	w->skipped += (what & SKIPS) != 0;
	if (is_block(name) || (what & QUOTES))
		end_line(w);
	w->quoted += (what & QUOTES) != 0;
	w->preformatted += (what & KEEPS_SPACE) != 0;
	if (raw_equal(name, "br")) {
		if (!w->line_begun && !w->skipped)
			begin_line(w);
		end_line(w);
	}
	if (raw_equal(name, "td") || raw_equal(name, "th"))
		w->space = w->line_begun;
}

static void leave(struct writer *w, const xmlNode *node, int what)
{
	if (is_block((const char *)node->name) || (what & QUOTES))
		end_line(w);
	w->skipped -= (what & SKIPS) != 0;
	w->quoted -= (what & QUOTES) != 0;
	w->preformatted -= (what & KEEPS_SPACE) != 0;
}

/* libxml2 stops at depth 256; the few more are for what wraps a body. */
enum { MAX_DEPTH = 300 };

static void walk(struct arena *a, const xmlNode *root, struct writer *w)
{
	int did[MAX_DEPTH];
	int depth = 0;
	const xmlNode *node = root;

	while (node) {
		bool element = node->type == XML_ELEMENT_NODE;
		if ((node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE) &&
		    node->content)
			put_text(w, (const char *)node->content);
		if (element) {
			did[depth] = effects(a, node, w);
			enter(w, node, did[depth]);
			if (node->children && depth + 1 < MAX_DEPTH) {
				depth++;
				node = node->children;
				continue;
			}
			leave(w, node, did[depth]);
		}
		while (node && !node->next) {
			node = depth > 0 ? node->parent : NULL;
			if (node)
				leave(w, node, did[--depth]);
		}
		if (node)
			node = node->next;
	}
}

char *html_text(struct arena *a, const char *utf8, const char **doubt)
{
	struct writer w = { .out = BUF_INIT, .doubt = doubt };
	size_t len = strlen(utf8);
	/* UTF-8 said aloud, so that no <meta> in the body can say otherwise. */
	htmlDocPtr doc = len > MAIL_MAX_TEXT ? NULL
		: htmlReadMemory(utf8, (int)len, NULL, "UTF-8",
	                         HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET);

	if (doc) {
		walk(a, xmlDocGetRootElement(doc), &w);
		xmlFreeDoc(doc);
	}
	char *text = arena_dupn(a, w.out.data, w.out.len);
	buf_release(&w.out);
	return text;
}
