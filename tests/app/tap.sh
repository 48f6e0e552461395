# SPDX-License-Identifier: EUPL-1.2
# shellcheck shell=sh
# TAP for the scripts that try the whole program. Each gets a folder of its own
# below the build folder, removed at the end.
n=0
# Asked here: in the command's own shell a missing one would leave an empty $work.
: "${OVERSYN:?}" "${top_builddir:?}"
work=$(mktemp -d "$top_builddir/tests-app.XXXXXX") || exit 99
trap 'rm -rf "$work"' EXIT INT TERM

ok() { # ok STATUS WORDS…
	n=$((n + 1))
	status=$1
	shift
	if [ "$status" -eq 0 ]; then
		echo "ok $n - $*"
	else
		echo "not ok $n - $*"
	fi
}

# Runs a command quietly; what it said is in $work/out and $work/err.
quiet() {
	"$@" > "$work/out" 2> "$work/err" < /dev/null
}

# exits STATUS WORDS… -- COMMAND…
exits() {
	want=$1 what=$2
	shift 3
	quiet "$@"
	got=$?
	[ "$got" -eq "$want" ] || { echo "# exit $got, wanted $want"; sed 's/^/# /' "$work/err"; }
	test "$got" -eq "$want"
	ok $? "$what"
}

says() { # says FILE PATTERN WORDS
	grep -q -e "$2" "$1"
	found=$?
	[ $found -eq 0 ] || { echo "# not found: $2"; sed 's/^/# /' "$1" | head -n 20; }
	ok $found "$3"
}

header() { # header NAME FILE: the first, without its name, unfolded
	tr -d '\r' < "$2" | awk -v n="$1: " 'index($0, n) == 1 { v = substr($0, length(n) + 1); on = 1; next }
		on && /^[ \t]/ { v = v $0; next }
		on { exit }
		END { print v }'
}

address() { # of a header
	header "$1" "$2" | sed 's/.*<\(.*\)>.*/\1/'
}

back() { # back FILE DATABASE: it is what it was, and nobody has worked with it since
	cp "$1" "$2"
	: > "$2-lock"
}

plan() {
	echo "1..$n"
}
