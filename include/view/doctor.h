/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_VIEW_DOCTOR_H
#define OVERSYN_VIEW_DOCTOR_H

#include "core/doctor.h"
#include "view/view.h"

/* `oversyn doctor`: one line for one thing that was tried, with what to mend; or the
 * object {check, status, kind, what, mend, name, other, said, n, most, day, after}. */
void view_doctor(const struct doctor_line *l, enum view_lang lang, struct buf *out);
void view_doctor_json(const struct doctor_line *l, enum view_lang lang, struct buf *out);

#endif
