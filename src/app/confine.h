/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_SRC_APP_CONFINE_H
#define OVERSYN_SRC_APP_CONFINE_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/resource.h>

/*
 * What a process that reads foreign bytes gives away before it does, and cannot
 * have back. False: the system would not take it; such a process must not serve.
 */
bool confine_limit(int what, rlim_t most); /* setrlimit(2) */
bool confine_memory(rlim_t bytes); /* address space; not under a sanitizer, whose shadow is larger */
bool confine_process(void); /* no core, no tracing, no new privileges (prctl(2)) */
/* seccomp(2): only these system calls, or all but these. What is not allowed fails with
 * EPERM instead of killing: a C library that tries something new must not stop the mail. */
bool confine_calls(const int *calls, size_t n, bool allowed);
/* Landlock: no file can be written, made or removed, and none be read but below
 * `readable` (NULL-terminated; what is not there is left out). True also where the
 * kernel knows no Landlock. */
bool confine_files(const char *const *readable);

#endif
