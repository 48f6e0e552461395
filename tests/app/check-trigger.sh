#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# What happened, what was given another date, and what a change would move.
. "${top_srcdir:?}/tests/app/tap.sh"
now=--now=2027-01-11T08:00:00+01:00

oversyn() {
	"$OVERSYN" --db "$work/a.db" "$now" "$@"
}

exits 0 "the model imports" -- oversyn import "$top_srcdir/config/model"

exits 0 "a date is tried" -- oversyn trigger RSA 2027-12-01 --dry-run
says "$work/out" '^S03 *2027-10-31  2027-12-01 *2027-09-21 *2027-11-09' "and what it would move is shown"
exits 0 "but not kept" -- oversyn --json due
says "$work/out" '"item":"S03".*"due":"2027-10-31"' "the date is as before"
exits 0 "a date that somebody told" -- oversyn --json trigger rsa 2027-12-01
says "$work/out" '"item":"S03".*"due_before":"2027-10-31","due":"2027-12-01"' "takes the place of the register's"
exits 0 "it is kept" -- oversyn --json due
says "$work/out" '"item":"S03".*"due":"2027-12-01"' "with all that leans on it"
exits 0 "also when the register comes again" -- sh -c '
	"$1" --db "$2/a.db" "$3" import "$4/config/model" && "$1" --db "$2/a.db" "$3" --json due' \
	sh "$OVERSYN" "$work" "$now" "$top_srcdir"
says "$work/out" '"item":"S03".*"due":"2027-12-01"' "it stands"

exits 0 "a change of system at one asset" -- oversyn --json trigger systembyte 2027-01-10 T010
says "$work/out" '"item":"T010".*"due":"2027-03-11"' "calls for the asset's review"
says "$work/out" '"item":"R17".*"due":"2027-03-11"' "and for that of the routine linked to it"
exits 0 "why says so" -- oversyn --lang en why R17
says "$work/out" '2027-01-10' "with the day"
exits 0 "the record has it" -- oversyn verify
says "$work/out" 'the record holds' "and holds"

exits 2 "an event without a date" -- oversyn trigger rsa
exits 2 "a date that is none" -- oversyn trigger rsa 2027-02-31
says "$work/err" '2027-02-31 is no date' "is named"
exits 2 "an item that is none" -- oversyn trigger incident 2027-01-10 X99
says "$work/err" 'no item X99' "is named"
exits 2 "a name that is none" -- oversyn trigger 'new §' 2027-01-10
says "$work/err" 'is no event' "is named"
exits 2 "a name that nothing carries" -- oversyn trigger systmbyte 2027-01-10 T010
says "$work/err" 'systmbyte is no event' "is refused"
says "$work/err" ' incident, .* sammantradesplan, .*systembyte, .*, val, ' "with those that there are"
exits 0 "a cycle that only the register knows" -- oversyn trigger sammantradesplan 2027-11-23 --dry-run
exits 0 "a known event that no rule names" -- oversyn trigger lagändring 2027-01-10 --dry-run

sed 's/^inbjudan_dagar;42/inbjudan_dagar;30/' "$top_srcdir/config/model/kommun.csv" > "$work/kommun.csv"
exits 0 "a setting is tried" -- oversyn --lang sv import municipality "$work/kommun.csv" --dry-run
says "$work/out" '^4 av 130 objekt får en annan dag' "and what it would move is counted"
sed 's/^\(T001;.*\);Årligen;/\1;Vart fjärde år;/' "$top_srcdir/config/model/informationstillgangar.csv" > "$work/t.csv"
exits 0 "so is a rule" -- oversyn --json import assets "$work/t.csv" --dry-run
says "$work/out" '"item":"T001".*"due_before":"2027-03-20","due":"2030-03-20"' "before and after"
test "$(wc -l < "$work/out")" -eq 1
ok $? "nothing else moves"
exits 0 "and nothing is kept" -- oversyn --json due
says "$work/out" '"item":"T001".*"due":"2027-03-20"' "the date is as before"
printf 'objekt;frist;åtgärd;till;skäl\nT001;2027-03-20;flytta;2027-05-03;byte av system\nT002;2027-03-20;hoppa över;;avvecklas i vår\n' > "$work/undantag.csv"
exits 0 "one occurrence is moved, one skipped" -- oversyn import exceptions "$work/undantag.csv"
exits 0 "due" -- oversyn --json due
says "$work/out" '"item":"T001".*"due":"2027-05-03"' "the one then"
says "$work/out" '"item":"T002".*"due":"2028-03-20"' "the other next year"
plan
