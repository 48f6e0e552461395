# SPDX-License-Identifier: EUPL-1.2
# How the compiler is called: standard, warnings, hardening, sanitizers,
# reproducibility. Each flag is tried first, so that gcc and clang each get
# what they understand. Loop variables are not called f: that name rewrites
# every "rm -f" in configure.

AC_DEFUN([OVERSYN_TRY_CFLAG],
[AS_VAR_PUSHDEF([cache], [oversyn_cv_cflag_$1])dnl
AC_CACHE_CHECK([whether $CC accepts $1], [cache],
	[oversyn_saved_cflags=$CFLAGS
	CFLAGS="$CFLAGS -Werror $1"
	AC_COMPILE_IFELSE([AC_LANG_PROGRAM()],
		[AS_VAR_SET([cache], [yes])], [AS_VAR_SET([cache], [no])])
	CFLAGS=$oversyn_saved_cflags])
AS_VAR_IF([cache], [yes], [$2="$$2 $1"])
AS_VAR_POPDEF([cache])])

AC_DEFUN([OVERSYN_TRY_LDFLAG],
[AS_VAR_PUSHDEF([cache], [oversyn_cv_ldflag_$1])dnl
AC_CACHE_CHECK([whether the linker accepts $1], [cache],
	[oversyn_saved_ldflags=$LDFLAGS
	LDFLAGS="$LDFLAGS -Werror $1"
	AC_LINK_IFELSE([AC_LANG_PROGRAM()],
		[AS_VAR_SET([cache], [yes])], [AS_VAR_SET([cache], [no])])
	LDFLAGS=$oversyn_saved_ldflags])
AS_VAR_IF([cache], [yes], [$2="$$2 $1"])
AS_VAR_POPDEF([cache])])

AC_DEFUN([OVERSYN_STANDARD],
[OVERSYN_TRY_CFLAG([-std=gnu17], [STANDARD_CFLAGS])
AS_IF([test -z "$STANDARD_CFLAGS"], [AC_MSG_ERROR([a compiler for C17 with GNU extensions is needed: gcc 12 or clang 14, or newer])])
AC_SUBST([STANDARD_CFLAGS])])

AC_DEFUN([OVERSYN_WARNINGS],
[m4_foreach_w([oversyn_flag],
[-Wall -Wextra -Wpedantic -Wshadow -Wformat=2 -Wformat-signedness
-Wstrict-prototypes -Wmissing-prototypes -Wold-style-definition
-Wmissing-format-attribute -Wsuggest-attribute=format -Wnull-dereference
-Wcast-qual -Wwrite-strings -Wvla -Wswitch-enum -Wimplicit-fallthrough -Wundef
-Wduplicated-cond -Wduplicated-branches -Wlogical-op -Wconversion
-Warith-conversion -Wdate-time -fno-common],
	[OVERSYN_TRY_CFLAG(oversyn_flag, [WARNING_CFLAGS])])
AC_SUBST([WARNING_CFLAGS])])

# The linker's flags hold commas: quoted, or they are split and silently lost.
# tests/scripts/check-hardening.sh looks at the built program.
AC_DEFUN([OVERSYN_HARDENING],
[m4_foreach_w([oversyn_flag],
[-fstack-protector-strong -fstack-clash-protection -fcf-protection=full
-ftrivial-auto-var-init=zero -fPIE],
	[OVERSYN_TRY_CFLAG(oversyn_flag, [HARDENING_CFLAGS])])
HARDENING_CPPFLAGS="-U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3"
OVERSYN_TRY_LDFLAG([[-pie]], [HARDENING_LDFLAGS])
OVERSYN_TRY_LDFLAG([[-Wl,-z,relro,-z,now]], [HARDENING_LDFLAGS])
OVERSYN_TRY_LDFLAG([[-Wl,-z,noexecstack]], [HARDENING_LDFLAGS])
AC_SUBST([HARDENING_CFLAGS])
AC_SUBST([HARDENING_CPPFLAGS])
AC_SUBST([HARDENING_LDFLAGS])])

AC_DEFUN([OVERSYN_SANITIZERS],
[SANITIZE_FLAGS="-fsanitize=$1 -fno-omit-frame-pointer -fno-sanitize-recover=all"
oversyn_saved_cflags=$CFLAGS
CFLAGS="$CFLAGS $SANITIZE_FLAGS"
AC_MSG_CHECKING([whether programs run under $1])
AC_LINK_IFELSE([AC_LANG_PROGRAM()], [AC_MSG_RESULT([yes])],
	[AC_MSG_RESULT([no])
	AC_MSG_ERROR([the sanitizers "$1" cannot be linked: install libasan and libubsan of your gcc, or libclang-rt-dev for clang])])
CFLAGS=$oversyn_saved_cflags
AC_SUBST([SANITIZE_FLAGS])])

AC_DEFUN([OVERSYN_FUZZ],
[oversyn_saved_cflags=$CFLAGS
CFLAGS="$CFLAGS -fsanitize=fuzzer"
AC_MSG_CHECKING([for libFuzzer])
AC_LINK_IFELSE([AC_LANG_SOURCE([[
#include <stddef.h>
#include <stdint.h>
int LLVMFuzzerTestOneInput(const uint8_t *, size_t);
int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n) { return (p && n) * 0; }
]])], [AC_MSG_RESULT([yes])],
	[AC_MSG_RESULT([no])
	AC_MSG_ERROR([--enable-fuzz needs clang and libclang-rt-dev: configure with CC=clang])])
CFLAGS=$oversyn_saved_cflags
AC_SUBST([FUZZ_FLAGS], ["-fsanitize=fuzzer"])
AC_SUBST([FUZZ_OBJECT_FLAGS], ["-fsanitize=fuzzer-no-link"])])

# The same sources give the same program wherever they are built. Inside the
# sources files are called src/x, beside them ../src/x: both become ./src/x.
# The last map that fits wins, so the build folder, often inside, comes last.
AC_DEFUN([OVERSYN_REPRODUCIBLE],
[OVERSYN_TRY_CFLAG([-ffile-prefix-map=/a=.], [oversyn_prefix_map])
AS_IF([test -n "$oversyn_prefix_map"],
	[REPRODUCIBLE_CFLAGS='-ffile-prefix-map=src/=./src/ -ffile-prefix-map=$(top_srcdir)=. -ffile-prefix-map=$(abs_top_srcdir)=. -ffile-prefix-map=$(abs_top_builddir)=.'])
AC_SUBST([REPRODUCIBLE_CFLAGS])])
