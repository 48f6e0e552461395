/* SPDX-License-Identifier: EUPL-1.2 */
/* In: raw mail is kept first, then read in the reader, joined with its letter,
 * judged, applied and answered: all that follows from one mail is one
 * transaction with its record. */
#include <string.h>

#include "base/log.h"
#include "core/amendment.h"
#include "core/deficiency.h"
#include "src/app/bounce.h"

enum {
	DAY = 86400,        /* seconds */
	BELIEVED_DAYS = 30, /* how long a mail may have waited for us */
};

/* ---- keeping ---- */

/*
 * Who held a role is asked for the day a mail came in, which may be days
 * before a pass sees it. The mail server says when; a time that lies ahead or
 * far back (a mailbox that was copied) is not believed.
 */
static instant received(const struct pass *p, const struct fetched *m)
{
	bool likely = m->received != INSTANT_NONE && m->received <= p->now
	              && p->now - m->received < BELIEVED_DAYS * (instant)DAY;

	return likely && !p->simulated ? m->received : p->now;
}

enum {
	BATCH = 128,           /* mails that are kept by one commit */
	BATCH_BYTES = 4 << 20, /* and what it holds at most, but for the last of them */
	LOOK_MS = 30000, /* since the first: then it is time to put them away. Who is killed fetches no
	                  * more than that anew, and a server that is fast lists its mailbox once. */
	LOOKS = 128, /* what comes faster than it is taken does not keep the pass for ever */
};

struct keeping {
	struct pass *p;
	struct arena batch; /* what the rows below hold */
	struct inbox_row rows[BATCH];
	size_t n, bytes;
	int64_t until;   /* ms on the pass's clock; 0: nothing has come */
	bool to_the_end; /* however long it takes */
	bool enough, ended; /* nothing more is asked for; the pass is to end */
	struct arena arena;
	struct mail_place *kept; /* that can be put away */
	size_t n_kept, cap_kept;
};

static int keep_batch(struct keeping *k, struct err *e)
{
	int stored = k->n ? store_inbox_put(k->p->store, k->rows, k->n, e) : 0;

	if (stored < 0)
		return -1;
	k->p->report.fetched += stored;
	for (size_t i = 0; i < k->n; i++) {
		const struct inbox_row *row = &k->rows[i];

		k->kept = arena_grow(&k->arena, k->kept, k->n_kept, &k->cap_kept, sizeof(*k->kept));
		k->kept[k->n_kept++] = (struct mail_place){
			.uidvalidity = row->uidvalidity, .uid = row->uid, .name = arena_dup(&k->arena, row->name),
		};
	}
	arena_release(&k->batch);
	k->n = k->bytes = 0;
	return 0;
}

static int keep(void *ctx, const struct fetched *m, struct err *e)
{
	struct keeping *k = ctx;

	k->rows[k->n++] = (struct inbox_row){
		.source = arena_dup(&k->batch, m->source),
		.uidvalidity = m->uidvalidity,
		.uid = m->uid,
		.name = arena_dup(&k->batch, m->name),
		.received = received(k->p, m),
		.bytes = arena_dupn(&k->batch, m->bytes, m->len),
		.len = m->len,
		.cut = m->cut,
		.cut_of = m->cut ? (int64_t)m->size : 0,
	};
	k->bytes += m->len;
	if ((k->n == BATCH || k->bytes > BATCH_BYTES) && keep_batch(k, e))
		return -1;
	k->ended = k->ended || !pass_goes_on(k->p);
	int64_t now = net_now_ms(k->p->clock);
	if (!k->until)
		k->until = now + LOOK_MS;
	k->enough = k->ended || (!k->to_the_end && now >= k->until);
	return k->enough;
}

/* Fetches, keeps, and puts away. */
static int look(struct keeping *k, bool *put_away, struct err *e)
{
	struct receiver *r = k->p->receiver;
	struct err store = ERR_INIT, away = ERR_INIT;

	int failed = receiver_fetch(r, MAIL_MAX_BYTES, keep, k, e);
	if (keep_batch(k, &store)) {
		*e = store;
		failed = -1;
	}
	k->enough = k->enough && !failed;
	*put_away = !receiver_done_many(r, k->kept, k->n_kept, &away);
	if (!*put_away && !failed) {
		*e = away;
		failed = -1;
	}
	return failed;
}

/* What is kept and cannot be put away is kept: it is found again, and known, by the next
 * pass. In this one it would stand in the way of what comes behind it, as would what lies
 * there still though the server says that it was moved: then all is fetched at once. */
int pass_fetch(struct pass *p, struct err *e)
{
	bool more = true, put_away = true;
	uint32_t first = 0;
	int failed = 0;

	for (int i = 0; i < LOOKS && more; i++) {
		struct keeping k = { .p = p, .batch = ARENA_INIT, .arena = ARENA_INIT, .to_the_end = !put_away };

		failed = look(&k, &put_away, e);
		more = k.enough && !k.ended;
		uint32_t uid = k.n_kept ? k.kept[0].uid : 0;
		put_away = put_away && (!uid || uid != first);
		first = uid;
		arena_release(&k.batch);
		arena_release(&k.arena);
	}
	return failed;
}

/* ---- what it does ---- */

int inward_finish(struct pass *p, struct incoming *in, struct change *c, const char *status,
                  enum verdict verdict, const char *reason, const char *review, struct arena *a,
                  struct err *e)
{
	if (in->withheld) {
		/* Nobody answers it: once the coordinator is told, then it is only kept. */
		if (in->tell_withheld)
			status = "coordinator";
		else if (!strcmp(status, "answered"))
			status = "kept";
		if (in->tell_withheld || !strcmp(status, "kept"))
			reason = in->why_withheld;
	}
	c->at = p->now;
	inward_register_changes(p, c);
	inward_letters_change(p, c);
	c->inbox = (struct inbox_done){
		.id = in->row.id,
		.cls = in->mail.cls,
		.verdict = verdict,
		.review = review,
		.reason = reason,
		.status = status,
		.message_id = in->mail.message_id,
		.sender = in->mail.from,
		.letter = in->has_letter ? in->letter.ref : NULL,
		.withheld = in->withheld,
	};
	if (!strcmp(status, "coordinator")) /* who is told with the letter of the day */
		change_matter(c, a, &(struct matter){
			.kind = MATTER_LEFT, .key = arena_fmt(a, "%lld", (long long)in->row.id), .day = in->day,
		});
	change_record(c, a, "mail-handled", arena_fmt(a, "inbox-%lld", (long long)in->row.id),
	              arena_fmt(a, "sha256=%s\nclass=%s\nverdict=%s\nstatus=%s\nletter=%s\n",
	                        in->row.sha256, mail_class_name(in->mail.cls), verdict_name(verdict),
	                        status, in->has_letter ? in->letter.ref : ""));
	if (store_apply(p->store, c, e))
		return -1;
	log_event(LOG_INFO, "mail-handled", "inbox=%lld class=%s verdict=%s status=%s reason=\"%s\"",
	          (long long)in->row.id, mail_class_name(in->mail.cls), verdict_name(verdict), status,
	          reason ? reason : "");
	if (!strcmp(status, "kept"))
		p->report.kept++;
	else if (!strcmp(status, "coordinator"))
		p->report.coordinator++;
	else
		p->report.answered++;
	return 0;
}

/* Everything that is not a person's answer is kept and never answered. */
static const char *machine_status(enum mail_class cls)
{
	switch (cls) {
	case MAIL_AUTO_REPLY:
	case MAIL_REPORT:
	case MAIL_REACTION:
	case MAIL_LOOP:
		return "kept";
	case MAIL_BOUNCE:
		return "coordinator";
	case MAIL_REPLY:
	case MAIL_CALENDAR_REPLY:
	case MAIL_OTHER:
	case MAIL_CLASS_COUNT:
		break;
	}
	return NULL;
}

/* A registered role that writes without a letter, or a stranger, goes to the
 * coordinator; so does an answer to a question about a missing fact. */
int inward_for_person(struct pass *p, struct arena *a, struct incoming *in, enum verdict verdict,
                        const char *reason, struct err *e)
{
	struct change c = { .at = p->now };

	return inward_finish(p, in, &c, "coordinator", verdict, reason, NULL, a, e);
}

enum { AWAY_DAYS = 366 }; /* a day of return further ahead is not believed */

/*
 * A machine that says until when its owner is away tells a fact, whoever wrote the
 * mail: at worst a deputy is asked. Only for the address that the letter went to.
 */
static void note_absence(struct pass *p, struct arena *a, const struct incoming *in,
                         struct change *c)
{
	dayno back = in->mail.back;
	char from[DATE_TEXT], to[DATE_TEXT];

	if (in->mail.cls != MAIL_AUTO_REPLY || !in->has_letter || back == DAY_NONE || back <= in->day
	    || back > in->day + AWAY_DAYS || !trust_same_address(in->mail.from, in->letter.address))
		return;
	for (size_t i = 0; i < p->registry.n_roles; i++) {
		const struct role *role = &p->registry.roles[i];

		if (!role_valid(role, in->day) || !trust_same_address(role->address, in->mail.from))
			continue;
		struct absence away = {
			.role = role->id, .from = in->day, .to = back - 1,
			.source = arena_fmt(a, "inbox-%lld", (long long)in->row.id),
		};
		change_absence(c, a, &away);
		amend_absence(c, a, &p->registry, &away, in->day);
		change_record(c, a, "absence", role->id,
		              arena_fmt(a, "from=%s\nto=%s\n", date_text(in->day, from),
		                        date_text(back - 1, to)));
	}
}

/* Who answers a letter and lets the address for deficiencies know, answers. */
static bool answers_letter(const struct pass *p, const struct incoming *in)
{
	const struct settings *s = &p->registry.settings;

	return in->has_letter
	       && (deficiency_letters_among(s, in->mail.recipients, in->mail.n_recipients)
	           || !deficiency_address_among(s, in->mail.recipients, in->mail.n_recipients));
}

/* What is no answer to a letter. */
static int handle_other(struct pass *p, struct arena *a, struct incoming *in, struct err *e)
{
	const struct settings *s = &p->registry.settings;

	in->has_letter = false;
	if (in->has_case)
		return inward_report_more(p, a, in, e);
	if (deficiency_address_among(s, in->mail.recipients, in->mail.n_recipients))
		return inward_report(p, a, in, e);
	return inward_for_person(p, a, in, VERDICT_NONE, "it carries no token of a letter of ours", e);
}

/* A report may look like a machine's by its subject alone, or come from one that
 * watches a system: it opens no case, but is not put aside unseen either. What
 * answers our own receipts is. */
static bool to_be_seen(const struct pass *p, const struct incoming *in)
{
	return !in->has_letter && !in->has_case && in->mail.cls != MAIL_LOOP
	       && deficiency_address_among(&p->registry.settings, in->mail.recipients,
	                                   in->mail.n_recipients);
}

int inward_handle(struct pass *p, struct arena *a, struct incoming *in, struct err *e)
{
	const char *status = machine_status(in->mail.cls);

	if (inward_find_letter(p, a, in, e) < 0)
		return -1;
	if (in->row.cut)
		return inward_set_aside(p, a, in, e);
	if (in->mail.cls == MAIL_BOUNCE && in->mail.n_failures)
		return inward_bounce(p, a, in, e);
	if (status) {
		struct change c = { .at = p->now };
		if (in->has_letter && inward_load_letter(p, &in->letter, e))
			return -1;
		note_absence(p, a, in, &c);
		if (to_be_seen(p, in))
			status = "coordinator";
		return inward_finish(p, in, &c, status, VERDICT_NONE, in->mail.why, NULL, a, e);
	}
	if (in->mail.cls == MAIL_CALENDAR_REPLY)
		return inward_rsvp(p, a, in, e);
	if (in->mail.cls != MAIL_REPLY)
		return inward_for_person(p, a, in, VERDICT_NONE, in->mail.why, e);
	int command = inward_command(p, a, in, e);
	if (command)
		return command < 0 ? -1 : 0;
	if (!answers_letter(p, in))
		return handle_other(p, a, in, e);
	const char *sent;
	if (inward_load_letter(p, &in->letter, e))
		return -1;
	int ok = inward_read_answer(p, a, in, &sent, e);
	if (ok < 0)
		return -1;
	if (!ok)
		return inward_for_person(p, a, in, VERDICT_NONE, "it could not be read twice", e);
	return in->has_confirmation ? inward_confirm(p, a, in, e) : inward_reply(p, a, in, sent, e);
}
