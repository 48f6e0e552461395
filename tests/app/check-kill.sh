#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# kill -9 anywhere in a pass: the next one carries on. In the end the same
# mails, each under the same Message-ID, have gone out as in a pass that
# nobody killed, the record holds, and a reply was applied once.
. "${top_srcdir:?}/tests/app/tap.sh"
now=--now=2027-01-11T08:00:00+01:00

ids() { # what lies in the Maildir, by Message-ID
	find "$1" -path '*/new/*' -type f -exec sed -n 's/^Message-ID: //p' {} + | sort
}

exits 0 "import" -- "$OVERSYN" "$now" --db "$work/base.db" import "$top_srcdir/config/model"
exits 0 "a pass on a Saturday makes the secret and no letter" -- \
	"$OVERSYN" --now=2027-01-09T08:00:00+01:00 --db "$work/base.db" tick
says "$work/out" ' 0 letters' "no letter"
exits 0 "a preview" -- "$OVERSYN" "$now" --db "$work/base.db" tick --dry-run
says "$work/out" '^overdue .*T006' "shows whom it would write to"
cp "$work/base.db" "$work/whole.db"
exits 0 "a pass that nobody kills" -- "$OVERSYN" "$now" --db "$work/whole.db" tick
ids "$work/whole.db-mail/out" > "$work/whole.ids"
test -s "$work/whole.ids"
ok $? "sends $(wc -l < "$work/whole.ids") mails"

cp "$work/base.db" "$work/cut.db"
for ms in 20 30 40 50 60 70 80 90 100 120 140 160 180 200 230 260 300 350 400; do
	"$OVERSYN" "$now" --db "$work/cut.db" tick > /dev/null 2>&1 &
	pid=$!
	sleep "0.$(printf %03d "$ms")"
	kill -9 "$pid" 2> /dev/null
	wait "$pid" 2> /dev/null
	"$OVERSYN" --db "$work/cut.db" verify > /dev/null 2>> "$work/verify" || echo "after $ms ms" >> "$work/verify"
done
test ! -s "$work/verify"
ok $? "the record holds after every kill"
exits 0 "the next pass carries on" -- "$OVERSYN" "$now" --db "$work/cut.db" tick
ids "$work/cut.db-mail/out" > "$work/cut.ids"
sort -u "$work/cut.ids" | cmp -s - "$work/whole.ids"
ok $? "no mail is lost, none invented"
"$OVERSYN" --db "$work/cut.db" --json outbox | grep -qv '"status":"accepted"'
test $? -ne 0
ok $? "the outbox is empty"

"$OVERSYN" "$now" --db "$work/cut.db" tick > /dev/null 2>&1 &
pid=$!
"$OVERSYN" "$now" --db "$work/cut.db" tick > /dev/null 2>> "$work/second"
second=$?
wait "$pid"
test "$second" -eq 0 || test "$second" -eq 4
ok $? "a second pass beside it is refused, or came after it"
plan
