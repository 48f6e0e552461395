#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# Documents as Word, LibreOffice and PDF printers write them, and as those who
# mean harm do, through the reader: tests/cases/documents.txt.
command -v python3 > /dev/null || {
	echo '1..0 # SKIP no python3 to write the documents with'
	exit 0
}
. "${top_srcdir:?}/tests/app/tap.sh"
table=$top_srcdir/tests/cases/documents.txt
docs=$work/documents
now=--now=2027-01-11T08:00:00+01:00
python3 "$top_srcdir/tests/doc/make-documents.py" "$docs"
ok $? 'the documents are written'

grep -v -e '^#' -e '^$' "$table" | sed 's/ | .*//' | uniq > "$work/files"
while read -r file; do
	want=0
	! grep -q "^$file | fault" "$table" || want=1
	quiet "$OVERSYN" "$now" --json header "$docs/$file"
	got=$?
	{
		[ $got -eq $want ] || echo "exit $got, wanted $want"
		python3 "$top_srcdir/tests/doc/compare.py" "$table" "$file" "$work/out" "$work/err"
	} > "$work/differs" 2>&1
	sed 's/^/# /' "$work/differs"
	test ! -s "$work/differs"
	ok $? "$file"
done < "$work/files"

exits 0 'by its bytes, not its name' -- sh -c 'cp "$2/tabell.pdf" "$3/x.txt" && "$1" header "$3/x.txt"' \
	sh "$OVERSYN" "$docs" "$work"
says "$work/out" 'krisberedskap' 'a PDF is a PDF'
printf '\n \n' > "$work/blank.txt"
exits 1 'a file without a word' -- "$OVERSYN" header "$work/blank.txt"
says "$work/err" 'blank.txt: the file is empty' 'is said to be empty'
exits 0 'from standard input' -- sh -c '"$1" header - < "$2/tabell.docx"' sh "$OVERSYN" "$docs"
says "$work/out" 'krisberedskap' 'a Word document too'

printf 'document_pages = 1\n' > "$work/one.conf"
exits 0 'pages are a setting' -- "$OVERSYN" --config "$work/one.conf" --json header "$docs/sidor.pdf"
grep -q 'EVERY' "$work/out"
test $? -eq 1
ok $? 'one page says no rule'
printf 'document_pages = 0\n' > "$work/none.conf"
exits 2 'none is no number of pages' -- "$OVERSYN" --config "$work/none.conf" header "$docs/sidor.pdf"

exits 0 'documents are imported' -- "$OVERSYN" "$now" --db "$work/a.db" import "$top_srcdir/config/model"
exits 0 'of several kinds at once' -- "$OVERSYN" "$now" --db "$work/a.db" import header \
	"$docs/glyfer.pdf" "$docs/spårad.docx" "$docs/tabell.odt"
says "$work/out" '^3 added' 'all of them'
printf 'Kommunen\n\nPolicy för prov\n\nDokumenttyp: Policy\nBeslutsinstans: Kommunfullmäktige\nBeslutsdatum: 19 juni 2023\nGiltighet: Tills vidare\nDokumentansvarig: it-chef\nUppföljning: Vart fjärde år\n' > "$work/prov.txt"
exits 0 'a page with a rule' -- "$OVERSYN" "$now" --db "$work/a.db" import header "$work/prov.txt"
says "$work/out" '^prov: still to be written in styrdokument.csv: its body$' 'what it does not know is told'
exits 0 'why' -- "$OVERSYN" "$now" --db "$work/a.db" why prov
says "$work/out" '"Vart fjärde år". About validity: "Tills vidare"' 'its rule is kept'
says "$work/out" 'Responsible is It-chef (itchef)' 'and who is responsible, by the title'
says "$work/out" '^Due 2027-06-19' 'so that it is watched'
cp "$work/prov.txt" "$work/S02.txt"
cp "$work/a.db" "$work/before.db"
exits 1 'a row that is there is not replaced' -- "$OVERSYN" "$now" --db "$work/a.db" import header "$work/S02.txt"
says "$work/err" 'S02.txt: S02 is in the register already.*styrdokument.csv' 'which is said'
"$OVERSYN" "$now" --db "$work/before.db" why S02 > "$work/was"
"$OVERSYN" "$now" --db "$work/a.db" why S02 | cmp - "$work/was"
ok $? 'and it is as it was'
exits 1 'a scanned one is refused' -- "$OVERSYN" "$now" --db "$work/a.db" import header \
	"$docs/tabell.pdf" "$docs/skannad.pdf" "$docs/bomb.pdf"
says "$work/err" 'skannad.pdf: the PDF holds no text' 'with its name'
says "$work/err" 'bomb.pdf: the reader died' 'and the one after it too'
exits 0 'and nothing was kept' -- sh -c '"$1" --db "$2/a.db" --json due' sh "$OVERSYN" "$work"
grep -q '"item":"tabell","kind":"document","body":null,"responsible":"Säkerhetschef"' "$work/out"
test $? -eq 1
ok $? 'of the good one either'
plan
