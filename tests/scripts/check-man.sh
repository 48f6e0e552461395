#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# The manual pages are well-formed.
. "${top_srcdir:-.}/tests/scripts/tap.sh"

command -v mandoc >/dev/null 2>&1 || skip_all 'no mandoc'
cd "$top_srcdir" || exit 99

project_files | grep -E '\.[1-8](\.in)?$' | sort >"$scratch/pages"
while read -r page; do
	nothing "$page" "$(mandoc -Tlint -W warning "$page" 2>&1)"
done <"$scratch/pages"

printf '.Dd today\n.Nm x\n.Sh\n' >"$scratch/wrong.8"
something 'a malformed page is seen' "$(mandoc -Tlint -W warning "$scratch/wrong.8" 2>&1)"
finish
