/* SPDX-License-Identifier: EUPL-1.2 */
/* What a pass leaves that was cut off, and the log of acknowledgements that tells. */
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/ack.h"
#include "tests/store/mails.h"

/* What a pass left that was cut off, once it is put right. */
static void left_is(struct store *s, const char *boot, instant now, size_t claimed, size_t taken, size_t uncertain)
{
	struct outbox_left left;

	OK(store_outbox_recover(s, boot, now, &left, e));
	ck_assert_uint_eq(left.claimed, claimed);
	ck_assert_uint_eq(left.taken, taken);
	ck_assert_uint_eq(left.uncertain, uncertain);
}

START_TEST(only_the_first_that_a_killed_pass_left_is_uncertain)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct store *s = with_mails(4);
	struct outbox_row *rows;

	ck_assert_uint_eq(claim(s, &a, NOW, &rows), 4);
	result(s, rows[0].id, SUBMIT_ACCEPTED, NOW);
	left_is(s, "a boot", NOW + 1, 3, 0, 1);
	ck_assert_str_eq(states(s, &a), "accepted uncertain queued queued");
	ck_assert_int_eq(records("mail-uncertain"), 1);
	ck_assert_int_eq(ask_sql("SELECT attempts FROM outbox WHERE id = 2"), 1);
	ck_assert_int_eq(ask_sql("SELECT attempts FROM outbox WHERE id = 3"), 0);
	left_is(s, "a boot", NOW + 2, 0, 0, 0);
	/* it goes at once, and after it took a fourth pass with it, later */
	for (int i = 2; i <= 4; i++) {
		ck_assert_uint_eq(claim(s, &a, NOW + i, &rows), i == 2 ? 3 : 1);
		ck_assert_int_eq(rows[0].id, 2);
		if (i == 2) {
			result(s, 3, SUBMIT_DEFERRED, NOW);
			result(s, 4, SUBMIT_DEFERRED, NOW);
		}
		left_is(s, "a boot", NOW + i, 1, 0, 1);
	}
	ck_assert_uint_eq(claim(s, &a, NOW + 5, &rows), 0);
	ck_assert_uint_eq(claim(s, &a, NOW + 4 + 360, &rows), 3);
	store_close(s);
}
END_TEST

/* As whoever hands mail over notes that the server has taken it. */
static void note(struct store *s, uint32_t batch, int64_t mail, size_t bytes)
{
	unsigned char note[ACK_BYTES];

	ack_encode(&(struct ack){ .batch = batch, .mail = mail }, note);
	ck_assert_int_eq(write(store_acks(s), note, bytes), (ssize_t)bytes);
}

START_TEST(only_whole_notes_of_its_batch_count)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct store *s = with_mails(5);
	struct outbox_row *rows;

	OK(store_lock(s, e));
	ck_assert_uint_eq(claim(s, &a, NOW, &rows), 5);
	ck_assert_uint_eq(claim(s, &a, NOW, &rows), 5); /* the second batch */
	note(s, 1, 1, ACK_BYTES);
	note(s, 2, 2, ACK_BYTES);
	note(s, 2, 4, ACK_BYTES);
	note(s, 2, 5, ACK_BYTES - 1); /* torn, and so is what stands behind it */
	note(s, 2, 5, ACK_BYTES);
	left_is(s, "a boot", NOW + 1, 5, 2, 1);
	ck_assert_str_eq(states(s, &a), "uncertain accepted queued accepted queued");
	/* the log is empty again; after a power cut all of the batch is in doubt */
	ck_assert_uint_eq(claim(s, &a, NOW + 2, &rows), 3);
	left_is(s, "another boot", NOW + 3, 3, 0, 3);
	ck_assert_str_eq(states(s, &a), "uncertain accepted uncertain accepted uncertain");
	store_close(s);
}
END_TEST

/* A log that cannot be written: every write to /dev/full says that the disk is full. */
START_TEST(without_room_for_its_notes_no_mail_is_claimed)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct store *s = with_mails(3);
	const struct outbox_claim c = { .most = 50, .boot = "a boot", .window = 1 };
	struct outbox_batch b;
	struct err full = ERR_INIT;

	OK(store_lock(s, e));
	int log = dup(store_acks(s)), dev = open("/dev/full", O_RDWR | O_CLOEXEC);
	ck_assert_int_ge(dup2(dev, store_acks(s)), 0);
	ck_assert_int_eq(store_outbox_turn(s, &a, NULL, 0, &c, NOW, &b, &full), -1);
	ck_assert_msg(full.kind == ERR_OUTSIDE && strstr(full.text, "no room to note"), "%s", full.text);
	ck_assert_uint_eq(b.n, 0);
	ck_assert_str_eq(states(s, &a), "queued queued queued");
	ck_assert_int_eq(ask_sql("SELECT sum(attempts) FROM outbox"), 0);
	/* there is room again */
	ck_assert_int_ge(dup2(log, store_acks(s)), 0);
	OK(store_outbox_turn(s, &a, NULL, 0, &c, NOW, &b, e));
	ck_assert_uint_eq(b.n, 3);
	close(dev);
	close(log);
	store_close(s);
}
END_TEST

/* Room was set aside, or shown to be there, and the log is as empty as before. */
START_TEST(room_for_notes_is_no_note)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct store *s = with_mails(3);
	struct outbox_row *rows;
	struct stat st;

	OK(store_lock(s, e));
	ck_assert_uint_eq(claim(s, &a, NOW, &rows), 3);
	ck_assert_int_eq(fstat(store_acks(s), &st), 0);
	ck_assert_int_eq(st.st_size, 0);
	note(s, 1, 2, ACK_BYTES);
	left_is(s, "a boot", NOW + 1, 3, 1, 1);
	ck_assert_str_eq(states(s, &a), "uncertain accepted queued");
	store_close(s);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("outbox-left");
	TCase *tc = tcase_create("outbox-left");

	tcase_add_checked_fixture(tc, fixture_start, fixture_end);
	tcase_add_test(tc, only_the_first_that_a_killed_pass_left_is_uncertain);
	tcase_add_test(tc, only_whole_notes_of_its_batch_count);
	tcase_add_test(tc, without_room_for_its_notes_no_mail_is_claimed);
	tcase_add_test(tc, room_for_notes_is_no_note);
	suite_add_tcase(suite, tc);
	return tap_run(suite);
}
