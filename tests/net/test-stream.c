/* SPDX-License-Identifier: EUPL-1.2 */
/* Whom the stream trusts, and that it says nothing to anybody else. */
#include <libetpan/mailstream.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fake.h"
#include "net/stream.h"
#include "tests/tap.h"

static char folder[] = "/tmp/oversyn-stream-XXXXXX";
static char ca_file[sizeof(folder) + 16];
static struct cert ca;

static void setup(void)
{
	ck_assert_ptr_nonnull(mkdtemp(folder));
	ca = cert_make((struct cert_wish){ .from_days = -60, .to_days = 60 });
	snprintf(ca_file, sizeof(ca_file), "%s/ca.pem", folder);
	cert_save(&ca, ca_file);
}

static void teardown(void)
{
	cert_free(&ca);
	unlink(ca_file);
	rmdir(folder);
	memcpy(folder + strlen(folder) - 6, "XXXXXX", 6);
}

struct tls_server {
	struct cert cert;
	const char *priority, *pin;
};

/* Shakes hands, says one word, and reports "SNI|what the client said". */
static void tls_talk(int fd, int report, void *ctx)
{
	struct tls_server *s = ctx;
	gnutls_certificate_credentials_t own;
	gnutls_session_t tls;
	char name[64] = "", got[64] = "";
	size_t len = sizeof(name);
	unsigned int kind;

	gnutls_certificate_allocate_credentials(&own);
	gnutls_certificate_set_x509_key(own, &s->cert.crt, 1, s->cert.key);
	gnutls_init(&tls, GNUTLS_SERVER | GNUTLS_NO_SIGNAL);
	gnutls_priority_set_direct(tls, s->priority ? s->priority : "NORMAL", NULL);
	gnutls_credentials_set(tls, GNUTLS_CRD_CERTIFICATE, own);
	gnutls_transport_set_int(tls, fd);
	int r = gnutls_handshake(tls);
	gnutls_server_name_get(tls, name, &len, &kind, 0);
	if (r == 0) {
		gnutls_record_send(tls, "* OK hej\r\n", 10);
		gnutls_record_recv(tls, got, sizeof(got) - 1);
	}
	dprintf(report, "%s|%s", name, got);
	close(report);
	close(fd);
}

/* Opens a stream to a server with that certificate; says "hello" if it may. */
static int visit(struct tls_server *s, const char *trust, struct err *e, char *report, size_t size)
{
	char line[32] = "";
	struct stream *stream;
	struct fake f = fake_start(tls_talk, s);
	struct server to = { .host = "localhost", .port = f.port, .tls = TLS_IMPLICIT,
		.ca_file = trust, .pin = s->pin, .timeout_s = 5 };
	int bad = stream_open(&to, &stream, e);

	if (!bad) {
		mailstream *m = stream_etpan(stream);
		ck_assert_int_eq(mailstream_read(m, line, 10), 10);
		ck_assert_str_eq(line, "* OK hej\r\n");
		ck_assert_int_eq(mailstream_write(m, "hello", 5), 5);
		ck_assert_int_eq(mailstream_flush(m), 0);
		stream_free(stream);
	}
	fake_end(&f, report, size);
	cert_free(&s->cert);
	return bad;
}

START_TEST(trusts_the_right_certificate)
{
	struct err e = ERR_INIT;
	char report[128];
	struct tls_server s = { .cert = cert_make((struct cert_wish){
		.host = "localhost", .issuer = &ca, .from_days = -1, .to_days = 10 }) };

	ck_assert_msg(visit(&s, ca_file, &e, report, sizeof(report)) == 0, "%s", e.text);
	ck_assert_str_eq(report, "localhost|hello");
}
END_TEST

static void is_refused(struct cert_wish wish, const char *trust, const char *said)
{
	struct err e = ERR_INIT;
	char report[128];
	struct tls_server s = { .cert = cert_make(wish) };

	ck_assert_int_eq(visit(&s, trust, &e, report, sizeof(report)), -1);
	ck_assert_msg(strstr(e.text, said) != NULL, "no \"%s\" in: %s", said, e.text);
	ck_assert_int_eq(e.kind, ERR_OUTSIDE);
	ck_assert_str_eq(report, "localhost|"); /* not a byte was sent */
}

START_TEST(refuses_another_host)
{
	is_refused((struct cert_wish){ .host = "other.example", .issuer = &ca, .from_days = -1,
		.to_days = 10 }, ca_file, "the certificate of localhost is for other.example");
}
END_TEST

START_TEST(refuses_a_stranger)
{
	is_refused((struct cert_wish){ .host = "localhost", .from_days = -1, .to_days = 10 }, ca_file,
	           "signed by nobody that this machine trusts");
	/* the same authority, but not named: the system does not know it */
	is_refused((struct cert_wish){ .host = "localhost", .issuer = &ca, .from_days = -1,
		.to_days = 10 }, NULL, "signed by nobody that this machine trusts");
}
END_TEST

START_TEST(refuses_what_is_out_of_date)
{
	is_refused((struct cert_wish){ .host = "localhost", .issuer = &ca, .from_days = -10,
		.to_days = -1 }, ca_file, "has expired");
	is_refused((struct cert_wish){ .host = "localhost", .issuer = &ca, .from_days = 2,
		.to_days = 9 }, ca_file, "is not valid yet");
}
END_TEST

START_TEST(refuses_old_tls)
{
	struct err e = ERR_INIT;
	char report[128];
	struct tls_server s = { .priority = "NORMAL:-VERS-ALL:+VERS-TLS1.1:%COMPAT",
		.cert = cert_make((struct cert_wish){ .host = "localhost", .issuer = &ca,
			.from_days = -1, .to_days = 10 }) };

	ck_assert_int_eq(visit(&s, ca_file, &e, report, sizeof(report)), -1);
	ck_assert_msg(strstr(e.text, "TLS 1.2") != NULL, "%s", e.text);
	ck_assert_msg(report[strlen(report) - 1] == '|', "%s", report);
}
END_TEST

START_TEST(wants_the_pinned_key)
{
	static const struct cert_wish GOOD = { .host = "localhost", .from_days = -1, .to_days = 10 };
	static const char OTHER[] = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";
	struct cert_wish wish = GOOD;
	struct err e = ERR_INIT;
	char report[128], pins[2][sizeof(OTHER) * 2];

	wish.issuer = &ca;
	for (int right = 0; right < 2; right++) {
		struct tls_server s = { .cert = cert_make(wish) };
		char pin[45];
		cert_pin(&s.cert, pin);
		snprintf(pins[right], sizeof(pins[right]), "%s%s%s", OTHER, right ? " " : "",
		         right ? pin : "");
		s.pin = pins[right];
		ck_assert_int_eq(visit(&s, ca_file, &e, report, sizeof(report)), right ? 0 : -1);
		ck_assert_str_eq(report, right ? "localhost|hello" : "localhost|");
		/* it says which pin would have been right */
		ck_assert_msg(right || strstr(e.text, pin), "%s", e.text);
		ck_assert_msg(right || e.kind == ERR_SAFETY, "%s", e.text);
	}
	/* a pin is no substitute for a chain */
	struct tls_server s = { .cert = cert_make(GOOD) };
	cert_pin(&s.cert, pins[0]);
	s.pin = pins[0];
	ck_assert_int_eq(visit(&s, ca_file, &e, report, sizeof(report)), -1);
	ck_assert_msg(strstr(e.text, "signed by nobody") != NULL, "%s", e.text);
}
END_TEST

START_TEST(knows_a_pin)
{
	static const char *const RIGHT[] = {
		"47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
		"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
		("E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855 "
		 "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="),
	};
	static const char *const WRONG[] = {
		"", "secret", "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuF==",
		"47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU= x",
		"g3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
		"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b85",
	};
	struct err e = ERR_INIT;

	for (size_t i = 0; i < ARRAY_LEN(RIGHT); i++)
		ck_assert_msg(pin_check(RIGHT[i], &e) == 0, "%s", e.text);
	for (size_t i = 0; i < ARRAY_LEN(WRONG); i++)
		ck_assert_msg(pin_check(WRONG[i], &e) == -1, "taken: %s", WRONG[i]);
}
END_TEST

START_TEST(no_clear_text_leaves_the_machine)
{
	struct err e = ERR_INIT;
	struct stream *stream;
	struct server to = { .host = "192.0.2.1", .port = 25, .tls = TLS_NONE, .timeout_s = 2 };

	ck_assert_int_eq(stream_open(&to, &stream, &e), -1);
	ck_assert_int_eq(e.kind, ERR_SAFETY);
	ck_assert_ptr_null(stream);
}
END_TEST

START_TEST(says_what_to_mend)
{
	struct err e = ERR_INIT;
	struct stream *stream;
	struct server to = { .host = "localhost", .port = 1, .tls = TLS_IMPLICIT,
		.ca_file = "/nonexistent.pem", .timeout_s = 2 };

	ck_assert_int_eq(stream_open(&to, &stream, &e), -1);
	ck_assert_msg(strstr(e.text, "cannot connect to localhost, port 1") != NULL, "%s", e.text);
	struct tls_server s = { .cert = cert_make((struct cert_wish){
		.host = "localhost", .issuer = &ca, .from_days = -1, .to_days = 10 }) };
	char report[128];
	ck_assert_int_eq(visit(&s, "/nonexistent.pem", &e, report, sizeof(report)), -1);
	ck_assert_msg(strstr(e.text, "/nonexistent.pem") != NULL, "%s", e.text);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("stream");
	TCase *tc = tcase_create("stream");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_set_timeout(tc, 30);
	tcase_add_test(tc, trusts_the_right_certificate);
	tcase_add_test(tc, refuses_another_host);
	tcase_add_test(tc, refuses_a_stranger);
	tcase_add_test(tc, refuses_what_is_out_of_date);
	tcase_add_test(tc, refuses_old_tls);
	tcase_add_test(tc, wants_the_pinned_key);
	tcase_add_test(tc, knows_a_pin);
	tcase_add_test(tc, no_clear_text_leaves_the_machine);
	tcase_add_test(tc, says_what_to_mend);
	suite_add_tcase(suite, tc);
	return tap_run(suite);
}
