# SPDX-License-Identifier: EUPL-1.2
NET_TEST_LIBS = src/net/libnet.a src/core/libcore.a src/base/libbase.a $(TEST_LIBS) \
	$(ETPAN_LIBS) $(SASL_LIBS) $(CURL_LIBS) $(JANSSON_LIBS) $(GNUTLS_LIBS)

UNIT_TESTS += tests/net/test-maildir
tests_net_test_maildir_SOURCES = tests/net/test-maildir.c
tests_net_test_maildir_CFLAGS = $(TEST_CFLAGS)
tests_net_test_maildir_LDADD = $(NET_TEST_LIBS)

UNIT_TESTS += tests/net/test-sendmail
tests_net_test_sendmail_SOURCES = tests/net/test-sendmail.c
tests_net_test_sendmail_CFLAGS = $(TEST_CFLAGS)
tests_net_test_sendmail_LDADD = $(NET_TEST_LIBS)

UNIT_TESTS += tests/net/test-pipe
tests_net_test_pipe_SOURCES = tests/net/test-pipe.c
tests_net_test_pipe_CFLAGS = $(TEST_CFLAGS) $(ETPAN_CFLAGS) $(GNUTLS_CFLAGS)
tests_net_test_pipe_LDADD = $(NET_TEST_LIBS)
EXTRA_DIST += tests/cases/smtp-pipe.txt

# A client for the script, and the relay behind Dovecot's submission service.
check_PROGRAMS += tests/net/net-client
tests_net_net_client_SOURCES = tests/net/net-client.c
tests_net_net_client_CFLAGS = $(TEST_CFLAGS)
tests_net_net_client_LDADD = src/net/libnet.a src/core/libcore.a src/base/libbase.a \
	$(ETPAN_LIBS) $(SASL_LIBS) $(CURL_LIBS) $(JANSSON_LIBS) $(GNUTLS_LIBS)
EXTRA_DIST += tests/net/dovecot.sh tests/net/postfix.sh tests/net/certificates.sh tests/net/free-ports.sh

UNIT_TESTS += tests/net/test-stream
tests_net_test_stream_SOURCES = tests/net/test-stream.c tests/net/fake.h tests/net/fake.c
tests_net_test_stream_CFLAGS = $(TEST_CFLAGS) $(ETPAN_CFLAGS) $(GNUTLS_CFLAGS)
tests_net_test_stream_LDADD = $(NET_TEST_LIBS)

check_PROGRAMS += tests/net/smtp-sink
tests_net_smtp_sink_SOURCES = tests/net/smtp-sink.c
tests_net_smtp_sink_CFLAGS = $(TEST_CFLAGS)
tests_net_smtp_sink_LDADD = src/base/libbase.a $(GNUTLS_LIBS)
check_PROGRAMS += tests/net/imap-say
tests_net_imap_say_SOURCES = tests/net/imap-say.c
tests_net_imap_say_CFLAGS = $(AM_CFLAGS)
TESTS += tests/net/imap.sh
dist_noinst_SCRIPTS += tests/net/imap.sh
TESTS += tests/net/imap-smtp.sh tests/net/postfix-smtp.sh tests/net/smtp-many.sh
dist_noinst_SCRIPTS += tests/net/imap-smtp.sh tests/net/postfix-smtp.sh tests/net/smtp-many.sh

# A mail server that plays a script, and a client that visits it.
PEER = tests/net/peer.h tests/net/peer.c tests/net/visit.h tests/net/visit.c \
	tests/net/fake.h tests/net/fake.c
UNIT_TESTS += tests/net/test-hostile
tests_net_test_hostile_SOURCES = tests/net/test-hostile.c $(PEER)
tests_net_test_hostile_CFLAGS = $(TEST_CFLAGS) $(GNUTLS_CFLAGS)
tests_net_test_hostile_LDADD = $(NET_TEST_LIBS)
EXTRA_DIST += tests/cases/hostile-servers.txt

UNIT_TESTS += tests/net/test-doors
tests_net_test_doors_SOURCES = tests/net/test-doors.c $(PEER)
tests_net_test_doors_CFLAGS = $(TEST_CFLAGS) $(GNUTLS_CFLAGS)
tests_net_test_doors_LDADD = $(NET_TEST_LIBS)
EXTRA_DIST += tests/cases/doors.txt

UNIT_TESTS += tests/net/test-probe
tests_net_test_probe_SOURCES = tests/net/test-probe.c $(PEER)
tests_net_test_probe_CFLAGS = $(TEST_CFLAGS) $(GNUTLS_CFLAGS)
tests_net_test_probe_LDADD = $(NET_TEST_LIBS)
EXTRA_DIST += tests/cases/probes.txt

UNIT_TESTS += tests/net/test-dialogues
tests_net_test_dialogues_SOURCES = tests/net/test-dialogues.c $(PEER)
tests_net_test_dialogues_CFLAGS = $(TEST_CFLAGS) $(GNUTLS_CFLAGS)
tests_net_test_dialogues_LDADD = $(NET_TEST_LIBS)
EXTRA_DIST += tests/cases/dialogues

UNIT_TESTS += tests/net/test-token
tests_net_test_token_SOURCES = tests/net/test-token.c $(PEER)
tests_net_test_token_CFLAGS = $(TEST_CFLAGS) $(GNUTLS_CFLAGS)
tests_net_test_token_LDADD = $(NET_TEST_LIBS)
EXTRA_DIST += tests/cases/token-answers.txt

# A name server that answers as a table says.
check_PROGRAMS += tests/net/name-server
tests_net_name_server_SOURCES = tests/net/name-server.c
tests_net_name_server_CFLAGS = $(AM_CFLAGS)
UNIT_TESTS += tests/net/test-dns
tests_net_test_dns_SOURCES = tests/net/test-dns.c
tests_net_test_dns_CFLAGS = $(TEST_CFLAGS)
tests_net_test_dns_LDADD = $(NET_TEST_LIBS)
EXTRA_DIST += tests/cases/dns.txt
