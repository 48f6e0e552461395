# SPDX-License-Identifier: EUPL-1.2
UNIT_TESTS += tests/core/test-address tests/core/test-retry
tests_core_test_address_SOURCES = tests/core/test-address.c
tests_core_test_address_CFLAGS = $(TEST_CFLAGS)
tests_core_test_address_LDADD = src/core/libcore.a src/base/libbase.a $(TEST_LIBS)
tests_core_test_retry_SOURCES = tests/core/test-retry.c
tests_core_test_retry_CFLAGS = $(TEST_CFLAGS)
tests_core_test_retry_LDADD = src/core/libcore.a src/base/libbase.a $(TEST_LIBS)
UNIT_TESTS += tests/core/test-date
tests_core_test_date_SOURCES = tests/core/test-date.c
tests_core_test_date_CFLAGS = $(TEST_CFLAGS)
tests_core_test_date_LDADD = src/core/libcore.a src/base/libbase.a $(TEST_LIBS)
EXTRA_DIST += tests/cases/dates.txt tests/cases/instants.txt tests/cases/holidays.txt
UNIT_TESTS += tests/core/test-trust
tests_core_test_trust_SOURCES = tests/core/test-trust.c
tests_core_test_trust_CFLAGS = $(TEST_CFLAGS)
tests_core_test_trust_LDADD = src/core/libcore.a src/base/libbase.a $(TEST_LIBS)
