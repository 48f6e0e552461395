# SPDX-License-Identifier: EUPL-1.2
noinst_LIBRARIES += src/cal/libcal.a
src_cal_libcal_a_SOURCES = \
	include/cal/invite.h src/cal/invite.c src/cal/calendar_reply.c
src_cal_libcal_a_CFLAGS = $(AM_CFLAGS) $(ICAL_CFLAGS)
