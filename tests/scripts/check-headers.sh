#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# Every header stands alone: it includes what it uses, may be included twice,
# and needs no library's flags.
. "${top_srcdir:-.}/tests/scripts/tap.sh"

# alone ROOT HEADER
alone()
{
	printf '#include "%s"\n#include "%s"\nextern int not_empty;\n' "$2" "$2" >"$scratch/alone.c"
	# shellcheck disable=SC2086 # CC may hold options
	$CC -std=gnu17 -Wall -Wextra -Werror -I"$1" -fsyntax-only "$scratch/alone.c" 2>&1
}

(cd "$top_srcdir/include" && find . -name '*.h' | sed 's,^\./,,' | sort) >"$scratch/headers"
while read -r header; do
	nothing "$header" "$(alone "$top_srcdir/include" "$header")"
done <"$scratch/headers"

mkdir "$scratch/include"
echo 'size_t length(const char *s);' >"$scratch/include/lean.h"
something 'a header that leans on others is seen' "$(alone "$scratch/include" lean.h)"
echo 'struct twice { int n; };' >"$scratch/include/twice.h"
something 'a header without a guard is seen' "$(alone "$scratch/include" twice.h)"
finish
