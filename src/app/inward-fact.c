/* SPDX-License-Identifier: EUPL-1.2 */
/* In: an answer to a letter that asked for facts which only people know. The
 * coordinator enters them; who answered hears that it came. */
#include "core/plan.h"
#include "src/app/inward.h"

static void asked_rows(const struct pass *p, struct arena *a, const struct incoming *in,
                       struct letter_words *w)
{
	w->rows = arena_alloc(a, in->questions.n * sizeof(*w->rows));
	for (size_t i = 0; i < in->questions.n; i++) {
		const struct question *q = &in->questions.at[i];
		const struct item *item = registry_item(&p->registry, q->item);

		w->rows[w->n_rows++] = (struct letter_row){
			.n = arena_fmt(a, "%d", q->n),
			.title = item ? letter_title(a, item) : q->item,
			.asked = q->text,
		};
	}
	w->object = w->n_rows == 1 ? w->rows[0].title
	            : arena_fmt(a, p->lang == VIEW_SV ? "%zu uppgifter" : "%zu facts", w->n_rows);
}

static int thank(struct pass *p, struct arena *a, struct incoming *in, const struct role *as,
                 struct change *c, struct err *e)
{
	const struct body *body = registry_body(&p->registry, in->letter.body);
	struct letter_words w = { .single = in->questions.n == 1 };
	struct wall wall = zone_wall(in->row.received);
	const char *message_id;
	int may = body ? inward_may_answer(p, a, in, in->mail.from, false, e) : 0;

	if (may <= 0)
		return may;
	letter_common_words(p, a, &in->letter, body, as, &w);
	asked_rows(p, a, in, &w);
	w.received_long = letter_day_long(p, a, wall.day);
	w.received_time = arena_fmt(a, "%02d.%02d", wall.hour, wall.minute);
	struct letter_mail m = {
		.template_name = "fact-receipt", .letter = &in->letter, .to_name = as->title,
		.to = in->mail.from, .is_answer = true, .answers_id = in->mail.message_id,
	};
	if (letter_write(p, a, &m, &w, c, &message_id, e))
		return -1;
	change_letter(c, a, &in->letter);
	return 0;
}

int inward_fact(struct pass *p, struct arena *a, struct incoming *in, const struct reply *reply,
                const struct trust *trust, struct err *e)
{
	struct change c = { .at = p->now };

	if (trust->identified && trust->as && thank(p, a, in, trust->as, &c, e))
		return -1;
	return inward_finish(p, in, &c, "coordinator", reply->verdict,
	                     "an answer to a question about a missing fact: enter it in the register", NULL, a, e);
}
