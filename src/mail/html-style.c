/* SPDX-License-Identifier: EUPL-1.2 */
#include <libxml/tree.h>
#include <stdlib.h>
#include <string.h>

#include "base/attr.h"
#include "base/text.h"
#include "src/mail/internal.h"

/* As much of CSS as can make text invisible: the style attribute, and rules
 * of a style sheet by element, class or id. */
enum { RULES = 400, SHEET = 256 << 10 };

struct html_rule {
	const char *selector; /* its last part: "p", ".x", "#y", "p.x" */
	struct html_look look;
};

static char *squeeze(char *s)
{
	char *to = s;

	for (const char *c = s; *c; c++)
		if (*c != ' ')
			*to++ = *c;
	*to = '\0';
	return s;
}

const char *html_attribute(struct arena *a, const xmlNode *node, const char *name, bool spaces)
{
	for (const xmlAttr *at = node->properties; at; at = at->next) {
		if (!raw_equal((const char *)at->name, name))
			continue;
		const xmlNode *value = at->children;
		if (!value || !value->content || strlen((const char *)value->content) > HTML_ATTRIBUTE)
			break;
		char *s = text_fold(a, (const char *)value->content);
		return spaces ? s : squeeze(s);
	}
	return "";
}

/* ---- what a declaration does ---- */

static bool declares(const char *style, const char *what)
{
	return strstr(style, what) != NULL;
}

/* "font-size:0", "0px", "0.1em": nothing that an eye sees. */
static bool tiny(const char *style, const char *property, double most)
{
	for (const char *at = strstr(style, property); at; at = strstr(at + 1, property)) {
		char *end;
		const char *value = at + strlen(property);
		double n = strtod(value, &end);
		double unit = text_starts(end, "em") || text_starts(end, "rem") ? 12 :
		              *end == '%' ? 0.12 : 1;
		if (end > value && n * unit <= most)
			return true;
	}
	return false;
}

/* Escapes and comments inside a declaration ("line\\2dthrough") are written to
 * be read otherwise; in names between quotes Word writes them too. */
static bool disguised(const char *style)
{
	char quote = '\0';

	for (; *style; style++) {
		if (quote)
			quote = *style == quote ? '\0' : quote;
		else if (*style == '"' || *style == '\'')
			quote = *style;
		else if (*style == '\\' || (*style == '/' && style[1] == '*'))
			return true;
	}
	return false;
}

/* Words that a style sheet writes before or after an element's own. */
static bool writes_words(const char *style)
{
	for (const char *at = strstr(style, ";content:"); at; at = strstr(at + 1, ";content:")) {
		const char *v = at + strlen(";content:");
		for (char quote = *v == '"' || *v == '\'' ? *v++ : '\0'; quote && *v && *v != quote; v++)
			if (*v == '\\' || (unsigned char)*v >= 0xC3 || (*v >= 'a' && *v <= 'z'))
				return true;
		if (text_starts(v, "attr("))
			return true;
	}
	return false;
}

/* Word moves the number of an item left by 18pt; so far that nobody sees it moves only who
 * wants that. */
static bool moved_out(const char *style)
{
	static const char property[] = ";text-indent:-";
	static const struct {
		const char *name;
		double px;
	} units[] = { { "in", 96 }, { "cm", 38 }, { "mm", 4 }, { "pc", 16 }, { "em", 16 }, { "rem", 16 },
	              { "ch", 16 }, { "ex", 16 }, { "%", 10 }, { "v", 10 } };

	for (const char *at = strstr(style, property); at; at = strstr(at + 1, property)) {
		char *end;
		double px = strtod(at + sizeof(property) - 1, &end);
		for (size_t i = 0; i < ARRAY_LEN(units); i++)
			if (text_starts(end, units[i].name)) {
				px *= units[i].px;
				break;
			}
		if (px >= 100)
			return true;
	}
	return false;
}

static bool is_hidden(const char *style)
{
	static const char *const ways[] = {
		";display:none", "mso-hide:all", ";visibility:hidden", ";visibility:collapse",
		";opacity:0;", ";opacity:0.0", ";opacity:.0", "left:-9", "top:-9",
		"transform:scale(0", "clip:rect(0", "clip-path:inset(100", ";content-visibility:hidden",
		";font:0", "filter:opacity(0", ";zoom:0;", ";filter:alpha(opacity=0",
	};

	for (size_t i = 0; i < ARRAY_LEN(ways); i++)
		if (declares(style, ways[i]))
			return true;
	if (disguised(style) || moved_out(style))
		return true;
	bool cut = declares(style, "overflow:hidden");
	return tiny(style, ";font-size:", 2) || tiny(style, "max-height:", 0) ||
	       (cut && (tiny(style, ";height:", 1) || tiny(style, ";width:", 1)));
}

/* ---- colours ---- */

long html_colour(const char *v)
{
	static const struct {
		const char *name;
		long rgb;
	} names[] = {
		{ "white", 0xFFFFFF }, { "black", 0 }, { "snow", 0xFFFAFA }, { "ivory", 0xFFFFF0 },
		{ "whitesmoke", 0xF5F5F5 }, { "ghostwhite", 0xF8F8FF }, { "floralwhite", 0xFFFAF0 },
		{ "azure", 0xF0FFFF }, { "mintcream", 0xF5FFFA }, { "seashell", 0xFFF5EE },
		{ "window", 0xFFFFFF }, { "windowtext", 0 }, { "red", 0xFF0000 }, { "blue", 0xFF },
		{ "yellow", 0xFFFF00 }, { "green", 0x8000 }, { "navy", 0x80 }, { "gray", 0x808080 },
		{ "grey", 0x808080 }, { "silver", 0xC0C0C0 }, { "lightyellow", 0xFFFFE0 },
	};
	unsigned c[4] = { 0 };
	int n = 0;

	if (!*v)
		return -1;
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		size_t len = strlen(names[i].name);
		if (strncmp(v, names[i].name, len) == 0 && (!v[len] || strchr(";!", v[len])))
			return names[i].rgb;
	}
	if (*v == '#') {
		size_t len = strspn(v + 1, "0123456789abcdef");
		long rgb = strtol(v + 1, NULL, 16);
		if (len == 3)
			return (rgb >> 8 & 15) * 0x110000 + (rgb >> 4 & 15) * 0x1100 + (rgb & 15) * 0x11;
		return len == 6 ? rgb : -1;
	}
	if (!text_starts(v, "rgb(") && !text_starts(v, "rgba("))
		return -1;
	for (v = strchr(v, '('); n < 3 && v && *v && *v != ')'; n++, v += strcspn(v, ",)"))
		c[n] = (unsigned)strtoul(v + 1, NULL, 10) & 0xFF;
	return n == 3 ? (long)(c[0] << 16 | c[1] << 8 | c[2]) : -1;
}

/* Clear, or said in a way that is not read here: then nobody vouches for it. */
static bool see_through(const char *v)
{
	static const char *const ways[] = { "transparent", "rgba(0,0,0,0)", "hsl", "hwb(", "lab(",
	                                    "lch(", "okl", "color(", "color-mix(" };

	for (size_t i = 0; i < ARRAY_LEN(ways); i++)
		if (text_starts(v, ways[i]))
			return true;
	size_t len = *v == '#' ? strspn(v + 1, "0123456789abcdef") : 0;
	if (len == 4 || len == 8) /* the last is how dense it is */
		return true;
	const char *dense = text_starts(v, "rgba(") ? strchr(v, ')') : NULL;
	while (dense && dense > v && dense[-1] != ',')
		dense--;
	return dense && strtod(dense, NULL) < 0.3;
}

static void read_colours(const char *style, struct html_look *out)
{
	for (const char *at = style; (at = strchr(at, ';')) != NULL;) {
		at++;
		long c = -1;
		const char *prefix = "-webkit-text-fill-";
		at += text_starts(at, prefix) ? strlen(prefix) : 0;
		if (text_starts(at, "color:")) {
			c = html_colour(at + strlen("color:"));
			if (see_through(at + strlen("color:")))
				c = out->paper;
			out->ink = c >= 0 ? c : out->ink;
		} else if (text_starts(at, "background-color:") || text_starts(at, "background:")) {
			const char *value = strchr(at, ':') + 1;
			c = see_through(value) ? -1 : html_colour(value);
			out->paper = c >= 0 ? c : out->paper;
		}
	}
}

void html_look_read(const char *style, struct html_look *out)
{
	out->hidden = out->hidden || is_hidden(style);
	out->struck = out->struck || declares(style, "line-through");
	read_colours(style, out);
}

bool html_invisible(long ink, long paper)
{
	for (int shift = 0; shift <= 16; shift += 8) {
		long d = (ink >> shift & 0xFF) - (paper >> shift & 0xFF);
		if (d > 0x28 || d < -0x28)
			return false;
	}
	return true;
}

/* ---- style sheets ---- */

/* Blanks comments, and what is said for print or a dark screen only. */
static void blank_asides(char *css)
{
	for (char *at; (at = strstr(css, "/*")) != NULL || (at = strstr(css, "<!--")) != NULL;) {
		char *end = *at == '/' ? strstr(at + 2, "*/") : at + 2;
		end = end ? end + 2 : at + strlen(at);
		memset(at, ' ', (size_t)(end - at));
	}
	for (char *at = css; (at = strstr(at, "@media")) != NULL; at++) {
		char *open = strchr(at, '{');
		if (!open)
			break;
		*open = '\0';
		bool aside = strstr(at, "print") || strstr(at, "dark");
		*open = ' ';
		int depth = 1;
		char *end = open + 1;
		for (; aside && *end && depth; end++)
			depth += *end == '{' ? 1 : *end == '}' ? -1 : 0;
		memset(at, ' ', (size_t)((aside ? end : open) - at));
	}
}

static void add_rules(struct arena *a, char *selectors, char *declarations, struct html_css *out)
{
	struct html_look look = { .ink = -1, .paper = -1 };

	const char *style = arena_fmt(a, ";%s;", squeeze(declarations));
	if (*selectors == '@') /* Word's lists and fonts: no element's look */
		return;
	out->writes_words = out->writes_words || writes_words(style);
	html_look_read(style, &look);
	if (!look.hidden && !look.struck && look.ink < 0 && look.paper < 0)
		return;
	for (char *one = selectors; one;) {
		char *next = strchr(one, ',');
		if (next)
			*next++ = '\0';
		for (size_t n = strlen(one); n && one[n - 1] == ' '; n--)
			one[n - 1] = '\0';
		char *space = strrchr(one, ' ');
		one = space ? space + 1 : one;
		/* ":hover" and the like say nothing of how it looks at first. */
		out->too_much = out->too_much || out->n == RULES;
		if (*one && !strpbrk(one, ":[") && out->n < RULES) {
			out->at = arena_grow(a, out->at, out->n, &out->cap, sizeof(*out->at));
			out->at[out->n++] = (struct html_rule){ .selector = one, .look = look };
		}
		one = next;
	}
}

static void read_sheet(struct arena *a, const char *content, struct html_css *out)
{
	if (strlen(content) > SHEET) {
		out->too_much = true;
		return;
	}
	char *css = text_fold(a, content);
	blank_asides(css);
	for (char *next; *css; css = next) {
		char *open = strchr(css, '{'), *close = open ? strchr(open, '}') : NULL;
		if (!open)
			return;
		next = close ? close + 1 : open + 1 + strlen(open + 1); /* the end closes it too */
		*open = '\0';
		if (close)
			*close = '\0';
		css += strspn(css, " }");
		add_rules(a, css, open + 1, out);
	}
}

void html_css_read(struct arena *a, const xmlNode *root, struct html_css *out)
{
	const xmlNode *node = root;

	*out = (struct html_css){ .at = NULL };
	while (node) {
		bool element = node->type == XML_ELEMENT_NODE;
		if (element && raw_equal((const char *)node->name, "style") && node->children &&
		    node->children->content)
			read_sheet(a, (const char *)node->children->content, out);
		if (element && node->children) {
			node = node->children;
			continue;
		}
		while (node && node != root && !node->next)
			node = node->parent;
		node = node && node != root ? node->next : NULL;
	}
}

static bool has_word(const char *words, const char *word, size_t len)
{
	for (const char *at = words; *at; at += strcspn(at, " "), at += strspn(at, " "))
		if (strcspn(at, " ") == len && strncmp(at, word, len) == 0)
			return true;
	return false;
}

static bool selects(const char *selector, const char *name, const char *classes, const char *id)
{
	size_t len = strcspn(selector, ".#");

	if (len && *selector != '*' && (strlen(name) != len || strncmp(selector, name, len) != 0))
		return false;
	for (const char *at = selector + len; *at; at += len + 1) {
		len = strcspn(at + 1, ".#");
		if (*at == '.' ? !has_word(classes, at + 1, len)
		               : strlen(id) != len || strncmp(at + 1, id, len) != 0)
			return false;
	}
	return true;
}

void html_css_look(const struct html_css *css, const char *name, const char *classes,
                   const char *id, struct html_look *out)
{
	for (size_t i = 0; i < css->n; i++) {
		const struct html_look *look = &css->at[i].look;
		if (!selects(css->at[i].selector, name, classes, id))
			continue;
		out->hidden = out->hidden || look->hidden;
		out->struck = out->struck || look->struck;
		out->ink = look->ink >= 0 ? look->ink : out->ink;
		out->paper = look->paper >= 0 ? look->paper : out->paper;
	}
}
