# SPDX-License-Identifier: EUPL-1.2
noinst_LIBRARIES += src/mail/libmail.a
src_mail_libmail_a_SOURCES =
