#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# A copy of the database is taken and put back, by the commands and by hand: what came
# after it is not made up for by letters, and no reference is given twice.
. "${top_srcdir:?}/tests/app/tap.sh"
. "$top_srcdir/tests/app/january.sh"

value() { # value NAME: of the one object that was printed
	sed -n "s/.*\"$1\":\"*\([^\",}]*\).*/\1/p" "$work/out"
}
outbox() { # outbox NAME: of every mail, a line each
	at 31 08:00 --json outbox | sed -n "s/.*\"$1\":\"\([^\"]*\)\".*/\1/p"
}
numbers() { # of the mails that came, which tokens to confirm them are made of
	at 31 08:00 --json inbox | sed -n 's/^{"id":\([0-9]*\),.*/\1/p' | sort
}
sequence() { # sequence DATABASE: of an event that is in the copy; calendars heed no lower one
	at 31 08:00 --db "$1" show "$event" | sed -n 's/^event .*, sequence \([0-9]*\)$/\1/p'
}
reply() { # reply NAME WHO [WORDS]: to the first letter that asks them something; with words, by nobody's server
	to=$(at 31 08:00 --json outbox | grep "\"to\":\"$2@" | grep -v '"kind":"question"' | sed -n '1s/.*"message_id":"\([^.]*\).*/\1/p')
	mx=mx.tallvinge.example
	[ -z "${3:-}" ] || mx=elsewhere.test
	printf '%s\n' "Authentication-Results: $mx; dmarc=pass header.from=tallvinge.example" \
		"From: $2@tallvinge.example" "To: oversyn+$to@tallvinge.example" "Message-ID: <$1@t.example>" \
		'Subject: Svar' 'Content-Type: text/plain; charset=utf-8' '' "${3:-GODKÄNNS}" > "$in/new/$1"
}
report() { # report NAME: of a deficiency
	printf '%s\n' 'Authentication-Results: mx.tallvinge.example; dmarc=pass header.from=tallvinge.example' \
		'From: larare@tallvinge.example' 'To: BRISTER' "Message-ID: <$1@t.example>" 'Subject: Brist' '' \
		"Dörren står öppen ($1)." | sed "s/BRISTER/$(sed -n 's/^funktionsbrevlåda_brister;\([^;]*\).*/\1/p' "$top_srcdir/config/model/kommun.csv")/" > "$in/new/$1"
}
cases() { # their references
	at 31 08:00 --json deficiencies | sed -n 's/.*"ref":"\([^"]*\)".*/\1/p'
}
sound() { # sound WORDS: SQLite finds nothing wrong with the database
	python3 -c 'import sqlite3, sys; print(sqlite3.connect(sys.argv[1]).execute("PRAGMA integrity_check").fetchone()[0])' \
		"$db" > "$work/sound"
	is "$(cat "$work/sound")" ok "$1"
}
cut_off() { # a write is cut off in the database, with a part of it in the file already
	python3 - "$db" <<-'PYTHON'
		import os, signal, sqlite3, sys
		base = sqlite3.connect(sys.argv[1], isolation_level=None)
		base.execute("PRAGMA cache_size = 1")
		base.execute("BEGIN IMMEDIATE")
		for (table,) in base.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND name LIKE '%bytes'").fetchall():
		    base.execute("DELETE FROM " + table)
		base.execute("CREATE TABLE filler AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000) "
		             "SELECT i, zeroblob(2000) FROM n")
		os.kill(os.getpid(), signal.SIGKILL)
	PYTHON
	test -s "$db-journal"
	ok $? "a write is cut off"
}
wait_for() { # wait_for FILE
	for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
		[ -e "$1" ] || sleep 0.2
	done
}
hold() { # hold FILE: somebody has locked its first byte, until $pid is killed
	rm -f "$1-held"
	python3 - "$1" <<-'PYTHON' &
		import fcntl, struct, sys, time
		with open(sys.argv[1], "ab") as held:
		    fcntl.fcntl(held, fcntl.F_OFD_SETLK, struct.pack("hhqqixxxx", fcntl.F_WRLCK, 0, 0, 1, 0))
		    open(sys.argv[1] + "-held", "w").close()
		    time.sleep(60)
	PYTHON
	pid=$!
	wait_for "$1-held"
}
later() { # the database as it came to be after the copy
	rm -rf "$db" "$db"-*
	cp -r "$work"/later/* "$work"
}

# ---- a copy ----
exits 0 "import" -- at 08 08:00 import "$top_srcdir/config/model"
exits 0 "letters" -- at 11 08:00 tick
exits 0 "a copy is taken" -- at 12 08:00 --json backup "$work/copy.db"
rows=$(value rows) head=$(value head)
exits 0 "which is as the database was" -- "$OVERSYN" --db "$work/copy.db" verify "$head"
is "$(find "$work" -name 'copy.db*' | wc -l)" 1 "nothing is left beside it"
is "$(stat -c %a "$work/copy.db")" 640 "not everybody may read it"
exits 0 "an older copy is replaced" -- at 12 08:01 backup "$work/copy.db"
echo 'not ours, but somebody else wants it' > "$work/other"
exits 2 "another file is not" -- at 12 08:02 backup "$work/other"
says "$work/other" 'somebody else' "and is as it was"
exits 2 "nor is the database itself" -- at 12 08:02 backup "$db"
exits 3 "a folder that is not there" -- at 12 08:02 backup "$work/nowhere/copy.db"

# ---- what came after it ----
reply r1 kanslichef
reply r2 bibliotekschef 'GODKÄNNS'
report d1
exits 0 "an answer, which is in no copy" -- at 12 09:00 tick
case=$(cases)
at 12 09:01 --json inbox | sed -n 1p > "$work/out"
is "$(value verdict)" approve "it is recorded"
exits 0 "other letters" -- at 15 08:00 tick
exits 0 "and others" -- at 18 08:00 tick
outbox letter | sort -u > "$work/refs"
outbox message_id | sort > "$work/ids"
numbers > "$work/numbers"
event=$(at 31 08:00 --json outbox | grep '"to":"gatuchef@' | sed -n '1s/.*"letter":"\([^"]*\)".*/\1/p')
was=$(sequence "$db")
mkdir "$work/later"
cp -r "$db" "$db"-* "$work/later"

# ---- it is put back ----
exits 0 "the copy is put back" -- at 19 08:00 --json restore "$work/copy.db"
is "$(value rows)" "$rows" "as far as it had come"
kept=$(value kept)
cmp -s "$kept" "$work/later/t.db"
ok $? "the database that was there is kept"
is "$(find "$work" -name '*.part*' | wc -l)" 0 "nothing else is left"
is "$(sequence "$db")" $((was + $(wc -l < "$work/ids"))) "an event's SEQUENCE is ahead of all that went out"
exits 4 "a pass" -- at 19 08:05 --json tick
is "$(value letters)" 0 "writes nothing that is due"
says "$work/err" 'RESTORING' "and says where it is said what to do"
is "$(outbox kind | tail -n 1)" outbox "the coordinator is told"
grep -rl 'Databasen har lagts tillbaka' "$db-mail/out" > "$work/out"
is "$(wc -l < "$work/out")" 1 "in a letter that goes all the same"
mv "$in"/.Oversyn-klart/cur/r1* "$in/new/r1"
report d2
exits 4 "the answer is moved back, and a deficiency is reported" -- at 19 08:10 tick
test -n "$case" && test "$(cases)" != "$case"
ok $? "under a number of its own ($(cases), and before $case)"
at 19 08:11 --json inbox | grep kanslichef > "$work/out"
is "$(value verdict)" approve "and is recorded"
exits 0 "it is let go" -- at 19 08:12 outbox release
exits 0 "letters are written again" -- at 19 08:13 --json tick
test "$(value letters)" -gt 0
ok $? "as they are due"
reply r3 bibliotekschef 'ANSTÅND: 2027-02-05'
exits 0 "what nobody vouches for is asked about" -- at 19 08:13 tick
is "$(outbox kind | grep -c confirm)" 1 "once"
outbox message_id | sort > "$work/again"
at 31 08:00 --db "$work/copy.db" --json outbox | sed -n 's/.*"message_id":"\([^"]*\)".*/\1/p' | sort > "$work/copied"
comm -13 "$work/copied" "$work/again" | comm -12 - "$work/ids" > "$work/out"
is "$(wc -l < "$work/out")" 0 "no Message-ID of theirs was given before"
outbox letter | sort -u > "$work/again"
at 31 08:00 --db "$work/copy.db" --json outbox | sed -n 's/.*"letter":"\([^"]*\)".*/\1/p' | sort -u > "$work/copied"
comm -13 "$work/copied" "$work/again" | comm -12 - "$work/refs" > "$work/out"
is "$(wc -l < "$work/out")" 0 "no reference of theirs was given before"
numbers | comm -12 - "$work/numbers" > "$work/out"
is "$(wc -l < "$work/out")" 0 "nor any number of a mail that came"
exits 0 "the record holds" -- at 19 08:14 verify "$head"

# ---- by other means ----
later
cp "$work/copy.db" "$db"
exits 4 "a copy that was put there by hand" -- at 19 09:00 --json tick
is "$(value letters)" 0 "is seen"
later
exits 0 "the database itself is not taken for one" -- at 19 09:00 tick
later
rm "$db-lock"
exits 4 "one that came from another machine" -- at 19 09:00 --json tick
is "$(value letters)" 0 "is held too"
later
: > "$db-lock"
exits 0 "one from before there were notes is not" -- at 19 09:00 tick
later
rm "$db"
exits 0 "one that is begun anew in its place" -- at 19 09:00 import "$top_srcdir/config/model"
exits 0 "is not an older one" -- at 19 09:01 --json tick
test "$(value letters)" -gt 0
ok $? "and its letters go"

# ---- what cannot be put back ----
later
cp "$db" "$work/as-it-was"
refused() { # refused STATUS FILE WORDS
	exits "$1" "$3" -- at 19 10:00 restore "$2"
	cmp -s "$db" "$work/as-it-was"
	ok $? "and nothing is done"
	is "$(find "$work" -name '*.part*' -o -name '*-before-*' | wc -l)" 0 "nothing is left behind"
}
refused 2 "$work/other" "a file of another kind"
refused 2 "$work/nothing" "a file that is not there"
python3 - "$work/copy.db" "$work/torn.db" "$work/newer.db" "$work/forged.db" <<'PYTHON'
import sqlite3, sys
whole = open(sys.argv[1], "rb").read()
open(sys.argv[2], "wb").write(whole[:len(whole) // 2])
for name, change in (sys.argv[3], "PRAGMA user_version = 9999"), (sys.argv[4], "UPDATE record SET facts = facts || 'x' WHERE seq = 7"):
    open(name, "wb").write(whole)
    base = sqlite3.connect(name)
    for (trigger,) in base.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'record'").fetchall():
        base.execute("DROP TRIGGER " + trigger)
    base.execute(change)
    base.commit()
PYTHON
refused 4 "$work/torn.db" "half a copy"
refused 4 "$work/newer.db" "one by a newer program"
refused 1 "$work/forged.db" "one whose record was changed"

# A write that was cut off in the database must not be undone in the copy that takes its place.
mails=$(at 19 11:01 --db "$work/copy.db" --json outbox | wc -l)
cut_off
exits 0 "a copy is put in that database's place" -- at 19 11:00 restore "$work/copy.db"
sound "it is whole"
exits 0 "its record holds" -- at 19 11:01 verify "$head"
is "$(at 19 11:01 --json outbox | wc -l)" "$mails" "and it has the copy's mails"
later
cut_off
rm "$db"
exits 0 "and where the database itself is gone" -- at 19 11:02 restore "$work/copy.db"
sound "it is whole"
test ! -s "$db-journal" && test -s "$db-journal.kept"
ok $? "what was cut off is beside it"
printf 'another' > "$work/copy.db-journal"
exits 2 "no copy is written where another's journal lies" -- at 19 11:03 backup "$work/copy.db"
rm "$work/copy.db-journal"
later
mv "$db" "$work/real.db"
ln -s real.db "$db"
exits 0 "by a link" -- at 19 11:04 restore "$work/copy.db"
test -L "$db" && test ! -L "$work/real.db"
ok $? "the link stays one"
rm "$db"

# There and back again: what was given in between is not given once more either.
later
exits 0 "a copy is put back" -- at 19 11:10 --json restore "$work/copy.db"
kept=$(value kept)
exits 0 "and let go" -- at 19 11:11 outbox release
exits 0 "and worked with" -- at 19 11:12 tick
outbox letter | sort -u > "$work/between"
exits 0 "and after all the database from before it" -- at 20 08:00 restore "$kept"
outbox letter | sort -u > "$work/before"
exits 0 "is let go" -- at 20 08:01 outbox release
for day in 20 21 22 25 26 27 28; do
	at $day 08:02 tick > "$work/out" 2>&1
done
outbox letter | sort -u > "$work/after"
comm -13 "$work/before" "$work/after" > "$work/new"
test -s "$work/new"
ok $? "it writes letters"
is "$(comm -12 "$work/new" "$work/between" | wc -l)" 0 "with references of their own"

# A case that is in the copy: mails about it go on with Message-IDs of their own.
receipts() { # of what was reported, by Message-ID
	at 31 08:00 --json outbox | sed -n 's/.*"message_id":"\([^"]*\)","to":"larare@.*/\1/p' | sort
}
more() { # more NAME: about the case
	report "$1"
	sed -i "s/^To: .*/To: oversyn+$(receipts | sed -n '1s/\..*//p')@tallvinge.example/" "$in/new/$1"
}
later
exits 0 "a copy with a case" -- at 19 11:13 backup "$work/case.db"
receipts > "$work/copied"
more d3
exits 0 "more is said of it" -- at 19 11:14 tick
receipts > "$work/before"
exits 0 "the copy is put back" -- at 19 11:15 restore "$work/case.db"
exits 0 "and let go" -- at 19 11:16 outbox release
more d4
exits 0 "and something else is said" -- at 19 11:17 tick
receipts | comm -13 "$work/copied" - > "$work/after"
is "$(wc -l < "$work/after")" 1 "which has its receipt"
is "$(comm -12 "$work/before" "$work/after" | wc -l)" 0 "with a Message-ID of its own"

# Twice the same copy: what went out after the first time is not what goes out after the second.
later
for turn in 1 2; do
	exits 0 "the copy is put back" -- at 19 11:20 restore "$work/copy.db"
	sequence "$db" > "$work/sequence$turn"
	exits 0 "and let go" -- at 19 11:21 outbox release
	exits 0 "and worked with" -- at 19 11:22 tick
	outbox message_id | sort > "$work/turn$turn"
done
at 31 08:00 --db "$work/copy.db" --json outbox | sed -n 's/.*"message_id":"\([^"]*\)".*/\1/p' | sort > "$work/copied"
comm -12 "$work/turn1" "$work/turn2" | comm -23 - "$work/copied" > "$work/out"
is "$(wc -l < "$work/out")" 0 "no Message-ID is in both"
test "$(cat "$work/sequence2")" -gt "$(cat "$work/sequence1")"
ok $? "and no SEQUENCE is lower than it was"
later
rm "$db-lock"
ln -s "$work/other" "$db-lock"
exits 3 "a lock that leads elsewhere" -- at 19 11:25 restore "$work/copy.db"
says "$work/other" 'somebody else' "is not written to"
rm "$db-lock"

# The note is there before a mail goes: a disk may be lost while it does.
later
rm -f "$db"*
printf '#!/bin/sh\ncat > /dev/null\n[ -s "%s" ] || cp "%s" "%s"\n' "$work/then" "$db-lock" "$work/then" > "$work/sendmail"
chmod 700 "$work/sendmail"
printf 'out {\n\ttransport = "sendmail"\n\tsendmail = "%s"\n}\n' "$(cd "$work" && pwd)/sendmail" > "$work/s.conf"
exits 0 "import" -- at 08 08:00 import "$top_srcdir/config/model"
exits 0 "the first letters go" -- at 11 08:00 --config "$work/s.conf" tick
read -r _ _ _ _ _ letters _ < "$work/then"
is "$letters" "$(outbox letter | sort -u | wc -l)" "the note knew of all of them before the first had gone"
later

# What the superuser makes is the user's whose database it is.
if [ "$(id -u)" -eq 0 ]; then
	theirs() { # theirs FILE WORDS
		is "$(stat -c %u:%g "$1")" 4711:4712 "$2"
	}
	later
	chown 4711:4712 "$db"
	chmod 600 "$db"
	rm "$db-lock"
	exits 0 "the superuser takes a copy" -- at 19 11:26 backup "$work/theirs.db"
	theirs "$work/theirs.db" "it is the user's"
	exits 0 "the superuser puts one back" -- at 19 11:27 restore "$work/copy.db"
	theirs "$db" "it is the user's"
	theirs "$db-lock" "so is its lock"
	is "$(stat -c %a "$db")" 600 "others may read it as little as before"
	rm "$db" "$db-lock"
	whose=$(stat -c %u:%g "$work")
	chown 4711:4712 "$work"
	exits 0 "where none was" -- at 19 11:28 restore "$work/copy.db"
	theirs "$db" "it is the folder's user's"
	theirs "$db-lock" "so is its lock"
	# A pass of the superuser's does not shut out the user's own.
	rm -f "$db-lock" "$db-acks"
	exits 4 "the superuser makes a pass" -- at 19 11:29 tick
	theirs "$db-lock" "the lock is the user's"
	theirs "$db-acks" "so is the note of what went"
	chown 0:0 "$db-acks"
	as_user() {
		setpriv --reuid=4711 --regid=4712 --clear-groups "$OVERSYN" --db "$db" "$@" > "$work/theirs" 2>&1
	}
	as_user --now=2027-01-19T11:30:00+01:00 tick
	is $? 3 "who cannot write it makes no pass"
	says "$work/theirs" "$db-acks cannot be opened: .*: make the database's user its owner" "and hears what to mend"
	as_user --lang en doctor --no-mail
	says "$work/theirs" "$db-acks may not be written by who runs this" "as doctor says"
	chown "$whose" "$work"
else
	echo '# not the superuser: whose the files are is not tried'
fi

# Two copies to the same file.
hold "$work/copy.db.part"
echo "half of one" > "$work/copy.db.part"
cp "$work/copy.db" "$work/copied"
exits 4 "while a copy is written no other is written over it" -- at 19 11:30 backup "$work/copy.db"
says "$work/err" 'try again' "which is said"
cmp -s "$work/copy.db" "$work/copied"
ok $? "the copy from before is as it was"
says "$work/copy.db.part" 'half of one' "and so is what is written"
kill $pid
exits 0 "what was cut off is no hindrance" -- at 19 11:31 backup "$work/copy.db"
is "$(find "$work" -name 'copy.db.part' | wc -l)" 0 "and is not left"
exits 0 "the copy is whole" -- "$OVERSYN" --db "$work/copy.db" verify
echo "somebody's" > "$work/theirs"
ln "$work/theirs" "$work/copy.db.part"
exits 4 "what has another name too is not written over" -- at 19 11:32 backup "$work/copy.db"
says "$work/theirs" "^somebody's" "nor emptied"
rm "$work/copy.db.part"

# While a pass runs.
hold "$db-lock"
exits 4 "while a pass runs nothing is put back" -- at 19 12:00 restore "$work/copy.db"
exits 0 "but a copy can be taken" -- at 19 12:00 backup "$work/copy2.db"
kill $pid
python3 - "$db" <<'PYTHON' &
import sqlite3, sys, time
base = sqlite3.connect(sys.argv[1], isolation_level=None)
base.execute("BEGIN IMMEDIATE")
open(sys.argv[1] + "-writing", "w").close()
time.sleep(60)
PYTHON
pid=$!
wait_for "$db-writing"
exits 4 "nor while anybody writes to it" -- at 19 12:01 restore "$work/copy.db"
kill $pid
plan
