#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# plan: the time to come, a smoother one, and changes that are only tried.
. "${top_srcdir:?}/tests/app/tap.sh"
now=--now=2027-01-11T08:00:00+01:00

oversyn() {
	"$OVERSYN" --db "$work/a.db" "$now" "$@"
}

exits 0 "the model imports" -- oversyn import "$top_srcdir/config/model"
exits 0 "the coming year by week" -- oversyn plan
says "$work/out" '^2027-W02  2027-01-11  24 .*peak' "what is late comes first"
says "$work/out" '^2027-W11  2027-03-15  12  ' "and March is full"
test "$(wc -l < "$work/out")" -eq 54
ok $? "a row for each week"
exits 0 "four years" -- oversyn plan --months 48
test "$(wc -l < "$work/out")" -eq 210
ok $? "of weeks"
exits 0 "by body" -- oversyn --lang sv plan --by body
says "$work/out" '^SON ' "each with its own"
exits 0 "by role" -- oversyn plan --by role --json
says "$work/out" '"role":"fc.vof","reviews":' "for programs, week by week"
exits 2 "not by moon" -- oversyn plan --by moon
exits 2 "nor for ever" -- oversyn plan --months 49

exits 0 "due dates before" -- oversyn --json due
sed 's/"act_by":"[^"]*"//; s/"act_basis":"[^"]*"//' "$work/out" > "$work/before"
exits 0 "a smoother plan is proposed" -- oversyn --lang sv plan --level
says "$work/out" '^T001 *2027-03-20 *2027-03-19 *2027-03-12' "earlier, never later"
says "$work/out" 'Mest en vecka: 10, förut 12' "with what it gains"
exits 0 "and not applied" -- oversyn --lang sv plan --level
says "$work/out" 'Mest en vecka: 10, förut 12' "until it is told"
exits 0 "applied" -- oversyn plan --level --apply
exits 0 "there is no more to gain" -- oversyn --lang sv plan --level
says "$work/out" '^0 granskningar planeras tidigare' "the second time"
exits 0 "due dates after" -- oversyn --json due
sed 's/"act_by":"[^"]*"//; s/"act_basis":"[^"]*"//' "$work/out" > "$work/after"
cmp -s "$work/before" "$work/after"
ok $? "are as before"
exits 0 "why says so" -- oversyn --lang sv why T001
says "$work/out" 'planerat till en tidigare dag (jämnare år)' "with the reason"
exits 2 "apply what?" -- oversyn plan --apply

exits 0 "a setting is tried" -- oversyn plan --set inbjudan_dagar=30 --set stopp_dagar=28
says "$work/out" '^4 of 130 items get another date' "and counted"
exits 0 "a rule is tried" -- oversyn plan --rule 'T005=Vart fjärde år'
says "$work/out" '^T005  2027-04-22  2027-10-02' "its contract ends first"
exits 2 "a setting that is none" -- oversyn plan --set inbjudan=30
says "$work/err" 'unknown key "inbjudan"' "is named"
exits 2 "an item that is none" -- oversyn plan --rule X9=Årligen
plan
