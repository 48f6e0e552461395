#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# Answers in the calendar, as each calendar program mails them, through the whole
# program: what they move, what they never sign, and what goes back.
command -v python3 > /dev/null || {
	echo '1..0 # SKIP no python3 to write the answers with'
	exit 0
}
. "${top_srcdir:?}/tests/app/tap.sh"
db=$work/t.db
out=$db-mail/out
rsvp() {
	python3 "$top_srcdir/tests/app/rsvp.py" "$@"
}

at() { # at DAYTHH:MM COMMAND…, in January 2027
	clock=$1
	shift
	"$OVERSYN" "--now=2027-01-$clock:00+01:00" --db "$db" "$@"
}

mails=0
answer() { # answer LAYOUT KEY=VALUE…: one mail in the box
	mkdir -p "$db-mail/in/new" "$db-mail/in/cur" "$db-mail/in/tmp"
	mails=$((mails + 1))
	layout=$1
	shift
	rsvp answer "$layout" "$db-mail/in/new/$mails" "id=<$mails@client.example>" "$@"
}

inbox() { # inbox WHAT WORDS: the last mail's line holds WHAT
	at 21T23:00 --json inbox | tail -n 1 > "$work/row"
	says "$work/row" "$1" "$2"
}

sent() { # how many mails have gone out, but for those that tell the coordinator what waits
	find "$out" -path '*/new/*' -type f -exec grep -L '^To: .*<sakerhetschef@' {} + | wc -l
}

silent() { # silent WORDS: the pass before this sent nothing
	test "$(sent)" -eq "$before"
	ok $? "$1"
}

event_is() { # event_is SUBJECT-WORD FIELDS WORDS
	rsvp event "$(rsvp latest "$out" "$1")" > "$work/event"
	says "$work/event" "$2" "$3"
}

exits 0 'import' -- at 12T07:00 import "$top_srcdir/config/model"
exits 0 'letters go out' -- at 12T07:30 tick

# A letter: about whom, what ref, which UID, which token.
letter() { # letter ADDRESS
	at 12T07:40 --json outbox | grep "\"to\":\"$1\"" | grep '"kind":"invitation"' | head -n 1 > "$work/letter"
	ref=$(sed 's/.*"letter":"\([^"]*\)".*/\1/' "$work/letter")
	token=$(sed 's/.*"message_id":"\([^.]*\).*/\1/' "$work/letter")
	set -- "$1" "$(grep -l "^Message-ID: <$token\.1@" "$out"/new/*)"
	rsvp event "$2" > "$work/invited"
	uid=$(cut -d' ' -f2 "$work/invited")
	who=$1
}

letter forvaltningschef.sof@tallvinge.example
says "$work/invited" "^REQUEST [0-9a-f]*@tallvinge.example 0 20270128T090000 20270128T100000 NEEDS-ACTION $who" \
	'the invitation is for the last day'

# ---- attendance, as each program writes it
for layout in exchange gmail apple thunderbird nextcloud alone; do
	letter forvaltningschef.sof@tallvinge.example
	before=$(sent)
	case $layout in
	exchange) from=$who ;;
	nextcloud) from=invitations-noreply@moln.example ;;
	*) from=$who ;;
	esac
	answer calendar-$layout "uid=$uid" "attendee=$who" "from=$from" partstat=ACCEPTED \
		"stamp=20270112T07$((10 + mails))00Z"
	exits 0 "$layout is read" -- at 12T08:30 tick
	inbox '"status":"kept"' "$layout: kept"
	inbox '"class":"calendar-reply"' "$layout: as a calendar answer"
	silent "$layout: and not answered"
done
at 12T08:40 show "$ref" > "$work/show"
test "$(grep -c 'answer in the calendar' "$work/show")" = 6
ok $? 'all six are joined with the letter by its UID'
says "$work/show" "ACCEPTED by $who (invited), sequence 0: recorded" 'as attendance'

# ---- Exchange: the primary address, and a new time
letter kommundirektor@tallvinge.example
answer calendar-exchange "uid=$uid" attendee=anna@tallvinge.example from=anna@tallvinge.example \
	partstat=TENTATIVE stamp=20270112T073000Z
exits 0 'an answer from the primary address is read' -- at 12T08:50 tick
inbox '"status":"kept"' 'it is attendance'
at 12T08:55 show "$ref" > "$work/show"
says "$work/show" 'TENTATIVE by anna@tallvinge.example (alias)' 'of another address of the invited one'
says "$work/show" 'act by 2027-02-16' 'the review is due 16 February'

answer calendar-exchange-counter "uid=$uid" attendee=anna@tallvinge.example from=anna@tallvinge.example \
	partstat=TENTATIVE start=20270203T130000 stamp=20270112T080000Z
exits 0 'a new time is proposed' -- at 12T09:10 tick
inbox '"status":"answered"' 'it is answered'
event_is 'Ny tid i kalendern' \
	"^REQUEST $uid 1 20270203T130000 20270203T140000 NEEDS-ACTION kommundirektor@tallvinge.example$" \
	'with a new REQUEST: same UID, the next SEQUENCE, the new time, to who was invited'
rsvp text "$(rsvp latest "$out" 'Ny tid i kalendern')" > "$work/text"
says "$work/text" 'ANSTÅND' 'that says how to get more time'
says "$work/text" '16 februari' 'and that the review is to be ready when it was'
at 12T09:15 show "$ref" > "$work/show"
says "$work/show" 'act by 2027-02-16, due 2027-03-20' 'the review has not moved'
says "$work/show" 'event 2027-02-03 13.00, sequence 1' 'the event has'

# What was written before it moved does nothing; nor does what comes late.
before=$(sent)
answer calendar-exchange "uid=$uid" attendee=anna@tallvinge.example from=anna@tallvinge.example \
	partstat=DECLINED stamp=20270112T081000Z
exits 0 'an answer to the time before is read' -- at 12T09:20 tick
inbox 'an earlier time of the event' 'it is known as that'
answer calendar-exchange "uid=$uid" attendee=anna@tallvinge.example from=anna@tallvinge.example \
	partstat=ACCEPTED seq=1 stamp=20270112T082500Z
exits 0 'so is the answer to the new one' -- at 12T09:30 tick
answer calendar-exchange "uid=$uid" attendee=anna@tallvinge.example from=anna@tallvinge.example \
	partstat=DECLINED seq=1 stamp=20270112T082000Z
exits 0 'and an older one, that comes later' -- at 12T09:35 tick
inbox 'written before an answer that we have' 'which does nothing'
silent 'none of them is answered'

# ---- a time that cannot be
before=$(sent)
answer calendar-exchange-counter "uid=$uid" attendee=anna@tallvinge.example from=anna@tallvinge.example \
	partstat=TENTATIVE seq=1 start=20270224T130000 stamp=20270112T083000Z
exits 0 'a time after the last day is proposed' -- at 12T09:40 tick
event_is 'Tiden står kvar' "^REQUEST $uid 1 20270203T130000 " 'the event stays, with its SEQUENCE'
rsvp text "$(rsvp latest "$out" 'Tiden står kvar')" > "$work/text"
says "$work/text" 'efter tisdagen den 16 februari' 'the answer says why'
says "$work/text" 'ANSTÅND' 'and how to get more time'
grep -q 'mailto:' "$(rsvp latest "$out" 'Tiden står kvar')" || \
	rsvp latest "$out" 'Tiden står kvar' | xargs python3 -c 'import email,email.policy,sys
m = email.message_from_file(open(sys.argv[1]), policy=email.policy.default)
sys.exit("ANST%C3%85ND" not in m.get_body(("html",)).get_content())'
ok $? 'with a choice to tap'
test "$(sent)" -eq $((before + 1))
ok $? 'one mail'
before=$(sent)
answer calendar-exchange-counter "uid=$uid" attendee=anna@tallvinge.example from=anna@tallvinge.example \
	partstat=TENTATIVE seq=1 start=20270224T130000 stamp=20270112T083100Z
exits 0 'the same once more' -- at 12T09:45 tick
silent 'is not answered again'

# ---- party-crashers
for crasher in bo@tallvinge.example bo@annan.example sakerhetschef@tallvinge.example; do
	answer calendar-gmail "uid=$uid" attendee=$crasher from=$crasher partstat=DECLINED seq=1 \
		stamp=20270112T084000Z
	exits 0 "$crasher was not invited" -- at 12T09:50 tick
	inbox '"status":"kept".*was not invited' 'which is kept'
	silent 'and never answered'
done
answer calendar-exchange-counter "uid=$uid" attendee=bo@annan.example from=bo@annan.example \
	partstat=TENTATIVE seq=1 start=20270204T130000
exits 0 'nor do they move anything' -- at 12T09:55 tick
at 12T09:56 show "$ref" > "$work/show"
says "$work/show" 'event 2027-02-03 13.00, sequence 1' 'the event is where it was'

# ---- declined: asked once
letter forvaltningschef.vof@tallvinge.example
before=$(sent)
answer calendar-apple "uid=$uid" "attendee=$who" "from=$who" partstat=DECLINED stamp=20270112T090000Z
exits 0 'a decline is read' -- at 12T10:10 tick
inbox '"status":"answered"' 'it is answered'
rsvp text "$(rsvp latest "$out" 'Vem granskar i stället')" > "$work/text"
says "$work/text" 'FEL PERSON' 'with who does it instead'
test "$(sent)" -eq $((before + 1))
ok $? 'one mail'
answer calendar-apple "uid=$uid" "attendee=$who" "from=$who" partstat=ACCEPTED stamp=20270112T091000Z
answer calendar-apple "uid=$uid" "attendee=$who" "from=$who" partstat=DECLINED stamp=20270112T092000Z \
	'comment=Fråga Bo Ek'
before=$(sent)
exits 0 'and again, after a yes between' -- at 12T10:30 tick
silent 'nobody is asked twice'
inbox '"status":"coordinator"' 'the comment is for the coordinator'
at 12T10:31 show "$ref" > "$work/show"
says "$work/show" 'Fråga Bo Ek' 'who finds it with the letter'
says "$work/show" ': open; letter' 'the review is open'

# ---- passed on
answer calendar-thunderbird "uid=$uid" "attendee=$who" "from=sekr@tallvinge.example" partstat=DELEGATED \
	delegated_to=bo@tallvinge.example sent_by=sekr@tallvinge.example stamp=20270112T093500Z
exits 0 'it is passed on' -- at 12T10:40 tick
inbox '"status":"coordinator".*passed on to bo@tallvinge.example' 'the coordinator sees to whom'
silent 'nobody is written to'
at 12T10:41 show "$ref" > "$work/show"
says "$work/show" 'through sekr@tallvinge.example' 'who sent it is kept'

# ---- words that look like a sign-off
letter enhetschef.overformyndare@tallvinge.example
before=$(sent)
answer calendar-exchange "uid=$uid" "attendee=$who" "from=$who" partstat=ACCEPTED text=Godkänns \
	"to=oversyn+$token@tallvinge.example" "references=<$token.1@tallvinge.example>" stamp=20270112T094000Z
exits 0 '"Godkänns" is written with a yes' -- at 12T10:50 tick
inbox '"verdict":"none".*"review":null' 'it signs nothing'
rsvp text "$(rsvp latest "$out" 'Svaret i kalendern')" > "$work/text"
says "$work/text" 'räknas inte' 'and is told so'
answer calendar-exchange "uid=$uid" "attendee=$who" "from=$who" partstat=TENTATIVE text=Godkänns \
	stamp=20270112T095000Z
before=$(sent)
exits 0 'and once more' -- at 12T11:00 tick
silent 'not told again'
inbox '"status":"coordinator"' 'the coordinator sees it'
at 12T11:01 show "$ref" > "$work/show"
test "$(grep -c '^review .*: open;' "$work/show")" = 4
ok $? 'all its reviews are open'

# ---- found by the token where the UID is another's
answer calendar-gmail uid=nobody@knows.example "attendee=$who" "from=$who" partstat=ACCEPTED \
	"to=oversyn+$token@tallvinge.example" stamp=20270112T100500Z
exits 0 'a calendar that lost the UID' -- at 12T11:10 tick
inbox '"reason":"attendance"' 'is found by its token'
answer calendar-gmail uid=nobody@knows.example "attendee=$who" "from=$who" partstat=DECLINED
exits 0 'without either' -- at 12T11:15 tick
inbox 'no event of ours' 'it is no answer to us'
letter kommundirektor@tallvinge.example
other=$token
letter enhetschef.overformyndare@tallvinge.example
answer calendar-gmail "uid=$uid" "attendee=$who" "from=$who" partstat=DECLINED "to=oversyn+$other@tallvinge.example"
exits 0 'the UID of one and the token of another' -- at 12T11:20 tick
inbox '"status":"coordinator".*two letters' 'a person looks'

# ---- send it again: once a day, with what is known
before=$(sent)
answer calendar-alone "uid=$uid" "attendee=$who" "from=$who" method=REFRESH
exits 0 'a calendar asks for it again' -- at 12T11:30 tick
event_is 'Bokningen igen' "^REQUEST $uid 0 20270118T090000 20270118T100000 ACCEPTED " 'it gets the present one'
answer calendar-alone "uid=$uid" "attendee=$who" "from=$who" method=REFRESH
exits 0 'and again' -- at 12T11:40 tick
test "$(sent)" -eq $((before + 1))
ok $? 'once a day'

# ---- what nobody may tell us
before=$(sent)
for method in CANCEL REQUEST PUBLISH DECLINECOUNTER; do
	answer calendar-alone "uid=$uid" "attendee=$who" "from=$who" method=$method start=20270115T130000
done
exits 0 'orders from outside' -- at 12T12:00 tick
at 12T12:01 show "$ref" > "$work/show"
says "$work/show" 'event 2027-01-18 09.00, sequence 0' 'move nothing'
test "$(grep -c '^review .*: open;' "$work/show")" = 4
ok $? 'and end nothing'

# ---- damaged, and in Outlook's own wrapping
answer calendar-exchange-counter "uid=$uid" "attendee=$who" "from=$who" partstat=TENTATIVE start=20270114T130000 cut=1
exits 0 'a calendar that is cut off' -- at 12T12:10 tick
inbox '"status":"coordinator".*damaged' 'a person looks'
at 12T12:11 show "$ref" > "$work/show"
says "$work/show" 'event 2027-01-18 09.00, sequence 0' 'and nothing moves'

mkdir -p "$db-mail/in/new"
{
	printf 'From: %s\nTo: oversyn@tallvinge.example\nSubject: Accepterat\nMessage-ID: <tnef@client.example>\n' "$who"
	printf 'MIME-Version: 1.0\nContent-Type: application/ms-tnef; name=winmail.dat\n'
	printf 'Content-Transfer-Encoding: 7bit\n\nxx IPM.Schedule.Meeting.Resp.Pos xx\n'
} > "$db-mail/in/new/tnef"
exits 0 'a winmail.dat' -- at 12T12:15 tick
inbox '"status":"coordinator".*winmail.dat): a person must open it' 'a person opens it'

# ---- the dates move under an event that its person has moved
letter kommundirektor@tallvinge.example
printf 'objekt;frist;åtgärd;till;skäl\nF01;2027-03-20;flytta;2027-05-03;byte av system\n' > "$work/undantag.csv"
exits 0 'a review gets a later date' -- at 19T07:00 import exceptions "$work/undantag.csv"
exits 0 'and a letter says so' -- at 19T07:30 tick
event_is 'Ny dag: granska' '^none$' 'without a calendar'
at 19T07:31 show "$ref" > "$work/show"
says "$work/show" 'event 2027-02-03 13.00, sequence 1' 'the time that was chosen is early enough'
printf 'objekt;frist;åtgärd;till;skäl\nF10;2027-03-20;planera;2027-01-29;byte av system\n' > "$work/undantag.csv"
exits 0 'the other gets an earlier one' -- at 20T07:00 import exceptions "$work/undantag.csv"
exits 0 'and a letter says so' -- at 20T07:30 tick
event_is "$ref" "^REQUEST $uid 2 20270129T090000 20270129T100000 " 'the event follows'

# ---- what is done takes its event away
letter forvaltningschef.sof@tallvinge.example
answer calendar-exchange-counter "uid=$uid" "attendee=$who" "from=$who" start=20270125T143000
exits 0 'one more new time' -- at 20T08:00 tick
event_is 'Ny tid i kalendern' "^REQUEST $uid 1 20270125T143000 20270125T153000 " 'is had'
printf 'trust {\n\tauthserv_id = "mx.tallvinge.example"\n}\n' > "$work/o.conf"
{
	echo 'Authentication-Results: mx.tallvinge.example; dmarc=pass header.from=tallvinge.example'
	printf 'From: %s\nTo: oversyn+%s@tallvinge.example\nSubject: Svar\nMessage-ID: <done@client.example>\n' "$who" "$token"
	printf 'Content-Type: text/plain; charset=utf-8\n\nGODKÄNNS\n'
} > "$db-mail/in/new/done"
exits 0 'a sign-off' -- at 20T08:30 --config "$work/o.conf" tick
event_is 'Mottaget' "^CANCEL $uid 2 20270125T143000 20270125T153000 " 'cancels the event where it was'
answer calendar-exchange "uid=$uid" "attendee=$who" "from=$who" partstat=DECLINED seq=1
before=$(sent)
exits 0 'what its calendar says then' -- at 20T08:40 tick
silent 'is not answered'

# ---- limits: two machines cannot talk for ever
letter forvaltningschef.vof@tallvinge.example
before=$(sent)
for day in 01 02 03 04 05 08 09 10 11 12 15 16; do
	answer calendar-exchange-counter "uid=$uid" "attendee=$who" "from=$who" "start=202703${day}T100000" \
		"stamp=20270121T07${day}00Z"
done
exits 0 'a dozen times that cannot be' -- at 21T10:00 tick
test "$(at 21T10:01 --json outbox | grep '"kind":"event-stays"' | grep -c "$ref")" = 10
ok $? 'ten are answered'
at 21T10:02 --json inbox | grep 'as many answers as may go out' > "$work/withheld"
test "$(wc -l < "$work/withheld")" = 2 && test "$(grep -c '"status":"coordinator"' "$work/withheld")" = 1
ok $? 'the rest are not, and a person is told once'
answer calendar-exchange-counter "uid=$uid" "attendee=$who" "from=$who" start=20270126T100000 stamp=20270121T083000Z
exits 0 'and one that could be' -- at 21T10:10 tick
at 21T10:11 show "$ref" > "$work/show"
says "$work/show" 'event 2027-01-27 09.00, sequence 0' 'nothing moves without a word'

# ---- letters from before their events were found by UID
python3 - "$db" << 'PYTHON'
import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
keeps = db.execute("SELECT sql FROM sqlite_master WHERE name = 'letter_keeps_uid'").fetchone()[0]
db.execute("DROP TRIGGER letter_keeps_uid")
db.execute("UPDATE letter SET uid = NULL")
db.execute(keeps)
db.commit()
PYTHON
answer calendar-exchange "uid=$uid" "attendee=$who" "from=$who" partstat=ACCEPTED stamp=20270121T090000Z
exits 0 'an older database' -- at 21T10:20 tick
inbox '"reason":"attendance"' 'gives its letters their UIDs again'

exits 0 'the record holds' -- at 21T12:20 verify
plan
