#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# Every shell script passes shellcheck.
. "${top_srcdir:-.}/tests/scripts/tap.sh"

command -v shellcheck >/dev/null 2>&1 || skip_all 'no shellcheck'
cd "$top_srcdir" || exit 99

# Those that source tap.sh are read together with it. A program for awk or sh -c in
# single quotes is meant so (SC2016).
project_files | grep -E '(\.sh|^\.ci/run)$' | sort >"$scratch/scripts"
while read -r script; do
	nothing "$script" "$(shellcheck -x -e SC2016 "$script" 2>&1)"
done <"$scratch/scripts"

printf '#!/bin/sh\nrm -rf $1\n' >"$scratch/wrong.sh"
something 'a careless script is seen' "$(shellcheck "$scratch/wrong.sh" 2>&1)"
finish
