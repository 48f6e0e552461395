/* SPDX-License-Identifier: EUPL-1.2 */
/* The weeks of a municipality in which nobody answers, hour by hour: at night a letter goes
 * only where mail that just came in calls for it, and none is forgotten for that. */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/pass.h"
#include "store/outbox.h"
#include "tests/tap.h"

enum { MORNING = 7, DAYS = 40 };

#define OK(call) do { \
	struct err err_ = ERR_INIT; \
	struct err *e = &err_; \
	ck_assert_msg((call) == 0, "%s:%d: %s", __FILE__, __LINE__, err_.text); \
} while (0)

static const char *setting(const char *name, const char *otherwise)
{
	return getenv(name) ? getenv(name) : otherwise;
}

static char folder[256], db[288];
static struct config config;
static struct pass pass;
static dayno first; /* a Monday */

/* The model's registers, as they were read in the day before. */
static void start(void)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct buf text AUTO(buf_release) = BUF_INIT;
	struct store *s;

	first = date_of(2027, 3, 15);
	snprintf(folder, sizeof(folder), "%s/hours-XXXXXX", setting("TMPDIR", P_tmpdir));
	ck_assert_ptr_nonnull(mkdtemp(folder));
	snprintf(db, sizeof(db), "%s/db", folder);
	const char *import = arena_fmt(&a, "%s --now=2027-03-14T12:00:00+01:00 --db %s import %s/config/model "
	                               "> /dev/null", setting("OVERSYN", "./oversyn"), db,
	                               setting("top_srcdir", ".."));
	ck_assert_int_eq(system(import), 0);
	OK(config_parse("test", &text, db, &config, e));
	OK(store_open(db, STORE_VOLATILE, &s, e));
	OK(pass_open(&pass, &config, s, true, e));
}

static void finish(void)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;

	pass_close(&pass);
	config_release(&config);
	ck_assert_int_eq(system(arena_fmt(&a, "rm -rf %s", folder)), 0);
}

static void pass_at(instant at)
{
	pass.no_letters = zone_wall(at).hour < MORNING;
	OK(pass_run(&pass, at, e));
}

static void mail_comes(const char *name, const char *to, const char *words)
{
	char path[400];

	snprintf(path, sizeof(path), "%s/db-mail/in/new/%s", folder, name);
	FILE *f = fopen(path, "w");
	ck_assert_ptr_nonnull(f);
	fprintf(f, "From: lisa@tallvinge.example\nTo: %s\nMessage-ID: <%s@t.example>\nSubject: Fråga\n\n%s\n", to,
	        name, words);
	fclose(f);
}

/* How many letters of a kind (NULL: of any) were written on the morning's hour, … */
struct went {
	int morning, day, night;
	int at_once; /* … and as the mail came, which is not in `night` */
};

static struct went count(const char *kind, instant came)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct went w = { .night = 0 };
	struct outbox_row *rows;
	size_t n;

	OK(store_outbox_list(pass.store, &a, &rows, &n, e));
	for (size_t i = 0; i < n; i++) {
		int hour = zone_wall(rows[i].created).hour;

		if (kind && strcmp(rows[i].kind, kind) != 0)
			continue;
		if (rows[i].created == came) {
			w.at_once++;
			continue;
		}
		w.morning += hour == MORNING;
		w.day += hour > MORNING;
		w.night += hour < MORNING;
	}
	return w;
}

START_TEST(letters_keep_their_hours)
{
	static const int hours[] = { 0, 3, MORNING, 12 };
	static const char *const wait[] = { "weekly", "status", "coordinator", "invitation", "deficiency-letter" };
	instant came = zone_instant(first + 2, 3, 0, 0);

	for (dayno day = first; day < first + DAYS; day++)
		for (size_t i = 0; i < ARRAY_LEN(hours); i++) {
			instant at = zone_instant(day, hours[i], 0, 0);

			if (at == came) {
				mail_comes("one", "brist@tallvinge.example", "Trygghetslarm: alla vet lösenordet.");
				mail_comes("two", "oversyn@tallvinge.example", "Vad är det här?");
			}
			pass_at(at);
		}
	for (size_t i = 0; i < ARRAY_LEN(wait); i++) {
		struct went w = count(wait[i], came);
		ck_assert_msg(w.morning > 0 && !w.night, "%s: %d in the morning, %d later, %d at night", wait[i],
		              w.morning, w.day, w.night);
	}
	ck_assert_int_eq(count(NULL, came).night, 0);
	/* a deficiency is told of at once; that a mail waits for a person is not */
	ck_assert_int_eq(count("deficiency", came).at_once, 1);
	ck_assert_int_eq(count("deficiency-letter", came).at_once, 2);
	ck_assert_int_eq(count(NULL, came).at_once, 3);
}
END_TEST

static void somebody_does(const char *sql)
{
	sqlite3 *other;

	ck_assert_int_eq(sqlite3_open(db, &other), SQLITE_OK);
	ck_assert_int_eq(sqlite3_exec(other, sql, NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(other);
}

START_TEST(of_mail_that_failed_in_the_morning_but_of_a_hold_at_once)
{
	instant night = zone_instant(first + 2, 3, 0, 0);
	size_t n;

	pass_at(zone_instant(first, MORNING, 0, 0));
	somebody_does("UPDATE outbox SET status = 'failed' WHERE id = (SELECT min(id) FROM outbox)");
	pass_at(zone_instant(first + 1, 3, 0, 0));
	ck_assert_int_eq(count("outbox", night).night, 0);
	pass_at(zone_instant(first + 1, MORNING, 0, 0));
	ck_assert_int_eq(count("outbox", night).morning, 1);
	OK(store_outbox_act_all(pass.store, OUTBOX_HOLD, "it must", night, &n, e));
	somebody_does("UPDATE outbox_hold SET told = 0");
	pass_at(night);
	ck_assert_int_eq(count("outbox", night).at_once, 1);
}
END_TEST

int main(int argc, char **argv)
{
	if (argc == 2 && strcmp(argv[1], READER_ARGUMENT) == 0)
		return reader_serve(STDIN_FILENO, STDOUT_FILENO);

	Suite *s = suite_create("app/hours");
	TCase *t = tcase_create("hours");
	suite_add_tcase(s, t);
	tcase_set_timeout(t, 300);
	tcase_add_checked_fixture(t, start, finish);
	tcase_add_test(t, letters_keep_their_hours);
	tcase_add_test(t, of_mail_that_failed_in_the_morning_but_of_a_hold_at_once);
	return tap_run(s);
}
