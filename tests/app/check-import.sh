#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# Import, due, why and the errors that people meet.
. "${top_srcdir:?}/tests/app/tap.sh"
model=$top_srcdir/config/model
now=--now=2027-01-11T08:00:00+01:00

exits 2 "no database: says what to do" -- "$OVERSYN" --db "$work/none.db" due
says "$work/err" import "and names import"
exits 0 "init makes an empty database" -- "$OVERSYN" --db "$work/a.db" init
exits 0 "in which nothing is due" -- "$OVERSYN" --db "$work/a.db" --json due
test ! -s "$work/out"
ok $? "nothing at all"
exits 0 "the model imports" -- "$OVERSYN" "$now" --db "$work/a.db" import "$model"
exits 0 "again" -- "$OVERSYN" "$now" --db "$work/a.db" import "$model"
says "$work/out" '^0 added, 0 changed' "and nothing has changed"

cp -r "$model" "$work/model"
chmod -R u+w "$work/model"
sed -i 's/^sakchef;S/sakchef;Informations- och s/' "$work/model/roller.csv"
exits 0 "an edited row imports" -- "$OVERSYN" "$now" --db "$work/a.db" import "$work/model"
says "$work/out" '^~ role sakchef' "and says what changed"

printf 'roll_id;titel;e-post\nx;X;inte en adress\n' > "$work/roller.csv"
exits 1 "a bad row is refused" -- "$OVERSYN" "$now" --db "$work/a.db" import roles "$work/roller.csv"
says "$work/err" 'roller.csv:[0-9]*:' "with file and line"
head -c 20000 /dev/urandom > "$work/roller.csv"
exits 1 "garbage is refused" -- "$OVERSYN" "$now" --db "$work/a.db" import roles "$work/roller.csv"
exits 0 "and nothing of it was kept" -- "$OVERSYN" "$now" --db "$work/a.db" import "$work/model"
says "$work/out" '^0 added, 0 changed' "the register is as before"
exits 0 "CRLF and BOM import" -- sh -c '
	mkdir "$2/crlf"
	for f in "$3"/*.csv; do
		{ printf "\357\273\277"; sed "s/\$/\r/" "$f"; } > "$2/crlf/$(basename "$f")"
	done
	"$1" --db "$2/crlf.db" import "$2/crlf"' sh "$OVERSYN" "$work" "$model"

# What is wrong in one place hides nothing of another, and is said once.
many=$work/many
cp -r "$model" "$many"
chmod -R u+w "$many"
sed -i 's/^sakchef;\([^;]*\);[^;]*;/sakchef;\1;inte en adress;/; s/^itchef;.*/&;x/' "$many/roller.csv"
sed -i '1s/;intervall;/;intervalle;/; s/^F02;\(.*\);2026-04-15;/F02;\1;2026-04-31;/' "$many/forteckningar.csv"
sed -i 's/^\(R02;.*\);sakchef;/\1;sackchef;/' "$many/rutiner.csv"
sed -i 's/^KLF;/KLX;/' "$many/forvaltningar.csv"
sed -i 's/^VON;/V ON;/' "$many/namnder.csv"
exits 1 "a folder with many faults" -- "$OVERSYN" "$now" --db "$work/many.db" import "$many"
says "$work/err" 'roller.csv:[0-9]*:3: e-post: "inte en adress"' "a bad cell is named"
says "$work/err" 'roller.csv:[0-9]*:11: .*11 fields where the first line has 10' "and a bad row"
says "$work/err" 'forteckningar.csv:1:1: column intervall is missing' "and a column that is missing"
says "$work/err" 'forteckningar.csv:1:7: unknown column "intervalle"' "for it is called otherwise"
says "$work/err" 'forteckningar.csv:3:8: senast_granskad: "2026-04-31" is no day' "and what its rows have"
says "$work/err" 'rutiner.csv:3:6: R02 names the role "sackchef"' "and a name that nobody has"
says "$work/err" 'namnder.csv:[0-9]*:1: namnd_id: "V ON" is no id' "and an id that is none"
says "$work/err" 'namnder.csv:.* names the unit "KLF"' "and what names another that is missing"
grep -q '"sakchef"\|"itchef"\|"VON"\|F02"\|"F05"' "$work/err"
ok $((1 - $?)) "but not who names what is wrong itself"
mkdir "$many/helgdagar.csv"
rm "$many/helgdagar-2026-2031.csv"
mv "$many/rutiner.csv" "$many/rutin.csv"
exits 1 "a folder with files that cannot be read" -- "$OVERSYN" "$now" --db "$work/many.db" import "$many"
says "$work/err" 'helgdagar.csv: ' "names them"
says "$work/err" 'rutin.csv: no register has this name' "and those that are none"
says "$work/err" 'e-post: "inte en adress"' "with the faults of the others"

exits 1 "in Swedish" -- "$OVERSYN" "$now" --db "$work/many.db" --lang sv import "$many"
says "$work/err" 'e-post: "inte en adress" är ingen e-postadress: skriv den som' "what is wrong is said"
says "$work/err" 'rutin.csv: inget register heter så' "of files too"
says "$work/err" '^oversyn: [0-9]* fel i [0-9]* filer: inget lästes in$' "and what came of it"
exits 0 "and what is right" -- "$OVERSYN" "$now" --db "$work/many.db" --lang sv import "$model"
says "$work/out" '^+ roll sakchef$' "row by row"
says "$work/out" '^[0-9]* nya, 0 ändrade, 0 som förut$' "and in all"

exits 0 "due" -- "$OVERSYN" --db "$work/a.db" "$now" --json due
says "$work/out" '"item":"S03".*"due":"2027-10-31","act_by":"2027-09-21"' "the guideline: RSA, through the board's meeting"
says "$work/out" '"item":"R09".*"status":"ask"' "valid until further notice is asked about"
test "$(grep -c '"status":"overdue"' "$work/out")" -eq 23
ok $? "23 overdue"
exits 0 "why" -- "$OVERSYN" --db "$work/a.db" "$now" why S03
says "$work/out" '2027-10-12' "names the board's meeting"
exits 2 "why of nothing" -- "$OVERSYN" --db "$work/a.db" why XX

exits 0 "the seed's header" -- "$OVERSYN" --json header "$top_srcdir/tests/cases/headers/seed.txt"
says "$work/out" '"title":"Riktlinjer för informationssäkerhet"' "title"
head -c 5000 /dev/urandom > "$work/noise"
exits 1 "a header that is not text" -- "$OVERSYN" header "$work/noise"
exits 0 "garbage is no mail to fear" -- "$OVERSYN" --json read "$work/noise"
says "$work/out" '"verdict":"none"\|"verdict":"unclear"' "and approves nothing"

printf 'datbase = "x"\n' > "$work/bad.conf"
exits 2 "an unknown setting" -- "$OVERSYN" --config "$work/bad.conf" due
says "$work/err" 'bad.conf:1:' "with file and line"
printf '\n\nceiling = "many"\n' > "$work/bad.conf"
exits 2 "a mistyped setting" -- "$OVERSYN" --config "$work/bad.conf" due
says "$work/err" 'bad.conf:3:' "with file and line"
exits 2 "an unknown command" -- "$OVERSYN" fly
exits 2 "an unknown option" -- "$OVERSYN" --fly due
mkdir "$work/twice"
cp "$top_srcdir"/config/model/*.csv "$work/twice"
head -n 2 "$work/twice/roller.csv" > "$work/twice/roller-2027.csv"
rm -f "$work/twice.db"
exits 1 "two files that say something of the same role" -- "$OVERSYN" --db "$work/twice.db" import "$work/twice"
says "$work/err" 'roller.csv:2: .* stands already in .*roller-2027.csv on line 2: remove one of them' "are named, both"

# Kinds one by one, and one of them too early.
one=$work/one.db
for kind in bodies:namnder units:forvaltningar routines:rutiner; do
	quiet "$OVERSYN" "$now" --db "$one" import "${kind%:*}" "$model/${kind#*:}.csv"
	cp "$work/err" "$work/${kind%:*}.err"
done
says "$work/bodies.err" 'namnder.csv:[0-9]*:[0-9]*: .* names the unit "[^"]*", and the register has none yet: import forvaltningar.csv first' \
	"bodies before units are told which row names one"
says "$work/routines.err" 'rutiner.csv:2:6: R01 names the role "[^"]*", and the register has none yet: import roller.csv first' \
	"and routines before roles: item, role, file, line and column"
test "$(grep -c 'the role' "$work/routines.err")" -eq 1
ok $? "once for all rows"

# A table that was saved in another way says so first, and not what it lacks then.
form() { # form WHAT PATTERN: the file roller.csv
	exits 1 "$1" -- "$OVERSYN" "$now" --db "$work/a.db" import roles "$work/roller.csv"
	says "$work/err" "roller.csv:1:1: $2" "is named"
	test "$(wc -l < "$work/err")" -eq 2
	ok $? "and nothing else"
}
sed 's/,/ /g; s/;/,/g' "$model/roller.csv" > "$work/roller.csv"
form "commas" 'the columns are separated by , but must be by ;'
sed 's/,/ /g; s/"//g; s/\([^;]*\)/"\1"/g; s/;/,/g' "$model/roller.csv" > "$work/roller.csv"
form "commas and quotes" 'the columns are separated by , but must be by ;'
sed 's/;/\t/g' "$model/roller.csv" > "$work/roller.csv"
form "tabs" 'the columns are separated by tabs but must be by ;'
printf 'PK\003\004\024\000\006\000' > "$work/roller.csv"
form "a workbook" 'this is a workbook (.xlsx, .ods) or another zip archive'
iconv -f UTF-8 -t UTF-16 "$model/roller.csv" > "$work/roller.csv"
form "UTF-16" 'this is UTF-16: save the file as UTF-8'
exits 1 "in Swedish" -- "$OVERSYN" "$now" --lang sv --db "$work/one.db" import routines "$model/rutiner.csv"
says "$work/err" 'R01 anger rollen "[^"]*", och registret har ingen än: läs in roller.csv först' "too"

# Faults stand by file and line, whatever finds them.
cp "$model/kommun.csv" "$work/kommun.csv"
chmod u+w "$work/kommun.csv"
sed -i 's/^kontakt_roll;[^;]*/kontakt_roll;ingen/' "$work/kommun.csv"
printf 'namn;En till;\nveckobrev;kanske;\n' >> "$work/kommun.csv"
exits 1 "faults that several looks find" -- "$OVERSYN" "$now" --db "$work/a.db" import municipality "$work/kommun.csv"
sed -n 's/.*kommun.csv:\([0-9]*\):.*/\1/p' "$work/err" > "$work/lines"
test "$(wc -l < "$work/lines")" -ge 2 && sort -n "$work/lines" | cmp -s - "$work/lines"
ok $? "come by line ($(tr '\n' ' ' < "$work/lines"))"
plan
