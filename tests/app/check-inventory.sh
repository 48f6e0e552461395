#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# An inventory goes out as a table with its invitation, and comes back edited:
# each way is answered, and nothing is changed or signed by the file alone.
command -v python3 > /dev/null || {
	echo '1..0 # SKIP no python3 to read the letters with'
	exit 0
}
. "${top_srcdir:?}/tests/app/tap.sh"
db=$work/t.db

at() { # at HH:MM COMMAND…
	clock=$1
	shift
	"$OVERSYN" "--now=2027-02-22T$clock:00+01:00" --db "$db" "$@"
}

header() { # header NAME FILE: the first, without its name, unfolded
	tr -d '\r' < "$2" | awk -v n="$1: " 'index($0, n) == 1 { v = substr($0, length(n) + 1); on = 1; next }
		on && /^[ \t]/ { v = v $0; next }
		on { exit }
		END { print v }'
}

address() { # of a header
	header "$1" "$2" | sed 's/.*<\(.*\)>.*/\1/'
}

# part WHAT MAIL: the first part whose header holds WHAT, decoded from base64
part() {
	tr -d '\r' < "$2" | awk -v what="$1" '
		/^--=_/ { if (on) exit; seen = 0 }
		index($0, what) { seen = 1 }
		seen && on == 0 && $0 == "" { on = 1; next }
		on && !/^--/ { print }' | base64 -d
}

# letters: the files of all mails sent so far, oldest first
letters() {
	find "$db-mail/out" -path '*/new/*' -type f | sort
}

# reply NAME TABLE WORDS: a table (or none) comes with the words
reply() {
	mkdir -p "$db-mail/in/new" "$db-mail/in/cur" "$db-mail/in/tmp"
	{
		echo "From: ${sender:-$from}"
		echo "To: $token"
		echo "Message-ID: <$1@t.example>"
		echo "Subject: Svar"
		echo "MIME-Version: 1.0"
		echo 'Content-Type: multipart/mixed; boundary="b"'
		echo
		echo "--b"
		echo "Content-Type: text/plain; charset=utf-8"
		echo
		echo "$3"
		for table in $2; do
			echo "--b"
			echo "Content-Type: application/vnd.ms-excel"
			echo "Content-Disposition: attachment; filename=\"forteckning.csv\""
			echo "Content-Transfer-Encoding: base64"
			echo
			base64 < "$table"
		done
		echo "--b--"
	} > "$work/reply"
	mv "$work/reply" "$db-mail/in/new/$1"
}

inbox() { # inbox N WHAT WORDS: the Nth mail's line holds WHAT
	at 09:00 --json inbox > "$work/inbox"
	grep "\"id\":$1," "$work/inbox" > "$work/row"
	says "$work/row" "$2" "$3"
}

# answered WHAT WORDS: the text of the last mail sent holds WHAT
answered() {
	letters > "$work/now"
	grep -vxF -f "$work/before" "$work/now" > "$work/new"
	# Other letters may have gone out too: the one that answers.
	mail=$(xargs grep -l '^Auto-Submitted: auto-replied' < "$work/new" | tail -n 1)
	python3 -c 'import email, email.policy, sys
m = email.message_from_binary_file(open(sys.argv[1], "rb"), policy=email.policy.default)
print(m["Subject"], m.get_body(("plain",)).get_content())' "${mail:-/dev/null}" > "$work/answer" 2>/dev/null
	says "$work/answer" "$1" "$2"
}

tick() { # tick HH:MM WORDS
	letters > "$work/before"
	exits 0 "$2" -- at "$1" tick
}

signed() { # how many mails have signed something
	at 09:00 --json inbox | grep -c '"review":"'
}

exits 0 "import" -- at 07:00 import "$top_srcdir/config/model"
exits 0 "letters go out" -- at 07:30 tick
letters > "$work/letters"
first=$(xargs grep -l 'filename="forteckning-F04.csv"' < "$work/letters" | head -n 1)
test -n "$first"
ok $? "an inventory's letter has its table"
from=$(address To "$first")
token=$(address Reply-To "$first")
part 'filename="forteckning-F04.csv"' "$first" > "$work/sent.csv"
says "$work/sent.csv" "T032;Vårdjournal" "it lists the assets"
test "$(head -c 3 "$work/sent.csv" | od -An -tx1 | tr -d ' ')" = efbbbf
ok $? "as Excel opens it"
grep -q ';3;' "$work/sent.csv"
ok $((1 - $?)) "without their levels"

sed 's/Trygghetslarm/Trygghetslarm och kameror/; /^T040/d; s/^\(T033;.*\);;;/\1;3;;3/' "$work/sent.csv" \
	> "$work/edited.csv"
reply edited "$work/edited.csv" "GODKÄNNS"
tick 08:00 "an edited table comes with an approval"
inbox 1 '"status":"coordinator"' "it goes to a person"
says "$work/row" '1 retired' "with what it changes"
test "$(signed)" = 0
ok $? "and signs nothing"
answered "Trygghetslarm och kameror" "the sender hears the difference"
says "$work/answer" "borttagen" "what is gone too"
says "$work/answer" "Vi har läst din fil" "by a letter of its own"

sed 's/Trygghetslarm/=1+1/' "$work/sent.csv" > "$work/formula.csv"
reply formula "$work/formula.csv" "GODKÄNNS"
tick 08:05 "a formula comes"
inbox 2 'refused: FORMULA' "it is refused"
answered "kolumn B: .*=1+1.* läses som en formel" "with its place and what to mend"
part 'filename="forteckning-F04.csv"' "${mail:-/dev/null}" | cmp -s - "$work/sent.csv"
ok $? "and the table as it is now"
test "$(signed)" = 0
ok $? "it signs nothing either"

reply two "$work/sent.csv $work/edited.csv" "GODKÄNNS"
tick 08:10 "two tables come at once"
inbox 3 'several tables' "a person looks"

sender=x@y.test
reply stranger "$work/edited.csv" "GODKÄNNS"
tick 08:15 "a stranger's table comes"
test "$(signed)" = 0
ok $? "it signs nothing"
letters > "$work/now"
grep -vxF -f "$work/before" "$work/now" | xargs -r grep -l 'Trygghetslarm' > "$work/told"
test ! -s "$work/told"
ok $? "and tells the stranger nothing of the inventory"
sender=

# The register changes while the table is away.
cp -r "$top_srcdir/config/model" "$work/model"
chmod -R u+w "$work/model"
sed -i 's/^T035;Trygghetslarm/T035;Larm/' "$work/model/informationstillgangar.csv"
exits 0 "the register changes" -- at 08:20 import "$work/model"
reply older "$work/edited.csv" "GODKÄNNS"
tick 08:25 "an older table comes"
inbox 5 'refused: OLDER' "it is refused"
answered "har ändrats sedan filen skickades" "the sender hears why"
part 'filename="forteckning-F04.csv"' "${mail:-/dev/null}" > "$work/new.csv"
says "$work/new.csv" "T035;Larm" "and gets the table as it is now"

reply same "$work/new.csv" "GODKÄNNS"
tick 08:30 "a table that changes nothing comes"
test "$(signed)" = 1
ok $? "then the words count"
plan
