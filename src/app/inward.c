/* SPDX-License-Identifier: EUPL-1.2 */
/* In: raw mail is kept first, then read in the reader, joined with its letter,
 * judged, applied and answered: all that follows from one mail is one
 * transaction with its record. */
#include <stdio.h>
#include <string.h>

#include "app/letter.h"
#include "app/pass.h"
#include "base/log.h"
#include "base/text.h"
#include "core/apply.h"

enum {
	ANSWERS_A_DAY = 10, /* to one address, so that two machines cannot talk for ever */
	POISON = 3,         /* readers that a mail may kill before it is set aside */
	DAY = 86400,        /* seconds */
	BELIEVED_DAYS = 30, /* how long a mail may have waited for us */
};

struct incoming {
	struct inbox_row row;
	struct mail_facts mail;
	struct calendar_reply calendar;
	struct letter letter;
	struct reviews reviews;
	struct questions questions; /* of the letter, when it asked for facts */
	bool has_letter, several; /* tokens that name one letter; or more than one */
	dayno day; /* of receipt */
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

static int keep(void *ctx, const struct fetched *m, struct err *e)
{
	struct pass *p = ctx;
	uint8_t digest[DIGEST_SIZE];
	char hex[DIGEST_HEX];

	digest_sha256(m->bytes, m->len, digest);
	digest_hex(digest, sizeof(digest), hex);
	struct inbox_row row = {
		.source = m->source,
		.uidvalidity = m->uidvalidity,
		.uid = m->uid,
		.name = m->name,
		.sha256 = hex,
		.received = received(p, m),
		.bytes = m->bytes,
		.len = m->len,
	};
	int stored = store_inbox_put(p->store, &row, e);
	if (stored < 0)
		return -1;
	p->report.fetched += stored;
	return receiver_done(p->receiver, m->uidvalidity, m->uid, m->name, e);
}

int pass_fetch(struct pass *p, struct err *e)
{
	return receiver_fetch(p->receiver, MAIL_MAX_BYTES, keep, p, e);
}

/* ---- which letter ---- */

static int letter_by(struct pass *p, struct arena *a, struct incoming *in, const char *text,
                     size_t len, struct err *e)
{
	if (len != TOKEN_TEXT - 1)
		return 0;
	struct letter letter;
	int found = store_letter_by_token(p->store, a, letter_token_hash(a, arena_dupn(a, text, len)),
	                                  &letter, e);
	if (found <= 0)
		return found;
	in->several |= in->has_letter && strcmp(in->letter.ref, letter.ref) != 0;
	if (!in->has_letter)
		in->letter = letter;
	in->has_letter = true;
	return 0;
}

/* The token rides in the address answered to, and in our Message-ID. Local
 * parts may have been folded to another case on the way. All of them are looked
 * at: a mail that names two letters does not say which one it answers. */
static int find_letter(struct pass *p, struct arena *a, struct incoming *in, struct err *e)
{
	for (size_t i = 0; i < in->mail.n_recipients; i++) {
		const char *to = text_fold(a, in->mail.recipients[i]);
		const char *plus = strchr(to, '+'), *at = strchr(to, '@');

		if (plus && at && plus < at && letter_by(p, a, in, plus + 1, (size_t)(at - plus - 1), e))
			return -1;
	}
	for (size_t i = 0; i < in->mail.n_references; i++) {
		const char *id = text_fold(a, in->mail.references[i]);
		const char *dot = strchr(id, '.');

		if (dot && letter_by(p, a, in, id, (size_t)(dot - id), e))
			return -1;
	}
	if (!in->has_letter)
		return 0;
	if (store_letter_reviews(p->store, a, in->letter.ref, &in->reviews, e))
		return -1;
	return store_letter_questions(p->store, a, in->letter.ref, &in->questions, e);
}

/* The text of everything we have sent about the letter: what a reply quotes of
 * it is not the sender's word. These are our own bytes, so they are parsed here. */
static int sent_text(struct pass *p, struct arena *a, const struct letter *l, const char **out,
                     struct err *e)
{
	struct buf b AUTO(buf_release) = BUF_INIT;
	struct outbox_row *rows;
	size_t n;

	if (store_letter_mails(p->store, a, l->ref, &rows, &n, e))
		return -1;
	for (size_t i = 0; i < n; i++) {
		struct mail_facts ours;

		mail_parse(a, rows[i].bytes, rows[i].len, NULL, NULL, NULL, &ours);
		if (ours.text)
			buf_fmt(&b, "%s\n", ours.text);
	}
	*out = arena_dup(a, b.data);
	return 0;
}

/* 1 read; 0 the mail killed its reader. */
static int read_mail(struct pass *p, struct arena *a, struct incoming *in, const char *sent,
                     struct err *e)
{
	struct reading reading;
	int ok = reader_parse(p->reader, a, in->row.bytes, in->row.len, sent,
	                      p->registry.settings.address, p->config->authserv_id, &reading, e);

	if (ok > 0) {
		in->mail = reading.mail;
		in->calendar = reading.calendar;
	}
	return ok;
}

/* ---- what it does ---- */

static int finish(struct pass *p, struct incoming *in, struct change *c, const char *status,
                  enum verdict verdict, const char *reason, const char *review, struct arena *a,
                  struct err *e)
{
	c->at = p->now;
	c->inbox = (struct inbox_done){
		.id = in->row.id,
		.cls = in->mail.cls,
		.verdict = verdict,
		.review = review,
		.reason = reason,
		.status = status,
	};
	change_record(c, a, "mail-handled", arena_fmt(a, "inbox-%lld", (long long)in->row.id),
	              arena_fmt(a, "sha256=%s\nclass=%s\nverdict=%s\nstatus=%s\nletter=%s\n",
	                        in->row.sha256, mail_class_name(in->mail.cls), verdict_name(verdict),
	                        status, in->has_letter ? in->letter.ref : ""));
	log_event(LOG_INFO, "mail-handled", "inbox=%lld class=%s verdict=%s status=%s reason=\"%s\"",
	          (long long)in->row.id, mail_class_name(in->mail.cls), verdict_name(verdict), status,
	          reason ? reason : "");
	if (!strcmp(status, "kept"))
		p->report.kept++;
	else if (!strcmp(status, "coordinator"))
		p->report.coordinator++;
	else
		p->report.answered++;
	return store_apply(p->store, c, e);
}

/* Everything that is not a person's answer is kept and never answered. */
static const char *machine_status(enum mail_class cls)
{
	switch (cls) {
	case MAIL_AUTO_REPLY:
	case MAIL_REPORT:
	case MAIL_CALENDAR_REPLY:
	case MAIL_REACTION:
	case MAIL_LOOP:
		return "kept";
	case MAIL_BOUNCE:
		return "coordinator";
	case MAIL_REPLY:
	case MAIL_OTHER:
	case MAIL_CLASS_COUNT:
		break;
	}
	return NULL;
}

static struct trust judge(const struct pass *p, const struct incoming *in)
{
	enum trust_profile profile = p->config->authserv_id ? TRUST_AUTHSERV : TRUST_TOKEN;
	struct trust_facts f = {
		.token_found = in->has_letter,
		.token_matches = in->has_letter && !in->several,
		.from = in->mail.from,
		.auth_domain = in->mail.auth_domain,
	};

	/* Whoever answers for one of its items today may write about the letter;
	 * which of them they may sign, apply_reply() asks for each. */
	for (size_t i = 0; i < in->reviews.n; i++) {
		const struct item *item = registry_item(&p->registry, in->reviews.at[i].item);
		const struct role *holder = item ? plan_approver(&p->registry, item, in->day) : NULL;
		struct trust t = trust_judge(&p->registry, holder, in->day, profile, &f);

		if (t.trusted)
			return t;
	}
	return trust_judge(&p->registry, registry_role(&p->registry, in->letter.role), in->day, profile, &f);
}

/* A registered role that writes without a letter, or a stranger, goes to the
 * coordinator; so does an answer to a question about a missing fact. */
static int for_a_person(struct pass *p, struct arena *a, struct incoming *in, enum verdict verdict,
                        const char *reason, struct err *e)
{
	struct change c = { .at = p->now };

	return finish(p, in, &c, "coordinator", verdict, reason, NULL, a, e);
}

static int answer(struct pass *p, struct arena *a, struct incoming *in, const struct reply *reply,
                  const struct trust *trust, const struct applied *done, struct change *c,
                  struct err *e)
{
	const struct body *body = registry_body(&p->registry, in->letter.body);
	int today;

	if (done->answer == ANSWER_NONE || !body)
		return 0;
	if (store_answers_since(p->store, in->mail.from, p->now - DAY, &today, e))
		return -1;
	if (today >= ANSWERS_A_DAY) {
		log_event(LOG_WARNING, "answer-withheld", "letter=%s answers_today=%d", in->letter.ref, today);
		return 0;
	}
	struct letter_words w = { .single = in->reviews.n == 1 };
	letter_common_words(p, a, &in->letter, body, trust->as, &w);
	answer_words(p, a, &in->reviews, in->row.received, reply, trust, done, &w);
	bool over = done->all_closed && in->letter.event_day != DAY_NONE && in->letter.event_day > p->today;
	if (over)
		in->letter.sequence++;
	struct letter_mail m = {
		.template_name = done->answer == ANSWER_RECEIPT ? "receipt" : "not-understood",
		.letter = &in->letter,
		.to_name = trust->as ? trust->as->title : NULL,
		.to = in->mail.from,
		.is_answer = true,
		.answers_id = in->mail.message_id,
		.calendar = over ? CALENDAR_CANCEL : CALENDAR_NO,
		.calendar_summary = arena_fmt(a, p->lang == VIEW_SV ? "Klart: %s, %s [%s]" : "Done: %s, %s [%s]",
		                              w.object, w.body, in->letter.ref),
	};
	const char *message_id;
	if (letter_write(p, a, &m, &w, c, &message_id, e))
		return -1;
	if (over)
		in->letter.event_day = DAY_NONE;
	change_letter(c, a, &in->letter);
	return 0;
}

/* What the letter asked for; its vocabulary goes with it. */
static enum letter_kind kind_of_letter(const struct pass *p, const struct incoming *in)
{
	if (in->questions.n)
		return LETTER_QUESTION;
	for (size_t i = 0; i < in->reviews.n; i++) {
		const struct item *item = registry_item(&p->registry, in->reviews.at[i].item);

		if (!item || item->kind == ITEM_ROUTINE || item->kind == ITEM_DOCUMENT)
			return LETTER_REVIEW;
	}
	return LETTER_INVENTORY;
}

static int reply_to_letter(struct pass *p, struct arena *a, struct incoming *in, const char *sent,
                           struct err *e)
{
	struct trust trust = judge(p, in);
	struct change c = { .at = p->now };
	struct reply reply;
	struct applied done;

	const struct reply_context ctx = {
		.received = in->day,
		.letter = kind_of_letter(p, in),
		.yes_approves = p->config->bare_yes && in->reviews.n == 1,
		.done_offered = reply_offers(sent, "KLART"),
		.from = in->mail.from,
	};
	reply_read(a, in->mail.doubtful ? "" : in->mail.fresh ? in->mail.fresh : "", &ctx, &reply);
	if (in->mail.doubtful) {
		reply.verdict = VERDICT_UNCLEAR;
		reply.reason = in->mail.doubt;
	}
	if (in->questions.n)
		return for_a_person(p, a, in, reply.verdict, "an answer to a question about a missing fact", e);
	struct apply_input input = {
		.registry = &p->registry,
		.letter = &in->letter,
		.reviews = in->reviews.at,
		.n_reviews = in->reviews.n,
		.reply = &reply,
		.trust = &trust,
		.from = in->mail.from,
		.day = in->day,
		.at = p->now,
	};
	apply_reply(&input, a, &c, &done);
	if (answer(p, a, in, &reply, &trust, &done, &c, e))
		return -1;
	p->report.signed_off += (int)c.n_signoffs;
	return finish(p, in, &c, done.for_coordinator ? "coordinator" : done.status, reply.verdict,
	              done.reason, done.review, a, e);
}

/* What the letter's items are made of now: the mail before may have changed it. */
static int load_letter(struct pass *p, const char *ref, struct err *e)
{
	struct registry fresh;

	registry_init(&fresh);
	if (store_load_letter(p->store, ref, &fresh, e)) {
		registry_release(&fresh);
		return -1;
	}
	pass_take_register(p, &fresh);
	return 0;
}

static int handle(struct pass *p, struct arena *a, struct incoming *in, struct err *e)
{
	const char *status = machine_status(in->mail.cls);

	if (find_letter(p, a, in, e) < 0)
		return -1;
	if (status) {
		struct change c = { .at = p->now };
		return finish(p, in, &c, status, VERDICT_NONE, in->mail.why, NULL, a, e);
	}
	if (in->mail.cls != MAIL_REPLY)
		return for_a_person(p, a, in, VERDICT_NONE, in->mail.why, e);
	if (!in->has_letter)
		return for_a_person(p, a, in, VERDICT_NONE, "it carries no token of a letter of ours", e);
	const char *sent;
	if (load_letter(p, in->letter.ref, e) || sent_text(p, a, &in->letter, &sent, e))
		return -1;
	int ok = read_mail(p, a, in, sent, e);
	if (ok < 0)
		return -1;
	return ok ? reply_to_letter(p, a, in, sent, e)
	          : for_a_person(p, a, in, VERDICT_NONE, "it could not be read twice", e);
}

int pass_read(struct pass *p, struct err *e)
{
	for (;;) {
		struct arena a AUTO(arena_release) = ARENA_INIT;
		struct incoming in = { .has_letter = false };
		int more = store_inbox_next(p->store, &a, &in.row, e), crashes;

		if (more <= 0)
			return more;
		in.day = zone_wall(in.row.received).day;
		int ok = read_mail(p, &a, &in, NULL, e);
		if (ok < 0)
			return -1;
		if (!ok) {
			if (store_inbox_crashed(p->store, in.row.id, p->now, &crashes, e))
				return -1;
			if (crashes >= POISON)
				p->report.coordinator++;
			log_event(LOG_ERROR, "reader-died", "inbox=%lld times=%d", (long long)in.row.id, crashes);
			continue;
		}
		if (handle(p, &a, &in, e))
			return err_wrap(e, "incoming mail %lld", (long long)in.row.id);
	}
}
