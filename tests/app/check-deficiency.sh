#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# An employee reports a deficiency: receipt, letters, answers, reminders, counts; and
# nothing that was written stands anywhere but in the kept mail.
. "${top_srcdir:?}/tests/app/tap.sh"
db=$work/t.db
boss=sakerhetschef@tallvinge.example
brist=brist@tallvinge.example

at() { # at DAY HH:MM COMMAND…
	day=$1 clock=$2
	shift 2
	zone=+02:00
	case $day in 2027-0[123]*) zone=+01:00 ;; esac
	"$OVERSYN" "--now=${day}T$clock:00$zone" --db "$db" "$@"
}

mail() { # mail NAME FROM TO SUBJECT [HEADER]: text on standard input
	mkdir -p "$db-mail/in/new" "$db-mail/in/cur" "$db-mail/in/tmp"
	{
		[ -z "$2" ] || echo "From: $2"
		echo "To: $3"
		echo "Message-ID: <$1@t.example>"
		echo "Subject: $4"
		[ -z "${5:-}" ] || echo "$5"
		echo "Content-Type: text/plain; charset=utf-8"
		echo
		cat
	} > "$db-mail/in/new/$1"
}

outbox() { # outbox KIND: to whom, letter
	at 2027-04-12 09:00 --json outbox | grep "\"kind\":\"$1\""
}

token() { # token N KIND: of the Nth mail of a kind
	outbox "$2" | sed -n "$1s/.*\"message_id\":\"\([^.]*\).*/oversyn+\1@tallvinge.example/p"
}

cases() {
	at 2027-04-12 09:00 --json deficiencies > "$work/cases"
}

sent() { # every mail that went out, decoded
	find "$db-mail/out" -type f -path '*/new/*' -exec cat {} +
}

exits 0 "import" -- at 2027-04-11 07:00 import "$top_srcdir/config/model"
quiet at 2027-04-11 07:30 tick

mail one lisa@tallvinge.example "$brist" "Hemligheten Zebra" <<'TEXT'
Trygghetslarm: Zebra har samma lösenord hos alla.
TEXT
exits 0 "a report is read" -- at 2027-04-12 08:00 tick
cases
says "$work/cases" '"ref":"BR-27-0001-[A-Z2-7]\{4\}"' "it has a number of its own"
says "$work/cases" '"item":"T035"' "the item that it names is known"
says "$work/cases" '"sender":"inside"' "and that the sender is an employee"
ref=$(sed -n '1s/.*"ref":"\([^"]*\)".*/\1/p' "$work/cases")
outbox deficiency > "$work/out1"
says "$work/out1" '"to":"lisa@tallvinge.example".*'"$ref" "the sender gets a receipt with the number"
outbox deficiency-letter > "$work/out1"
test "$(wc -l < "$work/out1")" -eq 2
ok $? "two are told"
says "$work/out1" "\"to\":\"$boss\"" "the coordinator"
test "$(sed 's/.*"letter":"\([^"]*\)".*/\1/' "$work/out1" | sort -u | wc -l)" -eq 2
ok $? "in a letter of his own"
says "$work/out1" '"to":"verksamhetschef.hemtjanst@tallvinge.example"' "and who answers for the item"
sent > "$work/sent"
says "$work/sent" "Auto-Submitted: auto-replied" "the receipt says that no person wrote it"
says "$work/sent" "oversyn show $ref" "the letters say where to read it"
! grep -q "Zebra" "$work/sent"
ok $? "no mail repeats what was written"
for command in outbox inbox status deficiencies "--json inbox" "show T035"; do
	# shellcheck disable=SC2086
	at 2027-04-12 09:00 $command > "$work/quiet" 2>&1
	! grep -q "Zebra" "$work/quiet"
	ok $? "$command does not print it"
done
exits 0 "show" -- at 2027-04-12 09:00 show "$ref"
says "$work/out" "Zebra har samma" "show prints it"
says "$work/out" "t.db-mail/in\|maildir:" "and where the mail came from"
exits 0 "status" -- at 2027-04-12 09:00 status
says "$work/out" "1 open" "status counts"

# Not everything that comes to the address is a report.
mail auto lisa@tallvinge.example "$brist" "Autosvar" "Auto-Submitted: auto-replied" < /dev/null
mail list lisa@tallvinge.example "$brist" "Nyhetsbrev" "List-Id: <x.example>" < /dev/null
mail one2 lisa@tallvinge.example "$brist" "Hemligheten Zebra" < /dev/null
sed -i 's/^Message-ID: .*/Message-ID: <one@t.example>/' "$db-mail/in/new/one2"
exits 0 "machines, and a Message-ID that is taken, are read" -- at 2027-04-12 08:10 tick
cases
test "$(wc -l < "$work/cases")" -eq 1
ok $? "none of them opens a case"
at 2027-04-12 09:00 --json inbox open > "$work/open"
test "$(grep -c '"from":"lisa@' "$work/open")" -eq 3
ok $? "but a person sees what machines send to that address, and other words under a Message-ID that is taken"

# More about it, and others.
mail more lisa@tallvinge.example "$(token 1 deficiency)" "SV: Mottaget" <<'TEXT'
Jag glömde: Yxskaft också.
TEXT
mail two anna@gmail.example "BRIST+it@tallvinge.example" "T035 igen" <<'TEXT'
Samma dag, samma sak. F02 nämns inte, men Trygghetslarm gör det... och F03.
TEXT
mail three "" "$brist" "Okänd" <<'TEXT'
Ingen avsändare.
TEXT
exits 0 "more reports are read" -- at 2027-04-12 08:20 tick
cases
test "$(wc -l < "$work/cases")" -eq 3
ok $? "a reply to the receipt opens no case, others do"
says "$work/cases" '"ref":"BR-27-0002.*"sender":"outside","item":null' "several items named: none is guessed"
says "$work/cases" '"ref":"BR-27-0003.*"sender":"unknown"' "a mail without a sender opens one, too"
exits 0 "show" -- at 2027-04-12 09:00 show "$ref"
says "$work/out" "Yxskaft" "the first case holds the second mail"
two=$(sed -n '2s/.*"ref":"\([^"]*\)".*/\1/p' "$work/cases")
three=$(sed -n '3s/.*"ref":"\([^"]*\)".*/\1/p' "$work/cases")

# Answers. The coordinator's first letter is about the first case.
boss_letter=$(outbox deficiency-letter | grep -n "$boss" | head -n 1 | cut -d: -f1)
chief_letter=$((3 - boss_letter))
mail r1 verksamhetschef.hemtjanst@tallvinge.example "$(token "$chief_letter" deficiency-letter)" "Svar" <<'TEXT'
Inte min
TEXT
mail r2 "$boss" "$(token "$boss_letter" deficiency-letter)" "Svar" <<'TEXT'
Är en incident
TEXT
mail r3 evil@x.test "$(token "$boss_letter" deficiency-letter)" "Svar" <<'TEXT'
STÄNGD
TEXT
exits 0 "answers are read" -- at 2027-04-13 08:00 tick
cases
says "$work/cases" "\"ref\":\"$ref\".*\"state\":\"open\",\"incident\":true" "an incident it is, and open"
at 2027-04-13 09:00 inbox open > "$work/open"
says "$work/open" "evil@x.test" "a stranger's answer goes to a person"
exits 0 "why" -- at 2027-04-13 09:00 why T035
says "$work/out" "incident" "what it concerns is to be reviewed"

mail r4 "$boss" "$(token "$boss_letter" deficiency-letter)" "Svar" <<'TEXT'
Jag ska titta på det
TEXT
exits 0 "an answer that is none" -- at 2027-04-14 08:00 tick
outbox deficiency-letter | tail -n 1 > "$work/out1"
says "$work/out1" "$boss" "is asked back"

# Of a day, each counts.
exits 0 "the second concerns the same" -- at 2027-04-14 09:00 deficiency concerns "$two" T035
exits 0 "so does the third" -- at 2027-04-14 09:00 deficiency concerns "$three" t035
exits 2 "a word is no item" -- at 2027-04-14 09:00 deficiency concerns "$three" Zorro
exits 0 "why" -- at 2027-04-14 09:00 --lang en why T035
says "$work/out" "3 deficiencies were reported" "three of one day call for a review"
exits 0 "one was a mistake" -- at 2027-04-14 10:00 deficiency mistaken "$three" "ett missförstånd"
exits 0 "why" -- at 2027-04-14 10:00 --lang en why T035
! grep -q "deficiencies were reported" "$work/out"
ok $? "and does not count"

# Reminders.
count() { outbox deficiency-letter | grep -c "$boss"; }
quiet at 2027-04-15 08:00 tick
before=$(count)
quiet at 2027-04-16 08:00 tick
test "$(count)" -eq "$before"
ok $? "a day later nobody is reminded"
exits 0 "a dry run" -- at 2027-05-31 08:00 tick --dry-run
says "$work/out" "^deficiency .*$boss .*$ref" "tells of the letter"
quiet at 2027-05-31 08:00 tick
test "$(count)" -eq $((before + 1))
ok $? "weeks later the coordinator is, in one letter"
quiet at 2027-05-31 12:00 tick
test "$(count)" -eq $((before + 1))
ok $? "and once"
last=$(outbox deficiency-letter | wc -l)
mail r5 "$boss" "$(token "$last" deficiency-letter)" "Svar" <<'TEXT'
1 ÅTGÄRDAD: lösenorden är bytta
TEXT
exits 0 "the answer that closes is read" -- at 2027-06-01 08:00 tick
cases
says "$work/cases" "\"ref\":\"$ref\".*\"state\":\"closed\".*lösenorden" "it is closed, with its reason"
exits 0 "the console closes the other" -- at 2027-06-01 09:00 deficiency close "$two" "samma sak"
exits 2 "not twice" -- at 2027-06-01 09:00 deficiency close "$two" "samma sak"
exits 2 "not without a reason" -- at 2027-06-01 09:00 deficiency close "$three"
quiet at 2027-08-31 08:00 tick
test "$(count)" -eq $((before + 1))
ok $? "what is closed is not reminded of"

# A flood is kept, and told of once.
i=0
while [ $i -lt 14 ]; do
	i=$((i + 1))
	echo "nr $i" | mail "flood$i" flood@x.test "$brist" "Brist $i"
done
receipts=$(outbox deficiency | wc -l)
before=$(count)
quiet at 2027-09-01 08:00 tick
test "$(outbox deficiency | wc -l)" -eq $((receipts + 10))
ok $? "a flood gets no more receipts than the limit"
test "$(count)" -eq $((before + 1))
ok $? "and the coordinator one letter"
quiet at 2027-09-02 08:00 tick
test "$(count)" -eq $((before + 2))
ok $? "the rest is told of the day after"
exits 0 "the record holds" -- at 2027-09-03 09:00 verify
sent > "$work/sent"
! grep -q "Zebra\|Yxskaft\|lösenorden" "$work/sent"
ok $? "no mail has repeated anything"
plan
