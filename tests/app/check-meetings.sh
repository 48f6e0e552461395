#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# Meetings from calendars: how they come in, what is said of them, and what
# becomes of an open review whose meeting moves or is cancelled.
. "${top_srcdir:?}/tests/app/tap.sh"
model=$top_srcdir/config/model
db=$work/a.db

at() { # at MM-DDTHH:MM COMMAND…
	clock=$1
	shift
	"$OVERSYN" "--now=2027-$clock:00+02:00" --db "$db" "$@"
}

# calendar FILE DAY SEQUENCE TITLE: as Exchange writes it, of one meeting that
# keeps its UID.
calendar() {
	printf '%s\r\n' BEGIN:VCALENDAR METHOD:PUBLISH 'PRODID:Microsoft Exchange Server 2010' \
		VERSION:2.0 X-WR-CALNAME:Kalender BEGIN:VEVENT \
		UID:040000008200E00074C5B7101A82E00800000000A1B2C3D4E5F6DD01 "SUMMARY:$4" \
		"DTSTART;TZID=W. Europe Standard Time:$2" DTSTAMP:20270611T101112Z "SEQUENCE:$3" \
		END:VEVENT END:VCALENDAR > "$1"
}

# event N: the text/calendar part of the Nth mail about S03, unfolded.
event() {
	file=$(grep -l "^Message-I[Dd]: *<$token\.$1@" "$db-mail/out/new"/*)
	tr -d '\r' < "$file" | awk '
		/^Content-Type: *text\/calendar/ { part = 1 }
		part == 1 && /^$/ { part = 2; next }
		part == 2 && /^(--|$)/ { exit }
		part == 2' | base64 -d | tr -d '\r' | awk '
		/^ / { line = line substr($0, 2); next }
		{ print line; line = $0 }
		END { print line }' > "$work/event"
}

mail() { # mail N: what the outbox says of the Nth mail about S03
	at 08-16T09:00 --json outbox | grep "\"message_id\":\"$token\.$1@" > "$work/mail"
}

exits 0 "the model imports" -- at 08-02T07:00 import "$model"
calendar "$work/ks.ics" 20271012T130000 0 Kommunstyrelsen
exits 0 "a calendar imports" -- at 08-02T07:00 import meetings "$work/ks.ics"
says "$work/out" 'ks.ics: 1 meeting, 0 cancelled, 0 skipped' "what is in it is told"
says "$work/out" '^~ meeting KS 2027-10-12: uid$' "the table's stop day stays"
exits 0 "and again" -- at 08-02T07:00 import meetings "$work/ks.ics"
says "$work/out" '^0 added, 0 changed' "changes nothing"
exits 0 "nor does the table" -- at 08-02T07:00 import "$model"
says "$work/out" '^0 added, 0 changed' "of the model"
exits 0 "letters go out" -- at 08-09T07:30 tick
exits 0 "the one about the guideline too" -- at 08-10T07:30 tick
at 08-10T08:00 --json outbox > "$work/all"
token=$(grep '"subject":"Granska[^"]*Riktlinjer för informationssäkerhet' "$work/all" |
	sed 's/.*"message_id":"\([^.]*\).*/\1/')
test -n "$token"
ok $? "it was written"
event 1
uid=$(grep '^UID:' "$work/event")
says "$work/event" '^SEQUENCE:0$' "its event is new"
says "$work/event" '^DTSTART.*:20270921T' "and lies on the stop day"

calendar "$work/ks.ics" 20271019T090000 1 Kommunstyrelsen
exits 0 "a meeting that moves is tried" -- at 08-12T07:00 import meetings "$work/ks.ics" --dry-run
says "$work/out" '^S03 .*2027-09-21 *2027-09-28' "what it moves is shown"
exits 0 "and kept" -- at 08-12T07:00 import meetings "$work/ks.ics"
says "$work/out" '^~ meeting KS 2027-10-12: moved to 2027-10-19' "and told"
exits 0 "the review follows" -- at 08-12T07:30 tick
mail 2
says "$work/mail" '"kind":"rescheduled".*Ny dag: granska senast 28 september' "by a letter"
event 2
says "$work/event" "^$uid\$" "its event keeps its UID"
says "$work/event" '^SEQUENCE:1$' "with a higher SEQUENCE"
says "$work/event" '^DTSTART.*:20270928T' "on the new day"

calendar "$work/ks.ics" 20271019T090000 2 'Inställt: Kommunstyrelsen'
exits 0 "a meeting that is cancelled" -- at 08-13T07:00 import meetings "$work/ks.ics"
says "$work/out" '^~ meeting KS 2027-10-19: cancelled' "is told"
exits 0 "and the review leans on the one before" -- at 08-13T07:30 tick
mail 3
says "$work/mail" '"kind":"rescheduled".*Ny dag: granska senast 24 augusti' "by a letter"
event 3
says "$work/event" "^$uid\$" "the same event"
says "$work/event" '^SEQUENCE:2$' "moves once more"
says "$work/event" '^DTSTART.*:20270824T' "to an earlier day"
exits 0 "nothing goes twice" -- at 08-16T07:30 tick
mail 4
test ! -s "$work/mail"
ok $? "nor a fourth time"
exits 0 "the record" -- at 08-16T08:00 verify

# ---- a folder, a body, complaints
mkdir "$work/model"
cp "$model"/*.csv "$work/model"
cp "$top_srcdir/tests/cases/meetings/outlook.ics" "$work/model/sammantraden-sbn.ics"
exits 0 "a folder with a calendar imports" -- "$OVERSYN" --db "$work/b.db" import "$work/model"
says "$work/out" 'sammantraden-sbn.ics: 4 meetings, 1 cancelled, 1 skipped (presidium 1)' "its body by the calendar's name"
says "$work/out" '^? meeting SBN 2027-02-23: not in the calendar, still counted: mark it inställt' "what it lacks is told"
exits 1 "what names no body is refused" -- "$OVERSYN" --db "$work/b.db" import meetings \
	"$top_srcdir/tests/cases/meetings/shapes.ics"
says "$work/err" 'shapes.ics:21: "ny": names no body.*--body' "by file, line and title"
exits 0 "unless the body is said" -- "$OVERSYN" --db "$work/b.db" import meetings \
	"$top_srcdir/tests/cases/meetings/shapes.ics" --body VN
says "$work/out" '^+ meeting VN 2027-03-04' "it is that one's"
says "$work/out" '^~ meeting OFN 2027-01-19\|^+ meeting OFN 2027-01-19' "but what names another stays that one's"
exits 2 "a body that is none" -- "$OVERSYN" --db "$work/b.db" import meetings "$work/ks.ics" --body XX
says "$work/err" 'XX' "is named"
exits 2 "a body for a table" -- "$OVERSYN" --db "$work/b.db" import meetings \
	"$model/sammantraden-2027.csv" --body KS
exits 1 "faults" -- "$OVERSYN" --db "$work/b.db" import meetings \
	"$top_srcdir/tests/cases/meetings/faults.ics" --body KS
says "$work/err" 'faults.ics:3: "zon": the time zone "Customized Time Zone"' "are told by line"
says "$work/err" '^oversyn: 9 faults in 1 file: nothing was imported' "and counted"
head -c 300000 /dev/urandom > "$work/noise.ics"
exits 1 "garbage is none" -- "$OVERSYN" --db "$work/b.db" import meetings "$work/noise.ics"
awk 'BEGIN { for (i = 0; i < 200000; i++) print "BEGIN:VCALENDAR" }' > "$work/deep.ics"
exits 1 "nor is a pit" -- "$OVERSYN" --db "$work/b.db" import meetings "$work/deep.ics"
says "$work/err" 'deep.ics:9: ' "by line"
plan
