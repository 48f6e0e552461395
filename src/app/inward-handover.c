/* SPDX-License-Identifier: EUPL-1.2 */
/* In: an answer to a letter that only hands over. Nothing in it waits for one, but who
 * says that somebody else should have it is heard. */
#include "src/app/inward.h"

static const char *pick(const struct pass *p, const char *sv, const char *en)
{
	return p->lang == VIEW_SV ? sv : en;
}

/* How it is taken: what its sender hears, and what the coordinator reads. */
struct taken {
	const char *answer, *follows; /* in the receipt */
	const char *reason;
};

static struct taken take(const struct pass *p, enum verdict verdict)
{
	switch ((int)verdict) {
	case VERDICT_WRONG_PERSON:
	case VERDICT_FORWARDED:
		return (struct taken){
			.answer = pick(p, "FEL PERSON", "WRONG PERSON"),
			.follows = pick(p, "Samordnaren ser över vem som ska ansvara. Till dess går mejlen till dig.",
			                "The coordinator sees who should have it. Until then the letters go to you."),
			.reason = "somebody else should have what a letter handed over",
		};
	default:
		return (struct taken){
			.answer = pick(p, "ditt meddelande", "your message"),
			.follows = pick(p, "Samordnaren läser det och svarar dig.",
			                "The coordinator reads it and answers you."),
			.reason = "something is said of a letter that handed over",
		};
	}
}

static int receipt(struct pass *p, struct arena *a, struct incoming *in, const struct trust *trust,
                   const struct taken *t, struct change *c, struct err *e)
{
	const struct body *body = registry_body(&p->registry, in->letter.body);
	struct letter_row row = {
		.title = pick(p, "Det du tar över", "What you take over"),
		.answer = t->answer, .follows = t->follows,
	};
	struct letter_words w = { .rows = &row, .n_rows = 1 };
	const char *message_id;

	if (!body)
		return 0;
	int may = inward_may_answer(p, a, in, in->mail.from, false, e);
	if (may <= 0)
		return may;
	letter_common_words(p, a, &in->letter, body, trust->as, &w);
	struct wall wall = zone_wall(in->row.received);
	w.object = pick(p, "det du tar över", "what you take over");
	w.received_long = letter_day_long(p, a, wall.day);
	w.received_time = arena_fmt(a, "%02d.%02d", wall.hour, wall.minute);
	w.deputy = trust->deputy;
	struct letter_mail m = {
		.template_name = "receipt", .letter = &in->letter, .to_name = trust->as->title,
		.to = in->mail.from, .is_answer = true, .answers_id = in->mail.message_id,
	};
	if (letter_write(p, a, &m, &w, c, &message_id, e))
		return -1;
	change_letter(c, a, &in->letter);
	return 0;
}

int inward_taken_over(struct pass *p, struct arena *a, struct incoming *in, enum verdict verdict,
                      const struct trust *trust, struct err *e)
{
	struct taken t = take(p, verdict);
	struct change c = { .at = p->now };

	if (!trust->identified || !trust->as)
		return inward_for_person(p, a, in, verdict, "somebody else answers a letter that handed over", e);
	if (receipt(p, a, in, trust, &t, &c, e))
		return -1;
	return inward_finish(p, in, &c, "coordinator", verdict, t.reason, NULL, a, e);
}
