#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# Files and functions stay small enough to be read in one go.
. "${top_srcdir:-.}/tests/scripts/tap.sh"

source_lines=500
header_lines=300
function_lines=80

# too_long LIMIT FILE…
too_long()
{
	limit=$1
	shift
	[ $# -eq 0 ] || awk -v limit="$limit" '
		FNR == 1 && NR > 1 { report() }
		{ name = FILENAME; lines = FNR }
		END { report() }
		function report() {
			if (lines > limit) print name ": " lines " lines, at most " limit
		}' "$@"
}

# long_functions FILE…: the style puts a function's braces, and no others than
# those of types and tables, in the first column.
long_functions()
{
	[ $# -eq 0 ] || awk -v limit="$function_lines" '
		FNR == 1 { open = 0 }
		/^\{/ { open = FNR; head = before }
		/^\}/ {
			if (open && FNR - open + 1 > limit)
				print FILENAME ":" open ": " head ": " FNR - open + 1 " lines, at most " limit
			open = 0
		}
		{ before = $0 }' "$@"
}

cd "$top_srcdir" || exit 99
# The names have no spaces: Automake would not take them.
# shellcheck disable=SC2046
{
	nothing "no source file is longer than $source_lines lines" \
		"$(too_long $source_lines $(project_files | grep -E '^src/.*\.c$'))"
	nothing "no header is longer than $header_lines lines" \
		"$(too_long $header_lines $(project_files | grep -E '^(include|src)/.*\.h$'))"
	nothing "no function is longer than $function_lines lines" \
		"$(long_functions $(project_files | grep -E '^(src|tests)/.*\.c$'))"
}

awk 'BEGIN { print "int f(void)\n{"; for (i = 0; i < 500; i++) print "\t;"; print "}" }' \
	>"$scratch/long.c"
something 'a long file is seen' "$(too_long $source_lines "$scratch/long.c")"
something 'a long function is seen' "$(long_functions "$scratch/long.c")"
finish
