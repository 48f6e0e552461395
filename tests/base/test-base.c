/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/digest.h"
#include "base/err.h"
#include "base/mem.h"
#include "tests/tap.h"

START_TEST(buf_keeps_bytes_and_a_nul)
{
	struct buf b AUTO(buf_release) = BUF_INIT;

	buf_str(&b, "a");
	buf_add(&b, "\0b", 2);
	buf_fmt(&b, "%d", 42);
	ck_assert_uint_eq(b.len, 5);
	ck_assert_mem_eq(b.data, "a\0b42", 6);
	buf_cut(&b, 1);
	ck_assert_str_eq(b.data, "a");
	char *mine = buf_steal(&b);
	ck_assert_str_eq(mine, "a");
	ck_assert_uint_eq(b.len, 0);
	mem_free(mine);
}
END_TEST

START_TEST(arena_gives_zeroed_and_grows_arrays)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	int *v = NULL;
	size_t cap = 0;

	for (int i = 0; i < 1000; i++) {
		v = arena_grow(&a, v, (size_t)i, &cap, sizeof(*v));
		v[i] = i;
	}
	for (int i = 0; i < 1000; i++)
		ck_assert_int_eq(v[i], i);
	char *big = arena_alloc(&a, 100000);
	ck_assert_int_eq(big[99999], 0);
	ck_assert_str_eq(arena_fmt(&a, "%s-%d", "x", 7), "x-7");
	ck_assert_ptr_null(arena_dup(&a, NULL));
}
END_TEST

START_TEST(err_wraps_from_the_outside_in)
{
	struct err e = ERR_INIT;

	ck_assert_int_eq(err_set(&e, ERR_FOUND, "line %d", 3), -1);
	ck_assert_int_eq(err_wrap(&e, "file %s", "f.csv"), -1);
	ck_assert_str_eq(e.text, "file f.csv: line 3");
	ck_assert_int_eq(e.kind, ERR_FOUND);
}
END_TEST

/* FIPS 180-4's and RFC 4231's own examples. */
START_TEST(digests_match_the_standards)
{
	uint8_t d[DIGEST_SIZE];
	char hex[DIGEST_HEX], b32[64];

	digest_sha256("abc", 3, d);
	digest_hex(d, sizeof(d), hex);
	ck_assert_str_eq(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
	digest_hmac("Jefe", 4, "what do ya want for nothing?", 28, d);
	digest_hex(d, sizeof(d), hex);
	ck_assert_str_eq(hex, "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
	digest_base32((const uint8_t *)"foobar", 6, b32);
	ck_assert_str_eq(b32, "mzxw6ytboi");
}
END_TEST

int main(void)
{
	Suite *s = suite_create("base");
	TCase *t = tcase_create("base");

	tcase_add_test(t, buf_keeps_bytes_and_a_nul);
	tcase_add_test(t, arena_gives_zeroed_and_grows_arrays);
	tcase_add_test(t, err_wraps_from_the_outside_in);
	tcase_add_test(t, digests_match_the_standards);
	suite_add_tcase(s, t);
	return tap_run(s);
}
