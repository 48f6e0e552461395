# SPDX-License-Identifier: EUPL-1.2
noinst_LIBRARIES += src/cal/libcal.a
src_cal_libcal_a_SOURCES = \
	include/cal/invite.h src/cal/invite.c src/cal/calendar_reply.c \
	src/cal/calendar-internal.h src/cal/calendar-sift.c src/cal/calendar-facts.c \
	src/cal/calendar-time.c src/cal/calendar-pack.c \
	include/cal/meetings.h src/cal/meetings.c src/cal/meetings-pack.c \
	src/cal/event.h src/cal/event.c src/cal/events.c \
	src/cal/lines.h src/cal/lines.c src/cal/series.h src/cal/series.c \
	src/cal/when.h src/cal/when.c
src_cal_libcal_a_CFLAGS = $(AM_CFLAGS) $(ICAL_CFLAGS)
