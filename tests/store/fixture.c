/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/store/fixture.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[256];

void fixture_start(void)
{
	const char *tmp = getenv("TMPDIR");

	/* Not below the build folder, which others may have no way into. */
	snprintf(folder, sizeof(folder), "%s/store-test-XXXXXX", tmp ? tmp : P_tmpdir);
	ck_assert_ptr_nonnull(mkdtemp(folder));
	/* One test reads as another user. */
	ck_assert_int_eq(chmod(folder, 0755), 0);
}

void fixture_end(void)
{
	DIR *d = opendir(folder);

	for (struct dirent *x; d && (x = readdir(d));)
		unlink(fixture_file(x->d_name));
	closedir(d);
	rmdir(folder);
}

const char *fixture_file(const char *name)
{
	static char path[512];

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	return path;
}

const char *fixture_path(void)
{
	static char path[512];

	snprintf(path, sizeof(path), "%s/test.db", folder);
	return path;
}

struct store *open_with(unsigned flags)
{
	struct store *s;

	OK(store_open(fixture_path(), flags, &s, e));
	return s;
}

void make_older(const char *migration)
{
	int upto = 0;
	sqlite3 *db;

	while (upto < migration_count && !strstr(migrations[upto].name, migration))
		upto++;
	ck_assert_msg(upto < migration_count, "no migration is called %s", migration);
	ck_assert_int_eq(sqlite3_open(fixture_path(), &db), SQLITE_OK);
	struct store old = { .db = db, .path = (char[]){ "old" }, .lock_fd = -1 };
	OK(store_migrate(&old, upto, e));
	sqlite3_close(db);
}

void refuse(unsigned flags, enum err_kind kind, const char *says)
{
	struct err e = ERR_INIT;
	struct store *s;

	ck_assert_int_eq(store_open(fixture_path(), flags, &s, &e), -1);
	ck_assert_ptr_null(s);
	ck_assert_msg(e.kind == kind, "kind %d: %s", (int)e.kind, e.text);
	ck_assert_msg(strstr(e.text, says) != NULL, "\"%s\" does not say \"%s\"", e.text, says);
}

static void *grow(struct registry *r, void *p, size_t n, size_t *cap, size_t size)
{
	return arena_grow(&r->arena, p, n, cap, size);
}

static void add_body(struct registry *r, const char *id, enum body_kind kind)
{
	r->bodies = grow(r, r->bodies, r->n_bodies, &r->cap_bodies, sizeof(*r->bodies));
	struct body *b = &r->bodies[r->n_bodies++];
	*b = body_blank();
	b->id = b->name = id;
	b->kind = kind;
	b->unit = "KLF";
}

static void add_item(struct registry *r, const char *id, const char *body, enum item_kind kind)
{
	r->items = grow(r, r->items, r->n_items, &r->cap_items, sizeof(*r->items));
	struct item *i = &r->items[r->n_items++];
	*i = item_blank();
	i->id = id;
	i->title = "Förteckning";
	i->kind = kind;
	i->body = body;
	i->responsible = "kd";
	i->decided = date_of(2025, 3, 3);
	i->reviewed = date_of(2026, 3, 20);
	i->rule_text = "Årligen";
	i->shown = "F\n1";
}

void small_register(struct registry *r)
{
	registry_init(r);
	r->settings.name = "Tallvinge kommun";
	r->settings.domain = "tallvinge.example";
	r->settings.soon_days = 30;
	r->units = grow(r, r->units, 0, &r->cap_units, sizeof(*r->units));
	const char **bodies = arena_alloc(&r->arena, 2 * sizeof(*bodies));
	bodies[0] = "KS";
	bodies[1] = "BUN";
	r->units[r->n_units++] = (struct unit){ .id = "KLF", .name = "Kommunledningen",
		.bodies = bodies, .n_bodies = 2 };
	add_body(r, "KS", BODY_BOARD);
	add_body(r, "BUN", BODY_COMMITTEE);
	r->roles = grow(r, r->roles, 0, &r->cap_roles, sizeof(*r->roles));
	r->roles[r->n_roles++] = (struct role){ .id = "kd", .title = "Kommundirektör",
		.address = "kd@tallvinge.example", .org = "KLF", .kind = ROLE_CHIEF,
		.from = date_of(2024, 1, 1), .to = DAY_NONE };
	add_item(r, "F01", "KS", ITEM_INVENTORY);
	add_item(r, "F02", "BUN", ITEM_INVENTORY);
	add_item(r, "R01", NULL, ITEM_ROUTINE);
	r->meetings = grow(r, r->meetings, 0, &r->cap_meetings, sizeof(*r->meetings));
	r->meetings[r->n_meetings++] = (struct meeting){ .body = "KS",
		.day = date_of(2027, 1, 12), .hour = 13, .minute = 0,
		.stop = date_of(2026, 12, 22), .preparation = DAY_NONE, .summons = DAY_NONE,
		.adjusted_by = DAY_NONE };
	r->events = grow(r, r->events, 0, &r->cap_events, sizeof(*r->events));
	r->events[r->n_events++] = (struct event){ .name = "rsa", .day = date_of(2027, 10, 31) };
	r->days_off = grow(r, r->days_off, 0, &r->cap_days_off, sizeof(*r->days_off));
	r->days_off[r->n_days_off++] = (struct day_off){ .day = date_of(2027, 6, 25),
		.name = "midsommarafton" };
	r->recess = grow(r, r->recess, 0, &r->cap_recess, sizeof(*r->recess));
	r->recess[r->n_recess++] = (struct recess){ .key = "sommaruppehåll",
		.at = { date_of(2027, 6, 28), date_of(2027, 8, 8) } };
}

struct store *open_filled(void)
{
	struct store *s = open_with(STORE_CREATE | STORE_VOLATILE);
	struct import_report report = { .text = BUF_INIT };
	struct registry r;

	small_register(&r);
	OK(store_import(s, &r, NOW, &report, e));
	registry_release(&r);
	buf_release(&report.text);
	return s;
}

static sqlite3 *raw(void)
{
	sqlite3 *db;

	ck_assert_int_eq(sqlite3_open(fixture_path(), &db), SQLITE_OK);
	return db;
}

void run_sql(const char *sql)
{
	sqlite3 *db = raw();
	char *said = NULL;

	int rc = sqlite3_exec(db, sql, NULL, NULL, &said);
	ck_assert_msg(rc == SQLITE_OK, "%s: %s", sql, said);
	sqlite3_close(db);
}

int64_t ask_sql(const char *sql)
{
	sqlite3 *db = raw();
	sqlite3_stmt *st;

	ck_assert_int_eq(sqlite3_prepare_v2(db, sql, -1, &st, NULL), SQLITE_OK);
	ck_assert_int_eq(sqlite3_step(st), SQLITE_ROW);
	int64_t v = sqlite3_column_int64(st, 0);
	sqlite3_finalize(st);
	sqlite3_close(db);
	return v;
}

void sample_invitation(struct sample *x, const char *item, int n, int serial)
{
	memset(x, 0, sizeof(*x));
	snprintf(x->id, sizeof(x->id), "%s.%d", item, n);
	snprintf(x->message_id, sizeof(x->message_id), "m%d@tallvinge.example", serial);
	snprintf(x->token, sizeof(x->token), "%064d", serial);
	x->letter = (struct letter){ .token_hash = x->token, .role = "kd", .body = "KS",
		.address = "kd@tallvinge.example", .opened = date_of(2027, 1, 11),
		.event_day = date_of(2027, 2, 22), .mails = 1 };
	snprintf(x->letter.ref, sizeof(x->letter.ref), "GR-27-%04d-AAAA", serial);
	x->review = (struct review){ .id = x->id, .item = item, .state = REVIEW_OPEN,
		.rung = RUNG_INVITE, .due = date_of(2027, 3, 20), .act_by = date_of(2027, 2, 22),
		.opened = date_of(2027, 1, 11), .last_notice = date_of(2027, 1, 11),
		.extended_until = DAY_NONE, .version = "v1", .n = 1, .signed_on = DAY_NONE };
	strcpy(x->review.letter, x->letter.ref);
	x->notice = (struct notice){ .review = x->id, .rung = RUNG_INVITE,
		.day = date_of(2027, 1, 11), .message_id = x->message_id };
	x->mail = (struct outmail){ .message_id = x->message_id, .to = "kd@tallvinge.example",
		.letter = x->letter.ref, .kind = "invitation", .subject = "Granska",
		.bytes = "Subject: x\r\n\r\n\0y", .len = 16, .created = NOW };
	x->records[0] = (struct record_entry){ "review-opened", x->id, "item=F\n" };
	x->records[1] = (struct record_entry){ "letter-sent", x->letter.ref, "n=1\n" };
	x->change = (struct change){ .at = NOW, .letters = &x->letter, .n_letters = 1,
		.reviews = &x->review, .n_reviews = 1, .notices = &x->notice, .n_notices = 1,
		.mails = &x->mail, .n_mails = 1, .records = x->records, .n_records = 2 };
}

size_t claim_mails(struct store *s, struct arena *a, instant now, size_t most, const struct throttle *t,
                   struct outbox_row **rows)
{
	const struct outbox_claim c = { .most = most, .throttle = t, .boot = "a boot", .window = 1 };
	struct outbox_batch b;

	OK(store_outbox_turn(s, a, NULL, 0, &c, now, &b, e));
	*rows = b.rows;
	return b.n;
}

int end_mail(struct store *s, int64_t id, enum submit_verdict v, const char *answer,
             const struct retry_policy *patience, instant now, struct err *e)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct outbox_row row;

	if (txn_begin(s, e))
		return -1;
	int failed = v != SUBMIT_BUSY && outbox_end_pause(s, e) ? -1
	             : outbox_get(s, &a, id, &row, e) == 1 ? outbox_result(s, &row, v, answer, patience, now, e) : -1;
	return txn_end(s, failed, e);
}
