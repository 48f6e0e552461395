# SPDX-License-Identifier: EUPL-1.2
# Unit tests are Check programs that speak TAP; scripts speak TAP too. Each
# test function is one line of the report.
LOG_DRIVER = env AM_TAP_AWK='$(AWK)' $(SHELL) $(top_srcdir)/build-aux/tap-driver.sh
SH_LOG_DRIVER = $(LOG_DRIVER)
TEST_EXTENSIONS = .sh
SH_LOG_COMPILER = $(SHELL)
AM_TESTS_ENVIRONMENT = \
	top_srcdir='$(abs_top_srcdir)'; export top_srcdir; \
	top_builddir='$(abs_top_builddir)'; export top_builddir; \
	CC='$(CC)'; export CC; \
	CK_DEFAULT_TIMEOUT=600; export CK_DEFAULT_TIMEOUT; \
	OVERSYN='$(abs_top_builddir)/oversyn'; export OVERSYN;

# What every unit test is built with.
TEST_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS) -Wno-conversion -Wno-format-nonliteral
noinst_LIBRARIES += tests/libtap.a
tests_libtap_a_SOURCES = tests/tap.h tests/tap.c
tests_libtap_a_CFLAGS = $(TEST_CFLAGS)
TEST_LIBS = tests/libtap.a $(CHECK_LIBS)

if HAVE_CHECK
UNIT_TESTS =
include tests/base/local.mk
include tests/core/local.mk
include tests/store/local.mk
include tests/mail/local.mk
include tests/cal/local.mk
include tests/doc/local.mk
include tests/net/local.mk
include tests/view/local.mk
include tests/app/local.mk
check_PROGRAMS += $(UNIT_TESTS)
TESTS += $(UNIT_TESTS)
endif

include tests/scripts/local.mk
include tests/fuzz/local.mk
