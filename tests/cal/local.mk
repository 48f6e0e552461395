# SPDX-License-Identifier: EUPL-1.2
EXTRA_DIST += tests/cases/calendar-replies.txt
UNIT_TESTS += tests/cal/test-invite
tests_cal_test_invite_SOURCES = tests/cal/test-invite.c
tests_cal_test_invite_CFLAGS = $(TEST_CFLAGS)
tests_cal_test_invite_LDADD = src/cal/libcal.a src/core/libcore.a src/base/libbase.a \
	$(TEST_LIBS) $(ICAL_LIBS)
