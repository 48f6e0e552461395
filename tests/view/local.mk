# SPDX-License-Identifier: EUPL-1.2
UNIT_TESTS += tests/view/test-view
EXTRA_DIST += tests/cases/rule-words.txt tests/cases/date-words.txt
tests_view_test_view_SOURCES = tests/view/test-view.c
tests_view_test_view_CFLAGS = $(TEST_CFLAGS)
tests_view_test_view_LDADD = src/view/libview.a src/core/libcore.a src/base/libbase.a \
	$(TEST_LIBS) $(JANSSON_LIBS)
