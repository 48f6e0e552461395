/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/bench/synthetic.h"

#include <stdio.h>

#include "base/attr.h"
#include "core/merge.h"

/* Xorshift (Marsaglia 2003): the same numbers everywhere. */
uint32_t synthetic_chance(uint32_t *seed, uint32_t below)
{
	uint32_t x = *seed ? *seed : 1;

	x ^= x << 13;
	x ^= x >> 17;
	x ^= x << 5;
	*seed = x;
	return x % below;
}

static const struct {
	uint32_t share; /* of a thousand */
	const char *words;
} mix[] = {
	{330, "Årligen"},
	{150, "Vartannat år"},
	{140, "Vart fjärde år"},
	{40, "Vart tredje år"},
	{40, "Halvårsvis"},
	{25, "Kvartalsvis"},
	{15, "Var 18:e månad"},
	{25, "Årligen i december"},
	{15, "Vecka 45"},
	{25, "Varje mandatperiod"},
	{15, "Vid varje ny mandatperiod"},
	{10, "I slutet av mandatperioden"},
	{40, "Vart fjärde år och i samband med RSA"},
	{15, "Årligen i samband med bokslut"},
	{10, "Senast sex månader efter val"},
	{25, "Årligen eller vid väsentliga förändringar"},
	{20, "Vid behov, dock minst vartannat år"},
	{15, "Senast 2027-12-31"},
	{25, "I samband med revidering av policyn"},
	{10, "Vid ny upphandling"},
	{10, "Tills vidare"},
};

static const char *const bodies[] = {
	"KF", "KS", "KSAU", "BUN", "SON", "MBN", "KFN", "TN", "VN", "OFN", "RN",
};
static const char *const shapes[] = { "incident", "systembyte", "lagandring", "forandring" };

static const char *some_words(uint32_t *seed)
{
	uint32_t at = synthetic_chance(seed, 1000);

	for (size_t i = 0; i < ARRAY_LEN(mix); i++) {
		if (at < mix[i].share)
			return mix[i].words;
		at -= mix[i].share;
	}
	return mix[0].words;
}

static dayno some_day(uint32_t *seed, int from, int to)
{
	dayno first = date_of(from, 1, 1), last = date_of(to, 12, 31);

	return first + (dayno)synthetic_chance(seed, (uint32_t)(last - first + 1));
}

static void add_bodies(struct registry *r)
{
	for (size_t i = 0; i < ARRAY_LEN(bodies); i++) {
		struct body b = body_blank();
		b.id = b.name = bodies[i];
		b.kind = i == 0 ? BODY_COUNCIL : i == 1 ? BODY_BOARD : i == 2 ? BODY_GROUP
		                                                    : BODY_COMMITTEE;
		r->bodies = arena_grow(&r->arena, r->bodies, r->n_bodies, &r->cap_bodies, sizeof(b));
		r->bodies[r->n_bodies++] = b;
	}
}

static void add_meetings(struct registry *r, const struct synthetic *wish, uint32_t *seed)
{
	for (size_t i = 0; i < wish->meetings; i++) {
		struct meeting m = {
			.body = bodies[i % ARRAY_LEN(bodies)], .day = some_day(seed, 2026, 2028),
			.hour = 13, .minute = 0, .stop = DAY_NONE, .preparation = DAY_NONE,
			.summons = DAY_NONE, .adjusted_by = DAY_NONE,
		};
		if (synthetic_chance(seed, 3))
			m.stop = m.day - 21;
		r->meetings = arena_grow(&r->arena, r->meetings, r->n_meetings, &r->cap_meetings,
		                         sizeof(m));
		r->meetings[r->n_meetings++] = m;
	}
}

static void add_event(struct registry *r, struct event e)
{
	r->events = arena_grow(&r->arena, r->events, r->n_events, &r->cap_events, sizeof(e));
	r->events[r->n_events++] = e;
}

/* The year's cycles, and something that happened to one item in a hundred. */
static void add_events(struct registry *r, const struct synthetic *wish, uint32_t *seed)
{
	for (int y = 2024; y <= 2030; y++)
		add_event(r, (struct event){ .name = "bokslut", .day = date_of(y, 2, 28) });
	add_event(r, (struct event){ .name = "rsa", .day = date_of(2027, 10, 31) });
	add_event(r, (struct event){ .name = "val", .day = date_of(2026, 9, 13) });
	for (size_t i = 0; i < wish->items / 100; i++)
		add_event(r, (struct event){
			.name = shapes[synthetic_chance(seed, ARRAY_LEN(shapes))],
			.day = some_day(seed, 2025, 2026), .happened = true,
			.item = arena_fmt(&r->arena, "I%06u", synthetic_chance(seed, (uint32_t)wish->items)),
		});
}

static void add_items(struct registry *r, const struct synthetic *wish, uint32_t *seed)
{
	static const enum item_kind kinds[] = {
		ITEM_ASSET, ITEM_ASSET, ITEM_ASSET, ITEM_ROUTINE, ITEM_ROUTINE, ITEM_DOCUMENT,
		ITEM_DOCUMENT, ITEM_INVENTORY,
	};

	for (size_t i = 0; i < wish->items; i++) {
		struct item one = item_blank();
		one.id = arena_fmt(&r->arena, "I%06zu", i);
		one.title = one.shown = one.id;
		one.kind = kinds[synthetic_chance(seed, ARRAY_LEN(kinds))];
		one.body = bodies[synthetic_chance(seed, ARRAY_LEN(bodies))];
		one.decided = some_day(seed, 2019, 2026);
		if (synthetic_chance(seed, 2))
			one.reviewed = some_day(seed, 2023, 2026);
		one.rule_text = some_words(seed);
		one.needs_decision = !synthetic_chance(seed, 4);
		one.known_on = date_of(2026, 1, 7);
		if (i && one.kind == ITEM_DOCUMENT)
			one.parent = arena_fmt(&r->arena, "I%06u", synthetic_chance(seed, (uint32_t)i));
		/* As the import does with a contract's last day. */
		if (one.kind == ITEM_ASSET && synthetic_chance(seed, 2))
			add_event(r, (struct event){
				.name = "avtal_slut", .item = one.id, .day = some_day(seed, 2027, 2031),
			});
		registry_add_item(r, &one);
	}
}

void synthetic_town(struct registry *r, const struct synthetic *wish)
{
	uint32_t seed = wish->seed;

	add_bodies(r);
	add_meetings(r, wish, &seed);
	add_events(r, wish, &seed);
	add_items(r, wish, &seed);
}

/* ---- rules that peers know too ---- */

static void interval(uint32_t *seed, struct plain_rule *p)
{
	static const struct {
		enum unit_of_time unit;
		int n;
		const char *recur;
	} every[] = {
		{UNIT_YEAR, 1, "FREQ=YEARLY;INTERVAL=1"}, {UNIT_YEAR, 1, "FREQ=YEARLY;INTERVAL=1"},
		{UNIT_YEAR, 2, "FREQ=YEARLY;INTERVAL=2"}, {UNIT_YEAR, 3, "FREQ=YEARLY;INTERVAL=3"},
		{UNIT_YEAR, 4, "FREQ=YEARLY;INTERVAL=4"}, {UNIT_MONTH, 3, "FREQ=MONTHLY;INTERVAL=3"},
		{UNIT_MONTH, 6, "FREQ=MONTHLY;INTERVAL=6"}, {UNIT_MONTH, 18, "FREQ=MONTHLY;INTERVAL=18"},
		{UNIT_WEEK, 6, "FREQ=WEEKLY;INTERVAL=6"},
	};
	size_t k = synthetic_chance(seed, ARRAY_LEN(every));

	p->rule = (struct rule){ .kind = RULE_EVERY, .n = every[k].n, .unit = every[k].unit };
	snprintf(p->recur, sizeof(p->recur), "%s", every[k].recur);
	p->after = p->anchor;
	p->same = every[k].unit == UNIT_WEEK || date_ymd(p->anchor).d <= 28;
}

/* A review counts for a fixed date for half a year before it, which RFC 5545
 * does not know: asked for is the first date after that. Half a year is not
 * the same number of days everywhere, so that near its end answers may differ. */
static void yearly(uint32_t *seed, struct plain_rule *p)
{
	enum { NEAR = 5 };
	bool by_week = synthetic_chance(seed, 3) == 0;
	struct rule *rule = &p->rule;

	*rule = (struct rule){ .kind = RULE_YEARLY };
	if (by_week) {
		rule->week = 1 + (int)synthetic_chance(seed, 52);
		snprintf(p->recur, sizeof(p->recur), "FREQ=YEARLY;BYWEEKNO=%d;BYDAY=FR", rule->week);
	} else {
		rule->month = 1 + (int)synthetic_chance(seed, 12);
		rule->day = 1 + (int)synthetic_chance(seed, 28);
		snprintf(p->recur, sizeof(p->recur), "FREQ=YEARLY;BYMONTH=%d;BYMONTHDAY=%d",
		         rule->month, rule->day);
	}
	p->after = date_add(p->anchor, 6, UNIT_MONTH);
	p->same = true;
	for (int y = date_ymd(p->after).y - 1; y <= date_ymd(p->after).y + 1; y++) {
		dayno day = by_week ? date_of_week(y, rule->week, 5) : date_of(y, rule->month, rule->day);
		if (day >= p->after - NEAR && day <= p->after + NEAR)
			p->same = false;
	}
}

void synthetic_rule(uint32_t *seed, struct plain_rule *out)
{
	*out = (struct plain_rule){ .anchor = some_day(seed, 2015, 2026) };
	if (synthetic_chance(seed, 5))
		interval(seed, out);
	else
		yearly(seed, out);
	out->rule.date = DAY_NONE;
}
