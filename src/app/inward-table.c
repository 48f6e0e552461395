/* SPDX-License-Identifier: EUPL-1.2 */
/* In: an inventory that came back as a table, and what the sender hears of it. */
#include <string.h>

#include "core/inventory.h"
#include "src/app/inward.h"

enum { MOST_SHOWN = 30 }; /* differences in one letter; the rest are counted */

static const char *pick(const struct pass *p, const char *sv, const char *en)
{
	return p->lang == VIEW_SV ? sv : en;
}

static const struct item *inventory_at(const struct pass *p, const struct incoming *in, size_t i)
{
	const struct item *item = registry_item(&p->registry, in->reviews.at[i].item);

	return item && item->kind == ITEM_INVENTORY ? item : NULL;
}

bool inward_has_table(const struct pass *p, const struct incoming *in)
{
	bool asked = false;

	for (size_t i = 0; i < in->reviews.n; i++)
		asked = asked || inventory_at(p, in, i);
	return asked && in->n_tables > 0;
}

/* What the table is of, and what it changes there; *of stays NULL, with complaints
 * in the table, where it is of none of the letter's inventories. */
static bool compare(const struct pass *p, const struct registry *all, struct arena *a,
                    struct incoming *in, const struct item **of, struct inventory_difference *out)
{
	static const struct inventory_limits limits = INVENTORY_LIMITS;
	struct grid sent = in->table;

	for (size_t i = 0; i < in->reviews.n; i++) {
		const struct item *item = inventory_at(p, in, i) ? registry_item(all, in->reviews.at[i].item)
		                                                 : NULL;

		if (!item)
			continue;
		in->table = sent;
		if (inventory_compare(all, item, p->today, in->letter.ref, &limits, a, &in->table, out)) {
			*of = item;
			return true;
		}
		/* Of another inventory of this letter, perhaps. */
		if (in->table.n_complaints && in->table.complaints[0].fault == GRID_OTHER_FILE)
			continue;
		*of = item;
		return false;
	}
	return false;
}

static void add_row(struct letter_words *w, size_t *left, struct letter_row row)
{
	if (w->n_rows >= MOST_SHOWN)
		++*left;
	else
		w->rows[w->n_rows++] = row;
}

static const char *or_dash(const char *s)
{
	return s && *s ? s : "–";
}

static void edit_rows(const struct pass *p, struct arena *a, const struct inventory_edit *e,
                      struct letter_words *w, size_t *left)
{
	const char *id = e->item ? e->item->id : arena_fmt(a, "%s %s", pick(p, "ny", "new"), e->id);

	if (e->fate == INVENTORY_REMOVED)
		add_row(w, left, (struct letter_row){
			.n = id, .title = letter_title(a, e->item), .was = pick(p, "finns", "is there"),
			.words = pick(p, "borttagen: avvecklas", "removed: retired"),
		});
	for (size_t i = 0; i < e->n; i++) {
		const struct inventory_field *f = &e->fields[i];

		/* K, R, T and protected names stay here: only that they change is said. */
		add_row(w, left, (struct letter_row){
			.n = id, .title = inventory_column_name(f->column), .was = or_dash(f->old),
			.words = f->old ? or_dash(f->new) : pick(p, "ändras", "changes"),
		});
	}
}

static void change_words(const struct pass *p, struct arena *a, const struct inventory_difference *d,
                         struct letter_words *w)
{
	size_t left = 0;

	w->rows = arena_alloc(a, MOST_SHOWN * sizeof(*w->rows));
	for (size_t i = 0; i < d->n; i++)
		edit_rows(p, a, &d->edits[i], w, &left);
	if (left)
		w->left = arena_fmt(a, "%zu", left);
	if (d->mass)
		w->problem = pick(p, "Ovanligt många poster avvecklas eller byter namn. Kontrollera att filen inte "
		                     "har sorterats fel.",
		                  "Unusually many entries are retired or renamed. Check that the file was "
		                  "not sorted wrongly.");
}

static void refusal_words(const struct pass *p, struct arena *a, const struct grid *g,
                          struct letter_words *w)
{
	w->rows = arena_alloc(a, (g->n_complaints + 1) * sizeof(*w->rows));
	for (size_t i = 0; i < g->n_complaints; i++)
		w->rows[w->n_rows++].words = grid_complaint_text(a, &g->complaints[i], p->lang == VIEW_SV);
}

/* The letter back, in the change. */
static int tell(struct pass *p, const struct registry *all, struct arena *a, struct incoming *in, const struct trust *trust,
                const char *template_name, const struct item *of, struct letter_words *w,
                struct change *c, struct err *e)
{
	const struct body *body = registry_body(&p->registry, in->letter.body);
	struct mail_attachment file;
	const char *message_id;
	int may = body ? inward_may_answer(p, a, in, in->mail.from, true, e) : 0;

	if (may <= 0)
		return may;
	letter_common_words(p, a, &in->letter, body, trust->as, w);
	w->object = of ? letter_title(a, of) : pick(p, "förteckningen", "the inventory");
	w->registry_no = of ? of->registry_no : NULL;
	struct letter_mail m = {
		.template_name = template_name,
		.letter = &in->letter,
		.to_name = trust->as ? trust->as->title : NULL,
		.to = in->mail.from,
		.is_answer = true,
		.answers_id = in->mail.message_id,
	};
	/* Who sent an older file, or one that was spoilt, starts from what is now. */
	if (of && strcmp(template_name, "inventory-refused") == 0) {
		file = letter_inventory(all, a, of->id, p->today, in->letter.ref);
		m.files = &file;
		m.n_files = 1;
		w->count = "1";
	}
	if (letter_write(p, a, &m, w, c, &message_id, e))
		return -1;
	change_letter(c, a, &in->letter);
	return 0;
}

/* With the whole register at hand: an inventory is of many items. */
static int judge(struct pass *p, const struct registry *all, struct arena *a, struct incoming *in,
                 const struct trust *trust, enum verdict verdict, struct err *e)
{
	struct change c = { .at = p->now };
	struct letter_words w = { .single = true };
	struct inventory_difference d = { .n = 0 };
	const struct item *of = NULL;
	bool taken = compare(p, all, a, in, &of, &d);

	if (taken && !d.n)
		return 0;
	if (taken)
		change_words(p, a, &d, &w);
	else
		refusal_words(p, a, &in->table, &w);
	if (tell(p, all, a, in, trust, taken ? "inventory-changes" : "inventory-refused", of, &w, &c, e))
		return -1;
	const char *reason = taken ? arena_fmt(a, "a table came with it: %zu added, %zu changed, %zu retired",
	                                       d.n_added, d.n_changed, d.n_retired)
	                   : arena_fmt(a, "a table came with it and was refused: %s",
	                               in->table.n_complaints
	                               ? grid_fault_name(in->table.complaints[0].fault) : "");
	return inward_finish(p, in, &c, taken ? "coordinator" : "answered",
	                     verdict, reason, NULL, a, e) ? -1 : 1;
}

/* The pass itself holds only what the letter is about. */
static int judge_whole(struct pass *p, struct arena *a, struct incoming *in, const struct trust *trust,
                       enum verdict verdict, struct err *e)
{
	struct registry all AUTO(registry_release);

	registry_init(&all);
	return store_load(p->store, &all, e) ? -1 : judge(p, &all, a, in, trust, verdict, e);
}

int inward_table(struct pass *p, struct arena *a, struct incoming *in, const struct trust *trust,
                 enum verdict verdict, struct err *e)
{
	if (!inward_has_table(p, in) || !trust->trusted || in->mail.doubtful)
		return 0;
	if (in->n_tables > 1)
		return inward_for_person(p, a, in, verdict, "several tables came with it", e) ? -1 : 1;
	return judge_whole(p, a, in, trust, verdict, e);
}
