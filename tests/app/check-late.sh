#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# Mail that cannot leave for days: the ladder waits for it, and goes on from the day it left.
. "${top_srcdir:?}/tests/app/tap.sh"
db=$work/t.db
work=$(cd "$work" && pwd)
cat > "$work/sendmail" << END
#!/bin/sh
cat > /dev/null
read -r status < "$work/mode"
exit "\$status"
END
chmod 700 "$work/sendmail"
printf 'out {\n\ttransport = "sendmail"\n\tsendmail = "%s/sendmail"\n\tgive_up_hours = 480\n}\n' "$work" > "$work/o.conf"

at() { # at DAY COMMAND…
	day=$1
	shift
	"$OVERSYN" "--now=${day}T08:00:00+01:00" --config "$work/o.conf" --db "$db" "$@"
}

passes() { # passes DAY…: in January 2027
	for d in "$@"; do quiet at "2027-01-$d" tick; done
}

kinds() { # kinds FILE: how many mails of each kind of the ladder it lists
	sed 's/.*"kind":"\([^"]*\)".*/\1/' "$1" | grep -x 'reminder\|last-reminder\|escalation\|chair\|deputy' | sort | uniq -c
}

# What waits for days: on the day it leaves, only first letters do.
waits() { # waits WORDS
	passes 12 13 14 15 18 19 20 21 22
	at 2027-01-22 --json outbox > "$work/written"
	kinds "$work/written" > "$work/kinds"
	test ! -s "$work/kinds"
	ok $? "$1: no further rung is written while the first letters wait"
	sed 's/^/# /' "$work/kinds"
}

goes_on() { # goes_on WORDS
	at 2027-01-22 --json outbox > "$work/written"
	test "$(grep -vc '"status":"accepted"' "$work/written")" -eq 0
	ok $? "$1: all of it goes"
	exits 0 "$1: another pass the same day" -- at 2027-01-22 tick
	at 2027-01-22 --json outbox | cmp -s - "$work/written"
	ok $? "$1: writes nothing more"
	passes 25 26 27 28 29
	at 2027-01-29 --json outbox > "$work/week"
	grep -q '"kind":"last-reminder"\|"kind":"reminder"\|"kind":"overdue".*"created":"2027-01-2[5-9]' "$work/week"
	ok $? "$1: then the ladder goes on"
	kinds "$work/week" | grep -q 'escalation\|chair'
	test $? -ne 0
	ok $? "$1: and nobody is told of a person who has had no time"
	for d in 2027-02-01 2027-02-02 2027-02-03 2027-02-04 2027-02-05; do quiet at $d tick; done
	at 2027-02-05 --json outbox > "$work/later"
	grep -q '"kind":"escalation"' "$work/later"
	ok $? "$1: but once they have"
}

echo 0 > "$work/mode"
exits 0 "import" -- at 2027-01-08 import "$top_srcdir/config/model"
cp "$db" "$work/base.db"

# ---- held by hand ----
exits 0 "the outbox is held" -- at 2027-01-11 outbox hold
passes 11
waits held
exits 0 "and released" -- at 2027-01-22 outbox release
passes 22
goes_on held

# ---- a server that is away ----
back "$work/base.db" "$db"
echo 74 > "$work/mode"
exits 3 "the server is away" -- at 2027-01-11 tick
waits away
echo 0 > "$work/mode"
exits 0 "and is back" -- at 2027-01-22 outbox retry
passes 22
goes_on away

# ---- one that cannot be delivered ----
back "$work/base.db" "$db"
echo 67 > "$work/mode"
passes 11
echo 0 > "$work/mode"
passes 12 13 14 15 18 19 20 21 22
at 2027-01-22 --json outbox > "$work/written"
grep -q '"status":"failed"' "$work/written" && kinds "$work/written" | grep -q reminder
ok $? "what failed for good holds nothing up"
exits 0 "verify" -- at 2027-02-05 verify
plan
