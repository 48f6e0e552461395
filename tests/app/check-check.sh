#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# check: findings with what to mend, and coverage per body in figures.
. "${top_srcdir:?}/tests/app/tap.sh"
now=--now=2027-01-11T08:00:00+01:00

oversyn() {
	"$OVERSYN" --db "$work/a.db" "$now" "$@"
}

exits 0 "the model imports" -- oversyn import "$top_srcdir/config/model"
exits 1 "its faults are found" -- oversyn --lang sv check
says "$work/out" '^Fel (2)' "gravest first"
says "$work/out" '^  Gör så här: låt KF besluta om ett nytt' "who has to decide anew"
says "$work/out" '^- R03 .*dataskyddsombudet (dso) står som ansvarig' "the officer as approver"
says "$work/out" '^- rek.b Rektor Södra skolan slutar 2027-06-30 utan efterträdare; 1 objekt går då till vc.grund' "who leaves, and what then"
says "$work/out" '^  Gör så här: lägg till en efterträdare' "and what to mend"
says "$work/out" '^KFN har\|^- KFN har ingen sammanträdesplan för 2028 ännu; 1 objekt' "a calendar that is not there yet"
says "$work/out" '^VN *4 *2 *50 %' "coverage per committee in figures"
exits 1 "in English" -- oversyn --lang en check
says "$work/out" '^Faults (2)' "too"
exits 1 "for programs" -- oversyn --json check
says "$work/out" '^{"finding":"levels-old","severity":"warning","about":"item","subject":"T007","body":"KS",' "an object for each finding"
says "$work/out" '^{"coverage":"BUN","items":18,"dated":17,' "and for each body"
test "$(grep -c '^{"finding"' "$work/out")" -eq 29
ok $? "all of them"

printf 'tillgång_id;namn;nämnd;K;R;T;intervall\nT9;Radar;KS;4;1;1;Årligen\n' > "$work/t.csv"
exits 1 "level 4 is refused" -- oversyn import assets "$work/t.csv"
says "$work/err" 't.csv:2:4: .*rikets säkerhet, which must not be in this register' "with the reason"

mkdir "$work/templates" "$work/templates/sv"
printf 'Subject: {{oops}}\n\nHej\n' > "$work/templates/sv/reminder.md"
printf 'database = "%s"\ntemplates = "%s"\n' "$work/a.db" "$work/templates" > "$work/a.conf"
exits 1 "a broken template" -- "$OVERSYN" --config "$work/a.conf" "$now" --json check
says "$work/out" '"finding":"template-broken".*oops' "is a finding like another"
plan
