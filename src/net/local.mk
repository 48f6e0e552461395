# SPDX-License-Identifier: EUPL-1.2
noinst_LIBRARIES += src/net/libnet.a
src_net_libnet_a_SOURCES = include/net/transport.h include/net/door.h src/net/internal.h src/net/transport.c \
	src/net/guard.h src/net/guard.c include/net/stream.h src/net/stream-internal.h \
	src/net/stream.c src/net/stream-tls.c src/net/stream-seen.c src/net/stream-pin.c src/net/pin.h src/net/pin.c \
	src/net/server.c src/net/smtp.h src/net/smtp.c src/net/smtp-ehlo.c src/net/smtp-auth.c \
	src/net/smtp-pipe.h src/net/smtp-pipe.c src/net/smtp-session.c src/net/smtp-content.c \
	src/net/smtp-batch.c src/net/login.h src/net/login.c src/net/token.h src/net/token.c \
	src/net/news.h src/net/news.c src/net/imap.h src/net/imap.c src/net/imap-answer.h src/net/imap-answer.c \
	src/net/imap-fetch.c \
	src/net/imap-idle.c src/net/imap-receiver.c src/net/wait.c \
	include/net/probe.h src/net/probe.h src/net/probe.c src/net/probe-imap.c \
	include/net/dns.h src/net/dns.h src/net/dns.c src/net/dns-resolver.c \
	src/net/maildir.h src/net/maildir.c src/net/maildir-sender.c src/net/maildir-receiver.c \
	src/net/sendmail.c
src_net_libnet_a_CFLAGS = $(AM_CFLAGS) $(ETPAN_CFLAGS) $(SASL_CFLAGS) $(CURL_CFLAGS) $(JANSSON_CFLAGS) $(GNUTLS_CFLAGS)
