# SPDX-License-Identifier: EUPL-1.2
UNIT_TESTS += tests/doc/test-table
tests_doc_test_table_SOURCES = tests/doc/test-table.c
tests_doc_test_table_CFLAGS = $(TEST_CFLAGS) $(ARCHIVE_CFLAGS)
tests_doc_test_table_LDADD = src/doc/libdoc.a src/core/libcore.a src/base/libbase.a $(TEST_LIBS) \
	$(ARCHIVE_LIBS) $(EXPAT_LIBS) $(GNUTLS_LIBS)
