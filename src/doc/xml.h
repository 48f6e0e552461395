/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_SRC_DOC_XML_H
#define OVERSYN_SRC_DOC_XML_H

#include <stdbool.h>
#include <stddef.h>

/*
 * XML as a stream of beginnings, ends and text. No DTD: office documents have
 * none, and entities are how XML does harm. Bounded in depth.
 */
struct xml;

struct xml_handler {
	/* Returns false to leave out the element with all that is in it; then
	 * its end is not told. */
	bool (*begin)(void *ctx, const char *name, const char **attributes);
	void (*end)(void *ctx, const char *name);
	void (*text)(void *ctx, const char *text, size_t len); /* may be NULL */
};

enum xml_result { XML_READ, XML_BROKEN, XML_HAS_DTD, XML_TOO_DEEP };

enum xml_result xml_walk(const char *bytes, size_t len, const struct xml_handler *h, void *ctx);

/* Names come with their namespace. The local part if the namespace holds the
 * word, else "". */
const char *xml_local(const char *name, const char *namespace_word);
/* An attribute's value by its local name, in any namespace or none; NULL. */
const char *xml_attribute(const char **attributes, const char *local);

#endif
