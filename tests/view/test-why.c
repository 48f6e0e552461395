/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "tests/tap.h"
#include "tests/view/sample.h"

static void derive(struct sample *s, const char *today, enum view_lang lang, struct buf *out)
{
	buf_clear(out);
	view_why(&s->r, &s->item, &s->due, on(today), lang, out);
}

static void has(const struct buf *out, const char *part)
{
	ck_assert_msg(strstr(out->data, part) != NULL, "\"%s\" is not in:\n%s", part, out->data);
}

static void lacks(const struct buf *out, const char *part)
{
	ck_assert_msg(strstr(out->data, part) == NULL, "\"%s\" is in:\n%s", part, out->data);
}

START_TEST(a_guideline_of_the_council_in_swedish)
{
	struct buf out AUTO(buf_release) = BUF_INIT;
	struct sample s;

	sample_init(&s);
	derive(&s, "2027-01-11", VIEW_SV, &out);
	has(&out, "S03 Riktlinjer för informationssäkerhet (");
	has(&out, "Ansvarig är Säkerhetschef (sakchef). Beslutas av KF.\n");
	has(&out, "Registret säger om uppföljning: »Vart fjärde år och i samband med RSA«. "
	          "Om giltighet: »Tills vidare«.\n");
	has(&out, "Beslutat 2024-06-17; det räknas därifrån.\n");
	has(&out, "Förfaller 2027-10-31 därför att risk- och sårbarhetsanalysen (RSA) infaller "
	          "då.\n"
	          "Vart fjärde år från 2024-06-17 skulle ge 2028-06-17.\n");
	has(&out, "Sista sammanträdet i tid för KS är 2027-10-12, handlingar senast 2027-09-21.\n"
	          "Arbetet ska vara klart tisdagen den 21 september 2027.\n"
	          "Första brevet går 2027-08-10.\n");
}
END_TEST

START_TEST(a_guideline_of_the_council_in_english)
{
	struct buf out AUTO(buf_release) = BUF_INIT;
	struct sample s;

	sample_init(&s);
	derive(&s, "2027-08-11", VIEW_EN, &out);
	has(&out, "Due 2027-10-31 because the risk analysis (RSA) is due then.\n"
	          "Every fourth year from 2024-06-17 would be 2028-06-17.\n");
	has(&out, "The last meeting of KS in time is 2027-10-12, papers by 2027-09-21.\n");
	has(&out, "The day for the first letter was 2027-08-10.\n");
}
END_TEST

START_TEST(only_the_councils_documents_get_its_timetable)
{
	static const char *const names[] = { "KF", "kommunfullmäktige", "Fullmäktige" };
	struct buf out AUTO(buf_release) = BUF_INIT;
	struct sample s;

	sample_init(&s);
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		s.item.decided_by = names[i];
		derive(&s, "2027-01-11", VIEW_EN, &out);
		has(&out, "If the council must decide a revision: KF 2027-10-25, KS 2027-10-12, "
		          "KSAU 2027-09-28, papers by 2027-09-07.\n");
	}
	s.due.due = on("2028-12-31");
	derive(&s, "2027-01-11", VIEW_EN, &out);
	has(&out, "the meeting calendar does not reach that far.\n");
	s.item.decided_by = "KS";
	derive(&s, "2027-01-11", VIEW_EN, &out);
	lacks(&out, "council");
	s.item.decided_by = NULL;
	derive(&s, "2027-01-11", VIEW_EN, &out);
	lacks(&out, "council");
}
END_TEST

/* Each rule's own sentence, as the winner. */
START_TEST(every_rule_says_why)
{
	static const struct {
		struct rule rule;
		const char *due, *from, *sv, *en;
	} cases[] = {
		{ { .kind = RULE_EVERY, .n = 1, .unit = UNIT_YEAR }, "2027-03-05", "2026-03-05",
		  "det ska ses över varje år, räknat från 2026-03-05.",
		  "it is reviewed every year, counted from 2026-03-05." },
		{ { .kind = RULE_YEARLY, .month = 3, .day = 31 }, "2027-03-31", "-",
		  "varje år senast den 31 mars.", "every year by 31 March." },
		{ { .kind = RULE_TERM_ONCE }, "2030-12-31", "-", "och perioden slutar då.",
		  "and the term ends then." },
		{ { .kind = RULE_TERM_START }, "2027-12-31", "-",
		  "under mandatperiodens första år, som slutar då.", "first year of the term" },
		{ { .kind = RULE_TERM_END }, "2030-12-31", "-", "mandatperioden slutar då.",
		  "the term of office ends then." },
		{ { .kind = RULE_EVENT, .event = "val", .n = -6, .unit = UNIT_MONTH }, "2030-03-08",
		  "2030-09-08", "sex månader före valet (2030-09-08).",
		  "six months before the election (2030-09-08)." },
		{ { .kind = RULE_EVENT, .event = "incident" }, "2027-04-30", "2027-03-01",
		  "en incident inträffade 2027-03-01 och det ska ses över inom 60 dagar.",
		  "an incident happened on 2027-03-01 and it is reviewed within 60 days." },
		{ { .kind = RULE_MAXGAP, .n = 2, .unit = UNIT_YEAR }, "2027-09-10", "2025-09-10",
		  "vid behov, med högst två år emellan, räknat från 2025-09-10.",
		  "on demand, at most two years apart, counted from 2025-09-10." },
		{ { .kind = RULE_REVIEW_BY }, "2027-06-30", "-", "det ska ses över senast då.",
		  "it is to be reviewed by then." },
		{ { .kind = RULE_END }, "2027-12-31", "-", "giltigheten går ut då",
		  "its validity ends then and a renewal must be decided before." },
		{ { .kind = RULE_WITH_PARENT }, "2027-12-31", "-",
		  "tillsammans med S02 (Policy för it-säkerhet), som förfaller då.",
		  "together with S02 (Policy för it-säkerhet), which is due then." },
		{ { .kind = RULE_OPEN }, "-", "-",
		  "Tills vidare säger hur länge det gäller, inte när det ska ses över.",
		  "Until further notice says how long it is valid, not when it is reviewed." },
		{ { .kind = RULE_ON_DEMAND }, "-", "-", "Vid behov ger inget datum.",
		  "On demand gives no date." },
		{ { .kind = RULE_ASK, .text = "Hösten" }, "-", "-",
		  "»Hösten« går inte att räkna på.",
		  "Nothing can be computed from \"Hösten\"." },
		{ { .kind = RULE_NONE }, "-", "-", "Ingen uppföljning behövs, enligt registret.",
		  "No review is needed, says the register." },
		{ { .kind = RULE_EVERY, .n = 1, .unit = UNIT_YEAR }, "-", "-",
		  "Varje år ger inget datum utan något att räkna från.",
		  "Every year gives no date without something to count from." },
		{ { .kind = RULE_EVENT, .event = "systembyte" }, "-", "-",
		  "I samband med ett systembyte ger inget datum: inget är känt för händelsen.",
		  "gives no date: none is known for the event." },
	};
	struct buf out AUTO(buf_release) = BUF_INIT;
	bool seen[RULE_KIND_COUNT] = { false };
	struct sample s;

	sample_init(&s);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		sample_one(&s, cases[i].rule, cases[i].due, cases[i].from);
		if (cases[i].rule.kind == RULE_WITH_PARENT)
			s.reasons[0].parent = &s.parent;
		seen[cases[i].rule.kind] = true;
		derive(&s, "2027-01-11", VIEW_SV, &out);
		has(&out, cases[i].sv);
		derive(&s, "2027-01-11", VIEW_EN, &out);
		has(&out, cases[i].en);
	}
	for (int k = 0; k < RULE_KIND_COUNT; k++)
		ck_assert_msg(seen[k], "no case for %s", rule_kind_name((enum rule_kind)k));
}
END_TEST

/* A deadline is met by a review that came after the latest decision, whenever that was. */
START_TEST(a_deadline_says_what_met_it)
{
	static const struct rule by = { .kind = RULE_REVIEW_BY };
	struct exception skip = { .item = "S03", .reason = "nämnden läggs ner" };
	struct buf out AUTO(buf_release) = BUF_INIT;
	struct rule rule = by;
	struct sample s;

	sample_init(&s);
	rule.date = on("2028-12-31");
	s.item.decided = on("2024-06-17");
	s.item.reviewed = on("2026-03-05");
	s.item.revised = DAY_NONE;
	sample_one(&s, rule, "-", "-");
	derive(&s, "2027-01-11", VIEW_SV, &out);
	has(&out, "Fristen 2028-12-31 är uppfylld av granskningen 2026-03-05, som gjordes efter det senaste "
	          "beslutet (2024-06-17): en ny regel behövs.\n");
	lacks(&out, "räknas inte");
	derive(&s, "2027-01-11", VIEW_EN, &out);
	has(&out, "was met by the review of 2026-03-05, which was made after the last decision (2024-06-17)");
	s.item.decided = DAY_NONE;
	derive(&s, "2027-01-11", VIEW_SV, &out);
	has(&out, " är uppfylld av granskningen 2026-03-05: en ny regel behövs.\n");
	s.reasons[0].skipped = &skip;
	derive(&s, "2027-01-11", VIEW_SV, &out);
	has(&out, " gäller inte längre: en ny regel behövs.\n");
	s.item.decided = on("2024-06-17");
	s.item.revised = on("2026-03-05");
	sample_one(&s, rule, "2028-12-31", "-");
	derive(&s, "2027-01-11", VIEW_SV, &out);
	has(&out, "det ska ses över senast då.\nGranskningen 2026-03-05 räknas inte, för den gjordes inte "
	          "efter den senaste revideringen (2026-03-05).\n");
	s.item.reviewed = DAY_NONE;
	derive(&s, "2027-01-11", VIEW_SV, &out);
	lacks(&out, "räknas inte");
}
END_TEST

START_TEST(a_later_date_tells_only_what_its_words_need)
{
	struct buf out AUTO(buf_release) = BUF_INIT;
	struct sample s;

	sample_init(&s);
	s.rules[0] = (struct rule){ .kind = RULE_YEARLY, .month = 3, .day = 31 };
	derive(&s, "2027-01-11", VIEW_SV, &out);
	has(&out, "Varje år senast den 31 mars skulle ge 2028-06-17.\n");
	s.rules[0] = (struct rule){ .kind = RULE_EVENT, .event = "val",
	                            .n = -6, .unit = UNIT_MONTH };
	derive(&s, "2027-01-11", VIEW_EN, &out);
	has(&out, "Six months before the election (2024-06-17) would be 2028-06-17.\n");
	s.rules[0] = (struct rule){ .kind = RULE_WITH_PARENT };
	s.reasons[0].parent = &s.parent;
	s.reasons[0].due = s.due.due;
	derive(&s, "2027-01-11", VIEW_EN, &out);
	has(&out, "Together with its parent (S02) gives the same day.\n");
}
END_TEST

START_TEST(a_default_rule_is_the_municipalitys_choice)
{
	struct buf out AUTO(buf_release) = BUF_INIT;
	struct sample s;

	sample_init(&s);
	s.item.rule_text = NULL;
	derive(&s, "2027-01-11", VIEW_SV, &out);
	lacks(&out, "kommunens val");
	s.reasons[1].source = REASON_DEFAULT;
	derive(&s, "2027-01-11", VIEW_SV, &out);
	has(&out, "Registret säger inget om uppföljning.");
	has(&out, "infaller då (kommunens val för detta slag, inte objektets egna ord).\n");
	derive(&s, "2027-01-11", VIEW_EN, &out);
	has(&out, "(the municipality's choice for this kind, not the item's own words).\n");
}
END_TEST

START_TEST(what_is_missing_is_asked_for)
{
	const char *ask[] = { "när den senast granskades", "nytt intervall" };
	struct buf out AUTO(buf_release) = BUF_INIT;
	struct sample s;

	sample_init(&s);
	sample_one(&s, (struct rule){ .kind = RULE_EVERY, .n = 1, .unit = UNIT_YEAR }, "-", "-");
	s.due.anchor = DAY_NONE;
	s.due.anchor_source = ANCHOR_NONE;
	s.due.status = DUE_ASK;
	s.due.ask = ask;
	s.due.n_ask = 2;
	derive(&s, "2027-01-11", VIEW_SV, &out);
	has(&out, "Det finns inget att räkna från: varken granskat, reviderat eller beslutat.\n");
	has(&out, "Det går inte att bevaka förrän någon har svarat.\n"
	          "Fråga efter: när den senast granskades; nytt intervall.\n");
	lacks(&out, "brevet");
}
END_TEST

START_TEST(overdue_retired_and_looping_items_say_so)
{
	struct buf out AUTO(buf_release) = BUF_INIT;
	struct sample s;

	sample_init(&s);
	s.due.status = DUE_OVERDUE;
	derive(&s, "2027-11-10", VIEW_SV, &out);
	has(&out, "Försenad sedan 2027-10-31, i dag 10 dagar.\n");
	derive(&s, "2027-11-01", VIEW_EN, &out);
	has(&out, "Overdue since yesterday.\n");

	s.due = (struct due){ .due = DAY_NONE, .act_by = DAY_NONE, .anchor = DAY_NONE,
	                      .status = DUE_ASK, .loop = true };
	derive(&s, "2027-01-11", VIEW_EN, &out);
	has(&out, "in a loop");
	s.due.status = DUE_NONE;
	s.due.loop = false;
	s.item.retired = true;
	derive(&s, "2027-01-11", VIEW_SV, &out);
	has(&out, "Det är avvecklat och har ingen frist.\n");
}
END_TEST

/* What made an item due though its words do not say so. */
START_TEST(what_the_words_do_not_say_is_told)
{
	static struct event change = { .name = "systembyte", .happened = true, .item = "T005" };
	struct rule rule = { .kind = RULE_EVENT, .date = DAY_NONE, .event = "systembyte" };
	struct buf out AUTO(buf_release) = BUF_INIT;
	struct sample s;

	sample_init(&s);
	change.day = on("2027-01-05");
	s.r.events = &change;
	s.r.n_events = 1;
	s.item.link = "T005";
	sample_one(&s, rule, "2027-03-06", "2027-01-05");
	s.reasons[0].source = REASON_EVENT;
	derive(&s, "2027-01-11", VIEW_SV, &out);
	has(&out, "inträffade 2027-01-05 för T005 som det hör till, och det ska ses över inom 60 dagar");
	s.reasons[0].source = REASON_CONTRACT;
	derive(&s, "2027-01-11", VIEW_EN, &out);
	has(&out, "Due 2027-03-06 because the contract of what it belongs to ends on 2027-01-05.");
	s.reasons[0].source = REASON_DEFICIENCIES;
	s.r.settings.deficiency_count = 3;
	derive(&s, "2027-01-11", VIEW_SV, &out);
	has(&out, "3 brister har rapporterats sedan senaste granskningen, den sista av dem 2027-01-05");
	rule.kind = RULE_WITH_PARENT;
	sample_one(&s, rule, "2027-03-06", "2027-01-05");
	s.reasons[0].source = REASON_CASCADE;
	s.reasons[0].parent = &s.parent;
	s.item.link = "S02";
	s.item.nth_child = 2;
	derive(&s, "2027-01-11", VIEW_SV, &out);
	has(&out, "S02 reviderades 2027-01-05 och det underordnade ses över i tur och ordning, det "
	          "här som nummer 3");
	s.item.link = "S01";
	derive(&s, "2027-01-11", VIEW_EN, &out);
	has(&out, "S01 was replaced by S02, decided 2027-01-05");
}
END_TEST

START_TEST(what_was_decided_about_one_occurrence_is_told)
{
	static struct exception skip = { .item = "S03", .reason = "byte av system" };
	static struct exception move = { .item = "S03", .kind = EXCEPTION_MOVE, .reason = "val" };
	struct buf out AUTO(buf_release) = BUF_INIT;
	struct sample s;

	sample_init(&s);
	skip.day = on("2027-03-20");
	move.day = on("2028-03-20");
	move.to = on("2028-05-02");
	sample_one(&s, (struct rule){ .kind = RULE_EVERY, .n = 1, .unit = UNIT_YEAR }, "2028-05-02",
	           "2026-03-20");
	s.reasons[0].skipped = &skip;
	s.reasons[0].moved = &move;
	s.reasons[0].from_planned = true;
	derive(&s, "2027-01-11", VIEW_SV, &out);
	has(&out, "Tillfället 2027-03-20 är överhoppat: byte av system.");
	has(&out, "Tillfället 2028-03-20 är flyttat till 2028-05-02: val.");
	has(&out, "det räknas från 2026-03-20, som den var planerad till");
	s.due.act_basis = ACT_PLANNED;
	s.due.planned = &move;
	derive(&s, "2027-01-11", VIEW_EN, &out);
	has(&out, "The work is planned for an earlier day (val)");
}
END_TEST

START_TEST(who_answers_then_is_told)
{
	struct buf out AUTO(buf_release) = BUF_INIT;
	struct absence away;
	struct sample s;

	sample_init(&s);
	away = (struct absence){ .role = "sakchef", .from = on("2027-09-01"), .to = on("2027-09-30") };
	s.r.absences = &away;
	s.r.n_absences = 1;
	derive(&s, "2027-01-11", VIEW_SV, &out);
	has(&out, "sakchef är borta 2027-09-01 till 2027-09-30 och har ingen ersättare.");
	s.roles[0].to = on("2027-06-30");
	derive(&s, "2027-01-11", VIEW_EN, &out);
	has(&out, "Nobody holds the role sakchef then.");
	s.bodies[1].successor = "N";
	s.bodies[1].ceases = on("2027-06-30");
	derive(&s, "2027-01-11", VIEW_SV, &out);
	has(&out, "KS upphör 2027-06-30; därefter ligger det hos N.");
}
END_TEST

START_TEST(a_day_off_is_named)
{
	static const struct {
		const char *due, *act_by, *sv, *en;
	} cases[] = {
		{ "2027-10-31", "2027-10-29", "2027-10-31 är en söndag, 2027-10-30 är en lördag, så "
		  "arbetet ska vara klart arbetsdagen före, fredagen den 29 oktober 2027.",
		  "2027-10-31 is a Sunday, 2027-10-30 is a Saturday, so" },
		{ "2027-05-06", "2027-05-05", "2027-05-06 är Kristi himmelsfärdsdag (torsdag), så",
		  "on the working day before, Wednesday 5 May 2027." },
		{ "2027-05-07", "2027-05-05", "2027-05-07 är en klämdag, 2027-05-06 är Kristi "
		  "himmelsfärdsdag (torsdag), så", "is a squeeze day off" },
	};
	struct buf out AUTO(buf_release) = BUF_INIT;
	struct sample s;

	sample_init(&s);
	s.due.act_basis = ACT_WORKDAY;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		s.due.due = on(cases[i].due);
		s.due.act_by = on(cases[i].act_by);
		derive(&s, "2027-01-11", VIEW_SV, &out);
		has(&out, cases[i].sv);
		derive(&s, "2027-01-11", VIEW_EN, &out);
		has(&out, cases[i].en);
	}
}
END_TEST

START_TEST(a_meeting_that_is_not_known_is_said)
{
	struct buf out AUTO(buf_release) = BUF_INIT;
	struct sample s;

	sample_init(&s);
	s.due.act_basis = ACT_NO_CALENDAR;
	s.due.act_by = s.due.due - 42;
	s.due.meeting = NULL;
	derive(&s, "2027-01-11", VIEW_SV, &out);
	has(&out, "inget är registrerat i tid: arbetet ska vara klart 42 dagar "
	          "före, ");
	s.due.act_basis = ACT_MEETING;
	s.due.meeting = &s.meetings[2];
	derive(&s, "2027-01-11", VIEW_EN, &out);
	has(&out, "papers by 2027-09-07 (21 days before, as its stop date is not known).\n");
	derive(&s, "2027-01-11", VIEW_SV, &out);
	has(&out, "handlingar senast 2027-09-07 (21 dagar före, eftersom stoppdatumet inte är känt).\n");
}
END_TEST

START_TEST(words_from_outside_stay_on_their_line)
{
	struct buf out AUTO(buf_release) = BUF_INIT;
	struct sample s;

	sample_init(&s);
	s.item.title = "A\nDue 2099-01-01\x1b[2J\xff";
	derive(&s, "2027-01-11", VIEW_EN, &out);
	has(&out, "S03 A Due 2099-01-01�[2J� (");
	s.item.title = s.item.responsible = s.item.body = s.item.rule_text = NULL;
	derive(&s, "2027-01-11", VIEW_SV, &out);
	has(&out, "alla)\nIngen är ansvarig.");
}
END_TEST

int main(void)
{
	Suite *s = suite_create("why");
	TCase *t = tcase_create("why");

	tcase_add_test(t, a_guideline_of_the_council_in_swedish);
	tcase_add_test(t, a_guideline_of_the_council_in_english);
	tcase_add_test(t, only_the_councils_documents_get_its_timetable);
	tcase_add_test(t, every_rule_says_why);
	tcase_add_test(t, a_deadline_says_what_met_it);
	tcase_add_test(t, a_later_date_tells_only_what_its_words_need);
	tcase_add_test(t, a_default_rule_is_the_municipalitys_choice);
	tcase_add_test(t, what_is_missing_is_asked_for);
	tcase_add_test(t, overdue_retired_and_looping_items_say_so);
	tcase_add_test(t, what_the_words_do_not_say_is_told);
	tcase_add_test(t, what_was_decided_about_one_occurrence_is_told);
	tcase_add_test(t, who_answers_then_is_told);
	tcase_add_test(t, a_day_off_is_named);
	tcase_add_test(t, a_meeting_that_is_not_known_is_said);
	tcase_add_test(t, words_from_outside_stay_on_their_line);
	suite_add_tcase(s, t);
	return tap_run(s);
}
