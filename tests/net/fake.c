/* SPDX-License-Identifier: EUPL-1.2 */
#include "fake.h"

#include <arpa/inet.h>
#include <check.h>
#include <errno.h>
#include <gnutls/abstract.h>
#include <gnutls/crypto.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

struct fake fake_start(fake_talk *talk, void *ctx)
{
	return fake_start_many(talk, ctx, 1);
}

struct fake fake_start_many(fake_talk *talk, void *ctx, int connections)
{
	struct sockaddr_in a = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t len = sizeof(a);
	struct fake f = { 0 };
	int pipe_fd[2], fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq(bind(fd, (struct sockaddr *)&a, sizeof(a)), 0);
	ck_assert_int_eq(listen(fd, connections), 0);
	ck_assert_int_eq(getsockname(fd, (struct sockaddr *)&a, &len), 0);
	ck_assert_int_eq(pipe(pipe_fd), 0);
	f.port = ntohs(a.sin_port);
	f.report = pipe_fd[0];
	f.pid = fork();
	ck_assert_int_ge(f.pid, 0);
	if (f.pid == 0) {
		signal(SIGPIPE, SIG_IGN);
		alarm(30); /* no fake outlives a test run that was cut short */
		close(pipe_fd[0]);
		for (int i = 0; i < connections; i++) {
			int one = accept(fd, NULL, NULL);
			int on = 1;
			if (one < 0)
				continue;
			/* what is said is there before time goes on, see peer.h */
			setsockopt(one, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
			talk(one, pipe_fd[1], ctx);
		}
		_exit(0);
	}
	close(pipe_fd[1]);
	close(fd);
	return f;
}

void fake_end(struct fake *f, char *report, size_t size)
{
	size_t n = 0;

	/* what is asked for has been said by the time the client is done */
	if (!report)
		kill(f->pid, SIGKILL);
	while (report && n + 1 < size) {
		ssize_t got = read(f->report, report + n, size - 1 - n);
		if (got <= 0)
			break;
		n += (size_t)got;
	}
	if (report)
		report[n] = '\0';
	kill(f->pid, SIGKILL);
	while (waitpid(f->pid, NULL, 0) < 0 && errno == EINTR)
		;
	close(f->report);
}

static void ok(int r)
{
	if (r < 0)
		ck_abort_msg("GnuTLS: %s", gnutls_strerror(r));
}

struct cert cert_make(struct cert_wish wish)
{
	static unsigned char serial;
	struct cert c;
	const struct cert *by = wish.issuer ? wish.issuer : &c;
	const char *name = wish.host ? wish.host : wish.authority ? wish.authority : "Test authority";

	serial++;
	ok(gnutls_x509_privkey_init(&c.key));
	ok(gnutls_x509_privkey_generate(c.key, GNUTLS_PK_ECDSA,
	                                GNUTLS_CURVE_TO_BITS(GNUTLS_ECC_CURVE_SECP256R1), 0));
	ok(gnutls_x509_crt_init(&c.crt));
	ok(gnutls_x509_crt_set_version(c.crt, 3));
	ok(gnutls_x509_crt_set_serial(c.crt, &serial, 1));
	ok(gnutls_x509_crt_set_activation_time(c.crt, time(NULL) + wish.from_days * 86400L));
	ok(gnutls_x509_crt_set_expiration_time(c.crt, time(NULL) + wish.to_days * 86400L));
	ok(gnutls_x509_crt_set_dn_by_oid(c.crt, GNUTLS_OID_X520_COMMON_NAME, 0, name,
	                                 (unsigned int)strlen(name)));
	ok(gnutls_x509_crt_set_key(c.crt, c.key));
	ok(gnutls_x509_crt_set_basic_constraints(c.crt, !wish.host, -1));
	if (wish.host) {
		ok(gnutls_x509_crt_set_subject_alt_name(c.crt, GNUTLS_SAN_DNSNAME, wish.host,
		                                        (unsigned int)strlen(wish.host),
		                                        GNUTLS_FSAN_SET));
		ok(gnutls_x509_crt_set_key_purpose_oid(c.crt, wish.client ? GNUTLS_KP_TLS_WWW_CLIENT :
		                                       GNUTLS_KP_TLS_WWW_SERVER, 0));
		ok(gnutls_x509_crt_set_key_usage(c.crt, GNUTLS_KEY_DIGITAL_SIGNATURE));
	} else {
		ok(gnutls_x509_crt_set_key_usage(c.crt, GNUTLS_KEY_KEY_CERT_SIGN));
	}
	ok(gnutls_x509_crt_sign2(c.crt, by->crt, by->key, GNUTLS_DIG_SHA256, 0));
	return c;
}

void cert_free(struct cert *c)
{
	gnutls_x509_crt_deinit(c->crt);
	gnutls_x509_privkey_deinit(c->key);
}

void cert_pin(const struct cert *c, char out[45])
{
	gnutls_pubkey_t pub;
	gnutls_datum_t der, text, raw;
	unsigned char sum[32];

	ok(gnutls_pubkey_init(&pub));
	ok(gnutls_pubkey_import_x509(pub, c->crt, 0));
	ok(gnutls_pubkey_export2(pub, GNUTLS_X509_FMT_DER, &der));
	ok(gnutls_hash_fast(GNUTLS_DIG_SHA256, der.data, der.size, sum));
	raw = (gnutls_datum_t){ .data = sum, .size = sizeof(sum) };
	ok(gnutls_base64_encode2(&raw, &text));
	snprintf(out, 45, "%.*s", (int)text.size, text.data);
	gnutls_free(text.data);
	gnutls_free(der.data);
	gnutls_pubkey_deinit(pub);
}

void cert_save(const struct cert *c, const char *path)
{
	gnutls_datum_t pem;
	FILE *f = fopen(path, "wb");

	ck_assert_ptr_nonnull(f);
	ok(gnutls_x509_crt_export2(c->crt, GNUTLS_X509_FMT_PEM, &pem));
	ck_assert_uint_eq(fwrite(pem.data, 1, pem.size, f), pem.size);
	ck_assert_int_eq(fclose(f), 0);
	gnutls_free(pem.data);
}
