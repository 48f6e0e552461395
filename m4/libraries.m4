# SPDX-License-Identifier: EUPL-1.2
# The libraries, one folder each (DESIGN §3). A missing one is reported with
# the name of its Debian package.

AC_DEFUN([OVERSYN_PKG],
[PKG_CHECK_MODULES([$1], [$2], [],
	[AC_MSG_ERROR([$2 was not found: install it with "apt-get install $3", or run ./autogen.sh deps])])])

AC_DEFUN([OVERSYN_LIBRARIES],
[OVERSYN_PKG([GNUTLS], [gnutls >= 3.7], [libgnutls28-dev])
OVERSYN_PKG([SQLITE], [sqlite3 >= 3.37], [libsqlite3-dev])
OVERSYN_PKG([GMIME], [gmime-3.0 >= 3.2], [libgmime-3.0-dev])
OVERSYN_PKG([OPENDKIM], [opendkim >= 2.11], [libopendkim-dev])
OVERSYN_PKG([MD4C], [md4c-html >= 0.4], [libmd4c-html0-dev])
OVERSYN_PKG([XML], [libxml-2.0 >= 2.9], [libxml2-dev])
OVERSYN_PKG([ICAL], [libical >= 3.0], [libical-dev])
OVERSYN_PKG([POPPLER], [poppler-glib >= 0.90], [libpoppler-glib-dev])
OVERSYN_PKG([ARCHIVE], [libarchive >= 3.4], [libarchive-dev])
OVERSYN_PKG([EXPAT], [expat >= 2.4], [libexpat1-dev])
OVERSYN_PKG([ETPAN], [libetpan >= 1.9], [libetpan-dev])
# Debian's libetpan.pc hands on the flags it was itself linked with, among them
# gcc's -specs=, which needs dpkg-dev and which clang does not know.
ETPAN_LIBS=`AS_ECHO(["$ETPAN_LIBS"]) | $SED 's/-specs=@<:@^ @:>@*//g'`
OVERSYN_PKG([SASL], [libsasl2 >= 2.1.27], [libsasl2-dev])
OVERSYN_PKG([CURL], [libcurl >= 7.85], [libcurl4-gnutls-dev])
OVERSYN_PKG([JANSSON], [jansson >= 2.13], [libjansson-dev])
OVERSYN_PKG([CONFUSE], [libconfuse >= 3.3], [libconfuse-dev])
OVERSYN_PKG([SECCOMP], [libseccomp >= 2.5], [libseccomp-dev])
AC_ARG_WITH([systemd], [AS_HELP_STRING([--without-systemd], [tell no service manager and no journal anything])])
AS_IF([test "x$with_systemd" != xno],
	[PKG_CHECK_MODULES([SYSTEMD], [libsystemd >= 247],
		[AC_DEFINE([HAVE_SYSTEMD], [1], [a service manager and a journal can be told])],
		[AS_IF([test "x$with_systemd" = xyes],
			[AC_MSG_ERROR([libsystemd was not found: install it with "apt-get install libsystemd-dev"])],
			[AC_MSG_WARN([libsystemd was not found: the daemon will not tell systemd how it is (apt-get install libsystemd-dev)])])])])
PKG_CHECK_MODULES([CHECK], [check >= 0.15], [have_check=yes], [have_check=no])
AM_CONDITIONAL([HAVE_CHECK], [test "x$have_check" = xyes])
AS_IF([test "x$have_check" = xno],
	[AC_MSG_WARN([Check was not found: "make check" will run no unit test (apt-get install check)])])])
