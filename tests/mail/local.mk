# SPDX-License-Identifier: EUPL-1.2
UNIT_TESTS += tests/mail/test-template tests/mail/test-mailto tests/mail/test-compose
EXTRA_DIST += tests/cases/mustache.txt tests/cases/mailto.txt
tests_mail_test_mailto_SOURCES = tests/mail/test-mailto.c
tests_mail_test_mailto_CFLAGS = $(TEST_CFLAGS) $(XML_CFLAGS)
tests_mail_test_mailto_LDADD = src/mail/libmail.a src/core/libcore.a src/base/libbase.a \
	$(TEST_LIBS) $(MD4C_LIBS) $(XML_LIBS) $(GNUTLS_LIBS)
tests_mail_test_template_SOURCES = tests/mail/test-template.c
tests_mail_test_template_CFLAGS = $(TEST_CFLAGS)
tests_mail_test_template_LDADD = src/mail/libmail.a src/core/libcore.a src/base/libbase.a \
	$(TEST_LIBS) $(MD4C_LIBS) $(GNUTLS_LIBS)
tests_mail_test_compose_SOURCES = tests/mail/sample.h tests/mail/test-compose.c
tests_mail_test_compose_CFLAGS = $(TEST_CFLAGS)
tests_mail_test_compose_LDADD = src/mail/libmail.a src/core/libcore.a src/base/libbase.a \
	$(TEST_LIBS) $(MD4C_LIBS) $(GNUTLS_LIBS)

# A letter read by other people's programs.
check_PROGRAMS += tests/mail/compose-sample
tests_mail_compose_sample_SOURCES = tests/mail/sample.h tests/mail/compose-sample.c
tests_mail_compose_sample_CFLAGS = $(AM_CFLAGS)
tests_mail_compose_sample_LDADD = src/cal/libcal.a src/mail/libmail.a src/core/libcore.a \
	src/base/libbase.a $(ICAL_LIBS) $(MD4C_LIBS) $(GNUTLS_LIBS)
TESTS += tests/mail/check-compose.sh
EXTRA_DIST += tests/mail/check-compose.sh tests/mail/read-letter.py

# What comes in.
UNIT_TESTS += tests/mail/test-parse tests/mail/test-fresh tests/mail/test-sizes
tests_mail_test_fresh_SOURCES = tests/mail/test-fresh.c
tests_mail_test_fresh_CFLAGS = $(TEST_CFLAGS)
tests_mail_test_fresh_LDADD = src/mail/libmail.a src/core/libcore.a src/base/libbase.a \
	$(TEST_LIBS) $(GMIME_LIBS) $(OPENDKIM_LIBS) $(XML_LIBS) $(LIBICONV)
tests_mail_test_sizes_SOURCES = tests/mail/test-sizes.c
tests_mail_test_sizes_CFLAGS = $(TEST_CFLAGS)
tests_mail_test_sizes_LDADD = src/mail/libmail.a src/core/libcore.a src/base/libbase.a \
	$(TEST_LIBS) $(GMIME_LIBS) $(OPENDKIM_LIBS) $(XML_LIBS) $(LIBICONV)
tests_mail_test_parse_SOURCES = tests/mail/sample.h tests/mail/test-parse.c
tests_mail_test_parse_CFLAGS = $(TEST_CFLAGS)
tests_mail_test_parse_LDADD = src/mail/libmail.a src/core/libcore.a src/base/libbase.a \
	$(TEST_LIBS) $(GMIME_LIBS) $(OPENDKIM_LIBS) $(XML_LIBS) $(GNUTLS_LIBS) $(LIBICONV)
EXTRA_DIST += tests/cases/mail.txt tests/cases/layouts.txt tests/cases/fresh.txt tests/cases/beside.txt tests/cases/hostile.txt tests/cases/absences.txt \
	tests/cases/mail

# Who vouches for the sender's domain.
UNIT_TESTS += tests/mail/test-auth tests/mail/test-dkim
tests_mail_test_auth_SOURCES = tests/mail/test-auth.c
tests_mail_test_auth_CFLAGS = $(TEST_CFLAGS)
tests_mail_test_auth_LDADD = src/mail/libmail.a src/core/libcore.a src/base/libbase.a \
	$(TEST_LIBS) $(GMIME_LIBS) $(OPENDKIM_LIBS) $(XML_LIBS) $(LIBICONV)
tests_mail_test_dkim_SOURCES = tests/mail/test-dkim.c
tests_mail_test_dkim_CFLAGS = $(TEST_CFLAGS) $(OPENDKIM_CFLAGS)
tests_mail_test_dkim_LDADD = src/mail/libmail.a src/core/libcore.a src/base/libbase.a \
	$(TEST_LIBS) $(GMIME_LIBS) $(OPENDKIM_LIBS) $(XML_LIBS) $(LIBICONV)
EXTRA_DIST += tests/cases/auth.txt tests/cases/dkim.txt tests/cases/dkim
check_PROGRAMS += tests/mail/sign-mail
tests_mail_sign_mail_SOURCES = tests/mail/sign-mail.c
tests_mail_sign_mail_CFLAGS = $(AM_CFLAGS) $(OPENDKIM_CFLAGS)
tests_mail_sign_mail_LDADD = src/base/libbase.a $(OPENDKIM_LIBS)

UNIT_TESTS += tests/mail/test-delivery
tests_mail_test_delivery_SOURCES = tests/mail/test-delivery.c
tests_mail_test_delivery_CFLAGS = $(TEST_CFLAGS)
tests_mail_test_delivery_LDADD = src/mail/libmail.a src/core/libcore.a src/base/libbase.a \
	$(TEST_LIBS) $(GMIME_LIBS) $(OPENDKIM_LIBS) $(XML_LIBS) $(LIBICONV)
EXTRA_DIST += tests/cases/deliveries.txt
