#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# The events of letters from first to last, as their receivers' calendars have them:
# tests/app/calendar.py keeps those by RFC 5546 and stops at whatever would leave one wrong.
command -v python3 > /dev/null || {
	echo '1..0 # SKIP no python3 to keep a calendar with'
	exit 0
}
. "${top_srcdir:?}/tests/app/tap.sh"
db=$work/t.db
in=$db-mail/in
printf 'trust {\n\tauthserv_id = "mx.tallvinge.example"\n}\n' > "$work/o.conf"

at() { # at MM-DDTHH:MM COMMAND…
	clock=2027-$1:00+01:00
	shift
	"$OVERSYN" --config "$work/o.conf" "--now=$clock" --db "$db" "$@"
}

mails=0
reply() { # reply FROM TEXT: to the present letter
	mkdir -p "$in/new" "$in/cur" "$in/tmp"
	mails=$((mails + 1))
	{
		echo "Authentication-Results: mx.tallvinge.example; dmarc=pass header.from=${1#*@}"
		printf 'From: %s\nTo: oversyn+%s@tallvinge.example\nSubject: Svar\n' "$1" "$token"
		printf 'Message-ID: <r%d@t.example>\nContent-Type: text/plain; charset=utf-8\n\n%b\n' "$mails" "$2"
	} > "$in/new/r$mails"
}

calendar() { # calendar LAYOUT KEY=VALUE…: from the present letter's person
	mkdir -p "$in/new" "$in/cur" "$in/tmp"
	mails=$((mails + 1))
	layout=$1
	shift
	python3 "$top_srcdir/tests/app/rsvp.py" answer "$layout" "$in/new/c$mails" "id=<c$mails@t.example>" \
		"uid=$uid" "attendee=$who" "from=$who" "$@"
}

pass() { # pass MM-DDTHH:MM WORDS
	exits 0 "$2" -- at "$1" tick
}

event() { # event PATTERN WORDS: of the present letter, in its person's calendar
	python3 "$top_srcdir/tests/app/calendar.py" "$db-mail/out" "$who" "$ref" > "$work/event" 2>&1
	says "$work/event" "^$ref $1" "$2"
}

text() { # text PATTERN WORDS: what the event says
	python3 "$top_srcdir/tests/app/calendar.py" "$db-mail/out" "$who" "$ref" text > "$work/event" 2>&1
	says "$work/event" "$1" "$2"
}

latest() { # latest WHO: the newest mail to them, subject and text
	python3 - "$db-mail/out" "$1" > "$work/mail" <<-'PYTHON'
		import email, email.policy, pathlib, sys
		found = []
		for path in pathlib.Path(sys.argv[1]).rglob("*"):
		    if path.is_file():
		        m = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
		        if m["To"].addresses[0].addr_spec == sys.argv[2]:
		            found.append((m["Date"].datetime, str(m["Message-ID"]), m))
		m = max(found, key=lambda x: x[:2])[2]
		print("Subject:", m["Subject"])
		print(m.get_body(("plain",)).get_content())
	PYTHON
	tr -s '\r\n' ' ' < "$work/mail" > "$work/flat"
}

count() { # count WHO KIND: mails of the kind to them
	at 12-01T09:00 --json outbox | grep "\"to\":\"$1\"" | grep -c "\"kind\":\"$2\""
}

is() { # is GOT WANTED WORDS
	test "$1" = "$2"
	ok $? "$3 ($1)"
}

letter() { # letter WHO [KIND]: makes it the present one
	who=$1@tallvinge.example
	at 12-01T09:00 --json outbox | grep "\"to\":\"$who\"" | grep "\"kind\":\"${2:-invitation}\"" | tail -n 1 > "$work/row"
	ref=$(sed 's/.*"letter":"\([^"]*\)".*/\1/' "$work/row")
	token=$(sed 's/.*"message_id":"\([^.]*\)\..*/\1/' "$work/row")
	uid=$(python3 -c 'import sqlite3, sys
print(sqlite3.connect(sys.argv[1]).execute("SELECT uid FROM letter WHERE ref = ?", sys.argv[2:]).fetchone()[0])' \
		"$db" "$ref")
}

exits 0 'import' -- at 01-11T07:00 import "$top_srcdir/config/model"
pass 01-11T08:00 'letters go out'
letter kommundirektor
event 'REQUEST 0 20270216T090000 CONFIRMED NEEDS-ACTION Granska: 2 granskningar, Kommunstyrelsen' \
	'an invitation for two reviews'

# ---- one letter, from invitation to cancellation and back
calendar calendar-exchange partstat=ACCEPTED stamp=20270111T080000Z
pass 01-11T09:30 'it is accepted'
calendar calendar-exchange-counter partstat=TENTATIVE start=20270203T130000 stamp=20270111T090000Z
pass 01-11T10:30 'another time is proposed'
event 'REQUEST,REQUEST 0,1 20270203T130000 CONFIRMED NEEDS-ACTION' 'and is had'
calendar calendar-exchange partstat=ACCEPTED seq=1 stamp=20270111T094000Z
pass 01-11T11:00 'it is accepted'
reply "$who" '1 ANSTÅND: 12 mars'
pass 01-12T08:00 'one of two gets more time'
event 'REQUEST,REQUEST 0,1 20270203T130000' 'the event stays: the other has its day'
reply "$who" '2 ANSTÅND: 5 mars'
pass 01-12T08:10 'so does the other'
event 'REQUEST,REQUEST,REQUEST 0,1,2 20270305T090000 CONFIRMED NEEDS-ACTION Granska: 2 granskningar' \
	'now it moves, to the first of the two'
text '1. .*senast 12 mars 2. .*senast 5 mars' 'and says by when each is to be ready'
calendar calendar-exchange partstat=ACCEPTED seq=2 stamp=20270112T073000Z
pass 01-12T08:40 'it is accepted'
reply "$who" '1 GODKÄNNS'
pass 01-13T08:00 'one is answered'
event 'REQUEST,REQUEST,REQUEST,REQUEST 0,1,2,2 20270305T090000 CONFIRMED ACCEPTED Granska: Register över ' \
	'an update of the same SEQUENCE that keeps the answer'
text 'Kvar att granska: 2\. ' 'and lists what is left'
reply "$who" 'GODKÄNNS'
pass 01-14T08:00 'the rest is answered'
event 'REQUEST,REQUEST,REQUEST,REQUEST,CANCEL 0,1,2,2,3 20270305T090000 CANCELLED' 'the event goes'
reply "$who" 'ÅNGRA'
pass 01-15T08:00 'it is taken back'
event 'REQUEST,REQUEST,REQUEST,REQUEST,CANCEL,REQUEST 0,1,2,2,3,4 20270305T090000 CONFIRMED NEEDS-ACTION' \
	'the event is back, once'
reply "$who" 'GODKÄNNS'
pass 01-15T09:00 'and answered again'
event '.*,CANCEL 0,1,2,2,3,4,5 20270305T090000 CANCELLED' 'nothing is left in the calendar'

# ---- the deputy answers the holder's own letter
letter forvaltningschef.sof
event 'REQUEST 0 20270128T090000 CONFIRMED' 'another has an invitation'
at 01-12T09:00 show "$ref" > "$work/show"
all=$(grep -c '^review ' "$work/show")
reply verksamhetschef.ifo@tallvinge.example 'GODKÄNNS'
pass 01-18T08:00 'the deputy answers'
event 'REQUEST,CANCEL 0,1 20270128T090000 CANCELLED' "the event goes from the holder's calendar"
is "$(count "$who" answered-for-you)" 1 'who is told once'
latest "$who"
says "$work/flat" 'Besvarat åt dig' 'by a mail that says so'
says "$work/flat" 'Verksamhetschef individ och familj har svarat i ditt ställe, måndagen den 18 januari 2027 kl. 08.00' 'who answered, and when'
says "$work/flat" 'Du behöver inte svara. Bokningen i din kalender tas bort.' 'and what follows'
is "$(count verksamhetschef.ifo@tallvinge.example receipt)" 1 'the deputy has a receipt'
latest verksamhetschef.ifo@tallvinge.example
python3 "$top_srcdir/tests/app/calendar.py" "$db-mail/out" verksamhetschef.ifo@tallvinge.example "$ref" > "$work/event"
says "$work/event" 'none' 'and no event'
test "$all" -ge 1
ok $? "all $all of the letter"

# ---- who is told when nobody answers answers in the holder's place
letter verksamhetschef.hemtjanst
event 'REQUEST 0 ' 'a third one'
first=$(sed 's/.* 0 \([0-9]*\)T.*/\1/' "$work/event")
k=0
told() { # the letter to the superior that the present one's reviews stand in
	python3 -c 'import sqlite3, sys
for row in sqlite3.connect(sys.argv[1]).execute("SELECT DISTINCT t.letter FROM told t JOIN review r "
        "ON r.id = t.review WHERE r.letter = ? AND t.whom = ?", (sys.argv[2], "superior")):
    print(row[0])' "$db" "$ref"
}
while [ -z "$(told)" ] && [ $k -lt 40 ]; do
	at "$(date -d "$first + $k days" +%m-%d)T08:00" tick > /dev/null 2>&1
	k=$((k + 1))
done
test $k -lt 40
ok $? "nobody answers, and the superior is told $k days after"
holder=$who own=$ref
letter forvaltningschef.vof escalation
reply "$who" 'GODKÄNNS'
pass "$(date -d "$first + $k days" +%m-%d)T08:00" 'who answers'
is "$(count "$holder" answered-for-you)" 1 'the holder is told once'
latest "$holder"
says "$work/flat" 'Förvaltningschef .* har svarat i ditt ställe' 'by whom'
says "$work/flat" "\\[$own\\]" 'in a mail of their own letter'
who=$holder ref=$own
event 'REQUEST 0 ' 'its day has passed: the event is let be'

# ---- what is void takes its event away, and comes with another
letter gatuchef
event 'REQUEST 0 ' 'a fourth'
before=$ref
mkdir "$work/model"
cp "$top_srcdir"/config/model/informationstillgangar.csv "$work/model"
chmod -R u+w "$work/model"
item=$(at 12-01T09:00 show "$ref" | sed -n 's/^review \([^.]*\)\..*/\1/p' | head -n 1)
sed -i "s/^\($item;[^;]*\)/\1 (ny)/" "$work/model/informationstillgangar.csv"
exits 0 "$item has another name" -- at 02-20T07:00 import "$work/model"
pass 02-22T08:00 'a pass after that'
pass 02-22T09:00 'and one more'
ref=$before
event 'REQUEST,CANCEL 0,1 .* CANCELLED' 'the event of the old letter is gone'
is "$(count "$who" withdrawn)" 1 'and its person is told once'
letter gatuchef
test "$ref" != "$before"
ok $? "there is another letter, $ref"
event 'REQUEST 0 .* CONFIRMED NEEDS-ACTION Granska: .* (ny), ' 'with an event of its own'

# ---- all that went out, read as calendars do
exits 0 'the record holds' -- at 12-01T10:00 verify
plan
