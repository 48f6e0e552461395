#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# The demo: a year passes, the letters are real mail, twice gives the same bytes.
. "${top_srcdir:?}/tests/app/tap.sh"

exits 0 "the demo runs" -- "$OVERSYN" demo "$work/demo"
says "$work/out" '^SON ' "a row per committee"
cp "$work/out" "$work/first"
letters=$(find "$work/demo/letters" -name '*.eml' | wc -l)
test "$letters" -gt 200
ok $? "letters lie as .eml ($letters)"

for kind in paragraph adjusted returned; do
	find "$work/demo/letters" -name "*-$kind-*.eml" | grep -q .
	ok $? "there are letters of the kind $kind"
done
(cd "$work/demo/letters" && sha256sum ./*.eml) > "$work/sums"
exits 0 "the demo runs again over itself" -- "$OVERSYN" demo "$work/demo"
cmp -s "$work/out" "$work/first"
ok $? "it says the same"
(cd "$work/demo/letters" && sha256sum ./*.eml) | cmp -s - "$work/sums"
ok $? "and writes the same bytes"

conf="--config $work/demo/oversyn.conf"
# shellcheck disable=SC2086
{
	exits 0 "the record holds" -- "$OVERSYN" $conf verify
	exits 0 "the inbox lists" -- "$OVERSYN" $conf --json inbox
	grep '"class":"auto-reply"' "$work/out" | grep -qv '"verdict":"none"'
	test $? -ne 0
	ok $? "no automatic reply has a verdict"
	says "$work/out" '"class":"auto-reply"' "there are automatic replies"
	says "$work/out" '"verdict":"approve","review":"[^"]*"' "there are approvals"
	says "$work/out" '"verdict":"extension"' "there are extensions"
	says "$work/out" '"verdict":"decision","review":"[^"]*"' "secretaries report decisions"
	says "$work/out" '"verdict":"changes"' "there are changes"
	says "$work/out" '"verdict":"wrong-person"' "there are wrong persons"
	says "$work/out" 'men skolskjuts\|"verdict":"question"\|"verdict":"unclear"' "a yes with a but is no approval"
}
mkdir "$work/mine"
exits 4 "a folder that is no demo's is left alone" -- "$OVERSYN" demo "$work/mine"
plan
