#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# The roles of the guideline: the director who decides, the data protection officer
# who is asked and never approves, and the chiefs who attest.
. "${top_srcdir:?}/tests/app/tap.sh"
db=$work/t.db
printf 'trust {\n\tauthserv_id = "mx.tallvinge.example"\n}\n' > "$work/o.conf"

at() { # at DAY COMMAND…, at nine that day
	day=$1
	shift
	"$OVERSYN" --config "$work/o.conf" "--now=${day}T09:00:00+01:00" --db "$db" "$@"
}

outbox() { # outbox KIND ADDRESS: the rows of such mails, oldest first
	at 2028-12-31 --json outbox | grep "\"kind\":\"$1\"" | grep "\"to\":\"$2\""
}

mails() {
	outbox "$1" "$2" | wc -l | tr -d ' '
}

to() { # to KIND ADDRESS: where the latest letter of that kind wants its answer
	outbox "$1" "$2" | tail -n 1 |
		sed 's/.*"message_id":"\([^.]*\)[^"]*".*/oversyn+\1@tallvinge.example/'
}

letter() { # letter KIND ADDRESS: the text of the latest one, in one line, into $work/letter
	id=$(outbox "$1" "$2" | tail -n 1 | sed 's/.*"message_id":"\([^"]*\)".*/\1/')
	grep -l -i "^Message-ID: <$id>" "$db-mail/out"/new/* "$db-mail/out"/*/new/* 2> /dev/null |
		head -n 1 > "$work/name"
	python3 - "$(cat "$work/name")" > "$work/letter" << 'PY'
import email, email.policy, sys
m = email.message_from_binary_file(open(sys.argv[1], "rb"), policy=email.policy.default)
print("Subject:", m["Subject"])
print(*m.get_body(("plain",)).get_content().split())
PY
}

reply() { # reply NAME FROM TO TEXT [DOMAIN THAT IS VOUCHED FOR]
	mkdir -p "$db-mail/in/new" "$db-mail/in/cur" "$db-mail/in/tmp"
	{
		[ "${5-yes}" = no ] || echo "Authentication-Results: mx.tallvinge.example; dmarc=pass header.from=${2#*@}"
		echo "From: $2"
		echo "To: $3"
		echo "Message-ID: <$1@t.example>"
		echo "Subject: Svar"
		echo "Content-Type: text/plain; charset=utf-8"
		echo
		echo "$4"
	} > "$db-mail/in/new/$1"
}

mailbox() { # mailbox STATUS WORDS…: the latest mail's row
	at 2028-12-31 --json inbox | tail -n 1 > "$work/row"
	says "$work/row" "\"status\":\"$1\"" "$2"
}

kd=kommundirektor@tallvinge.example
dso=dataskyddsombud@tallvinge.example
chief=verksamhetschef.hemtjanst@tallvinge.example

mkdir "$work/model"
cp "$top_srcdir"/config/model/*.csv "$work/model"
echo 'kommundirektör_beslutar_rutiner;ja;' >> "$work/model/kommun.csv"
cat > "$work/model/utbildningar.csv" << 'END'
utbildning_id;namn;gäller;organisation;intervall;diarienummer
U01;Utbildning i informationssäkerhet;varje chef;;Senast den 31 oktober varje år;KS 2027/9
END
exits 0 "import" -- at 2027-01-11 import "$work/model"
exits 0 "the same again changes nothing" -- at 2027-01-12 import "$work/model"
says "$work/out" '^0 added, 0 changed' "attestations are as they were"

# ---- the director decides ----
exits 0 "letters go out" -- at 2027-01-11 tick
test "$(at 2027-01-11 --json outbox | grep "\"to\":\"$kd\"" | grep -c '"kind":"overdue"')" = 1
ok $? "application routines that are overdue are asked of the director"
letter overdue "$kd"
says "$work/letter" 'Rutin för uppföljning och utvärdering' "R05 among them"
ref=$(at 2027-01-11 --json outbox | grep "\"to\":\"$kd\"" | grep '"kind":"overdue"' | sed 's/.*"letter":"\([^"]*\)".*/\1/')
exits 1 "what the director decides is not entered as an answer" -- at 2027-01-11 record answer "$ref" GODKÄNNS
says "$work/err" 'is entered as its decision: record ITEM DATE PARAGRAPH' "but as a decision"
says "$work/letter" 'ansvarig: Säkerhetschef' "with who works on it"
says "$work/letter" 'ditt beslut som Kommundirektör' "and that approving is deciding"
says "$work/letter" 'ska anmälas till Kommunstyrelsen' "which is to be reported"
reply k1 "$kd" "$(to overdue "$kd")" "4 GODKÄNNS"
exits 0 "the director approves" -- at 2027-01-12 tick
mailbox answered "what is a decision is confirmed, however well its sender is vouched for"
letter confirm "$kd"
says "$work/letter" 'GODKÄNNS (delegationsbeslut)' "the question says that it is one"
at 2027-01-12 show R05 > "$work/show"
says "$work/show" '^review R05.1: open' "nothing is decided until then"
reply k2 "bitr.kommundirektor@tallvinge.example" "$(to overdue "$kd")" "4 GODKÄNNS"
exits 0 "the deputy approves in the director's place" -- at 2027-01-12 tick
at 2027-01-12 show R05 > "$work/show"
says "$work/show" '^review R05.1: open' "which decides nothing"
reply k3 "$kd" "$(to confirm "$kd")" "JA"
exits 0 "the director says yes" -- at 2027-01-13 tick
at 2027-01-13 show R05 > "$work/show"
says "$work/show" '^review R05.1: closed.*signed 2027-01-13' "the review ends"
says "$work/show" 'decision-delegated' "with a decision"
says "$work/show" 'title=Kommundirektör' "of the role"
says "$work/show" 'report_to=KS' "to be reported to the board"
grep -q 'paragraph=' "$work/show"
test $? -ne 0
ok $? "and without a paragraph"
letter receipt "$kd"
says "$work/letter" 'delegationsbeslut onsdagen den 13 januari 2027' "the receipt says so"
says "$work/letter" 'anmälas' "and that it is to be reported"
grep -q 'ÅNGRA' "$work/letter"
test $? -ne 0
ok $? "a decision is not offered to be taken back"
reply k4 "$kd" "$(to receipt "$kd")" "ÅNGRA"
exits 0 "it is tried" -- at 2027-01-14 tick
at 2027-01-14 show R05 > "$work/show"
says "$work/show" '^review R05.1: closed' "and stands"
test "$(mails paragraph 'namndsekreterare.ks@tallvinge.example')" = 0
ok $? "no secretary is asked about it"

# ---- the data protection officer ----
exits 0 "a quiet month" -- at 2027-02-15 tick
exits 0 "registers are asked for" -- at 2027-03-01 tick
exits 0 "and more" -- at 2027-03-02 tick
test "$(mails copy "$dso")" -ge 1
ok $? "the officer hears of it"
letter copy "$dso"
says "$work/letter" '^Subject: För kännedom:' "for information"
says "$work/letter" 'aldrig ett godkännande' "told that no answer of the officer's approves"
copies=$(mails copy "$dso")
exits 0 "later the same day" -- at 2027-03-02 tick
test "$(mails copy "$dso")" = "$copies"
ok $? "no second letter that day"
copied=$(to copy "$dso")
reply d1 "$dso" "$copied" "GODKÄNNS"
exits 0 "the officer approves" -- at 2027-03-03 tick
mailbox coordinator "the coordinator sees it"
says "$work/row" 'it signs nothing' "for what it is"
test "$(mails opinion-receipt "$dso")" = 1
ok $? "the officer is thanked"
letter opinion-receipt "$dso"
says "$work/letter" 'räknas inte som ett godkännande' "and told that it does not approve"
at 2027-03-03 --json outbox | grep '"kind":"opinion"' | tail -n 1 |
	sed 's/.*"to":"\([^"]*\)".*/\1/' > "$work/holder"
holder=$(cat "$work/holder")
test -n "$holder"
ok $? "who reviews is told ($holder)"
letter opinion "$holder"
says "$work/letter" 'Så här skrev ombudet: "GODKÄNNS"' "with the words"
says "$work/letter" 'Det är fortfarande du som granskar' "and that they are advice"
reply d2 "$dso" "$copied" "Rättslig grund saknas för rad 4." no
exits 0 "what nobody vouches for" -- at 2027-03-04 tick
letter opinion "$holder"
says "$work/letter" 'Vi kan inte visa texten här' "is told of, and not passed on"
test "$(at 2027-03-04 --json outbox | grep -c '"kind":"not-counted"')" = 0
ok $? "nobody is told that somebody else answered"
reply d3 "stranger@x.test" "$copied" "GODKÄNNS"
exits 0 "a stranger answers" -- at 2027-03-05 tick
mailbox coordinator "a person looks"
test "$(mails opinion-receipt stranger@x.test)" = 0
ok $? "and nobody answers"

# ---- the chiefs attest ----
exits 0 "in time before the last day" -- at 2027-09-20 tick
test "$(mails invitation "$chief")" -ge 1
ok $? "each chief is asked"
letter invitation "$chief"
says "$work/letter" 'Utbildning i informationssäkerhet, Verksamhetschef hemtjänst' "about the own people"
says "$work/letter" 'intygar du med GODKÄNNS' "told what is attested"
at 2027-09-20 status > "$work/status"
says "$work/status" '^VOF  *4  *0  *4  *0' "status counts them unit by unit"
reply u1 "$chief" "$(to invitation "$chief")" "GODKÄNNS"
exits 0 "one attests" -- at 2027-09-21 tick
at 2027-09-21 status > "$work/status"
says "$work/status" '^VOF  *4  *1  *3  *0' "and is counted"
at 2027-09-21 --json status > "$work/status"
says "$work/status" '"unit":"VOF","chiefs":4,"attested":1,"attestations_open":3' "for programs too"
sed 's/^\(vc.lss;.*;chef;2024-01-01\);;/\1;2027-09-30;/' "$work/model/roller.csv" > "$work/roller.csv"
exits 0 "a chief is to leave" -- at 2027-09-22 import roles "$work/roller.csv"
exits 0 "on the last day" -- at 2027-09-30 tick
at 2027-09-30 show U01-vc.lss > "$work/show"
says "$work/show" '^review U01-vc.lss.1: open' "it is still open"
exits 0 "the day after" -- at 2027-10-01 tick
at 2027-10-01 show U01-vc.lss > "$work/show"
says "$work/show" '^review U01-vc.lss.1: cancelled' "it has ended"
outbox copy "$dso" | sed 's/.*"subject":"\([^[]*\).*/\1/' | sort | uniq -d > "$work/twice"
sed 's/^/# /' "$work/twice"
test ! -s "$work/twice"
ok $? "the officer was told of nothing twice in the year"
test "$(mails copy "$dso")" -le 12
ok $? "and had few letters ($(mails copy "$dso"))"
exits 0 "the record holds" -- at 2028-12-31 verify

# ---- what a letter shows, and what hangs on an asset ----
rm -r "$db" "$db-mail"
model=$top_srcdir/config/model
bib=bibliotekschef@tallvinge.example
exits 0 "another year" -- at 2027-01-11 import "$model"
exits 0 "letters go out" -- at 2027-01-11 tick
at 2027-01-11 show T042 > "$work/show"
version=$(sed -n 's/^    version=\([0-9a-f]*\)$/\1/p' "$work/show" | head -n 1)
test ${#version} -eq 64
ok $? "the record has the digest of what was shown"
says "$work/show" "^review T042.1: open.*version $(echo "$version" | cut -c 1-16)" "so has the review"
kind=$(outbox '[a-z-]*' "$bib" | head -n 1 | sed 's/.*"kind":"\([^"]*\)".*/\1/')
letter "$kind" "$bib"
grep -q "sha256=$version" "$(cat "$work/name")"
ok $? "and the letter carries it"
old=$(to "$kind" "$bib")
sed 's/^T042;Kulturskolans elevregister;/T042;Kulturskolans elev- och köregister;/' \
	"$model/informationstillgangar.csv" > "$work/t.csv"
exits 0 "it changes underneath" -- at 2027-01-13 import assets "$work/t.csv"
reply v1 "$bib" "$old" "GODKÄNNS"
exits 0 "an answer to what was shown before" -- at 2027-01-13 tick
at 2027-01-13 show T042 > "$work/show"
says "$work/show" '^review T042.1: superseded' "the request is void"
says "$work/show" 'reason=changed' "for that reason"
says "$work/show" '^review T042.2: open' "and the new one sent"
row=$(sed -n 's/^review T042.1: .* no \([0-9]*\);.*/\1/p' "$work/show")
reply v2 "$bib" "$old" "$row GODKÄNNS"
exits 0 "a late answer to the old one" -- at 2027-01-14 tick
at 2027-01-14 show T042 > "$work/show"
says "$work/show" '^review T042.2: open' "approves nothing"
letter receipt "$bib"
says "$work/letter" 'Underlaget har ändrats' "and is told so"

exits 0 "the contract of T005 ends with the year" -- at 2027-05-03 --lang sv why T005
says "$work/out" 'vtalet går ut 2027-12-31: det skulle ge 2027-10-02' "it is looked at before"
exits 0 "what hangs on it" -- at 2027-05-03 --lang sv why R18
says "$work/out" 'vtalet för det som det hör till går ut 2027-12-31' "too"
exits 0 "the economy system is replaced" -- at 2027-08-24 trigger systembyte 2027-08-24 T005
exits 0 "the routine linked to it" -- at 2027-08-24 --lang sv why R18
says "$work/out" 'systembyte inträffade 2027-08-24 för T005' "is to be reviewed for it"

exits 0 "it is overdue" -- at 2027-02-10 tick
at 2027-02-10 show T042 > "$work/show"
says "$work/show" '^review T042.2: open' "nobody has answered"
sed 's/^\(T042;.*\);i drift;/\1;avvecklad;/' "$work/t.csv" > "$work/gone.csv"
exits 0 "the register of pupils is retired" -- at 2027-09-01 import assets "$work/gone.csv"
exits 4 "a pass after half a year without one stops: so many letters were not to be foreseen" -- at 2027-09-01 tick
exits 0 "the coordinator lets them go" -- at 2027-09-01 outbox release
exits 0 "that day" -- at 2027-09-01 tick
at 2027-09-01 show T042 > "$work/show"
says "$work/show" '^review T042.2: cancelled' "its review has ended"
says "$work/show" 'reason=retired' "with the reason"
test "$(mails ended "$bib")" = 1
ok $? "its holder hears of it"
letter ended "$bib"
says "$work/letter" 'elev- och köregister | avvecklad enligt registret' "and why"
exits 0 "the day after" -- at 2027-09-02 tick
test "$(mails ended "$bib")" = 1
ok $? "once"
exits 0 "the record holds" -- at 2028-12-31 verify
plan
