#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# The same sources give the same program wherever they are built: two copies in
# folders of different depth, one built inside its sources and one beside them.
. "${top_srcdir:-.}/tests/scripts/tap.sh"

! sanitized || skip_all 'built with sanitizers, which note where they were built'
[ -x "$top_srcdir/configure" ] || skip_all 'no configure here'

copy()
{
	mkdir -p "$1"
	(cd "$top_srcdir" && tar -cf - --exclude='./build' --exclude='./build-[!a]*' \
		--exclude=./.git --exclude=./autom4te.cache --exclude='*.o' --exclude='*.a' .) |
		(cd "$1" && tar -xf -)
	chmod -R u+w "$1"
}

# build SOURCE FOLDER
build()
{
	mkdir -p "$2"
	(
		cd "$2" || exit 99
		# Of two folders, make might otherwise talk to the make that runs us.
		unset MAKEFLAGS MFLAGS MAKELEVEL
		"$1/configure" -q --cache-file="$scratch/cache" CC="$CC" &&
			make -s -j2 oversyn
	) >"$scratch/output" 2>&1 || {
		not_ok 'builds twice' "$(tail -n 20 "$scratch/output")"
		finish
	}
}

copy "$scratch/one"
copy "$scratch/a/longer/way/to/two"
build "$scratch/one" "$scratch/one/build"
build "$scratch/a/longer/way/to/two" "$scratch/a/longer/way/to/two"

first=$scratch/one/build
second=$scratch/a/longer/way/to/two
# The program first; then what it is made of, to say where a difference is.
for part in oversyn $(cd "$first" && find src -name '*.o' | sort); do
	cmp "$first/$part" "$second/$part" 2>&1 | sed "s,$scratch/,,g"
done >"$scratch/differences"
nothing 'two builds in different folders give the same bytes' "$(cat "$scratch/differences")"
finish
