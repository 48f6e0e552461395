#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# Answers that are understood but may be forged: the registered address is asked,
# once, and only what it says yes to is recorded, as it was understood.
. "${top_srcdir:?}/tests/app/tap.sh"
db=$work/t.db
conf=$work/o.conf
touch "$conf"
day=2027-01-12

at() { # at HH:MM COMMAND…
	clock=$1
	shift
	"$OVERSYN" --config "$conf" "--now=${day}T$clock:00+01:00" --db "$db" "$@"
}

# mail NAME FROM TO TEXT [HEADERS]: its Message-ID is the name up to a comma.
mail() {
	mkdir -p "$db-mail/in/new" "$db-mail/in/cur" "$db-mail/in/tmp"
	{
		[ -z "${5:-}" ] || printf '%b\n' "$5"
		echo "From: $2"
		echo "To: $3"
		echo "Message-ID: <${1%,*}@t.example>"
		echo "Subject: Svar"
		echo "Content-Type: text/plain; charset=utf-8"
		printf '\n%b\n' "$4"
	} > "$db-mail/in/new/$1"
}

# newest KIND: the file of the newest mail of that kind that went out.
newest() {
	id=$(at 09:00 --json outbox | grep "\"kind\":\"$1\"" | tail -n 1 |
		sed 's/.*"message_id":"\([^"]*\)".*/\1/')
	[ -z "$id" ] || grep -l "^Message-ID: <$id>" -r "$db-mail/out" | head -n 1
}

sent() { # sent KIND: how many of them went out
	at 09:00 --json outbox | grep -c "\"kind\":\"$1\""
}

signed() { # how many mails have signed something
	at 09:00 --json inbox | grep -c '"review":"'
}

last() { # last WHAT WORDS: the newest incoming mail's line holds WHAT
	at 09:00 --json inbox | tail -n 1 > "$work/row"
	says "$work/row" "$1" "$2"
}

is() { # is NUMBER WANTED WORDS
	[ "$1" = "$2" ] || echo "# $1, wanted $2"
	test "$1" = "$2"
	ok $? "$3"
}

# letters: "message-id from" of each that asks for a review, oldest first.
letters() {
	at 09:00 --json outbox | grep -E '"kind":"(invitation|reminder|last-reminder|overdue)"' |
		sed 's/.*"message_id":"\([^"]*\)".*"to":"\([^"]*\)".*/\1 \2/' | grep '\.1@'
}

pick() { # pick N: the Nth letter
	id=$(letters | sed -n "${1}s/ .*//p")
	from=$(letters | sed -n "${1}s/.* //p")
	to=$(address Reply-To "$(grep -l "^Message-ID: <$id>" -r "$db-mail/out" | head -n 1)")
}

start() { # a register and its first letters
	rm -rf "$db" "$db"-*
	at 07:00 import "$top_srcdir/config/model" > /dev/null && at 07:30 tick > /dev/null
	ok $? "letters go out"
}

# ---- nobody vouches for the sender's domain: every decision is confirmed ----
start
pick 1
mail a "$from" "$to" "GODKÄNNS"
exits 0 "an answer is read" -- at 08:00 tick
last '"status":"answered"' "it is answered"
last 'does not check' "with the fact that is missing as the reason"
is "$(signed)" 0 "and signs nothing"
is "$(sent confirm)" 1 "the registered address is asked"
f=$(newest confirm)
is "$(address To "$f")" "$from" "there, and nowhere else"
yes=$(address Reply-To "$f")
test -n "$yes" && test "$yes" != "$to"
ok $? "with a token of its own"
mail b "$from" "$yes" "Hmm, vad då?"
exits 0 "neither yes nor no is read" -- at 08:05 tick
is "$(sent confirm) $(signed)" "2 0" "it is asked once more, and signs nothing"
mail c "x@y.test" "$yes" "JA"
exits 0 "a yes from elsewhere is read" -- at 08:10 tick
last '"status":"coordinator"' "a person looks"
is "$(sent not-counted) $(signed)" "1 0" "the one who was asked is told, and nothing is signed"
mail auto "$from" "$yes" "JA" "Auto-Submitted: auto-replied"
exits 0 "an automatic yes is read" -- at 08:12 tick
is "$(signed)" 0 "and signs nothing"
mail d "$from" "$yes" "JA"
exits 0 "a yes is read" -- at 08:15 tick
last '"status":"applied"' "it is applied"
is "$(sent receipt) $(signed)" "1 1" "with a receipt"
mail e "$from" "$yes" "NEJ"
exits 0 "an answer after that is read" -- at 08:20 tick
last 'answered before' "it comes too late"
is "$(sent not-recorded) $(signed)" "1 1" "which is said, and changes nothing"
exits 0 "the record holds" -- at 08:25 verify

# The same mail again, whole or as a copy by another way, does nothing.
before=$(sent confirm)
pick 2
mail f "$from" "$to" "GODKÄNNS"
exits 0 "another letter is answered" -- at 08:30 tick
mail f,2 "$from" "$to" "GODKÄNNS" "Received: from elsewhere"
exits 0 "and the same mail again" -- at 08:31 tick
last '"status":"kept"' "it is kept"
is "$(sent confirm)" $((before + 1)) "and asked about once"
mail f,3 "$from" "$to" "FEL PERSON: Bo"
exits 0 "another text under its Message-ID" -- at 08:32 tick
last '"status":"coordinator"' "is a person's to look at"
yes=$(address Reply-To "$(newest confirm)")
mail g "$from" "$yes" "NEJ"
exits 0 "a no is read" -- at 08:35 tick
last '"status":"coordinator"' "the coordinator hears of it"
is "$(sent not-recorded) $(signed)" "2 1" "and so does the sender; nothing is signed"
mail h "$from" "$yes" "JA"
exits 0 "a yes after the no is read" -- at 08:36 tick
is "$(signed)" 1 "and changes nothing"

# Two devices: what is confirmed first counts.
mail i "$from" "$to" "ÄNDRING: fel nummer"
exits 0 "a change from one device" -- at 08:40 tick
first=$(address Reply-To "$(newest confirm)")
mail j "$from" "$to" "GODKÄNNS"
exits 0 "an approval from another" -- at 08:41 tick
second=$(address Reply-To "$(newest confirm)")
test "$first" != "$second"
ok $? "each is asked about by itself"
mail k "$from" "$second" "JA"
exits 0 "the approval is confirmed" -- at 08:42 tick
last '"status":"applied"' "and counts"
mail l "$from" "$first" "JA"
exits 0 "then the change" -- at 08:43 tick
last '"review":null' "which is too late"
is "$(signed)" 2 "and changes nothing"

# What was shown has changed, or time has passed.
pick 3
mail m "$from" "$to" "GODKÄNNS"
exits 0 "an answer is held" -- at 08:50 tick
yes=$(address Reply-To "$(newest confirm)")
cp -r "$top_srcdir/config/model" "$work/model"
chmod -R u+w "$work/model"
for f in rutiner informationstillgangar styrdokument forteckningar; do
	sed -i '2,$s/;/ (ändrad);/2' "$work/model/$f.csv"
done
exits 0 "the register changes" -- at 08:51 import "$work/model"
mail n "$from" "$yes" "JA"
exits 0 "the yes to what was is read" -- at 08:52 tick
last '"review":null' "it signs nothing"
is "$(signed)" 2 "what it saw is no more"
start
pick 1
mail a "$from" "$to" "GODKÄNNS"
exits 0 "an answer is held again" -- at 08:00 tick
yes=$(address Reply-To "$(newest confirm)")
day=2027-01-20
mail b "$from" "$yes" "JA"
exits 0 "a yes eight days later" -- at 08:00 tick
last 'time has passed' "is too late"
is "$(sent not-recorded) $(signed)" "1 0" "which is said; nothing is signed"
day=2027-01-12

# Killed at any moment, each answer is asked about once, and each yes counts once.
start
i=0
for k in $(letters | sed 's/ .*//'); do
	i=$((i + 1))
	pick "$i"
	test "$k" = "$id" && mail "k$i" "$from" "$to" "ÄNDRING: fel nummer"
done
killed() { # passes at HH:MM that are killed, and one that is not
	for ms in 20 35 50 65 80 95 110 130 150 180 210 250 300 400; do
		"$OVERSYN" --config "$conf" "--now=${day}T$1:00+01:00" --db "$db" tick > /dev/null 2>&1 &
		pid=$!
		sleep "0.$(printf %03d "$ms")"
		kill -9 "$pid" 2> /dev/null
		wait "$pid" 2> /dev/null
	done
	exits 0 "the next pass carries on" -- at "$1" tick
}
killed 08:00
is "$(sent confirm)" "$i" "each of $i answers is asked about once"
grep -l '^Subject: .*' -r "$db-mail/out" > "$work/files"
j=0
while read -r f; do
	grep -q "^Reply-To: <\{0,1\}oversyn+" "$f" || continue
	q=$(header Message-ID "$f" | tr -d '<>')
	at 09:00 --json outbox | grep "\"message_id\":\"$q\"" | grep -q '"kind":"confirm"' || continue
	j=$((j + 1))
	mail "y$j" "$(address To "$f")" "$(address Reply-To "$f")" "JA"
done < "$work/files"
killed 08:30
is "$j $(signed)" "$i $i" "each of $j confirmations counts, once"
is "$(sent receipt)" "$i" "and has one receipt"
exits 0 "the record holds" -- at 09:00 verify

# ---- the letter was handed on, and somebody else answers ----
start
pick 1
mail a "kollega@tallvinge.example" "$to" "GODKÄNNS"
exits 0 "a colleague answers" -- at 08:00 tick
last '"status":"coordinator"' "a person looks"
is "$(sent not-counted) $(sent confirm) $(signed)" "1 0 0" "the holder is told, the colleague is not asked"
is "$(address To "$(newest not-counted)")" "$from" "at the registered address"
mail b "kollega@tallvinge.example" "$to" "GODKÄNNS"
mail c "kollega@tallvinge.example" "$to" "GODKÄNNS"
exits 0 "and answers again" -- at 08:05 tick
is "$(sent not-counted)" 1 "the holder is told once"

# ---- our own server vouches ----
printf 'trust {\n\tauthserv_id = "mx.tallvinge.example"\n}\n' > "$conf"
good="Authentication-Results: mx.tallvinge.example; dmarc=pass header.from=tallvinge.example"
start
pick 1
mail a "$from" "$to" "GODKÄNNS"
exits 0 "an answer that nobody vouches for" -- at 08:00 tick
last '"status":"answered"' "is answered"
is "$(sent confirm) $(signed)" "1 0" "and is to be confirmed"
mail a2 "$from" "$to" "GODKÄNNS" "Received: from a.example by b.example; Tue, 12 Jan 2027 08:00:00 +0100\n$good"
exits 0 "an answer whose sender vouches for himself" -- at 08:02 tick
last '"status":"coordinator"' "may be forged: the coordinator sees it"
is "$(sent confirm) $(signed)" "2 0" "and it is to be confirmed"
mail b "$from" "$to" "GODKÄNNS" "$good\nDate: Mon, 11 Jan 2027 08:00:00 +0100"
exits 0 "one that is vouched for" -- at 08:05 tick
is "$(sent confirm) $(signed)" "2 1" "is applied at once"
pick 2
mail c "$from" "$to" "GODKÄNNS" "$good\nX-MS-Exchange-Inbox-Rules-Loop: $from"
exits 0 "one that a rule passed on" -- at 08:10 tick
is "$(sent confirm) $(signed)" "3 1" "is to be confirmed"
mail d "$from" "$to" "GODKÄNNS" "$good\nResent-From: <bo@tallvinge.example>"
exits 0 "one that was redirected" -- at 08:15 tick
is "$(sent confirm) $(signed)" "4 1" "is to be confirmed"
mail e "$from" "$to" "GODKÄNNS" "$good\nDate: Sat, 9 Jan 2027 08:00:00 +0100"
exits 0 "one that is older than the letter" -- at 08:20 tick
is "$(sent confirm) $(signed)" "5 1" "is to be confirmed"
mail f "$from" "$to" "GODKÄNNS" "$good\nDate: Sat, 16 Jan 2027 08:00:00 +0100"
exits 0 "one from the future" -- at 08:25 tick
is "$(sent confirm) $(signed)" "6 1" "is to be confirmed"
yes=$(address Reply-To "$(newest confirm)")
mail g "$from" "$yes" "JA" "$good"
exits 0 "the confirmation of that" -- at 08:30 tick
is "$(signed)" 2 "is applied"

# ---- other addresses of the same role ----
cp "$top_srcdir/config/model/roller.csv" "$work/model/roller.csv"
pick 3
awk -F';' -v OFS=';' -v who="$from" 'NR == 1 { print $0, "alias"; next }
	{ print $0, ($3 == who ? "Anna.Andersson@tallvinge.example, aa01@tallvinge.example" : "") }' \
	"$top_srcdir/config/model/roller.csv" > "$work/roller.csv"
exits 0 "a role gets aliases" -- at 08:35 import roles "$work/roller.csv"
mail h "aa01@tallvinge.example" "$to" "GODKÄNNS" "$good"
exits 0 "it answers from one of them" -- at 08:40 tick
is "$(signed)" 3 "which counts"
sed 's/aa01@/aa01 @/' "$work/roller.csv" > "$work/bad.csv"
exits 1 "an alias that is no address" -- at 08:45 import roles "$work/bad.csv"
cat "$work/out" "$work/err" > "$work/all"
says "$work/all" 'bad.csv:[0-9]*.*alias' "is refused with file, line and column"

# ---- how the address names the letter ----
for way in catch-all none; do
	printf 'addressing = "%s"\ntrust {\n\tauthserv_id = "mx.tallvinge.example"\n}\n' "$way" > "$conf"
	start
	pick 1
	case $way in
	none) is "$to" "oversyn@tallvinge.example" "none: the address is plain" ;;
	*) case $to in oversyn-??????????????????????????@tallvinge.example) : ;; *) false ;; esac
		ok $? "catch-all: the token stands behind our name" ;;
	esac
	[ "$way" = none ] || {
		mail a "$from" "$to" "1 GODKÄNNS" "$good"
		exits 0 "$way: an answer to that address" -- at 08:00 tick
		is "$(signed)" 1 "$way: finds its letter"
	}
	pick 2
	mail b "$from" "oversyn@tallvinge.example" "GODKÄNNS" "$good\nReferences: <$id>"
	exits 0 "$way: an answer whose References name the letter" -- at 08:05 tick
	last '"status":"applied"' "$way: finds it too"
	mail c "$from" "oversyn@tallvinge.example" "GODKÄNNS" "$good"
	exits 0 "$way: one that names nothing" -- at 08:10 tick
	last 'no token' "$way: is a person's to look at"
	pick 3
	mail d "$from" "oversyn@tallvinge.example" "GODKÄNNS" "In-Reply-To: <$id>"
	exits 0 "$way: one that is to be confirmed" -- at 08:15 tick
	f=$(newest confirm)
	question=$(header Message-ID "$f")
	before=$(signed)
	mail e "$from" "oversyn@tallvinge.example" "JA" "In-Reply-To: $question\nReferences: <$id> $question"
	exits 0 "$way: a yes that names the question" -- at 08:20 tick
	is "$(signed)" $((before + 1)) "$way: is applied"
done
plan
