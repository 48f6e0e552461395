/* SPDX-License-Identifier: EUPL-1.2 */
/* In: mail of ours that did not arrive. Anybody can send a report, so that one only
 * counts which names a mail of ours by what nobody can guess, and the address that
 * this very mail went to. */
#include "src/app/bounce.h"

#include <inttypes.h>
#include <string.h>
#include <strings.h>

#include "base/log.h"
#include "base/text.h"
#include "core/bounce.h"
#include "core/outbox.h"
#include "src/app/coordinator.h"

enum { MAX_SAID = 200 }; /* of the server's answer, in a mail */

static void add_matter(struct pass *p, struct arena *a, const struct role *role, const char *said,
                       struct change *c)
{
	char day[DATE_TEXT];

	change_matter(c, a, &(struct matter){
		.kind = MATTER_BOUNCED, .day = p->today, .role = role->id,
		.key = arena_fmt(a, "%s %s %s", role->id, role->address, date_text(p->today, day)),
		.text = arena_fmt(a, "%s%s%s", role->address, said ? ": " : "", said ? said : ""),
	});
	change_record(c, a, "role-vacant", role->id, "because=its address does not exist\n");
}

int bounce_dead(struct pass *p, struct arena *a, const char *address, const char *source,
                const char *said, struct change *c, int *roles, struct err *e)
{
	*roles = 0;
	if (pass_load_all(p, e))
		return -1;
	const char *words = said ? text_cut(a, text_tidy(a, said), MAX_SAID) : NULL;
	for (size_t i = 0; i < p->registry.n_roles; i++) {
		const struct role *role = &p->registry.roles[i];

		if (!role_valid(role, p->today) || !trust_same_address(role->address, address))
			continue;
		++*roles;
		add_matter(p, a, role, words, c);
	}
	if (!*roles)
		return 0;
	change_dead(c, a, &(struct dead_address){
		.address = address, .day = p->today, .source = source, .said = words,
	});
	log_event(LOG_WARNING, "address-dead", "address=%s source=%s", address, source);
	return 0;
}

int bounce_refused(struct pass *p, const struct outbox_row *row, const char *answer, struct err *e)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct change c = { .at = p->now };
	int roles;

	if (bounce_judge("failed", NULL, answer) != BOUNCE_DEAD)
		return 0;
	if (bounce_dead(p, &a, row->to, arena_fmt(&a, "outbox-%" PRId64, row->id), answer, &c, &roles, e))
		return -1;
	if (!roles)
		return 0;
	change_mail_told(&c, &a, row->id, true); /* as the vacant role */
	return store_apply(p->store, &c, e);
}

/* The newest mail of the letter that went to its address; 0: none did. */
static int newest(struct pass *p, struct arena *a, const struct letter *l, int64_t *mail, struct err *e)
{
	struct outbox_row *rows;
	size_t n;

	if (store_letter_mails(p->store, a, l->ref, &rows, &n, e))
		return -1;
	for (size_t i = 0; i < n; i++)
		if (trust_same_address(rows[i].to, l->address)
		    && (!strcmp(rows[i].status, "accepted") || !strcmp(rows[i].status, "uncertain")))
			*mail = rows[i].id;
	return 0;
}

/* The mail of ours that the report brings back, and the address that it went to; NULL:
 * it names none. */
static int sent_to(struct pass *p, struct arena *a, const struct mail_facts *m, int64_t *mail,
                   const char **address, struct err *e)
{
	*address = NULL;
	*mail = 0;
	for (size_t i = 0; i < m->n_returned && !*address; i++) {
		struct outbox_row *rows;
		struct letter letter;
		size_t n;

		if (store_letter_mails(p->store, a, m->returned[i], &rows, &n, e))
			return -1;
		if (n) {
			*address = rows[0].to;
			*mail = rows[0].id;
			return 0;
		}
		const char *token = letter_token_in(a, m->returned[i]);
		int found = token ? store_letter_by_token(p->store, a, letter_token_hash(a, token),
		                                          &letter, e) : 0;
		if (found < 0)
			return -1;
		if (found)
			*address = letter.address;
		if (found && newest(p, a, &letter, mail, e))
			return -1;
	}
	return 0;
}

static const struct mail_failure *failure_of(const struct mail_facts *m, const char *address)
{
	for (size_t i = 0; address && i < m->n_failures; i++)
		if (trust_same_address(m->failures[i].original, address)
		    || trust_same_address(m->failures[i].recipient, address))
			return &m->failures[i];
	return NULL;
}

int inward_bounce(struct pass *p, struct arena *a, struct incoming *in, struct err *e)
{
	static const char *const reasons[] = {
		[BOUNCE_NOTED] = "a mail of ours is late, or its mailbox full: it may pass",
		[BOUNCE_UNCLEAR] = "a mail of ours was refused, and not because nobody is there: look why",
	};
	struct change c = { .at = p->now };
	const char *address;
	int64_t mail;
	int roles = 0;

	if (sent_to(p, a, &in->mail, &mail, &address, e))
		return -1;
	if (!address)
		return inward_for_person(p, a, in, VERDICT_NONE,
		                         "a report of undelivered mail that names no mail of ours", e);
	const struct mail_failure *f = failure_of(&in->mail, address);
	if (!f)
		return inward_for_person(p, a, in, VERDICT_NONE,
		                         "a report of undelivered mail, for another address than our mail went to", e);
	enum bounce means = bounce_judge(f->action, f->status, f->said);
	const char *said = f->said ? f->said : f->status;
	if (means == BOUNCE_DEAD
	    && bounce_dead(p, a, address, arena_fmt(a, "inbox-%" PRId64, in->row.id), said, &c, &roles, e))
		return -1;
	/* whatever the reason: it will not arrive */
	if (mail && f->action && !strcasecmp(f->action, "failed"))
		change_bounced(&c, a, mail, said ? text_cut(a, text_tidy(a, said), MAX_SAID) : NULL, roles > 0);
	if (means != BOUNCE_DEAD)
		return inward_finish(p, in, &c, means == BOUNCE_NOTED ? "kept" : "coordinator", VERDICT_NONE,
		                     reasons[means], NULL, a, e);
	return inward_finish(p, in, &c, "kept", VERDICT_NONE,
	                     roles ? "there is no such mailbox: its role is vacant, the coordinator is told"
	                           : "there is no such mailbox: no role in force has it", NULL, a, e);
}
