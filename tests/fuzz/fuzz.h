/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_TESTS_FUZZ_H
#define OVERSYN_TESTS_FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

/*
 * One parser's door for hostile bytes. Called by libFuzzer (--enable-fuzz), or
 * by replay.c with the kept inputs in every "make check".
 */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What must hold whatever came in; a crash is what a fuzzer understands. */
#define MUST(condition) \
	do { \
		if (!(condition)) { \
			fprintf(stderr, "%s:%d: does not hold: %s\n", __FILE__, __LINE__, #condition); \
			abort(); \
		} \
	} while (0)

#endif
