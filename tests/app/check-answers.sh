#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# What a sender hears back, how often, and how an answer is taken back: whole mails
# through the whole program.
. "${top_srcdir:?}/tests/app/tap.sh"
db=$work/t.db
in=$db-mail/in
printf 'trust {\n\tauthserv_id = "mx.tallvinge.example"\n}\n' > "$work/o.conf"

at() { # at DAY HH:MM COMMAND…
	now=2027-$1T$2:00+01:00
	shift 2
	"$OVERSYN" --config "$work/o.conf" "--now=$now" --db "$db" "$@"
}

# reply NAME FROM TO TEXT: as a mail program would send it; \n is a line end
reply() {
	mkdir -p "$in/new" "$in/cur" "$in/tmp"
	{
		echo "Authentication-Results: mx.tallvinge.example; dmarc=pass header.from=${2#*@}"
		echo "From: $2"
		echo "To: $3"
		echo "Message-ID: <$1@t.example>"
		echo "Subject: Svar"
		[ -z "${extra:-}" ] || echo "$extra"
		echo "Content-Type: text/plain; charset=utf-8"
		echo
		printf '%b\n' "$4"
	} > "$in/new/$1"
}

# letter WHO: the open letter to them: to whom, where its answer goes, its reference.
letter() {
	at 01-12 09:00 --json outbox | grep -E '"kind":"(invitation|reminder|last-reminder|overdue)"' |
		grep "\"to\":\"$1@" | sed -n 1p |
		sed 's/.*"message_id":"\([^.]*\)[^"]*".*"to":"\([^"]*\)","letter":"\([^"]*\)".*/\2 oversyn+\1@tallvinge.example \3/'
}

mails() { # what has gone out as an answer to the letter REF, the latest's kind last
	at 01-12 09:00 --json outbox | grep "\"letter\":\"$1\"" | sed 's/.*"kind":"\([^"]*\)".*/\1/'
}

latest() { # the text of the latest mail about the letter REF, as it went out
	id=$(at 01-12 09:00 --json outbox | grep "\"letter\":\"$1\"" | tail -n 1 | sed 's/.*"message_id":"\([^"]*\)".*/\1/')
	grep -rlF "<$id>" "$db-mail/out" | head -n 1 > "$work/file"
	python3 - "$(cat "$work/file")" > "$work/mail" <<-'PYTHON'
		import email, email.policy, sys
		m = email.message_from_file(open(sys.argv[1], newline=""), policy=email.policy.default)
		for name in ("Subject", "Auto-Submitted", "X-Auto-Response-Suppress", "In-Reply-To"):
		    print(name + ":", m[name])
		for kind in ("plain", "html"):
		    print("==", kind)
		    print(m.get_body((kind,)).get_content())
		for part in m.walk():
		    if part.get_content_type() == "text/calendar":
		        print("== calendar")
		        print(part.get_content().replace("\r\n ", ""))
	PYTHON
	tr -d '\r' < "$work/mail" | tr '\n' ' ' > "$work/flat"
}

inbox_of() { # inbox_of NAME WHAT WORDS: of the mail of that name
	python3 -c 'import sqlite3, sys
print(sqlite3.connect(sys.argv[1]).execute("SELECT id FROM inbox WHERE name = ?", sys.argv[2:]).fetchone()[0])' \
		"$db" "$1" > "$work/id"
	inbox "$(cat "$work/id")" "$2" "$3"
}

inbox() { # inbox N WHAT WORDS
	at 01-12 09:00 --json inbox | grep "\"id\":$1," > "$work/row"
	says "$work/row" "$2" "$3"
}

state() { # of the reviews of the letter REF, in their order
	at 01-12 09:00 show "$1" | sed -n 's/^review [^:]*: \([^;]*\);.*/\1/p' | tr '\n' ' ' | sed 's/ $//'
}

is() { # is GOT WANTED WORDS
	test "$1" = "$2"
	ok $? "$3 ($1)"
}

# One of them has a protected name.
cp -r "$top_srcdir/config/model" "$work/model"
chmod -R u+w "$work/model"
sed -i '1s/$/;namn_skyddat/; /^T043;/s/$/;ja/; 2,${/^T043;/!s/$/;/}' "$work/model/informationstillgangar.csv"
# The coordinator has another title than the model's.
sed -i 's/^sakchef;Säkerhetschef;/sakchef;Trygghetssamordnare;/' "$work/model/roller.csv"
exits 0 "import" -- at 01-11 07:00 import "$work/model"
exits 0 "letters go out" -- at 01-11 08:00 tick
letter kommundirektor > "$work/one"
letter forvaltningschef.sof > "$work/two"
letter hr-chef > "$work/three"
letter enhetschef.fritid > "$work/four"
read -r from to ref < "$work/one"
read -r from2 to2 ref2 < "$work/two"
read -r from3 to3 ref3 < "$work/three"
read -r from4 to4 ref4 < "$work/four"
test -n "$ref" && test -n "$ref2" && test -n "$ref3" && test -n "$ref4"
ok $? "to $from, $from2, $from3 and $from4"
before=$(state "$ref")

# ---- an answer, its receipt, and back
reply a1 "$from" "$to" "GODKÄNNS"
exits 0 "an approval is read" -- at 01-12 08:00 tick
signed=$(state "$ref")
is "$(printf %s "$signed" | grep -c open)" 0 "it signs all of the letter"
latest "$ref"
says "$work/flat" "Auto-Submitted: auto-replied" "the receipt says that no person wrote it"
says "$work/flat" "X-Auto-Response-Suppress: DR, RN, NRN, OOF, AutoReply" "and asks for no automatic answer"
says "$work/flat" "In-Reply-To: <a1@t.example>" "it stands below the answer"
says "$work/flat" "Svara ÅNGRA på det här mejlet till och med tisdagen den 19 januari 2027" "it says until when it can be undone"
says "$work/flat" "body=%C3%85NGRA" "and does it with one tap"
says "$work/flat" "METHOD:CANCEL" "the event is taken away"
sequence=$(sed -n 's/^SEQUENCE:\([0-9]*\).*/\1/p' "$work/mail")

reply a2 "$from" "$to" "ÅNGRA"
exits 0 "the sender takes it back" -- at 01-12 08:05 tick
is "$(state "$ref")" "$before" "the letter is as it was"
latest "$ref"
says "$work/flat" "öppen igen" "the receipt says what is open again"
says "$work/flat" "METHOD:REQUEST" "the event comes back"
is "$(sed -n 's/^SEQUENCE:\([0-9]*\).*/\1/p' "$work/mail")" "$((sequence + 1))" "with the next sequence"
at 01-12 09:00 show "$ref" > "$work/show"
says "$work/show" "signoff-withdrawn" "the record says so"
says "$work/show" "signoff" "and keeps what was signed"
inbox 2 '"verdict":"undo"' "the inbox says what it was"

# The same mail once more undoes nothing more.
reply a3 "$from" "$to" "1 GODKÄNNS"
exits 0 "one is signed" -- at 01-12 08:10 tick
one=$(state "$ref")
reply a2 "$from" "$to" "ÅNGRA"
mv "$in/new/a2" "$in/new/a2-again"
count=$(mails "$ref" | wc -l)
exits 0 "the undo comes a second time" -- at 01-12 08:15 tick
is "$(state "$ref")" "$one" "it is not done twice"
is "$(mails "$ref" | wc -l)" "$count" "and not answered twice"
inbox 4 '"status":"kept"' "it is kept"
inbox 4 'the same message has come before' "with the reason"

# ---- the window's edge
reply a5 "$from" "$to" "ÅNGRA"
exits 0 "undone on the last day" -- at 01-19 23:00 tick
is "$(state "$ref" | sed 's/ .*//')" "open" "it can be"
reply a6 "$from" "$to" "1 GODKÄNNS"
exits 0 "signed again" -- at 01-20 08:00 tick
reply a7 "$from" "$to" "ÅNGRA"
exits 0 "undone a day too late" -- at 01-28 08:00 tick
is "$(state "$ref" | sed "s, .*,,")" "awaiting-decision" "it cannot be"
inbox 7 '"status":"coordinator"' "a person looks"
inbox 7 'its time for that has passed' "and is told why"
latest "$ref"
says "$work/flat" "Ett svar går att ångra i 7 dagar" "the sender is told why"

# ---- a question back offers what was meant
reply b1 "$from2" "$to2" "Godkänns, men kolla T020"
exits 0 "an answer with a but is read" -- at 01-28 08:05 tick
inbox 8 '"status":"answered"' "it is asked about"
latest "$ref2"
says "$work/flat" 'Det här är vi osäkra på: "Godkänns, men kolla T020"' "it shows what is in the way"
says "$work/flat" "Vi tror att du menar det här" "it offers what it seems to mean"
grep -o 'href="mailto:[^"]*"' "$work/mail" | sed -n 1p > "$work/link"
says "$work/link" "body=GODK%C3%84NNS" "as the first choice"
says "$work/link" "subject=Svar%20%5B$ref2%5D" "with the reference in the subject"

# ---- what has closed opens again, and its item knows what it knew before
due() { # of both of its items, as the register has it
	at 01-29 09:00 --json due | grep -E '"item":"T00[67]"'
}
due > "$work/due"
before=$(state "$ref3")
reply c1 "$from3" "$to3" "GODKÄNNS"
exits 0 "another is approved" -- at 01-28 09:00 tick
is "$(state "$ref3")" "closed closed" "it closes"
due | cmp -s - "$work/due"
test $? -ne 0
ok $? "and its dates move on"
reply c2 "$from3" "$to3" "1 ÅNGRA"
exits 0 "one of it is undone" -- at 01-28 09:05 tick
is "$(state "$ref3")" "open closed" "it is open, the other closed"
reply c3 "$from3" "$to3" "ÅNGRA"
exits 0 "and the other" -- at 01-28 09:10 tick
is "$(state "$ref3")" "$before" "all is as it was"
due | cmp - "$work/due"
ok $? "its dates, too"
reply c4 "$from3" "$to3" "Anstånd till nästa fredag"
exits 0 "a date that can be read in two ways" -- at 01-28 09:15 tick
latest "$ref3"
is "$(grep -o 'body=ANST%C3%85ND%3A%202027-0[0-9-]*' "$work/mail" | sort -u | sed 's/.*20//' | tr '\n' ' ')" \
	"27-01-29 27-02-05 " "both are offered"

# ---- nothing is repeated where a name is protected
reply d1 "$from4" "$to4" "Godkänns, men Eva Hemlig ska bort"
exits 0 "an unclear answer about a protected name" -- at 01-28 09:20 tick
latest "$ref4"
says "$work/flat" "body=GODK%C3%84NNS" "it is offered what was meant"
is "$(grep -c Hemlig "$work/mail")" 0 "and nothing of what was written is repeated"
reply d2 "$from4" "$to4" "Systemet är ersatt av Hemlig"
exits 0 "a change that is asked about" -- at 01-28 09:25 tick
latest "$ref4"
is "$(grep -c Hemlig "$work/mail")" 0 "nor in a link"
reply d3 "$from4" "$to4" "1 ÄNDRING: byt ägare"
exits 0 "a change is asked for" -- at 01-28 09:30 tick
latest "$ref4"
says "$work/flat" "ÄNDRING | trygghetssamordnaren tar hand om ändringen" "by the title that the register has"
at 01-28 09:30 inbox open > "$work/open"
says "$work/open" "changes are asked for: make them, or say why not" "the coordinator's list says what to do"

# ---- limits: three questions back about a letter, and then a person
for k in 2 3; do
	reply "b$k" "$from2" "$to2" "Kanske $k"
	exits 0 "unclear $k" -- at 01-28 "08:1$k" tick
done
reply b4 "$from2" "$to2" "Kanske 4"
exits 0 "unclear 4" -- at 01-28 08:14 tick
reply b5 "$from2" "$to2" "Kanske 5"
exits 0 "unclear 5" -- at 01-28 08:15 tick
is "$(mails "$ref2" | grep -c not-understood)" 3 "three questions back and no more"
inbox_of b4 '"status":"coordinator"' "the fourth is the coordinator's"
inbox_of b4 'so many questions back about one letter' "and says why"
inbox_of b5 '"status":"kept"' "the fifth is told of once"
at 01-28 09:00 inbox open > "$work/open"
says "$work/open" "$ref2" "the coordinator's list names the letter"
says "$work/open" "$from2" "and the sender"
is "$(grep -c -e " kept " -e " answered " "$work/open")" 0 "and only what is to be decided"
exits 2 "what the inbox does not know is said" -- at 01-28 09:00 inbox shut

# ---- machines are not answered, and two machines do not talk for ever
extra="Auto-Submitted: auto-replied"
answers=$(mails "$ref" | grep -c 'receipt\|not-understood')
reply m1 "$from" "$to" "GODKÄNNS"
extra=
exits 0 "a machine's answer is read" -- at 01-29 08:00 tick
is "$(mails "$ref" | grep -c 'receipt\|not-understood')" "$answers" "no answer goes to it"
i=0
while [ "$i" -lt 25 ]; do
	i=$((i + 1))
	reply "loop$i" "$from" "$to" "1 GODKÄNNS"
done
exits 0 "a machine that looks like a person writes 25 times" -- at 01-29 08:05 tick
now=$(mails "$ref" | grep -c 'receipt\|not-understood')
is "$((now - answers))" 10 "it has ten answers that day"
is "$(at 01-29 09:00 --json inbox open | grep -c 'as many answers as may go out in a day')" 1 "and the coordinator one note"

exits 0 "the record holds" -- at 01-29 09:00 verify
plan
