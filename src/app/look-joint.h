/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_SRC_APP_LOOK_JOINT_H
#define OVERSYN_SRC_APP_LOOK_JOINT_H

#include "store/store.h"
#include "view/view.h"

/* How far those have come who approve an item together; for people. */

/* A sentence about the item's latest review, if it is still open. */
int look_joint_why(struct store *s, const struct registry *r, const struct item *item, dayno today,
                   enum view_lang lang, struct buf *out, struct err *e) MUST_USE;
/* A table of all that are open. */
int look_joint_table(struct store *s, const struct registry *r, dayno today, enum view_lang lang,
                     struct buf *out, struct err *e) MUST_USE;
/* A line for each approver of each of the reviews, and how many have approved. */
int look_joint_show(struct store *s, struct arena *a, const struct reviews *reviews, dayno today,
                    enum view_lang lang, struct buf *out, struct err *e) MUST_USE;

#endif
