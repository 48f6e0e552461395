#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# Governing documents on their way through the board and the council: put with two
# proposals, kept or sent back, decided anew, repealed; and what the register makes of it.
. "${top_srcdir:?}/tests/app/tap.sh"
db=$work/t.db
printf 'trust {\n\tauthserv_id = "mx.tallvinge.example"\n}\n' > "$work/o.conf"

at() { # at DAY COMMAND…, at nine that day
	day=$1
	shift
	"$OVERSYN" --config "$work/o.conf" "--now=${day}T09:00:00+01:00" --db "$db" "$@"
}

token() { # token KIND ADDRESS WORDS: where the latest such mail wants its answer
	at 2027-12-31 --json outbox | grep "\"kind\":\"$1\"" | grep "\"to\":\"$2\"" | grep -e "$3" | tail -n 1 |
		sed 's/.*"message_id":"\([^.]*\)[^"]*".*/oversyn+\1@tallvinge.example/'
}

text() { # text KIND ADDRESS WORDS: of the latest such mail
	python3 - "$db" "$@" <<-'PYTHON'
	import email, email.policy, sqlite3, sys
	rows = sqlite3.connect(sys.argv[1]).execute(
	    "SELECT subject, bytes FROM outbox JOIN outbox_bytes USING (id) WHERE kind = ? AND address = ? ORDER BY id DESC", sys.argv[2:4])
	mail = next(r[1] for r in rows if sys.argv[4] in r[0])
	print(email.message_from_bytes(mail, policy=email.policy.default).get_body(("plain",)).get_content())
	PYTHON
}

i=0
reply() { # reply FROM TO TEXT
	i=$((i + 1))
	mkdir -p "$db-mail/in/new" "$db-mail/in/cur" "$db-mail/in/tmp"
	{
		echo "Authentication-Results: mx.tallvinge.example; dmarc=pass header.from=${1#*@}"
		echo "From: $1"
		echo "To: $2"
		echo "Message-ID: <b$i@t.example>"
		echo "Subject: Svar"
		echo "Content-Type: text/plain; charset=utf-8"
		echo
		echo "$3"
	} > "$db-mail/in/new/b$i"
}

last() { # last PATTERN WORDS: the latest mail's row
	at 2027-12-31 --json inbox | tail -n 1 > "$work/row"
	says "$work/row" "$1" "$2"
}

sent() { # sent KIND ADDRESS: how many went there
	at 2027-12-31 --json outbox | grep "\"kind\":\"$1\"" | grep -c "\"to\":\"$2\""
}

due() { # due ITEM: its anchor and due date on the last day of the year
	at 2027-12-31 --json due | grep "\"item\":\"$1\"" | sed 's/.*"anchor":\([^,]*\),"due":\([^,]*\),.*/\1 \2/'
}

board=namndsekreterare.ks@tallvinge.example
council=kansli@tallvinge.example
exits 0 "import" -- at 2027-01-11 import "$top_srcdir/config/model"
exits 0 "letters go out" -- at 2027-01-11 tick
reply it-chef@tallvinge.example "$(token overdue it-chef@tallvinge.example .)" "1 GODKÄNNS
2 REVIDERAS: ny lag"
reply kanslichef@tallvinge.example "$(token overdue kanslichef@tallvinge.example .)" "2 GODKÄNNS"
reply beredskapssamordnare@tallvinge.example "$(token overdue beredskapssamordnare@tallvinge.example .)" "1 GODKÄNNS"
exits 0 "their holders answer" -- at 2027-01-12 tick
test "$(sent revision $board)" = 2
ok $? "two documents are put before the board, each in its letter; what is past its end is not"
"$OVERSYN" --config "$work/o.conf" --now=2027-01-12T09:00:00+01:00 --db "$db" tick > "$work/again" 2>&1
test "$(sent revision $board)" = 2
ok $? "once"
text revision $board it-s > "$work/prompt"
says "$work/prompt" "och föreslår" "the letter says what its holder proposes"
says "$work/prompt" "It-chefen följde upp" "who that is, as one speaks of him"
says "$work/prompt" "B | Kommundirektören får i uppdrag" "who may be given the work"
says "$work/prompt" "Underlaget kommer från it-chefen" "and from whom it comes"
says "$work/prompt" "Beslutas av | Kommunfullmäktige" "who decides"
says "$work/prompt" "Det skulle ha följts upp" "that it is late"
says "$work/prompt" "BESLUT: B 2027-02-09 § 00 | förslag B" "and how to answer"

# ---- the board

exits 0 "the meeting" -- at 2027-02-09 tick
test "$(sent paragraph $board)" = 0
ok $? "nobody is asked on its day"
exits 0 "the day after" -- at 2027-02-10 tick
test "$(sent paragraph $board)" = 2
ok $? "it is asked what became of them"
s02=$(token paragraph $board it-s)
s09=$(token paragraph $board styrdokument)
test "$s02" != "$s09"
ok $? "in their own letters"
reply $board "$s02" "BESLUT: 2027-02-09 § 20"
exits 0 "an answer" -- at 2027-02-11 tick
last '"status":"answered"' "which proposal is asked back"
test "$(sent confirm $board)" = 0
ok $? "and nothing is to be confirmed"
reply $board "$s02" "BESLUT: B 2027-02-09 § 20"
exits 0 "B" -- at 2027-02-11 tick
reply $board "$(token confirm $board it-s)" "JA"
exits 0 "confirmed" -- at 2027-02-11 tick
last '"status":"coordinator".*"review":"S02.1"' "goes back to work, and the coordinator hears of it"
test "$(sent returned it-chef@tallvinge.example)" = 1
ok $? "its holder is told"
reply $board "$s09" "Kommunstyrelsen beslutade enligt förslag A den 9 februari 2027, § 21, justerat"
exits 0 "A" -- at 2027-02-12 tick
reply $board "$(token confirm $board styrdokument)" "JA"
exits 0 "confirmed" -- at 2027-02-12 tick
last '"status":"applied".*"review":"S09.1"' "ends the review"
test "$(due S02)" = '"2021-04-26" "2025-04-26"'
ok $? "a mandate is no decision: the document is as late as before ($(due S02))"

# ---- the council

exits 0 "the council has met" -- at 2027-02-23 tick
test "$(sent paragraph $council)" = 1
ok $? "it is asked about the plan that was past its end"
s07=$(token paragraph $council .)
reply $council "$s07" "Noterades § 30"
exits 0 "noted" -- at 2027-02-24 tick
last '"status":"answered"' "is no decision on it"
reply $council "$s07" "BESLUT: 2027-02-22 § 31 JUSTERAT"
exits 0 "decided" -- at 2027-02-24 tick
reply $council "$(token confirm $council .)" "JA"
exits 0 "confirmed" -- at 2027-02-24 tick
last '"status":"applied".*"review":"S07.1"' "ends the review"
at 2027-12-31 why S07 > "$work/why"
says "$work/why" "Valid until 2026-12-31 was met by a later decision" "and answers the validity that ended"
exits 0 "weeks go by" -- at 2027-03-10 tick
test "$(sent unfinished it-chef@tallvinge.example)" = 0
ok $? "what was sent back rests for a month"
exits 0 "a month" -- at 2027-03-11 tick
test "$(sent unfinished it-chef@tallvinge.example)" = 1
ok $? "then its holder is reminded"
at 2027-03-11 show S02 > "$work/show"
says "$work/show" "returned-again" "and the record says so"
reply it-chef@tallvinge.example "$(token unfinished it-chef@tallvinge.example .)" "2 GODKÄNNS"
exits 0 "the revised policy is ready" -- at 2027-03-12 tick
test "$(sent revision $board)" = 2
ok $? "the board is not asked again"
for day in 2027-03-23 2027-04-14; do
	exits 0 "a meeting on the way" -- at $day tick
done
test "$(sent paragraph $council)" = 1
ok $? "each of the way's meetings comes first"
exits 0 "the council has met" -- at 2027-04-27 tick
test "$(sent paragraph $council)" = 2
ok $? "then it is asked"
reply $council "$(token paragraph $council it-s)" "BESLUT: 2027-04-26 § 58 JUSTERAT
DIARIENUMMER: KS 2027/310"
exits 0 "decided" -- at 2027-04-28 tick
reply $council "$(token confirm $council it-s)" "JA"
exits 0 "confirmed" -- at 2027-04-28 tick
last '"status":"applied".*"review":"S02.1"' "ends the review"
test "$(due S02)" = '"2027-04-26" "2031-04-26"'
ok $? "its clock starts anew ($(due S02))"
at 2027-05-03 show S02 > "$work/show"
says "$work/show" "registry_no=KS 2027/310" "with its new registry number"
for row in R06:2027-06-25 R07:2027-07-09; do
	due "${row%:*}" > "$work/child"
	says "$work/child" " \"${row#*:}\"" "its children are reviewed in turn: ${row%:*}"
done
exits 0 "the same register, only tried" -- at 2027-05-03 import "$top_srcdir/config/model" --dry-run
says "$work/out" '^0 of [0-9]* items get another date' "undoes no decision, nor says so"
exits 0 "import once more" -- at 2027-05-03 import "$top_srcdir/config/model"
test "$(due S02)" = '"2027-04-26" "2031-04-26"'
ok $? "an old register undoes no decision"

# ---- by hand

exits 1 "no mandate for what waits for none" -- at 2027-05-04 record S04 2027-04-26 "§ 1" --outcome revise
exits 2 "no registry number without renewal" -- at 2027-05-04 record S04 2027-04-26 "§ 1" --outcome repealed --registry-no "KS 2027/9"
exits 2 "no other word" -- at 2027-05-04 record S04 2027-04-26 "§ 1" --outcome kept
exits 1 "no item" -- at 2027-05-04 record S99 2027-04-26 "§ 1" --outcome renewed
exits 1 "a day that is no meeting" -- at 2027-05-04 record S04 2027-05-03 "§ 70" --outcome renewed
says "$work/err" 'KF has no meeting on 2027-05-03; its nearest are 2027-04-26 and 2027-05-31' "is refused, and the nearest named"
exits 0 "renewed" -- at 2027-05-04 record S04 2027-04-26 "§ 70" --outcome renewed --registry-no "KS 2027/9"
test "$(due S04)" = '"2027-04-26" "2029-04-26"'
ok $? "starts its clock ($(due S04))"
at 2027-05-04 show S04 > "$work/show"
says "$work/show" 'item-renewed' "and stands in the record"
says "$work/show" 'registry_no=KS 2027/9' "with its number"
exits 1 "a decision before that" -- at 2027-05-04 record S04 2027-02-22 "§ 30" --outcome renewed
says "$work/err" '2027-02-22 is before 2027-04-26, when S04 was last decided' "is refused, and why"
exits 0 "repealed" -- at 2027-05-04 record S12 2027-04-26 "§ 60" --outcome repealed
at 2027-12-31 --json due | grep '"item":"S12"' > "$work/s12"
grep -q '"status":"none"' "$work/s12" || ! test -s "$work/s12"
ok $? "is not watched any more"
exits 0 "at no meeting, on purpose" -- at 2027-05-04 record S04 2027-05-03 71 --outcome renewed --outside-meeting
says "$work/out" 'S04 renewed 2027-05-03, § 71' "with its paragraph, as it is cited"
exits 0 "a pass" -- at 2027-05-05 tick
exits 0 "the record holds" -- at 2027-12-31 verify
plan
