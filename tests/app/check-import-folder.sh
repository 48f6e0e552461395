#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# A folder's files: which are registers, and what is said of the others.
. "${top_srcdir:?}/tests/app/tap.sh"
model=$top_srcdir/config/model
now=--now=2027-01-11T08:00:00+01:00

folder() { # a fresh copy of the model
	rm -rf "$work/model"
	cp -r "$model" "$work/model"
	chmod -R u+w "$work/model"
}

import() { # into a fresh database
	rm -f "$work"/a.db*
	"$OVERSYN" "$now" --db "$work/a.db" import "$@"
}

exits 0 "the model imports" -- import "$model"
all=$(tail -n 1 "$work/out")
exits 0 "init of what is there already" -- "$OVERSYN" --db "$work/a.db" init
says "$work/out" 'a.db is up to date' "says so"
exits 0 "init of what is not" -- "$OVERSYN" --db "$work/new.db" init
says "$work/out" 'new.db is ready; now: oversyn import FOLDER' "says what is next"

folder
mv "$work/model/roller.csv" "$work/model/Roller.CSV"
mv "$work/model/namnder.csv" "$work/model/nämnder.csv"
mv "$work/model/arshjul-2027.csv" "$work/model/$(printf 'A\314\212rshjul-2027.csv')"
mv "$work/model/informationstillgangar.csv" "$work/model/Informationstillgångar.csv"
exits 0 "capitals, rings and dots are no other name" -- import "$work/model"
test "$(tail -n 1 "$work/out")" = "$all"
ok $? "and nothing is left out"

folder
mv "$work/model/rutiner.csv" "$work/model/rutin.csv"
exits 1 "a table that is no register is a fault" -- import "$work/model"
says "$work/err" 'rutin.csv: .*rename it, or move it out of the folder' "which says what to do"
says "$work/err" '^registers are named kommun, namnder, .* utbildningar, sammantraden,' "and the names there are"
says "$work/err" '1 fault in .*nothing was imported' "nothing is imported without it"
exits 0 "by its kind it can be had" -- sh -c '
	mv "$3/rutin.csv" "$3.csv" && "$1" --db "$2" import "$3" && "$1" --db "$2" import routines "$3.csv"' \
	sh "$OVERSYN" "$work/b.db" "$work/model"

folder
mv "$work/model/helgdagar-2026-2031.csv" "$work/model/helgdagar.csv.txt"
cp "$work/model/sammantraden-2027.csv" "$work/model/moten.ics"
exits 1 "nor may a table hide behind another ending" -- import "$work/model"
says "$work/err" 'helgdagar.csv.txt: ' "it is named"
says "$work/err" 'moten.ics: ' "and so is a calendar"

folder
touch "$work/model/forvantat-2027-01-11.csv" "$work/model/svar-exempel.csv" "$work/model/Händelser-2027.csv" \
	"$work/model/.dolt.csv"
exits 0 "what is known to be no register" -- import "$work/model"
test "$(tail -n 1 "$work/out")" = "$all" && ! grep -q 'left alone' "$work/out"
ok $? "needs no word"

folder
echo "# Om registren" > "$work/model/README.md"
echo "Säkerhetspolicy" > "$work/model/s99.txt"
touch "$work/model/roller.xlsx"
exits 0 "what may lie beside registers" -- import "$work/model"
for f in README.md s99.txt roller.xlsx; do
	says "$work/out" "$f: left alone" "$f is named"
done
says "$work/out" '^registers are named kommun, ' "with the names there are"
exits 0 "and so in a trial" -- "$OVERSYN" "$now" --db "$work/a.db" import "$work/model" --dry-run
says "$work/out" 'README.md: left alone' "it is named"

mkdir "$work/empty"
exits 2 "an empty folder" -- import "$work/empty"
touch "$work/empty/role.csv"
exits 1 "a folder with only a wrong name" -- import "$work/empty"
says "$work/err" 'role.csv: ' "is told of it"
plan
