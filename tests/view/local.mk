# SPDX-License-Identifier: EUPL-1.2
UNIT_TESTS += tests/view/test-view
EXTRA_DIST += tests/cases/rule-words.txt tests/cases/date-words.txt tests/cases/post-words.txt
tests_view_test_view_SOURCES = tests/view/test-view.c
tests_view_test_view_CFLAGS = $(TEST_CFLAGS)
tests_view_test_view_LDADD = src/view/libview.a src/core/libcore.a src/base/libbase.a \
	$(TEST_LIBS) $(JANSSON_LIBS)
UNIT_TESTS += tests/view/test-rows tests/view/test-why
tests_view_test_rows_SOURCES = tests/view/sample.h tests/view/test-rows.c
tests_view_test_rows_CFLAGS = $(TEST_CFLAGS)
tests_view_test_rows_LDADD = $(tests_view_test_view_LDADD)
tests_view_test_why_SOURCES = tests/view/sample.h tests/view/test-why.c
tests_view_test_why_CFLAGS = $(TEST_CFLAGS)
tests_view_test_why_LDADD = $(tests_view_test_view_LDADD)
UNIT_TESTS += tests/view/test-recorded
tests_view_test_recorded_SOURCES = tests/view/test-recorded.c
tests_view_test_recorded_CFLAGS = $(TEST_CFLAGS)
tests_view_test_recorded_LDADD = $(tests_view_test_view_LDADD)
