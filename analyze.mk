# SPDX-License-Identifier: EUPL-1.2
# "make analyze" (with -j, as many at once as you like) reads every source of
# src/ with gcc's analyzer: leaks, use after free, null, descriptors left open.
# It is not part of "make check": it takes minutes, and gcc 12 sees only one
# file at a time, so that what it says must be judged. A warning fails the
# target; silence a wrong one for its file below, with the reason.
# The analyzer is gcc's own, also where clang builds: make analyze ANALYZER=gcc-13
ANALYZER = gcc
ANALYZER_FLAGS = -std=gnu17 -O2 -fanalyzer -Wall -Wextra -Werror
ANALYZED = $(filter %.c,$(oversyn_SOURCES) $(src_base_libbase_a_SOURCES) \
	$(src_core_libcore_a_SOURCES) $(src_store_libstore_a_SOURCES) \
	$(src_mail_libmail_a_SOURCES) $(src_cal_libcal_a_SOURCES) \
	$(src_doc_libdoc_a_SOURCES) $(src_net_libnet_a_SOURCES) $(src_view_libview_a_SOURCES) \
	$(src_app_libapp_a_SOURCES))

.PHONY: analyze
analyze: $(ANALYZED:%.c=%.analyzed)
.PHONY: $(ANALYZED:%.c=%.analyzed)
$(ANALYZED:%.c=%.analyzed): %.analyzed: %.c | $(BUILT_SOURCES)
	$(AM_V_at)echo "  ANALYZE  $*.c"
	$(AM_V_at)$(ANALYZER) $(DEFS) $(DEFAULT_INCLUDES) -I. $(AM_CPPFLAGS) $(CPPFLAGS) \
		$(GNUTLS_CFLAGS) $(SQLITE_CFLAGS) $(GMIME_CFLAGS) $(MD4C_CFLAGS) $(XML_CFLAGS) \
		$(POPPLER_CFLAGS) $(ARCHIVE_CFLAGS) $(EXPAT_CFLAGS) $(ICAL_CFLAGS) $(ETPAN_CFLAGS) $(JANSSON_CFLAGS) $(CONFUSE_CFLAGS) $(SECCOMP_CFLAGS) \
		$(ANALYZER_FLAGS) $(ANALYZER_QUIET) -c -o /dev/null $<

# gcc knows that iconv_open() gives something to be closed, but not that -1 is
# not one.
src/mail/charset.analyzed: ANALYZER_QUIET = -Wno-analyzer-malloc-leak

# Nor that a session has a stream, and that a word which speaks of a mail is only said
# when there is one.
src/net/imap.analyzed: ANALYZER_QUIET = -Wno-analyzer-null-dereference
src/net/smtp-session.analyzed: ANALYZER_QUIET = -Wno-analyzer-null-dereference
