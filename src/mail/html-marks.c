/* SPDX-License-Identifier: EUPL-1.2 */
#include <libxml/tree.h>
#include <string.h>

#include "base/attr.h"
#include "base/text.h"
#include "src/mail/internal.h"

/* The elements, classes and ids by which mail programs mark what they quote
 * and what they sign with. */

bool html_among(const char *name, const char *const *list, size_t n)
{
	char first = (char)(*name | 0x20); /* most differ in it */

	for (size_t i = 0; i < n; i++)
		if (first == *list[i] && raw_equal(name, list[i]))
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

static bool has_blockquote(const xmlNode *node)
{
	for (const xmlNode *c = node->children; c; c = c->next)
		if (c->type == XML_ELEMENT_NODE && raw_equal((const char *)c->name, "blockquote"))
			return true;
	return false;
}

bool html_is_quote(const xmlNode *node, const char *classes, const char *type, const char *id)
{
	static const char *const names[] = {
		"gmail_attr", "moz-cite-prefix", "yahoo_quoted", "protonmail_quote", "zmail_extra",
		"tutanota_quote", "moz-email-headers-table", "reply-intro", "ydpyahoo_quoted",
		"ms-outlook-mobile-reference-message", "skiptranslate_quote", "hm_quote", "wordquote",
		"moz-forward-container",
	};
	bool block = raw_equal((const char *)node->name, "blockquote");

	for (size_t i = 0; *classes && i < ARRAY_LEN(names); i++)
		if (has_class(classes, names[i]))
			return true;
	if (has_class(id, "reply-intro") || text_starts(id, "yahoo_quoted") ||
	    text_starts(id, "x_yahoo_quoted"))
		return true;
	/* Gmail's div holds what is written between its quotes too. */
	if (has_class(classes, "gmail_quote"))
		return block || !has_blockquote(node);
	return block && (strcmp(type, "cite") == 0 || !*type);
}

/* Outlook and others put no element around what they quote: all after this
 * is quoted. */
bool html_starts_quote(struct arena *a, const xmlNode *node, const char *id, const char *style)
{
	static const char *const ids[] = {
		"divrplyfwdmsg", "appendonsend", "mail-editor-reference-message-container",
		"olk_src_body_section", "zwchr",
		"isforwardcontent", "isreplycontent", "quotedmessage", "orimsghtmlseperator",
	};
	static const char *const greys[] = { "#e1e1e1", "#b5c4df", "rgb(225,225,225)",
	                                     "rgb(181,196,223)" };
	const char *marker = html_attribute(a, node, "data-marker", false);

	if (text_starts(id, "x_"))
		id += 2;
	if (html_among(id, ids, ARRAY_LEN(ids)) || strcmp(marker, "__divider__") == 0 ||
	    strcmp(marker, "__headers__") == 0 || strcmp(marker, "__quoted_text__") == 0)
		return true;
	const char *top = strstr(style, ";border-top:");
	for (size_t i = 0; top && i < ARRAY_LEN(greys); i++) {
		const char *grey = strstr(top, greys[i]);
		if (grey && grey < top + 12 + strcspn(top + 12, ";"))
			return true;
	}
	return false;
}

bool html_is_signature(const char *classes, const char *id)
{
	static const char *const names[] = { "gmail_signature", "moz-signature",
	                                     "ms-outlook-mobile-signature", "protonmail_signature_block",
	                                     "tutanota_signature" };
	static const char *const ids[] = { "signature", "x_signature", "composer_signature",
	                                   "applemailsignature", "linebreakatbeginningofsignature",
	                                   "ms-outlook-mobile-signature",
	                                   "x_ms-outlook-mobile-signature" };

	for (size_t i = 0; *classes && i < ARRAY_LEN(names); i++)
		if (has_class(classes, names[i]))
			return true;
	return html_among(id, ids, ARRAY_LEN(ids));
}
