#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# An inventory goes out as a table with its invitation, and comes back edited. What
# it changes is shown to the registered address, and only its JA changes exactly
# that, with the review; nothing is changed or signed by the file alone.
command -v python3 > /dev/null || {
	echo '1..0 # SKIP no python3 to read the letters with'
	exit 0
}
. "${top_srcdir:?}/tests/app/tap.sh"
db=$work/t.db
number=0
minute=60

# Each run of the program is five minutes after the one before, from 08:00 on.
at() { # at HH:MM COMMAND…
	clock=$1
	shift
	"$OVERSYN" "--now=2027-02-22T$clock:00+01:00" --db "$db" "$@"
}

# part WHAT MAIL: the first part whose header holds WHAT, decoded from base64
part() {
	tr -d '\r' < "$2" | awk -v what="$1" '
		/^--=_/ { if (on) exit; seen = 0 }
		index($0, what) { seen = 1 }
		seen && on == 0 && $0 == "" { on = 1; next }
		on && !/^--/ { print }' | base64 -d
}

text() { # of a mail, with its subject
	python3 -c 'import email, email.policy, sys
m = email.message_from_binary_file(open(sys.argv[1], "rb"), policy=email.policy.default)
print(m["Subject"], m.get_body(("plain",)).get_content())' "${1:-/dev/null}" 2> /dev/null
}

# letters: the files of all mails sent so far, oldest first
letters() {
	find "$db-mail/out" -path '*/new/*' -type f | sort
}

# newest KIND: the file of the newest mail of that kind that went out
newest() {
	id=$(at 23:00 --json outbox | grep "\"kind\":\"$1\"" | tail -n 1 |
		sed 's/.*"message_id":"\([^"]*\)".*/\1/')
	[ -z "$id" ] || grep -l "^Message-ID: <$id>" -r "$db-mail/out" | head -n 1
}

sent() { # sent KIND: how many of them went out
	at 23:00 --json outbox | grep -c "\"kind\":\"$1\""
}

is() { # is NUMBER WANTED WORDS
	[ "$1" = "$2" ] || echo "# $1, wanted $2"
	test "$1" = "$2"
	ok $? "$3"
}

# comes WORDS TO TEXT [TABLE…]: a mail comes in and is read.
comes() {
	words=$1
	to=$2
	text=$3
	shift 3
	number=$((number + 1))
	minute=$((minute + 5))
	mkdir -p "$db-mail/in/new" "$db-mail/in/cur" "$db-mail/in/tmp"
	{
		echo "From: ${sender:-$from}"
		echo "To: $to"
		echo "Message-ID: <m$number@t.example>"
		echo "Subject: Svar"
		echo "MIME-Version: 1.0"
		echo 'Content-Type: multipart/mixed; boundary="b"'
		printf '\n--b\nContent-Type: text/plain; charset=utf-8\n\n%s\n' "$text"
		for table in "$@"; do
			echo "--b"
			echo "Content-Type: application/vnd.ms-excel"
			echo "Content-Disposition: attachment; filename=\"${name:-forteckning.csv}\""
			echo "Content-Transfer-Encoding: base64"
			echo
			base64 < "$table"
		done
		echo "--b--"
	} > "$work/reply"
	mv "$work/reply" "$db-mail/in/new/m$number"
	letters > "$work/before"
	clock=$(printf '%02d:%02d' $((7 + minute / 60)) $((minute % 60)))
	exits 0 "$words" -- at "$clock" tick
	at 23:00 --json inbox | tail -n 1 > "$work/row"
}

answers() { # answers KIND WHAT WORDS: the newest mail of the kind holds WHAT
	mail=$(newest "$1")
	text "$mail" > "$work/answer"
	says "$work/answer" "$2" "$3"
}

signed() { # how many mails have signed something
	at 23:00 --json inbox | grep -c '"review":"'
}

why() { # why ITEM WHAT WORDS
	at 23:00 --lang sv why "$1" > "$work/why"
	says "$work/why" "$2" "$3"
}

edit() { # edit NAME SED…: the table as it was sent, changed
	out=$work/$1.csv
	shift
	sed "$@" "$work/sent.csv" > "$out"
}

# workbook FILE [EXTRA]: the table as edited, as the smallest workbook, with a part more
workbook() {
	python3 - "$work/edited.csv" "$1" "${2:-}" << 'END'
import csv, sys, zipfile
from xml.sax.saxutils import escape
rows = list(csv.reader(open(sys.argv[1], encoding="utf-8-sig", newline=""), delimiter=";"))
cells = "".join("<row r='%d'>%s</row>" % (r, "".join("<c t='inlineStr'><is><t>%s</t></is></c>" % escape(c)
                for c in row)) for r, row in enumerate(rows, 1))
main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
pack = "http://schemas.openxmlformats.org/package/2006/"
parts = {
    "[Content_Types].xml": "<Types xmlns='%scontent-types'><Override PartName='/xl/workbook.xml' ContentType="
        "'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml'/></Types>" % pack,
    "_rels/.rels": "<Relationships xmlns='%srelationships'><Relationship Id='a' Type='%s/officeDocument' "
        "Target='xl/workbook.xml'/></Relationships>" % (pack, rel),
    "xl/_rels/workbook.xml.rels": "<Relationships xmlns='%srelationships'><Relationship Id='b' "
        "Type='%s/worksheet' Target='worksheets/sheet1.xml'/></Relationships>" % (pack, rel),
    "xl/workbook.xml": "<workbook xmlns='%s' xmlns:r='%s'><sheets><sheet name='s' sheetId='1' r:id='b'/>"
        "</sheets></workbook>" % (main, rel),
    "xl/worksheets/sheet1.xml": "<worksheet xmlns='%s'><sheetData>%s</sheetData></worksheet>" % (main, cells),
}
with zipfile.ZipFile(sys.argv[2], "w", zipfile.ZIP_DEFLATED) as z:
    for name, text in parts.items():
        z.writestr(name, text)
    if sys.argv[3]:
        z.writestr(sys.argv[3], "x")
END
}

# start ID: a register, its first letters, and the one with that inventory's table
start() {
	inventory=$1
	rm -rf "$db" "$db"-*
	at 07:00 import "$top_srcdir/config/model" > /dev/null && at 07:30 tick > /dev/null
	ok $? "letters go out"
	first=$(letters | xargs grep -l "filename=\"forteckning-$inventory.csv\"" | head -n 1)
	test -n "$first"
	ok $? "an inventory's letter has its table"
	from=$(address To "$first")
	token=$(address Reply-To "$first")
	ref=$(text "$first" | sed -n 's/.*Referens \(GR-[0-9A-Z-]*\).*/\1/p' | tail -n 1)
	part "filename=\"forteckning-$inventory.csv\"" "$first" > "$work/sent.csv"
	sender=
	edit mass -e '/^T03[3-7]/d'
	edit edited -e '$a ;Hemtjänstens läsplattor;register' \
		-e 's/Trygghetslarm/Trygghetslarm och kameror/' -e '/^T040/d' -e 's/^\(T038;.*\);;;/\1;3;3;3/'
}

# ---- the table, its difference, JA ----
start F04
says "$work/sent.csv" "T032;Vårdjournal" "it lists the assets"
test "$(head -c 3 "$work/sent.csv" | od -An -tx1 | tr -d ' ')" = efbbbf
ok $? "as Excel opens it"
grep -q ';3;' "$work/sent.csv"
ok $((1 - $?)) "without their levels"

comes "an edited table comes with an approval" "$token" "GODKÄNNS" "$work/edited.csv"
says "$work/row" '"status":"answered"' "it is answered"
says "$work/row" '1 added, 2 changed, 1 retired' "with what it changes"
is "$(signed)" 0 "and signs nothing"
answers inventory-changes "Trygghetslarm och kameror" "the sender hears the difference"
says "$work/answer" "avvecklas: raden är borta" "what is gone too"
says "$work/answer" "Ny: Hemtjänstens läsplattor" "and what is new"
says "$work/answer" "visas inte i mejl" "of K, R and T only that they change"
is "$(address To "$mail")" "$from" "at the registered address"
yes=$(address Reply-To "$mail")
test "$yes" != "$token"
ok $? "with a token of its own"
why T035 "^T035 Trygghetslarm (" "nothing is changed yet"

comes "neither yes nor no comes" "$yes" "Hmm, vad då?"
is "$(sent inventory-changes) $(signed)" "2 0" "it is asked once more"
answers inventory-changes "Skriv bara JA eller NEJ" "in words that say why"
sender=x@y.test
comes "a stranger's yes comes" "$yes" "JA"
says "$work/row" '"status":"coordinator"' "a person looks"
is "$(sent inventory-done) $(signed)" "0 0" "and nothing happens"
sender=
comes "a yes comes" "$yes" "JA"
says "$work/row" '"status":"applied"' "it is applied"
is "$(signed)" 1 "and signs the review"
answers inventory-done "T035 Trygghetslarm: ändrat namn" "the receipt says what was changed"
says "$work/answer" "T040 .*: avvecklad" "what is retired"
says "$work/answer" "T061 Hemtjänstens läsplattor: ny" "and which id the new one got"
why T035 "^T035 Trygghetslarm och kameror (" "the register is changed"
says "$work/why" "Ändrades 2027-02-22 i förteckningen F04: namn" "and why says so"
why T040 "Avvecklades 2027-02-22, för raden togs bort ur förteckningen F04" "what is gone is retired, with the reason"
why T061 "Lades till 2027-02-22 i förteckningen F04" "what is new is there"
says "$work/why" "Gäller från 2027-02-22; det räknas därifrån" "and is watched from that day"
at 23:00 show "$ref" > "$work/show"
says "$work/show" "edit 2027-02-22 T040: removed and retired in the table of F04" "show tells each edit"
says "$work/show" "confirms=inbox-1" "and which mail the sign-off confirms"
at 23:00 show F04 > "$work/show"
says "$work/show" "listed_after=v" "and which list was approved"
answers classification-raised "T038 | Bemanning och schema" "the it chief hears which classification is raised"
is "$(address To "$mail")" it-chef@tallvinge.example "alone"
is "$(sent classification-raised)" 1 "in one letter"
grep -q 'K=\|: 3\|| 3' "$work/answer"
ok $((1 - $?)) "without the level"
comes "the same yes comes again" "$yes" "JA"
says "$work/row" 'answered before' "it comes too late"
is "$(signed) $(sent inventory-done)" "1 1" "and does nothing"
comes "the table comes once more" "$token" "GODKÄNNS" "$work/edited.csv"
says "$work/row" "refused: OLDER" "it is an older one now"
comes "it is taken back" "$token" "ÅNGRA"
comes "and that confirmed" "$(address Reply-To "$(newest confirm)")" "JA"
answers receipt "är öppen igen" "the review is open again"
why T035 "^T035 Trygghetslarm och kameror (" "and the changes stay"
at 23:00 verify > "$work/verify"
ok $? "the record holds"

# ---- NEJ ----
start F04
comes "an edited table comes" "$token" "Se filen." "$work/edited.csv"
no=$(address Reply-To "$(newest inventory-changes)")
comes "a no comes" "$no" "NEJ"
says "$work/row" '"status":"answered"' "it is answered"
answers not-recorded "Inget är ändrat i förteckningen" "the sender hears that nothing is changed"
says "$work/answer" "väntar fortfarande" "and that the review still waits"
comes "a yes comes after it" "$no" "JA"
is "$(sent inventory-done) $(signed)" "0 0" "and does nothing"
why T035 "^T035 Trygghetslarm (" "the register is as it was"

# ---- the register changes before JA ----
comes "an edited table comes" "$token" "GODKÄNNS" "$work/edited.csv"
yes=$(address Reply-To "$(newest inventory-changes)")
cp -r "$top_srcdir/config/model" "$work/model"
chmod -R u+w "$work/model"
sed -i -e 's/^T035;Trygghetslarm/T035;Larm/' -e 's/^T036;[^;]*/T036;Annat namn/' \
	"$work/model/informationstillgangar.csv"
exits 0 "the register changes" -- at 09:40 import "$work/model"
comes "a yes comes" "$yes" "JA"
is "$(sent inventory-done) $(signed)" "0 0" "nothing is done"
answers inventory-changes "Förteckningen har ändrats sedan vi frågade" "the sender is told"
says "$work/answer" "Larm | Trygghetslarm och kameror" "and asked about what it changes now"
grep -q T036 "$work/answer"
ok $((1 - $?)) "what others have changed is not taken back"
comes "a yes to that comes" "$(address Reply-To "$mail")" "JA"
is "$(sent inventory-done) $(signed)" "1 1" "it is done"
why T035 "^T035 Trygghetslarm och kameror (" "as it was shown"
why T036 "^T036 Annat namn (" "and nothing else"

# ---- so much goes that it is asked twice ----
start F04
comes "a table comes that lost five rows" "$token" "GODKÄNNS" "$work/mass.csv"
yes=$(address Reply-To "$(newest inventory-changes)")
comes "a yes comes" "$yes" "JA"
is "$(sent inventory-mass) $(signed)" "1 0" "it is asked about once more"
answers inventory-mass "5 av 9 poster avvecklas" "with how many go"
says "$work/answer" "T033 " "and which"
why T033 "Registret säger" "nothing is retired yet"
comes "the same yes comes again" "$yes" "JA"
is "$(sent inventory-mass) $(signed)" "1 0" "which is not the second"
comes "the second yes comes" "$(address Reply-To "$(newest inventory-mass)")" "JA"
is "$(sent inventory-done) $(signed)" "1 1" "it is done"
why T033 "Avvecklades 2027-02-22" "they are retired"
start F04
comes "a table comes that lost five rows" "$token" "GODKÄNNS" "$work/mass.csv"
comes "a yes comes" "$(address Reply-To "$(newest inventory-changes)")" "JA"
is "$(sent inventory-mass) $(signed)" "1 0" "it is asked about once more"
comes "then a no comes" "$(address Reply-To "$(newest inventory-mass)")" "NEJ"
is "$(sent inventory-done) $(signed) $(sent not-recorded)" "0 0 1" "nothing is done, and that is said"

# ---- what is refused: the letter still waits ----
start F04
edit formula 's/Trygghetslarm/=1+1/'
comes "a formula comes" "$token" "GODKÄNNS" "$work/formula.csv"
says "$work/row" 'refused: FORMULA' "it is refused"
answers inventory-refused "kolumn B: .*=1+1.* läses som en formel" "with its place and what to mend"
part 'filename="forteckning-F04.csv"' "$mail" | cmp -s - "$work/sent.csv"
ok $? "and the table as it is now"
workbook "$work/book.xlsm" xl/vbaProject.bin
name=forteckning.xlsm
comes "a workbook with macros comes" "$token" "GODKÄNNS" "$work/book.xlsm"
says "$work/row" 'refused: MACROS' "it is refused"
answers inventory-refused "innehåller makron" "with what to do"
workbook "$work/book.xlsx"
name=forteckning.xlsx
comes "a workbook without comes" "$token" "GODKÄNNS" "$work/book.xlsx"
says "$work/row" '1 added, 2 changed, 1 retired' "it is read as the table is"
name=

start F04
comes "two tables come at once" "$token" "GODKÄNNS" "$work/sent.csv" "$work/edited.csv"
says "$work/row" 'refused: SEVERAL' "they are refused"
edit other '1s/ F04 v/ F06 v/'
comes "another inventory's table comes" "$token" "GODKÄNNS" "$work/other.csv"
says "$work/row" 'refused: OTHER_FILE' "it is refused"
is "$(signed)" 0 "and nothing is signed"

start F04
sender=x@y.test
comes "a stranger's table comes" "$token" "GODKÄNNS" "$work/edited.csv"
is "$(signed) $(sent inventory-changes)" "0 0" "it is not looked at"
letters | grep -vxF -f "$work/before" | xargs -r grep -l 'Trygghetslarm' > "$work/told"
test ! -s "$work/told"
ok $? "and the stranger hears nothing of the inventory"
sender=
head -c 3000000 /dev/zero | tr '\0' 'x' > "$work/large.csv"
cat "$work/sent.csv" "$work/large.csv" > "$work/huge.csv"
comes "a table comes that is too large" "$token" "GODKÄNNS" "$work/huge.csv"
says "$work/row" 'refused: TOO_LARGE' "it is refused"
exits 0 "the register changes" -- at 09:00 import "$work/model"
comes "an older table comes" "$token" "GODKÄNNS" "$work/edited.csv"
says "$work/row" 'refused: OLDER' "it is refused"
answers inventory-refused "har ändrats sedan filen skickades" "the sender hears why"
part 'filename="forteckning-F04.csv"' "$mail" > "$work/new.csv"
says "$work/new.csv" "T035;Larm" "and gets the table as it is now"
comes "a table comes that changes nothing" "$token" "INGA ÄNDRINGAR" "$work/new.csv"
is "$(sent confirm)" 1 "then the words count"
comes "a yes comes" "$(address Reply-To "$(newest confirm)")" "JA"
is "$(signed)" 1 "and sign"

# ---- the register's files are read in again ----
again() { # again CLOCK WORDS [OPTION]: the folder as it is
	clock=$1
	words=$2
	shift 2
	exits 0 "$words" -- at "$clock" import "$work/model" "$@"
}

start F04
comes "an edited table comes" "$token" "GODKÄNNS" "$work/edited.csv"
comes "a yes comes" "$(address Reply-To "$(newest inventory-changes)")" "JA"
rm -rf "$work/model"
cp -r "$top_srcdir/config/model" "$work/model"
chmod -R u+w "$work/model"
line=$(grep -n '^T035;' "$work/model/informationstillgangar.csv" | cut -d: -f1)
again 18:00 "the same files are read in again"
says "$work/out" "informationstillgangar.csv:$line: T035 namn: kept as \"Trygghetslarm och kameror\", which is by an answer of 2027-02-22; the file says \"Trygghetslarm\"" "what was answered is kept, and that is said"
says "$work/out" "T040 status: kept as \"avvecklad\", .*the file says \"i drift\"" "what was retired too"
says "$work/out" 'T038 K: kept as "3"' "and what was classified"
says "$work/out" 'T038 senast_klassad: kept as "2027-02-22"' "with its day"
says "$work/out" '^what an answer recorded is kept until' "and what to do"
says "$work/out" '^0 added, 0 changed, .*; 4 values kept as answered$' "nothing has changed"
why T035 "^T035 Trygghetslarm och kameror (" "the register is as answered"
why T040 "Avvecklades 2027-02-22" "and so is what was retired"

sed -i 's/^T035;Trygghetslarm/T035;Larm/; s/^\(T036;[^;]*\)/\1 (ny)/' "$work/model/informationstillgangar.csv"
again 18:05 "a trial of files that have changed" --dry-run
says "$work/out" 'T040 status: kept' "it says what would be kept"
again 18:10 "files that have changed are read in"
says "$work/out" 'T035 namn: "Larm" is new in the file, in the place of "Trygghetslarm och kameror" by an answer of 2027-02-22' "what is new in a file is meant"
says "$work/out" '^~ asset T036: title' "and so is what nobody answered"
says "$work/out" 'T040 status: kept' "the rest is kept"
why T035 "^T035 Larm (" "the register has the file's name"
at 23:00 show T035 > "$work/show"
says "$work/show" 'why=rewritten' "which is recorded"
sed -i 's/^T035;Larm/T035;Trygghetslarm/' "$work/model/informationstillgangar.csv"
again 18:15 "and once more as it was first"
why T035 "^T035 Trygghetslarm (" "the last word is the file's again"

id=$(grep '^T040;' "$work/model/informationstillgangar.csv")
echo "$id" | sed 's/^T040;[^;]*/T061;Något annat/; s/;2026-05-06;/;;/' >> "$work/model/informationstillgangar.csv"
exits 1 "an id that a table took" -- at 18:20 import "$work/model"
says "$work/err" 'informationstillgangar.csv:[0-9]*: T061 is "Hemtjänstens läsplattor" since 2027-02-22' "is no other asset's"
sed -i 's/^T061;Något annat/T061;Hemtjänstens läsplattor/' "$work/model/informationstillgangar.csv"
again 18:25 "the new asset is written into the file"
says "$work/out" 'T061 slag: kept as "register"' "what differs is kept"
again 18:26 "and read in again"
at 23:00 --json due | grep '"item":"T061"' > "$work/row"
says "$work/row" '"anchor":"2027-02-22"' "it still counts from the day that it came"

again 18:30 "the files are to have their way" --overwrite
says "$work/out" 'T040 status: "i drift", in the place of "avvecklad" by an answer of 2027-02-22' "what is taken back is said"
says "$work/out" '^~ asset T040: .*retired' "and done"
at 23:00 show T040 > "$work/show"
says "$work/show" 'why=overwritten' "and recorded"
again 18:35 "and read in again"
says "$work/out" '^0 added, 0 changed, [0-9]* as before$' "nothing is left to keep"
plan
