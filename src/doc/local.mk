# SPDX-License-Identifier: EUPL-1.2
noinst_LIBRARIES += src/doc/libdoc.a
src_doc_libdoc_a_SOURCES = \
	include/doc/document.h src/doc/document.c \
	src/doc/internal.h src/doc/sheet.h src/doc/sheet.c \
	src/doc/package.c src/doc/docx.c src/doc/odt.c src/doc/pdf.c \
	include/doc/table.h src/doc/table.c src/doc/xlsx.c \
	src/doc/xml.h src/doc/xml.c src/doc/zip.h src/doc/zip.c
src_doc_libdoc_a_CFLAGS = $(AM_CFLAGS) $(POPPLER_CFLAGS) $(ARCHIVE_CFLAGS) $(EXPAT_CFLAGS)
