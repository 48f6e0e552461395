#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# A committee's secretary is asked after the meeting, and writes back: what is
# recorded, and what is not.
. "${top_srcdir:?}/tests/app/tap.sh"
. "${top_srcdir:?}/tests/app/letters.sh"
db=$work/t.db
printf 'trust {\n\tauthserv_id = "mx.tallvinge.example"\n}\n' > "$work/o.conf"

at() { # at DAY COMMAND…, at nine that day
	day=$1
	shift
	"$OVERSYN" --config "$work/o.conf" "--now=${day}T09:00:00+01:00" --db "$db" "$@"
}

to() { # to ADDRESS KIND: where the latest letter of that kind wants its answer
	at 2027-12-31 --json outbox | grep "\"kind\":\"$2\"" | grep "\"to\":\"$1\"" | tail -n 1 |
		sed 's/.*"message_id":"\([^.]*\)[^"]*".*/oversyn+\1@tallvinge.example/'
}

reply() { # reply NAME FROM TO TEXT
	mkdir -p "$db-mail/in/new" "$db-mail/in/cur" "$db-mail/in/tmp"
	{
		echo "Authentication-Results: mx.tallvinge.example; dmarc=pass header.from=${2#*@}"
		echo "From: $2"
		echo "To: $3"
		echo "Message-ID: <$1@t.example>"
		echo "Subject: Svar"
		echo "Content-Type: text/plain; charset=utf-8"
		echo
		echo "$4"
	} > "$db-mail/in/new/$1"
}

inbox() { # inbox N WHAT WORDS: the Nth mail's line holds WHAT
	at 2027-12-31 --json inbox > "$work/inbox"
	grep "\"id\":$1," "$work/inbox" > "$work/row"
	says "$work/row" "$2" "$3"
}

mails() { # mails KIND: how many of them went to the secretary
	at 2027-12-31 --json outbox | grep "\"kind\":\"$1\"" | grep -c 'namndsekreterare.ks'
}

decisions() {
	at 2027-12-31 --json status | sed -n 's/.*"body":"KS".*"decided":\([0-9]*\).*/\1/p'
}

secretary=namndsekreterare.ks@tallvinge.example
asked() { # until the secretary has been asked
	exits 0 "import" -- at 2027-01-11 import "$top_srcdir/config/model"
	exits 0 "letters go out" -- at 2027-01-11 tick
	# Governing documents have a script of their own.
	at 2027-01-11 --json outbox | grep '"kind":"invitation"\|"kind":"overdue"' |
		grep -v 'it-chef@\|kanslichef@\|beredskapssamordnare@' |
		sed 's/.*"message_id":"\([^.]*\)[^"]*".*"to":"\([^"]*\)".*/\2 \1/' > "$work/letters"
	i=0
	while read -r who token; do
		i=$((i + 1))
		reply "s$i" "$who" "oversyn+$token@tallvinge.example" "GODKÄNNS"
	done < "$work/letters"
	exits 0 "their holders sign" -- at 2027-01-12 tick
	held=$i
	exits 0 "on the day of the meeting nobody is asked" -- at 2027-02-09 tick
	test "$(mails paragraph)" = 0
	ok $? "not yet"
	exits 0 "the day after" -- at 2027-02-10 tick
}
asked
test "$(mails paragraph)" = 1
ok $? "the secretary gets one letter"
letter=$(to "$secretary" paragraph)
at 2027-02-10 status > "$work/status"
at 2027-02-10 --json status > "$work/json"
says "$work/json" '"inquiry":"decision","item":"F01","body":"KS","meeting":"2027-02-09","asked":"2027-02-10","times":1' "to programs, too"
says "$work/status" 'F01 .*KS .*2027-02-09 .*2027-02-10 .*1' "status says what is waited for"
exits 0 "and once more" -- at 2027-02-11 tick
test "$(mails paragraph)" = 1
ok $? "no second one the next day"
letter paragraph "$secretary"
says "$work/letter" 'så frågar vi igen onsdagen den 24 februari 2027' "which says when the minutes are asked about"

reply d1 "stranger@x.test" "$letter" "BESLUT: 2027-02-09 § 12"
reply d2 "ordforande.ks@tallvinge.example" "$letter" "BESLUT: 2027-02-09 § 12"
reply d3 "$secretary" "$letter" "Det gick bra"
reply d4 "$secretary" "$letter" "BESLUT: 2027-02-08 § 12"
reply d5 "$secretary" "$letter" "GODKÄNNS"
exits 0 "answers come" -- at 2027-02-12 tick
inbox $((held + 1)) '"status":"coordinator"' "a stranger's goes to a person"
inbox $((held + 2)) '"status":"coordinator"' "so does the chair's, who is no secretary"
inbox $((held + 3)) '"status":"answered"' "what is no decision is asked back"
inbox $((held + 4)) '"status":"answered"' "and a day without a meeting"
inbox $((held + 5)) '"status":"answered"\|"status":"kept"\|"status":"coordinator"' "and an approval without a paragraph"
test "$(decisions)" = 0
ok $? "none of them is a decision"
reply d6 "$secretary" "$letter" "Kommunstyrelsen godkände den 9 februari 2027, § 12, ej justerat"
exits 0 "the decision comes" -- at 2027-02-15 tick
inbox $((held + 6)) '"status":"answered"' "what the board decided is confirmed first"
test "$(decisions)" = 0
ok $? "nothing is decided until then"
reply d6b "$secretary" "$(to "$secretary" confirm)" "JA"
exits 0 "the yes comes" -- at 2027-02-15 tick
inbox $((held + 7)) '"review":"' "it is recorded"
now=$(decisions)
test "$now" -ge 1
ok $? "the review has ended ($now)"
exits 0 "the minutes are not asked about before they should be adjusted" -- at 2027-02-23 tick
test "$(mails adjusted)" = 0
ok $? "not yet"
exits 0 "then they are" -- at 2027-02-24 tick
test "$(mails adjusted)" = 1
ok $? "in one letter"
reply d7a "$secretary" "$(to "$secretary" adjusted)" "Protokollet är inte justerat än."
exits 0 "they are not yet" -- at 2027-02-24 tick
letter receipt "$secretary"
says "$work/letter" 'står som ej justerat' "the receipt says how it stands"
reply d7 "$secretary" "$(to "$secretary" adjusted)" "JUSTERAT"
exits 0 "the answer comes" -- at 2027-02-25 tick
reply d7b "$secretary" "$(to "$secretary" confirm)" "JA"
exits 0 "it is confirmed" -- at 2027-02-25 tick
letter receipt "$secretary"
says "$work/letter" '| JUSTERAT 2027-02-09 § 12 | klart; beslutet är justerat' "as what it is"
inbox $((held + 10)) '"review":"' "it is recorded too"
test "$(decisions)" = "$now"
ok $? "and is no other decision"
exits 0 "weeks later" -- at 2027-03-08 tick
test "$(mails adjusted)" = 1
ok $? "nobody is asked again"
exits 0 "the record holds" -- at 2027-12-31 verify

# ---- when nobody has answered until the minutes should be adjusted
db=$work/late.db
asked
exits 0 "she is asked again" -- at 2027-02-24 tick
test "$(mails paragraph)" = 2
ok $? "in a second letter"
letter paragraph "$secretary"
says "$work/letter" 'så frågar vi igen\.' "it promises no day that has passed"
reply e1 "$secretary" "$(to "$secretary" paragraph)" "BESLUT: 2027-02-09 § 12, ej justerat"
exits 0 "the decision comes late" -- at 2027-02-26 tick
letter confirm "$secretary"
says "$work/letter" '| BESLUT 2027-02-09 § 12, ej justerat |' "what is confirmed is all that she said"
reply e2 "$secretary" "$(to "$secretary" confirm)" "Kanske"
exits 0 "no yes and no no" -- at 2027-02-26 tick
letter confirm "$secretary"
says "$work/letter" '| BESLUT 2027-02-09 § 12, ej justerat |' "also when it is asked again"
reply e1b "$secretary" "$(to "$secretary" confirm)" "JA"
exits 0 "and the yes, on a Saturday" -- at 2027-02-27 tick
letter receipt "$secretary"
says "$work/letter" 'vi frågar om justeringen måndagen den 1 mars 2027' "nor does the receipt"
test "$(mails adjusted)" = 0
ok $? "not asked on the day off"
exits 0 "the day that it says" -- at 2027-03-01 tick
test "$(mails adjusted)" = 1
ok $? "she is asked"

# ---- what the coordinator enters is as much of a meeting
db=$work/hand.db
asked
no() { # no STATUS DAY PARAGRAPH WHY WORDS
	exits "$1" "$5" -- at 2027-02-10 record F01 "$2" "$3"
	says "$work/err" "$4" "is refused, and why"
}
no 2 2027-02-09 "" '"" is no paragraph' "an empty paragraph"
no 2 2027-02-09 " § " 'is no paragraph' "a sign without a number"
no 2 2027-02-09 "paragraf femtiotolv" 'write it like "§ 41"' "a paragraph in words"
no 2 2027-02-09 "§ 12 och 13" 'write it like "§ 41"' "two of them"
no 1 1999-11-30 "§ 9" '1999-11-30 is before 2027-01-12, when F01 was signed off' "a day of another age"
no 1 2027-01-11 "§ 9" '2027-01-11 is before 2027-01-12, when F01 was signed off' "the day before the sign-off"
no 1 2027-02-07 "§ 9" 'KS has no meeting on 2027-02-07; its nearest are 2027-01-12 and 2027-02-09' "a Sunday"
test "$(decisions)" = 0
ok $? "nothing is recorded"
exits 0 "a Sunday, on purpose" -- at 2027-02-10 record F01 2027-02-07 "par. 9" --outside-meeting --unadjusted
says "$work/out" 'F01 decided 2027-02-07, § 9' "is recorded, its paragraph as by mail"
at 2027-02-10 show F01 > "$work/show"
says "$work/show" 'meeting=none' "and that it was no meeting"
plan
