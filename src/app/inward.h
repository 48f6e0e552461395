/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_SRC_APP_INWARD_H
#define OVERSYN_SRC_APP_INWARD_H

#include "app/letter.h"
#include "app/pass.h"
#include "core/apply.h"
#include "store/inbox.h"

/* One mail on its way in: what is known of it so far. */
struct incoming {
	struct inbox_row row;
	struct mail_facts mail;
	struct calendar_reply calendar;
	size_t n_tables;   /* attached */
	struct grid table; /* the first of them */
	struct letter letter;
	struct dkim_key *keys; /* that were looked up for it */
	size_t n_keys;
	struct reviews reviews;
	struct questions questions; /* of the letter, when it asked for facts */
	bool told; /* it is no mail: the coordinator enters what somebody said */
	bool has_letter, several; /* tokens that name one letter; or more than one */
	struct confirmation confirmation; /* of an answer to the letter, that it answers */
	bool has_confirmation;
	struct deficiency deficiency; /* whose receipt a token is of */
	bool has_case;
	dayno day; /* of receipt; of an answer, its letter's at the earliest */
	struct ticket *asked; /* its first reading; NULL: heard */
	struct ticket *ahead; /* that as an answer to the letter `ahead_of`, whose text it has; NULL: none */
	const char *ahead_of, *ahead_sent;
	/* What a confirmed table did, for the receipt, and to which inventory; NULL. */
	struct letter_lines done;
	const char *done_to;
	/* The limit that kept it from an answer, why, and whether the coordinator is to
	 * be told: inward_may_answer() says, inward_finish() does. NULL: none. */
	const char *withheld, *why_withheld;
	bool tell_withheld;
};

/* Asks the reader for it as it came. */
void inward_ask(const struct pass *p, struct incoming *in);
/* Hears that; again when there are signatures that could be checked with a key. 1 read; 0
 * it killed its reader; -1 error. */
int inward_hear(struct pass *p, struct arena *a, struct incoming *in, struct err *e) MUST_USE;
/* Asks for it as the answer to the letter that it seems to answer, if any. */
int inward_ask_answer(struct pass *p, struct arena *a, struct incoming *in, struct err *e) MUST_USE;
/* Reads it as the answer to its letter, whose text *sent then is; as inward_hear(). What was
 * asked for ahead counts if it still is what would be asked for now. */
int inward_read_answer(struct pass *p, struct arena *a, struct incoming *in, const char **sent,
                       struct err *e) MUST_USE;
/* Told of every change: about which letters something has been written since all stood still. */
void inward_letters_change(struct pass *p, const struct change *c);
void inward_letters_stand(struct pass *p);
/* Does all that follows from it, once it has been read: one transaction. */
int inward_handle(struct pass *p, struct arena *a, struct incoming *in, struct err *e) MUST_USE;

/* Looks up the keys that its first reading wants, keeps what the DNS said, and
 * has them ready for the second. */
int inward_keys(struct pass *p, struct arena *a, struct incoming *in, struct err *e) MUST_USE;

/* Finds the letter that its tokens name: 1, 0, -1 error. */
int inward_find_letter_only(struct pass *p, struct arena *a, struct incoming *in, struct err *e) MUST_USE;
/* The same with reviews and questions. */
int inward_find_letter(struct pass *p, struct arena *a, struct incoming *in, struct err *e) MUST_USE;

/* The text of everything we have sent about the letter: what a reply quotes of
 * it is not the sender's word. */
int inward_sent_text(struct pass *p, struct arena *a, const struct letter *l, const char **out,
                     struct err *e) MUST_USE;

/* The mail is a report of a deficiency: it opens a case. */
int inward_report(struct pass *p, struct arena *a, struct incoming *in, struct err *e) MUST_USE;
/* It adds to a case that its sender has a receipt of. */
int inward_report_more(struct pass *p, struct arena *a, struct incoming *in,
                       struct err *e) MUST_USE;
/* An answer to a letter about cases, as it was read. */
int inward_case_reply(struct pass *p, struct arena *a, struct incoming *in,
                      const struct reply *reply, const struct trust *trust,
                      struct err *e) MUST_USE;

/* A person's answer to the letter, whose text was `sent`. */
/* What the body of the letter is called: name, id, prefix of its registry numbers; NULL. */
const char *inward_body_words(const struct pass *p, struct arena *a, const struct incoming *in);
int inward_reply(struct pass *p, struct arena *a, struct incoming *in, const char *sent,
                 struct err *e) MUST_USE;

/*
 * Whether one answer, a question back or not, may go to the address now: the sender's,
 * but for what a calendar says and what is to be confirmed. Whatever answers incoming mail asks here before it
 * writes one. 1: yes; 0: no, it is
 * machine mail, or a limit (core/limits.h) is reached, which *in remembers;
 * -1: error.
 */
int inward_may_answer(struct pass *p, struct arena *a, struct incoming *in, const char *to,
                      bool question, struct err *e) MUST_USE;

/* How much the sender is trusted. */
struct trust inward_judge(const struct pass *p, struct arena *a, const struct incoming *in);

/*
 * The same message may come twice: through an alias, or from another folder. What
 * it said has been done, and ÅNGRA twice would undo two answers. It is the same when
 * its bytes are, or when the same person says the same of the same letter under one
 * Message-ID; whatever else bears a Message-ID that is taken, a person looks at. 1: it has come
 * before and *status says what becomes of it; 0; -1 error.
 */
int inward_seen(struct pass *p, struct arena *a, const struct incoming *in, enum verdict verdict,
                const char **status, const char **reason, struct err *e) MUST_USE;

/* A mail of which only the first piece is here is never acted on: a person looks. */
int inward_set_aside(struct pass *p, struct arena *a, struct incoming *in, struct err *e) MUST_USE;

/* All that apply_reply() needs to act on a reply. */
int inward_input(struct pass *p, struct arena *a, const struct incoming *in, const struct reply *reply,
                 const struct trust *trust, struct apply_input *out, struct err *e) MUST_USE;

/* Adds to the change what those hear who are concerned by what was applied, and counts it. */
int inward_acted(struct pass *p, struct arena *a, struct incoming *in, const struct apply_input *input,
                 const struct applied *done, struct change *c, struct err *e) MUST_USE;

/* The question whether `answers` (confirm_write()), or what else the mail brings, is the
 * role's own: not asked before, with its sender's facts. */
struct confirmation inward_question(const struct pass *p, struct arena *a, const struct incoming *in,
                                    const struct trust *t, const struct role *role,
                                    const char *answers);

/* Holds what a reply answered, and asks the registered address whether it is theirs.
 * 1 asked, 0 nobody could be asked: a person must look; -1 error. */
int inward_hold(struct pass *p, struct arena *a, struct incoming *in,
                const struct apply_input *input, const struct applied *done, struct change *c,
                struct err *e) MUST_USE;

/* Tells whom the letter went to that somebody else answered it, once. */
int inward_tell(struct pass *p, struct arena *a, struct incoming *in, struct change *c,
                struct err *e) MUST_USE;

/*
 * Whose event a change concerns beside the sender's: those in whose place the sender
 * answered. Each is told once of the answer, with what becomes of the event. `own`: the
 * sender is the letter's person, who has a receipt.
 */
int inward_tell_others(struct pass *p, struct arena *a, struct incoming *in,
                       const struct trust *trust, const struct applied *done, bool own,
                       struct change *c, struct err *e) MUST_USE;

/* The same for the others who approve an item together, where the answer changes what
 * they are to do. */
int inward_tell_joint(struct pass *p, struct arena *a, struct incoming *in,
                      const struct trust *trust, const struct applied *done, struct change *c,
                      struct err *e) MUST_USE;

/* An answer to a letter that hands over, and asks for nothing. */
int inward_taken_over(struct pass *p, struct arena *a, struct incoming *in, enum verdict verdict,
                      const struct trust *trust, struct err *e) MUST_USE;

/* An answer to a confirmation. */
int inward_confirm(struct pass *p, struct arena *a, struct incoming *in, struct err *e) MUST_USE;

/* Ends the confirmation at hand, with its record: as it then is. */
const struct confirmation *inward_end_confirmation(struct pass *p, struct arena *a,
                                                   const struct incoming *in, const struct trust *trust,
                                                   enum confirm_state state, struct change *c);
/* What was held, done as far as it still can be: `x` is the ended confirmation. */
int inward_apply_held(struct pass *p, struct arena *a, const struct incoming *in,
                      const struct trust *trust, const struct confirmation *x,
                      struct apply_input *input, struct change *c, struct applied *done,
                      struct err *e) MUST_USE;

/* What the sender hears back in a mail of that template, added to the change. */
int inward_say(struct pass *p, struct arena *a, struct incoming *in, const char *template_name,
               const struct reply *reply, const struct trust *trust, const struct applied *done,
               struct change *c, struct err *e) MUST_USE;

/* The same of what was applied: a receipt, or a question back. */
int inward_answer(struct pass *p, struct arena *a, struct incoming *in, const struct reply *reply,
                  const struct trust *trust, const struct applied *done, struct change *c,
                  struct err *e) MUST_USE;

/* The coordinator's commands (core/command.h): 1 it was one, and is done; 0 it is
 * none, or somebody else's; -1 error. */
int inward_command(struct pass *p, struct arena *a, struct incoming *in, struct err *e) MUST_USE;
/* An answer to whether a review is to be started. */
int inward_command_confirm(struct pass *p, struct arena *a, struct incoming *in,
                           struct err *e) MUST_USE;

/* An answer to a letter that asked for facts: thanked for, and the coordinator's. */
int inward_fact(struct pass *p, struct arena *a, struct incoming *in, const struct reply *reply,
                const struct trust *trust, struct err *e) MUST_USE;

/* What the data protection officer says of reviews that he was told of: it is kept,
 * shown to the holders and the coordinator, and signs nothing. */
int inward_opinion(struct pass *p, struct arena *a, struct incoming *in, const struct reply *reply,
                   const struct trust *trust, struct err *e) MUST_USE;

/* What a calendar answered to a letter's event. */
int inward_rsvp(struct pass *p, struct arena *a, struct incoming *in, struct err *e) MUST_USE;

/* What the letter's items are made of now: the mail before may have changed it. */
int inward_load_letter(struct pass *p, const struct letter *l, struct err *e) MUST_USE;
/* Asked where mails begin to be handled together: others may have written until then. */
int inward_register_stands(struct pass *p, struct err *e) MUST_USE;
/* Told of every change before it is made, while mails are handled together. */
void inward_register_changes(struct pass *p, const struct change *c);

/* Tells the holders what a body has sent back, one mail for each of their letters,
 * added to the change. */
int inward_returned(struct pass *p, struct arena *a, struct incoming *in, const struct applied *done,
                    struct change *c, struct err *e) MUST_USE;
/*
 * A table that came with an answer to an inventory's letter, whose words say
 * `verdict`. 1: the registered address was asked whether what it changes is right,
 * or told why it was refused, and nothing else is done; 0: there is none, it changes
 * nothing, or it does not come from who answers for the letter, and the words count
 * as far as they do; -1 error.
 */
int inward_table(struct pass *p, struct arena *a, struct incoming *in, const struct trust *trust,
                 enum verdict verdict, struct err *e) MUST_USE;
/* What the registered address says to the changes that it was shown: yes, or
 * neither yes nor no. */
int inward_table_answer(struct pass *p, struct arena *a, struct incoming *in, const struct trust *trust,
                        bool confirms, enum verdict said, struct err *e) MUST_USE;
/* Whether one came that a letter of ours may have asked for. */
bool inward_has_table(const struct pass *p, const struct incoming *in);

/* Commits the change with how the mail was handled and its record: the one
 * end that every way through has. */
int inward_finish(struct pass *p, struct incoming *in, struct change *c, const char *status,
                  enum verdict verdict, const char *reason, const char *review, struct arena *a,
                  struct err *e) MUST_USE;

/* The same with nothing changed: the coordinator looks at it. */
int inward_for_person(struct pass *p, struct arena *a, struct incoming *in, enum verdict verdict,
                      const char *reason, struct err *e) MUST_USE;

#endif
