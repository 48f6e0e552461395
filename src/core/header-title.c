/* SPDX-License-Identifier: EUPL-1.2 */
/* The title and the kind of a document where no label tells them. */
#include <string.h>

#include "base/attr.h"
#include "base/text.h"
#include "header-internal.h"

enum {
	TITLE_WORDS = 16,
	FIRST_CELLS = 12, /* a line that names a kind is looked for among so many */
};

/* What documents are called: the word that the title begins with, or ends in. */
static const struct {
	const char *word, *kind;
} kinds[] = {
	{ "policy", "policy" }, { "policyn", "policy" }, { "policydokument", "policy" },
	{ "riktlinje", "riktlinje" }, { "riktlinjer", "riktlinje" }, { "riktlinjerna", "riktlinje" },
	{ "handlingsplan", "plan" }, { "åtgärdsplan", "plan" }, { "plan", "plan" },
	{ "planen", "plan" }, { "reglemente", "reglemente" }, { "reglementet", "reglemente" },
	{ "rutin", "rutin" }, { "rutiner", "rutin" }, { "anvisning", "anvisning" },
	{ "anvisningar", "anvisning" }, { "instruktion", "instruktion" },
	{ "instruktioner", "instruktion" }, { "delegationsordning", "delegationsordning" },
	{ "arbetsordning", "arbetsordning" }, { "ordning", "ordning" }, { "strategi", "strategi" },
	{ "strategin", "strategi" }, { "program", "program" }, { "taxa", "taxa" },
	{ "taxor", "taxa" }, { "föreskrifter", "föreskrifter" }, { "föreskrift", "föreskrifter" },
	{ "bestämmelser", "bestämmelser" }, { "vision", "vision" }, { "analys", "analys" },
	{ "styrdokument", "styrdokument" }, { "regler", "regler" }, { "checklista", "checklista" },
	{ "vägledning", "vägledning" }, { "handbok", "handbok" }, { "avgifter", "avgifter" },
	{ "stadga", "stadga" }, { "stadgar", "stadga" }, { "överenskommelse", "överenskommelse" },
	{ "krisplan", "plan" }, { "verksamhetsplan", "plan" }, { "internkontrollplan", "plan" },
};

static const char *kind_of_word(const char *word)
{
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
		if (strcmp(word, kinds[i].word) == 0)
			return kinds[i].kind;
	}
	/* "Säkerhetspolicy", "Arkivreglemente", "Drogpolicyn". */
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
		if (strlen(word) > strlen(kinds[i].word) && text_ends(word, kinds[i].word))
			return kinds[i].kind;
	}
	return NULL;
}

const char *kind_of(struct arena *a, const char *title)
{
	struct words w = words_of(a, title);

	for (size_t i = 0; i < w.n && i < 2; i++) {
		const char *kind = kind_of_word(w.at[i]);
		/* "Kommunal handlingsplan", "Lokala riktlinjer": one word may stand before. */
		if (kind)
			return kind;
	}
	return NULL;
}

const char *kind_alone(struct arena *a, const char *text)
{
	struct words w = words_of(a, text);

	return w.n == 1 ? kind_of_word(w.at[0]) : NULL;
}

bool document_noun(const char *word, size_t n)
{
	static const char *const nouns[] = {
		"policy", "policyn", "riktlinje", "riktlinjen", "riktlinjer", "riktlinjerna", "plan",
		"planen", "planerna", "handlingsplanen", "rutin", "rutinen", "rutinerna", "dokument",
		"dokumentet", "styrdokument", "styrdokumentet", "strategi", "strategin", "program",
		"programmet", "reglemente", "reglementet", "instruktion", "instruktionen", "anvisning",
		"anvisningen", "anvisningarna", "delegationsordning", "delegationsordningen",
		"arbetsordning", "arbetsordningen", "föreskrifterna", "reglerna", "taxan",
		"bestämmelserna", "ordningen",
	};

	for (size_t i = 0; i < ARRAY_LEN(nouns); i++) {
		if (strlen(nouns[i]) == n && strncmp(nouns[i], word, n) == 0)
			return true;
	}
	return false;
}

static bool may_be_title(struct arena *a, const struct cell *cell)
{
	struct label label;

	if (cell->used || !text_capital(cell->text) || text_ends(cell->text, ".") ||
	    text_words(cell->text) > TITLE_WORDS || strstr(cell->text, "§"))
		return false;
	if (label_read(a, cell->text, &label) && (label.sign || !*label.value))
		return false;
	return !value_registry_no(cell->text) && !page_chrome(a, cell->text);
}

/* A title that took two lines: the second goes on with a small letter. */
static const char *whole_title(struct arena *a, struct page *page, size_t i)
{
	struct cell *one = &page->at[i], *two = i + 1 < page->n ? one + 1 : NULL;
	struct label label;

	one->used = true;
	if (!two || two->used || two->line != one->line + 1 || two->blank_above ||
	    !text_small(two->text) || text_ends(two->text, ".") ||
	    text_words(one->text) + text_words(two->text) > TITLE_WORDS ||
	    label_known(a, two->text, &label))
		return one->text;
	two->used = true;
	return arena_fmt(a, "%s %s", one->text, two->text);
}

/* The first line that names a kind, if it is near the top; else the first line. */
static size_t title_at(struct arena *a, const struct page *page)
{
	size_t first = page->n, seen = 0;

	for (size_t i = 0; i < page->n && page->at[i].line < page->header_lines; i++) {
		if (!may_be_title(a, &page->at[i]))
			continue;
		if (kind_of(a, page->at[i].text) && !kind_alone(a, page->at[i].text) &&
		    seen < FIRST_CELLS)
			return i;
		if (first == page->n && !kind_alone(a, page->at[i].text))
			first = i;
		seen++;
	}
	return first;
}

/* "POLICY" by itself says what it is, not what it is called; with nothing else
 * that could be a title it is both. */
static void take_kind_alone(struct header_reading *h, struct page *page)
{
	for (size_t i = 0; i < page->n && page->at[i].line < page->header_lines; i++) {
		struct cell *cell = &page->at[i];
		const char *kind = cell->used ? NULL : kind_alone(h->a, cell->text);
		if (!kind)
			continue;
		if (!h->out->kind)
			h->out->kind = kind;
		if (!h->out->title)
			h->out->title = cell->text;
		cell->used = true;
		return;
	}
}

void header_title(struct header_reading *h, struct page *page)
{
	struct header *o = h->out;

	if (!o->title) {
		size_t i = title_at(h->a, page);
		if (i < page->n)
			o->title = whole_title(h->a, page, i);
	}
	if (!o->kind && o->title)
		o->kind = kind_of(h->a, o->title);
	take_kind_alone(h, page);
}
