#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# The outbox from end to end, with a mail server that does what a file tells it: what
# becomes of the mails, what the coordinator is told, and what a person may do.
. "${top_srcdir:?}/tests/app/tap.sh"

# Mail goes by a program. The first line of `mode` that fits the mail's To says how it
# ends: a pattern, a status, and what it prints. What it takes it keeps.
work=$(cd "$work" && pwd)
mkdir "$work/sink"
cat > "$work/sendmail" << END
#!/bin/sh
cd "$work" || exit 99
n=\$((\$(cat calls) + 1))
echo \$n > calls
cat > mail
to=\$(sed -n '/^To:/,/^[^[:space:]]/p' mail)
while read -r pattern status words; do
	case \$to in
	*\$pattern*)
		echo "\$words" >&2
		[ "\$status" -ne 0 ] || mv mail sink/\$n.eml
		exit "\$status"
		;;
	esac
done < mode
exit 99
END
chmod 700 "$work/sendmail"
cat > "$work/o.conf" << END
database = "$work/a.db"
out {
	transport = "sendmail"
	sendmail = "$work/sendmail"
	notice_hours = 4
	give_up_hours = 48
}
END
coordinator=sakerhetschef@tallvinge.example

at() { # at DAY TIME COMMAND…: in January 2027
	now=--now=2027-01-$1T$2:00+01:00
	shift 2
	"$OVERSYN" "$now" --config "$work/o.conf" "$@"
}
mode() {
	printf '%s\n' "$@" > "$work/mode"
}
fresh() { # a database with letters that are due, and a server that has seen nothing
	rm -rf "$work"/a.db* "$work"/sink/*
	cp "$work/base.db" "$work/a.db"
	echo 0 > "$work/calls"
}
calls() { # calls WANTED WORDS: how often the server was asked since
	test "$(cat "$work/calls")" -eq "$1"
	ok $? "$2 ($(cat "$work/calls"))"
	echo 0 > "$work/calls"
}
state() { # state STATE: how many mails are in it
	at 11 08:00 --json outbox | grep -c "\"status\":\"$1\""
}
field() { # field NAME, of the first mail on standard input
	sed -n "1s/.*\"$1\":\"*\([^\",]*\).*/\1/p"
}

exits 0 "import" -- at 08 08:00 import "$top_srcdir/config/model"
exits 0 "a pass on a Saturday" -- at 09 08:00 tick
mv "$work/a.db" "$work/base.db"
grep -q "$coordinator" "$top_srcdir"/config/model/*.csv
ok $? "the model has a coordinator"

# ---- a server that is away ----
fresh
mode '@ 74 the queue cannot be written'
exits 3 "a server that is away ends the pass with 3" -- at 11 08:00 tick
says "$work/err" 'takes no mail (.*the queue cannot be written): [0-9]* mails wait' "and it is said"
calls 1 "it was asked once, not once a letter"
all=$(at 11 08:00 --json outbox | wc -l)
exits 3 "the next pass" -- at 11 08:03 tick
calls 0 "leaves it in peace"
exits 0 "a person need not wait" -- at 11 08:03 outbox retry
says "$work/out" "^$all mails to be tried at once" "for any of them"
exits 3 "then it is asked" -- at 11 08:03 tick
calls 1 "with one mail"
mode '@ 0'
exits 0 "it is back" -- at 11 09:00 tick
test "$(state accepted)" -eq "$all"
ok $? "all $all mails have gone"
test "$(cat "$work"/sink/*.eml | grep -c '^Message-ID')" -eq "$all"
ok $? "each once"

# ---- a clock that was ahead ----
fresh
mode '@ 74 the queue cannot be written'
exits 3 "a server that is away, by a clock that is ahead" -- at 28 08:00 tick
calls 1 "it is asked"
written=$(($(at 11 08:00 --json outbox | wc -l) + 1)) # and the letter of the week that it is
mode 'it-chef@ 75 450 4.2.0 greylisted' '@ 0'
exits 0 "the clock is put right" -- at 11 08:00 tick
calls "$written" "and everything goes"
deferred=$(state deferred)
test "$deferred" -gt 0 && test "$(state accepted)" -eq $((written - deferred))
ok $? "$deferred of them are put off"
mode '@ 0'
exits 0 "what was put off" -- at 11 08:06 tick
test "$(state accepted)" -eq "$written"
ok $? "goes six minutes later"

# ---- trouble of our own ----
fresh
mode "$coordinator 0" '@ 69 server message: 535 5.7.8 bad password'
exits 3 "a refused login ends the pass with 3" -- at 11 08:00 tick
calls 2 "one letter is refused, and word of it goes to the coordinator"
test "$(state held)" -eq "$all"
ok $? "every letter is held"
grep -l 'oversyn outbox release' "$work"/sink/*.eml > "$work/word"
test "$(wc -l < "$work/word")" -eq 1
ok $? "the coordinator knows"
# On one line: where the mail breaks them depends on how long the sendmail's path is.
tr -d '\r' < "$(cat "$work/word")" | sed -e ':a' -e '/=$/{N;s/=\n//;ba' -e '}' | tr '\n' ' ' | grep -q '535 5.7.8 bad password'
ok $? "and why"
exits 4 "the next pass is refused for safety" -- at 11 09:00 tick
says "$work/err" 'held since 2027-01-11T08:00.*535 5.7.8.*outbox release' "which says what to do"
calls 0 "and nobody is asked"
exits 0 "what is open" -- at 11 09:00 outbox open
says "$work/out" '^held since .*535 5.7.8 bad password' "says so first"
mode '@ 0'
exits 0 "it is mended, and released" -- at 11 10:00 outbox release
says "$work/out" "^$all mails released" "all of them"
exits 0 "the next pass" -- at 11 10:00 tick
test "$(state accepted)" -eq $((all + 1))
ok $? "sends them"

# ---- one recipient, greylisting, late mail ----
fresh
mode 'mas@ 67 nobody here' 'it-chef@ 75 450 4.2.0 greylisted' '@ 0'
exits 0 "some are refused, some put off" -- at 11 08:00 --json tick
failed=$(field failed < "$work/out") deferred=$(field deferred < "$work/out")
test "$failed" -gt 0 && test "$deferred" -gt 0
ok $? "$failed and $deferred"
test "$(state failed) $(state deferred)" = "$failed $deferred"
ok $? "and no other"
grep -l 'Subject: Mejl som' "$work"/sink/*.eml > "$work/word"
test "$(wc -l < "$work/word")" -eq 1
ok $? "the coordinator is told of what failed"
says "$(cat "$work/word")" 'mas@tallvinge.example' "whom it was to"
echo 0 > "$work/calls"
exits 0 "four minutes later" -- at 11 08:04 tick
calls 0 "greylisting wants its time"
exits 0 "six minutes later" -- at 11 08:06 tick
calls "$deferred" "they are tried again"
exits 0 "the next day" -- at 12 08:06 tick
grep -l 'Subject: Mejl som' "$work"/sink/*.eml > "$work/word"
test "$(wc -l < "$work/word")" -eq 2
ok $? "the coordinator is told of what is late"
for when in '12 10:00' '12 15:00' '12 20:00' '13 08:05'; do
	exits 0 "they are tried again and again" -- at "${when% *}" "${when#* }" tick
done
test "$(state deferred)" -eq "$deferred"
ok $? "eight times before they are given up"
exits 0 "the day after" -- at 13 13:00 tick
test "$(state deferred)" -eq 0
ok $? "they are given up"
at 13 12:00 --json outbox | grep 'it-chef@' > "$work/out"
says "$work/out" '"status":"failed".*"answer":"given up after 48 hours; the last answer: .*greylisted"' "which says why"
exits 0 "and told of, a day later" -- at 14 08:00 tick
grep -l 'Subject: Mejl som' "$work"/sink/*.eml > "$work/word"
test "$(wc -l < "$work/word")" -eq 3
ok $? "in one letter"
mode '@ 0'
id=$(at 13 12:00 --json outbox | grep 'it-chef@' | field id)
exits 0 "a person tries one of them again" -- at 14 09:00 --json outbox retry "$id"
says "$work/out" "^{\"id\":$id,.*\"status\":\"queued\"" "and sees it"
exits 0 "a pass" -- at 14 09:00 tick
test "$(at 14 09:00 --json outbox | grep -c "\"id\":$id,.*\"status\":\"accepted\"")" -eq 1
ok $? "it arrives"

# ---- limits ----
fresh
sed -i 's/notice_hours = 4/per_minute = 7/' "$work/o.conf"
exits 0 "seven a minute" -- at 11 08:00 --json tick
says "$work/out" '"accepted":7,.*"unsent":[1-9]' "go"
exits 0 "in the same minute" -- at 11 08:00 tick
calls 7 "no more"
exits 0 "a minute later" -- at 11 08:01 tick
calls 7 "the next seven"
sed -i 's/per_minute = 7/notice_hours = 4/' "$work/o.conf"

# ---- what a person may do ----
fresh
exits 0 "held by hand" -- at 11 07:00 outbox hold
exits 4 "letters are written" -- at 11 08:00 tick
calls 0 "and none goes, nor word of it"
at 11 08:00 --json outbox > "$work/list"
first=$(field id < "$work/list") name=$(field message_id < "$work/list")
second=$(sed 1d "$work/list" | field id)
exits 4 "one alone cannot be released" -- at 11 08:00 outbox release "$first"
exits 0 "one is cancelled" -- at 11 08:00 outbox cancel "<$name>"
says "$work/out" "^mail $first to .* is cancelled" "which is said"
exits 0 "the others are released" -- at 11 08:00 --json outbox release
says "$work/out" "^{\"did\":\"release\",\"mails\":$((all - 1))}" "which is said to programs"
exits 0 "one is held" -- at 11 08:00 outbox hold "$second"
exits 0 "a pass" -- at 11 08:00 tick
test "$(state accepted) $(state held) $(state cancelled)" = "$((all - 2)) 1 1"
ok $? "the others go"
exits 0 "it is released" -- at 11 08:00 outbox release "$second"
exits 0 "a pass" -- at 11 08:00 tick
exits 4 "what has gone cannot be cancelled" -- at 11 08:00 outbox cancel "$second"
says "$work/err" 'is accepted: it cannot be cancelled any more' "which is said"
exits 2 "a mail that is none" -- at 11 08:00 outbox hold 999999
exits 2 "cancel needs to know which" -- at 11 08:00 outbox cancel
exits 2 "no such act" -- at 11 08:00 outbox burn
exits 0 "what is open" -- at 11 08:00 --json outbox open
test ! -s "$work/out"
ok $? "is nothing any more"
exits 0 "the record holds" -- at 11 08:00 verify
exits 0 "the record of it" -- at 11 08:00 show "$(sed -n "1s/.*\"letter\":\"\([^\"]*\).*/\1/p" "$work/list")"
says "$work/out" 'mail-cancelled' "has what a person did"
plan
