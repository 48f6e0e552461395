# SPDX-License-Identifier: EUPL-1.2
APP_CHECKS = \
	tests/app/check-answers.sh tests/app/check-board.sh tests/app/check-brakes.sh \
	tests/app/check-check.sh tests/app/check-clock.sh tests/app/check-config.sh \
	tests/app/check-confirm.sh tests/app/check-console.sh \
	tests/app/check-coordinator.sh tests/app/check-decisions.sh tests/app/check-deficiency.sh \
	tests/app/check-demo.sh tests/app/check-doctor.sh tests/app/check-documents.sh \
	tests/app/check-events.sh tests/app/check-handover.sh tests/app/check-import-folder.sh \
	tests/app/check-import.sh tests/app/check-inbox.sh tests/app/check-inventory.sh \
	tests/app/check-kill.sh tests/app/check-late.sh tests/app/check-meetings.sh tests/app/check-outbox.sh \
	tests/app/check-plan.sh tests/app/check-quorum.sh tests/app/check-read.sh \
	tests/app/check-replies.sh tests/app/check-restore.sh tests/app/check-roles.sh \
	tests/app/check-rsvp.sh tests/app/check-run.sh tests/app/check-secrets.sh \
	tests/app/check-servers.sh tests/app/check-templates.sh tests/app/check-together.sh \
	tests/app/check-told.sh tests/app/check-trigger.sh tests/app/check-trust.sh
TESTS += $(APP_CHECKS)
EXTRA_DIST += $(APP_CHECKS) \
	tests/app/tap.sh tests/app/servers.sh tests/app/letters.sh tests/app/january.sh \
	tests/app/plain.py tests/app/rsvp.py tests/app/events.py tests/app/demo.py tests/app/console.py \
	tests/app/notify.py
EXTRA_DIST += tests/cases/documents.txt tests/doc/compare.py tests/doc/make-documents.py

UNIT_TESTS += tests/app/test-reader
FAMILY = tests/app/family.h tests/app/family.c
LISTENER = tests/app/listener.h tests/app/listener.c
tests_app_test_reader_SOURCES = tests/app/test-reader.c $(FAMILY)
tests_app_test_reader_CFLAGS = $(TEST_CFLAGS)
tests_app_test_reader_LDADD = src/app/libapp.a src/cal/libcal.a src/doc/libdoc.a src/mail/libmail.a \
	src/core/libcore.a src/base/libbase.a $(TEST_LIBS) $(SECCOMP_LIBS) $(SYSTEMD_LIBS) $(ICAL_LIBS) \
	$(POPPLER_LIBS) $(ARCHIVE_LIBS) $(EXPAT_LIBS) $(GMIME_LIBS) $(OPENDKIM_LIBS) $(XML_LIBS) $(LIBICONV)

UNIT_TESTS += tests/app/test-letters
EXTRA_DIST += tests/cases/hostile-values.txt tests/cases/subjects.txt
tests_app_test_letters_SOURCES = tests/app/test-letters.c
tests_app_test_letters_CFLAGS = $(TEST_CFLAGS) $(XML_CFLAGS)
tests_app_test_letters_LDADD = src/app/libapp.a src/view/libview.a src/net/libnet.a src/cal/libcal.a \
	src/doc/libdoc.a src/mail/libmail.a src/store/libstore.a src/core/libcore.a src/base/libbase.a \
	$(TEST_LIBS) $(CONFUSE_LIBS) $(SECCOMP_LIBS) $(SYSTEMD_LIBS) $(JANSSON_LIBS) $(ETPAN_LIBS) $(SASL_LIBS) $(CURL_LIBS) $(ICAL_LIBS) \
	$(POPPLER_LIBS) $(ARCHIVE_LIBS) $(EXPAT_LIBS) $(GMIME_LIBS) $(OPENDKIM_LIBS) \
	$(MD4C_LIBS) $(XML_LIBS) $(SQLITE_LIBS) $(GNUTLS_LIBS) $(LIBICONV)

UNIT_TESTS += tests/app/test-courier
tests_app_test_courier_SOURCES = tests/app/test-courier.c tests/app/played.h tests/app/played.c $(LISTENER) $(FAMILY)
tests_app_test_courier_CFLAGS = $(TEST_CFLAGS)
tests_app_test_courier_LDADD = $(tests_app_test_letters_LDADD)

UNIT_TESTS += tests/app/test-child
tests_app_test_child_SOURCES = tests/app/test-child.c $(FAMILY)
tests_app_test_child_CFLAGS = $(TEST_CFLAGS)
tests_app_test_child_LDADD = $(tests_app_test_letters_LDADD)

UNIT_TESTS += tests/app/test-courier-lies
tests_app_test_courier_lies_SOURCES = tests/app/test-courier-lies.c
tests_app_test_courier_lies_CFLAGS = $(TEST_CFLAGS)
tests_app_test_courier_lies_LDADD = $(tests_app_test_letters_LDADD)

UNIT_TESTS += tests/app/test-overlap
tests_app_test_overlap_SOURCES = tests/app/test-overlap.c tests/bench/people.h tests/bench/people.c \
	tests/bench/timed.h tests/bench/timed.c
tests_app_test_overlap_CFLAGS = $(TEST_CFLAGS)
tests_app_test_overlap_LDADD = $(tests_app_test_letters_LDADD)

UNIT_TESTS += tests/app/test-between
tests_app_test_between_SOURCES = tests/app/test-between.c tests/bench/people.h tests/bench/people.c \
	tests/bench/timed.h tests/bench/timed.c
tests_app_test_between_CFLAGS = $(TEST_CFLAGS) $(SQLITE_CFLAGS)
tests_app_test_between_LDADD = $(tests_app_test_letters_LDADD)

UNIT_TESTS += tests/app/test-hours
tests_app_test_hours_SOURCES = tests/app/test-hours.c
tests_app_test_hours_CFLAGS = $(TEST_CFLAGS) $(SQLITE_CFLAGS)
tests_app_test_hours_LDADD = $(tests_app_test_letters_LDADD)

UNIT_TESTS += tests/app/test-loop tests/app/test-service
EXTRA_DIST += tests/cases/log-pairs.txt
tests_app_test_loop_SOURCES = tests/app/test-loop.c
tests_app_test_loop_CFLAGS = $(TEST_CFLAGS)
tests_app_test_loop_LDADD = src/app/libapp.a src/core/libcore.a src/base/libbase.a $(TEST_LIBS)
tests_app_test_service_SOURCES = tests/app/test-service.c
tests_app_test_service_CFLAGS = $(TEST_CFLAGS)
tests_app_test_service_LDADD = src/app/libapp.a src/core/libcore.a src/base/libbase.a $(TEST_LIBS) $(SYSTEMD_LIBS)

UNIT_TESTS += tests/app/test-crash
tests_app_test_crash_SOURCES = tests/app/test-crash.c tests/app/cut.h tests/app/cut.c $(LISTENER)
tests_app_test_crash_CFLAGS = $(TEST_CFLAGS) $(SQLITE_CFLAGS)
tests_app_test_crash_LDADD = $(tests_app_test_letters_LDADD)

UNIT_TESTS += tests/app/test-crash-in
tests_app_test_crash_in_SOURCES = tests/app/test-crash-in.c tests/app/cut.h tests/app/cut.c $(LISTENER)
tests_app_test_crash_in_CFLAGS = $(TEST_CFLAGS) $(SQLITE_CFLAGS)
tests_app_test_crash_in_LDADD = $(tests_app_test_letters_LDADD)
