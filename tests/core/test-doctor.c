/* SPDX-License-Identifier: EUPL-1.2 */
/* What is made of the facts that doctor finds: tests/cases/doctor.txt. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/doctor.h"
#include "tests/tap.h"

static const char *const FORMS[FORM_COUNT] = { "plus", "catch-all", "plain" };

static instant at(const char *text)
{
	instant t = INSTANT_NONE;

	ck_assert_msg(zone_parse(text, &t), "no instant: %s", text);
	return t;
}

static void kind(enum doctor_kind k, const char *more, char out[200])
{
	char name[40];

	snprintf(out, 200, "%s%s%s", doctor_kind_name(k, name), *more ? " " : "", more);
}

static void number(enum doctor_kind k, int64_t n, char out[200])
{
	char text[32];

	snprintf(text, sizeof(text), "%lld", (long long)n);
	kind(k, text, out);
}

static void addressing(char **f, char out[200])
{
	bool came[FORM_COUNT];
	enum doctor_form configured = FORM_COUNT, best;
	char list[100];

	snprintf(list, sizeof(list), " %s ", f[2]);
	for (int i = 0; i < FORM_COUNT; i++) {
		char name[20];

		snprintf(name, sizeof(name), " %s ", FORMS[i]);
		came[i] = strstr(list, name) != NULL;
		if (!strcmp(f[1], FORMS[i]))
			configured = (enum doctor_form)i;
	}
	ck_assert_int_ne(configured, FORM_COUNT);
	enum doctor_kind k = doctor_addressing(configured, came, &best);
	kind(k, FORMS[best], out);
}

static void row(int line, char **f, int n)
{
	char got[200] = "", letters[16], text[INSTANT_TEXT];
	uint64_t first = n > 1 ? strtoull(f[1], NULL, 10) : 0;
	int64_t days;

	if (!strcmp(f[0], "certificate")) {
		enum doctor_kind k = doctor_certificate(at(f[1]), at(f[2]), &days);
		number(k, days, got);
	} else if (!strcmp(f[0], "clock")) {
		int64_t by = doctor_clock_error(at(f[1]), at(f[2]), at(f[3]));
		number(doctor_clock(by), by, got);
	} else if (!strcmp(f[0], "disk")) {
		kind(doctor_disk(first << 20, strtoull(f[2], NULL, 10) << 20), "", got);
	} else if (!strcmp(f[0], "size")) {
		kind(doctor_size(first), "", got);
	} else if (!strcmp(f[0], "token")) {
		kind(doctor_token((int64_t)first), "", got);
	} else if (!strcmp(f[0], "waiting")) {
		kind(doctor_waiting((uint32_t)first), "", got);
	} else if (!strcmp(f[0], "files")) {
		kind(doctor_files(first), "", got);
	} else if (!strcmp(f[0], "rights")) {
		doctor_lacking(f[1], !strcmp(f[2], "handled"), letters);
		snprintf(got, sizeof(got), "%s", *letters ? letters : "-");
	} else if (!strcmp(f[0], "addressing")) {
		addressing(f, got);
	} else if (!strcmp(f[0], "received")) {
		instant t = doctor_received(f[1], strlen(f[1]));
		snprintf(got, sizeof(got), "%s", t == INSTANT_NONE ? "-" : zone_text(t, text));
	}
	ck_assert_msg(!strcmp(got, f[n - 1]), "line %d: \"%s\", not \"%s\"", line, got, f[n - 1]);
}

START_TEST(facts_are_judged)
{
	tap_table("tests/cases/doctor.txt", row);
}
END_TEST

/* The last of a mail's Received fields, folded or not, and none below the header. */
START_TEST(the_first_server_is_the_last_to_be_named)
{
	static const char mail[] =
		"Return-Path: <a@b.example>\r\n"
		"Received: from x by y; Mon, 11 Jan 2027 09:00:00 +0100\r\n"
		"received: from w by x\r\n\twith ESMTP id 1;\r\n Mon, 11 Jan 2027 08:00:00 +0100\r\n"
		"Subject: hej\r\n\r\n"
		"Received: by z; Mon, 11 Jan 2027 07:00:00 +0100\r\n";
	static const char none[] = "Subject: hej\n\nReceived: by z; Mon, 11 Jan 2027 07:00:00 +0100\n";

	ck_assert_int_eq(doctor_first_received(mail, strlen(mail)), at("2027-01-11T08:00:00+01:00"));
	ck_assert_int_eq(doctor_first_received(none, strlen(none)), INSTANT_NONE);
	/* any piece of it is looked at without going over its end */
	for (size_t n = 0; n < strlen(mail); n++) {
		char *piece = malloc(n ? n : 1);

		ck_assert_ptr_nonnull(piece);
		memcpy(piece, mail, n);
		instant t = doctor_first_received(piece, n);
		ck_assert_int_ne(t, at("2027-01-11T07:00:00+01:00"));
		free(piece);
	}
}
END_TEST

START_TEST(every_check_and_kind_has_its_own_name)
{
	char one[40], other[40];

	for (int i = 0; i < DOCTOR_CHECK_COUNT; i++)
		for (int k = 0; k < i; k++)
			ck_assert_str_ne(doctor_check_name(DOOR_OUT, (enum doctor_check)i, one),
			                 doctor_check_name(DOOR_OUT, (enum doctor_check)k, other));
	ck_assert_str_eq(doctor_check_name(DOOR_IN, DOCTOR_CERTIFICATE, one), "in-certificate");
	ck_assert_str_eq(doctor_check_name(DOOR_NONE, DOCTOR_CATCH_ALL, one), "catch-all");
	ck_assert_str_eq(doctor_status_name(doctor_status_of(DOCTOR_CERT_SOON)), "warning");
	ck_assert_str_eq(doctor_status_name(doctor_status_of(DOCTOR_AFTER)), "skipped");
}
END_TEST

int main(void)
{
	Suite *s = suite_create("doctor");
	TCase *t = tcase_create("doctor");

	tcase_add_test(t, facts_are_judged);
	tcase_add_test(t, the_first_server_is_the_last_to_be_named);
	tcase_add_test(t, every_check_and_kind_has_its_own_name);
	suite_add_tcase(s, t);
	return tap_run(s);
}
