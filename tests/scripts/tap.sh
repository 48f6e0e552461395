# SPDX-License-Identifier: EUPL-1.2
# shellcheck shell=sh
# TAP for the check scripts, which source this file. They also run by hand from
# the project's folder after a build in build/.

top_srcdir=${top_srcdir:-$PWD}
top_builddir=${top_builddir:-$top_srcdir/build}
# shellcheck disable=SC2034 # for those who source this file
OVERSYN=${OVERSYN:-$top_builddir/oversyn}
CC=${CC:-cc}
# Reports must not depend on whose language they are read in.
LC_ALL=C
export LC_ALL

tap_count=0
tap_failed=0
scratch=$(mktemp -d "${TMPDIR:-/tmp}/oversyn-check.XXXXXX") || exit 99
trap 'rm -rf "$scratch"' EXIT
trap 'exit 99' HUP INT TERM

# ok NAME
ok()
{
	tap_count=$((tap_count + 1))
	printf 'ok %d - %s\n' "$tap_count" "$1"
}

# not_ok NAME WHAT: with each line of WHAT as a diagnostic.
not_ok()
{
	tap_count=$((tap_count + 1))
	tap_failed=$((tap_failed + 1))
	printf 'not ok %d - %s\n' "$tap_count" "$1"
	printf '%s\n' "$2" | sed 's/^/# /'
}

# skip NAME WHY
skip()
{
	tap_count=$((tap_count + 1))
	printf 'ok %d - %s # SKIP %s\n' "$tap_count" "$1" "$2"
}

skip_all()
{
	printf '1..0 # SKIP %s\n' "$1"
	exit 0
}

# nothing NAME FINDINGS: good when there are no findings.
nothing()
{
	if [ -z "$2" ]; then ok "$1"; else not_ok "$1" "$2"; fi
}

# something NAME FINDINGS: proves that a check can fail.
something()
{
	if [ -n "$2" ]; then ok "$1"; else not_ok "$1" 'the check did not see it'; fi
}

finish()
{
	printf '1..%d\n' "$tap_count"
	[ "$tap_failed" -eq 0 ]
	exit
}

# What the project consists of, relative to its folder: what is tracked, or in
# an unpacked archive everything that is not built.
project_files()
{
	(
		cd "$top_srcdir" || exit 99
		if [ ! -e .git ] || ! git ls-files 2>/dev/null; then
			find . \( -path './build*' -o -path './_*' -o -name autom4te.cache \) -prune -o -type f -print |
				sed 's,^\./,,' |
				grep -vE '^(aclocal\.m4|configure~?|Makefile\.in|m4/(iconv|lib-.*|host-cpu.*)\.m4)$'
		fi
	)
}

sanitized()
{
	grep -q '^SANITIZE_FLAGS = *[^ ]' "$top_builddir/Makefile"
}
