/* SPDX-License-Identifier: EUPL-1.2 */
/* run: the daemon. It is the keeper; its courier and its reader are children of the pass. */
#include <config.h>

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/signalfd.h>
#include <time.h>
#include <unistd.h>

#include "app/commands.h"
#include "app/pass.h"
#include "base/log.h"
#include "loop.h"
#include "outbox.h"
#include "service.h"
#include "store/outbox.h"

enum { WATCH_AGAIN_MS = 5000, WATCH_AGAIN_MOST_MS = 300000 }; /* after the mail server was away */

struct daemon_run {
	const struct options *options;
	struct config config;
	struct pass pass;
	int signals; /* signalfd(2) */
	bool end, reload;
	int64_t version; /* of the database: another one was written by somebody else */
	int watch_failures;
	int64_t watch_at; /* ms on the receiver's clock: not before */
};

/* ---- signals ---- */

static void take_signals(struct daemon_run *r)
{
	struct signalfd_siginfo s;

	while (read(r->signals, &s, sizeof(s)) == sizeof(s)) {
		if (s.ssi_signo == SIGHUP)
			r->reload = true;
		else
			r->end = true;
	}
}

static int catch_signals(struct daemon_run *r, struct err *e)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGHUP);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGTERM);
	sigprocmask(SIG_BLOCK, &set, NULL);
	r->signals = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
	return r->signals < 0 ? err_set(e, ERR_OUTSIDE, "no signals can be waited for: %s", strerror(errno)) : 0;
}

/* Between two things that a pass does. */
static bool goes_on(void *ctx)
{
	struct daemon_run *r = ctx;

	service_alive();
	take_signals(r);
	return !r->end;
}

/* ---- the configuration ---- */

static int open_pass(struct daemon_run *r, const struct config *c, struct err *e)
{
	struct store *store;
	struct pass fresh;
	int64_t version;

	if (store_open(c->database, 0, &store, e) || pass_open(&fresh, c, store, false, e))
		return -1;
	if (store_version(store, &version, e)) {
		pass_close(&fresh);
		return -1;
	}
	if (r->pass.store)
		pass_close(&r->pass);
	r->pass = fresh;
	r->pass.goes_on = goes_on;
	r->pass.goes_on_ctx = r;
	r->version = version;
	return 0;
}

/* A child that something killed as it started is no reason to stay down. */
static int open_first(struct daemon_run *r, struct err *e)
{
	if (!open_pass(r, &r->config, e))
		return 0;
	if (e->kind != ERR_OUTSIDE)
		return -1;
	log_event(LOG_WARNING, "starts-again", "why=\"%s\"", e->text);
	*e = (struct err)ERR_INIT;
	return open_pass(r, &r->config, e);
}

/* A bad file keeps the old one; so does one that cannot be worked by. What is open is not
 * closed before the new is: what keeps the new from opening may keep the old, too. */
static int take_configuration(struct daemon_run *r, struct err *e)
{
	struct config fresh;

	if (config_read(r->options->config, r->options->db, &fresh, e))
		return -1;
	bool same = !strcmp(fresh.database, r->config.database);
	if (same ? pass_reopen(&r->pass, &fresh, e) : open_pass(r, &fresh, e)) {
		config_release(&fresh);
		return -1;
	}
	config_release(&r->config);
	r->config = fresh;
	r->pass.config = &r->config;
	return 0;
}

static void reload(struct daemon_run *r)
{
	struct err e = ERR_INIT;

	r->reload = false;
	service_reloading();
	if (take_configuration(r, &e))
		log_event(LOG_ERROR, "configuration-kept", "why=\"%s\"", e.text);
	else
		log_event(LOG_INFO, "configuration-read", "file=\"%s\"", r->config.file);
	service_ready();
}

/* ---- a pass ---- */

static instant now(void *ctx)
{
	(void)ctx;
	return (instant)time(NULL);
}

static int letters_from(void *ctx)
{
	return ((struct daemon_run *)ctx)->config.letters_from;
}

static void log_pass(const struct pass_report *x)
{
	log_event(LOG_INFO, "pass", "fetched=%d answered=%d coordinator=%d letters=%d reviews=%d questions=%d "
	          "accepted=%d deferred=%d failed=%d unsent=%d waiting=%d stopped=%d held=%s", x->fetched, x->answered,
	          x->coordinator, x->letters, x->reviews, x->questions, x->accepted, x->deferred, x->failed, x->unsent,
	          x->waiting, x->stopped, x->on_hold ? "yes" : "no");
}

static void run_pass(void *ctx, instant at, struct loop_left *out)
{
	struct daemon_run *r = ctx;
	struct pass *p = &r->pass;
	struct err e = ERR_INIT;

	/* a pass that nobody asked for writes no letters at night */
	/* what somebody writes from here on may come too late for this pass */
	if (store_version(p->store, &r->version, &e))
		log_event(LOG_ERROR, "database-unread", "why=\"%s\"", e.text);
	p->no_letters = zone_wall(at).hour < r->config.letters_from;
	if (pass_fresh_secrets(p, &e) || pass_run(p, at, &e)) {
		out->failed = true;
		log_event(LOG_ERROR, "pass-failed", "why=\"%s\"", e.text);
	}
	log_pass(&p->report);
	out->left = p->report.waiting > 0;
	r->watch_at = 0;
	if (store_outbox_next(p->store, &out->retry, &e)) {
		out->failed = true;
		log_event(LOG_ERROR, "pass-failed", "why=\"%s\"", e.text);
	}
	service_alive();
}

/* ---- sleep ---- */

static bool database_is_another(struct daemon_run *r)
{
	struct err e = ERR_INIT;
	int64_t version;

	return !store_version(r->pass.store, &version, &e) && version != r->version;
}

/* LOOK: there is mail. Else *w is what to wait for. */
static enum loop_woken watch_mail(struct daemon_run *r, struct watch *w)
{
	int64_t at = net_now_ms(NULL);
	struct err e = ERR_INIT;

	*w = (struct watch){ .fd = -1, .until = r->watch_at };
	if (at < r->watch_at)
		return LOOP_TIME;
	int look = receiver_watch(r->pass.receiver, at, w, &e);
	if (look >= 0) {
		r->watch_failures = look ? 0 : r->watch_failures;
		return look ? LOOP_LOOK : LOOP_TIME;
	}
	int wait = WATCH_AGAIN_MS << (r->watch_failures < 6 ? r->watch_failures : 6);
	r->watch_failures++;
	r->watch_at = at + (wait < WATCH_AGAIN_MOST_MS ? wait : WATCH_AGAIN_MOST_MS);
	log_event(LOG_WARNING, "mail-server-away", "why=\"%s\"", e.text);
	*w = (struct watch){ .fd = -1, .until = r->watch_at };
	return LOOP_TIME;
}

static void tell_status(const struct daemon_run *r, instant next)
{
	char at[INSTANT_TEXT], line[200];

	snprintf(line, sizeof(line), "next pass %s; %d mails in the outbox%s", zone_text(next, at),
	         r->pass.report.unsent, r->pass.report.on_hold ? ", which is held" : "");
	service_status(line);
}

static enum loop_woken sleep_well(void *ctx, int seconds, instant next)
{
	struct daemon_run *r = ctx;
	struct watch w;

	take_signals(r);
	if (r->end)
		return LOOP_END;
	if (r->reload)
		reload(r);
	tell_status(r, next);
	service_alive();
	if (database_is_another(r) || watch_mail(r, &w) == LOOP_LOOK)
		return LOOP_LOOK;
	int patience = service_patience_s();
	int64_t ms = (patience && patience < seconds ? patience : seconds) * INT64_C(1000);
	int64_t left = w.until - net_now_ms(NULL);
	struct pollfd p[2] = { { .fd = r->signals, .events = POLLIN }, { .fd = w.fd, .events = POLLIN } };
	poll(p, 2, (int)(left < ms ? left < 0 ? 0 : left : ms));
	return LOOP_TIME;
}

/* ---- the command ---- */

static void live(struct daemon_run *r)
{
	static const struct loop_ops ops = {
		.now = now, .letters_from = letters_from, .pass = run_pass, .sleep = sleep_well,
	};

	log_event(LOG_INFO, "started", "version=%s database=\"%s\"", PACKAGE_VERSION, r->config.database);
	service_ready();
	loop_run(&ops, r);
	service_stopping();
	log_event(LOG_INFO, "stopped", "unsent=%d", r->pass.report.unsent);
	pass_close(&r->pass);
}

int command_run(const struct options *o, struct err *e)
{
	struct daemon_run r = { .options = o, .signals = -1 };
	static const enum log_level all = LOG_INFO;

	if (o->now_given)
		return err_set(e, ERR_USAGE, "the daemon lives by the clock: --now is for tick");
	log_to(service_log, (void *)(uintptr_t)&all);
	if (config_read(o->config, o->db, &r.config, e))
		return -1;
	int failed = catch_signals(&r, e) || open_first(&r, e) ? -1 : 0;
	if (!failed)
		live(&r);
	if (r.signals >= 0)
		close(r.signals);
	config_release(&r.config);
	return failed;
}
