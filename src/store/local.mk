# SPDX-License-Identifier: EUPL-1.2
noinst_LIBRARIES += src/store/libstore.a
src_store_libstore_a_SOURCES =
