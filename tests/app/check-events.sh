#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# The events of letters from first to last, as their receivers' calendars have them:
# tests/app/events.py keeps those by RFC 5546 and stops at whatever would leave one wrong;
# tests/cal/itip-receiver has libicalss say what each object is beside those before it.
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
	python3 "$top_srcdir/tests/app/events.py" "$db-mail/out" "$who" "$ref" > "$work/event" 2>&1
	says "$work/event" "^$ref $1" "$2"
}

objects() { # those that the present letter's person has got, a file each
	rm -rf "$work/objects"
	mkdir "$work/objects"
	python3 "$top_srcdir/tests/app/events.py" "$db-mail/out" "$who" "$ref" "into=$work/objects"
}

sorted() { # sorted PATTERN WORDS: what libicalss makes of the objects, in the order they came
	objects
	"$top_builddir/tests/cal/itip-receiver" "$who" "$work/objects"/* > "$work/sorted" 2>&1
	says "$work/sorted" "^$1\$" "$2"
}

late() { # late WORDS: each object but the last comes once more, after all of them
	objects
	again=$(($(find "$work/objects" -type f | wc -l) - 1))
	k=0
	while [ $k -lt $again ]; do
		cp "$work/objects/00$k.ics" "$work/objects/late-$k.ics"
		k=$((k + 1))
	done
	"$top_builddir/tests/cal/itip-receiver" "$who" "$work/objects"/* > "$work/sorted" 2>&1
	says "$work/sorted" "^\\([a-z]*,\\)\\{$again\\}[a-z]*\\(,obsolete\\)\\{$again\\}\$" "$1"
}

answer() { # answer KIND WORDS: what libicalss makes of the newest answer, beside what we sent
	objects
	python3 "$top_srcdir/tests/app/rsvp.py" calendar "$in/new/c$mails" > "$work/objects/answer"
	"$top_builddir/tests/cal/itip-receiver" "$who" "$work/objects"/* > "$work/sorted" 2>&1
	says "$work/sorted" ",$1\$" "$2"
}

text() { # text PATTERN WORDS: what the event says
	python3 "$top_srcdir/tests/app/events.py" "$db-mail/out" "$who" "$ref" text > "$work/event" 2>&1
	says "$work/event" "$1" "$2"
}

latest() { # latest WHO: the newest mail to them, subject and text
	python3 "$top_srcdir/tests/app/rsvp.py" newest "$db-mail/out" "$1" |
		tr -s '\r\n' ' ' > "$work/flat"
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
answer accept 'the answer is an acceptance'
pass 01-11T09:30 'it is accepted'
calendar calendar-exchange-counter partstat=TENTATIVE start=20270203T130000 stamp=20270111T090000Z
answer counter 'the answer is a counter'
pass 01-11T10:30 'another time is proposed'
event 'REQUEST,REQUEST 0,1 20270203T130000 CONFIRMED NEEDS-ACTION' 'and is had'
sorted new,reschedule 'as a new time of the same event'
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
sorted new,reschedule,reschedule,update 'that is no new time'
late 'what comes late or twice is obsolete'
text 'Kvar att granska: 2\. ' 'and lists what is left'
reply "$who" 'GODKÄNNS'
pass 01-14T08:00 'the rest is answered'
event 'REQUEST,REQUEST,REQUEST,REQUEST,CANCEL 0,1,2,2,3 20270305T090000 CANCELLED' 'the event goes'
sorted '.*,update,cancel' 'by a cancellation'
reply "$who" 'ÅNGRA'
pass 01-15T08:00 'it is taken back'
event 'REQUEST,REQUEST,REQUEST,REQUEST,CANCEL,REQUEST 0,1,2,2,3,4 20270305T090000 CONFIRMED NEEDS-ACTION' \
	'the event is back, once'
reply "$who" 'GODKÄNNS'
pass 01-15T09:00 'and answered again'
event '.*,CANCEL 0,1,2,2,3,4,5 20270305T090000 CANCELLED' 'nothing is left in the calendar'
sorted new,reschedule,reschedule,update,cancel,update,cancel 'from the first to the last'

# ---- who has declined is asked again only for another time
letter enhetschef.overformyndare
event 'REQUEST 0 20270118T090000 CONFIRMED' 'an invitation for reviews of two days'
calendar calendar-exchange partstat=DECLINED stamp=20270115T083000Z
answer decline 'the answer is a refusal'
pass 01-15T10:00 'it is declined'
reply "$who" '3 GODKÄNNS'
pass 01-15T11:00 'one is answered'
event 'REQUEST 0 20270118T090000' 'nothing comes to the calendar that it is not in'
reply "$who" '1 GODKÄNNS\n2 GODKÄNNS'
pass 01-15T12:00 'those of the first day are answered'
sorted new,reschedule 'the other day is asked about'
event 'REQUEST,REQUEST 0,1 20270209T090000 CONFIRMED NEEDS-ACTION' 'which is of what is left'
reply "$who" 'GODKÄNNS'
pass 01-15T13:00 'the last is answered'
sorted new,reschedule,cancel 'and nothing is left'

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
python3 "$top_srcdir/tests/app/events.py" "$db-mail/out" verksamhetschef.ifo@tallvinge.example "$ref" > "$work/event"
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
