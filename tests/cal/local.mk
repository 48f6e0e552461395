# SPDX-License-Identifier: EUPL-1.2
EXTRA_DIST += tests/cases/calendar-replies.txt tests/cases/calendar-facts.txt
UNIT_TESTS += tests/cal/test-invite
tests_cal_test_invite_SOURCES = tests/cal/test-invite.c \
	tests/cal/libical-invite.h tests/cal/libical-invite.c
tests_cal_test_invite_CFLAGS = $(TEST_CFLAGS) $(ICAL_CFLAGS)
tests_cal_test_invite_LDADD = src/cal/libcal.a src/core/libcore.a src/base/libbase.a \
	$(TEST_LIBS) $(ICAL_LIBS)
UNIT_TESTS += tests/cal/test-replies
tests_cal_test_replies_SOURCES = tests/cal/test-replies.c
tests_cal_test_replies_CFLAGS = $(TEST_CFLAGS)
tests_cal_test_replies_LDADD = src/cal/libcal.a src/core/libcore.a src/base/libbase.a \
	$(TEST_LIBS) $(ICAL_LIBS)

EXTRA_DIST += tests/cases/meetings tests/cases/meetings.txt tests/cases/meeting-series.txt \
	tests/cases/meeting-times.txt
UNIT_TESTS += tests/cal/test-meetings
tests_cal_test_meetings_SOURCES = tests/cal/test-meetings.c
tests_cal_test_meetings_CFLAGS = $(TEST_CFLAGS)
tests_cal_test_meetings_LDADD = src/cal/libcal.a src/core/libcore.a src/base/libbase.a \
	$(TEST_LIBS) $(ICAL_LIBS)

# Our events as other people's iTIP sorts them (tests/app/check-events.sh).
check_PROGRAMS += tests/cal/itip-receiver
tests_cal_itip_receiver_SOURCES = tests/cal/itip-receiver.c
tests_cal_itip_receiver_CFLAGS = $(AM_CFLAGS) $(ICAL_CFLAGS)
tests_cal_itip_receiver_LDADD = $(ICAL_LIBS)
