/* SPDX-License-Identifier: EUPL-1.2 */
/* Which item a report of a deficiency names. */
#include <ctype.h>
#include <string.h>

#include "base/text.h"
#include "core/deficiency.h"

enum {
	LOOKED_AT = 20000,  /* characters of a text: nobody names it later for the first time */
	SHORTEST_TITLE = 4, /* bytes; "It" is a word, not an item */
};

struct hit {
	const char *at;
	size_t len;
	const struct item *item;
	bool by_id;
};

struct hits {
	struct hit *at;
	size_t n, cap;
};

static bool letter(char c)
{
	return isalnum((unsigned char)c) || (unsigned char)c >= 0x80;
}

/* A whole word: "T005" in "(T005)", but neither in "XT005" nor in "T005-2". */
static bool stands_alone(const char *text, const char *at, size_t len)
{
	const char *end = at + len;

	if (at > text && (letter(at[-1]) || ((at[-1] == '-' || at[-1] == '_') && at - 1 > text && letter(at[-2]))))
		return false;
	return !letter(*end) && !((*end == '-' || *end == '_') && letter(end[1]));
}

static void find(struct arena *a, const char *text, const char *word, const struct item *item,
                 bool by_id, struct hits *out)
{
	size_t len = strlen(word);

	for (const char *at = text; (at = strstr(at, word)) != NULL; at += len) {
		if (!stands_alone(text, at, len))
			continue;
		out->at = arena_grow(a, out->at, out->n, &out->cap, sizeof(*out->at));
		out->at[out->n++] = (struct hit){ at, len, item, by_id };
	}
}

static bool is_id(const char *id)
{
	bool digit = false, other = false;

	for (; *id; id++) {
		digit |= isdigit((unsigned char)*id) != 0;
		other |= !isdigit((unsigned char)*id);
	}
	return digit && other;
}

/* "Rutin för nycklar" is not meant where "Rutin för nycklar i skolan" stands. */
static bool within_longer(const struct hits *hits, const struct hit *h)
{
	for (size_t i = 0; i < hits->n; i++) {
		const struct hit *o = &hits->at[i];

		if (o->len > h->len && o->at <= h->at && h->at + h->len <= o->at + o->len)
			return true;
	}
	return false;
}

/* The only item among the hits of a kind; *several: there are more. */
static const struct item *only(const struct hits *hits, bool by_id, bool *several)
{
	const struct item *item = NULL;

	*several = false;
	for (size_t i = 0; i < hits->n; i++) {
		const struct hit *h = &hits->at[i];

		if (h->by_id != by_id || within_longer(hits, h))
			continue;
		*several |= item && item != h->item;
		item = item ? item : h->item;
	}
	return item;
}

static bool among(const struct hits *hits, const struct item *item)
{
	for (size_t i = 0; i < hits->n; i++)
		if (!hits->at[i].by_id && hits->at[i].item == item)
			return true;
	return false;
}

const struct item *deficiency_item(const struct registry *r, struct arena *a, const char *subject,
                                   const char *text)
{
	struct hits hits = { .n = 0 };
	bool ids, titles;

	/* A mark that no title holds keeps the two apart. */
	const char *all = text_fold(a, arena_fmt(a, "%s \x01 %s", subject ? subject : "",
	                                         text ? text_cut(a, text, LOOKED_AT) : ""));
	for (size_t i = 0; i < r->n_items; i++) {
		const struct item *item = &r->items[i];

		if (item->retired)
			continue;
		if (is_id(item->id))
			find(a, all, text_fold(a, item->id), item, true, &hits);
		const char *title = item->title ? text_fold(a, item->title) : "";
		if (strlen(title) >= SHORTEST_TITLE)
			find(a, all, title, item, false, &hits);
	}
	const struct item *by_id = only(&hits, true, &ids), *by_title = only(&hits, false, &titles);
	if (ids)
		return NULL;
	if (by_id)
		return !by_title || among(&hits, by_id) ? by_id : NULL;
	return titles ? NULL : by_title;
}
