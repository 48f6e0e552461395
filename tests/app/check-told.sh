#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# What the coordinator does beside the program: reads what a person wrote, answers a question,
# and enters what somebody has said by telephone.
. "${top_srcdir:?}/tests/app/tap.sh"
. "$top_srcdir/tests/app/january.sh"

letter() { # letter WHO: $ref and $token of the first letter that asks them something
	at 31 08:00 --json outbox | grep "\"to\":\"$1@" | grep -E '"kind":"(invitation|reminder|last-reminder|overdue)"' |
		sed -n '1s/.*"message_id":"\([^.]*\).*"letter":"\([^"]*\)".*/\2 \1/p' > "$work/letter"
	read -r ref token < "$work/letter"
}
reply() { # reply NAME WHO TOKEN TEXT
	printf '%b\n' 'Authentication-Results: mx.tallvinge.example; dmarc=pass header.from=tallvinge.example' \
		"From: $2@tallvinge.example" "To: oversyn+$3@tallvinge.example" "Message-ID: <$1@t.example>" \
		'Subject: Svar' 'Content-Type: text/plain; charset=utf-8' '' "$4" > "$in/new/$1"
}
states() { # of the reviews of a letter
	at 31 08:00 show "$1" | sed -n 's/^review [^:]*: \([^;]*\);.*/\1/p' | sort | uniq -c | tr -s ' \n' ' '
}
text_of() { # text_of REF: the latest mail about a letter, on one line
	id=$(at 31 08:00 --json outbox | grep "\"letter\":\"$1\"" | sed -n '$s/.*"message_id":"\([^"]*\)".*/\1/p')
	python3 -c 'import email, email.policy, sys
m = email.message_from_file(open(sys.argv[1], newline=""), policy=email.policy.default)
print(m["Subject"], m["To"], " ".join(m.get_body(("plain",)).get_content().split()))' \
		"$(grep -rlF "<$id>" "$db-mail/out" | head -n 1)" > "$work/mail"
}
inbox() { # inbox NAME: the row of that mail
	at 31 08:00 --json inbox > "$work/rows"
	id=$(python3 -c 'import sqlite3, sys
print(sqlite3.connect(sys.argv[1]).execute("SELECT id FROM inbox WHERE name = ?", sys.argv[2:]).fetchone()[0])' "$db" "$1")
	grep "\"id\":$id," "$work/rows" > "$work/row"
}

exits 0 "import" -- at 08 08:00 import "$top_srcdir/config/model"
exits 0 "letters" -- at 11 08:00 tick

# ---- in a calendar ----
python3 - "$db-mail/out" > "$work/events" <<'PYTHON'
import email, email.policy, glob, sys
for name in glob.glob(sys.argv[1] + "/new/*"):
    m = email.message_from_file(open(name, newline=""), policy=email.policy.default)
    for part in m.walk():
        if part.get_content_type() == "text/calendar":
            print([line for line in part.get_content().replace("\r\n ", "").split("\r\n") if line.startswith("DESCRIPTION:")][0])
PYTHON
says "$work/events" '^DESCRIPTION:Hej!' "an event says what the letter says"
grep -q 'ovanför den här raden' "$work/events"
test $? -eq 1
ok $? "but not where to write an answer"

# ---- a question ----
letter kanslichef
reply q1 kanslichef "$token" 'Hej!\nVilken förteckning menar ni?\n\nHälsningar\nK'
reply q2 kanslichef "$token" 'Är det godkänt?'
reply q3 kanslichef "$token" 'Godkänns. Vem läser det här?'
exits 0 "questions come" -- at 12 09:00 tick
inbox q1
says "$work/row" '"status":"coordinator"' "a question goes to a person"
says "$work/row" '"reason":"a question' "who is told that it is one"
inbox q2
says "$work/row" '"status":"answered"' "whether something is approved is asked back"
inbox q3
says "$work/row" '"status":"coordinator"' "so does a question behind an answer"
says "$work/row" '"verdict":"question"' "which is recorded as none"
text_of "$ref"
says "$work/mail" 'Den går till Säkerhetschef' "and its sender is told so"

# ---- the coordinator hears of it the same day ----
told() { # the letters of the day
	at 31 08:00 --json outbox | grep -c '"kind":"coordinator"'
}
is "$(told)" 1 "the coordinator gets a letter"
text_of "$(at 31 08:00 --json outbox | grep '"kind":"coordinator"' | sed -n '$s/.*"letter":"\([^"]*\)".*/\1/p')"
inbox q1
says "$work/mail" "| $id | kanslichef@tallvinge.example | $ref | en fråga, som lämnas till en människa: svara på den |" "which says who wrote and why it waits"
says "$work/mail" 'sakerhetschef@' "to nobody else"
grep -q 'förteckning menar' "$work/mail"
test $? -eq 1
ok $? "and not what was written"
reply q4 kanslichef "$token" 'När är nästa möte?'
exits 0 "another question, the same day" -- at 12 09:05 tick
is "$(told)" 1 "waits until tomorrow"
reply q5 kanslichef "$token" 'Vem bestämmer det?'
exits 0 "and one more" -- at 12 09:06 tick
inbox q5
exits 0 "which is seen to at once" -- at 12 09:07 inbox settle "$id" "ringde"
exits 0 "the next day" -- at 13 08:30 tick
is "$(told)" 2 "brings the next letter"
text_of "$(at 31 08:00 --json outbox | grep '"kind":"coordinator"' | sed -n '$s/.*"letter":"\([^"]*\)".*/\1/p')"
inbox q4
says "$work/mail" "| $id | kanslichef" "with what still waits"
inbox q5
grep -q "| $id | kanslichef" "$work/mail"
test $? -eq 1
ok $? "and no more"

# ---- what was written can be read ----
inbox q1
exits 0 "the mail is shown" -- at 13 08:40 inbox "$id"
says "$work/out" 'Vilken förteckning menar ni?' "with its text"
says "$work/out" "oversyn record answer $ref" "and what to do"
says "$work/out" 'answer them from your own mailbox' "first of all to answer"
exits 0 "as an object, too" -- at 13 08:40 --json inbox "$id"
says "$work/out" '"text":"Hej!\\nVilken förteckning' "with its text"
exits 0 "it is settled" -- at 13 08:41 inbox settle "$id" "ringde"
says "$work/out" "mail $id is settled" "which is said"
exits 0 "and shown again" -- at 13 08:42 inbox "$id"
says "$work/out" 'settled: ringde' "with what was done"
grep -q 'to do' "$work/out"
test $? -eq 1
ok $? "and nothing more to do"
exits 1 "there is no other" -- at 13 08:42 inbox 4711
printf 'From: x@evil.example\nTo: oversyn@tallvinge.example\nMessage-ID: <esc@x.example>\nSubject: \033]0;titel\007\n\nrad \033[2J\302\233 slut\n' > "$in/new/esc"
at 13 08:43 tick > "$work/out" 2>&1
inbox esc
exits 0 "a mail that would steer a terminal" -- at 13 08:44 inbox "$id"
LC_ALL=C grep -q "$(printf '[\001-\010\013-\037]')" "$work/out"
test $? -eq 1
ok $? "is shown without what it would steer it with"

# ---- by telephone ----
before=$(states "$ref")
exits 1 "words that are no answer" -- at 13 09:00 record answer "$ref" de tycker nog att det stämmer
exits 1 "a number that the letter does not have" -- at 13 09:00 record answer "$ref" 99 GODKÄNNS
exits 1 "a letter that is not there" -- at 13 09:00 record answer GR-27-9999-AAAA GODKÄNNS
exits 2 "no words" -- at 13 09:00 record answer "$ref"
is "$(states "$ref")" "$before" "record nothing"
exits 0 "one of several" -- at 13 09:01 record answer "$ref" 1 GODKÄNNS
says "$work/out" '^recorded: 1 .* approve$' "is said"
exits 0 "another" -- at 13 09:02 record answer "$ref" "2 ÄNDRING: fel leverantör"
exits 0 "the record" -- at 13 09:03 show "$ref"
says "$work/out" 'told_by=coordinator' "says who entered it"
says "$work/out" 'sender=unknown' "and makes up no facts of a mail"
grep -q 'sender_why=' "$work/out"
test $? -eq 1
ok $? "nor why they would hold"
says "$work/out" '^answer .*: changes by .*, entered by the coordinator: fel leverantör$' "and what they said"
python3 -c 'import sqlite3, sys
print(*sqlite3.connect(sys.argv[1]).execute("SELECT DISTINCT token, sender, domain FROM signoff").fetchall()[0])' "$db" > "$work/facts"
is "$(cat "$work/facts")" "unknown unknown unknown" "nor in the sign-off"
exits 1 "twice the same" -- at 13 09:04 record answer "$ref" 1 GODKÄNNS
exits 0 "the next pass" -- at 13 09:05 tick
text_of "$ref"
says "$work/mail" 'har fört in det svar' "writes to them"
says "$work/mail" 'kanslichef@' "at their own address"
reply undo kanslichef "$token" 'ÅNGRA'
exits 0 "who can take it back" -- at 13 09:06 tick
inbox undo
says "$work/row" '"status":"coordinator"' "as any other answer"
exits 0 "the record holds" -- at 13 09:07 verify

# An answer to several is taken back whole, and who is asked after all can be entered.
letter beredskapssamordnare
exits 0 "a whole letter" -- at 13 09:10 record answer "$ref" GODKÄNNS
rows=$(grep -c '^recorded: ' "$work/out")
test "$rows" -gt 1
ok $? "of several rows ($rows)"
reply back beredskapssamordnare "$token" 'ÅNGRA'
exits 0 "taken back" -- at 13 09:11 tick
is "$(states "$ref")" " $rows open " "is open again, all of it"
reply wrong beredskapssamordnare "$token" 'FEL PERSON: Bo Ek'
exits 0 "somebody says that it is not theirs" -- at 13 09:12 tick
is "$(states "$ref")" " $rows wrong-person " "which waits for the coordinator"
inbox wrong
exits 0 "what to do" -- at 13 09:12 inbox "$id"
says "$work/out" 'to do: go on as oversyn(8) says' "is another thing than to answer"
exits 0 "who ticks off the mail" -- at 13 09:12 inbox settle "$id" "talat med Bo"
test "$(grep -c 'still waits for you: wrong-person' "$work/out")" -eq "$rows"
ok $? "and is told that it does not end with that"
exits 0 "who enters that it is" -- at 13 09:13 record answer "$ref" GODKÄNNS
is "$(states "$ref" | grep -c 'open\|wrong')" 0 "and it ends"
exits 0 "and takes it back" -- at 13 09:14 record answer "$ref" ÅNGRA
is "$(states "$ref")" " $rows wrong-person " "what was said before stands again"

# A change that was asked for is made: its holder is asked anew, and told that it has changed.
letter mas
reply change mas "$token" 'ÄNDRING: fel titel'
exits 0 "a change is asked for" -- at 13 09:25 tick
item=$(at 13 09:25 show "$ref" | sed -n 's/^review \([^.]*\)\..*: changes-asked;.*/\1/p')
mkdir "$work/mended"
cp "$top_srcdir"/config/model/rutiner.csv "$work/mended"
sed -i "s/^$item;\([^;]*\);/$item;\1 (rättad);/" "$work/mended/rutiner.csv"
exits 0 "and made" -- at 13 09:26 import "$work/mended"
exits 0 "the next pass" -- at 14 08:00 tick
letter=$(at 31 08:00 --json outbox | grep '"to":"mas@' | sed -n '$s/.*"letter":"\([^"]*\)".*/\1/p')
text_of "$letter"
says "$work/mail" '(rättad)' "asks anew"
says "$work/mail" 'underlaget har ändrats sedan vi frågade förra gången' "and says why"

# What comes too late for one part is not entered, and an answer to it is not wanted any more.
letter it-chef
exits 0 "an answer to one of several" -- at 13 09:15 record answer "$ref" "2 GODKÄNNS"
reply late it-chef "$token" '1 GODKÄNNS\n2 ÄNDRING: fel version'
exits 0 "then they say something else of it" -- at 13 09:16 tick
inbox late
review=$(at 13 09:16 show "$ref" | sed -n 's/^review \([^:]*\): .*/\1/p' | sed -n 2p)
says "$work/row" "\"status\":\"coordinator\".*\"review\":\"$review\"" "that goes to a person"
exits 0 "what to do" -- at 13 09:16 inbox "$id"
says "$work/out" 'to do: answer them from your own mailbox$' "is no more than to answer"
exits 0 "in Swedish" -- at 13 09:16 --lang sv inbox "$id"
says "$work/out" 'att göra: svara dem från din egen mejl$' "too"

# Nobody's word is entered who does not answer for it, and a body's only as its decision.
letter bibliotekschef
reply several bibliotekschef "$token" '1 GODKÄNNS\n2 ÄNDRING: fel version'
exits 0 "an answer of which one part is left to the coordinator" -- at 13 09:20 tick
inbox several
review=$(at 13 09:20 show "$ref" | sed -n 's/^review \([^:]*\): changes-asked;.*/\1/p')
says "$work/row" "\"review\":\"$review\"" "names that part"
exits 0 "what to do" -- at 13 09:20 inbox "$id"
says "$work/out" 'to do: go on as oversyn(8) says' "is not to enter it once more"
exits 0 "it holds after all" -- at 13 09:21 record answer "$ref" "2 GODKÄNNS"
exits 0 "what to do" -- at 13 09:21 inbox "$id"
says "$work/out" 'to do: answer them from your own mailbox$' "is nothing that an answer would end"
mkdir "$work/model"
cp "$top_srcdir"/config/model/roller.csv "$work/model"
sed -i 's/bibliotekschef@tallvinge.example/ny.bibliotekschef@tallvinge.example/' "$work/model/roller.csv"
at 13 10:00 import "$work/model" > "$work/out" 2>&1
exits 1 "who has left" -- at 13 10:01 record answer "$ref" GODKÄNNS
says "$work/err" 'answers for nothing of it today' "has no answer any more"

# ---- more time, once ----
letter kommunarkivarie
exits 0 "an extension" -- at 14 09:00 record answer "$ref" "ANSTÅND: 2027-02-08"
printf '%s\n' 'Authentication-Results: mx.tallvinge.example; dmarc=pass header.from=tallvinge.example' \
	'From: sakerhetschef@tallvinge.example' 'To: oversyn@tallvinge.example' 'Message-ID: <list@t.example>' \
	'Subject: LISTA VÄNTANDE' '' > "$in/new/list"
exits 0 "the coordinator asks what waits" -- at 14 09:01 tick
text_of "$(at 31 08:00 --json outbox | grep '"kind":"command-list"' | sed -n '$s/.*"letter":"\([^"]*\)".*/\1/p')"
says "$work/mail" 'har anstånd till 8 februari' "and is told of the extension"
exits 1 "a second one" -- at 14 09:01 record answer "$ref" "ANSTÅND: 2027-03-01"
at 14 09:02 tick > "$work/out" 2>&1
text_of "$ref"
reply later "$(sed 's/.*<\([^@]*\)@tallvinge.*/\1/' "$work/mail")" "$token" 'Vi får se'
exits 0 "an unclear answer" -- at 14 09:03 tick
text_of "$ref"
says "$work/mail" 'Vi förstod inte' "is asked back about"
grep -q 'ANSTÅND' "$work/mail"
test $? -eq 1
ok $? "and more time is not offered again"
plan
