/* SPDX-License-Identifier: EUPL-1.2 */
/* In: which letter a mail answers, or which receipt of a deficiency. */
#include <string.h>

#include "src/app/inward.h"
#include "store/deficiencies.h"

static int letter_by(struct pass *p, struct arena *a, struct incoming *in, const char *hash,
                     struct err *e)
{
	struct letter letter;

	if (in->has_letter && !strcmp(in->letter.token_hash, hash))
		return 1; /* a mail names it more than once */
	int found = store_letter_by_token(p->store, a, hash, &letter, e);
	if (found <= 0)
		return found;
	in->several |= in->has_letter && strcmp(in->letter.ref, letter.ref) != 0;
	if (!in->has_letter)
		in->letter = letter;
	in->has_letter = true;
	return 1;
}

static int confirmation_by(struct pass *p, struct arena *a, struct incoming *in, const char *hash,
                           struct err *e)
{
	struct confirmation c;
	int found = store_confirmation(p->store, a, hash, &c, e);

	if (found <= 0)
		return found;
	in->several |= in->has_confirmation && strcmp(in->confirmation.token_hash, c.token_hash) != 0;
	if (!in->has_confirmation)
		in->confirmation = c;
	in->has_confirmation = true;
	return 0;
}

static int case_by(struct pass *p, struct arena *a, struct incoming *in, const char *hash,
                   struct err *e)
{
	if (in->has_case)
		return 0;
	int found = store_deficiency_by_token(p->store, a, hash, &in->deficiency, e);
	in->has_case = found > 0;
	return found;
}

static int name_by(struct pass *p, struct arena *a, struct incoming *in, const char *text,
                   bool confirms, struct err *e)
{
	const char *token = letter_token_in(a, text);

	if (!token)
		return 0;
	const char *hash = letter_token_hash(a, token);
	int found = letter_by(p, a, in, hash, e);
	if (!found)
		found = case_by(p, a, in, hash, e);
	if (found || !confirms)
		return found < 0 ? -1 : 0;
	return confirmation_by(p, a, in, hash, e);
}

/* A confirmation is about one letter, and a mail that answers it is too. */
static int settle(struct pass *p, struct arena *a, struct incoming *in, struct err *e)
{
	struct letter letter;

	if (!in->has_confirmation)
		return 0;
	int found = store_letter(p->store, a, in->confirmation.letter, &letter, e);
	if (found <= 0)
		return found < 0 ? -1 : err_set(e, ERR_SAFETY, "letter %s is gone", in->confirmation.letter);
	in->several |= in->has_letter && strcmp(in->letter.ref, letter.ref) != 0;
	in->letter = letter;
	in->has_letter = true;
	return 0;
}

/* The token rides in the address answered to, and in our Message-ID. All of them
 * are looked at: a mail that names two letters does not say which one it answers.
 * What the address names is what is answered: a confirmation that only stands
 * further up in the thread is not. */
int inward_find_letter_only(struct pass *p, struct arena *a, struct incoming *in, struct err *e)
{
	for (size_t i = 0; i < in->mail.n_recipients; i++)
		if (name_by(p, a, in, in->mail.recipients[i], true, e))
			return -1;
	bool addressed = in->has_letter || in->has_confirmation;
	for (size_t i = 0; i < in->mail.n_references; i++) {
		bool nearest = !addressed && !in->has_letter && !in->has_confirmation;

		if (name_by(p, a, in, in->mail.references[i], nearest, e))
			return -1;
	}
	return settle(p, a, in, e) ? -1 : in->has_letter;
}

int inward_find_letter(struct pass *p, struct arena *a, struct incoming *in, struct err *e)
{
	int found = inward_find_letter_only(p, a, in, e);

	if (found <= 0)
		return found;
	/* nobody answers before they are asked, whatever a mail server's clock says */
	if (in->day < in->letter.opened)
		in->day = in->letter.opened;
	if (store_letter_reviews(p->store, a, in->letter.ref, &in->reviews, e))
		return -1;
	return store_letter_questions(p->store, a, in->letter.ref, &in->questions, e);
}

/* The subject and the text of everything we have sent about the letter: what a reply quotes of
 * it is not the sender's word. These are our own bytes, so they are parsed here. */
int inward_sent_text(struct pass *p, struct arena *a, const struct letter *l, const char **out,
                     struct err *e)
{
	struct buf b AUTO(buf_release) = BUF_INIT;
	struct outbox_row *rows;
	size_t n;

	if (store_letter_mails(p->store, a, l->ref, &rows, &n, e))
		return -1;
	for (size_t i = 0; i < n; i++) {
		const char *ours = mail_own_text(a, rows[i].bytes, rows[i].len);

		if (ours)
			buf_fmt(&b, "%s\n%s\n", rows[i].subject, ours);
	}
	*out = arena_dup(a, b.data);
	return 0;
}
