# SPDX-License-Identifier: EUPL-1.2
# "make bench" measures beside peers that do the same work in the same run. It
# is no part of "make check", installs nothing (./autogen.sh bench does), and
# fails when a target is missed. "make bench" is mail out and in, and adds to
# results.csv; "make bench-due" dates and passes, which take longer.
bench_parts = tests/bench/bench-due tests/bench/bench-tick tests/bench/peer-ical \
	tests/bench/bench-submit tests/bench/raw-smtp tests/bench/sink-smtp \
	tests/bench/bench-fetch tests/bench/raw-imap tests/bench/bench-ingest tests/bench/bench-invite \
	tests/bench/bench-outbound tests/bench/bench-read
bench_runs = tests/bench/run-due.py tests/bench/run-tick.py
EXTRA_PROGRAMS = $(bench_parts)
CLEANFILES += $(bench_parts)
EXTRA_DIST += $(bench_runs) tests/bench/run-mail.py tests/bench/yard.py tests/bench/town.py tests/bench/answers.py \
	tests/bench/run-growth.py tests/bench/run-profile.py tests/bench/growth_page.py tests/bench/growth.csv \
	docs/growth.md docs/growth.svg \
	tests/bench/peer-dateutil.py tests/bench/peer-script.py tests/bench/peer-nodemailer.js \
	tests/bench/peer-imapflow.js tests/bench/results.csv

TIMED = tests/bench/timed.h tests/bench/timed.c
tests_bench_bench_due_SOURCES = tests/bench/bench-due.c $(TIMED) \
	tests/bench/synthetic.h tests/bench/synthetic.c
tests_bench_bench_due_LDADD = src/core/libcore.a src/base/libbase.a
tests_bench_bench_tick_SOURCES = tests/bench/bench-tick.c \
	tests/bench/synthetic.h tests/bench/synthetic.c
tests_bench_bench_tick_LDADD = src/store/libstore.a src/core/libcore.a src/base/libbase.a \
	$(SQLITE_LIBS) $(GNUTLS_LIBS)
tests_bench_peer_ical_SOURCES = tests/bench/peer-ical.c
tests_bench_peer_ical_CFLAGS = $(AM_CFLAGS) $(ICAL_CFLAGS)
tests_bench_peer_ical_LDADD = $(ICAL_LIBS)

tests_bench_bench_submit_SOURCES = tests/bench/bench-submit.c $(TIMED) \
	tests/bench/letters.h tests/bench/letters.c
tests_bench_bench_submit_LDADD = src/net/libnet.a src/core/libcore.a src/base/libbase.a \
	$(ETPAN_LIBS) $(SASL_LIBS) $(CURL_LIBS) $(JANSSON_LIBS) $(GNUTLS_LIBS)
tests_bench_raw_smtp_SOURCES = tests/bench/raw-smtp.c $(TIMED) \
	tests/bench/letters.h tests/bench/letters.c
tests_bench_raw_smtp_CFLAGS = $(AM_CFLAGS) $(GNUTLS_CFLAGS)
tests_bench_raw_smtp_LDADD = src/base/libbase.a $(GNUTLS_LIBS)
tests_bench_sink_smtp_SOURCES = tests/bench/sink-smtp.c
tests_bench_sink_smtp_CFLAGS = $(AM_CFLAGS) $(GNUTLS_CFLAGS)
tests_bench_sink_smtp_LDADD = $(GNUTLS_LIBS)
tests_bench_bench_fetch_SOURCES = tests/bench/bench-fetch.c $(TIMED)
tests_bench_bench_fetch_LDADD = src/net/libnet.a src/core/libcore.a src/base/libbase.a \
	$(ETPAN_LIBS) $(SASL_LIBS) $(CURL_LIBS) $(JANSSON_LIBS) $(GNUTLS_LIBS)
tests_bench_raw_imap_SOURCES = tests/bench/raw-imap.c

tests_bench_bench_ingest_SOURCES = tests/bench/bench-ingest.c $(TIMED)
tests_bench_bench_ingest_LDADD = $(oversyn_LDADD)

tests_bench_bench_invite_SOURCES = tests/bench/bench-invite.c $(TIMED) \
	tests/cal/libical-invite.h tests/cal/libical-invite.c
tests_bench_bench_invite_CFLAGS = $(AM_CFLAGS) $(ICAL_CFLAGS)
tests_bench_bench_invite_LDADD = src/cal/libcal.a src/core/libcore.a src/base/libbase.a $(ICAL_LIBS)

PEOPLE = tests/bench/people.h tests/bench/people.c
tests_bench_bench_outbound_SOURCES = tests/bench/bench-outbound.c $(TIMED) $(PEOPLE)
tests_bench_bench_outbound_LDADD = $(oversyn_LDADD)

tests_bench_bench_read_SOURCES = tests/bench/bench-read.c $(TIMED)
tests_bench_bench_read_LDADD = $(oversyn_LDADD)

# Debian's own Python first: another one has not Debian's packages.
PYTHON_BENCH = /usr/bin/python3
.PHONY: bench bench-due bench-growth bench-profile
bench: oversyn$(EXEEXT) $(bench_parts)
	@PYTHONDONTWRITEBYTECODE=1 $(PYTHON_BENCH) $(srcdir)/tests/bench/run-mail.py $(abs_top_builddir) $(abs_top_srcdir)
bench-due: $(bench_parts)
	@status=0; for bench in $(bench_runs); do \
		PYTHONDONTWRITEBYTECODE=1 $(PYTHON_BENCH) $(srcdir)/$$bench $(abs_top_builddir) $(abs_top_srcdir) || status=1; \
	done; exit $$status
bench-growth: oversyn$(EXEEXT) $(bench_parts)
	@PYTHONDONTWRITEBYTECODE=1 $(PYTHON_BENCH) $(srcdir)/tests/bench/run-growth.py $(abs_top_builddir) $(abs_top_srcdir)
bench-profile: oversyn$(EXEEXT) $(bench_parts)
	@PYTHONDONTWRITEBYTECODE=1 $(PYTHON_BENCH) $(srcdir)/tests/bench/run-profile.py $(abs_top_builddir) $(abs_top_srcdir)
