/* SPDX-License-Identifier: EUPL-1.2 */
/* In: the register that a mail's letter is judged by. What no mail of a group changes,
 * people above all, is loaded once, and again when others have written. */
#include "src/app/inward.h"

int inward_register_stands(struct pass *p, struct err *e)
{
	int64_t version;

	if (store_version(p->store, &version, e))
		return -1;
	p->common_stands = p->common_stands && version == p->common_version;
	p->common_version = version;
	return 0;
}

/* A letter's own rows, and what is written beside the register: whatever else a change
 * holds may be in what letters share. */
void inward_register_changes(struct pass *p, const struct change *c)
{
	if (c->n_absences || c->n_dead || c->n_holdings || c->n_events || c->n_edits
	    || c->n_deficiencies || c->brake)
		p->common_stands = false;
}

/* What the pass's register stands on is let go of last, and only when there is another. */
static int load_letter(struct pass *p, const char *ref, struct err *e)
{
	struct registry common, fresh;
	bool anew = !p->common_stands;

	registry_init(&common);
	registry_init(&fresh);
	common.known = anew ? known_rules_new() : NULL;
	if ((anew && store_load_common(p->store, &common, e))
	    || store_load_letter_over(p->store, anew ? &common : &p->common, ref, &fresh, e)) {
		registry_release(&fresh);
		known_rules_free(common.known);
		registry_release(&common);
		return -1;
	}
	pass_take_register(p, &fresh);
	if (anew)
		pass_take_common(p, &common);
	return 0;
}

int inward_load_letter(struct pass *p, const struct letter *l, struct err *e)
{
	return l->kind == LETTER_DEFICIENCY ? pass_load_all(p, e) : load_letter(p, l->ref, e);
}
