/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "base/attr.h"
#include "base/text.h"
#include "header-internal.h"

enum {
	SAME_COLUMN = 1,  /* code points that a wrapped line may stand aside */
	WRAP_WORDS = 5,   /* of each half of a label */
	INNER_WORDS = 40, /* looked at in one cell */
	CELL_BYTES = 2000, /* a longer one is no header's */
};

/* The cell of the next line that stands below cell i, or NULL. */
static struct cell *cell_below(struct page *page, size_t i)
{
	const struct cell *cell = &page->at[i];
	size_t from = page_line_end(page, i), end = from < page->n ? page_line_end(page, from) : from;

	for (size_t k = from; k < end; k++) {
		struct cell *below = &page->at[k];
		size_t apart = below->column > cell->column ? below->column - cell->column
		                                            : cell->column - below->column;
		if (apart <= SAME_COLUMN)
			return below;
	}
	return NULL;
}

static bool bare(struct arena *a, const char *text, struct label *out)
{
	return label_known(a, text, out) && !*out->value;
}

/* "Besluts-" over "datum 2025-05-05": a label that was hyphenated is whole again. */
static bool join_hyphen(struct arena *a, struct cell *one, struct cell *below)
{
	size_t len = strlen(one->text);
	struct label label;

	if (len < 2 || one->text[len - 1] != '-' || !text_small(below->text))
		return false;
	const char *whole = arena_fmt(a, "%.*s%s", (int)len - 1, one->text, below->text);
	if (!label_known(a, whole, &label) || strlen(label.words) < len)
		return false;
	one->text = whole;
	return true;
}

/* "Tidpunkt för" over "aktualitetsprövning": a label that took two lines. */
static bool join_wrapped(struct arena *a, struct cell *one, struct cell *below)
{
	struct label whole, half;

	if (text_words(one->text) > WRAP_WORDS || text_words(below->text) > WRAP_WORDS ||
	    !text_small(below->text) || below->blank_above || strpbrk(one->text, ":;0123456789."))
		return false;
	const char *text = arena_fmt(a, "%s %s", one->text, below->text);
	if (!bare(a, text, &whole))
		return false;
	/* "Revidering" over "ansvarar": only when the longer label is one of its own. */
	if (bare(a, one->text, &half) && bare(a, below->text, &half))
		return false;
	one->text = text;
	return true;
}

static void join_labels(struct arena *a, struct page *page)
{
	for (size_t i = 0; i < page->n; i++) {
		struct cell *one = &page->at[i];
		struct cell *below = one->line < page->header_lines ? cell_below(page, i) : NULL;
		if (!below || one->used || below->used)
			continue;
		if (join_hyphen(a, one, below) || join_wrapped(a, one, below))
			below->used = true;
	}
}

/* What is used here was chrome or has joined the cell above: it is gone. */
static void drop_used(struct page *page)
{
	size_t kept = 0;

	for (size_t i = 0; i < page->n; i++) {
		if (!page->at[i].used)
			page->at[kept++] = page->at[i];
	}
	page->n = kept;
}

/* Whether a label may begin here, in the midst of a cell: after a sign of the
 * text or with a capital, and with a sign of its own or a value that proves it. */
static bool inner_label(struct arena *a, const char *text, const char *at, struct label *label)
{
	char before = at - text >= 2 ? at[-2] : ' ';
	bool after_sign = strchr(",;.", before) != NULL;

	if (!text_capital(at) && !after_sign)
		return false;
	if (!label_known(a, at, label))
		return false;
	if (label->sign)
		return label->class != LABEL_IGNORED || text_capital(at);
	if (!text_capital(at) || !*label->value)
		return false;
	switch (label->class) {
	case LABEL_DECIDED:
	case LABEL_REGISTRY_NO:
	case LABEL_REVISED:
	case LABEL_REVIEWED:
	case LABEL_VALID_FROM:
	case LABEL_VALID_UNTIL:
		return value_fit(a, label->class, label->value) == FIT_SURE;
	case LABEL_TITLE:
	case LABEL_KIND:
	case LABEL_DECIDER:
	case LABEL_PARAGRAPH:
	case LABEL_VALIDITY:
	case LABEL_RULE:
	case LABEL_DEADLINE:
	case LABEL_REVISION:
	case LABEL_HISTORY:
	case LABEL_DATE:
	case LABEL_UPDATED:
	case LABEL_BODY:
	case LABEL_HOLDER:
	case LABEL_CONTACT:
	case LABEL_REPLACES:
	case LABEL_PARENT:
	case LABEL_RELATED:
	case LABEL_STATUTORY:
	case LABEL_SCOPE:
	case LABEL_IGNORED:
	case LABEL_UNKNOWN:
		break;
	}
	return false;
}

static const char *next_word(const char *at)
{
	at += strcspn(at, " ");
	return at + strspn(at, " ");
}

/* Where the next label within the text begins, or NULL. */
static const char *next_label(struct arena *a, const char *text)
{
	struct label label, inner;
	const char *at = text;

	if (label_read(a, text, &label)) {
		at += strlen(text) - strlen(label.value);
		/* "Dnr: Beslutsdatum: 2024-06-17": the first was left empty. */
		if (label.sign && *at && text_capital(at) && label_known(a, at, &inner) && inner.sign)
			return at;
	}
	at = next_word(at);
	for (size_t words = 0; *at && words < INNER_WORDS; at = next_word(at), words++) {
		if (inner_label(a, text, at, &label))
			return at;
	}
	return NULL;
}

static const char *trimmed(struct arena *a, const char *text, size_t n)
{
	while (n && strchr(" ,;", text[n - 1]))
		n--;
	return arena_dupn(a, text, n);
}

/* "Beslutsdatum Diarienummer Uppföljning": labels and nothing but labels. */
static size_t packed(struct arena *a, const char *text)
{
	struct label label;
	size_t n = 0;

	while (*text && label_known(a, text, &label) && !label.sign) {
		if (*label.value && !text_capital(label.value))
			return 0;
		text = label.value;
		n++;
	}
	return *text ? 0 : n;
}

static struct cell piece(const struct cell *of, const char *text, size_t offset, size_t nth)
{
	struct cell cell = *of;

	cell.text = text;
	cell.column += offset;
	cell.tab += nth;
	cell.width = text_width(text);
	return cell;
}

static void put(struct arena *a, struct page *to, struct cell cell)
{
	to->at = arena_grow(a, to->at, to->n, &to->cap, sizeof(*to->at));
	to->at[to->n++] = cell;
}

static void split_packed(struct arena *a, const struct cell *cell, struct page *to)
{
	const char *text = cell->text;
	struct label label;

	for (size_t nth = 0; *text && label_known(a, text, &label); nth++, text = label.value) {
		size_t n = strlen(text) - strlen(label.value);
		size_t offset = text_width(cell->text) - text_width(text);
		put(a, to, piece(cell, trimmed(a, text, n), offset, nth));
	}
}

static void split_inner(struct arena *a, const struct cell *cell, struct page *to)
{
	const char *text = cell->text, *next;

	for (size_t nth = 0; text; nth++, text = next) {
		size_t offset = text_width(cell->text) - text_width(text);
		next = next_label(a, text);
		size_t n = next ? (size_t)(next - text) : strlen(text);
		put(a, to, piece(cell, trimmed(a, text, n), offset, nth));
	}
}

void page_mend(struct arena *a, struct page *page)
{
	struct page to = *page;

	drop_used(page);
	join_labels(a, page);
	drop_used(page);
	to.at = NULL;
	to.n = to.cap = 0;
	for (size_t i = 0; i < page->n; i++) {
		const struct cell *cell = &page->at[i];
		if (cell->line >= page->header_lines || strlen(cell->text) > CELL_BYTES)
			put(a, &to, *cell);
		else if (packed(a, cell->text) >= 2)
			split_packed(a, cell, &to);
		else
			split_inner(a, cell, &to);
	}
	*page = to;
}
