# SPDX-License-Identifier: EUPL-1.2
EXTRA_DIST += tests/cases/calendar-replies.txt tests/cases/calendar-facts.txt
UNIT_TESTS += tests/cal/test-invite
tests_cal_test_invite_SOURCES = tests/cal/test-invite.c
tests_cal_test_invite_CFLAGS = $(TEST_CFLAGS)
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
