/* SPDX-License-Identifier: EUPL-1.2 */
/* In: what the registered address says of the changes that it was shown. The table
 * is read again from the mail as it came, and held against the register as it is. */
#include <inttypes.h>
#include <string.h>

#include "base/log.h"
#include "src/app/tables.h"

static const char *pick(const struct pass *p, const char *sv, const char *en)
{
	return p->lang == VIEW_SV ? sv : en;
}

/* 1: the table of the mail that was kept; 0: it cannot be had. */
static int read_again(struct pass *p, struct arena *a, struct incoming *in, struct err *e)
{
	struct inbox_row row;
	struct reading reading;
	struct mail_known known;

	if (store_inbox_get(p->store, a, in->confirmation.table_mail, &row, e))
		return -1;
	if (!row.len)
		return 0;
	config_known(p->config, &known);
	known.own = p->registry.settings.address;
	known.received = row.received;
	int ok = reader_parse(p->reader, a, row.bytes, row.len, &known, &reading, e);
	if (ok <= 0)
		return ok;
	in->n_tables = reading.n_tables;
	in->table = reading.table;
	return reading.n_tables == 1;
}

/* ---- who is told of raised levels ---- */

/* One letter, whatever was raised in the table. 1 told, or nobody need be; 0 nobody
 * could be; -1 error. */
static int tell_it_chief(struct pass *p, struct arena *a, const struct incoming *in,
                         const struct table_reading *t, struct change *c, struct err *e)
{
	const struct role *chief = inventory_it_chief(t->all, p->today);
	const struct role *by = registry_role(&p->registry, in->confirmation.role);
	const struct body *body = registry_body(&p->registry, in->letter.body);
	struct letter_words w = { .single = false };
	struct letter *letter = arena_alloc(a, sizeof(*letter)); /* the change keeps its ref */
	const char *message_id;
	int serial;

	if (!t->d.raised || (chief && by && !strcmp(chief->id, by->id)))
		return 1;
	if (!chief || !body)
		return 0;
	if (store_letter_serial(p->store, date_ymd(p->today).y, &serial, e))
		return -1;
	*letter = (struct letter){
		.role = arena_dup(a, chief->id), .body = body->id, .address = arena_dup(a, chief->address),
		.opened = p->today, .event_day = DAY_NONE, .kind = LETTER_NOTICE,
	};
	letter_mint(p, a, serial + 1, letter);
	letter_common_words(p, a, letter, body, chief, &w);
	table_raised_rows(a, &t->d, &w);
	w.object = letter_title(a, t->of);
	w.registry_no = t->of->registry_no;
	w.responsible = by && by->title ? by->title : in->confirmation.role;
	w.about_ref = in->letter.ref;
	struct letter_mail m = {
		.template_name = "classification-raised", .letter = letter, .to_name = chief->title,
		.to = letter->address,
	};
	if (letter_write(p, a, &m, &w, c, &message_id, e))
		return -1;
	change_letter(c, a, letter);
	change_record(c, a, "raised-told", in->letter.ref,
	              arena_fmt(a, "role=%s\nletter=%s\nassets=%s\nmessage_id=%s\n", letter->role, letter->ref,
	                        w.count, message_id));
	p->report.letters++;
	return 1;
}

/* ---- JA ---- */

/* Asked once more: the mail that said JA is what led to it. */
static int ask_anew(struct pass *p, struct arena *a, struct incoming *in,
                    const struct table_reading *t, const struct trust *trust, bool again,
                    const char *problem, enum verdict said, struct err *e)
{
	struct change c = { .at = p->now };
	const struct role *role = registry_role(&p->registry, in->confirmation.role);
	struct confirmation x = table_confirmation(p, a, in, t, trust, role, in->confirmation.table_mail);

	x.again = again;
	x.address = in->confirmation.address;
	int may = inward_may_answer(p, a, in, x.address, false, e);
	if (may < 0)
		return -1;
	if (!may)
		return inward_for_person(p, a, in, said, "the changes were to be asked about again", e);
	inward_end_confirmation(p, a, in, trust, CONFIRM_CONFIRMED, &c);
	if (table_ask(p, a, in, t, &x, problem, &c, e))
		return -1;
	return inward_finish(p, in, &c, "answered", said,
	                     again ? "so much goes that it is asked about twice"
	                           : "the inventory has changed since the changes were shown", NULL, a, e);
}

/* Everything in one transaction: the assets, the sign-off, the records, the letters. */
static int carry_out(struct pass *p, struct arena *a, struct incoming *in, struct table_reading *t,
                     const struct trust *trust, enum verdict said, struct err *e)
{
	struct change c = { .at = p->now };
	struct apply_input input;
	struct applied done;
	const struct confirmation *x = inward_end_confirmation(p, a, in, trust, CONFIRM_CONFIRMED, &c);

	if (inward_apply_held(p, a, in, trust, x, &input, &c, &done, e))
		return -1;
	bool signs = done.n == 1 && done.items[0].verdict == VERDICT_APPROVE;
	int told = 1;
	if (signs) {
		table_done_lines(p, a, &t->d, &in->done);
		in->done_to = letter_title(a, t->of);
		told = tell_it_chief(p, a, in, t, &c, e);
		inventory_change(t->all, t->of, &t->d, x, p->today, a, &c);
	}
	if (told < 0 || inward_answer(p, a, in, input.reply, trust, &done, &c, e))
		return -1;
	if (!told)
		log_event(LOG_ERROR, "raised-untold", "letter=%s why=\"the register has no it chief who can be "
		          "reached: set it_chef in kommun.csv\"", in->letter.ref);
	p->report.signed_off += (int)c.n_signoffs;
	return inward_finish(p, in, &c, done.for_coordinator || !told ? "coordinator" : done.status, said,
	                     told ? done.reason : "K, R or T was raised, and there is no it chief to tell",
	                     done.review, a, e);
}

static int yes(struct pass *p, struct arena *a, struct incoming *in, struct table_reading *t,
               const struct trust *trust, enum verdict said, struct err *e)
{
	const struct confirmation *x = &in->confirmation;
	const struct role *role = registry_role(&p->registry, x->role);
	struct change c = { .at = p->now };

	table_compare(p, a, in, x->difference, t);
	if (!t->taken) {
		inward_end_confirmation(p, a, in, trust, CONFIRM_CONFIRMED, &c);
		return table_refuse(p, a, in, t, role, said, false, &c, e);
	}
	if (strcmp(inventory_text(a, &t->d), x->difference) != 0)
		return ask_anew(p, a, in, t, trust, false,
		                pick(p, "Förteckningen har ändrats sedan vi frågade. Därför frågar vi igen.",
		                     "The inventory has changed since we asked. So we ask again."), said, e);
	if (t->d.mass && !x->again)
		return ask_anew(p, a, in, t, trust, true, NULL, said, e);
	return carry_out(p, a, in, t, trust, said, e);
}

/* ---- neither JA nor NEJ ---- */

static int unclear(struct pass *p, struct arena *a, struct incoming *in, struct table_reading *t,
                   const struct trust *trust, enum verdict said, struct err *e)
{
	struct change c = { .at = p->now };
	struct confirmation x = in->confirmation;
	const struct role *role = registry_role(&p->registry, x.role);

	table_compare(p, a, in, x.difference, t);
	if (!t->taken)
		return table_refuse(p, a, in, t, role, said, trust->alarm, &c, e);
	int may = inward_may_answer(p, a, in, x.address, false, e);
	if (may < 0)
		return -1;
	if (!may || strcmp(inventory_text(a, &t->d), x.difference) != 0)
		return inward_for_person(p, a, in, said, "it says neither yes nor no to changes in an inventory", e);
	x.mails++;
	if (table_ask(p, a, in, t, &x,
	              pick(p, "Vi förstod inte ditt senaste svar. Skriv bara JA eller NEJ.",
	                   "We did not understand your latest answer. Write only YES or NO."), &c, e))
		return -1;
	return inward_finish(p, in, &c, "answered", said, "it says neither yes nor no", NULL, a, e);
}

int inward_table_answer(struct pass *p, struct arena *a, struct incoming *in, const struct trust *trust,
                        bool confirms, enum verdict said, struct err *e)
{
	struct registry all AUTO(registry_release);
	struct table_reading t = { .all = &all };
	int ok = read_again(p, a, in, e);

	registry_init(&all);
	if (ok < 0 || store_load(p->store, &all, e))
		return -1;
	if (!ok)
		return inward_for_person(p, a, in, said, "the table that was confirmed cannot be read any more", e);
	return (confirms ? yes : unclear)(p, a, in, &t, trust, said, e);
}
