# SPDX-License-Identifier: EUPL-1.2
noinst_LIBRARIES += src/base/libbase.a
src_base_libbase_a_SOURCES = \
	include/base/attr.h \
	include/base/arena.h src/base/arena.c \
	include/base/buf.h src/base/buf.c \
	include/base/digest.h src/base/digest.c \
	include/base/err.h src/base/err.c \
	include/base/log.h src/base/log.c \
	include/base/mem.h src/base/mem.c \
	include/base/pack.h src/base/pack.c
src_base_libbase_a_SOURCES += include/base/charset.h src/base/charset.c \
	include/base/csv.h src/base/csv.c \
	include/base/text.h src/base/text.c
src_base_libbase_a_CFLAGS = $(AM_CFLAGS) $(GNUTLS_CFLAGS)
