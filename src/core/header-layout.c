/* SPDX-License-Identifier: EUPL-1.2 */
/* Labels and their values, wherever the page has put them. */
#include <string.h>

#include "base/text.h"
#include "header-internal.h"

enum {
	BLOCK_MOST = 16,  /* labels above as many values */
	APART = 12,       /* code points that a value may stand aside of its label */
};

/* A label that is a whole cell: its value stands elsewhere. */
static bool bare(struct arena *a, const struct cell *cell, struct label *out)
{
	return label_read(a, cell->text, out) && !*out->value;
}

static bool in_header(const struct page *page, size_t i)
{
	return i < page->n && page->at[i].line < page->header_lines;
}

/* ---- a row of labels above a row of values ---- */

static bool all_bare(struct arena *a, const struct page *page, size_t from, size_t to)
{
	struct label label;

	for (size_t i = from; i < to; i++) {
		if (!bare(a, &page->at[i], &label) || label.class == LABEL_UNKNOWN)
			return false;
	}
	return true;
}

static size_t distance(const struct cell *label, const struct cell *value)
{
	if (label->tab != value->tab)
		return SIZE_MAX;
	return label->column > value->column ? label->column - value->column
	                                     : value->column - label->column;
}

/* The cell of the value row that stands under a label: by order where there are
 * as many, else by its tab and column. */
static struct cell *under(struct page *page, const struct cell *label, size_t nth, size_t n,
                          size_t from, size_t to)
{
	struct cell *best = NULL;
	bool tabs = page->at[to - 1].tab > 0 || label->tab > 0;

	if (to - from == n)
		return &page->at[from + nth];
	for (size_t i = from; i < to; i++) {
		size_t apart = tabs ? (distance(label, &page->at[i]) == SIZE_MAX ? SIZE_MAX : 0)
		                    : distance(label, &page->at[i]);
		if (apart <= APART && (!best || apart < distance(label, best)))
			best = &page->at[i];
	}
	return best;
}

size_t header_rows(struct header_reading *h, struct page *page, size_t i)
{
	size_t end = page_line_end(page, i), n = end - i;
	size_t to = end < page->n ? page_line_end(page, end) : end;
	struct label label;

	if (n < 2 || to == end || to - end > n || !all_bare(h->a, page, i, end))
		return 0;
	for (size_t k = end; k < to; k++) {
		if (label_known(h->a, page->at[k].text, &label) && label.sign)
			return 0;
	}
	if (all_bare(h->a, page, end, to))
		return 0;
	for (size_t k = i; k < end; k++) {
		struct cell *value = under(page, &page->at[k], k - i, n, end, to);
		bare(h->a, &page->at[k], &label);
		page->at[k].used = true;
		if (value && !value->used)
			value->used = header_take(h, &label, value->text, true);
		else
			header_unknown(h, &label);
	}
	return to - i;
}

/* ---- a run of labels above a run of values ---- */

static size_t run_of_labels(struct arena *a, const struct page *page, size_t i)
{
	struct label label;
	size_t n = 0;

	while (n < BLOCK_MOST && in_header(page, i + n) && page_line_end(page, i + n) == i + n + 1 &&
	       (i + n == 0 || page->at[i + n - 1].line != page->at[i + n].line) &&
	       label_known(a, page->at[i + n].text, &label) && !*label.value)
		n++;
	return n;
}

static bool values_fit(struct header_reading *h, const struct page *page, size_t i, size_t n)
{
	struct label label, other;
	size_t sure = 0;

	for (size_t k = 0; k < n; k++) {
		if (!in_header(page, i + n + k))
			return false;
		const char *value = page->at[i + n + k].text;
		label_known(h->a, page->at[i + k].text, &label);
		enum fit fit = value_fit(h->a, label.class, value);
		if (fit == FIT_NO || (label_known(h->a, value, &other) && !*other.value))
			return false;
		sure += fit == FIT_SURE;
	}
	/* Names suit many labels: dates, numbers and rules prove the order. */
	return sure * 2 >= n;
}

size_t header_block(struct header_reading *h, struct page *page, size_t i)
{
	size_t n = run_of_labels(h->a, page, i);
	struct label label;

	if (n < 2 || !values_fit(h, page, i, n))
		return 0;
	for (size_t k = 0; k < n; k++) {
		label_known(h->a, page->at[i + k].text, &label);
		page->at[i + k].used = page->at[i + n + k].used = true;
		header_take(h, &label, page->at[i + n + k].text, true);
	}
	return n * 2;
}

/* ---- a label and the cell after it ---- */

/* What a label without a value of its own may take from the cell after it. */
static bool takes_next(struct header_reading *h, const struct page *page, size_t i,
                       const struct label *label)
{
	const struct cell *next = &page->at[i + 1];
	struct label other;

	if (!in_header(page, i + 1) || next->used)
		return false;
	if (label_read(h->a, next->text, &other) &&
	    (other.class != LABEL_UNKNOWN || !*other.value) &&
	    (other.sign || !*other.value ||
	     value_fit(h->a, label->class, next->text) != FIT_SURE))
		return false;
	bool beside = next->line == page->at[i].line;
	if (beside || label->sign)
		return value_fit(h->a, label->class, next->text) != FIT_NO || beside;
	/* Below, without a sign: only what the value itself proves. */
	return !next->blank_above || page->airy ? value_fit(h->a, label->class, next->text) != FIT_NO
	                                        : value_fit(h->a, label->class, next->text) == FIT_SURE;
}

static size_t read_bare(struct header_reading *h, struct page *page, size_t i,
                        const struct label *label)
{
	struct cell *cell = &page->at[i];

	if (label->class == LABEL_UNKNOWN)
		return 1;
	if (i + 1 < page->n && takes_next(h, page, i, label) &&
	    header_take(h, label, cell[1].text, label->sign || cell[1].line == cell->line)) {
		cell->used = cell[1].used = true;
		return 2;
	}
	if (label->sign || h->form) {
		header_unknown(h, label);
		cell->used = true;
	}
	return 1;
}

/* A value on the label's own line; one that only a space parts from it must be
 * such as the label asks for. */
static void read_whole(struct header_reading *h, struct cell *cell, const struct label *label)
{
	if (label->class == LABEL_UNKNOWN) {
		cell->used = true;
		return;
	}
	cell->used = header_take(h, label, label->value, label->sign);
}

static size_t read_cell(struct header_reading *h, struct page *page, size_t i)
{
	struct cell *cell = &page->at[i];
	struct label label;
	size_t n = header_rows(h, page, i);

	if (!n)
		n = header_block(h, page, i);
	if (n)
		return n;
	if (!label_read(h->a, cell->text, &label))
		return 1;
	if (!*label.value)
		return read_bare(h, page, i, &label);
	read_whole(h, cell, &label);
	return 1;
}

/* Many labels by themselves: a form, in which an empty place is an empty field. */
static bool is_form(struct arena *a, const struct page *page)
{
	enum { MANY = 4 };
	struct label label;
	size_t n = 0;

	for (size_t i = 0; in_header(page, i); i++)
		n += label_known(a, page->at[i].text, &label) && (label.sign || !*label.value);
	return n >= MANY;
}

void header_layout(struct header_reading *h, struct page *page)
{
	h->web = page->web;
	h->form = is_form(h->a, page);
	for (size_t i = 0; in_header(page, i);)
		i += page->at[i].used ? 1 : read_cell(h, page, i);
}
