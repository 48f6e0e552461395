/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * In: the coordinator's commands. Where the site checks domains, one must be vouched
 * for. Elsewhere who sends it is known by the address alone, which anybody can write:
 * so an answer goes to the registered address and nowhere else, and what changes
 * something is asked there first, on every site.
 */
#include <inttypes.h>
#include <string.h>

#include "base/text.h"
#include "core/amendment.h"
#include "core/deficiency.h"
#include "core/start.h"
#include "src/app/cases.h"
#include "src/app/coordinator.h"
#include "src/app/inward.h"

enum {
	ASK_AT_MOST = 3, /* times, the same question */
	DAY = 86400,     /* seconds */
	REASON = 200,    /* code points of a reason that are kept */
};

/* One command on its way to its answer. */
struct errand {
	struct command said;
	const struct role *role; /* the coordinator */
	struct trust trust;      /* its facts: for the record */
	struct letter letter;    /* that answers it */
	struct letter_words w;
	struct change c;
};

static const struct role *sender_role(const struct pass *p, const struct incoming *in)
{
	const struct role *role = deficiency_coordinator(&p->registry, in->day);

	return role && in->mail.from && trust_role_writes(role, in->mail.from) ? role : NULL;
}

static void judge(const struct pass *p, struct arena *a, const struct incoming *in, struct errand *x)
{
	const struct trust_facts f = {
		.from = in->mail.from, .auth_domain = in->mail.auth_domain,
		.auth_why = in->mail.auth_why ? text_cut(a, text_tidy(a, in->mail.auth_why), REASON) : NULL,
		.alarm = in->mail.auth_alarm,
		.asked = DAY_NONE, .written = DAY_NONE,
	};

	x->trust = trust_judge(&p->registry, x->role, in->day,
	                       p->config->profile != AUTH_NONE ? TRUST_AUTHSERV : TRUST_NONE, &f);
}

static const char *template_of(enum command_kind k)
{
	switch (k) {
	case COMMAND_STATUS:
		return "command-status";
	case COMMAND_OVERDUE:
	case COMMAND_WAITING:
		return "command-list";
	case COMMAND_SHOW:
		return "command-show";
	case COMMAND_START:
		return "command-start";
	case COMMAND_UNKNOWN:
	case COMMAND_HELP:
	case COMMAND_KIND_COUNT:
		break;
	}
	return "command-help";
}

/* ---- the answer ---- */

static int mint(struct pass *p, struct arena *a, struct errand *x, struct err *e)
{
	int serial;

	if (store_letter_serial(p->store, date_ymd(p->today).y, &serial, e))
		return -1;
	x->letter = (struct letter){
		.role = x->role->id, .body = case_body(p)->id, .address = x->role->address,
		.opened = p->today, .event_day = DAY_NONE, .kind = LETTER_COMMAND,
	};
	letter_mint(p, a, serial + 1, &x->letter);
	letter_common_words(p, a, &x->letter, case_body(p), x->role, &x->w);
	letter_command_links(p, a, &x->letter, &x->w);
	return 0;
}

static int write_answer(struct pass *p, struct arena *a, const struct incoming *in, struct errand *x,
                        const char *template_name, const char *token, int nth, struct err *e)
{
	const char *message_id;
	struct letter_mail m = {
		.template_name = template_name, .letter = &x->letter, .token = token, .nth = nth,
		.to_name = x->role->title, .to = x->role->address, .is_answer = true,
		.answers_id = in->mail.message_id,
	};

	if (letter_write(p, a, &m, &x->w, &x->c, &message_id, e))
		return -1;
	change_letter(&x->c, a, &x->letter);
	return 0;
}

static int finish(struct pass *p, struct arena *a, struct incoming *in, struct errand *x,
                  const char *status, struct err *e)
{
	const char *subject = *x->letter.ref ? x->letter.ref
	                                     : arena_fmt(a, "inbox-%" PRId64, in->row.id);

	change_record(&x->c, a, "command", subject,
	              arena_fmt(a, "mail=inbox-%" PRId64 "\ncommand=%s\nrole=%s\nsender=%s\ndomain=%s\n"
	                        "domain_why=%s\n", in->row.id, command_name(x->said.kind), x->role->id,
	                        fact_name(x->trust.sender), fact_name(x->trust.domain),
	                        x->trust.why_domain));
	return inward_finish(p, in, &x->c, status, VERDICT_NONE,
	                     arena_fmt(a, "a command of the coordinator's: %s", command_name(x->said.kind)),
	                     NULL, a, e) ? -1 : 1;
}

/* ---- commands that only look ---- */

static int look(struct pass *p, struct arena *a, struct errand *x, struct err *e)
{
	struct overview o;

	if (overview_take(p, a, p->now, &o, e))
		return -1;
	if (x->said.kind == COMMAND_STATUS)
		overview_words(p, a, &o, &x->w);
	else
		overview_list(p, a, &o, x->said.kind == COMMAND_OVERDUE, &x->w);
	overview_release(&o);
	return 0;
}

/* What was written is not repeated: anybody may have written it. */
static const char *not_found(const struct pass *p, const char *ref)
{
	if (ref)
		return IN_LANGUAGE(p, "Inget i registret heter så. Skriv ett id som T005 eller en referens "
		                      "som GR-27-0042-K7QD.",
		                   "Nothing in the register is called that. Write an id like T005 or a "
		                   "reference like GR-27-0042-K7QD.");
	return IN_LANGUAGE(p, "Skriv också vad det gäller: ett id som T005 eller en referens som "
	                      "GR-27-0042-K7QD.",
	                   "Write also what it is about: an id like T005 or a reference like "
	                   "GR-27-0042-K7QD.");
}

static int show(struct pass *p, struct arena *a, struct errand *x, struct err *e)
{
	int found = x->said.ref ? coordinator_show(p, a, x->said.ref, &x->w, e) : 0;

	x->w.found = found > 0;
	if (!found)
		x->w.problem = not_found(p, x->said.ref);
	return found < 0 ? -1 : 0;
}

/* ---- a review before its time ---- */

static const char *refusal(const struct pass *p, enum start_verdict v)
{
	switch (v) {
	case START_RETIRED:
		return IN_LANGUAGE(p, "Den används inte längre, eller har ersatts.",
		                   "It is no longer in use, or has been replaced.");
	case START_OPEN:
		return IN_LANGUAGE(p, "Den har redan en öppen granskning. Skriv VISA för att se den.",
		                   "It already has an open review. Write SHOW to see it.");
	case START_NOBODY:
		return IN_LANGUAGE(p, "Det finns ingen att fråga: ingen ansvarig med e-postadress i dag.",
		                   "There is nobody to ask: nobody with an address is responsible today.");
	case START_ANYWAY:
		return IN_LANGUAGE(p, "Brevet om den går ändå, nästa dag som vi skickar brev.",
		                   "Its letter goes anyway, on the next day that we send letters.");
	case START_RECENT:
		return IN_LANGUAGE(p, "Den är nyss granskad eller beslutad. Vänta några veckor.",
		                   "It has just been reviewed or decided. Wait some weeks.");
	case START_OK:
		break;
	}
	return NULL;
}

static int find_start(struct pass *p, struct arena *a, const struct item *item, struct start *out,
                      struct err *e)
{
	struct reviews reviews;
	bool open = false;

	if (store_item_reviews(p->store, a, item->id, &reviews, e))
		return -1;
	for (size_t i = 0; i < reviews.n; i++)
		open |= !review_terminal(reviews.at[i].state);
	*out = start_review(&p->registry, item, open, p->today);
	return 0;
}

static void start_words(const struct pass *p, struct arena *a, const struct item *item,
                        const struct start *s, struct letter_words *w)
{
	w->object = coordinator_title(a, item);
	w->holder = coordinator_holder(p, a, item);
	w->from_long = letter_day_long(p, a, s->letter);
	w->deadline_long = letter_day_long(p, a, s->act_by);
}

/* The question, with a token of its own: only who reads the registered mailbox has it. */
static int ask(struct pass *p, struct arena *a, struct incoming *in, struct errand *x,
               const struct confirmation *held, struct err *e)
{
	char token[TOKEN_TEXT];

	letter_confirm_token(p, &x->letter, held->mail, token);
	letter_confirm_links(p, a, &x->letter, token, &x->w);
	x->w.expires_long = letter_day_long(p, a, zone_wall(held->expires).day);
	return write_answer(p, a, in, x, "command-start", token, held->mails, e);
}

static int hold(struct pass *p, struct arena *a, struct incoming *in, struct errand *x,
                const struct item *item, struct err *e)
{
	char token[TOKEN_TEXT];

	letter_confirm_token(p, &x->letter, in->row.id, token);
	struct confirmation held = {
		.token_hash = letter_token_hash(a, token),
		.role = x->role->id,
		.address = x->role->address,
		.mail = in->row.id,
		.from = in->mail.from,
		.token = fact_name(FACT_NO),
		.sender = fact_name(x->trust.sender),
		.domain = fact_name(x->trust.domain),
		.direct = in->mail.indirect ? "no" : "yes",
		.answers = item->id,
		.asked = p->now,
		.expires = p->now + (instant)p->registry.settings.confirm_days * DAY,
		.mails = 1,
		.state = CONFIRM_ASKED,
		.ended = INSTANT_NONE,
	};
	memcpy(held.letter, x->letter.ref, sizeof(held.letter));
	change_confirmation(&x->c, a, &held);
	change_record(&x->c, a, "confirmation-asked", x->letter.ref,
	              arena_fmt(a, "mail=inbox-%" PRId64 "\nrole=%s\nstart=%s\n", held.mail, held.role, item->id));
	return ask(p, a, in, x, &held, e);
}

static int start(struct pass *p, struct arena *a, struct incoming *in, struct errand *x,
                 struct err *e)
{
	const struct item *item = x->said.ref ? coordinator_item(p, a, x->said.ref) : NULL;
	struct start s;

	if (!item) {
		x->w.problem = not_found(p, x->said.ref);
		return write_answer(p, a, in, x, "command-started", NULL, 0, e);
	}
	if (find_start(p, a, item, &s, e))
		return -1;
	start_words(p, a, item, &s, &x->w);
	if (s.verdict == START_OK)
		return hold(p, a, in, x, item, e);
	x->w.problem = refusal(p, s.verdict);
	return write_answer(p, a, in, x, "command-started", NULL, 0, e);
}

/* ---- which mail is a command ---- */

static int obey(struct pass *p, struct arena *a, struct incoming *in, struct errand *x,
                struct err *e)
{
	bool looks = x->said.kind == COMMAND_STATUS || x->said.kind == COMMAND_OVERDUE
	             || x->said.kind == COMMAND_WAITING;

	if (mint(p, a, x, e))
		return -1;
	if (x->said.kind == COMMAND_START)
		return start(p, a, in, x, e);
	if ((looks && look(p, a, x, e)) || (x->said.kind == COMMAND_SHOW && show(p, a, x, e)))
		return -1;
	if (x->said.kind == COMMAND_UNKNOWN)
		x->w.problem = IN_LANGUAGE(p, "Vi förstod inte vad du vill.", "We did not understand what you want.");
	return write_answer(p, a, in, x, template_of(x->said.kind), NULL, 0, e);
}

/* A command, and an answer to the letter below it: the letter's way asks which. */
static bool answers_too(struct arena *a, const struct incoming *in, const struct command *said)
{
	const struct reply_context ctx = {
		.received = in->day, .letter = in->letter.kind, .from = in->mail.from,
	};
	struct reply reply;

	reply_read(a, said->rest, &ctx, &reply);
	return reply.n_answers || reply.n_proposed;
}

/* Whether the mail is to be read as one, if the coordinator sent it. */
static bool may_be(struct pass *p, struct arena *a, const struct incoming *in, struct command *out)
{
	const struct settings *s = &p->registry.settings;
	const char **to = in->mail.recipients;
	size_t n = in->mail.n_recipients;

	if (in->has_confirmation || in->has_case || in->several || deficiency_address_among(s, to, n))
		return false;
	if (!in->has_letter) {
		command_said(a, in->mail.subject, in->mail.fresh, out);
		return deficiency_letters_among(s, to, n);
	}
	command_said(a, NULL, in->mail.fresh, out);
	return in->letter.kind == LETTER_COMMAND
	       || (out->kind != COMMAND_UNKNOWN && !answers_too(a, in, out));
}

int inward_command(struct pass *p, struct arena *a, struct incoming *in, struct err *e)
{
	struct errand x = { .c = { .at = p->now } };
	const char *status, *reason;

	if (!may_be(p, a, in, &x.said))
		return 0;
	if (coordinator_load_people(p, e))
		return -1;
	if (!sender_role(p, in))
		return 0;
	if (in->mail.doubtful || in->mail.auth_alarm)
		return inward_for_person(p, a, in, VERDICT_NONE, in->mail.doubtful ? in->mail.doubt
		                         : "a command that may be forged", e) ? -1 : 1;
	int again = inward_seen(p, a, in, VERDICT_NONE, &status, &reason, e);
	if (again)
		return again < 0 || inward_finish(p, in, &x.c, status, VERDICT_NONE, reason, NULL, a, e) ? -1 : 1;
	if (pass_load_all(p, e))
		return -1;
	x.role = sender_role(p, in);
	judge(p, a, in, &x);
	/* Forged ones would use up the answers that the coordinator may get in a day. */
	if (x.trust.domain == FACT_NO)
		return inward_for_person(p, a, in, VERDICT_NONE, x.trust.why_domain, e) ? -1 : 1;
	int may = inward_may_answer(p, a, in, x.role->address, false, e);
	if (may < 0 || (may && obey(p, a, in, &x, e)))
		return -1;
	return finish(p, a, in, &x, may ? "answered" : "kept", e);
}

/* ---- the answer to the question ---- */

static void end(struct arena *a, const struct pass *p, const struct incoming *in, struct errand *x,
                enum confirm_state state)
{
	struct confirmation done = in->confirmation;

	done.state = state;
	done.ended = p->now;
	done.ended_by = in->row.id;
	done.end_domain = fact_name(x->trust.domain);
	change_confirmation(&x->c, a, &done);
	change_record(&x->c, a, arena_fmt(a, "confirmation-%s", confirm_state_name(state)), x->letter.ref,
	              arena_fmt(a, "mail=inbox-%" PRId64 "\nby=inbox-%" PRId64 "\nrole=%s\ndomain=%s\n",
	                        done.mail, done.ended_by, done.role, fact_name(x->trust.domain)));
}

/* The facts that open it: the pass that goes on from here writes the letter. */
static int do_start(struct pass *p, struct arena *a, const struct incoming *in, struct errand *x,
                    struct err *e)
{
	const struct item *item = registry_item(&p->registry, in->confirmation.answers);
	char due[DATE_TEXT], act_by[DATE_TEXT];
	struct start s;

	end(a, p, in, x, CONFIRM_CONFIRMED);
	if (!item) {
		x->w.object = in->confirmation.answers;
		x->w.problem = not_found(p, in->confirmation.answers);
		return 0;
	}
	if (find_start(p, a, item, &s, e))
		return -1;
	start_words(p, a, item, &s, &x->w);
	x->w.problem = refusal(p, s.verdict);
	x->w.started = s.verdict == START_OK;
	if (!x->w.started)
		return 0;
	if (s.asks)
		change_event(&x->c, a, &s.event);
	change_exception(&x->c, a, &s.plan);
	amend_exception(&x->c, a, &p->registry, &s.plan, in->day);
	change_record(&x->c, a, "review-started", item->id,
	              arena_fmt(a, "due=%s\nact_by=%s\nrole=%s\nletter=%s\nmail=inbox-%" PRId64 "\n",
	                        date_text(s.due, due), date_text(s.act_by, act_by), x->role->id, x->letter.ref,
	                        in->row.id));
	return 0;
}

static void say(const struct pass *p, struct arena *a, const struct incoming *in, struct errand *x,
                const char *sv, const char *en)
{
	const struct item *item = registry_item(&p->registry, in->confirmation.answers);

	x->w.object = item ? coordinator_title(a, item) : in->confirmation.answers;
	x->w.problem = IN_LANGUAGE(p, sv, en);
}

static int ask_again(struct pass *p, struct arena *a, struct incoming *in, struct errand *x,
                     struct err *e)
{
	const struct item *item = registry_item(&p->registry, in->confirmation.answers);
	struct confirmation held = in->confirmation;
	struct start s;

	if (held.mails >= ASK_AT_MOST || !item)
		return 0;
	if (find_start(p, a, item, &s, e))
		return -1;
	start_words(p, a, item, &s, &x->w);
	x->w.problem = IN_LANGUAGE(p, "Svara med bara JA eller NEJ överst.", "Answer with YES or NO alone, first.");
	held.mails++;
	change_confirmation(&x->c, a, &held);
	return ask(p, a, in, x, &held, e) ? -1 : 1;
}

static int step(struct pass *p, struct arena *a, struct incoming *in, struct errand *x,
                enum confirm_step what, struct err *e)
{
	switch (what) {
	case CONFIRM_APPLY:
		return do_start(p, a, in, x, e);
	case CONFIRM_DROP:
		end(a, p, in, x, CONFIRM_DROPPED);
		say(p, a, in, x, "Du svarade NEJ.", "You answered NO.");
		break;
	case CONFIRM_USED:
		say(p, a, in, x, "Den frågan är redan besvarad.", "That question has been answered before.");
		break;
	case CONFIRM_EXPIRED:
		say(p, a, in, x, "Svaret kom för sent. Skriv STARTA igen.", "The answer came too late. Write START again.");
		break;
	case CONFIRM_AGAIN:
	case CONFIRM_STRANGER:
	case CONFIRM_STEP_COUNT:
		break;
	}
	return 0;
}

int inward_command_confirm(struct pass *p, struct arena *a, struct incoming *in, struct err *e)
{
	const struct reply_context ctx = {
		.received = in->day, .letter = LETTER_CONFIRM, .from = in->mail.from,
	};
	struct errand x = { .c = { .at = p->now }, .letter = in->letter, .said = { .kind = COMMAND_START } };
	const char *status, *reason;
	struct reply reply;

	if (pass_load_all(p, e))
		return -1;
	x.role = registry_role(&p->registry, in->confirmation.role);
	bool same = x.role && role_valid(x.role, in->day) && in->mail.from && !in->several
	            && trust_role_writes(x.role, in->mail.from) && sender_role(p, in) == x.role;
	reply_read(a, in->mail.doubtful || !in->mail.fresh ? "" : in->mail.fresh, &ctx, &reply);
	int again = inward_seen(p, a, in, reply.verdict, &status, &reason, e);
	if (again)
		return again < 0 ? -1 : inward_finish(p, in, &x.c, status, reply.verdict, reason, NULL, a, e);
	enum confirm_step what = confirm_next(&in->confirmation, same, in->row.received, &reply);
	if (what == CONFIRM_STRANGER || in->mail.auth_alarm)
		return inward_for_person(p, a, in, reply.verdict,
		                         "a confirmation does not come from the address that was asked", e);
	judge(p, a, in, &x);
	letter_common_words(p, a, &x.letter, case_body(p), x.role, &x.w);
	int may = inward_may_answer(p, a, in, x.role->address, false, e), asked = 0;
	if (may < 0)
		return -1;
	if (what == CONFIRM_AGAIN) {
		asked = may ? ask_again(p, a, in, &x, e) : 0;
		if (asked < 0)
			return -1;
		if (!asked)
			return inward_for_person(p, a, in, reply.verdict, "it says neither yes nor no", e);
	} else if (step(p, a, in, &x, what, e)
	           || (may && write_answer(p, a, in, &x, "command-started", NULL, 0, e))) {
		return -1;
	}
	return finish(p, a, in, &x, x.w.started ? "applied" : "answered", e) < 0 ? -1 : 0;
}
