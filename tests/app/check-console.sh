#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# What commands take, and that they do nothing where they are given anything else.
. "${top_srcdir:?}/tests/app/tap.sh"
now=--now=2027-01-11T08:00:00+01:00

oversyn() {
	"$OVERSYN" --db "$work/a.db" "$now" "$@"
}

untouched() { # untouched WORDS: the database is what it was
	cmp -s "$work/a.db" "$work/before.db"
	ok $? "$1"
}

exits 0 "the model imports" -- oversyn import "$top_srcdir/config/model"
cp "$work/a.db" "$work/before.db"
cp "$work/a.db" "$work/copy.db"

# ---- what was meant to hold back does ----
exits 2 "a restore that is only tried" -- oversyn restore "$work/copy.db" --dry-run
says "$work/err" 'restore does not take --dry-run, and nothing was done.*--dry-run goes with import, tick, trigger' "is none"
exits 2 "an answer that is only tried" -- oversyn record answer GR-27-0001-XXXX GODKÄNNS --dry-run
says "$work/err" 'record answer does not take --dry-run' "is none"
exits 2 "a daemon that is only tried" -- timeout 20 "$OVERSYN" --db "$work/a.db" run --dry-run
says "$work/err" 'run does not take --dry-run' "is none"
exits 2 "a pass, its dashes forgotten" -- oversyn tick dry-run
says "$work/err" 'tick dry-run: did you mean --dry-run' "is not made"
exits 2 "nor one with other dashes" -- oversyn tick –dry-run
says "$work/err" 'did you mean --dry-run' "as word processors write them"
exits 2 "nor one whose option is misspelt" -- oversyn tick --dryrun
says "$work/err" 'tick: unknown option --dryrun: did you mean --dry-run' "and it is told how it is written"
exits 2 "an outbox that is misspelt" -- oversyn outbox relase
says "$work/err" 'outbox relase: did you mean outbox release' "is told, too"
exits 2 "a command that is misspelt" -- oversyn staus
says "$work/err" 'did you mean status' "also"
exits 2 "a word too many" -- oversyn verify a b
says "$work/err" '"b" is one word too many.*verify \[HEAD\]' "is named"
exits 2 "a word too few" -- oversyn why
says "$work/err" 'why which item' "is asked for"
untouched "nothing of all that was done"

# ---- each command, by its own account ----
/usr/bin/python3 "$top_srcdir/tests/app/console.py" "$OVERSYN" "$top_srcdir/src/app/oversyn.8" > "$work/differs" 2>&1
test ! -s "$work/differs"
ok $? "help, manual page and program agree on what each command takes"
sed 's/^/# /' "$work/differs"

# ---- JSON, or a word that there is none ----
exits 0 "letters that would be written, for a program" -- oversyn --json tick --dry-run
says "$work/out" '^{"letter":"[a-z]*","body":"[A-Z]*","to":"[^"]*","items":\["[A-Z0-9]*".*\],"cases":\[\]}$' "are objects"
grep -qv '^{.*}$' "$work/out"
ok $((1 - $?)) "all of them"
exits 0 "what has no JSON" -- oversyn --json why S03
says "$work/err" 'why has no JSON' "says so"
exits 0 "and what has" -- oversyn --json status
test ! -s "$work/err"
ok $? "says nothing"

# ---- small things that people meet ----
{
	sleep 1 # until it has gone
	oversyn due 2> "$work/err"
	echo $? > "$work/status"
} | true
test "$(cat "$work/status")" = 0
ok $? "whoever read it has seen enough"
test ! -s "$work/err"
ok $? "and nothing is said of that"
exits 3 "a full disk is another thing" -- sh -c '"$1" --db "$2" due > /dev/full' sh "$OVERSYN" "$work/a.db"
exits 2 "a part of a head" -- oversyn verify a
says "$work/err" '"a" is no whole head: one has 64 characters' "is no alarm"
head=$(oversyn verify | sed 's/.*head //')
exits 0 "a head in capitals" -- oversyn verify "$(echo "$head" | tr a-f A-F)"
exits 0 "a record of one row" -- "$OVERSYN" --db "$work/new.db" "$now" import holidays "$top_srcdir/config/model/helgdagar-2026-2031.csv"
exits 0 "is verified" -- "$OVERSYN" --db "$work/new.db" verify
says "$work/out" '1 row, ' "and counted as one"
exits 2 "a file without its kind" -- oversyn import rutiner.csv
says "$work/err" 'exceptions.*did you mean import routines rutiner.csv' "is told it, of all that there are"
plan
