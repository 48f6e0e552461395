# SPDX-License-Identifier: EUPL-1.2
noinst_LIBRARIES += src/view/libview.a
src_view_libview_a_SOURCES =
