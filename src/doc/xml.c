/* SPDX-License-Identifier: EUPL-1.2 */
#include <config.h>

#include "xml.h"

#include <expat.h>
#include <string.h>

#include "base/mem.h"
#include "doc/document.h"

enum { PIECE = 64 << 10, SEPARATOR = ' ' };

struct xml {
	XML_Parser parser;
	const struct xml_handler *h;
	void *ctx;
	int depth, skipped; /* skipped: so many open elements are left out */
	enum xml_result result;
};

static void stop(struct xml *x, enum xml_result why)
{
	x->result = why;
	XML_StopParser(x->parser, XML_FALSE);
}

static void XMLCALL on_begin(void *data, const XML_Char *name, const XML_Char **attributes)
{
	struct xml *x = data;

	if (++x->depth > DOCUMENT_MAX_DEPTH)
		stop(x, XML_TOO_DEEP);
	else if (x->skipped || !x->h->begin(x->ctx, name, attributes))
		x->skipped++;
}

static void XMLCALL on_end(void *data, const XML_Char *name)
{
	struct xml *x = data;

	x->depth--;
	if (x->skipped)
		x->skipped--;
	else
		x->h->end(x->ctx, name);
}

static void XMLCALL on_text(void *data, const XML_Char *text, int len)
{
	struct xml *x = data;

	if (!x->skipped && x->h->text)
		x->h->text(x->ctx, text, (size_t)len);
}

static void XMLCALL on_dtd(void *data, const XML_Char *name, const XML_Char *system,
                           const XML_Char *public, int internal)
{
	(void)name;
	(void)system;
	(void)public;
	(void)internal;
	stop(data, XML_HAS_DTD);
}

static void parse(struct xml *x, const char *bytes, size_t len)
{
	do {
		size_t n = len < PIECE ? len : PIECE;
		bool good = XML_Parse(x->parser, bytes, (int)n, n == len) == XML_STATUS_OK;
		if (x->result != XML_READ)
			return;
		if (!good) {
			x->result = XML_BROKEN;
			return;
		}
		bytes += n;
		len -= n;
	} while (len);
}

enum xml_result xml_walk(const char *bytes, size_t len, const struct xml_handler *h, void *ctx)
{
	static const XML_Memory_Handling_Suite memory = { mem_alloc, mem_realloc, mem_free };
	static const XML_Char separator[] = { SEPARATOR, '\0' };
	struct xml x = { .h = h, .ctx = ctx, .result = XML_READ };

	x.parser = XML_ParserCreate_MM(NULL, &memory, separator);
	XML_SetUserData(x.parser, &x);
	XML_SetElementHandler(x.parser, on_begin, on_end);
	XML_SetCharacterDataHandler(x.parser, on_text);
	XML_SetStartDoctypeDeclHandler(x.parser, on_dtd);
	parse(&x, bytes, len);
	XML_ParserFree(x.parser);
	return x.result;
}

const char *xml_local(const char *name, const char *namespace_word)
{
	const char *local = strrchr(name, SEPARATOR);

	if (!local || !memmem(name, (size_t)(local - name), namespace_word, strlen(namespace_word)))
		return "";
	return local + 1;
}

const char *xml_attribute(const char **attributes, const char *local)
{
	for (; attributes[0]; attributes += 2) {
		const char *name = strrchr(attributes[0], SEPARATOR);
		if (strcmp(name ? name + 1 : attributes[0], local) == 0)
			return attributes[1];
	}
	return NULL;
}
