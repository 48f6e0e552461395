# SPDX-License-Identifier: EUPL-1.2
store_test_parts = tests/store/fixture.h tests/store/fixture.c
store_test_cflags = $(TEST_CFLAGS) $(SQLITE_CFLAGS)
store_test_libs = src/store/libstore.a src/core/libcore.a src/base/libbase.a $(TEST_LIBS) \
	$(SQLITE_LIBS) $(GNUTLS_LIBS)

UNIT_TESTS += tests/store/test-store tests/store/test-register tests/store/test-apply \
	tests/store/test-mailboxes
tests_store_test_store_SOURCES = tests/store/test-store.c $(store_test_parts)
tests_store_test_store_CFLAGS = $(store_test_cflags)
tests_store_test_store_LDADD = $(store_test_libs)
tests_store_test_register_SOURCES = tests/store/test-register.c $(store_test_parts)
tests_store_test_register_CFLAGS = $(store_test_cflags)
tests_store_test_register_LDADD = $(store_test_libs)
tests_store_test_apply_SOURCES = tests/store/test-apply.c $(store_test_parts)
tests_store_test_apply_CFLAGS = $(store_test_cflags)
tests_store_test_apply_LDADD = $(store_test_libs)
tests_store_test_mailboxes_SOURCES = tests/store/test-mailboxes.c $(store_test_parts)
tests_store_test_mailboxes_CFLAGS = $(store_test_cflags)
tests_store_test_mailboxes_LDADD = $(store_test_libs)

UNIT_TESTS += tests/store/test-recess
tests_store_test_recess_SOURCES = tests/store/test-recess.c $(store_test_parts)
tests_store_test_recess_CFLAGS = $(store_test_cflags)
tests_store_test_recess_LDADD = $(store_test_libs)
UNIT_TESTS += tests/store/test-wake
tests_store_test_wake_SOURCES = tests/store/test-wake.c $(store_test_parts)
tests_store_test_wake_CFLAGS = $(store_test_cflags)
tests_store_test_wake_LDADD = $(store_test_libs)
UNIT_TESTS += tests/store/test-wake-year
tests_store_test_wake_year_SOURCES = tests/store/test-wake-year.c tests/store/shared.h tests/store/shared.c tests/store/wild.h tests/store/wild.c \
	$(store_test_parts)
tests_store_test_wake_year_CFLAGS = $(store_test_cflags)
tests_store_test_wake_year_LDADD = $(store_test_libs)

TESTS += tests/store/check-embed.sh
EXTRA_DIST += tests/store/check-embed.sh
UNIT_TESTS += tests/store/test-query-plans
tests_store_test_query_plans_SOURCES = tests/store/test-query-plans.c $(store_test_parts)
tests_store_test_query_plans_CFLAGS = $(store_test_cflags)
tests_store_test_query_plans_LDADD = $(store_test_libs)
EXTRA_DIST += tests/cases/query-plans.txt
UNIT_TESTS += tests/store/test-undo
tests_store_test_undo_SOURCES = tests/store/test-undo.c $(store_test_parts)
tests_store_test_undo_CFLAGS = $(store_test_cflags)
tests_store_test_undo_LDADD = $(store_test_libs)
store_test_mails = tests/store/mails.h tests/store/mails.c
UNIT_TESTS += tests/store/test-outbox tests/store/test-outbox-left
tests_store_test_outbox_SOURCES = tests/store/test-outbox.c $(store_test_mails) $(store_test_parts)
tests_store_test_outbox_CFLAGS = $(store_test_cflags)
tests_store_test_outbox_LDADD = $(store_test_libs)
tests_store_test_outbox_left_SOURCES = tests/store/test-outbox-left.c $(store_test_mails) $(store_test_parts)
tests_store_test_outbox_left_CFLAGS = $(store_test_cflags)
tests_store_test_outbox_left_LDADD = $(store_test_libs)
UNIT_TESTS += tests/store/test-group
tests_store_test_group_SOURCES = tests/store/test-group.c $(store_test_parts)
tests_store_test_group_CFLAGS = $(store_test_cflags)
tests_store_test_group_LDADD = $(store_test_libs)
UNIT_TESTS += tests/store/test-amendment
tests_store_test_amendment_SOURCES = tests/store/test-amendment.c $(store_test_parts)
tests_store_test_amendment_CFLAGS = $(store_test_cflags)
tests_store_test_amendment_LDADD = $(store_test_libs)
