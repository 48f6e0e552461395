/* SPDX-License-Identifier: EUPL-1.2 */
/* Reported deficiencies at the console: deficiencies, deficiency, and the case that
 * `show` shows. */
#include <stdio.h>
#include <string.h>

#include "app/commands.h"
#include "app/reader.h"
#include "core/apply.h"
#include "src/app/cases.h"
#include "src/app/mail-show.h"

static const char *sender_word(const struct deficiency *d)
{
	return !d->sender ? "unknown" : d->outside ? "outside" : "inside";
}

static void list_json(const struct deficiency *d, struct buf *out)
{
	struct json *j = json_new();
	char at[INSTANT_TEXT];

	json_str(j, "ref", d->ref);
	json_str(j, "received", zone_text(d->received, at));
	json_str(j, "from", d->sender);
	json_str(j, "sender", sender_word(d));
	json_str(j, "item", d->item);
	json_str(j, "state", deficiency_state_name(d->state));
	json_bool(j, "incident", d->incident);
	json_int(j, "letters", d->stage);
	json_day(j, "next", d->due);
	json_day(j, "closed", d->closed);
	json_str(j, "closed_by", d->closed_by);
	json_str(j, "reason", d->reason);
	json_write(j, out);
}

static void list_row(const struct deficiency *d, enum view_lang lang, struct table *t)
{
	char day[DATE_TEXT];

	table_cell(t, d->ref);
	table_cell(t, date_text(d->day, day));
	table_cell(t, view_code(deficiency_state_name(d->state), lang));
	table_cell(t, d->item);
	table_cell(t, !d->incident ? "" : lang == VIEW_SV ? "ja" : "yes");
	table_cell(t, d->sender);
	table_cell(t, view_code(sender_word(d), lang));
	table_cell(t, d->due == DAY_NONE ? "" : date_text(d->due, day));
}

int command_deficiencies(const struct options *o, struct err *e)
{
	static const char *const heads[2][8] = {
		{ "Ärende", "Anmält", "Läge", "Objekt", "Incident", "Från", "Avsändare", "Nästa brev" },
		{ "Case", "Reported", "State", "Item", "Incident", "From", "Sender", "Next" },
	};
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct buf out AUTO(buf_release) = BUF_INIT;
	struct deficiencies all;
	struct house h;
	struct table t;

	if (house_open(o, STORE_READ, &h, e))
		return -1;
	int failed = store_deficiencies(h.store, &a, &all, e);
	table_init(&t, ARRAY_LEN(heads[0]));
	for (size_t i = 0; i < ARRAY_LEN(heads[0]); i++)
		table_cell(&t, heads[o->lang][i]);
	for (size_t i = 0; !failed && i < all.n; i++) {
		if (o->json)
			list_json(&all.at[i], &out);
		else
			list_row(&all.at[i], o->lang, &t);
	}
	if (!failed && !o->json)
		table_write(&t, &out);
	fputs(out.data, stdout);
	table_release(&t);
	house_close(&h);
	return failed;
}

/* ---- show ---- */

static int show_mails(struct store *s, struct arena *a, const struct deficiency *d, bool sv, struct buf *out,
                      struct err *e)
{
	struct reader *reader;
	struct inbox_row *mails;
	size_t n;
	int failed = 0;

	if (store_deficiency_mails(s, a, d->ref, &mails, &n, e) || reader_start(&reader, e))
		return -1;
	for (size_t i = 0; !failed && i < n; i++)
		failed = mail_show(reader, a, &mails[i], sv, out, e);
	reader_stop(reader);
	return failed;
}

int case_show(struct store *s, struct arena *a, const struct deficiency *d, enum view_lang lang, struct buf *out,
              struct err *e)
{
	bool sv = lang == VIEW_SV;
	struct deficiency_told *told;
	char at[INSTANT_TEXT], day[DATE_TEXT];
	size_t n;

	buf_fmt(out, sv ? "brist %s: %s; anmäld %s av %s (%s); objekt %s%s\n"
	                : "deficiency %s: %s; reported %s by %s (%s); item %s%s\n", d->ref,
	        view_code(deficiency_state_name(d->state), lang), zone_text(d->received, at),
	        d->sender ? d->sender : sv ? "någon okänd" : "nobody known", view_code(sender_word(d), lang),
	        d->item ? d->item : sv ? "okänt" : "not known", !d->incident ? "" : sv ? "; en incident" : "; an incident");
	if (d->closed != DAY_NONE)
		buf_fmt(out, sv ? "stängd %s av %s: %s\n" : "closed %s by %s: %s\n", date_text(d->closed, day), d->closed_by,
		        d->reason ? mail_without_controls(a, d->reason, sv) : sv ? "(inget skäl angivet)" : "(no reason given)");
	else
		buf_fmt(out, sv ? "nästa brev %s\n" : "next letter %s\n", date_text(d->due, day));
	if (store_deficiency_letters(s, a, d->ref, &told, &n, e))
		return -1;
	for (size_t i = 0; i < n; i++)
		buf_fmt(out, sv ? "berättat %s för %s i brev %s nr %d\n" : "told %s %s in letter %s no %d\n", date_text(told[i].day, day), told[i].role,
		        told[i].letter, told[i].n);
	return show_mails(s, a, d, sv, out, e);
}

/* ---- deficiency close REF REASON ---- */

static const struct verb {
	const char *word;
	enum reply_outcome outcome;
} verbs[] = {
	{ "close", OUTCOME_CLOSED }, { "mistaken", OUTCOME_MISTAKEN }, { "incident", OUTCOME_INCIDENT },
	{ "concerns", OUTCOME_CONCERNS },
};

static const struct verb *verb_of(const struct options *o)
{
	const struct verb *v = verbs;

	while (strcmp(o->args[0], v->word) != 0) /* the command line has no other */
		v++;
	return v;
}

static int refuse(enum deficiency_result r, const struct deficiency *d, const char *words,
                  struct err *e)
{
	char day[DATE_TEXT];

	if (r == DEFICIENCY_WAS_CLOSED)
		return err_set(e, ERR_USAGE, "%s was closed on %s by %s already", d->ref,
		               date_text(d->closed, day), d->closed_by);
	return err_set(e, ERR_USAGE, "\"%s\" names no item of the register, or more than one: give its id", words);
}

static int carry_out(struct store *s, struct arena *a, const struct registry *r,
                     struct deficiency *d, const struct verb *v, const char *words, instant now,
                     struct err *e)
{
	struct change c = { .at = now };
	const struct answer said = {
		.verdict = VERDICT_CHANGES, .outcome = v->outcome, .text = words, .until = DAY_NONE, .date = DAY_NONE,
	};
	const struct deficiency_answer x = {
		.answer = &said, .role = "console", .coordinator = true, .day = zone_wall(now).day,
	};
	struct event incident;
	enum deficiency_result result = deficiency_answered(r, a, d, &x, &incident);

	if (result == DEFICIENCY_WAS_CLOSED || result == DEFICIENCY_WHICH_ITEM)
		return refuse(result, d, words, e);
	if (incident.name)
		change_event(&c, a, &incident);
	change_deficiency(&c, a, d);
	case_record(&c, a, "deficiency-answered", d,
	            arena_fmt(a, "result=%s\nrole=console\n", deficiency_result_name(result)));
	return store_apply(s, &c, e);
}

static int change_case(struct house *h, const struct options *o, const struct verb *v,
                       const char *words, struct err *e)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct deficiency d;
	struct registry r;
	int found = store_deficiency(h->store, &a, o->args[1], &d, e);

	if (found <= 0)
		return found < 0 ? -1 : err_set(e, ERR_USAGE, "there is no deficiency %s: 'oversyn deficiencies' "
		                                "lists them", o->args[1]);
	registry_init(&r);
	int failed = store_load(h->store, &r, e) || carry_out(h->store, &a, &r, &d, v, words, o->now, e);
	registry_release(&r);
	return failed ? -1 : 0;
}

int command_deficiency(const struct options *o, struct err *e)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	const struct verb *v = verb_of(o);
	const char *words = options_rest(o, 2, &a);
	struct house h;

	if (!words && v->outcome != OUTCOME_INCIDENT)
		return err_set(e, ERR_USAGE, "deficiency %s %s: %s", v->word, o->args[1],
		               v->outcome == OUTCOME_CONCERNS ? "which item?" : "why? Write the reason after it");
	if (house_open(o, 0, &h, e))
		return -1;
	int failed = change_case(&h, o, v, words, e);
	house_close(&h);
	return failed;
}
