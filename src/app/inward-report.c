/* SPDX-License-Identifier: EUPL-1.2 */
/* In: somebody reports a deficiency. */
#include <string.h>

#include "base/log.h"
#include "src/app/cases.h"
#include "src/app/inward.h"

/* Who writes from elsewhere may be an employee, too; it is only said. */
static bool is_outside(const struct pass *p, const char *sender)
{
	const char *at = sender ? strrchr(sender, '@') : NULL, *domain = p->registry.settings.domain;
	size_t len = at ? strlen(at + 1) : 0, own = domain ? strlen(domain) : 0;

	if (!at || !own || len < own || strcasecmp(at + 1 + len - own, domain) != 0)
		return true;
	return len > own && at[len - own] != '.';
}

/* Of somebody, and not one of our own addresses, which would answer for ever. */
static bool may_be_answered(const struct pass *p, const char *sender)
{
	const struct settings *s = &p->registry.settings;
	const char *from[] = { sender };

	return sender && !deficiency_address_among(s, from, 1) && !deficiency_letters_among(s, from, 1);
}

static void receipt_words(const struct pass *p, struct arena *a, const struct incoming *in,
                          const struct deficiency *d, const struct letter *letter,
                          struct letter_words *w)
{
	const struct role *coordinator = deficiency_coordinator(&p->registry, in->day);
	struct wall wall = zone_wall(in->row.received);

	letter_common_words(p, a, letter, case_body(p), NULL, w);
	w->received_long = letter_day_long(p, a, wall.day);
	w->received_time = arena_fmt(a, "%02d.%02d", wall.hour, wall.minute);
	w->responsible = coordinator ? coordinator->title : w->municipality;
	w->answer_long = letter_day_long(p, a, deficiency_answer_by(&p->registry, d->day));
}

/* A receipt, if one may go out: 1 it is written; 0; -1 error. */
static int receipt(struct pass *p, struct arena *a, struct incoming *in, struct deficiency *d,
                   struct change *c, struct err *e)
{
	struct letter_words w = { .single = true };
	struct letter letter = { .address = in->mail.from, .event_day = DAY_NONE, .mails = d->mails };
	const char *message_id;

	if (!may_be_answered(p, in->mail.from) || !case_body(p))
		return 0;
	int may = inward_may_answer(p, a, in, in->mail.from, false, e);
	if (may <= 0)
		return may;
	memcpy(letter.ref, d->ref, sizeof(letter.ref));
	receipt_words(p, a, in, d, &letter, &w);
	struct letter_mail m = {
		.template_name = "deficiency", .letter = &letter, .to = in->mail.from, .is_answer = true,
		.answers_id = in->mail.message_id,
	};
	if (letter_write(p, a, &m, &w, c, &message_id, e))
		return -1;
	c->mails[c->n_mails - 1].letter = NULL; /* it is a case's */
	d->mails = letter.mails;
	return 1;
}

static const char *what_happened(struct arena *a, const struct incoming *in,
                                 const struct deficiency *d)
{
	return arena_fmt(a, "mail=inbox-%lld\nsender=%s\n", (long long)in->row.id,
	                 !d->sender ? "unknown" : d->outside ? "outside" : "inside");
}

int inward_report(struct pass *p, struct arena *a, struct incoming *in, struct err *e)
{
	struct change c = { .at = p->now };
	struct deficiency d = {
		.year = date_ymd(p->today).y, .mail = in->row.id, .sender = in->mail.from,
		.received = in->row.received, .day = in->day, .closed = DAY_NONE,
		.step = p->today, .due = p->today,
	};
	const char *status, *reason;

	int again = inward_seen(p, a, in, VERDICT_NONE, &status, &reason, e);
	if (again)
		return again < 0 ? -1 : inward_finish(p, in, &c, status, VERDICT_NONE, reason, NULL, a, e);
	if (pass_load_all(p, e) || store_deficiency_serial(p->store, d.year, &d.n, e))
		return -1;
	d.n++;
	d.outside = is_outside(p, in->mail.from) || in->mail.auth_alarm;
	letter_mint_case(p, a, &d);
	const struct item *item = deficiency_item(&p->registry, a, in->mail.subject,
	                                          in->mail.fresh ? in->mail.fresh : in->mail.text);
	d.item = item ? item->id : NULL;
	int answered = receipt(p, a, in, &d, &c, e);
	if (answered < 0)
		return -1;
	if (in->withheld) { /* a flood is told of once a day */
		struct workcal cal = registry_workcal(&p->registry);

		d.step = d.due = workday_add(&cal, p->today, 1);
	}
	change_deficiency(&c, a, &d);
	case_record(&c, a, "deficiency-reported", &d, what_happened(a, in, &d));
	return inward_finish(p, in, &c, answered ? "answered" : "kept", VERDICT_NONE,
	                     arena_fmt(a, "a deficiency was reported: %s", d.ref), NULL, a, e);
}

int inward_report_more(struct pass *p, struct arena *a, struct incoming *in, struct err *e)
{
	struct change c = { .at = p->now };
	struct deficiency *d = &in->deficiency;
	const char *status, *reason;

	int again = inward_seen(p, a, in, VERDICT_NONE, &status, &reason, e);
	if (again)
		return again < 0 ? -1 : inward_finish(p, in, &c, status, VERDICT_NONE, reason, NULL, a, e);
	if (pass_load_all(p, e))
		return -1;
	bool open = d->state == DEFICIENCY_OPEN;
	int answered = receipt(p, a, in, d, &c, e);
	if (answered < 0)
		return -1;
	if (open) { /* the coordinator hears of it, once a day at most */
		struct workcal cal = registry_workcal(&p->registry);
		dayno soon = workday_add(&cal, p->today, 1);

		d->step = d->step < soon ? d->step : soon;
		d->due = d->due < d->step ? d->due : d->step;
	}
	change_deficiency(&c, a, d);
	change_added(&c, a, &(struct deficiency_mail){ .deficiency = d->ref, .mail = in->row.id });
	case_record(&c, a, "deficiency-added", d, what_happened(a, in, d));
	/* What comes after a case was closed, a person looks at. */
	return inward_finish(p, in, &c, !open ? "coordinator" : answered ? "answered" : "kept", VERDICT_NONE,
	                     arena_fmt(a, open ? "more about the deficiency %s"
	                                       : "more about the deficiency %s, which is closed", d->ref),
	                     NULL, a, e);
}
