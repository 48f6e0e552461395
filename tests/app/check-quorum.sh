#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# Four eyes: what several approve together, from the register to the last receipt, and
# each of their calendars (tests/app/events.py).
command -v python3 > /dev/null || {
	echo '1..0 # SKIP no python3 to read the mails with'
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
reply() { # reply FROM LETTER-OF TEXT: FROM answers what LETTER-OF got last about an item of ours
	token=$(at 12-01T09:00 --json outbox | grep "\"to\":\"$2@" | grep -E '"kind":"(invitation|reminder|last-reminder|overdue|deputy|escalation|joint)"' |
		grep -E "$(refs)" | tail -n 1 | sed 's/.*"message_id":"\([^.]*\)\..*/\1/')
	mkdir -p "$in/new" "$in/cur" "$in/tmp"
	mails=$((mails + 1))
	{
		echo "Authentication-Results: mx.tallvinge.example; dmarc=pass header.from=tallvinge.example"
		printf 'From: %s@tallvinge.example\nTo: oversyn+%s@tallvinge.example\nSubject: Svar\n' "$1" "$token"
		printf 'Message-ID: <r%d@t.example>\nContent-Type: text/plain; charset=utf-8\n\n%b\n' "$mails" "$3"
	} > "$in/new/r$mails"
}

sql() { # sql STATEMENT
	python3 -c 'import sqlite3, sys
for row in sqlite3.connect(sys.argv[1]).execute(sys.argv[2]):
    print(*row)' "$db" "$1"
}

refs() { # the letters that the routine stands in, as a pattern
	sql "SELECT s.letter FROM seat s JOIN review r ON r.id = s.review WHERE r.item = '$item'
		UNION SELECT t.letter FROM told t JOIN review r ON r.id = t.review WHERE r.item = '$item'" |
		tr '\n' '|' | sed 's/|$//'
}

ref_of() { # ref_of ROLE: the letter of that seat in the latest review
	sql "SELECT s.letter FROM seat s JOIN review r ON r.id = s.review WHERE r.item = '$item'
		AND s.role = '$1' AND s.void = 0 ORDER BY length(r.id) DESC, r.id DESC LIMIT 1"
}

state() {
	sql "SELECT state FROM review WHERE item = '$item' ORDER BY length(id) DESC, id DESC LIMIT 1"
}

latest() { # latest WHO: the newest mail to them, subject and text
	python3 "$top_srcdir/tests/app/rsvp.py" newest "$db-mail/out" "$1@tallvinge.example" |
		tr -s '\r\n' ' ' > "$work/flat"
}

event() { # event WHO ROLE PATTERN WORDS: in their calendar
	ref=$(ref_of "$2")
	python3 "$top_srcdir/tests/app/events.py" "$db-mail/out" "$1@tallvinge.example" "$ref" > "$work/event" 2>&1
	says "$work/event" "^$ref $3" "$4"
}

count() { # count WHO KIND: mails of the kind to them about our item
	at 12-01T09:00 --json outbox | grep "\"to\":\"$1@" | grep -E "$(refs)" | grep -c "\"kind\":\"$2\""
}

is() { # is GOT WANTED WORDS
	test "$1" = "$2"
	ok $? "$3 ($1)"
}

pass() { # pass MM-DDTHH:MM WORDS
	exits 0 "$2" -- at "$1" tick
}

# ---- what the register may not say
mkdir "$work/model"
for register in kommun namnder forvaltningar roller helgdagar-2026-2031 sammantraden-2027; do
	cp "$top_srcdir/config/model/$register.csv" "$work/model"
done
register() { # register APPROVERS QUORUM AUTHOR: of a routine that is to be reviewed by 1 March
	{
		echo 'rutin_id;namn;slag;nämnd;ansvarig_roll;diarienummer;senast_granskad;intervall;godkänns_av;kvorum;författare'
		echo "R90;Rutin för nödutgång${4:-};tillämpningsrutin;KS;kansli;KS 2026/9;2026-03-01;Årligen;$1;$2;$3"
	} > "$work/rutiner-nya.csv"
}
item=R90
exits 0 'import' -- at 01-11T07:00 import "$work/model"
register 'kansli' två ''
exits 1 'two of one' -- at 01-11T07:00 import routines "$work/rutiner-nya.csv"
says "$work/err" 'rutiner-nya.csv:2:9: godkänns_av has one role and kvorum asks for two' 'is refused, with the place'
register '' två ''
exits 1 'a quorum of nobody' -- at 01-11T07:00 import routines "$work/rutiner-nya.csv"
register 'kansli, nobody' två ''
exits 1 'a role that is not there' -- at 01-11T07:00 import routines "$work/rutiner-nya.csv"
says "$work/err" 'R90 is approved by the role "nobody", which is not in the register' 'is refused'
register 'kansli, dso' två ''
exits 0 'an officer who approves' -- at 01-11T07:00 import routines "$work/rutiner-nya.csv"
at 01-11T07:10 --lang sv check > "$work/check"
says "$work/check" 'R90 .* ska godkännas av 2 personer, men bara 1 kan göra det i dag' 'is found'
register 'kansli, ekonomi, itchef' två infosak
exits 0 'three approve, and two must' -- at 01-11T07:20 import routines "$work/rutiner-nya.csv"
at 01-11T07:21 --lang sv check > "$work/check"
is "$(grep -c R90 "$work/check")" 0 'nothing is found about it'
at 01-11T07:21 --lang sv why R90 > "$work/why"
says "$work/why" 'Godkänns av två av dem: Kanslichef, Ekonomichef, It-chef.' 'why says who'
says "$work/why" 'Författare är Informationssäkerhetssamordnare' 'and who wrote it'

# ---- each has a letter of their own
pass 01-25T08:00 'letters go out'
is "$(sql "SELECT count(*) FROM seat WHERE void = 0 AND review = 'R90.1'")" 3 'three seats'
is "$(sql "SELECT count(DISTINCT letter) FROM seat WHERE review = 'R90.1'")" 3 'in three letters'
latest kanslichef
says "$work/flat" 'Ni är flera som godkänner .*: Kanslichef, Ekonomichef, It-chef. Två av er behöver godkänna.' \
	'which say who the others are'
event kanslichef kansli 'REQUEST 0 2027' 'each has an event'
event ekonomichef ekonomi 'REQUEST 0 2027' 'of their own'

# ---- one answers, and is reminded no more
reply kanslichef kanslichef GODKÄNNS
pass 01-26T08:00 'one approves'
is "$(state)" open 'it stays open'
latest kanslichef
says "$work/flat" 'GODKÄNNS | 1 av 2 har godkänt; kvar att svara: Ekonomichef, It-chef' \
	'the receipt says how far it has come, and who is awaited'
event kanslichef kansli 'REQUEST,CANCEL 0,1 .* CANCELLED' 'that event is gone'
is "$(count ekonomichef joint)" 0 'the others are not told'
at 01-26T09:00 --lang sv status > "$work/status"
says "$work/status" 'R90 .*1 av 2 .*Ekonomichef, It-chef' 'status says how many of how many'
at 01-26T09:00 --lang sv why R90 > "$work/why"
says "$work/why" 'Granskningen R90.1 pågår: 1 av 2 har godkänt; kvar att svara: Ekonomichef, It-chef.' 'so does why'
at 01-26T09:00 show R90 > "$work/show"
says "$work/show" 'approved R90.1: 1 of 2; awaits Ekonomichef, It-chef' 'so does show'
says "$work/show" 'approver kansli of R90.1: letter .*; says approve' 'and who has'
pass 02-15T08:00 'the reminder'
is "$(count kanslichef reminder)" 0 'who has answered is not reminded'
is "$(count ekonomichef reminder)" 1 'who has not is'
is "$(count it-chef reminder)" 1 'each'

# ---- the coordinator has one row of it
mkdir -p "$in/new"
{
	echo 'Authentication-Results: mx.tallvinge.example; dmarc=pass header.from=tallvinge.example'
	printf 'From: sakerhetschef@tallvinge.example\nTo: oversyn@tallvinge.example\nSubject: LISTA VÄNTANDE\n'
	printf 'Message-ID: <list@t.example>\nContent-Type: text/plain; charset=utf-8\n\n'
} > "$in/new/list"
pass 02-15T09:00 'who asks what waits'
latest sakerhetschef
is "$(grep -o 'R90 ' "$work/flat" | wc -l)" 1 'has it in one row'
says "$work/flat" 'R90 Rutin för nödutgång | Kanslichef, Ekonomichef, It-chef' 'with all who approve it'

# ---- the same person, and somebody else's letter
reply kanslichef kanslichef GODKÄNNS
pass 02-16T08:00 'the same person once more'
latest kanslichef
says "$work/flat" 'Ditt godkännande är redan inskrivet. En person räknas bara en gång' 'counts once'
is "$(state)" open 'it is open'
reply kanslichef ekonomichef GODKÄNNS
pass 02-16T08:10 'who answers a letter to another'
is "$(state)" open 'counts for nothing'

# ---- more time is for all; changes stop it for all
reply ekonomichef ekonomichef 'ANSTÅND: 15 mars'
pass 02-16T09:00 'one needs more time'
event ekonomichef ekonomi 'REQUEST,REQUEST 0,1 20270315T090000 CONFIRMED' 'the event moves'
event it-chef itchef 'REQUEST,REQUEST 0,1 20270315T090000 CONFIRMED' "so does the other's"
latest it-chef
says "$work/flat" 'Gemensam granskning' 'who is told'
says "$work/flat" 'ANSTÅND | svara senast måndagen den 15 mars 2027' 'until when'
is "$(count kanslichef joint)" 0 'who has answered is not'
reply it-chef it-chef 'ÄNDRING: dörren heter nu B2'
pass 02-17T08:00 'one asks for changes'
is "$(state)" changes-asked 'that is the state of it'
latest kanslichef
says "$work/flat" 'It-chef har svarat på en granskning som ni är flera om' 'the others are told'
says "$work/flat" 'ÄNDRING | säkerhetschefen tar hand om ändringen; du behöver inte svara nu' 'what it means'
is "$(count ekonomichef joint)" 1 'each of them'
at 02-17T09:00 --lang sv status > "$work/status"
says "$work/status" 'R90 .*1 av 2' 'what was approved still counts'
reply it-chef it-chef ÅNGRA
pass 02-18T08:00 'it is taken back'
is "$(state)" open 'and open again'
is "$(sql "SELECT said FROM seat WHERE review = 'R90.1' AND role = 'kansli'")" approve 'the approval stands'

# ---- enough
reply it-chef it-chef GODKÄNNS
pass 02-19T08:00 'the second approves'
is "$(state)" closed 'it closes'
latest it-chef
says "$work/flat" 'klart; nästa gång' 'the receipt says when again'
latest ekonomichef
says "$work/flat" 'godkänt, 2 av 2 | klart; du behöver inte svara' 'who has not answered need not'
says "$work/flat" 'Bokningen i din kalender tas bort.' 'and is told of the event'
event ekonomichef ekonomi 'REQUEST,REQUEST,REQUEST,CANCEL 0,1,1,2 20270315T090000 CANCELLED' 'which is gone'
reply it-chef it-chef ÅNGRA
pass 02-19T09:00 'the last one is taken back'
is "$(state)" open 'it is open again'
event ekonomichef ekonomi '.*,CANCEL,REQUEST 0,1,1,2,3 20270315T090000 CONFIRMED' 'so is the event'
reply it-chef it-chef GODKÄNNS
pass 02-19T10:00 'and given again'
is "$(state)" closed 'it closes'
is "$(sql "SELECT completed FROM item WHERE id = 'R90'")" 2027-02-19 'the item is reviewed that day'

# ---- a changed version voids all; deputies; the author
item=R91
sed -i 's/^R90;Rutin för nödutgång/R91;Rutin för lås/; s/2026-03-01/2026-05-01/; s/kansli, ekonomi, itchef;två;infosak/sakchef, itchef;alla;infosak/' "$work/rutiner-nya.csv"
exits 0 'another, of two, who all must' -- at 03-01T07:00 import routines "$work/rutiner-nya.csv"
pass 03-22T08:00 'letters go out'
reply it-chef it-chef GODKÄNNS
pass 03-23T08:00 'one approves'
sed -i 's/Rutin för lås/Rutin för lås och nycklar/' "$work/rutiner-nya.csv"
exits 0 'the routine changes' -- at 03-24T07:00 import routines "$work/rutiner-nya.csv"
pass 03-24T08:00 'a pass after that'
is "$(sql "SELECT state FROM review WHERE id = 'R91.1'")" superseded 'the request is void'
is "$(sql "SELECT count(*) FROM seat WHERE review = 'R91.2' AND said = 'none'")" 2 'both are asked anew'
event sakerhetschef sakchef 'REQUEST 0 ' 'with another event'
old=$(sql "SELECT letter FROM seat WHERE review = 'R91.1' AND role = 'sakchef'")
python3 "$top_srcdir/tests/app/events.py" "$db-mail/out" sakerhetschef@tallvinge.example "$old" > "$work/event" 2>&1
says "$work/event" 'CANCELLED' 'in place of the old one'
reply infosak sakerhetschef GODKÄNNS
pass 03-25T08:00 "the deputy approves, who is the author"
latest infosak
says "$work/flat" 'Du står som författare och kan därför inte godkänna det själv' 'and is told why not'
is "$(state)" open 'it is open'
reply enhetschef.itdrift it-chef GODKÄNNS
pass 03-25T09:00 'a deputy of the other approves'
is "$(sql "SELECT said FROM seat WHERE review = 'R91.2' AND role = 'itchef'")" approve 'in the seat of the holder'
latest it-chef
says "$work/flat" 'Enhetschef it-drift har svarat i ditt ställe' 'who is told'
event it-chef itchef 'REQUEST,CANCEL 0,1 ' 'and has no event any more'
reply sakerhetschef sakerhetschef GODKÄNNS
pass 03-26T08:00 'the last one approves'
is "$(state)" closed 'that is all'

# ---- nobody answers: those above are told of each
item=R92
sed -i 's/^R91;[^;]*/R92;Rutin för larm/; s/2026-05-01/2026-06-01/; s/sakchef, itchef;alla;infosak/kansli, ekonomi;två;/' "$work/rutiner-nya.csv"
exits 0 'a third' -- at 04-01T07:00 import routines "$work/rutiner-nya.csv"
day=15
while [ "$day" -le 90 ]; do
	at "$(date -d "2027-04-01 + $day days" +%m-%d)T08:00" tick > /dev/null 2>&1
	day=$((day + 1))
done
is "$(sql "SELECT count(*) FROM told t WHERE t.review = 'R92.1' AND t.whom = 'superior'")" 2 \
	'the superior is told of both'
reply kommundirektor kommundirektor GODKÄNNS
pass 07-01T08:00 'who approves for both'
is "$(state)" open 'and counts as one person'
is "$(sql "SELECT count(*) FROM seat WHERE review = 'R92.1' AND said = 'approve'")" 1 'in one seat'
is "$(($(count ekonomichef answered-for-you) + $(count kanslichef answered-for-you)))" 1 \
	'in whose place it counts is told'
reply ekonomichef ekonomichef GODKÄNNS
reply kanslichef kanslichef GODKÄNNS
pass 07-02T08:00 'the others answer'
is "$(state)" closed 'one of them is the second'

exits 0 'the record holds' -- at 12-01T10:00 verify
plan
