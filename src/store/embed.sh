#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# Writes the migrations given (…/0001_name.sql …, in order) as a C table on
# standard output, so that the program carries its schema with it. The numbers
# must be 1, 2, 3 …: a gap or a swap would leave databases in different states.
set -eu

n=0
table=
printf '/* Made by src/store/embed.sh from src/store/migrations: do not edit. */\n'
printf '#include "src/store/db.h"\n'
for file in "$@"; do
	n=$((n + 1))
	name=${file##*/}
	case $name in
	"$(printf %04d $n)"_*.sql) ;;
	*)
		echo "embed.sh: $name should be migration number $n:" \
			"number them 0001, 0002 … without gaps" >&2
		exit 1
		;;
	esac
	printf '\nstatic const char sql_%d[] = {\n' $n
	od -An -v -td1 "$file" | sed 's/[^ ]*[^ ]/&,/g'
	printf '0};\n'
	table="$table	{ .name = \"$name\", .sql = sql_$n },
"
done
[ $n -gt 0 ] || { echo "embed.sh: no migrations given" >&2; exit 1; }
printf '\nconst struct migration migrations[] = {\n%s};\n' "$table"
printf 'const int migration_count = %d;\n' $n
