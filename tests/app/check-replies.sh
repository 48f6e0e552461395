#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# Replies that must not be taken for more than they are: to two letters at once,
# twice, and to a letter whose item has changed since.
. "${top_srcdir:?}/tests/app/tap.sh"
db=$work/t.db
printf 'trust {\n\tauthserv_id = "mx.tallvinge.example"\n}\n' > "$work/o.conf"

at() { # at HH:MM COMMAND…
	clock=$1
	shift
	"$OVERSYN" --config "$work/o.conf" "--now=2027-01-12T$clock:00+01:00" --db "$db" "$@"
}

reply() { # reply NAME FROM TO [CC]
	mkdir -p "$db-mail/in/new" "$db-mail/in/cur" "$db-mail/in/tmp"
	{
		echo "Authentication-Results: mx.tallvinge.example; dmarc=pass header.from=${2#*@}"
		echo "From: $2"
		echo "To: $3"
		[ -z "${4:-}" ] || echo "Cc: $4"
		echo "Message-ID: <$1@t.example>"
		echo "Subject: Svar"
		echo "Content-Type: text/plain; charset=utf-8"
		echo
		echo "GODKÄNNS"
	} > "$db-mail/in/new/$1"
}

# asking [WHO]: to whom each letter that asks for a review went, and where its
# answer goes, oldest first.
asking() {
	at 09:00 --json outbox | grep -E '"kind":"(invitation|reminder|last-reminder|overdue)"' |
		sed 's/.*"message_id":"\([^.]*\)[^"]*".*"to":"\([^"]*\)".*/\2 oversyn+\1@tallvinge.example/' |
		grep "^$1"
}

inbox() { # inbox N WHAT WORDS: the Nth mail's line holds WHAT
	at 09:00 --json inbox > "$work/inbox"
	grep "\"id\":$1," "$work/inbox" > "$work/row"
	says "$work/row" "$2" "$3"
}

reviews() { # how many mails have signed something
	at 09:00 --json inbox | grep -c '"review":"'
}

exits 0 "import" -- at 07:00 import "$top_srcdir/config/model"
exits 0 "letters go out" -- at 07:30 tick
asking "" > "$work/before"
from=$(sed -n '1s/ .*//p' "$work/before")
token=$(sed -n '1s/.* //p' "$work/before")
other=$(sed -n '2s/.* //p' "$work/before")
test -n "$token" && test -n "$other" && test "$token" != "$other"
ok $? "two letters have tokens of their own"

reply two "$from" "$token" "$other"
exits 0 "a reply to two letters is read" -- at 08:00 tick
inbox 1 '"status":"coordinator"' "it says of neither which it answers: a person looks"
test "$(reviews)" = 0
ok $? "it signs nothing"

reply stranger "x@y.test" "$token"
exits 0 "a stranger's reply is read" -- at 08:05 tick
inbox 2 '"status":"coordinator"' "it goes to a person"
test "$(reviews)" = 0
ok $? "and signs nothing"

# The register changes while the answer is on its way.
cp -r "$top_srcdir/config/model" "$work/model"
chmod -R u+w "$work/model"
for f in rutiner informationstillgangar styrdokument forteckningar; do
	sed -i '2,$s/;/ (ändrad);/2' "$work/model/$f.csv"
done
exits 0 "the register changes" -- at 08:10 import "$work/model"
reply late "$from" "$token"
exits 0 "the answer to what was shown before is read" -- at 08:15 tick
inbox 3 '"verdict":"approve"' "it is understood"
test "$(reviews)" = 0
ok $? "and signs nothing: what it saw is no more"

# The new letter is what counts.
asking "$from" | grep -vxF -f "$work/before" > "$work/after"
token2=$(sed -n '1s/.* //p' "$work/after")
reply again "$from" "${token2:-}"
exits 0 "the answer to the new letter is read" -- at 08:20 tick
inbox 4 '"status":"applied"' "it is applied"
test "$(reviews)" = 1
ok $? "and signs"
reply more "$from" "${token2:-}"
exits 0 "the same answer once more is read" -- at 08:25 tick
inbox 5 '"status":"answered"' "it gets a receipt"
test "$(reviews)" = 1
ok $? "and signs nothing more"

# Another's mail under the same Message-ID is another mail.
from2=$(sed -n '2s/ .*//p' "$work/before")
reply more "$from2" "$other"
exits 0 "another's approval under a Message-ID that is taken is read" -- at 08:30 tick
inbox 6 '"status":"coordinator".*"reason":"its Message-ID is that of number 5' "it is not folded: a person looks"

reply more "$from" "$other"
exits 0 "and so is the same person's of another letter" -- at 08:31 tick
inbox 7 '"status":"coordinator".*"reason":"its Message-ID is that of number 5' "a person looks"
reply more "$from" "${token2:-}"
sed -i 's/^GODKÄNNS$/GODKÄNNS\n\nTack!/' "$db-mail/in/new/more"
exits 0 "and one in other words" -- at 08:32 tick
inbox 8 '"status":"coordinator".*"reason":"its Message-ID is that of number 5' "a person looks"
reply more "$from" "${token2:-}"
mv "$db-mail/in/new/more" "$db-mail/in/new/elsewhere"
exits 0 "the very same is read" -- at 08:33 tick
inbox 9 '"status":"kept".*"reason":"the same message has come before, as number 5' "it is kept, and that is all"

# Only the first piece of a mail that is too large is here: it decides nothing.
{
	printf 'Authentication-Results: mx.tallvinge.example; dmarc=pass header.from=tallvinge.example\n'
	printf 'From: %s\nTo: %s\nMessage-ID: <large@t.example>\nSubject: Svar\n' "$from2" "$other"
	printf 'MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\n'
	printf 'Content-Type: text/plain; charset=utf-8\n\nGODKÄNNS\n--b\nContent-Type: image/png\n\n'
	awk 'BEGIN { for (i = 0; i < 700000; i++) print "ABCDEFGHABCDEFGHABCDEFGHABCDEFGHABCDEFGH" }'
	printf -- '--b--\n'
} > "$db-mail/in/new/large"
size=$(wc -c < "$db-mail/in/new/large")
exits 0 "a mail of $size bytes is read" -- at 08:35 tick
inbox 10 "\"status\":\"coordinator\".*too large.*262144 bytes are here of $size" "it is set aside with a note"
says "$work/row" "\"from\":\"$from2\"" "that names who wrote it"
test "$(reviews)" = 1
ok $? "and signs nothing"
test "$(wc -c < "$(find "$db-mail/in/.Oversyn-klart" -name 'large*')")" -eq "$size"
ok $? "the whole lies with the handled mail"

# Killed at any moment, a pass applies an answer once and receipts it once.
"$OVERSYN" --config "$work/o.conf" "--now=2027-01-14T08:00:00+01:00" --db "$db" tick > /dev/null
now=--now=2027-01-14T09:00:00+01:00
mails() { # but those that put a document before its body, which the replies bring about
	find "$db-mail/out" -path '*/new/*' -type f ! -exec grep -q 'namndsekreterare.*@' {} \; \
		-exec sed -n 's/^Message-ID: //p' {} + | sort -u | wc -l
}
find "$db-mail/out" -path '*/new/*' -type f -exec grep -L 'dataskyddsombud@' {} + | sort > "$work/letters"
i=0
while read -r f; do
	i=$((i + 1))
	reply "k$i" "$(address To "$f")" "$(address Reply-To "$f")"
done < "$work/letters"
before=$(mails)
for ms in 20 35 50 65 80 95 110 130 150 180 210 250 300 400; do
	"$OVERSYN" --config "$work/o.conf" "$now" --db "$db" tick > /dev/null 2>&1 &
	pid=$!
	sleep "0.$(printf %03d "$ms")"
	kill -9 "$pid" 2> /dev/null
	wait "$pid" 2> /dev/null
done
exits 0 "the next pass carries on" -- "$OVERSYN" --config "$work/o.conf" "$now" --db "$db" tick
at 09:00 --json inbox > "$work/inbox"
test "$(wc -l < "$work/inbox")" -eq $((10 + i)) && ! grep -q '"status":"new"' "$work/inbox"
ok $? "each of $i replies was kept and handled, once"
receipts=$(tail -n "$i" "$work/inbox" | grep -c '"status":"applied"\|"status":"answered"\|about a missing fact')
test "$(mails)" -ge $((before + 1)) && test "$(mails)" -le $((before + receipts))
ok $? "no more than a receipt each went out ($(($(mails) - before)) of $receipts)"
at 09:00 --json outbox | grep -qv '"status":"accepted"'
test $? -ne 0
ok $? "and nothing waits"
exits 0 "the record holds" -- at 09:00 verify

# A mail server's clock may be a day behind; here all is by the clock.
db=$work/clock.db
by_clock() { # COMMAND…
	"$OVERSYN" --config "$work/o.conf" --db "$db" "$@"
}
exits 0 "another register" -- by_clock import "$top_srcdir/config/model"
exits 0 "its letters go out" -- by_clock tick
asking "" | sed -n 1p > "$work/first"
reply behind "$(cut -d' ' -f1 "$work/first")" "$(cut -d' ' -f2 "$work/first")"
touch -d '30 hours ago' "$db-mail/in/new/behind"
exits 0 "an answer that is said to have come the day before is read" -- by_clock tick
inbox 1 '"status":"applied"' "it is applied"
by_clock show "$(sed -n 's/.*"review":"\([^"]*\)\.[0-9]*".*/\1/p' "$work/row")" > "$work/item"
says "$work/item" '^review .*opened \([-0-9]*\), .* signed \1;' "and counts from the letter's day"
plan
