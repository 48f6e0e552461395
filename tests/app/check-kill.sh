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

# The name that the fifth letter will have is another's already.
cp "$work/base.db" "$work/taken.db"
python3 - "$work/whole.db" "$work/taken.db" <<'EOF'
import sqlite3, sys
whole, taken = (sqlite3.connect(name) for name in sys.argv[1:])
ref, = whole.execute("SELECT ref FROM letter ORDER BY rowid LIMIT 1 OFFSET 4").fetchone()
role, = taken.execute("SELECT id FROM role LIMIT 1").fetchone()
body, = taken.execute("SELECT id FROM body LIMIT 1").fetchone()
taken.execute("INSERT INTO letter (ref, token_hash, role, body, address, opened, sequence, mails) "
              "VALUES (?, ?, ?, ?, 'a@b.example', '2027-01-09', 0, 0)", (ref, "0" * 64, role, body))
taken.execute("DELETE FROM letter_count")
taken.commit()
EOF
exits 4 "a letter that cannot be written" -- "$OVERSYN" "$now" --db "$work/taken.db" tick
says "$work/err" "another letter's name" "is told of"
test "$("$OVERSYN" --db "$work/taken.db" --json outbox | grep -c '"status":"queued"')" -eq 4
ok $? "those before it are written all the same"
"$OVERSYN" --db "$work/taken.db" verify > /dev/null
ok $? "and the record holds"

"$OVERSYN" "$now" --db "$work/cut.db" tick > /dev/null 2>&1 &
pid=$!
"$OVERSYN" "$now" --db "$work/cut.db" tick > /dev/null 2>> "$work/second"
second=$?
wait "$pid"
test "$second" -eq 0 || test "$second" -eq 4
ok $? "a second pass beside it is refused, or came after it"
plan
