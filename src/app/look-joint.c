/* SPDX-License-Identifier: EUPL-1.2 */
#include "src/app/look-joint.h"

#include <string.h>

#include "core/quorum.h"
#include "store/seats.h"

struct progress {
	struct tally tally;
	const char *awaits; /* NULL: nobody */
};

static int progress_of(struct store *s, struct arena *a, const struct registry *r,
                       const struct item *item, const struct review *review, dayno today,
                       struct progress *out, struct err *e)
{
	struct review one = *review;
	struct reviews of = { .at = &one, .n = 1 };
	struct standings said;

	if (store_signoffs(s, a, &of, &said, e))
		return -1;
	struct voice *voices = arena_alloc(a, (said.n + 1) * sizeof(*voices));
	size_t n = 0;
	for (size_t i = 0; i < said.n; i++)
		if (said.at[i].seat)
			voices[n++] = (struct voice){ said.at[i].seat, said.at[i].address, said.at[i].verdict };
	out->tally = quorum_count(r, item, today, voices, n);
	out->awaits = quorum_awaited(r, item, today, voices, n, a);
	return 0;
}

int look_joint_why(struct store *s, const struct registry *r, const struct item *item, dayno today,
                   enum view_lang lang, struct buf *out, struct err *e)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	bool sv = lang == VIEW_SV;
	struct reviews reviews;
	struct progress p;

	if (!quorum_joint(item))
		return 0;
	if (store_item_reviews(s, &a, item->id, &reviews, e))
		return -1;
	const struct review *last = reviews.n ? &reviews.at[reviews.n - 1] : NULL;
	if (!last || review_terminal(last->state))
		return 0;
	if (progress_of(s, &a, r, item, last, today, &p, e))
		return -1;
	buf_fmt(out, sv ? "Granskningen %s pågår: %d av %d har godkänt" : "The review %s is open: %d of %d have approved",
	        last->id, p.tally.approvals, p.tally.need);
	if (p.tally.objected)
		buf_str(out, sv ? ", och någon har begärt ändring" : ", and somebody has asked for changes");
	if (p.awaits)
		buf_fmt(out, sv ? "; kvar att svara: %s" : "; still to answer: %s", p.awaits);
	buf_str(out, ".\n");
	return 0;
}

int look_joint_table(struct store *s, const struct registry *r, dayno today, enum view_lang lang,
                     struct buf *out, struct err *e)
{
	static const char *const heads[2][4] = {
		{ "Objekt", "Godkänt", "Ska vara klart", "Kvar att svara" },
		{ "Item", "Approved", "Ready by", "Still to answer" },
	};
	struct arena a AUTO(arena_release) = ARENA_INIT;
	bool sv = lang == VIEW_SV, any = false;
	const char *before = "";
	struct reviews open;
	struct table t;

	if (store_open_reviews(s, &a, &open, e))
		return -1;
	table_init(&t, ARRAY_LEN(heads[0]));
	for (size_t i = 0; i < ARRAY_LEN(heads[0]); i++)
		table_cell(&t, heads[sv ? 0 : 1][i]);
	int failed = 0;
	for (size_t i = 0; i < open.n && !failed; i++) {
		const struct item *item = registry_item(r, open.at[i].item);
		char day[DATE_TEXT];
		struct progress p;

		if (!open.at[i].seat || !item || !strcmp(open.at[i].id, before))
			continue;
		before = open.at[i].id;
		failed = progress_of(s, &a, r, item, &open.at[i], today, &p, e);
		if (failed)
			break;
		any = true;
		table_cell(&t, item->id);
		table_cell(&t, arena_fmt(&a, sv ? "%d av %d" : "%d of %d", p.tally.approvals, p.tally.need));
		table_cell(&t, date_text(open.at[i].act_by, day));
		table_cell(&t, p.awaits ? p.awaits : "–");
	}
	if (any && !failed) {
		buf_chr(out, '\n');
		table_write(&t, out);
	}
	table_release(&t);
	return failed;
}

static int show_one(struct store *s, struct arena *a, const struct registry *r, const struct reviews *seats,
                    const char *id, dayno today, enum view_lang lang, struct buf *out, struct err *e)
{
	bool sv = lang == VIEW_SV;
	const struct review *first = NULL;
	struct progress p;

	for (size_t i = 0; i < seats->n; i++) {
		const struct review *x = &seats->at[i];

		if (strcmp(x->id, id) != 0)
			continue;
		first = first ? first : x;
		buf_fmt(out, sv ? "godkännare %s av %s: brev %s nr %d; senaste steg %s; säger %s\n"
		                : "approver %s of %s: letter %s no %d; last rung %s; says %s\n", x->seat, x->id,
		        x->letter, x->n, view_code(rung_name(x->rung), lang), view_code(verdict_name(x->said), lang));
	}
	const struct item *item = first ? registry_item(r, first->item) : NULL;
	if (!item)
		return 0;
	if (progress_of(s, a, r, item, first, today, &p, e))
		return -1;
	buf_fmt(out, sv ? "godkänt %s: %d av %d%s%s%s\n" : "approved %s: %d of %d%s%s%s\n", id, p.tally.approvals,
	        p.tally.need, !p.tally.objected ? "" : sv ? ", ändring begärd" : ", changes asked",
	        !p.awaits ? "" : sv ? "; väntar på " : "; awaits ",
	        p.awaits ? p.awaits : "");
	return 0;
}

int look_joint_show(struct store *s, struct arena *a, const struct reviews *reviews, dayno today,
                    enum view_lang lang, struct buf *out, struct err *e)
{
	struct registry r;
	struct reviews seats;

	if (store_seats(s, a, reviews, &seats, e))
		return -1;
	if (!seats.n)
		return 0;
	registry_init(&r);
	int failed = store_load(s, &r, e);
	for (size_t i = 0; i < reviews->n && !failed; i++) {
		bool again = false;

		for (size_t k = 0; k < i && !again; k++)
			again = !strcmp(reviews->at[k].id, reviews->at[i].id);
		if (!again)
			failed = show_one(s, a, &r, &seats, reviews->at[i].id, today, lang, out, e);
	}
	registry_release(&r);
	return failed;
}
