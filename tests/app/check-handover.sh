#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# What changes hands: a successor, an end without one, new chairs at a new mandate. One
# letter each, once; nothing more to who has left.
. "${top_srcdir:?}/tests/app/tap.sh"
. "${top_srcdir:?}/tests/app/letters.sh"
db=$work/t.db

at() { # at DAY COMMAND…
	day=$1
	shift
	zone=+02:00
	case $day in 2026-1[12]* | 2027-0[123]* | 2027-1[12]*) zone=+01:00 ;; esac
	"$OVERSYN" "--now=${day}T08:00:00$zone" --db "$db" "$@"
}

cp -R "$top_srcdir/config/model" "$work/model"
chmod -R u+w "$work/model"

# ---- a new mandate ----
# Known in December, with the chairs of the old one.
exits 0 "import" -- at 2026-12-01 import "$work/model"
quiet at 2026-12-01 tick
for day in 2026-12-02 2026-12-15 2026-12-31; do quiet at $day tick; done
test "$(outbox new-chair | wc -l)" -eq 0
ok $? "before the mandate no chair is new"
for day in 2027-01-01 2027-01-02 2027-01-03; do quiet at $day tick; done
test "$(outbox new-chair | wc -l)" -eq 0
ok $? "nor on New Year's day, a Friday, or the weekend"
exits 0 "the first working day" -- at 2027-01-04 tick
outbox new-chair > "$work/chairs"
test "$(wc -l < "$work/chairs")" -ge 5
ok $? "chairs get a letter ($(wc -l < "$work/chairs"))"
test "$(sed 's/.*"to":"\([^"]*\)".*/\1/' "$work/chairs" | sort | uniq -d | wc -l)" -eq 0
ok $? "one each"
letter new-chair ordforande.son@tallvinge.example
says "$work/letter" "är du Ordförande socialnämnden" "it says which post"
says "$work/letter" "behöver inte göra något" "and that there is nothing to do"
before=$(outbox new-chair | wc -l)
outbox chair '"created":"2027-01-04' > "$work/same"
test ! -s "$work/same"
ok $? "and nothing else that day"
quiet at 2027-01-04 tick
quiet at 2027-01-05 tick
outbox chair '"created":"2027-01-05' > "$work/next"
says "$work/next" '"to":"ordforande.son@' "what nobody answers the day after"
test "$(outbox new-chair | wc -l)" -eq "$before"
ok $? "they are not told again"

# ---- a new chief at the same address ----
for day in 2027-01-11 2027-01-12 2027-01-25 2027-02-01 2027-02-15 2027-03-01 2027-03-15 2027-03-31; do
	quiet at $day tick
done
test "$(outbox hand-over | wc -l)" -eq 0
ok $? "nothing was handed over so far"
exits 0 "the day that fc.vof2 takes over" -- at 2027-04-01 tick
outbox hand-over > "$work/over"
test "$(wc -l < "$work/over")" -eq 1
ok $? "one letter hands it all over"
says "$work/over" '"to":"forvaltningschef.vof@tallvinge.example"' "to the address of the post"
letter hand-over forvaltningschef.vof@tallvinge.example
says "$work/letter" "Du tar över efter Förvaltningschef vård och omsorg" "after whom"
says "$work/letter" "april 2027 ansvarar du" "from which day"
says "$work/letter" "Förteckning över informationstillgångar" "and what"
says "$work/letter" "väntar på svar nu" "what was open is asked in it"
says "$work/letter" "GODKÄNNS" "and can be answered"
at 2027-04-01 --json outbox | grep '"to":"forvaltningschef.vof@tallvinge.example"' > "$work/vof"
test "$(tail -n 2 "$work/vof" | grep -c '"kind":"hand-over"')" -eq 1
ok $? "nothing else about it goes the same day"
at 2027-04-01 show F04 > "$work/show"
says "$work/show" "handed-over" "the record says so"
quiet at 2027-04-01 tick
quiet at 2027-04-02 tick
test "$(outbox hand-over | wc -l)" -eq 1
ok $? "and it is sent once"

# ---- an end without a successor ----
for day in 2027-04-15 2027-05-03 2027-05-17 2027-06-01 2027-06-15 2027-06-30; do quiet at $day tick; done
rector=$(mails_to rektor.sodra@tallvinge.example)
exits 0 "rek.b has left" -- at 2027-07-01 tick
outbox hand-over '"to":"verksamhetschef.grundskola@' > "$work/over"
test "$(wc -l < "$work/over")" -eq 1
ok $? "it goes up to vc.grund, in the recess too"
outbox coordinator | tail -n 1 > "$work/last"
says "$work/last" '"subject":"Att känna till 1 juli' "the coordinator is told the same day"
letter coordinator sakerhetschef@tallvinge.example
says "$work/letter" "Ingen efterträdare" "that there is no successor"
says "$work/letter" "Rektor Södra skolan | Verksamhetschef grundskola" "of whom, and who answers now"
for day in 2027-07-02 2027-08-09 2027-09-01; do quiet at $day tick; done
test "$(mails_to rektor.sodra@tallvinge.example)" -eq "$rector"
ok $? "nothing more goes to who has left"
test "$(outbox hand-over '"to":"verksamhetschef.grundskola@' | wc -l)" -eq 1
ok $? "and it was handed over once"

# ---- who says that somebody else should have it ----
file=$(eml hand-over verksamhetschef.grundskola@tallvinge.example)
answer() { # answer FROM WORDS
	mkdir -p "$db-mail/in/new" "$db-mail/in/cur" "$db-mail/in/tmp"
	n_answers=$((${n_answers:-0} + 1))
	{
		echo "From: $1"
		echo "To: $(address Reply-To "$file")"
		echo "Subject: Sv: Du tar över"
		echo "Message-ID: <answer$n_answers@tallvinge.example>"
		echo "In-Reply-To: $(header Message-ID "$file")"
		echo "Content-Type: text/plain; charset=utf-8"
		printf '\n%s\n' "$2"
	} > "$db-mail/in/new/answer$n_answers"
}
taken() { # taken PATTERN WORDS: how the last mail was
	at 2027-12-01 --json inbox | tail -n 1 > "$work/row"
	says "$work/row" "$1" "$2"
}
answer verksamhetschef.grundskola@tallvinge.example "FEL PERSON: biträdande rektor"
quiet at 2027-09-02 tick
taken '"status":"coordinator".*"verdict":"wrong-person"' "the coordinator hears that somebody else should have it"
letter receipt verksamhetschef.grundskola@tallvinge.example
says "$work/letter" "FEL PERSON | Samordnaren ser över" "and the sender that he does"
test "$(outbox not-understood | wc -l)" -eq 0
ok $? "nobody is asked what he meant"
answer verksamhetschef.grundskola@tallvinge.example "Varför får jag det här?"
quiet at 2027-09-02 tick
letter receipt verksamhetschef.grundskola@tallvinge.example
says "$work/letter" "Samordnaren läser det" "a question goes to the coordinator too"
had=$(mails_to verksamhetschef.lss@tallvinge.example)
answer verksamhetschef.lss@tallvinge.example "FEL PERSON: jag"
quiet at 2027-09-02 tick
taken '"reason":"somebody else answers' "so does what somebody else says"
test "$(mails_to verksamhetschef.lss@tallvinge.example)" -eq "$had"
ok $? "who hears nothing of it"

# ---- what two others had ----
sed -i -e 's/^\(T034;.*;\)vc.hemt;/\1vc.sabo;/' -e 's/^\(T039;.*;\)vc.lss;/\1vc.sabo;/' \
	"$work/model/informationstillgangar.csv"
exits 0 "another answers for two assets" -- at 2027-09-02 import "$work/model"
exits 0 "a dry run" -- at 2027-09-02 tick --dry-run
says "$work/out" "^hand-over .*verksamhetschef.sabo@" "shows who will be told"
exits 0 "a pass" -- at 2027-09-02 tick
outbox hand-over '"to":"verksamhetschef.sabo@' > "$work/over"
test "$(wc -l < "$work/over")" -eq 1
ok $? "the new holder is told in one letter"
letter hand-over verksamhetschef.sabo@tallvinge.example
says "$work/letter" "Från torsdagen den 2 september 2027 ansvarar du" "from when"
! grep -q "tar över efter" "$work/letter"
ok $? "and after nobody in particular: two had it"

# ---- an end that leaves nobody ----
sed -i 's/^\(rek.b;.*;BUF;\)vc.grund;/\1;/' "$work/model/roller.csv"
exits 0 "nobody is above rek.b any more" -- at 2027-09-03 import "$work/model"
exits 0 "a pass" -- at 2027-09-03 tick
letter coordinator sakerhetschef@tallvinge.example
says "$work/letter" "Rektor Södra skolan | ingen" "the coordinator is told that nobody gets any mail"
told=$(outbox coordinator | wc -l)
quiet at 2027-09-06 tick
test "$(outbox coordinator | wc -l)" -eq "$told"
ok $? "once"
exits 0 "the record holds" -- at 2027-09-06 verify
plan
