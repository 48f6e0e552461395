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
plan
