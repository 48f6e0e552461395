#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# The demo: a year passes, the letters are real mail, twice gives the same bytes.
. "${top_srcdir:?}/tests/app/tap.sh"

exits 0 "the demo runs" -- "$OVERSYN" demo "$work/demo"
says "$work/out" '^SON ' "a row per committee"
cp "$work/out" "$work/first"
letters=$(find "$work/demo/letters" -name '*.eml' | wc -l)
test "$letters" -gt 200
ok $? "letters lie as .eml ($letters)"

for kind in paragraph adjusted returned; do
	find "$work/demo/letters" -name "*-$kind-*.eml" | grep -q .
	ok $? "there are letters of the kind $kind"
done
(cd "$work/demo/letters" && sha256sum ./*.eml) > "$work/sums"
exits 0 "the demo runs again over itself" -- "$OVERSYN" demo "$work/demo"
cmp -s "$work/out" "$work/first"
ok $? "it says the same"
(cd "$work/demo/letters" && sha256sum ./*.eml) | cmp -s - "$work/sums"
ok $? "and writes the same bytes"

conf="--config $work/demo/oversyn.conf"
# shellcheck disable=SC2086
{
	exits 0 "the record holds" -- "$OVERSYN" $conf verify
	exits 0 "the inbox lists" -- "$OVERSYN" $conf --json inbox
	grep '"class":"auto-reply"' "$work/out" | grep -qv '"verdict":"none"'
	test $? -ne 0
	ok $? "no automatic reply has a verdict"
	says "$work/out" '"class":"auto-reply"' "there are automatic replies"
	says "$work/out" '"verdict":"approve","review":"[^"]*"' "there are approvals"
	says "$work/out" '"verdict":"extension"' "there are extensions"
	says "$work/out" '"verdict":"decision","review":"[^"]*"' "secretaries report decisions"
	says "$work/out" '"verdict":"changes"' "there are changes"
	says "$work/out" '"verdict":"wrong-person"' "there are wrong persons"
	says "$work/out" 'men skolskjuts\|"verdict":"question"\|"verdict":"unclear"' "a yes with a but is no approval"
}

# ---- every example of an answer ends as it should ----
cp "$work/out" "$work/inbox"
tells() { # tells ARGUMENT…: what tests/app/demo.py finds, a line each
	python3 "$top_srcdir/tests/app/demo.py" "$@" > "$work/told" || echo "not ok $*" >> "$work/told"
	while read -r line; do
		case $line in
		"ok "*) ok 0 "${line#ok }" ;;
		*) ok 1 "${line#not ok }" ;;
		esac
	done < "$work/told"
}
tells examples "$work/demo" "$work/inbox" "$OVERSYN $conf"

# ---- and every event of the year has come to what it should ----
at_end() {
	# shellcheck disable=SC2086
	"$OVERSYN" $conf --now=2027-12-31T12:00:00+01:00 "$@"
}
shown() { # shown ITEM: with its record, into $work/shown, a row of it on one line
	at_end show "$1" | awk '/^[a-z]/ { if (n++) print "" } { printf "%s ", $0 } END { print "" }' |
		tr -s ' ' > "$work/shown"
}
wrote() { # wrote DAY KIND TO WORDS…: there is such a letter
	find "$work/demo/letters" -name "*-$1-$2-$3.eml" | grep -q .
	ok $? "$4"
}
none() { # none PATTERN WORDS…: no letter has such a name
	find "$work/demo/letters" -name '*.eml' | grep -e "$1" > "$work/found"
	test ! -s "$work/found"
	ok $? "$2"
}
letter() { # letter DAY KIND TO: its text into $work/letter
	python3 "$top_srcdir/tests/app/demo.py" text "$work/demo" "$1-$2-$3" > "$work/letter"
}
grep -q never "$work/first"
test $? -ne 0
ok $? "all that is told of the year has been"
test "$(grep -c '^2027-' "$work/first")" -ge 17
ok $? "and it tells of seventeen events or more"

says "$work/first" '^2027-01-01 .* 0 mails' "who has left office gets no mail"
wrote '*' chair ordforande.mbn "the new chairs do"

wrote 2027-01-18 deputy bibliotekschef "18 January: her deputy is asked for who is away"
shown R37
says "$work/shown" 'signoff verdict=approve role=ec.bib deputy=yes' "and signs"

wrote 2027-02-03 not-counted verksamhetschef.ifo "3 February: the chief hears that somebody else answered"
shown R25
grep -q 'role=sf.sof' "$work/shown"
test $? -ne 0
ok $? "whose answer is no sign-off"

letter 2027-02-10 not-understood verksamhetschef.grundskola
says "$work/letter" 'Godkänns men skolskjuts är inte klart' "10 February: a yes with a but is asked back"

shown F09
says "$work/shown" 'decision body=VN outcome=approved date=2027-03-15 paragraph=§ 7' "15 March: the election committee's § 7 stands"
at_end --json due > "$work/due"
says "$work/due" '"item":"F09".*"due":"2028-03-15"' "and its inventory has a date"

tells calendar "$work/demo"
tells extensions "$work/demo"

shown F13
says "$work/shown" 'review F13.2: .*signed 2027-04' "1 April: the new head of care signs what was open"
says "$work/shown" 'signoff verdict=approve role=fc.vof2' "in her own name"
shown F04
says "$work/shown" 'signoff verdict=approve role=fc.vof deputy' "what her predecessor signed stays his"
letter 2027-04-01 hand-over forvaltningschef.vof
says "$work/letter" 'Register över personuppgiftsbehandlingar' "it is handed over to her the same day"

wrote 2027-04-12 receipt nattpatrull "12 April: who reports a deficiency gets a receipt"
letter 2027-04-12 deficiency-letter sakerhetschef
says "$work/letter" 'personuppgiftsincident' "the coordinator is asked whether it is an incident"
tells secret "$work/demo" "samma lösenord"

shown T040
says "$work/shown" 'act by 2027-05-05, due 2027-05-06' "6 May is a holiday: the work must be ready before"
wrote 2027-05-07 overdue verksamhetschef.sabo "and is overdue on the Friday, where that is worked"
mkdir "$work/off"
cp "$top_srcdir"/config/model/*.csv "$work/off"
sed '/^2027-05-07;/s/;ja/;nej/' "$top_srcdir/config/model/helgdagar-2026-2031.csv" > "$work/off/helgdagar-2026-2031.csv"
exits 0 "where it is not" -- "$OVERSYN" --db "$work/off.db" --now=2027-04-01T08:00:00+02:00 import "$work/off"
"$OVERSYN" --db "$work/off.db" --now=2027-05-07T08:00:00+02:00 tick --dry-run > "$work/out"
grep -q '^overdue' "$work/out"
test $? -ne 0
ok $? "nothing goes out that Friday"
"$OVERSYN" --db "$work/off.db" --now=2027-05-10T08:00:00+02:00 tick --dry-run > "$work/out"
says "$work/out" '^overdue .*verksamhetschef.sabo.* T040' "but on Monday 10 May"

shown T023
says "$work/shown" 'review-void state=superseded reason=handed-on' "30 June: what a head teacher leaves behind is void"
says "$work/shown" 'handed-over from=rek.b to=vc.grund' "and handed over to the superior"
wrote 2027-07-01 hand-over verksamhetschef.grundskola "who is told the next day"
says "$work/shown" 'signoff verdict=approve role=vc.grund' "and answers in his place"
letter 2027-07-01 coordinator sakerhetschef
says "$work/letter" 'Ingen efterträdare.*Rektor Södra skolan | Verksamhetschef grundskola' "the coordinator is warned"
none '2027-\(0[7-9]\|1.\)-.*-rektor.sodra' "nobody writes to him any more"
exits 1 "the check" -- "$OVERSYN" --config "$work/demo/oversyn.conf" --now=2027-07-01T08:00:00+02:00 check
says "$work/out" 'rek.b .* ended on 2027-06-30; 1 item goes to vc.grund' "says so as well"

wrote 2027-06-24 last-reminder rektor.norra "30 June: reminders of what falls in the recess go before it"
none '2027-\(06-\(29\|30\)\|07-..\|08-0[1-8]\)-\(invitation\|reminder\|last-reminder\)' "and none goes in it"

shown R18
says "$work/shown" 'review R18.4: .*due 2027-10-23' "24 August: the routine of a replaced system is due sixty days after"

shown T042
says "$work/shown" 'record .* 2027-09-01.* review-void state=cancelled reason=retired' "1 September: the review of a retired system ends, with the reason"
says "$work/shown" 'review T042.1: closed' "what was reviewed before is still there"
wrote 2027-09-01 '*' bibliotekschef "its owner is told"
grep '"item":"T042"' "$work/due" | grep -q '"status":"none"'
ok $? "and it is asked for no more"

shown S06
says "$work/shown" 'decision body=KS outcome=approved date=2027-10-12' "12 October: the board decides the risk analysis"
shown S05
says "$work/shown" '2027-10-13.* review-moved' "the plan for crises is due earlier"
shown S03
says "$work/shown" 'decision body=KS outcome=approved date=2027-11-16' "the guideline is taken up after it"

shown U01-vc.hemt
says "$work/shown" 'act by 2027-10-29, due 2027-10-31' "31 October is a Sunday: by Friday 29 October"
says "$work/shown" 'signoff verdict=approve role=vc.hemt' "chiefs attest"
letter 2027-09-17 invitation verksamhetschef.hemtjanst
says "$work/letter" 'intygar du' "what they are asked to attest"

ready=$(sed -n 's/.*"item":"F01".*"act_by":"\([^"]*\)".*/\1/p' "$work/due")
grep -q "^KS;2028-.*;$ready;" "$top_srcdir/config/demo/sammantraden-2028.csv"
ok $? "16 November: what had no meeting has a day ($ready)"
says "$work/first" '^2027-11-16 .* [1-9][0-9]* items' "and so have others"

wrote 2027-09-28 invitation kanslichef "31 December: what only the council of 13 December can renew is asked for in September"
"$OVERSYN" --db "$work/off.db" --now=2027-09-28T08:00:00+02:00 why S01 > "$work/why"
says "$work/why" 'KF 2027-12-13' "which is the last that can"

# Whoever reads Swedish is left no English in the tables: the last column, and the second.
for what in inbox outbox; do
	for lang in sv en; do
		at_end --lang $lang $what | awk -F '  +' -v c=$what '{ print c == "inbox" ? $NF : $2 "\n" $3 }' |
			sort -u > "$work/$lang"
	done
	test "$(comm -12 "$work/sv" "$work/en" | grep -vc '^Status$')" -eq 0
	ok $? "in Swedish no word of the $what is English"
done

for ref in F04 "$(at_end --json deficiencies | sed -n 's/.*"ref":"\([^"]*\)".*/\1/p' | head -n 1)"; do
	at_end --lang sv show "$ref" >> "$work/leads"
done
says "$work/leads" '^granskning F04.1: stängd; brev ' "what is shown of a review is Swedish"
says "$work/leads" '^brist BR-.*: stängd; anmäld ' "and of a deficiency"
grep -qE '^(letter|mail|review|record|deficiency|closed|told) ' "$work/leads"
ok $((1 - $?)) "to the last line"
at_end --lang sv verify > "$work/verify"
says "$work/verify" '^protokollet håller: ' "so does what the record is found to be"

mkdir "$work/mine"
exits 4 "a folder that is no demo's is left alone" -- "$OVERSYN" demo "$work/mine"
plan
