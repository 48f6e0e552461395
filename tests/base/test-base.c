/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/digest.h"
#include "base/err.h"
#include "base/pack.h"
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
	struct buf b = BUF_INIT;
	buf_str(&b, "stolen");
	ck_assert_str_eq(arena_own(&a, buf_steal(&b)), "stolen"); /* else it leaks */
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
	struct digest_key *jefe = digest_key_new("Jefe", 4);
	for (int i = 0; i < 2; i++) {
		digest_hmac(jefe, "what do ya want for nothing?", 28, d);
		digest_hex(d, sizeof(d), hex);
		ck_assert_str_eq(hex, "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
	}
	digest_key_free(jefe);
	digest_base32((const uint8_t *)"foobar", 6, b32);
	ck_assert_str_eq(b32, "mzxw6ytboi");
}
END_TEST

START_TEST(what_is_packed_is_unpacked)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct buf b AUTO(buf_release) = BUF_INIT;

	pack_number(&b, 0x1234, 2);
	pack_string(&b, "å", 10);
	pack_string(&b, NULL, 10);
	pack_string(&b, "", 10);
	pack_string(&b, "abcdef", 3);
	struct unpack u = { .a = &a, .at = b.data, .left = b.len };
	ck_assert_uint_eq(unpack_number(&u, 2), 0x1234);
	ck_assert_str_eq(unpack_string(&u, 10), "å");
	ck_assert_ptr_null(unpack_string(&u, 10));
	ck_assert_str_eq(unpack_string(&u, 10), "");
	ck_assert_str_eq(unpack_string(&u, 3), "abc");
	ck_assert(!u.bad && !u.left);
	ck_assert_uint_eq(unpack_number(&u, 1), 0);
	ck_assert(u.bad);
}
END_TEST

START_TEST(what_was_not_packed_so_is_refused)
{
	static const struct {
		const char *bytes;
		size_t len, most;
	} bad[] = {
		{ "\2\0\0", 3, 10 },          /* cut off in its length */
		{ "\3\0\0\0a", 5, 10 },       /* and in its text */
		{ "\377\377\377\377a", 5, 10 },
		{ "\4\0\0\0abc", 7, 2 },      /* longer than allowed */
		{ "\3\0\0\0a\0", 6, 10 },     /* a NUL inside */
		{ "\2\0\0\0\377", 5, 10 },    /* no UTF-8 */
	};
	struct arena a AUTO(arena_release) = ARENA_INIT;

	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		struct unpack u = { .a = &a, .at = bad[i].bytes, .left = bad[i].len };
		ck_assert_ptr_null(unpack_string(&u, bad[i].most));
		ck_assert_msg(u.bad, "case %zu", i);
		ck_assert_ptr_null(unpack_string(&u, bad[i].most));
		ck_assert_uint_eq(unpack_count(&u, 1), 0);
	}
	struct unpack u = { .a = &a, .at = "\2\0\0\0", .left = 4 };
	ck_assert_uint_eq(unpack_count(&u, 1), 0);
	ck_assert(u.bad);
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
	tcase_add_test(t, what_is_packed_is_unpacked);
	tcase_add_test(t, what_was_not_packed_so_is_refused);
	suite_add_tcase(s, t);
	return tap_run(s);
}
