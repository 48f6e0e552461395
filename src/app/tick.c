/* SPDX-License-Identifier: EUPL-1.2 */
/* tick: the command that acts. */
#include <stdio.h>
#include <string.h>

#include "app/commands.h"
#include "app/letter.h"
#include "app/pass.h"
#include "app/templates.h"
#include "src/app/outbox.h"

static void report_json(const struct pass_report *r, dayno today)
{
	struct buf out AUTO(buf_release) = BUF_INIT;
	struct json *j = json_new();

	json_day(j, "day", today);
	json_int(j, "fetched", r->fetched);
	json_int(j, "signed", r->signed_off);
	json_int(j, "decided", r->decided);
	json_int(j, "answered", r->answered);
	json_int(j, "kept", r->kept);
	json_int(j, "coordinator", r->coordinator);
	json_int(j, "letters", r->letters);
	json_int(j, "reviews", r->reviews);
	json_int(j, "questions", r->questions);
	json_int(j, "reports", r->reports);
	json_int(j, "accepted", r->accepted);
	json_int(j, "deferred", r->deferred);
	json_int(j, "failed", r->failed);
	json_int(j, "held", r->held);
	json_int(j, "findings", r->findings);
	json_int(j, "waiting", r->waiting);
	json_int(j, "stopped", r->stopped);
	json_int(j, "unsent", r->unsent);
	json_write(j, &out);
	fputs(out.data, stdout);
}

static const char *s(int n)
{
	return n == 1 ? "" : "s";
}

static void report_words(const struct pass_report *r, dayno today, bool sv)
{
	char day[DATE_TEXT];

	if (sv)
		printf("%s: %d mejl in (%d svar registrera%s, %d till samordnaren, %d spara%s); "
		       "%d brev om %d granskning%s och %d fråg%s; %d mejl motta%s",
		       date_text(today, day), r->fetched, r->signed_off, r->signed_off == 1 ? "t" : "de", r->coordinator,
		       r->kept, r->kept == 1 ? "t" : "de", r->letters, r->reviews, r->reviews == 1 ? "" : "ar",
		       r->questions, r->questions == 1 ? "a" : "or", r->accepted, r->accepted == 1 ? "get" : "gna");
	else
		printf("%s: %d mail%s in (%d answer%s recorded, %d for the coordinator, %d kept); "
		       "%d letter%s about %d review%s and %d question%s; %d mail%s accepted",
		       date_text(today, day), r->fetched, s(r->fetched), r->signed_off, s(r->signed_off), r->coordinator,
		       r->kept, r->letters, s(r->letters), r->reviews, s(r->reviews), r->questions, s(r->questions),
		       r->accepted, s(r->accepted));
	if (r->reports)
		printf(sv ? r->reports == 1 ? ", %d rapport" : ", %d rapporter"
		          : r->reports == 1 ? ", %d report" : ", %d reports", r->reports);
	if (r->deferred)
		printf(sv ? ", %d försöks igen" : ", %d to be tried again", r->deferred);
	if (r->failed)
		printf(sv ? ", %d misslyckades" : ", %d failed", r->failed);
	if (r->held)
		printf(sv ? ", utkorgen hålls: åtgärda det som loggen säger, sedan `oversyn outbox release`"
		          : ", outbox held: mend what the log says, then `oversyn outbox release`");
	if (r->waiting)
		printf(sv ? "; %d brev väntar på nästa pass" : r->waiting == 1 ? "; %d letter waits for the next pass" : "; %d letters wait for the next pass", r->waiting);
	if (r->unsent)
		printf(sv ? "; %d mejl väntar i utkorgen" : r->unsent == 1 ? "; %d mail waits in the outbox" : "; %d mails wait in the outbox", r->unsent);
	if (r->findings)
		printf(sv ? r->findings == 1 ? "; %d iakttagelse (oversyn check)" : "; %d iakttagelser (oversyn check)"
		          : r->findings == 1 ? "; %d finding (oversyn check)" : "; %d findings (oversyn check)", r->findings);
	putchar('\n');
}

static int preview(const struct options *o, struct err *e)
{
	struct buf out AUTO(buf_release) = BUF_INIT;
	struct house h;

	if (house_open(o, STORE_READ, &h, e))
		return -1;
	int failed = pass_preview(&h.config, h.store, o->now, o->json, &out, e);
	fputs(out.data, stdout);
	house_close(&h);
	return failed;
}

int command_tick(const struct options *o, struct err *e)
{
	struct house h;
	struct pass p;

	if (o->dry_run)
		return preview(o, e);
	if (house_open(o, 0, &h, e))
		return -1;
	int failed = pass_open(&p, &h.config, h.store, o->now_given, e);
	if (!failed) {
		failed = pass_run(&p, o->now, e);
		if (o->json)
			report_json(&p.report, p.today);
		else
			report_words(&p.report, p.today, o->lang == VIEW_SV);
		if (!failed && p.report.stopped)
			failed = err_set(e, ERR_SAFETY, "%d letters, many more than were to be foreseen: none was sent; "
			                 "look at `oversyn tick --dry-run`, then mend the cause, or let go with "
			                 "`oversyn outbox release`", p.report.stopped);
		else if (!failed && p.report.held)
			failed = err_set(e, ERR_OUTSIDE, "the mail server refuses our mail: the outbox is held");
		else if (!failed)
			failed = outbox_verdict(&p, e);
		pass_close(&p);
	}
	config_release(&h.config); /* the store was the pass's */
	return failed;
}
