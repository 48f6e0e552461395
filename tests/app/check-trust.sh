#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# Who vouches for a sender's domain, from the configuration to the record: DKIM
# with keys from a name server of our own, our server's word, Microsoft's; and the
# warnings that a site puts into mail from outside.
. "${top_srcdir:?}/tests/app/tap.sh"
db=$work/t.db conf=$work/o.conf zone=$work/zone
keys=$top_srcdir/tests/cases/dkim

at() { # at HH:MM COMMAND…
	clock=$1
	shift
	"$OVERSYN" "--now=2027-01-12T$clock:00+01:00" --config "$conf" --db "$db" "$@"
}

configure() { # configure SETTINGS of the section trust
	printf 'banners = {"Avsändaren är inte från kommunen. Klicka inte."}\ntrust {\n%b\n}\n' "$1" > "$conf"
}

mail() { # mail NAME FROM TO [BODY]
	printf '%s\n' "From: $2" "To: $3" "Message-ID: <$1@t.example>" 'Subject: SV: Granskning' \
		'Date: Tue, 12 Jan 2027 08:00:00 +0100' 'MIME-Version: 1.0' \
		'Content-Type: text/plain; charset=utf-8' '' "${4:-GODKÄNNS}"
}

in=$db-mail/in/new
mkdir -p "$in" "$db-mail/in/cur" "$db-mail/in/tmp"
sign() { # sign SELECTOR KEY
	"$top_builddir/tests/mail/sign-mail" tallvinge.example "$1" "$keys/$2.pem"
}

reviews() { # how many mails have signed something
	at 09:00 --json inbox | grep -c '"review":"'
}

# The letters that ask, one sender and token each.
asking() {
	at 09:00 --json outbox | grep -E '"kind":"invitation"' |
		sed 's/.*"message_id":"\([^.]*\)[^"]*".*"to":"\([^"]*\)".*/\2 oversyn+\1@tallvinge.example/'
}
letter() { # letter N: sets $from and $to
	from=$(sed -n "${1}s/ .*//p" "$work/letters") to=$(sed -n "${1}s/.* //p" "$work/letters")
}

mkfifo "$work/hold"
"$top_builddir/tests/net/name-server" "$zone" < "$work/hold" > "$work/port" &
server=$!
exec 3> "$work/hold"
while ! test -s "$work/port"; do
	sleep 0.1
done
configure "profile = \"dkim\"\nresolver = \"127.0.0.1:$(cat "$work/port")\""

exits 0 "import" -- at 07:00 import "$top_srcdir/config/model"
exits 0 "letters go out" -- at 07:30 tick
asking > "$work/letters"
letter 2
test -n "$to"
ok $? "there are letters to answer"

# What the record says that the DNS said of a key.
said() { # said SELECTOR TIMES WORDS
	at 09:00 show "$1._domainkey.tallvinge.example" > "$work/shown"
	test "$(grep -c 'dkim-key$' "$work/shown")" = "$2"
	ok $? "$3"
}

# ---- DKIM ----
letter 1
echo "s1._domainkey.tallvinge.example | text v=DKIM1; k=rsa; p=$(cat "$keys/rsa2048.pub")" > "$zone"
mail unsigned "$from" "$to" > "$in/1"
exits 0 "an unsigned answer is read" -- at 08:00 tick
test "$(reviews)" = 0
ok $? "and signs nothing"
mail forged "$from" "$to" | sign s1 rsa1024 > "$in/2"
exits 0 "one signed with another key is read" -- at 08:05 tick
said s1 1 "its key was looked up, and kept"
says "$work/shown" 'record=v=DKIM1; k=rsa; p=MII' "as it was"
test "$(reviews)" = 0
ok $? "and signs nothing"
mail changed "$from" "$to" ANSTÅND | sign s1 rsa2048 | sed 's/ANSTÅND/GODKÄNNS/' > "$in/3"
exits 0 "one that was changed on the way is read" -- at 08:10 tick
test "$(reviews)" = 0
ok $? "and signs nothing"
mail elsewhere "$from" "$to" | sign s2 rsa2048 > "$in/4"
exits 0 "one whose key is not there is read" -- at 08:15 tick
said s2 1 "it was asked for"
says "$work/shown" 'answer=none' "and there was none"
test "$(reviews)" = 0
ok $? "and signs nothing"
mail good "$from" "$to" | sign s1 rsa2048 > "$in/5"
exits 0 "a signed answer is read" -- at 08:20 tick
test "$(reviews)" = 1
ok $? "and signs"
said s1 1 "the same key is kept once"

letter 2
sed -i 's/p=.*/p=/' "$zone"
mail revoked "$from" "$to" | sign s1 rsa2048 > "$in/6"
exits 0 "an answer whose key was withdrawn is read" -- at 08:25 tick
said s1 2 "another key is kept beside it"
test "$(reviews)" = 1
ok $? "and signs nothing"
exits 0 "the record holds" -- at 09:00 verify

exec 3>&-
wait "$server"
ok $? "the name server ends"
mail alone "$from" "$to" | sign s1 rsa2048 > "$in/7"
exits 0 "without a name server an answer is read" -- at 08:30 tick
says "$work/err" 'dkim-key.*answer="no name server answers"' "which says so"
test "$(reviews)" = 1
ok $? "and signs nothing"

# ---- our own server, and Microsoft ----
configure 'authserv_id = "mx.tallvinge.example"'
{
	echo 'Received: from evil (evil [192.0.2.1]) by mx.tallvinge.example with ESMTP id 1'
	echo 'Received: from x by y.example with ESMTP id 2'
	echo 'Authentication-Results: mx.tallvinge.example; dmarc=pass header.from=tallvinge.example'
	mail brought "$from" "$to"
} > "$in/8"
exits 0 "an answer that vouches for itself is read" -- at 08:35 tick
says "$work/err" 'sender-forged' "somebody is told"
test "$(reviews)" = 1
ok $? "and signs nothing"
{
	echo 'Authentication-Results: mx.tallvinge.example; dmarc=pass header.from=tallvinge.example'
	mail vouched "$from" "$to"
} > "$in/9"
exits 0 "one that our server vouches for is read" -- at 08:40 tick
test "$(reviews)" = 2
ok $? "and signs"

letter 3
configure 'profile = "m365"\ntenant = "eurprd01.prod.outlook.com"\ndomains = {"tallvinge.example"}'
{
	echo 'X-MS-Exchange-Organization-AuthSource: A.eurprd01.prod.outlook.com'
	echo 'X-MS-Exchange-Organization-AuthAs: Anonymous'
	mail direct "$from" "$to"
} > "$in/10"
exits 0 "Direct Send is read" -- at 08:45 tick
says "$work/err" 'sender-forged.*Direct Send' "somebody is told"
test "$(reviews)" = 2
ok $? "and signs nothing"
{
	echo 'X-MS-Exchange-Organization-AuthSource: A.eurprd01.prod.outlook.com'
	echo 'X-MS-Exchange-Organization-AuthAs: Internal'
	mail tenant "$from" "$to"
} > "$in/11"
exits 0 "mail within the tenant is read" -- at 08:50 tick
test "$(reviews)" = 3
ok $? "and signs"

# ---- warnings of the site ----
mail warned "$from" "$to" 'Avsändaren är inte från kommunen. Klicka inte.

GODKÄNNS' > "$work/warned.eml"
exits 0 "a mail with the site's warning is read" -- at 09:00 read "$work/warned.eml"
says "$work/out" '^verdict   approve' "without it"
says "$work/out" '^ .*Authentication-Results' "it says who vouches"
: > "$conf"
exits 0 "where nobody knows the warning" -- at 09:00 read "$work/warned.eml"
grep -q '^verdict   approve' "$work/out"
test $? -ne 0
ok $? "it is the sender's words"
plan
