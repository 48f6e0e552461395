# SPDX-License-Identifier: EUPL-1.2
noinst_LIBRARIES += src/app/libapp.a
src_app_libapp_a_SOURCES = include/app/app.h src/app/app.c
src_app_libapp_a_CFLAGS = $(AM_CFLAGS) $(CONFUSE_CFLAGS) $(SECCOMP_CFLAGS)

bin_PROGRAMS += oversyn
oversyn_SOURCES = src/main.c
oversyn_LDADD = src/app/libapp.a src/view/libview.a src/net/libnet.a src/cal/libcal.a \
	src/mail/libmail.a src/store/libstore.a src/core/libcore.a src/base/libbase.a \
	$(CONFUSE_LIBS) $(SECCOMP_LIBS) $(JANSSON_LIBS) $(ETPAN_LIBS) $(ICAL_LIBS) $(GMIME_LIBS) \
	$(MD4C_LIBS) $(XML_LIBS) $(SQLITE_LIBS) $(GNUTLS_LIBS) $(LIBICONV)
