# SPDX-License-Identifier: EUPL-1.2
noinst_LIBRARIES += src/net/libnet.a
src_net_libnet_a_SOURCES =
