/* SPDX-License-Identifier: EUPL-1.2 */
#include "app/pass.h"

#include <string.h>
#include <sys/random.h>

#include "app/letter.h"
#include "app/templates.h"
#include "app/files.h"
#include "store/copy.h"

/* What needs no foreign word is done here; the rest is the courier's. */
static int open_doors(struct pass *p, struct err *e)
{
	struct config *c = arena_alloc(&p->arena, sizeof(*c));
	struct sender *sender = NULL;
	struct receiver *receiver = NULL;

	*c = *p->config;
	p->doors = c;
	courier_new(store_acks(p->store), &p->courier);
	if (config_password(c, &c->out, e) || config_password(c, &c->in, e))
		return -1;
	bool smtp = c->out.kind == TRANSPORT_SMTP, imap = c->in.kind == TRANSPORT_IMAP;
	p->courier_notes = smtp;
	if (c->out.kind == TRANSPORT_MAILDIR
	    && (dir_make(c->out.maildir, e) || sender_maildir(c->out.maildir, c->out_per_recipient, &p->sender, e)))
		return -1;
	if (c->out.kind == TRANSPORT_SENDMAIL && sender_sendmail(c->out.sendmail, NULL, &p->sender, e))
		return -1;
	if (c->in.kind == TRANSPORT_MAILDIR
	    && (dir_make(c->in.maildir, e) || receiver_maildir(c->in.maildir, &p->receiver, e)))
		return -1;
	if (!smtp && !imap)
		return 0;
	if (courier_open(p->courier, smtp ? &c->out : NULL, c->helo ? c->helo : p->registry.settings.domain,
	                 imap ? &c->in : NULL, &sender, &receiver, e))
		return -1;
	if (sender)
		p->sender = sender;
	if (receiver)
		p->receiver = receiver;
	return 0;
}

static void close_doors(struct pass *p)
{
	if (p->sender)
		sender_free(p->sender);
	if (p->receiver)
		receiver_free(p->receiver);
	courier_free(p->courier);
	p->sender = NULL;
	p->receiver = NULL;
	p->courier = NULL;
}

static bool same(const char *a, const char *b)
{
	return a && b ? !strcmp(a, b) : a == b;
}

/* The new are open before the old are closed: there is always a door. */
static int change_doors(struct pass *p, struct err *e)
{
	struct pass next = *p;

	next.sender = NULL;
	next.receiver = NULL;
	next.courier = NULL;
	int failed = open_doors(&next, e);
	close_doors(failed ? &next : p);
	p->arena = next.arena;
	if (!failed)
		*p = next;
	return failed;
}

int pass_fresh_secrets(struct pass *p, struct err *e)
{
	struct config fresh = *p->config;

	fresh.arena = (struct arena)ARENA_INIT;
	int failed = config_password(&fresh, &fresh.out, e) || config_password(&fresh, &fresh.in, e) ? -1 : 0;
	if (!failed && (!same(fresh.out.server.password, p->doors->out.server.password)
	                || !same(fresh.in.server.password, p->doors->in.server.password)))
		failed = change_doors(p, e);
	arena_release(&fresh.arena);
	return failed;
}

bool pass_goes_on(const struct pass *p)
{
	return !p->goes_on || p->goes_on(p->goes_on_ctx);
}

void pass_take_register(struct pass *p, struct registry *fresh)
{
	registry_release(&p->registry);
	p->registry = *fresh;
}

void pass_take_common(struct pass *p, struct registry *fresh)
{
	known_rules_free(p->common.known);
	registry_release(&p->common);
	p->common = *fresh;
	p->common_stands = true;
}

int pass_load_all(struct pass *p, struct err *e)
{
	struct registry fresh;

	registry_init(&fresh);
	if (store_load(p->store, &fresh, e)) {
		registry_release(&fresh);
		return -1;
	}
	pass_take_register(p, &fresh);
	return 0;
}

static void keep_first(void *to, const struct err *found)
{
	struct err *e = to;

	if (e->kind == ERR_NONE)
		*e = *found;
}

/* Letters from before their events were found by UID. */
static int name_events(struct pass *p, struct err *e)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	const char **refs;
	size_t n;

	if (store_letters_nameless(p->store, &a, &refs, &n, e))
		return -1;
	for (size_t i = 0; i < n; i++)
		if (store_letter_name(p->store, refs[i], letter_uid(p, &a, refs[i]), e))
			return -1;
	return 0;
}

/* What letters are written with: the installation's secret, and the municipality. */
static int can_write(struct pass *p, struct err *e)
{
	uint8_t fresh[DIGEST_SIZE] = { 0 }, secret[DIGEST_SIZE];

	if (p->config->fixed_secret)
		memset(fresh, 0x5a, sizeof(fresh));
	else if (getrandom(fresh, sizeof(fresh), 0) != sizeof(fresh))
		return err_set(e, ERR_OUTSIDE, "the system gives no random bytes");
	if (store_secret(p->store, fresh, secret, e))
		return -1;
	p->key = digest_key_new(secret, sizeof(secret));
	explicit_bzero(secret, sizeof(secret));
	return store_load_settings(p->store, &p->registry, e);
}

static int ready(struct pass *p, struct err *e)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct err broken = ERR_INIT;
	struct tset sample;

	letter_sample_values(&a, &sample);
	if (store_lock(p->store, e) || can_write(p, e))
		return -1;
	if (templates_check(p->config->templates, &sample, keep_first, &broken))
		return err_set(e, broken.kind, "%s", broken.text);
	if (!p->registry.settings.address || !p->registry.settings.domain || !p->registry.settings.name)
		return err_set(e, ERR_USAGE, "the register has no municipality with name, e-postdomän and "
		               "funktionsbrevlåda_påminnelser: import kommun.csv first");
	return name_events(p, e) || open_doors(p, e) || reader_start(&p->reader, e) ? -1 : 0;
}

static void begin(struct pass *p, const struct config *c, struct store *store)
{
	*p = (struct pass){
		.config = c,
		.store = store,
		.arena = ARENA_INIT,
		.written_in = ARENA_INIT,
		.lang = !strcmp(c->language, "en") ? VIEW_EN : VIEW_SV,
	};
	registry_init(&p->registry);
	registry_init(&p->common);
}

int pass_open_desk(struct pass *p, const struct config *c, struct store *store, instant now, struct err *e)
{
	begin(p, c, store);
	p->now = now;
	p->today = zone_wall(now).day;
	if (!can_write(p, e))
		return 0;
	pass_close_desk(p);
	return -1;
}

void pass_close_desk(struct pass *p)
{
	p->store = NULL;
	pass_close(p);
}

int pass_open(struct pass *p, const struct config *c, struct store *store, bool simulated,
              struct err *e)
{
	begin(p, c, store);
	p->simulated = simulated;
	if (!ready(p, e))
		return 0;
	pass_close(p);
	return -1;
}

int pass_reopen(struct pass *p, const struct config *c, struct err *e)
{
	struct pass next;

	begin(&next, c, p->store);
	next.simulated = p->simulated;
	next.goes_on = p->goes_on;
	next.goes_on_ctx = p->goes_on_ctx;
	int failed = ready(&next, e);
	struct pass *over = failed ? &next : p;
	over->store = NULL; /* it goes on */
	pass_close(over);
	if (!failed)
		*p = next;
	return failed;
}

void pass_close(struct pass *p)
{
	if (p->reader)
		reader_stop(p->reader);
	close_doors(p);
	store_close(p->store);
	registry_release(&p->registry);
	known_rules_free(p->common.known);
	registry_release(&p->common);
	arena_release(&p->written_in);
	arena_release(&p->arena);
	digest_key_free(p->key);
	*p = (struct pass){ .config = NULL };
}

int pass_run(struct pass *p, instant now, struct err *e)
{
	struct err fetch = ERR_INIT;

	p->now = now;
	p->today = zone_wall(now).day;
	p->report = (struct pass_report){ .fetched = 0 };
	/* A database that was put back knows nothing of what was answered after the copy:
	 * nothing that is due is written before a person lets it. */
	int returned = store_returned(p->store, now, e);
	if (returned < 0)
		return -1;
	/* A mail server that is away must not keep the other direction waiting. */
	bool fetched = !pass_fetch(p, &fetch), letters = !returned && !p->no_letters;
	if (pass_read(p, e) || (letters && pass_goes_on(p) && pass_write(p, e))
	    || (!returned && pass_tell_cases(p, e)) || (!p->no_letters && pass_tell_coordinator(p, e))
	    || pass_tell_reports(p, fetched, letters, e) || pass_submit(p, e) || store_note(p->store, now, e))
		return -1;
	if (fetched)
		return 0;
	*e = fetch;
	return -1;
}
