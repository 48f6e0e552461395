/* SPDX-License-Identifier: EUPL-1.2 */
/* Out: word to the coordinator of mail that does not arrive. */
#include "src/app/outbox.h"

#include <stdio.h>

#include "base/log.h"
#include "base/text.h"
#include "core/deficiency.h"
#include "core/outbox.h"
#include "src/app/cases.h"

enum {
	ROWS = 20,             /* of mails in one letter; it says how many there are */
	SAID = 160,            /* characters of an answer */
	PEACE_S = 24 * 60 * 60, /* between two letters, unless the outbox is held */
};

static void add_lines(const struct pass *p, struct arena *a, const struct outbox_row *rows, size_t n,
                      struct letter_lines *out)
{
	out->at = arena_alloc(a, (n < ROWS ? n : ROWS) * sizeof(*out->at));
	for (size_t i = 0; i < n && i < ROWS; i++) {
		const struct outbox_row *r = &rows[i];

		out->at[out->n++] = (struct letter_line){
			.line = r->letter ? arena_fmt(a, "%lld, %s, %s", (long long)r->id, r->to, r->letter)
			                  : arena_fmt(a, "%lld, %s", (long long)r->id, r->to),
			.day = letter_day_short(p, a, zone_wall(r->since).day),
			.said = r->answer ? text_cut(a, text_tidy(a, r->answer), SAID) : "–",
		};
	}
}

static void words(const struct pass *p, struct arena *a, const struct outbox_gate *gate, bool hold,
                  const struct outbox_news *news, struct letter_words *w)
{
	w->coordinator = true;
	const char *since = hold ? letter_day_long(p, a, zone_wall(gate->held_since).day) : NULL;
	if (hold)
		w->held_count = arena_fmt(a, "%d", gate->held_mails);
	if (hold && gate->returned) {
		w->returned_long = since;
	} else if (hold) {
		w->held_reason = text_cut(a, text_tidy(a, gate->reason), SAID);
		w->held_long = since;
	}
	if (news->n_late)
		w->late_count = arena_fmt(a, "%zu", news->n_late);
	if (news->n_failed)
		w->failed_count = arena_fmt(a, "%zu", news->n_failed);
	add_lines(p, a, news->late, news->n_late, &w->late_mails);
	add_lines(p, a, news->failed, news->n_failed, &w->failed_mails);
}

static int write_letter(struct pass *p, struct arena *a, const struct role *to,
                        const struct outbox_gate *gate, bool hold, const struct outbox_news *news,
                        struct err *e)
{
	struct change c = { .at = p->now };
	struct letter_words w = { .single = false };
	struct letter letter = {
		.role = to->id, .body = case_body(p)->id, .address = to->address, .opened = p->today,
		.event_day = DAY_NONE, .kind = LETTER_COMMAND,
	};
	struct letter_mail m = {
		.template_name = "outbox", .letter = &letter, .to_name = to->title, .to = to->address,
	};
	const char *message_id;
	int serial;

	if (store_letter_serial(p->store, date_ymd(p->today).y, &serial, e))
		return -1;
	letter_mint(p, a, serial + 1, &letter);
	letter_common_words(p, a, &letter, case_body(p), to, &w);
	words(p, a, gate, hold, news, &w);
	if (letter_write(p, a, &m, &w, &c, &message_id, e))
		return -1;
	change_letter(&c, a, &letter);
	change_outbox(&c, a)->hold_told = hold;
	for (size_t i = 0; i < news->n_late; i++)
		change_mail_told(&c, a, news->late[i].id, false);
	for (size_t i = 0; i < news->n_failed; i++)
		change_mail_told(&c, a, news->failed[i].id, true);
	change_record(&c, a, "outbox-told", letter.ref,
	              arena_fmt(a, "held=%d\nlate=%zu\nfailed=%zu\nmessage_id=%s\n", hold, news->n_late,
	                        news->n_failed, message_id));
	return store_apply(p->store, &c, e);
}

int outbox_tell(struct pass *p, struct err *e)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	instant late = retry_late_since(&p->config->out.patience, p->now), last;
	struct outbox_gate gate;
	struct outbox_news news;

	if (store_outbox_gate(p->store, &a, &gate, e) || store_outbox_news(p->store, &a, late, &news, e)
	    || store_outbox_last_word(p->store, &last, e))
		return -1;
	bool hold = gate.held && !gate.told;
	bool early = p->no_letters || (last != INSTANT_NONE && last <= p->now && p->now < last + PEACE_S);
	if (!hold && (early || (!news.n_late && !news.n_failed)))
		return 0;
	if (pass_load_all(p, e))
		return -1;
	const struct role *to = deficiency_coordinator(&p->registry, p->today);
	if (!to || !case_body(p)) {
		log_event(LOG_ERROR, "outbox-untold", "why=\"the register has no coordinator in force with "
		          "an address: set kontakt_roll in kommun.csv\"");
		return 0;
	}
	return write_letter(p, &a, to, &gate, hold, &news, e) ? -1 : 1;
}

int outbox_verdict(struct pass *p, struct err *e)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct outbox_gate gate;
	char at[INSTANT_TEXT];

	if (!p->report.on_hold && !p->report.busy)
		return 0;
	if (store_outbox_gate(p->store, &a, &gate, e))
		return -1;
	if (gate.held)
		return err_set(e, ERR_SAFETY, "the outbox is held since %s (%s) and %d mail%s: %s, "
		               "then 'oversyn outbox release'", zone_text(gate.held_since, at), gate.reason,
		               gate.held_mails, gate.held_mails == 1 ? " waits" : "s wait", gate.returned ? "see RESTORING in oversyn(8)" : "mend the cause");
	if (gate.until == INSTANT_NONE || !gate.waiting)
		return 0;
	return err_set(e, ERR_OUTSIDE, "the mail server takes no mail (%s): %d mail%s, tried again after "
	               "%s; at once with 'oversyn outbox retry'", gate.answer, gate.waiting,
	               gate.waiting == 1 ? " waits" : "s wait",
	               zone_text(gate.until, at));
}
