#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# What keeps letters from flooding and from going where nobody is: the storm brake, the
# ceiling, the cap of a review, and mail that comes back.
. "${top_srcdir:?}/tests/app/tap.sh"
. "${top_srcdir:?}/tests/app/letters.sh"
db=$work/t.db conf=$work/o.conf
boss=sakerhetschef@tallvinge.example

at() { # at DAY COMMAND…
	day=$1
	shift
	zone=+01:00
	case $day in 2027-0[456789]*) zone=+02:00 ;; esac
	"$OVERSYN" "--now=${day}T08:00:00$zone" --config "$conf" --db "$db" "$@"
}

letters() {
	at 2027-12-01 --json outbox | wc -l
}

: > "$conf"
cp -R "$top_srcdir/config/model" "$work/model"
chmod -R u+w "$work/model"

# ---- the ceiling ----
echo 'ceiling = 5' > "$conf"
exits 0 "import" -- at 2027-01-11 import "$work/model"
at 2027-01-11 tick --dry-run | grep -v '^finding' > "$work/wanted"
exits 0 "a pass with a ceiling" -- at 2027-01-11 tick
says "$work/out" "letters wait for the next pass" "says what waits"
at 2027-01-11 --json outbox > "$work/first"
test "$(wc -l < "$work/first")" -eq 5
ok $? "it sends so many letters"
head -n 5 "$work/wanted" | sed 's/.* \([^ ]*@[^ ]*\) .*/\1/' | sort > "$work/a"
sed 's/.*"to":"\([^"]*\)".*/\1/' "$work/first" | sort > "$work/b"
cmp -s "$work/a" "$work/b"
ok $? "the most urgent ones"
: > "$conf"
exits 0 "the next pass" -- at 2027-01-11 tick
test "$(letters)" -eq "$(wc -l < "$work/wanted")"
ok $? "sends the rest: nothing is lost, nothing twice"

# ---- a storm ----
for day in 2027-01-12 2027-01-18 2027-01-25 2027-02-01; do quiet at $day tick; done
before=$(letters)
cp -R "$work/model" "$work/wrong"
# A file with reviews that all were years ago.
sed -i 's/;20[0-9][0-9]-\([0-9][0-9]-[0-9][0-9];Årligen\)/;2019-\1/' \
	"$work/wrong/informationstillgangar.csv"
sed -i 's/^\(mejlstorm.*\)//' "$work/wrong/kommun.csv"
printf 'mejlstorm_antal;8;\n' >> "$work/wrong/kommun.csv"
exits 0 "a file with wrong dates" -- at 2027-02-02 import "$work/wrong"
exits 4 "the pass stops" -- at 2027-02-02 tick
says "$work/err" "outbox release" "and says how to go on"
test "$(letters)" -eq $((before + 1))
ok $? "one mail is all that goes"
letter stopped $boss
says "$work/letter" "Stoppat: [0-9]* brev väntar" "it tells the coordinator"
says "$work/letter" "oversyn outbox release" "and what to do"
exits 0 "a dry run" -- at 2027-02-02 tick --dry-run
says "$work/out" "^stopped  .*letters" "says that it would stop"
exits 4 "it stays stopped" -- at 2027-02-03 tick
test "$(letters)" -eq $((before + 1))
ok $? "and the coordinator is told once"
exits 0 "verify" -- at 2027-02-03 verify
head=$(sed -n 's/.* head //p' "$work/out")
exits 0 "a head that was kept" -- at 2027-02-03 verify "$head"
exits 1 "one that is none" -- at 2027-02-03 verify "$(echo "$head" | tr 0-9 1-90)"
says "$work/err" 'no row of the record has the hash' "is said to be none"
cp "$db" "$work/stopped.db"

# Mended, it goes on by itself.
cp "$work/model/informationstillgangar.csv" "$work/wrong/"
exits 0 "the right file again" -- at 2027-02-04 import "$work/wrong"
exits 0 "it goes on" -- at 2027-02-04 tick
quiet at 2027-02-05 tick
test "$(outbox stopped | wc -l)" -eq 1
ok $? "with no further word"

# Or somebody lets go.
back "$work/stopped.db" "$db"
exits 0 "somebody lets go" -- at 2027-02-04 outbox release
echo 'ceiling = 9' > "$conf"
exits 0 "the letters go" -- at 2027-02-04 tick
says "$work/out" "letters wait" "under the ceiling"
exits 0 "and the rest of them" -- at 2027-02-04 tick
: > "$conf"
exits 0 "all of them" -- at 2027-02-05 tick
test "$(letters)" -gt $((before + 15))
ok $? "which nobody could foresee"
test "$(outbox stopped | wc -l)" -eq 1
ok $? "and nothing stops again"

# A clock that is years ahead.
exits 4 "a clock that is off stops the pass" -- at 2031-02-04 tick

# ---- mail that comes back ----
rm -rf "$db" "$db-lock" "$db-mail"
exits 0 "import" -- at 2027-01-11 import "$top_srcdir/config/model"
quiet at 2027-01-11 tick
outbox invitation '"to":"it-chef@' > "$work/itchef"
outbox overdue '"to":"it-chef@' >> "$work/itchef"
id=$(head -n 1 "$work/itchef" | sed 's/.*"message_id":"\([^"]*\)".*/\1/')
test -n "$id"
ok $? "the it-chef has letters"
letter invitation forvaltningschef.sof@tallvinge.example
says "$work/letter" 'påminner vi dig måndagen den 18 januari 2027' "an invitation names the day of the reminder"

report() { # report NAME RECIPIENT ACTION STATUS MESSAGE-ID SAID
	mkdir -p "$db-mail/in/new" "$db-mail/in/cur" "$db-mail/in/tmp"
	cat > "$db-mail/in/new/$1" <<MAIL
Return-Path: <>
From: MAILER-DAEMON@mx.tallvinge.example
To: oversyn@tallvinge.example
Subject: Undelivered Mail Returned to Sender
Message-ID: <$1@mx.tallvinge.example>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="r"

--r
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.tallvinge.example

Final-Recipient: rfc822; $2
Action: $3
Status: $4
Diagnostic-Code: smtp; $6
--r
Content-Type: text/rfc822-headers

Message-ID: <$5>
--r--
MAIL
}

last() { # last WHAT WORDS: how the last mail was taken
	at 2027-12-01 --json inbox | tail -n 1 > "$work/row"
	says "$work/row" "$1" "$2"
}

fate() { # of the mail that is reported
	at 2027-12-01 --json outbox | grep -F "\"message_id\":\"$id\"" > "$work/fate"
	says "$work/fate" "$1" "$2"
}

had=$(mails_to it-chef@tallvinge.example)
report delay it-chef@tallvinge.example delayed 4.4.1 "$id" "450 4.4.1 try again"
quiet at 2027-01-12 tick
fate '"status":"accepted"' "a mail that is late has not failed"
last '"status":"kept"' "a delay is only noted"
report full it-chef@tallvinge.example failed 5.2.2 "$id" "552 5.2.2 mailbox full"
quiet at 2027-01-12 tick
last '"status":"kept"' "so is a full mailbox"
fate '"status":"failed","attempts":1,.*"answer":"came back: 552 5.2.2 mailbox full"' "but the mail has failed"
outbox outbox > "$work/told"
says "$work/told" '"to":"sakerhetschef@.*"subject":"Mejl som inte kommer fram' "and the coordinator is told"
report policy it-chef@tallvinge.example failed 5.7.1 "$id" "550 5.7.1 blocked"
quiet at 2027-01-12 tick
last '"status":"coordinator"' "a refusal for another reason a person looks at"
report forged it-chef@tallvinge.example failed 5.1.1 "made-up.1@tallvinge.example" "550 5.1.1 no"
quiet at 2027-01-12 tick
last '"reason":"[^"]*names no mail of ours' "a report without our Message-ID does nothing"
report other ekonomichef@tallvinge.example failed 5.1.1 "$id" "550 5.1.1 no"
quiet at 2027-01-12 tick
last '"reason":"[^"]*another address' "nor one for another address than that mail went to"
test "$(outbox hand-over | wc -l)" -eq 0
ok $? "nobody has lost a role so far"

report gone it-chef@tallvinge.example failed 5.1.1 "$id" "550 5.1.1 User unknown"
exits 0 "a mailbox that is not there" -- at 2027-01-13 tick
last '"reason":"there is no such mailbox: its role' "makes its role vacant"
test "$(mails_to it-chef@tallvinge.example)" -eq "$had"
ok $? "nothing more is written to it"
outbox hand-over '"to":"enhetschef.itdrift@' > "$work/over"
test "$(wc -l < "$work/over")" -ge 1
ok $? "its deputy takes over"
letter hand-over enhetschef.itdrift@tallvinge.example
says "$work/letter" "Mejl till It-chef kommer inte fram" "for whom"
says "$work/letter" "väntar på svar nu" "with what waited for an answer"
says "$work/letter" "redan försenat" "and is late"
outbox coordinator '"created":"2027-01-13' > "$work/told"
test "$(wc -l < "$work/told")" -eq 1
ok $? "the coordinator gets one letter"
letter coordinator $boss
says "$work/letter" "It-chef | it-chef@tallvinge.example: 550 5.1.1 User unknown" "which role, which address, what the server said"
says "$work/letter" "Enhetschef it-drift" "and who answers now"
report again it-chef@tallvinge.example failed 5.1.1 "$id" "550 5.1.1 User unknown"
quiet at 2027-01-13 tick
quiet at 2027-01-14 tick
test "$(outbox coordinator | grep -c 'it-chef')" -eq "$(grep -c 'it-chef' "$work/told")"
ok $? "once"
exits 1 "an address that is not dead" -- at 2027-01-14 record alive kommundirektor@tallvinge.example
exits 0 "mail reaches it again" -- at 2027-01-14 record alive IT-chef@tallvinge.example
quiet at 2027-01-15 tick
test "$(outbox hand-over '"to":"it-chef@' | wc -l)" -ge 1
ok $? "and the role has its work back"

# Another address for the role mends it too.
report gone2 it-chef@tallvinge.example failed 5.1.1 "$id" "550 5.1.1 User unknown"
quiet at 2027-01-18 tick
had=$(mails_to it-chef@tallvinge.example)
sed 's/it-chef@tallvinge/itchef@tallvinge/' "$work/model/roller.csv" > "$work/roller.csv"
exits 0 "a new address" -- at 2027-01-18 import roles "$work/roller.csv"
quiet at 2027-01-19 tick
test "$(outbox hand-over '"to":"itchef@' | wc -l)" -ge 1
ok $? "gets the work back"
test "$(mails_to it-chef@tallvinge.example)" -eq "$had"
ok $? "and the dead one nothing"

# ---- so many mails about one review ----
printf 'nyckel;värde;anm\n' > "$work/kommun.csv"
grep -v '^nyckel' "$work/model/kommun.csv" >> "$work/kommun.csv"
printf 'mejl_per_granskning;2;\n' >> "$work/kommun.csv"
exits 0 "two mails at most" -- at 2027-01-20 import municipality "$work/kommun.csv"
for day in 20 21 22 25 26 27 28 29; do quiet at 2027-01-$day tick; done
for day in 01 02 03 04 05 08 09 10 11 12 15 16 17 18 19 22 23 24 25 26; do quiet at 2027-02-$day tick; done
outbox chair > "$work/chairs"
test "$(wc -l < "$work/chairs")" -eq 0
ok $? "no chair hears of anything: two mails had gone"
for told in $(outbox coordinator | sed 's/.*"message_id":"\([^"]*\)".*/\1/'); do
	python3 "$top_srcdir/tests/app/plain.py" "$(grep -rl "^Message-ID: <$told>" "$db-mail/out" | head -n 1)"
done > "$work/all"
says "$work/all" "Inga fler mejl" "the coordinator hears of it"
sed -n '/Inga fler mejl/,/^---$/p' "$work/all" | grep '^| [^DI-]' | sort | uniq -d > "$work/twice"
test ! -s "$work/twice"
ok $? "once for each review"
exits 0 "the record holds" -- at 2027-03-01 verify

# A setting that would stop everything.
printf 'nyckel;värde;anm\nnamn;X;\nmejl_per_granskning;0;\n' > "$work/kommun.csv"
exits 1 "no mail at all is refused" -- at 2027-03-01 import municipality "$work/kommun.csv"
says "$work/err" "kommun.csv:3:.*mejl_per_granskning" "with file and line"
plan
