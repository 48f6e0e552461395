#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# read: every step of how a mail is understood, for people and for programs.
. "${top_srcdir:?}/tests/app/tap.sh"
cases=$top_srcdir/tests/cases/mail

mail() { # mail HEADERS TEXT
	printf 'From: Anna <anna@tallvinge.example>\nDate: Tue, 12 Jan 2027 09:30:00 +0100\n%b\n%b\n' \
		"$1" "$2" > "$work/mail.eml"
}

mail 'Content-Type: text/plain; charset=utf-8\n' '1 godkänns\n2 anstånd till 15 mars\n\nMvh Anna'
exits 0 "an answer in two parts" -- "$OVERSYN" read "$work/mail.eml" --letter review
says "$work/out" '^class     reply' "what it is"
says "$work/out" '^from      anna@tallvinge.example' "whom it is from"
says "$work/out" '^text      1 godkänns' "its own text"
says "$work/out" '^letter    review' "what was asked"
says "$work/out" '^answer    1 approve' "the first answer"
says "$work/out" '^answer    2 extension, until 2027-03-15' "the second, with its date"
says "$work/out" '^trust     not judged' "and what it cannot know"

mail 'Content-Type: text/plain; charset=utf-8\n' 'Kan vi ta det vecka 11?'
exits 0 "a question" -- "$OVERSYN" read "$work/mail.eml" --letter review
says "$work/out" '^verdict   question' "is one"
says "$work/out" '^offered   extension, until 2027-03-15' "with what it seems to mean"

mail 'Content-Type: text/plain; charset=utf-8\n' 'BESLUT: A 2027-10-12 § 164, justerat'
exits 0 "a decision" -- "$OVERSYN" read "$work/mail.eml" --letter decision
says "$work/out" '^answer    decision, on 2027-10-12, § 164, option A' "with date, § and option"

mail 'Auto-Submitted: auto-replied\nContent-Type: text/plain; charset=utf-8\n' \
	'Jag är ledig till den 1 februari. Kontakta bo@tallvinge.example.'
exits 0 "an automatic reply" -- "$OVERSYN" read "$work/mail.eml"
says "$work/out" '^class     auto-reply' "is none of a person"
says "$work/out" '^away      back on 2027-02-01' "says until when"
says "$work/out" '^stands in bo@tallvinge.example' "and who stands in"
exits 0 "the same for programs" -- "$OVERSYN" read "$work/mail.eml" --json
says "$work/out" '"back":"2027-02-01","substitute":"bo@tallvinge.example"' "with both"

for file in "$cases"/layouts/calendar-*.eml; do
	test -e "$file" || continue
	exits 0 "$(basename "$file")" -- "$OVERSYN" read "$file"
	says "$work/out" '^calendar  ' "a calendar's answer is told"
done

mail 'Content-Type: text/plain; charset=utf-8\n' 'Hej\033[2J\007 \302\233A då'
exits 0 "what steers a terminal" -- "$OVERSYN" read "$work/mail.eml"
! LC_ALL=C grep -q "$(printf '[\001-\010\013-\037\177]')" "$work/out"
ok $? "is not passed on"
exits 2 "a kind of letter that is none" -- "$OVERSYN" read "$work/mail.eml" --letter poem
exits 2 "a file that is not there" -- "$OVERSYN" read "$work/none.eml"
plan
