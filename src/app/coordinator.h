/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_SRC_APP_COORDINATOR_H
#define OVERSYN_SRC_APP_COORDINATOR_H

#include "app/letter.h"
#include "core/command.h"
#include "core/findings.h"
#include "store/deficiencies.h"
#include "store/reports.h"

/* How everything stands: what the coordinator and the board are told of. The pass's
 * register is all of it. */
struct overview {
	struct findings findings; /* with the coverage of each body */
	struct reviews open;
	struct deficiency_counts cases;
	struct activity activity; /* since the instant that was asked for */
};
int overview_take(struct pass *p, struct arena *a, instant since, struct overview *out,
                  struct err *e) MUST_USE;
void overview_release(struct overview *o);

/* The body of a row, as people call it; of what belongs to all of them. */
const char *overview_body(const struct pass *p, const struct coverage *c);
size_t overview_overdue(const struct overview *o);
size_t overview_unwatched(const struct overview *o);
/* Reviews that are open in a state of that body's items; NULL: of what is for all. */
size_t overview_open(const struct pass *p, const struct overview *o, const struct body *body,
                     bool awaiting);

/* What it says in STATUS. */
void overview_words(const struct pass *p, struct arena *a, const struct overview *o,
                    struct letter_words *w);
/* The rows of LISTA FÖRSENADE, or of LISTA VÄNTANDE. */
void overview_list(const struct pass *p, struct arena *a, const struct overview *o, bool late,
                   struct letter_words *w);

/* What VISA says: facts, and what happened. 1; 0: nothing is known by that name; -1 error.
 * No words of anybody's, no K, R, T, no protected name. */
int coordinator_show(struct pass *p, struct arena *a, const char *ref, struct letter_words *w,
                     struct err *e) MUST_USE;
/* The item of that id, however it is written; NULL: none. */
const struct item *coordinator_item(const struct pass *p, struct arena *a, const char *ref);
/* "T005 Trygghetslarm"; kind and id where the name is protected. */
const char *coordinator_title(struct arena *a, const struct item *item) MUST_USE;
/* Who is asked about the item today, or all who approve it together; NULL: nobody. */
const char *coordinator_holder(const struct pass *p, struct arena *a, const struct item *item) MUST_USE;

/* Puts the register into the pass, but for its items. */
int coordinator_load_people(struct pass *p, struct err *e) MUST_USE;

/* A list that grows by a line. */
struct letter_line *line_add(struct arena *a, struct letter_lines *l, size_t *cap);

/* A macro, so that the compiler checks the words that are formats. */
#define IN_LANGUAGE(p, sv, en) ((p)->lang == VIEW_SV ? sv : en)

static inline const char *number_text(struct arena *a, size_t n)
{
	return arena_fmt(a, "%zu", n);
}

/* The words and figures of the board's letter about a quarter; *figures: for the next. */
int quarter_words(struct pass *p, struct arena *a, const struct quarter *q, struct letter_words *w,
                  const char **figures, struct err *e) MUST_USE;

#endif
