#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# One library, one folder: a library can be replaced, or locked up, only when
# the rest of the house does not know it.
. "${top_srcdir:-.}/tests/scripts/tap.sh"

# library (as its headers begin) | the folders that may include it
owners='
sqlite3                 | store
gmime                   | mail
glib gio gobject        | mail doc
md4c                    | mail
opendkim                | mail
libxml                  | mail
iconv                   | mail
libetpan                | net
gnutls                  | base net
sasl                    | net
libical                 | cal
poppler                 | doc
archive                 | doc
expat                   | doc
curl                    | net
jansson                 | net view
cairo pango             | view
confuse                 | app
seccomp                 | app
systemd                 | app'

# strangers ROOT HEADERS FOLDERS: includes of the headers in other folders.
strangers()
{
	pattern=$(printf '%s' "$2" | tr -s ' ' '|')
	allowed=$(printf '%s' "$3" | tr -s ' ' '|')
	(
		cd "$1" || exit 99
		grep -rnE "^[[:space:]]*#[[:space:]]*include[[:space:]]*[<\"]($pattern)([-./0-9]|[a-z-]*\\.h)" \
			include src | grep -vE "^(include|src)/($allowed)/"
	)
}

trim()
{
	printf '%s' "$1" | sed 's/^ *//; s/ *$//'
}

printf '%s\n' "$owners" >"$scratch/owners"
while IFS='|' read -r headers folders; do
	headers=$(trim "$headers")
	folders=$(trim "$folders")
	[ -z "$headers" ] || nothing "$headers: only in $folders" \
		"$(strangers "$top_srcdir" "$headers" "$folders")"
done <"$scratch/owners"

mkdir -p "$scratch/include" "$scratch/src/app" "$scratch/src/store"
echo '#include <sqlite3.h>' | tee "$scratch/src/app/a.c" >"$scratch/src/store/b.c"
found=$(strangers "$scratch" 'sqlite3' 'store')
case $found in
src/app/a.c:*) ok 'a stranger is seen, the owner is not' ;;
*) not_ok 'a stranger is seen, the owner is not' "found: $found" ;;
esac
echo '#include <md4c-html.h>' >"$scratch/src/app/a.c"
something 'a header with a longer name is seen' "$(strangers "$scratch" 'md4c' 'mail')"
finish
