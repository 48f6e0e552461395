/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_SRC_APP_OUTWARD_H
#define OVERSYN_SRC_APP_OUTWARD_H

#include "app/letter.h"
#include "core/brake.h"
#include "core/plan.h"

/* Writes the planned letter into the outbox together with its record and with the reviews
 * that it opens: all of it, or nothing. */
int outward_letter(struct pass *p, struct plan_letter *l, struct err *e) MUST_USE;

/* What the planned letter says, as its templates name it. */
void outward_words(const struct pass *p, struct arena *a, const struct plan_letter *l,
                   const struct letter *letter, struct letter_words *w);

/* Tells the holders of reviews that end because there is nothing left to review: one
 * mail for each letter that they stand in, added to the change. Who is no longer in the
 * role is told nothing. */
int outward_ended(struct pass *p, struct arena *a, const struct plan *plan, struct change *c,
                  struct err *e) MUST_USE;
/* Adds to the change that makes the plan's reviews void what becomes of their letters'
 * events, and the mails that say so. */
int outward_withdraw(struct pass *p, struct arena *a, const struct plan *plan, struct change *c,
                     struct err *e) MUST_USE;
/* What a document is put before its body with. The whole register is read. */
int outward_revision(const struct pass *p, struct arena *a, const struct plan_letter *l,
                     struct letter_words *w, struct err *e) MUST_USE;

/* What a secretary is asked about one item, and that its holder is reminded of what a
 * body has sent back, added to the change of the letter with their record. */
void outward_inquiry(struct arena *a, const struct plan_item *x, const struct letter *letter,
                     const char *message_id, struct change *c);
void outward_back(struct arena *a, const struct plan_item *x, const char *message_id,
                  struct change *c);

/* The template that it is written by. */
const char *outward_template(const struct plan_letter *l);
/* What an answer to it may be, by what it asks for. */
enum letter_kind outward_kind(const struct plan_letter *l);

/* ---- outward-brakes.c ---- */

/* Whether the pass sends none of its letters: 1, and the coordinator has been told; 0;
 * -1 error. */
int outward_stops(struct pass *p, struct arena *a, const struct plan *plan, const struct brake *b,
                  struct err *e) MUST_USE;
/* The pass has sent so many of the letters that it wanted to. */
int outward_passed(struct pass *p, struct arena *a, const struct brake *b, int wanted, int sent,
                   struct err *e) MUST_USE;
/* A line for a preview, where the pass would stop. */
void outward_preview_brake(const struct pass *p, const struct plan *plan, const struct brake *b,
                           bool json, struct buf *out);
/* A letter that would go, and what it would be about: items or, of deficiencies, cases. */
struct preview_letter {
	const char *letter, *body, *to; /* body, to: NULL: there is none */
	const char *const *items, *const *cases;
	size_t n_items, n_cases;
};
void outward_preview_letter(const struct preview_letter *l, bool json, struct buf *out);

/* What goes with letters and decisions of a pass, added to its change: who was told of
 * a review, who answers for an item now, who chairs a body, what is not mailed about
 * any more. */
void outward_escalated(const struct pass *p, struct arena *a, const struct plan_letter *l,
                       const struct plan_item *x, struct change *c);
void outward_handed(const struct pass *p, struct arena *a, const struct plan_item *x,
                    const char *message_id, struct change *c);
void outward_chaired(const struct pass *p, struct arena *a, const struct body *body, const char *role,
                     struct change *c);
void outward_settled(const struct pass *p, struct arena *a, const struct plan *plan,
                     struct change *c);

/* Several texts in a row. */
const char *outward_joined(struct arena *a, const char *const *at, size_t n) MUST_USE;

#endif
