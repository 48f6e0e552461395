/* SPDX-License-Identifier: EUPL-1.2 */
/* In: which letter a mail answers. */
#include <string.h>

#include "base/text.h"
#include "src/app/inward.h"

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
int inward_find_letter(struct pass *p, struct arena *a, struct incoming *in, struct err *e)
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
int inward_sent_text(struct pass *p, struct arena *a, const struct letter *l, const char **out,
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
