#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# Mails that one pass handles together come to the same as each in a pass of its own:
# what one of them changes, people and letters, the next has before it.
. "${top_srcdir:?}/tests/app/tap.sh"
db=$work/t.db
printf 'trust {\n\tauthserv_id = "mx.tallvinge.example"\n}\n' > "$work/o.conf"

at() { # at DAY COMMAND…, at eight that day
	day=$1
	shift
	"$OVERSYN" --config "$work/o.conf" "--now=${day}T08:00:00+01:00" --db "$db" "$@"
}
. "${top_srcdir:?}/tests/app/letters.sh"

to() { # to ADDRESS: where the first letter that asks it for a review wants its answer
	at 2027-01-12 --json outbox | grep -E '"kind":"(invitation|reminder|last-reminder|overdue)"' |
		grep "\"to\":\"$1\"" | head -n 1 |
		sed 's/.*"message_id":"\([^.]*\)[^"]*".*/oversyn+\1@tallvinge.example/'
}

mail() { # mail NAME FROM TO [HEADER]: its words are read from here
	{
		echo "Authentication-Results: mx.tallvinge.example; dmarc=pass header.from=${2#*@}"
		printf 'From: %s\nTo: %s\nMessage-ID: <%s@t.example>\nSubject: Svar\n' "$2" "$3" "$1"
		[ -z "${4:-}" ] || echo "$4"
		printf 'Content-Type: text/plain; charset=utf-8\n\n'
		cat
	} > "$work/mails/$1"
}

deliver() { # deliver NAME…
	mkdir -p "$db-mail/in/new" "$db-mail/in/cur" "$db-mail/in/tmp"
	for name in "$@"; do
		cp "$work/mails/$name" "$db-mail/in/new/$name"
	done
}

became() { # became FILE: what became of each mail
	at 2027-01-12 --json inbox | sed 's/"id":[0-9]*,//; s/"review":"[^"]*"/"review":"some"/' > "$1"
}

chief=it-chef@tallvinge.example
director=kommundirektor@tallvinge.example
mkdir "$work/mails"
exits 0 "import" -- at 2027-01-11 import "$top_srcdir/config/model"
exits 0 "letters go out" -- at 2027-01-11 tick
cp "$db" "$work/base.db"

afresh() {
	back "$work/base.db" "$db"
	rm -rf "$db-mail/in"
}

# An address that does not exist is nobody's: who writes from it next is not its role.
id=$(outbox overdue "\"to\":\"$chief\"" | sed 's/.*"message_id":"\([^"]*\)".*/\1/')
cat > "$work/mails/1gone" << END
From: MAILER-DAEMON@mx.tallvinge.example
To: oversyn@tallvinge.example
Message-ID: <gone@mx.tallvinge.example>
Subject: Undelivered Mail
Content-Type: multipart/report; report-type=delivery-status; boundary="r"

--r
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.tallvinge.example

Final-Recipient: rfc822; $chief
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 User unknown

--r
Content-Type: text/rfc822-headers

Message-ID: <$id>
Subject: granskning

--r--
END
echo "1 GODKÄNNS" | mail 0first "$director" "$(to "$director")"
echo "1 GODKÄNNS" | mail 2chief "$chief" "$(to "$chief")"

# What a receipt says is ours also where it comes back unmarked.
echo "1 GODKÄNNS" | mail 3first "$director" "$(to "$director")"
deliver 3first
exits 0 "an answer gets its receipt" -- at 2027-01-12 tick
letter receipt "$director"
{
	echo "2 GODKÄNNS"
	echo
	sed 1,2d "$work/letter" # its subject
} | mail 4second "$director" "$(to "$director")"


afresh
deliver 4second
exits 0 "it comes before its receipt" -- at 2027-01-12 tick
became "$work/early"
says "$work/early" '"verdict":"question"' "then it says more than an answer"

afresh
for name in 3first 4second; do
	deliver "$name"
	exits 0 "$name alone" -- at 2027-01-12 tick
done
became "$work/alone"
test "$(grep -c '"status":"applied".*"review":"some"' "$work/alone")" = 2
ok $? "what we wrote is not the sender's word"
afresh
deliver 3first 4second
exits 0 "both together" -- at 2027-01-12 tick
became "$work/together"
cmp "$work/alone" "$work/together"
ok $? "come to the same, though the receipt was written in between"

afresh
deliver 2chief
exits 0 "an answer comes" -- at 2027-01-12 tick
became "$work/alone"
says "$work/alone" '"status":"applied".*"review":"some"' "it is its role's"
afresh
deliver 0first 1gone 2chief
exits 0 "it comes together with word that there is no such mailbox" -- at 2027-01-12 tick
became "$work/together"
says "$work/together" 'its role is vacant' "the role is vacant"
says "$work/together" '"status":"coordinator".*the sender does not answer for that item' "before the answer is looked at"

# One that cannot be handled is no hindrance to those before it, which have been done once,
# and as if nobody had tried before.
poison() { # poison SQL
	python3 -c 'import sqlite3, sys
sqlite3.connect(sys.argv[1], isolation_level=None).execute(sys.argv[2])' "$db" "$1"
}

poisoned() {
	afresh
	poison "CREATE TRIGGER poison BEFORE UPDATE ON inbox WHEN NEW.message_id = '3bad@t.example'
		BEGIN SELECT RAISE(ABORT, 'poison'); END"
}

answered() { # answered FILE: what became of each mail, and the receipts
	became "$1"
	at 2027-01-12 --json outbox | grep -o '"message_id":.*"kind":"receipt","subject":"[^"]*"' >> "$1"
}

cp "$work/mails/2chief" "$work/mails/0chief"
sed 's/^Message-ID: .*/Message-ID: <2first@t.example>/' "$work/mails/3first" > "$work/mails/2first"
echo "1 GODKÄNNS" | mail 3bad "$director" "$(to "$director")"
poisoned
for name in 0chief 1gone 2first; do
	deliver "$name"
	exits 0 "$name alone" -- at 2027-01-12 tick
done
deliver 3bad
exits 4 "what cannot be handled alone" -- at 2027-01-12 tick
deliver 4second
exits 4 "stops what comes after it" -- at 2027-01-12 tick
answered "$work/alone"
poisoned
deliver 0chief 1gone 2first 3bad 4second
exits 4 "all of them together" -- at 2027-01-12 --json tick
cp "$work/out" "$work/report"
cp "$work/err" "$work/why"
says "$work/report" '"signed":2,.*"answered":2,"kept":1,' "what was undone and done again is counted once"
says "$work/why" 'warning one-by-one why=.*poison' "it is told why they are handled one by one"
answered "$work/together"
test "$(grep -c '"status":"applied"' "$work/together")" = 2
ok $? "those before it are handled"
test "$(grep -c '"status":"new"' "$work/together")" = 2
ok $? "and not those after it"
cmp "$work/alone" "$work/together"
ok $? "as when each comes alone"
poison "DROP TRIGGER poison"
exits 0 "the next pass" -- at 2027-01-12 tick
became "$work/together"
test "$(grep -c '"status":"new"' "$work/together")" = 0
ok $? "handles the rest"
plan
