#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# Every source file says under which licence it may be used, at its top. The
# templates of letters do not: each of their lines is sent.
. "${top_srcdir:-.}/tests/scripts/tap.sh"

# unlicensed FILE…
unlicensed()
{
	for file; do
		head -n 3 "$file" | grep -q 'SPDX-License-Identifier: EUPL-1\.2' || echo "$file"
	done
}

cd "$top_srcdir" || exit 99
# shellcheck disable=SC2046 # the names have no spaces: Automake would not take them
nothing 'every source file names its licence' \
	"$(unlicensed $(project_files | grep -E '\.(c|h|inc|sh|py|awk|am|ac|mk|m4|sql|dict)$|^\.ci/run$'))"

echo 'int n;' >"$scratch/bare.c"
something 'a file without a licence is seen' "$(unlicensed "$scratch/bare.c")"
finish
