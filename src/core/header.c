/* SPDX-License-Identifier: EUPL-1.2 */
#include "core/header.h"

#include <string.h>

#include "base/attr.h"
#include "base/text.h"
#include "header-internal.h"

enum { TITLE_WORDS = 16 };

/* A label that is a whole cell: its value stands elsewhere. */
static bool bare_label(struct arena *a, const struct cell *cell, struct label *out)
{
	return label_read(a, cell->text, out) && !*out->value;
}

static size_t line_end(const struct page *page, size_t i)
{
	size_t end = i;

	while (end < page->n && page->at[end].line == page->at[i].line)
		end++;
	return end;
}

static bool all_labels(struct arena *a, const struct page *page, size_t from, size_t to)
{
	struct label label;

	for (size_t i = from; i < to; i++) {
		if (!bare_label(a, &page->at[i], &label))
			return false;
	}
	return true;
}

/* A row of labels above a row of as many values; cells taken, 0 when it is none. */
static size_t read_rows(struct header_reading *h, struct page *page, size_t i)
{
	size_t end = line_end(page, i), n = end - i;
	struct label label;

	if (n < 2 || end >= page->n || line_end(page, end) - end != n)
		return 0;
	if (!all_labels(h->a, page, i, end) || all_labels(h->a, page, end, end + n))
		return 0;
	for (size_t k = 0; k < n; k++) {
		bare_label(h->a, &page->at[i + k], &label);
		header_take(h, &label, page->at[end + k].text, true);
		page->at[i + k].used = page->at[end + k].used = true;
	}
	return n * 2;
}

/* The value of a bare label is the next cell, unless that is a label itself. */
static size_t read_next(struct header_reading *h, struct page *page, size_t i,
                        const struct label *label)
{
	struct cell *next = i + 1 < page->n ? &page->at[i + 1] : NULL;
	struct label other;

	if (next && (next->line >= page->header_lines || label_read(h->a, next->text, &other)))
		next = NULL;
	if (next && header_take(h, label, next->text,
	                        label->sign || next->line == page->at[i].line)) {
		page->at[i].used = next->used = true;
		return 2;
	}
	if (label->sign) {
		header_unknown(h, label);
		page->at[i].used = true;
	}
	return 1;
}

static size_t read_cell(struct header_reading *h, struct page *page, size_t i)
{
	struct label label;
	size_t n = read_rows(h, page, i);

	if (n)
		return n;
	if (!label_read(h->a, page->at[i].text, &label))
		return 1;
	if (!*label.value)
		return read_next(h, page, i, &label);
	page->at[i].used = header_take(h, &label, label.value, label.sign);
	return 1;
}

/* What web pages and page numbers put around a document. */
static bool chrome(const char *folded)
{
	static const char *const starts[] = {
		"senast uppdaterad den", "sida ", "publicerad ", "utskriv", "skriv ut",
		"lyssna",
		"startsida", "till innehåll", "www.", "http",
	};

	for (size_t i = 0; i < ARRAY_LEN(starts); i++) {
		if (text_starts(folded, starts[i]))
			return true;
	}
	return text_ends(folded, " kommun") || text_ends(folded, "kommuns författningssamling");
}

static void drop_chrome(struct arena *a, struct page *page)
{
	for (size_t i = 0; i < page->n; i++) {
		if (page->at[i].line < page->header_lines && chrome(text_fold(a, page->at[i].text)))
			page->at[i].used = true;
	}
}

static size_t count_words(const char *text)
{
	size_t n = 1;

	for (; *text; text++)
		n += *text == ' ';
	return n;
}

static bool may_be_title(const char *text)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

	return strpbrk(text, letters) && !text_ends(text, ".") && count_words(text) <= TITLE_WORDS;
}

static void find_title(struct header_reading *h, const struct page *page)
{
	for (size_t i = 0; i < page->n && !h->out->title; i++) {
		const struct cell *cell = &page->at[i];
		struct label label;
		if (cell->line >= page->header_lines)
			return;
		if (!cell->used && may_be_title(cell->text) && !bare_label(h->a, cell, &label))
			h->out->title = cell->text;
	}
}

/* What the title calls the document; it says nothing of who decides. */
static const char *kind_of(struct arena *a, const char *title)
{
	static const struct {
		const char *end, *kind;
	} kinds[] = {
		{ "policy", "policy" }, { "riktlinje", "riktlinje" },
		{ "riktlinjer", "riktlinje" },
		{ "plan", "plan" }, { "reglemente", "reglemente" }, { "rutin", "rutin" },
		{ "rutiner", "rutin" }, { "anvisning", "anvisning" },
		{ "anvisningar", "anvisning" },
		{ "instruktion", "instruktion" },
		{ "delegationsordning", "delegationsordning" },
		{ "arbetsordning", "arbetsordning" }, { "strategi", "strategi" },
		{ "program", "program" }, { "taxa", "taxa" },
	};
	struct words w = words_of(a, title);

	for (size_t i = 0; w.n && i < ARRAY_LEN(kinds); i++) {
		if (text_ends(w.at[0], kinds[i].end))
			return kinds[i].kind;
	}
	return NULL;
}

static void read_prose(struct header_reading *h, struct page *page)
{
	/* Lines of the header are not sentences of each other. */
	for (size_t i = 0; i < page->n; i++) {
		struct cell *cell = &page->at[i];
		if (!cell->used && cell->line < page->header_lines && cell->text != h->out->title)
			cell->used = header_sentence(h, cell->text);
	}
	struct sentences s = page_sentences(h->a, page);
	for (size_t i = 0; i < s.n; i++)
		header_sentence(h, s.at[i]);
}

static void fill_item(struct header *out)
{
	bool ask = out->item.decided_ask && out->decided_on == DAY_NONE;

	struct item *i = &out->item;
	*i = item_blank();
	i->title = out->title;
	i->kind = ITEM_DOCUMENT;
	i->subkind = out->kind;
	i->decided_by = out->decided_by;
	i->registry_no = out->registry_no;
	i->paragraph = out->paragraph;
	i->replaces = out->replaces;
	i->decided = out->decided_on;
	i->revised = out->revised_on;
	i->reviewed = out->reviewed_on;
	i->valid_from = out->valid_from;
	i->decided_ask = ask;
	i->rules = out->rules;
	out->item.rules.facts.valid_from = out->valid_from;
	out->item.rules.facts.decided = out->decided_on;
	out->rules = out->item.rules;
}

void header_read(struct arena *a, const char *text, struct header *out)
{
	struct header_reading h = { .a = a, .out = out };

	*out = (struct header){
		.decided_on = DAY_NONE, .revised_on = DAY_NONE, .reviewed_on = DAY_NONE,
		.valid_from = DAY_NONE, .valid_until = DAY_NONE,
	};
	rules_init(&out->rules);
	struct page page = page_read(a, text);
	drop_chrome(a, &page);
	for (size_t i = 0; i < page.n && page.at[i].line < page.header_lines;) {
		if (page.at[i].used)
			i++;
		else
			i += read_cell(&h, &page, i);
	}
	find_title(&h, &page);
	read_prose(&h, &page);
	if (!out->kind && out->title)
		out->kind = kind_of(a, out->title);
	fill_item(out);
}
