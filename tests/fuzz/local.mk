# SPDX-License-Identifier: EUPL-1.2
# A fuzz target for each parser of foreign bytes. Configured with --enable-fuzz
# (CC=clang) they are libFuzzer programs: make fuzz FUZZ_SECONDS=60. Otherwise
# make check replays the kept inputs; those that once broke something stay.
FUZZ_TARGETS = \
	tests/fuzz/fuzz-calendar \
	tests/fuzz/fuzz-config \
	tests/fuzz/fuzz-csv \
	tests/fuzz/fuzz-document \
	tests/fuzz/fuzz-expr \
	tests/fuzz/fuzz-facts \
	tests/fuzz/fuzz-header \
	tests/fuzz/fuzz-inventory \
	tests/fuzz/fuzz-mail \
	tests/fuzz/fuzz-meetings \
	tests/fuzz/fuzz-reply
check_PROGRAMS += $(FUZZ_TARGETS)
EXTRA_DIST += tests/fuzz/corpus \
	tests/fuzz/calendar.dict tests/fuzz/config.dict tests/fuzz/csv.dict \
	tests/fuzz/document.dict tests/fuzz/expr.dict \
	tests/fuzz/facts.dict tests/fuzz/header.dict tests/fuzz/inventory.dict tests/fuzz/mail.dict \
	tests/fuzz/meetings.dict \
	tests/fuzz/reply.dict

if FUZZ
FUZZ_MAIN =
else
FUZZ_MAIN = tests/fuzz/libreplay.a
noinst_LIBRARIES += tests/fuzz/libreplay.a
tests_fuzz_libreplay_a_SOURCES = tests/fuzz/fuzz.h tests/fuzz/replay.c
tests_fuzz_libreplay_a_CFLAGS = $(AM_CFLAGS)
TESTS += $(FUZZ_TARGETS)
endif
FUZZING_LINK = $(AM_LDFLAGS) $(FUZZ_FLAGS)
FUZZ_CORE = $(FUZZ_MAIN) src/core/libcore.a src/base/libbase.a
FUZZ_MAIL = $(FUZZ_MAIN) src/mail/libmail.a src/core/libcore.a src/base/libbase.a \
	$(GMIME_LIBS) $(OPENDKIM_LIBS) $(XML_LIBS) $(LIBICONV)

tests_fuzz_fuzz_calendar_SOURCES = tests/fuzz/fuzz-calendar.c
tests_fuzz_fuzz_calendar_LDFLAGS = $(FUZZING_LINK)
tests_fuzz_fuzz_calendar_LDADD = $(FUZZ_MAIN) src/cal/libcal.a src/core/libcore.a \
	src/base/libbase.a $(ICAL_LIBS)
tests_fuzz_fuzz_config_SOURCES = tests/fuzz/fuzz-config.c
tests_fuzz_fuzz_config_LDFLAGS = $(FUZZING_LINK)
tests_fuzz_fuzz_config_LDADD = $(FUZZ_MAIN) src/app/libapp.a src/net/libnet.a src/core/libcore.a \
	src/base/libbase.a $(CONFUSE_LIBS) $(GNUTLS_LIBS)
tests_fuzz_fuzz_csv_SOURCES = tests/fuzz/fuzz-csv.c
tests_fuzz_fuzz_csv_LDFLAGS = $(FUZZING_LINK)
tests_fuzz_fuzz_csv_LDADD = $(FUZZ_CORE)
tests_fuzz_fuzz_document_SOURCES = tests/fuzz/fuzz-document.c
tests_fuzz_fuzz_document_LDFLAGS = $(FUZZING_LINK)
tests_fuzz_fuzz_document_LDADD = $(FUZZ_MAIN) src/doc/libdoc.a src/base/libbase.a \
	$(POPPLER_LIBS) $(ARCHIVE_LIBS) $(EXPAT_LIBS)
tests_fuzz_fuzz_expr_SOURCES = tests/fuzz/fuzz-expr.c
tests_fuzz_fuzz_expr_LDFLAGS = $(FUZZING_LINK)
tests_fuzz_fuzz_expr_LDADD = $(FUZZ_CORE)
tests_fuzz_fuzz_facts_SOURCES = tests/fuzz/fuzz-facts.c
tests_fuzz_fuzz_facts_LDFLAGS = $(FUZZING_LINK)
tests_fuzz_fuzz_facts_LDADD = $(FUZZ_MAIL)
tests_fuzz_fuzz_header_SOURCES = tests/fuzz/fuzz-header.c
tests_fuzz_fuzz_header_LDFLAGS = $(FUZZING_LINK)
tests_fuzz_fuzz_header_LDADD = $(FUZZ_CORE)
tests_fuzz_fuzz_inventory_SOURCES = tests/fuzz/fuzz-inventory.c
tests_fuzz_fuzz_inventory_LDFLAGS = $(FUZZING_LINK)
tests_fuzz_fuzz_inventory_LDADD = $(FUZZ_MAIN) src/doc/libdoc.a src/core/libcore.a \
	src/base/libbase.a $(ARCHIVE_LIBS) $(EXPAT_LIBS) $(GNUTLS_LIBS)
tests_fuzz_fuzz_mail_SOURCES = tests/fuzz/fuzz-mail.c
tests_fuzz_fuzz_mail_LDFLAGS = $(FUZZING_LINK)
tests_fuzz_fuzz_mail_LDADD = $(FUZZ_MAIL)
tests_fuzz_fuzz_meetings_SOURCES = tests/fuzz/fuzz-meetings.c
tests_fuzz_fuzz_meetings_LDFLAGS = $(FUZZING_LINK)
tests_fuzz_fuzz_meetings_LDADD = $(FUZZ_MAIN) src/cal/libcal.a src/core/libcore.a \
	src/base/libbase.a $(ICAL_LIBS)
tests_fuzz_fuzz_reply_SOURCES = tests/fuzz/fuzz-reply.c
tests_fuzz_fuzz_reply_LDFLAGS = $(FUZZING_LINK)
tests_fuzz_fuzz_reply_LDADD = $(FUZZ_CORE)

# What libFuzzer learns is kept in the build folder: grown/ between runs, and in
# found/ what broke a parser, to be mended and moved to corpus/.
FUZZ_SECONDS = 60
.PHONY: fuzz
if FUZZ
fuzz: $(FUZZ_TARGETS)
	@status=0; for target in $(FUZZ_TARGETS); do \
		name=$${target##*/fuzz-}; \
		mkdir -p tests/fuzz/grown/$$name tests/fuzz/found; \
		echo "$$name: $(FUZZ_SECONDS) s"; \
		./$$target -max_total_time=$(FUZZ_SECONDS) -timeout=10 -rss_limit_mb=2048 \
			-print_final_stats=1 -dict=$(top_srcdir)/tests/fuzz/$$name.dict \
			-artifact_prefix=tests/fuzz/found/$$name- \
			tests/fuzz/grown/$$name $(top_srcdir)/tests/fuzz/corpus/$$name \
			`test $$name != mail || echo $(top_srcdir)/tests/cases/mail` || status=1; \
	done; exit $$status
else
fuzz:
	@echo 'configure with CC=clang --enable-fuzz first' >&2; exit 1
endif
clean-local:
	-rm -rf tests/fuzz/grown
