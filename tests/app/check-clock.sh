#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# Passes by a clock that was ahead, or behind, and is then put right.
. "${top_srcdir:?}/tests/app/tap.sh"
command -v python3 > /dev/null || {
	echo '1..0 # SKIP no python3 to write to the database with'
	exit 0
}
db=$work/t.db conf=$work/o.conf
: > "$conf"

at() { # at DAY COMMAND…
	day=$1
	shift
	"$OVERSYN" "--now=${day}T08:00:00+01:00" --config "$conf" --db "$db" "$@"
}

passes() { # passes DAY…
	for d in "$@"; do quiet at "$d" tick; done
}

mails() { # mails DAY [PATTERN]: how many were written that day
	at 2029-01-01 --json outbox | grep "\"created\":\"$1T" | grep -c -e "${2:-}"
}

is() { # is GOT WANTED WORDS
	test "$1" = "$2"
	ok $? "$3 ($1)"
}

matter() { # matter KEY DAY: something that the coordinator is to be told
	python3 -c 'import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
db.execute("INSERT INTO matter (kind, key, day, text) VALUES (?, ?, ?, ?)", ("first", *sys.argv[2:], "9"))
db.commit()' "$db" "$@"
}

exits 0 "import" -- at 2027-01-11 import "$top_srcdir/config/model"
passes 2027-01-11 2027-01-12
cp "$db" "$work/january.db"
passes 2027-01-13 2027-01-14 2027-01-15 2027-01-18
for d in 13 14 15 18; do mails 2027-01-$d; done > "$work/control"

# ---- a year ahead ----
back "$work/january.db" "$db"
exits 4 "a pass a year ahead stops" -- at 2028-01-12 tick
passes 2027-01-13 2027-01-14 2027-01-15 2027-01-18
for d in 13 14 15 18; do mails 2027-01-$d; done > "$work/got"
cmp "$work/control" "$work/got"
ok $? "what is due then goes as if it had not been"
is "$(mails 2028-01-12 weekly)" 1 "the letter of the week went ahead"
is "$(mails 2027-01-18 weekly)" 1 "and goes in its time all the same"
passes 2027-01-18 2027-01-13
is "$(mails 2027-01-18 weekly)" 1 "once"
at 2027-01-18 status --json > "$work/got"
says "$work/got" '"report":"week","period":"2027-01-18","day":"2027-01-18"' "which is the last that went"
exits 0 "verify" -- at 2027-01-18 verify

# ---- eight days ahead, and more than once ----
back "$work/january.db" "$db"
passes 2027-01-20 2027-01-13 2027-01-14 2027-01-15 2027-01-18 2027-01-20 2027-01-21
is "$(mails 2027-01-18 weekly)" 1 "the same week's letter goes in its time"
at 2027-01-21 --json outbox | sed 's/.*"to":"\([^"]*\)".*"kind":"\([^"]*\)".*"subject":"\([^"]*\)".*/\1 \2 \3/' \
	| grep -v ' weekly \| coordinator ' | sort | uniq -d > "$work/twice"
test ! -s "$work/twice"
ok $? "nothing goes twice"

# ---- the coordinator's letter of the day ----
back "$work/january.db" "$db"
matter x1 2027-01-12
passes 2027-01-20
is "$(mails 2027-01-20 '"kind":"coordinator"')" 1 "the coordinator hears of it, eight days ahead"
matter x2 2027-01-13
passes 2027-01-13
is "$(mails 2027-01-13 '"kind":"coordinator"')" 1 "and of the next thing on the day that it is"

# ---- the first pass of all is ahead ----
rm -r "$db" "$db"-*
quiet at 2027-01-11 import "$top_srcdir/config/model"
passes 2027-06-01 2027-01-11 2027-01-12 2027-01-18
is "$(mails 2027-01-18 weekly)" 1 "the weeks are counted from the first pass that was not"

# ---- behind ----
back "$work/january.db" "$db"
passes 2026-12-01 2026-12-02 2027-01-13
is "$(mails 2027-01-13 new-chair)" 0 "who chaired a body before is no new chair"
is "$(mails 2026-12-02 new-chair)" 0 "nor by the clock that is behind"
plan
