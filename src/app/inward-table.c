/* SPDX-License-Identifier: EUPL-1.2 */
/* In: an inventory that came back as a table: what it changes is shown to the
 * registered address and waits for its JA; what cannot be used is refused. */
#include <inttypes.h>
#include <string.h>

#include "core/address.h"
#include "src/app/tables.h"

static const char *pick(const struct pass *p, const char *sv, const char *en)
{
	return p->lang == VIEW_SV ? sv : en;
}

static const struct item *inventory_at(const struct registry *r, const struct incoming *in, size_t i)
{
	const struct item *item = registry_item(r, in->reviews.at[i].item);

	return item && item->kind == ITEM_INVENTORY ? item : NULL;
}

bool inward_has_table(const struct pass *p, const struct incoming *in)
{
	bool asked = false;

	for (size_t i = 0; i < in->reviews.n; i++)
		asked = asked || inventory_at(&p->registry, in, i);
	return asked && in->n_tables > 0;
}

/* Nothing else is wrong with a file that comes too late, or with another. */
static void complain(struct arena *a, struct table_reading *t, enum grid_fault fault)
{
	t->taken = false;
	t->grid.n_complaints = 0;
	grid_complain(a, &t->grid, fault, 0, 0, NULL);
}

void table_compare(const struct pass *p, struct arena *a, const struct incoming *in,
                   const char *held, struct table_reading *t)
{
	const struct settings *s = &p->registry.settings;
	const struct inventory_limits limits = { .rows = s->mass_rows, .percent = s->mass_percent };

	t->of = NULL;
	t->review = NULL;
	t->taken = false;
	for (size_t i = 0; i < in->reviews.n && !t->of; i++) {
		const struct item *item = inventory_at(t->all, in, i);

		if (!item)
			continue;
		t->grid = in->table;
		t->taken = inventory_compare(t->all, item, p->today, in->letter.ref, held, &limits, a,
		                             &t->grid, &t->d);
		/* Of another inventory of this letter, perhaps. */
		if (!t->taken && t->grid.n_complaints && t->grid.complaints[0].fault == GRID_OTHER_FILE)
			continue;
		t->of = item;
		t->review = &in->reviews.at[i];
	}
	if (in->n_tables > 1) {
		complain(a, t, GRID_SEVERAL);
	} else if (t->taken && t->d.n && t->review->state != REVIEW_OPEN
	           && t->review->state != REVIEW_CHANGES) {
		complain(a, t, GRID_LATE);
	}
}

/* ---- asking ---- */

struct confirmation table_confirmation(const struct pass *p, struct arena *a,
                                       const struct incoming *in, const struct table_reading *t,
                                       const struct trust *trust, const struct role *role,
                                       int64_t table_mail)
{
	const struct held held = {
		.review = t->review->id, .version = t->review->version,
		.answer = { .n = t->review->n, .verdict = VERDICT_APPROVE, .until = DAY_NONE, .date = DAY_NONE },
	};
	struct confirmation x = inward_question(p, a, in, trust, role, confirm_write(a, &held, 1));

	x.table_mail = table_mail;
	x.difference = inventory_text(a, &t->d);
	return x;
}

static const char *asked_facts(struct arena *a, const struct table_reading *t,
                               const struct confirmation *x)
{
	return arena_fmt(a, "mail=inbox-%" PRId64 "\ntable=inbox-%" PRId64 "\ninventory=%s\nagain=%s\nadded=%zu\n"
	                 "changed=%zu\nretired=%zu\nrole=%s\ntoken=%s\nsender=%s\ndomain=%s\ndirect=%s\n",
	                 x->mail, x->table_mail, t->of->id, x->again ? "yes" : "no", t->d.n_added,
	                 t->d.n_changed, t->d.n_retired, x->role, x->token, x->sender, x->domain, x->direct);
}

int table_ask(struct pass *p, struct arena *a, struct incoming *in, const struct table_reading *t,
              const struct confirmation *x, const char *problem, struct change *c, struct err *e)
{
	const struct body *body = registry_body(&p->registry, in->letter.body);
	const struct role *role = registry_role(&p->registry, x->role);
	struct letter_words w = { .single = true };
	struct mail_attachment file = { .name = NULL };
	char token[TOKEN_TEXT];
	const char *message_id;

	letter_confirm_token(p, &in->letter, x->mail, token);
	letter_common_words(p, a, &in->letter, body, role, &w);
	(x->again ? table_mass_rows : table_change_rows)(p, a, &t->d, &w, &file);
	letter_confirm_links(p, a, &in->letter, token, &w);
	w.object = letter_title(a, t->of);
	w.registry_no = t->of->registry_no;
	w.problem = problem;
	w.open = in->reviews.n > 1;
	w.expires_long = letter_day_long(p, a, zone_wall(x->expires).day);
	w.sender = address_ok(x->from) && !trust_same_address(x->from, x->address) ? x->from : NULL;
	struct letter_mail m = {
		.template_name = x->again ? "inventory-mass" : "inventory-changes",
		.letter = &in->letter,
		.token = token,
		.nth = x->mails,
		.to_name = role->title,
		.to = x->address,
		.is_answer = true,
		.files = &file,
		.n_files = file.name != NULL,
	};
	change_confirmation(c, a, x);
	change_record(c, a, x->mails > 1 ? "confirmation-repeated" : "confirmation-asked", in->letter.ref,
	              asked_facts(a, t, x));
	return letter_write(p, a, &m, &w, c, &message_id, e);
}

/* ---- refusing ---- */

static void refusal_words(const struct pass *p, struct arena *a, const struct grid *g,
                          struct letter_words *w)
{
	w->rows = arena_alloc(a, (g->n_complaints + 1) * sizeof(*w->rows));
	for (size_t i = 0; i < g->n_complaints; i++)
		w->rows[w->n_rows++].words = grid_complaint_text(a, &g->complaints[i], p->lang == VIEW_SV);
}

/* Who sent an older file, or one that was spoilt, starts from what is now. */
static bool worth_another(const struct table_reading *t)
{
	enum grid_fault fault = t->grid.n_complaints ? t->grid.complaints[0].fault : GRID_READ;

	return t->of && fault != GRID_SEVERAL && fault != GRID_LATE;
}

static int tell_refusal(struct pass *p, struct arena *a, struct incoming *in,
                        const struct table_reading *t, const struct role *role, struct change *c,
                        struct err *e)
{
	const struct body *body = registry_body(&p->registry, in->letter.body);
	struct letter_words w = { .single = true };
	struct mail_attachment file;
	const char *message_id;
	int may = body && role->address ? inward_may_answer(p, a, in, role->address, true, e) : 0;

	if (may <= 0)
		return may;
	letter_common_words(p, a, &in->letter, body, role, &w);
	refusal_words(p, a, &t->grid, &w);
	w.open = !t->grid.n_complaints || t->grid.complaints[0].fault != GRID_LATE;
	w.object = t->of ? letter_title(a, t->of) : pick(p, "förteckningen", "the inventory");
	w.registry_no = t->of ? t->of->registry_no : NULL;
	struct letter_mail m = {
		.template_name = "inventory-refused",
		.letter = &in->letter,
		.to_name = role->title,
		.to = role->address,
		.is_answer = true,
		.answers_id = in->mail.message_id,
	};
	if (worth_another(t)) {
		file = letter_inventory(t->all, a, t->of->id, p->today, in->letter.ref);
		m.files = &file;
		m.n_files = 1;
		w.count = "1";
	}
	if (letter_write(p, a, &m, &w, c, &message_id, e))
		return -1;
	change_letter(c, a, &in->letter);
	return 0;
}

int table_refuse(struct pass *p, struct arena *a, struct incoming *in, const struct table_reading *t,
                 const struct role *role, enum verdict said, bool alarm, struct change *c,
                 struct err *e)
{
	const struct grid *g = &t->grid;

	if (tell_refusal(p, a, in, t, role, c, e))
		return -1;
	return inward_finish(p, in, c, alarm ? "coordinator" : "answered", said,
	                     arena_fmt(a, "a table came with it and was refused: %s",
	                               g->n_complaints ? grid_fault_name(g->complaints[0].fault) : ""),
	                     NULL, a, e);
}

/* ---- what came ---- */

/* 1: it was dealt with; 0: it changes nothing. */
static int judge(struct pass *p, struct arena *a, struct incoming *in, struct table_reading *t,
                 const struct trust *trust, enum verdict said, struct err *e)
{
	struct change c = { .at = p->now };

	table_compare(p, a, in, NULL, t);
	if (t->taken && !t->d.n)
		return 0;
	if (!t->taken)
		return table_refuse(p, a, in, t, trust->as, said, trust->alarm, &c, e) ? -1 : 1;
	struct confirmation x = table_confirmation(p, a, in, t, trust, trust->as, in->row.id);
	int may = x.address ? inward_may_answer(p, a, in, x.address, false, e) : 0;
	if (may < 0 || (may && table_ask(p, a, in, t, &x, NULL, &c, e)))
		return -1;
	const char *reason = arena_fmt(a, "a table came with it: %zu added, %zu changed, %zu retired",
	                               t->d.n_added, t->d.n_changed, t->d.n_retired);
	bool person = !may || trust->alarm;
	return inward_finish(p, in, &c, person ? "coordinator" : "answered", said, reason, NULL, a, e) ? -1 : 1;
}

/* The pass itself holds only what the letter is about. */
int inward_table(struct pass *p, struct arena *a, struct incoming *in, const struct trust *trust,
                 enum verdict verdict, struct err *e)
{
	struct registry all AUTO(registry_release);
	struct table_reading t = { .all = &all };

	registry_init(&all);
	if (!inward_has_table(p, in) || !trust->identified || in->mail.doubtful)
		return 0;
	return store_load(p->store, &all, e) ? -1 : judge(p, a, in, &t, trust, verdict, e);
}
