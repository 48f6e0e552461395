/* SPDX-License-Identifier: EUPL-1.2 */
/* A year of the model municipality on a simulated clock: real passes, real
 * mail on local Maildirs, and people who answer, or do not. */
#include <config.h>

#include "app/demo.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "app/commands.h"
#include "app/files.h"
#include "base/log.h"
#include "core/import.h"
#include "src/app/demo-events.h"

static const char mark[] = ".oversyn-demo";

struct demo {
	const char *dir;
	struct arena arena;
	struct config config;
	struct pass pass;
	struct registry registry; /* as the people know it */
	struct people *people;
	struct demo_events *events;
	struct pass_report sum;
};

static int lay_out(struct demo *d, struct err *e)
{
	struct buf conf AUTO(buf_release) = BUF_INIT;

	if (dir_remove(d->dir, mark, e) || dir_make(d->dir, e)
	    || file_write(arena_fmt(&d->arena, "%s/%s", d->dir, mark), "", 0, e))
		return -1;
	buf_fmt(&conf, "# Written by `oversyn demo`.\ndatabase = \"%s/oversyn.db\"\n"
	        "out {\n\tmaildir = \"%s/out\"\n}\nin {\n\tmaildir = \"%s/in\"\n}\n"
	        "trust {\n\tauthserv_id = \"mx.tallvinge.example\"\n}\n", d->dir, d->dir, d->dir);
	const char *file = arena_fmt(&d->arena, "%s/oversyn.conf", d->dir);
	if (file_write(file, conf.data, conf.len, e) || config_read(file, NULL, &d->config, e))
		return -1;
	d->config.out_per_recipient = d->config.fixed_secret = true;
	return 0;
}

static int load_model(struct store *s, instant now, struct err *e)
{
	struct import_report report = { .text = BUF_INIT };
	struct registry r;

	registry_init(&r);
	int failed = import_embedded_model(&r, e) || store_import(s, &r, now, &report, e);
	buf_release(&report.text);
	registry_release(&r);
	return failed ? -1 : 0;
}

/* The register without its items is all that people need: who they are. */
static int learn(struct demo *d, bool items, struct err *e)
{
	struct registry fresh;

	registry_init(&fresh);
	if (items ? store_load(d->pass.store, &fresh, e) : store_load_letter(d->pass.store, "", &fresh, e)) {
		registry_release(&fresh);
		return -1;
	}
	registry_release(&d->registry);
	d->registry = fresh;
	return 0;
}

static void add_up(struct pass_report *sum, const struct pass_report *r)
{
	sum->fetched += r->fetched;
	sum->signed_off += r->signed_off;
	sum->decided += r->decided;
	sum->coordinator += r->coordinator;
	sum->kept += r->kept;
	sum->letters += r->letters;
	sum->accepted += r->accepted;
}

static void progress(const struct demo *d, dayno day, dayno from, dayno to)
{
	enum { WIDTH = 40 };
	char date[DATE_TEXT], bar[WIDTH + 1];

	if (!isatty(STDERR_FILENO))
		return;
	int done = (day - from) * WIDTH / (to - from);
	memset(bar, '.', WIDTH);
	memset(bar, '#', (size_t)done);
	bar[WIDTH] = '\0';
	fprintf(stderr, "\r[%s] %s  %4d letters  %4d answers%s", bar, date_text(day, date),
	        d->sum.letters, d->sum.fetched, day == to ? "\n" : "");
}

static int live(struct demo *d, dayno from, dayno to, struct err *e)
{
	log_to(NULL, NULL); /* a year of log lines would drown the table */
	for (dayno day = from; day <= to; day++) {
		instant morning = zone_instant(day, 8, 0, 0);
		struct pass *p = &d->pass;

		if (demo_events_play(d->events, p->store, morning, e)
		    || people_answer(d->people, &d->registry, morning, e) || pass_run(p, morning, e)
		    || learn(d, false, e)
		    || people_read(d->people, &d->registry, morning, e))
			return -1;
		add_up(&d->sum, &p->report);
		progress(d, day, from, to);
	}
	return 0;
}

static int tell(struct demo *d, enum view_lang lang, struct err *e)
{
	struct buf table AUTO(buf_release) = BUF_INIT, events AUTO(buf_release) = BUF_INIT;
	char head[DIGEST_HEX];
	int64_t rows;

	if (body_table(d->pass.store, &d->registry, lang, false, &table, e)
	    || demo_events_tell(d->events, d->pass.store, &d->registry, &events, e)
	    || store_record_verify(d->pass.store, &rows, head, e))
		return -1;
	printf("Tallvinge kommun, 2027-01-11 to 2027-12-31, on a simulated clock\n\n%s\n%s\n", events.data, table.data);
	printf("%d letters and %d other mails sent, %d mails answered them; %d answers recorded, %d left to "
	       "the coordinator, %d kept\nas machine mail, %d committee decisions; the record holds, %lld rows\n\n",
	       d->sum.letters, d->sum.accepted - d->sum.letters, d->sum.fetched, d->sum.signed_off,
	       d->sum.coordinator, d->sum.kept, d->sum.decided, (long long)rows);
	printf("letters   %s/letters/*.eml\nanswers   %s/answers/*.eml\ndatabase  %s/oversyn.db\n"
	       "try       %s --config %s/oversyn.conf --now=2027-12-31T12:00:00+01:00 due\n"
	       "          %s --config %s/oversyn.conf --now=2027-12-31T12:00:00+01:00 why S03\n"
	       "          %s --config %s/oversyn.conf inbox\n",
	       d->dir, d->dir, d->dir, program_invocation_name, d->dir, program_invocation_name, d->dir,
	       program_invocation_name, d->dir);
	return 0;
}

static int play(struct demo *d, enum view_lang lang, struct err *e)
{
	dayno from = date_of(2027, 1, 11), to = date_of(2027, 12, 31);
	struct store *s;

	if (store_open(d->config.database, STORE_CREATE | STORE_VOLATILE, &s, e))
		return -1;
	if (load_model(s, zone_instant(from, 7, 0, 0), e)) {
		store_close(s);
		return -1;
	}
	if (pass_open(&d->pass, &d->config, s, true, e))
		return -1;
	int failed = people_open(d->dir, &d->people, e);
	if (!failed && !(failed = demo_events_open(&d->events, e))) {
		registry_init(&d->registry);
		failed = learn(d, false, e) || live(d, from, to, e) || learn(d, true, e) || tell(d, lang, e);
		registry_release(&d->registry);
		demo_events_close(d->events);
	}
	if (d->people)
		people_close(d->people);
	pass_close(&d->pass);
	return failed ? -1 : 0;
}

int command_demo(const struct options *o, struct err *e)
{
	struct demo d = { .arena = ARENA_INIT, .dir = o->n_args ? o->args[0] : "build/demo" };

	int failed = lay_out(&d, e) || play(&d, o->lang, e);
	config_release(&d.config);
	arena_release(&d.arena);
	return failed ? -1 : 0;
}
