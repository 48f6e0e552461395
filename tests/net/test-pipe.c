/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What is said to a mail server, and what its answers do: tests/cases/smtp-pipe.txt.
 * And a mail's content as it is said, beside what libetpan makes of it.
 */
#include <libetpan/mailsmtp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "src/net/smtp.h"
#include "tests/tap.h"

/* ---- what is said when ---- */

struct talk {
	struct pipe pipe;
	int mails, begun, content, envelope; /* numbers of mails; 0: none */
	struct buf told; /* what the answer did */
};

static void note(struct talk *t, const struct pipe_words *w)
{
	for (size_t i = 0; i < w->n; i++) {
		buf_fmt(&t->told, " %s", pipe_word_name(w->word[i]));
		if (w->word[i] == PIPE_CONTENT)
			t->content = t->envelope, t->envelope = 0;
	}
}

static void begin(struct talk *t)
{
	if (t->begun == t->mails)
		return;
	t->envelope = ++t->begun;
	struct pipe_words words = pipe_begin(&t->pipe);
	note(t, &words);
}

static void hear(struct talk *t, int code)
{
	static const char *const phase[] = { [PHASE_MAIL] = "mail", [PHASE_RCPT] = "rcpt",
		[PHASE_DATA] = "data", [PHASE_DOT] = "dot" };
	struct pipe_step step = pipe_heard(&t->pipe, code);
	int *whose = step.word == PIPE_CONTENT ? &t->content : &t->envelope;

	if (step.tell) {
		ck_assert_int_ne(*whose, 0);
		buf_fmt(&t->told, " =%d%s", *whose, phase[step.phase]);
		*whose = 0;
	}
	if (step.leave)
		buf_str(&t->told, " leave");
	if (step.leave && t->envelope)
		buf_fmt(&t->told, " back%d", t->envelope);
	if (step.leave)
		return;
	note(t, &step.say);
	if (!t->pipe.n || (t->pipe.pipelining && t->pipe.n == 1 && t->pipe.awaited[0] == PIPE_CONTENT))
		begin(t);
}

static void one_talk(int line, char **field, int n)
{
	struct talk t = { .told = BUF_INIT };

	ck_assert_msg(n > 4, "line %d: too few fields", line);
	t.pipe.pipelining = strncmp(field[1], "at once", 7) == 0;
	ck_assert_msg(t.pipe.pipelining || !strncmp(field[1], "one by one", 10),
	              "line %d: \"at once\" or \"one by one\"", line);
	t.pipe.blameless = strstr(field[1], " again") != NULL;
	t.mails = (int)strtol(field[2], NULL, 10);
	begin(&t);
	ck_assert_msg(!strcmp(t.told.data + 1, field[3]), "line %d, %s: said \"%s\"", line, field[0],
	              t.told.data + 1);
	for (int i = 4; i < n; i++) {
		char *does;
		int code = (int)strtol(field[i], &does, 10);
		buf_clear(&t.told);
		hear(&t, code);
		ck_assert_msg(!strcmp(t.told.data, does), "line %d, %s, answer %d: wanted \"%s\", got \"%s\"",
		              line, field[0], i - 3, does, t.told.data);
	}
	buf_release(&t.told);
}

START_TEST(every_answer_has_its_meaning)
{
	tap_table("tests/cases/smtp-pipe.txt", one_talk);
}
END_TEST

/* No answer at all, in any order, is too much or leaves a mail untold. */
START_TEST(nothing_is_told_twice_or_forgotten)
{
	static const int codes[] = { 250, 354, 450, 421, 0, 220 };
	unsigned seed = 1;

	for (int round = 0; round < 200000; round++) {
		struct talk t = { .told = BUF_INIT, .mails = 4 };
		int told = 0;
		t.pipe.pipelining = round & 1;
		begin(&t);
		for (bool going = true; going && t.pipe.n; ) {
			seed = seed * 1103515245 + 12345;
			buf_clear(&t.told);
			/* mostly what is hoped for */
			enum pipe_word w = t.pipe.awaited[0];
			bool odd = (seed >> 16) % 4 == 0;
			hear(&t, odd ? codes[(seed >> 20) % 6] : w == PIPE_DATA ? 354 : 250);
			ck_assert_uint_le(t.pipe.n, 5);
			for (const char *at = t.told.data; (at = strchr(at, '=')); at++)
				told++;
			going = !strstr(t.told.data, "leave");
		}
		ck_assert_int_eq(t.content, 0);
		ck_assert_int_eq(told + (t.envelope != 0), t.begun);
		buf_release(&t.told);
	}
}
END_TEST

/* ---- the content, as libetpan would say it ---- */

static struct buf said = BUF_INIT;

static ssize_t take_bytes(mailstream_low *low, const void *bytes, size_t len)
{
	(void)low;
	buf_add(&said, bytes, len);
	return (ssize_t)len;
}

static ssize_t say_yes(mailstream_low *low, void *bytes, size_t room)
{
	(void)low;
	ck_assert_uint_ge(room, 8);
	memcpy(bytes, "250 ok\r\n", 8);
	return 8;
}

static int do_nothing(mailstream_low *low)
{
	(void)low;
	return 0;
}

static void forget(mailstream_low *low)
{
	free(low);
}

static mailstream_low_driver memory = {
	.mailstream_read = say_yes,
	.mailstream_write = take_bytes,
	.mailstream_close = do_nothing,
	.mailstream_get_fd = do_nothing,
	.mailstream_free = forget,
};

static void same_as_libetpan(mailsmtp *theirs, const char *text, size_t len)
{
	struct buf ours AUTO(buf_release) = BUF_INIT;
	size_t bare = len;

	bare -= bare && text[bare - 1] == '\n';
	bare -= bare && text[bare - 1] == '\r';
	buf_clear(&said);
	ck_assert_int_eq(mailsmtp_data_message(theirs, text, bare), MAILSMTP_NO_ERROR);
	smtp_add_content(&ours, text, len);
	ck_assert_msg(ours.len == said.len && !memcmp(ours.data, said.data, said.len),
	              "of \"%s\" we make \"%s\", and libetpan \"%s\"", text, ours.data, said.data);
}

START_TEST(content_is_as_libetpan_says_it)
{
	static const char letters[] = "a.\r\n";
	mailsmtp *theirs = mailsmtp_new(0, NULL);
	char text[12];

	theirs->stream = mailstream_new(mailstream_low_new(NULL, &memory), 8192);
	for (size_t len = 0; len <= 8; len++)
		for (unsigned which = 0; which < 1U << 2 * len; which++) {
			for (size_t i = 0; i < len; i++)
				text[i] = letters[which >> 2 * i & 3];
			text[len] = '\0';
			same_as_libetpan(theirs, text, len);
		}
	theirs->stream->low->data = NULL;
	mailsmtp_free(theirs);
	buf_release(&said);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("pipe");
	TCase *tc = tcase_create("pipe");

	tcase_set_timeout(tc, 300);
	tcase_add_test(tc, every_answer_has_its_meaning);
	tcase_add_test(tc, nothing_is_told_twice_or_forgotten);
	tcase_add_test(tc, content_is_as_libetpan_says_it);
	suite_add_tcase(suite, tc);
	return tap_run(suite);
}
