/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_APP_LETTER_H
#define OVERSYN_APP_LETTER_H

#include <stdbool.h>

#include "app/pass.h"
#include "core/apply.h"
#include "core/change.h"
#include "core/plan.h"
#include "core/rsvp.h"
#include "mail/message.h"
#include "mail/template.h"

/*
 * Everything that a template may name, in one place: what is not relevant in
 * a letter is empty, and a name that is not here is a typing mistake that
 * templates_check() finds at start.
 */
#define LETTER_TEXTS(X) \
	X(municipality) X(body) X(role) X(ref) X(registry_no) \
	X(contact_role) X(contact_address) X(contact_phone) X(privacy_link) \
	X(meeting_short) X(decision_example) X(adjusted_long) X(from_short) X(from_long) \
	X(responsible) X(answer_long) X(emergency_phone) X(command) \
	X(decided_by) X(decided_long) X(paragraph) X(document_no) X(followed_long) \
	X(proposer) X(mandated) X(kept_until_long) X(deficiencies) X(open_deficiencies) X(late_routines) X(all_routines) \
	X(late_inventories) X(all_inventories) \
	X(quarter) X(in_time_percent) X(overdue_count) X(oldest_long) X(unwatched_count) \
	X(object) X(count) X(deadline_short) X(deadline_long) X(days_left) X(invited_long) \
	X(next_long) X(meeting_long) X(stop_long) X(extension_days) X(example_date) \
	X(approve_link) X(changes_link) X(extension_link) X(wrong_link) \
	X(editorial_link) X(revise_link) X(repeal_link) \
	X(superior) X(holder) X(away_long) X(secretary_address) X(told_long) \
	X(yes_link) X(no_link) X(expires_long) X(sender) X(answerer) \
	X(received_long) X(received_time) X(left) X(left_example) X(quote) X(problem) \
	X(undo_link) X(undo_long) \
	X(object_count) X(about_ref) X(first_letters) \
	X(event_short) X(event_long) X(event_time) X(proposed_long) \
	X(today_short) X(today_long) X(soon_count) X(soon_days) X(open_count) X(waiting_count) \
	X(held_count) X(failed_count) X(open_cases) X(more) X(status_link) X(late_link) X(waiting_link) \
	X(week) X(since_long) X(passes) X(pause) X(unfetched) X(sent_count) X(answers_count) \
	X(received_count) X(recorded_count) X(left_count) X(findings_count) X(coming_letters) \
	X(coming_reviews) X(coming_until_long) X(record_rows) X(record_head) \
	X(done_count) X(in_time_count) X(before_quarter) X(before_overdue) X(before_done) \
	X(before_in_time) X(before_unwatched) X(escalated_count) X(chair_count) X(reported_count) X(closed_count) \
	X(yours_count) X(held_reason) X(held_long) X(returned_long) X(late_count)
#define LETTER_FLAGS(X) \
	X(single) X(first) X(inventory) X(asset) X(routine) X(document) X(meeting) X(overdue) X(deputy) X(open) \
	X(proposal) X(coordinator) X(decision) X(late) X(started) X(found) X(delegated) X(training) X(recorded) X(told) X(asks) X(extended) \
	X(event_off) X(some_late) X(some_bounced) X(some_vacant) X(some_capped) X(some_left) X(some_coming) \
	X(options) X(renewal) X(planned)
#define LETTER_ROW_TEXTS(X) \
	X(n) X(title) X(holder) X(act_by) X(was) X(reason) X(words) X(asked) X(answer) X(follows) X(link)

struct letter_row { /* {{#items}}, {{#answers}} and {{#choices}} */
#define X(name) const char *name;
	LETTER_ROW_TEXTS(X)
#undef X
};

/* The lists that only some letters have: {{#reasons}} and {{#points}} are lines
 * of text, {{#steps}}, {{#coming}} and {{#decisions}} lines with a day, {{#facts}} lines
 * with a label, {{#bodies}} and {{#wheel}} a row of figures each; {{#unanswered}},
 * {{#bounced}}, {{#vacant}} and {{#capped}} what the coordinator is told,
 * {{#late_mails}} and {{#failed_mails}} with a day and what the server said. */
#define LETTER_LISTS(X) X(joint) X(changed) X(reasons) X(steps) X(bodies) X(points) X(coming) X(facts) X(decisions) X(wheel) \
	X(unanswered) X(bounced) X(vacant) X(capped) X(left_mails) X(late_mails) X(failed_mails)
#define LETTER_LINE_TEXTS(X) X(line) X(day) X(in_time) X(late) X(awaiting) X(lacking) \
	X(label) X(done) X(soon) X(later) X(waiting) X(who) X(whom) X(said)

struct letter_line {
#define X(name) const char *name;
	LETTER_LINE_TEXTS(X)
#undef X
};

struct letter_lines {
	struct letter_line *at;
	size_t n;
};

struct letter_words {
#define X(name) struct letter_lines name;
	LETTER_LISTS(X)
#undef X
#define X(name) const char *name;
	LETTER_TEXTS(X)
#undef X
#define X(name) bool name;
	LETTER_FLAGS(X)
#undef X
	struct letter_row *rows, *choices;
	size_t n_rows, n_choices;
};

/* The words as values for the template engine. */
void letter_values(struct arena *a, const struct letter_words *w, struct tset *out);
/* The same with something in every place, for templates_check(). */
void letter_sample_values(struct arena *a, struct tset *out);

enum { TOKEN_SIZE = 16 };

/* A new letter's ref and token hash, from the installation's secret and the
 * year's serial: nothing random, so a killed pass mints the same again. */
void letter_mint(const struct pass *p, struct arena *a, int serial, struct letter *out);
/* The same for a case, with the year's serial of cases. */
void letter_mint_case(const struct pass *p, struct arena *a, struct deficiency *out);
/* The token of a letter: 128 bits in base 32. */
void letter_token(const struct pass *p, const struct letter *l, char out[TOKEN_TEXT]);
/* The UID of a letter's event: nobody can guess it. */
const char *letter_uid(const struct pass *p, struct arena *a, const char *ref) MUST_USE;
/* The token of the confirmation of what an incoming mail answered. */
void letter_confirm_token(const struct pass *p, const struct letter *l, int64_t mail,
                          char out[TOKEN_TEXT]);
/* The choices of a mail that asks for a confirmation. */
void letter_confirm_links(const struct pass *p, struct arena *a, const struct letter *l,
                          const char *token, struct letter_words *w);
/* The token that may stand in an address or in a Message-ID of ours, folded to
 * lower case; NULL: none. */
const char *letter_token_in(struct arena *a, const char *address_or_id) MUST_USE;
/* Hex SHA-256 of a token, as letters are looked up by. */
char *letter_token_hash(struct arena *a, const char *token) MUST_USE;

enum letter_calendar { CALENDAR_NO, CALENDAR_REQUEST, CALENDAR_CANCEL };

struct letter_mail {
	const char *template_name;
	struct letter *letter; /* its count of mails is advanced */
	/* Of a mail that asks for a confirmation: its own token, that an answer to it
	 * names, and how often it was asked; NULL: the letter's. */
	const char *token;
	int nth;
	const char *to_name, *to;
	bool is_answer;
	const char *answers_id; /* Message-ID it answers; NULL */
	enum letter_calendar calendar;
	const char *calendar_summary;
	const struct mail_version *versions; /* what is shown, by number */
	size_t n_versions;
	const char *calendar_text; /* what the event says; NULL: what the mail says */
	const char *partstat; /* what is known of the attendance ("ACCEPTED"); NULL: it is asked for */
	const struct mail_attachment *files;
	size_t n_files;
};

/* The inventory as the table that goes with the letter, in the arena. `all` is
 * the whole register: a pass holds only what wakes it. */
struct mail_attachment letter_inventory(const struct registry *all, struct arena *a, const char *id,
                                        dayno day, const char *ref);

/* The parts of the words that hold for every mail of a letter. */
void letter_common_words(const struct pass *p, struct arena *a, const struct letter *l,
                         const struct body *body, const struct role *to, struct letter_words *w);

/* Renders, composes and adds the mail to the change; *message_id says which. */
int letter_write(const struct pass *p, struct arena *a, struct letter_mail *m,
                 const struct letter_words *w, struct change *c, const char **message_id,
                 struct err *e) MUST_USE;

/* A mailto: link that answers the letter with these words (RFC 6068). */
const char *letter_answer_link(const struct pass *p, struct arena *a, const struct letter *l,
                               const char *words) MUST_USE;

/* The commands that an answer to the letter may be, as links. */
void letter_command_links(const struct pass *p, struct arena *a, const struct letter *l,
                          struct letter_words *w);

/* What a receipt or a question back says, from what was applied. */
void answer_words(const struct pass *p, struct arena *a, const struct letter *l,
                  const struct reviews *reviews,
                  instant received, const struct reply *reply, const struct trust *trust,
                  const struct applied *done, struct letter_words *w);

/* The rows of what still waits for an answer. */
void answer_open_rows(const struct pass *p, struct arena *a, const struct reviews *reviews,
                      struct letter_words *w);
/* What the reviews of a letter are called together. */
const char *answer_object(const struct pass *p, struct arena *a, const struct reviews *reviews);
/* What a secretary may write of a decision at a meeting on the day. */
void letter_decision_words(struct arena *a, dayno day, struct letter_words *w);

/* What an item is called in a mail: its title, or only kind and id where the
 * name is protected (DESIGN law 8). */
const char *letter_title(struct arena *a, const struct item *item) MUST_USE;
/* The coordinator in a sentence, or at its start: by the title in the register. */
const char *letter_coordinator(const struct pass *p, struct arena *a, bool starts) MUST_USE;
/* A date in words, from the arena. */
const char *letter_day_long(const struct pass *p, struct arena *a, dayno day) MUST_USE;
const char *letter_day_short(const struct pass *p, struct arena *a, dayno day) MUST_USE;
/* The last working day to which work that must be ready by `act_by` may be put off. */
const char *letter_example_day(const struct pass *p, struct arena *a, dayno act_by) MUST_USE;

#endif
