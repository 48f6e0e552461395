#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# Every mistake in the configuration is named with its file and line.
. "${top_srcdir:?}/tests/app/tap.sh"
conf=$work/o.conf

wrong() { # wrong LINE TEXT WORDS
	printf '%b' "$2" > "$conf"
	exits 2 "$3: refused" -- "$OVERSYN" --config "$conf" --db "$work/a.db" init
	says "$work/err" "o.conf:$1: " "$3: with its line"
}

wrong 1 'langauge = "sv"\n' "an unknown setting"
wrong 4 '# a\n# b\n\nlangauge = "sv"\n' "after comments"
wrong 4 '/* a\n b */\n// c\nlangauge = "sv"\n' "after comments of other kinds"
wrong 3 '# a\nlanguage = "sv"\nplus_addresses = maybe\n' "no truth value"
wrong 2 '# a\nlanguage = "de"\n' "no such language"
wrong 3 '# a\nout {\n\tport = 99999 # b\n}\n' "too large, in a section"
wrong 4 '# a\n\nin {\n\tceiling = 1\n}\n' "an unknown setting in a section"
wrong 2 'helo = "a#b//c" # "d\nlangauge = 1\n' "comment signs in a text"
wrong 3 'helo = "a\\\\\\\nb"\nceiling = 5 \\\\\n' "a backslash outside a text"

exits 2 "a file that is not there" -- "$OVERSYN" --config "$work/none" --db "$work/a.db" init
head -c 20000 /dev/urandom > "$conf"
exits 2 "garbage" -- "$OVERSYN" --config "$conf" --db "$work/a.db" init
test ! -e "$work/a.db"
ok $? "nothing was made"
exits 0 "the example is right" -- "$OVERSYN" --config "$top_srcdir/config/oversyn.conf" \
	--db "$work/a.db" init
plan
