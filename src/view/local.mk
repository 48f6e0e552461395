# SPDX-License-Identifier: EUPL-1.2
noinst_LIBRARIES += src/view/libview.a
src_view_libview_a_SOURCES = include/view/view.h src/view/internal.h \
	src/view/clean.c src/view/table.c src/view/json.c src/view/moves.c src/view/forecast.c \
	src/view/findings.c src/view/finding-words.inc src/view/words.c src/view/recorded.c \
	src/view/code-words.inc src/view/reason-words.inc src/view/import-words.inc \
	src/view/register-words.inc src/view/rule-words.c \
	include/view/doctor.h src/view/doctor.c src/view/doctor-words.inc \
	src/view/due.c src/view/why-edits.c src/view/why.c src/view/why-rule.c src/view/why-implied.c src/view/why-meeting.c src/view/header.c
src_view_libview_a_CFLAGS = $(AM_CFLAGS) $(JANSSON_CFLAGS)
