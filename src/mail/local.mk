# SPDX-License-Identifier: EUPL-1.2
noinst_LIBRARIES += src/mail/libmail.a
src_mail_libmail_a_SOURCES =
src_mail_libmail_a_CFLAGS = $(AM_CFLAGS) $(GMIME_CFLAGS) $(MD4C_CFLAGS) $(XML_CFLAGS) $(OPENDKIM_CFLAGS)

# Out: values to bytes.
src_mail_libmail_a_SOURCES += \
	include/mail/template.h src/mail/template-tags.h src/mail/template-read.c src/mail/template.c \
	src/mail/escape.h src/mail/escape.c src/mail/letter.c src/mail/wrap.c \
	include/mail/mailto.h src/mail/mailto.c \
	include/mail/message.h src/mail/compose.c \
	src/mail/encode.h src/mail/encode.c src/mail/header.h src/mail/header.c
src_mail_libmail_a_SOURCES += src/mail/warm.c

# In: bytes to values.
src_mail_libmail_a_SOURCES += \
	src/mail/internal.h src/mail/parse.c src/mail/open.c src/mail/shelf.c src/mail/header-facts.c src/mail/parts.c src/mail/raw.c \
	src/mail/identity.c src/mail/transfer.c \
	src/mail/charset.c src/mail/flowed.c src/mail/html.c src/mail/html-style.c \
	src/mail/html-marks.c src/mail/parts-calendar.c src/mail/parts-table.c \
	src/mail/classify.c src/mail/absence.c src/mail/absence-substitute.c src/mail/delivery.c src/mail/facts.c src/mail/known.c src/mail/own.c \
	src/mail/fresh.h src/mail/fresh.c src/mail/fresh-marks.c src/mail/fresh-attribution.c \
	src/mail/beside.c src/mail/fresh-sent.c src/mail/fresh-below.c src/mail/fresh-foot.c \
	src/mail/fresh-signature.c src/mail/fresh-legal.c src/mail/fresh-phrase.c src/mail/fresh-letters.c

# In: who vouches for the sender's domain.
src_mail_libmail_a_SOURCES += \
	src/mail/auth.h src/mail/auth.c src/mail/authres-parse.c src/mail/authres.c src/mail/authres-m365.c \
	src/mail/dkim.c src/mail/dkim-tags.c src/mail/dkim-verify.c
