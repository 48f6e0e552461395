#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# The coordinator by mail: commands, from the registered address and to it alone; what
# changes something is asked there first. And the letters that nobody asked for: one a
# week, one a quarter, whatever happens in between.
. "${top_srcdir:?}/tests/app/tap.sh"
db=$work/t.db
conf=$work/o.conf
touch "$conf"
boss=sakerhetschef@tallvinge.example
ours=oversyn@tallvinge.example

at() { # at DAY HH:MM COMMAND…
	day=$1 clock=$2
	shift 2
	zone=+02:00
	case $day in 2026-*|2027-0[12]-*|2027-03-[01]*|2027-03-2[0-7]|2027-1[12]-*) zone=+01:00 ;; esac
	"$OVERSYN" --config "$conf" "--now=${day}T$clock:00$zone" --db "$db" "$@"
}

# mail NAME FROM TO SUBJECT TEXT [HEADERS]
mail() {
	mkdir -p "$db-mail/in/new" "$db-mail/in/cur" "$db-mail/in/tmp"
	{
		[ -z "${6:-}" ] || printf '%b\n' "$6"
		echo "From: $2"
		echo "To: $3"
		echo "Message-ID: <$1@t.example>"
		echo "Subject: $4"
		echo "Content-Type: text/plain; charset=utf-8"
		printf '\n%b\n' "$5"
	} > "$db-mail/in/new/$1"
}

outbox() {
	at 2027-12-31 09:00 --json outbox
}

answers() { # how many mails went out, but for those that tell what waits
	outbox | grep -vc '"kind":"coordinator"'
}

sent() { # sent KIND: how many of them went out
	outbox | grep -c "\"kind\":\"$1\""
}

newest() { # newest KIND: the file of the newest mail of that kind
	id=$(outbox | grep "\"kind\":\"$1\"" | tail -n 1 | sed 's/.*"message_id":"\([^"]*\)".*/\1/')
	[ -z "$id" ] || grep -l "^Message-ID: <$id>" -r "$db-mail/out" | head -n 1
}

reply_to() { # of a file
	tr -d '\r' < "$1" | sed -n 's/^Reply-To: .*<\(.*\)>.*/\1/p; s/^Reply-To: \([^<]*@.*\)/\1/p' | head -n 1
}

# text FILE: its first part, decoded. What is quoted-printable may break words.
text() {
	tr -d '\r' < "$1" | awk '/^Content-Type: text\/html/ { exit } { print }' | sed -e ':a' -e '/=$/N; s/=\n//; ta'
}

last() { # last WHAT WORDS: the newest incoming mail's line holds WHAT
	at 2027-12-31 09:00 --json inbox | tail -n 1 > "$work/row"
	says "$work/row" "$1" "$2"
}

is() { # is NUMBER WANTED WORDS
	[ "$1" = "$2" ] || echo "# $1, wanted $2"
	test "$1" = "$2"
	ok $? "$3"
}

settings() { # settings LINES: the model's, and these
	{
		cat "$top_srcdir/config/model/kommun.csv"
		printf '%b' "$1"
	} > "$work/kommun.csv"
}

exits 0 "import" -- at 2027-01-10 07:00 import "$top_srcdir/config/model"
settings 'svar_per_avsändare;40;\n'
exits 0 "a limit that this test keeps below" -- at 2027-01-10 07:01 import municipality "$work/kommun.csv"
exits 0 "the first pass" -- at 2027-01-11 07:30 tick
is "$(sent weekly)" 0 "no letter of the week on the day of the first pass"

# ---- commands ----
mail c1 "$boss" "$ours" STATUS ""
exits 0 "STATUS in the subject" -- at 2027-01-12 08:00 tick
last '"status":"answered"' "is answered"
is "$(sent command-status)" 1 "once"
outbox | grep '"kind":"command-status"' > "$work/row"
says "$work/row" "\"to\":\"$boss\"" "to the registered address"
says "$work/row" '"subject":"Läget 12 januari: [0-9]* försenade' "with how it stands"
f=$(newest command-status)
text "$f" > "$work/text"
says "$work/text" "Socialn" "committee by committee"
says "$f" "Auto-Submitted: auto-replied" "as no person's mail"
to=$(reply_to "$f")
test -n "$to"
ok $? "and can be answered"
mail c2 "$boss" "$to" "SV: Läget" "Lista försenade\n\n> STATUS"
exits 0 "a command in a reply" -- at 2027-01-12 08:05 tick
is "$(sent command-list)" 1 "is answered, too"
text "$(newest command-list)" > "$work/text"
says "$work/text" "| T006 " "with what is overdue"
mail c3 "$boss" "$ours" "x" "Hej!\nlist waiting\nMvh"
exits 0 "in English, below a greeting" -- at 2027-01-12 08:06 tick
is "$(sent command-list)" 2 "too"
letter=$(outbox | grep '"kind":"overdue"' | head -n 1 | sed 's/.*"letter":"\([^"]*\)".*/\1/')
for ref in t006 T006.1 "$letter"; do
	mail "v$ref" "$boss" "$ours" "VISA $ref" ""
	exits 0 "VISA $ref" -- at 2027-01-12 08:10 tick
	says "$(newest command-show)" "^Subject:.*=" "is answered"
	outbox | tail -n 1 > "$work/row"
	says "$work/row" '"subject":"Det här vet vi: ' "with what is known"
done
mail v0 "$boss" "$ours" "VISA X99" ""
exits 0 "VISA of nothing" -- at 2027-01-12 08:11 tick
outbox | tail -n 1 > "$work/row"
says "$work/row" 'Hittades inte' "says so"
mail h "$boss" "$ours" "Fråga" "Kan du visa allt?"
exits 0 "what is no command" -- at 2027-01-12 08:12 tick
is "$(sent command-help)" 1 "is answered with what can be written"
mail c1b "$boss" "$ours" STATUS ""
sed -i 's/^Message-ID: .*/Message-ID: <c1@t.example>/; 1i X-Again: 1' "$db-mail/in/new/c1b"
exits 0 "the same mail again" -- at 2027-01-12 08:13 tick
last '"status":"kept"' "is kept"
is "$(sent command-status)" 1 "and not answered"

# ---- who is obeyed ----
before=$(answers)
mail s1 kommundirektor@tallvinge.example "$ours" STATUS ""
exits 0 "somebody else's command" -- at 2027-01-12 08:20 tick
last '"status":"coordinator"' "is a person's to look at"
mail s2 evil@x.test "$to" "STARTA T030" "STARTA T030"
exits 0 "a stranger's, with a token" -- at 2027-01-12 08:21 tick
last '"status":"coordinator"' "is, too"
mail s3 "$boss" "$ours" STATUS "" "Auto-Submitted: auto-replied"
exits 0 "an automatic reply" -- at 2027-01-12 08:22 tick
last '"status":"kept"' "is kept"
mail s4 "$boss" "$ours" STATUS "" "From: $ours"
exits 0 "two senders" -- at 2027-01-12 08:23 tick
is "$(answers)" "$before" "and none of them is answered"
printf 'trust {\n\tauthserv_id = "mx.tallvinge.example"\n}\n' > "$conf"
mail s5 "$boss" "$ours" STATUS "" "Authentication-Results: mx.tallvinge.example; dmarc=fail header.from=tallvinge.example"
exits 0 "a command that nobody vouches for" -- at 2027-01-12 08:24 tick
last '"status":"coordinator"' "is a person's to look at, where the site checks"
is "$(answers)" "$before" "and not answered"
mail s7 "$boss" "$ours" STATUS "" "Authentication-Results: mx.tallvinge.example; dmarc=pass header.from=tallvinge.example"
exits 0 "one that is vouched for" -- at 2027-01-12 08:24 tick
is "$(sent command-status)" 2 "is answered"
: > "$conf"
mail s6 "$boss" brist@tallvinge.example STATUS ""
exits 0 "what goes to the address for deficiencies" -- at 2027-01-12 08:25 tick
is "$(sent command-status)" 2 "is a report, and no command"

# ---- a review before its time ----
asked() { # asked ITEM: reviews it has had
	at 2027-12-31 09:00 show "$1" 2> /dev/null | grep -c "^review "
}
mail t0 "$boss" "$ours" x "STARTA T006"
exits 0 "STARTA of what is open" -- at 2027-01-13 08:00 tick
is "$(sent command-start) $(sent command-started)" "0 1" "is refused, with the reason"
mail t1 "$boss" "$ours" x "STARTA T030"
exits 0 "STARTA" -- at 2027-01-13 08:01 tick
is "$(sent command-start) $(asked T030)" "1 0" "is asked about, and starts nothing"
f=$(newest command-start)
yes=$(reply_to "$f")
outbox | grep '"kind":"command-start"' > "$work/row"
says "$work/row" "\"to\":\"$boss\"" "at the registered address"
mail t2 "$boss" "$to" "SV: x" "JA"
exits 0 "a yes without its token" -- at 2027-01-13 08:02 tick
is "$(asked T030)" 0 "starts nothing"
mail t3 evil@x.test "$yes" "SV: x" "JA"
exits 0 "a stranger's yes" -- at 2027-01-13 08:03 tick
last '"status":"coordinator"' "is a person's to look at"
is "$(asked T030)" 0 "and starts nothing"
mail t4 "$boss" "$yes" "SV: x" "Kanske"
exits 0 "neither yes nor no" -- at 2027-01-13 08:04 tick
is "$(sent command-start) $(asked T030)" "2 0" "is asked about again"
mail t5 "$boss" "$yes" "SV: x" "JA" "Auto-Submitted: auto-replied"
exits 0 "an automatic yes" -- at 2027-01-13 08:05 tick
is "$(asked T030)" 0 "starts nothing"
mail t6 "$boss" "$yes" "SV: x" "JA"
exits 0 "a yes" -- at 2027-01-13 08:06 tick
says "$work/out" "1 letter about 1 review and" "starts it: its letter goes in the same pass"
last '"status":"applied"' "and the mail is applied"
is "$(asked T030)" 1 "one review"
outbox | grep -c '"to":"verksamhetschef.arbetsmarknad.*"kind":"invitation"' > "$work/n"
is "$(cat "$work/n")" 1 "one invitation"
mail t7 "$boss" "$yes" "SV: x" "JA"
exits 0 "a yes again" -- at 2027-01-13 08:07 tick
is "$(asked T030)" 1 "starts nothing more"
exits 0 "why" -- at 2027-01-13 09:00 --lang en why T030
says "$work/out" "a request happened on 2027-01-13" "says how its date came about"
mail t8 "$boss" "$ours" x "STARTA T031"
exits 0 "another one" -- at 2027-01-14 08:00 tick
no=$(reply_to "$(newest command-start)")
mail t9 "$boss" "$no" "SV: x" "NEJ"
exits 0 "a no" -- at 2027-01-14 08:01 tick
mail t10 "$boss" "$no" "SV: x" "JA"
exits 0 "and a yes after it" -- at 2027-01-14 08:02 tick
is "$(asked T031)" 0 "starts nothing"
mail t11 "$boss" "$ours" x "STARTA T031"
exits 0 "once more" -- at 2027-01-14 09:00 tick
late=$(reply_to "$(newest command-start)")
settled=$(at 2027-01-14 09:30 --json inbox open | head -n 1 | sed 's/.*"id":\([0-9]*\).*/\1/')
exits 0 "somebody looks at one of those that wait" -- at 2027-01-14 09:30 inbox settle "$settled" sett
mail t12 "$boss" "$late" "SV: x" "JA"
exits 0 "a yes too late" -- at 2027-01-25 08:00 tick
is "$(at 2027-01-25 09:00 show T031 | grep -c review-started)" 0 "starts nothing"

text "$(newest weekly)" > "$work/text"
says "$work/text" '| \([1-9]\), varav \1 nya' "new in the week's letter is what still waits"
says "$work/text" 'oversyn doctor' "which advises what works beside the daemon"

# ---- not for ever ----
i=0
while [ $i -lt 44 ]; do
	i=$((i + 1))
	mail "f$i" "$boss" "$ours" HJÄLP ""
done
before=$(sent command-help)
exits 0 "a flood of commands" -- at 2027-01-28 08:00 tick
is "$(sent command-help)" $((before + 40)) "is answered up to the limit"

# ---- protected names ----
sed '1s/$/;namn_skyddat/; 2,$s/$/;nej/; /^T012;/s/;nej$/;ja/' "$top_srcdir/config/model/informationstillgangar.csv" > "$work/assets.csv"
exits 0 "a name becomes protected" -- at 2027-01-28 09:00 import assets "$work/assets.csv"
mail p1 "$boss" "$ours" x "VISA T012"
mail p2 "$boss" "$ours" x "LISTA FÖRSENADE"
exits 0 "what is asked of it" -- at 2027-01-30 08:00 tick
for kind in command-show command-list; do
	text "$(newest $kind)" > "$work/text"
	says "$work/text" "T012" "$kind names it by its id"
	! grep -q "Centralarkivet" "$work/text"
	ok $? "and by nothing else"
done

# ---- one letter a week, with passes that are missed ----
weekly() { # of the letters: the days that they were written
	outbox | grep '"kind":"weekly"' | sed 's/.*"created":"\([^T]*\).*/\1/'
}
for day in 02-01 02-01 02-02 02-08 02-10 02-24 02-27 02-28 03-01 03-10 03-15 03-22 03-29 03-30 03-31; do
	[ $day != 03-29 ] || cp "$db" "$work/base.db"
	quiet at "2027-$day" 08:00 tick
done
weekly | tr '\n' ' ' > "$work/days"
is "$(cat "$work/days")" "2027-01-25 2027-02-01 2027-02-08 2027-02-24 2027-03-01 2027-03-10 2027-03-15 2027-03-22 2027-03-30 " \
	"a letter on the first pass of each week that had one"
text "$(newest weekly)" > "$work/text"
says "$work/text" "oversyn status" "it says what to do when none comes"
head=$(grep -o '[0-9a-f]\{64\}' "$work/text" | head -n 1)
letter=$(outbox | grep '"kind":"weekly"' | tail -n 1 | sed 's/.*"letter":"\([^"]*\)".*/\1/')
at 2027-03-31 09:00 show "$letter" > "$work/out"
says "$work/out" "head=${head:-none}" "and the record's head, as the record has it"
mail w1 "$boss" "$(reply_to "$(newest weekly)")" "SV: Översyn" "STATUS"
before=$(sent command-status)
exits 0 "an answer to it" -- at 2027-03-31 10:00 tick
is "$(sent command-status)" $((before + 1)) "is a command"

# ---- the quarter ----
is "$(sent status)" 0 "nothing is told of a quarter before it has ended"
exits 0 "the first working day after it" -- at 2027-04-01 08:00 tick
is "$(sent status)" 3 "the board is told, with two copies"
outbox | grep '"kind":"status"' > "$work/rows"
head -n 1 "$work/rows" > "$work/row"
says "$work/row" '"to":"namndsekreterare.ks@tallvinge.example".*Status kvartal 1 2027' "by its secretary"
quiet at 2027-04-01 12:00 tick
quiet at 2027-04-02 08:00 tick
quiet at 2027-06-30 08:00 tick
is "$(sent status)" 3 "once"
quiet at 2027-07-01 08:00 tick
weeks=$(sent weekly)
quiet at 2027-07-05 08:00 tick
is "$(sent weekly)" $((weeks + 1)) "in recess the week has its letter"
is "$(sent status)" 3 "and the quarter waits"
exits 0 "after the recess" -- at 2027-08-09 08:00 tick
is "$(sent status)" 6 "it has its own"
at 2027-08-09 09:00 status > "$work/out"
says "$work/out" "Last status of the quarter: 2027-08-09, GR-" "status shows when"
exits 0 "the record holds" -- at 2027-08-10 09:00 verify

# ---- killed in the middle ----
rm -rf "$db" "$db"-*
back "$work/base.db" "$db"
for ms in 20 40 60 80 100 130 160 200 250 300 400; do
	at 2027-03-29 08:00 tick > /dev/null 2>&1 &
	pid=$!
	sleep "0.$(printf %03d "$ms")"
	kill -9 "$pid" 2> /dev/null
	wait "$pid" 2> /dev/null
done
exits 0 "after many kills on a holiday" -- at 2027-03-29 08:00 tick
is "$(sent status) $(weekly | grep -c 2027-03-29)" "0 0" "nothing goes"
for ms in 20 40 60 80 100 130 160 200 250 300 400; do
	at 2027-04-01 08:00 tick > /dev/null 2>&1 &
	pid=$!
	sleep "0.$(printf %03d "$ms")"
	kill -9 "$pid" 2> /dev/null
	wait "$pid" 2> /dev/null
done
weeks=$(weekly | grep -c "2027-03")
exits 0 "after many more" -- at 2027-04-01 08:00 tick
is "$(sent status) $(weekly | grep -c "2027-04-01")" "3 1" "one letter of the week, one of the quarter"
is "$(weekly | grep -c "2027-03")" "$weeks" "and those before stand"
exits 0 "the record holds" -- at 2027-04-01 09:00 verify

# ---- off ----
settings 'veckobrev;nej;\nkvartalsstatus;nej;\n'
exits 0 "both are turned off" -- at 2027-04-01 10:00 import municipality "$work/kommun.csv"
before="$(sent status) $(sent weekly)"
quiet at 2027-04-19 08:00 tick
quiet at 2027-08-16 08:00 tick
is "$(sent status) $(sent weekly)" "$before" "and none goes"
settings 'veckobrev_dag;onsdag;\n'
exits 0 "Wednesdays" -- at 2027-08-17 10:00 import municipality "$work/kommun.csv"
quiet at 2027-08-18 08:00 tick
is "$(weekly | tail -n 1)" 2027-08-18 "are a choice, too"
settings 'veckobrev_dag;midvecka;\n'
exits 1 "another day" -- at 2027-08-19 10:00 import municipality "$work/kommun.csv"
says "$work/err" "is no weekday" "is refused"
plan
