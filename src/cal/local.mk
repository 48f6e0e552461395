# SPDX-License-Identifier: EUPL-1.2
noinst_LIBRARIES += src/cal/libcal.a
src_cal_libcal_a_SOURCES =
