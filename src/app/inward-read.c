/* SPDX-License-Identifier: EUPL-1.2 */
/* In: mails are read in the reader, once as they are and, where they answer a letter, once
 * more beside what we sent. Both are asked for ahead, so that the reader is at work while
 * those before are handled. */
#include <string.h>

#include "base/log.h"
#include "src/app/inward.h"

static void known_of(const struct pass *p, const struct incoming *in, const char *sent,
                     struct mail_known *known)
{
	config_known(p->config, known);
	known->sent = sent;
	known->own = p->registry.settings.address;
	known->received = in->row.received;
	known->keys = in->keys;
	known->n_keys = in->n_keys;
}

static struct ticket *ask(const struct pass *p, const struct incoming *in, const char *sent)
{
	struct mail_known known;

	known_of(p, in, sent, &known);
	return reader_parse_ask(p->reader, in->row.bytes, in->row.len, &known);
}

/* 1 read; 0 the mail killed its reader. */
static int hear(struct pass *p, struct arena *a, struct incoming *in, struct ticket *t, const char *sent,
                struct err *e)
{
	struct reading reading;
	int ok = reader_parse_hear(p->reader, t, a, &reading, e);

	if (ok > 0) {
		in->mail = reading.mail;
		in->calendar = reading.calendar;
		in->n_tables = reading.n_tables;
		in->table = reading.table;
	}
	if (ok > 0 && in->mail.auth_alarm && !sent)
		log_event(LOG_WARNING, "sender-forged", "inbox=%lld because=\"%s\"", (long long)in->row.id,
		          in->mail.auth_why ? in->mail.auth_why : "");
	return ok;
}

void inward_ask(const struct pass *p, struct incoming *in)
{
	in->asked = ask(p, in, NULL);
}

/* What was asked for, and once more with the keys of its signatures. */
static int hear_all(struct pass *p, struct arena *a, struct incoming *in, struct ticket *t, const char *sent,
                    struct err *e)
{
	int ok = hear(p, a, in, t, sent, e);

	if (ok <= 0 || !in->mail.n_wanted || in->keys)
		return ok;
	if (inward_keys(p, a, in, e))
		return -1;
	return in->n_keys ? hear(p, a, in, ask(p, in, sent), sent, e) : ok;
}

int inward_hear(struct pass *p, struct arena *a, struct incoming *in, struct err *e)
{
	struct ticket *t = in->asked;

	in->asked = NULL;
	return hear_all(p, a, in, t, NULL, e);
}

int inward_ask_answer(struct pass *p, struct arena *a, struct incoming *in, struct err *e)
{
	struct incoming guess = *in; /* what is found now may have changed when it is handled */

	if (in->mail.cls != MAIL_REPLY || in->row.cut)
		return 0;
	int found = inward_find_letter_only(p, a, &guess, e);
	if (found <= 0)
		return found;
	if (inward_sent_text(p, a, &guess.letter, &in->ahead_sent, e))
		return -1;
	in->ahead_of = arena_dup(a, guess.letter.ref);
	in->ahead = ask(p, in, in->ahead_sent);
	return 0;
}

/* Whether a mail of the same group has had something written about the letter since. */
static bool written_about(const struct pass *p, const char *letter)
{
	for (size_t i = 0; i < p->n_written; i++)
		if (!strcmp(p->written[i], letter))
			return true;
	return false;
}

void inward_letters_change(struct pass *p, const struct change *c)
{
	for (size_t i = 0; i < c->n_mails; i++) {
		const char *letter = c->mails[i].letter;

		if (!letter || written_about(p, letter))
			continue;
		p->written = arena_grow(&p->written_in, p->written, p->n_written, &p->cap_written,
		                        sizeof(*p->written));
		p->written[p->n_written++] = arena_dup(&p->written_in, letter);
	}
}

void inward_letters_stand(struct pass *p)
{
	arena_release(&p->written_in);
	p->written = NULL;
	p->n_written = p->cap_written = 0;
}

int inward_read_answer(struct pass *p, struct arena *a, struct incoming *in, const char **sent, struct err *e)
{
	struct ticket *t = in->ahead;

	in->ahead = NULL;
	if (t && !strcmp(in->ahead_of, in->letter.ref) && !written_about(p, in->letter.ref)) {
		*sent = in->ahead_sent;
		return hear_all(p, a, in, t, *sent, e);
	}
	if (reader_pass_over(p->reader, t, e) || inward_sent_text(p, a, &in->letter, sent, e))
		return -1;
	return hear_all(p, a, in, ask(p, in, *sent), *sent, e);
}
