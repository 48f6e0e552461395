/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_TESTS_TAP_H
#define OVERSYN_TESTS_TAP_H

#include <check.h>

/* Runs the suite, one TAP line per test function, and returns main()'s status. */
int tap_run(Suite *suite);

/* The path of a file below the source folder: tests find their tables with it,
 * wherever they are built. Lives until the next call. */
const char *tap_path(const char *relative);

/* Reads a whole file into a fresh string (free() it); fails the test if it cannot. */
char *tap_slurp(const char *path, size_t *len);

/*
 * A case table: a text file where a line that starts with # is a comment, an
 * empty line is nothing, and fields are separated by " | ". Calls `one` per
 * row with its fields (trimmed) and line number; fails if there is no row.
 */
typedef void tap_row(int line, char **field, int n);
void tap_table(const char *relative, tap_row *one);

#endif
