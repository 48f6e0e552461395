# SPDX-License-Identifier: EUPL-1.2
UNIT_TESTS += tests/base/test-base
tests_base_test_base_SOURCES = tests/base/test-base.c
tests_base_test_base_CFLAGS = $(TEST_CFLAGS)
tests_base_test_base_LDADD = src/base/libbase.a $(TEST_LIBS) $(GNUTLS_LIBS)

UNIT_TESTS += tests/base/test-text
tests_base_test_text_SOURCES = tests/base/test-text.c
tests_base_test_text_CFLAGS = $(TEST_CFLAGS)
tests_base_test_text_LDADD = src/base/libbase.a $(TEST_LIBS)

UNIT_TESTS += tests/base/test-csv
tests_base_test_csv_SOURCES = tests/base/test-csv.c
tests_base_test_csv_CFLAGS = $(TEST_CFLAGS)
tests_base_test_csv_LDADD = src/base/libbase.a $(TEST_LIBS)

UNIT_TESTS += tests/base/test-charset
tests_base_test_charset_SOURCES = tests/base/test-charset.c
tests_base_test_charset_CFLAGS = $(TEST_CFLAGS)
tests_base_test_charset_LDADD = src/base/libbase.a $(TEST_LIBS)
