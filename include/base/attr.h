/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_BASE_ATTR_H
#define OVERSYN_BASE_ATTR_H

/*
 * The few compiler attributes the code uses, under short names. All are
 * understood by gcc 12 and clang 14, the compilers of Debian 12.
 */
#define PRINTF(fmt, args) __attribute__((format(printf, fmt, args)))
#define MUST_USE          __attribute__((warn_unused_result))
#define NORETURN          __attribute__((noreturn))
#define AUTO(release)     __attribute__((cleanup(release)))

#define ARRAY_LEN(a) (sizeof(a) / sizeof((a)[0]))

#endif
