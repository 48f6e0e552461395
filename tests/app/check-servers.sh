#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# The whole program against real servers: letters go out by SMTP with STARTTLS
# and a password, an answer comes in over IMAPS, the sign-off is recorded, the
# receipt goes out, and the mail is moved to the folder for handled mail.
. "${top_srcdir:?}/tests/app/tap.sh"
now=--now=2027-01-11T08:00:00+01:00
later=--now=2027-01-13T08:00:00+01:00
. "$top_srcdir/tests/app/servers.sh"
(umask 077 && echo "$PASSWORD" > "$work/password")
mkdir "$work/credentials"
echo "$PASSWORD" > "$work/credentials/mail"
CREDENTIALS_DIRECTORY=$work/credentials
export CREDENTIALS_DIRECTORY
cat > "$work/oversyn.conf" << END
database = "$work/a.db"
out {
	transport = "smtp"
	host = "localhost"
	port = $SUBMISSION_PORT
	tls = "starttls"
	ca_file = "$CA"
	user = "$USER"
	password_command = {"cat", "$work/password"}
}
in {
	transport = "imap"
	host = "localhost"
	port = $IMAPS_PORT
	ca_file = "$CA"
	user = "$USER"
	password_credential = "mail"
}
trust {
	authserv_id = "mx.tallvinge.example"
}
END
conf="--config $work/oversyn.conf"

# answer FILE FROM TEXT: what somebody who got FILE writes back
answer() {
	to=$(sed -n 's/^Reply-To: *<*\([^>\r]*\)>*\r*$/\1/p' "$1" | head -n 1)
	id=$(sed -n 's/^Message-ID: *\(<[^>]*>\).*$/\1/p' "$1" | head -n 1)
	printf 'Authentication-Results: mx.tallvinge.example; dmarc=pass header.from=tallvinge.example\r\n'
	printf 'From: %s\r\nTo: %s\r\nSubject: SV\r\nDate: Wed, 13 Jan 2027 07:00:00 +0100\r\n' "$2" "$to"
	printf 'Message-ID: <%s@mail.example>\r\nIn-Reply-To: %s\r\nMIME-Version: 1.0\r\n' "$(date +%s%N)" "$id"
	printf 'Content-Type: text/plain; charset=utf-8\r\n\r\n%s\r\n' "$3"
}

# shellcheck disable=SC2086
{
	exits 0 "import" -- "$OVERSYN" "$now" $conf import "$top_srcdir/config/model"
	exits 0 "a pass" -- "$OVERSYN" "$now" $conf tick
	sent=$(find "$work/sink" -name '*.eml' | wc -l)
	test "$sent" -gt 20
	ok $? "letters reach the other side ($sent)"
	letter=$(grep -l ' mas@tallvinge' "$work"/sink/*.env | head -n 1)
	other=$(grep -l ' infosak@tallvinge' "$work"/sink/*.env | head -n 1)
	letter=${letter%.env}.eml other=${other%.env}.eml

	answer "$letter" mas@tallvinge.example 'Godkänns' | put_into one
	answer "$other" it-chef@tallvinge.example 'Godkänns' | put_into two
	printf 'not a mail at all' | put_into three
	exits 0 "the next pass" -- "$OVERSYN" "$later" $conf tick
	exits 0 "the inbox" -- "$OVERSYN" $conf --json inbox
	says "$work/out" '"status":"applied","class":"reply","verdict":"approve"' "the holder's answer is applied"
	says "$work/out" '"status":"coordinator".*"verdict":"approve"' "somebody else's is left to the coordinator"
	test "$(wc -l < "$work/out")" -eq 3
	ok $? "three mails came in"
	test -z "$(find "$MAILDIR/new" "$MAILDIR/cur" -type f)"
	ok $? "and none is left in the mailbox"
	test "$(find "$MAILDIR" -path '*Oversyn-klart/*/*' -type f | wc -l)" -eq 3
	ok $? "they are in the folder for handled mail"
	grep -l '^Auto-Submitted: auto-replied' "$work"/sink/*.eml > "$work/receipts"
	test "$(wc -l < "$work/receipts")" -eq 2
	ok $? "a receipt went out, and word to whom somebody else answered for"
	exits 0 "the record holds" -- "$OVERSYN" $conf verify

	# A folder that cannot be made: the mail is kept all the same, and moved when it can.
	sed 's|^in {|in {\n\thandled = "a//b"|' "$work/oversyn.conf" > "$work/nowhere.conf"
	printf 'From: a@kund.example\nSubject: fyra\n\nHej\n' | put_into four
	printf 'From: a@kund.example\nSubject: fem\n\nHej\n' | put_into five
	exits 3 "mail that cannot be put away is an error" -- "$OVERSYN" "$later" --config "$work/nowhere.conf" tick
	says "$work/err" 'moving a mail to the handled ones: the server answers' "that says what the server says"
	exits 0 "the inbox" -- "$OVERSYN" $conf --json inbox
	test "$(wc -l < "$work/out")" -eq 5 && ! grep -q '"status":"new"' "$work/out"
	ok $? "all of it was taken nevertheless"
	exits 0 "the next pass" -- "$OVERSYN" "$later" $conf tick
	exits 0 "the inbox" -- "$OVERSYN" $conf --json inbox
	test "$(wc -l < "$work/out")" -eq 5
	ok $? "takes nothing twice"
	test -z "$(find "$MAILDIR/new" "$MAILDIR/cur" -type f)"
	ok $? "and puts it away"

	sed "s|$CA|/etc/ssl/certs/ca-certificates.crt|" "$work/oversyn.conf" > "$work/wrong.conf"
	exits 3 "a certificate that nobody vouches for ends it" -- "$OVERSYN" "$later" --config "$work/wrong.conf" tick
	says "$work/err" 'certificate' "and the error says so"
}
plan
