#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# Migrations are numbered without gaps, or the program is not built.
set -eu

top=${top_srcdir:-.}
dir=$(mktemp -d "${TMPDIR:-/tmp}/embed-XXXXXX")
trap 'rm -rf "$dir"' EXIT
printf 'SELECT 1;\n' | tee "$dir/0001_a.sql" "$dir/0002_b.sql" >"$dir/0003_c.sql"

echo 1..4
result() {
	if [ "$1" -eq 0 ]; then echo "ok $2 - $3"; else echo "not ok $2 - $3"; fi
}
embed() {
	sh "$top/src/store/embed.sh" "$@" >"$dir/out" 2>"$dir/err"
}

embed "$dir/0001_a.sql" "$dir/0002_b.sql" "$dir/0003_c.sql" &&
	grep -q 'migration_count = 3;' "$dir/out" && ok=0 || ok=1
result "$ok" 1 "three in order are embedded"
embed "$dir/0001_a.sql" "$dir/0003_c.sql" && ok=1 || ok=0
result "$ok" 2 "a gap is refused"
embed "$dir/0002_b.sql" "$dir/0001_a.sql" && ok=1 || ok=0
result "$ok" 3 "a swap is refused"
embed && ok=1 || ok=0
result "$ok" 4 "none is refused"
