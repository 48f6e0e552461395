#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# Makes a fresh clone buildable, and on Debian everything after that too.
# Without arguments it only bootstraps, as people expect of this name.
set -eu
unset CDPATH

# To build and to run the demo.
BUILD_PACKAGES='
	autoconf automake autopoint gettext pkg-config gcc make libc6-dev
	libarchive-dev libconfuse-dev libcurl4-gnutls-dev libetpan-dev libexpat1-dev libgmime-3.0-dev
	libgnutls28-dev libical-dev libjansson-dev libmd4c-dev libmd4c-html0-dev
	libopendkim-dev libpoppler-glib-dev libseccomp-dev libsasl2-dev libsasl2-modules
	libsqlite3-dev libsystemd-dev libxml2-dev'
# To test: a unit test library, a mail server to talk to, and other people's
# programs that look at what we wrote.
TEST_PACKAGES='
	binutils check dovecot-imapd dovecot-submissiond mandoc openssl
	python3-icalendar shellcheck'
# Postfix is tried too where it is there, as root. Where another mail server
# would have to go for it, it stays away.
[ -e /usr/sbin/sendmail ] || TEST_PACKAGES="$TEST_PACKAGES postfix"
# To measure beside others: what does the same work.
BENCH_PACKAGES='
	dovecot-imapd openssl python3 python3-dateutil python3-icalendar strace'
# From npm, into the build folder; those who have no npm measure without them.
BENCH_MODULES='imapflow mailparser ical.js nodemailer'

usage()
{
	cat <<'END'
Usage: ./autogen.sh                             make ./configure, nothing more
       ./autogen.sh deps  [--no-install]        install what building and testing need
       ./autogen.sh check [--no-install]        install, build in build/, run every test
       ./autogen.sh demo  [--no-install] [DIR]  install, build in build/, run the demo
       ./autogen.sh bench [--no-install]        install, build in build/, measure beside peers

Packages come from apt, through sudo when you are not root; --no-install only
lists what is missing. DIR is where the demo puts its letters and database.
END
}

say()
{
	printf '%s\n' "autogen.sh: $*"
}

die()
{
	printf '%s\n' "autogen.sh: $*" >&2
	exit 1
}

# ---- packages ---------------------------------------------------------------

installed()
{
	# One line for each architecture; any of them will do.
	dpkg-query -W -f '${db:Status-Status}\n' "$1" 2>/dev/null | grep -qx installed
}

# Sets $missing to those of the arguments that are not installed.
find_missing()
{
	missing=
	for package in "$@"; do
		installed "$package" || missing="$missing $package"
	done
}

# libetpan-dev needs libcurl4-gnutls-dev, which cannot stand beside the other
# flavours of libcurl's headers. Swapping those headers is said aloud and done;
# if anything else had to go, that is for the owner of the machine to decide.
ask_what_goes()
{
	# shellcheck disable=SC2086 # a list of names
	plan=$(LC_ALL=C apt-get -s install --no-install-recommends $missing 2>&1) || {
		printf '%s\n' "$plan" | sed -n '/^[EW]:/p; /unmet dependencies/,$p' >&2
		die "apt cannot install these packages as the machine stands (see above)"
	}
	goes=$(printf '%s\n' "$plan" | sed -n 's/^Remv \([^ ]*\).*/\1/p')
	for package in $goes; do
		case $package in
		libcurl4-openssl-dev | libcurl4-nss-dev)
			say "libetpan-dev needs libcurl4-gnutls-dev, which replaces $package:" \
				"apt swaps the two (headers only, no program stops working)"
			;;
		*)
			die "apt would remove $package to install these packages, so nothing was" \
				"changed. If that is right: apt-get install --no-install-recommends$missing"
			;;
		esac
	done
}

# The tests start a mail server of their own on 127.0.0.1; the machine's must
# not start because its package came along. RUNLEVEL=1 says so to the packages'
# scripts where there is no systemd, and systemd is told afterwards. The site's
# own policy-rc.d is left alone.
install_missing()
{
	sudo=
	if [ "$(id -u)" -ne 0 ]; then
		command -v sudo >/dev/null 2>&1 || die "installing needs root, and there is no sudo." \
			"As root: apt-get install --no-install-recommends$missing"
		sudo=sudo
	fi
	had_dovecot=no had_postfix=no
	! installed dovecot-core || had_dovecot=yes
	! installed postfix || had_postfix=yes

	$sudo apt-get update
	ask_what_goes
	# shellcheck disable=SC2086 # a list of names, and sudo or nothing
	$sudo env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 \
		apt-get install -y --no-install-recommends $missing

	if [ "$had_dovecot" = no ] && [ -d /run/systemd/system ] && installed dovecot-core; then
		say "dovecot came for the tests: stopping and disabling the service"
		$sudo systemctl disable --now dovecot.socket dovecot.service ||
			say "could not stop dovecot; see: systemctl status dovecot"
	fi
	if [ "$had_postfix" = no ] && [ -d /run/systemd/system ] && installed postfix; then
		say "postfix came for the tests: stopping and disabling the service"
		$sudo systemctl disable --now postfix.service ||
			say "could not stop postfix; see: systemctl status postfix"
	fi
}

# With the packages that are wanted as arguments.
packages()
{
	if ! command -v dpkg-query >/dev/null 2>&1 || ! command -v apt-get >/dev/null 2>&1; then
		say "no dpkg and apt here; needed are what Debian calls:" "$@"
		return 0
	fi
	find_missing "$@"
	if [ -z "$missing" ]; then
		say "all $# packages that are needed are installed"
	elif [ "$may_install" = yes ]; then
		say "will install:$missing"
		install_missing
	else
		say "missing:$missing"
		die "install them, or run without --no-install"
	fi
}

# ---- building ---------------------------------------------------------------

bootstrap()
{
	command -v autoreconf >/dev/null 2>&1 ||
		die "autoconf and automake are missing: run ./autogen.sh deps"
	mkdir -p build-aux
	# Comes with gettext; autoreconf does not copy it for a program that uses
	# only the iconv macro.
	rpath=$(dirname "$(command -v gettext || echo /usr/bin/gettext)")/../share/gettext/config.rpath
	[ -f "$rpath" ] || rpath=/usr/share/gettext/config.rpath
	[ -f "$rpath" ] || die "gettext is missing (no config.rpath): run ./autogen.sh deps"
	cp "$rpath" build-aux/config.rpath
	autoreconf -fi
}

# autoreconf would make a new configure, and that a whole new build, every time.
bootstrap_if_older()
{
	if [ ! -f configure ] || [ ! -f Makefile.in ] ||
		[ -n "$(find configure.ac Makefile.am m4 src tests templates config \
			\( -name '*.ac' -o -name '*.am' -o -name '*.m4' -o -name '*.mk' \) \
			-newer configure)" ]; then
		bootstrap
	fi
}

build()
{
	[ -w . ] || die "$PWD is not yours to write in: clone the project as $(id -un)"
	bootstrap_if_older
	mkdir -p build
	[ -w build ] || die "$PWD/build belongs to somebody else: remove it and run again"
	cd build
	if [ ! -f config.status ] || [ -n "$(find ../configure -newer config.status)" ]; then
		../configure
	fi
	jobs=$(nproc 2>/dev/null || echo 1)
	make -j"$jobs"
}

# ---- testing ----------------------------------------------------------------

# For each test that failed: what it said, or how it ended when it said nothing.
show_failures()
{
	find . -name '*.trs' -exec grep -lE '^:global-test-result: (FAIL|ERROR|XPASS)' {} + |
		sort | while read -r trs; do
		log=${trs%.trs}.log
		printf '\n%s\n' "==== ${log#./}"
		awk '/^(not ok|Bail out!)/ || /^ok .*# *TODO/ { found = 1; on = 1; print; next }
			on && /^#/ { print; next }
			{ on = 0; last[NR % 20] = $0 }
			END {
				if (!found)
					for (i = NR - 19; i <= NR; i++)
						if (i > 0 && (i % 20) in last) print last[i % 20]
			}' "$log"
	done
	printf '\n'
}

total()
{
	awk -v key="# $1:" 'index($0, key) == 1 { n = $NF } END { print n + 0 }' test-suite.log
}

# The last line of stdout is for programs: N passed, N failed[, N skipped].
check()
{
	# Not "if ! (build)": inside a condition set -e is off.
	set +e
	(
		set -e
		build
	)
	status=$?
	set -e
	if [ "$status" -ne 0 ]; then
		say "the build failed, no test was run" >&2
		echo '0 passed, 1 failed'
		return 1
	fi
	cd build
	rm -f test-suite.log
	status=0
	make -j"$(nproc 2>/dev/null || echo 1)" check || status=$?
	if [ ! -f test-suite.log ]; then
		say "make check stopped before the tests" >&2
		echo '0 passed, 1 failed'
		return 1
	fi
	passed=$(($(total PASS) + $(total XFAIL)))
	failed=$(($(total FAIL) + $(total ERROR) + $(total XPASS)))
	skipped=$(total SKIP)
	# Whatever else made make fail counts too, or the line would praise it.
	if [ "$failed" -eq 0 ] && { [ "$status" -ne 0 ] || [ "$passed" -eq 0 ]; }; then
		say "make check failed outside the tests, or ran none (see above)" >&2
		failed=1
	elif [ "$failed" -gt 0 ]; then
		show_failures
	fi
	if [ "$skipped" -gt 0 ]; then
		echo "$passed passed, $failed failed, $skipped skipped"
	else
		echo "$passed passed, $failed failed"
	fi
	[ "$failed" -eq 0 ]
}

# ---- measuring --------------------------------------------------------------

# In build/. What is there stays as it is.
bench_modules()
{
	folder=tests/bench/node
	mkdir -p "$folder"
	# shellcheck disable=SC2086 # a list of names
	if ! command -v npm >/dev/null 2>&1; then
		say "no npm here: measuring without $BENCH_MODULES"
	elif [ "$may_install" = yes ] && [ ! -d "$folder/node_modules/nodemailer" ]; then
		npm install --prefix "$folder" --no-fund --no-audit --ignore-scripts $BENCH_MODULES >/dev/null ||
			say "npm could not install $BENCH_MODULES: measuring without them"
	fi
}

# ---- the command line -------------------------------------------------------

may_install=yes
mode=bootstrap
directory=
for argument; do
	case $mode:$argument in
	*:-h | *:--help)
		usage
		exit 0
		;;
	bootstrap:deps | bootstrap:check | bootstrap:demo | bootstrap:bench)
		mode=$argument
		;;
	deps:--no-install | check:--no-install | demo:--no-install | bench:--no-install)
		may_install=no
		;;
	demo:-*)
		usage >&2
		exit 2
		;;
	demo:?*)
		[ -z "$directory" ] || {
			usage >&2
			exit 2
		}
		# As the caller sees it, before we go to the project's folder.
		case $argument in
		/*) directory=$argument ;;
		*) directory=$PWD/$argument ;;
		esac
		;;
	*)
		usage >&2
		exit 2
		;;
	esac
done

cd "$(dirname "$0")"
case $PWD in
*[[:space:]\"\#\$\&\'\`\\\;\(\)\|\<\>]*)
	die "Automake cannot build in a folder whose path has spaces or characters that are" \
		"special to the shell: move the project from \"$PWD\""
	;;
esac

# Word splitting is meant: the packages are lists of names.
# shellcheck disable=SC2086
case $mode in
bootstrap)
	bootstrap
	;;
deps)
	packages $BUILD_PACKAGES $TEST_PACKAGES
	;;
check)
	packages $BUILD_PACKAGES $TEST_PACKAGES
	check
	;;
demo)
	packages $BUILD_PACKAGES
	build
	if [ -n "$directory" ]; then
		exec ./oversyn demo "$directory"
	fi
	# The demo's default is build/demo, seen from the project's folder.
	cd ..
	exec build/oversyn demo
	;;
bench)
	packages $BUILD_PACKAGES $BENCH_PACKAGES
	build
	bench_modules
	exec make bench
	;;
esac
