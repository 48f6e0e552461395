#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# What is left to a person: facts that were asked for and answered, and how the
# coordinator takes a mail from the list.
. "${top_srcdir:?}/tests/app/tap.sh"
db=$work/t.db
in=$db-mail/in
printf 'trust {\n\tauthserv_id = "mx.tallvinge.example"\n}\n' > "$work/o.conf"

at() { # at HH:MM COMMAND…, on a Tuesday
	clock=$1
	shift
	"$OVERSYN" --config "$work/o.conf" "--now=2027-01-12T$clock:00+01:00" --db "$db" "$@"
}

reply() { # reply NAME FROM TO TEXT
	mkdir -p "$in/new" "$in/cur" "$in/tmp"
	{
		echo "Authentication-Results: mx.tallvinge.example; dmarc=pass header.from=${2#*@}"
		echo "From: $2"
		echo "To: $3"
		echo "Message-ID: <$1@t.example>"
		echo "Subject: Svar"
		echo "Content-Type: text/plain; charset=utf-8"
		printf '\n%b\n' "$4"
	} > "$in/new/$1"
}

first() { # first KIND: to whom the first letter of that kind went, and where its answer goes
	at 09:00 --json outbox | grep "\"kind\":\"$1\"" | sed -n 1p |
		sed 's/.*"message_id":"\([^.]*\)[^"]*".*"to":"\([^"]*\)".*/\2 oversyn+\1@tallvinge.example/'
}

text() { # text KIND: of the newest mail of that kind
	id=$(at 09:00 --json outbox | grep "\"kind\":\"$1\"" | tail -n 1 | sed 's/.*"message_id":"\([^"]*\)".*/\1/')
	python3 - "$(grep -rlF "<$id>" "$db-mail/out" | head -n 1)" > "$work/mail" <<-'PYTHON'
		import email, email.policy, sys
		m = email.message_from_file(open(sys.argv[1], newline=""), policy=email.policy.default)
		print(m["Subject"])
		print(m.get_body(("plain",)).get_content())
	PYTHON
}

sent() { # sent KIND: how many of them went out
	at 09:00 --json outbox | grep -c "\"kind\":\"$1\""
}

is() { # is NUMBER WANTED WORDS
	[ "$1" = "$2" ] || echo "# $1, wanted $2"
	test "$1" = "$2"
	ok $? "$3"
}

waiting() {
	at 09:00 --json inbox open | grep -c '"id"'
}

exits 0 "import" -- at 07:00 import "$top_srcdir/config/model"
exits 0 "letters go out" -- at 07:30 tick

# ---- a fact that was asked for
who=$(first question)
text question
says "$work/mail" 'ska ses över, eftersom en uppgift saknas' "which says what is the matter"
reply fact "${who%% *}" "${who#* }" "DATUM: 2024-06-17"
exits 0 "an answer to a question about a fact" -- at 08:00 tick
is "$(sent fact-receipt)" 1 "is thanked for"
text fact-receipt
says "$work/mail" "för in det i registret" "and the coordinator is said to enter it"
is "$(grep -c 2024-06-17 "$work/mail")" 0 "what was written is not repeated"
says "$work/mail" '| [0-9]* | [A-ZÅÄÖ][^|]* [^|]* |' "what it is about has its title"
reply stranger "okand@annan.example" "${who#* }" "DATUM: 1999-01-01"
exits 0 "the same by a stranger" -- at 08:05 tick
is "$(sent fact-receipt)" 1 "is not answered"
is "$(waiting)" 2 "both are the coordinator's to enter"

# ---- what nothing was entered of is not said to be
who=$(first invitation)
reply yes "${who%% *}" "${who#* }" "GODKÄNNS"
exits 0 "an approval" -- at 08:10 tick
text receipt
says "$work/mail" "Vi har skrivit in det som svar" "is entered, and said to be"
reply again "${who%% *}" "${who#* }" "Godkänner\n\nMvh"
exits 0 "the same once more" -- at 08:15 tick
text receipt
says "$work/mail" "Inget nytt är inskrivet" "is not"
is "$(grep -c "Vi har skrivit in" "$work/mail")" 0 "and not said to be"

# ---- a person decides
exits 0 "the coordinator settles one" -- at 09:05 inbox settle 1 "datumet" "är infört"
is "$(waiting)" 1 "it stands in the list no more"
at 09:06 --json inbox | grep '"id":1,' > "$work/row"
says "$work/row" '"settled":"datumet är infört"' "what was done stands with the mail"
says "$work/row" '"status":"coordinator"' "which is what it was"
at 09:06 show inbox-1 > "$work/show"
says "$work/show" "inbox-settled" "and in the record"
exits 2 "what is settled is not settled again" -- at 09:07 inbox settle 1 igen
says "$work/err" "does not wait for anybody" "and that is said"
exits 2 "nor what never waited" -- at 09:07 inbox settle 3 varför
exits 2 "nor without a word about it" -- at 09:07 inbox settle 2
exits 2 "nor what is no number" -- at 09:07 inbox settle 2x klart
is "$(waiting)" 1 "none of which changed anything"
exits 0 "the record holds" -- at 09:10 verify
plan
