# SPDX-License-Identifier: EUPL-1.2
noinst_LIBRARIES += src/core/libcore.a
src_core_libcore_a_SOURCES =
