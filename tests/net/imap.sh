#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# Mail in from a real Dovecot whose mailbox others use too: what they flag, remove and
# make anew, large mail and the memory that it takes, and waiting for more.
set -u
here=${top_srcdir:-.}/tests/net
built=${top_builddir:-.}/tests/net
client=$built/net-client
tmp=$(mktemp -d)
waiter=
n=0

cleanup() {
	[ -z "$waiter" ] || kill "$waiter" 2>/dev/null
	sh "$here/dovecot.sh" stop "$tmp/dovecot"
	rm -rf "$tmp"
}
trap cleanup EXIT
trap 'exit 1' HUP INT TERM

ok() { # STATUS NAME [FILE that tells why not]
	n=$((n + 1))
	if [ "$1" -eq 0 ]; then
		echo "ok $n - $2"
	else
		echo "not ok $n - $2"
		[ -z "${3:-}" ] || cut -c1-200 "$3" | head -20 | sed 's/^/# /'
	fi
}

check() { # NAME PATTERN FILE
	grep -Eqa -e "$2" "$3"
	ok $? "$1" "$3"
}

silent() { # NAME PATTERN FILE
	! grep -Eqa -e "$2" "$3"
	ok $? "$1" "$3"
}

# serve [NAME=VALUE…]: Dovecot anew, with an empty mailbox
serve() {
	sh "$here/dovecot.sh" stop "$tmp/dovecot"
	rm -rf "$tmp/dovecot"
	env "$@" sh "$here/dovecot.sh" start "$tmp/dovecot" >"$tmp/start" 2>&1
	case $? in
	0) ;;
	77)
		echo "1..0 # SKIP $(cat "$tmp/start")"
		exit 0
		;;
	*)
		sed 's/^/# /' "$tmp/start"
		echo "Bail out! Dovecot does not start"
		exit 1
		;;
	esac
	# shellcheck disable=SC1091  # it has just been written
	. "$tmp/dovecot/env"
	NET_CA=$CA NET_USER=$USER NET_PASSWORD=$PASSWORD NET_HOST=localhost NET_PORT=$IMAPS_PORT
	NET_TIMEOUT=60
	export NET_CA NET_USER NET_PASSWORD NET_HOST NET_PORT NET_TIMEOUT
	number=1000
}

deliver() { # [FILE]: puts one mail into the inbox, as a delivery agent would
	number=$((number + 1))
	mkdir -p "$MAILDIR/tmp" "$MAILDIR/new" "$MAILDIR/cur"
	if [ $# = 1 ]; then
		cp "$1" "$MAILDIR/tmp/$number.M1.test"
	else
		printf 'From: a@kund.example\r\nSubject: %d\r\n\r\nHej\r\n' "$number" >"$MAILDIR/tmp/$number.M1.test"
	fi
	chmod 644 "$MAILDIR/tmp/$number.M1.test"
	[ "$(id -u)" -ne 0 ] || chown -R mail:mail "$MAILDIR"
	mv "$MAILDIR/tmp/$number.M1.test" "$MAILDIR/new/"
}

say() { # COMMAND…: somebody else's words to the server
	"$built/imap-say" "$IMAP_PORT" "$USER" "$PASSWORD" "$@" >"$tmp/said" 2>&1
}

mails() { # how many were given, by UID
	sed -n 's/^mail [^ ]* [0-9]* \([0-9]*\) .*/\1/p' "$tmp/out" | tr '\n' ' '
}

are() { # NAME UIDS
	mails >"$tmp/uids"
	test "$(cat "$tmp/uids")" = "$2"
	ok $? "$1" "$tmp/out"
}

fetch() { # LIMIT [done]
	"$client" fetch "$@" >"$tmp/out" 2>&1
	echo "rc=$?" >>"$tmp/out"
}

peak() { sed -n 's/^peak //p' "$tmp/out" | tail -n 1; }

# A sanitizer that keeps what was freed would be counted.
ASAN_OPTIONS=${ASAN_OPTIONS:-}${ASAN_OPTIONS:+:}quarantine_size_mb=1
export ASAN_OPTIONS
serve A=

# ---- large mail ----
deliver
fetch 26214400 'done'
small=$(peak)
{
	printf 'From: a@kund.example\r\nSubject: stor\r\n\r\n'
	awk 'BEGIN { for (i = 0; i < 1700000; i++) printf "rad %08d med lite text att fylla ut med, rad for rad for rad\r\n", i }'
} | head -c 100000000 >"$tmp/huge.eml"
head -c 20000000 "$tmp/huge.eml" >"$tmp/large.eml"
deliver "$tmp/huge.eml"
fetch 26214400 'done'
check "a mail of 100 MB is cut after its first piece" ' len=262144 cut$' "$tmp/out"
echo "small $small, now $(peak)" >"$tmp/why"
test $(($(peak) - small)) -lt 4096
ok $? "it takes less than 4 MB of memory ($small, $(peak) KB)" "$tmp/why"
say 'SELECT Handled' 'FETCH 1:* (UID RFC822.SIZE)'
check "it lies whole in the folder for handled mail" 'RFC822.SIZE 100000000' "$tmp/said"
rm -f "$tmp/huge.eml"
deliver "$tmp/large.eml"
fetch 26214400 'done'
check "one of 20 MB comes whole" ' len=20000000$' "$tmp/out"
sed -n '2,/^--end--$/p' "$tmp/out" | head -c 20000000 | cmp -s - "$tmp/large.eml"
ok $? "its pieces are put together right"
echo "small $small, now $(peak)" >"$tmp/why"
test $(($(peak) - small)) -lt 49152
ok $? "it takes its own room, doubled while it grows, and some pieces ($small, $(peak) KB)" "$tmp/why"

# ---- a mailbox that people use too ----
serve A=
deliver
deliver
deliver
say 'SELECT INBOX' 'UID STORE 1 +FLAGS (\Seen \Flagged)' 'UID STORE 2 +FLAGS (\Answered $Viktigt)'
fetch 1000
are "what people have read and flagged is taken" '1 2 3 '
say 'SELECT INBOX' 'UID FETCH 1:* (FLAGS)'
check "reading marks nothing" 'FETCH \(UID 3 FLAGS \((\\Recent)?\)\)' "$tmp/said"
check "and takes no mark away" 'FETCH \(UID 1 FLAGS \(\\Flagged \\Seen' "$tmp/said"
fetch 1000 'done'
say 'SELECT Handled' 'FETCH 1:* (FLAGS)'
check "marks go with the mail" '1 FETCH \(FLAGS \(\\Flagged \\Seen' "$tmp/said"
check "also people's own" '2 FETCH \(FLAGS \(\\Answered.* \$Viktigt' "$tmp/said"

{
	printf 'From: a@kund.example\r\nSubject: by itself\r\n\r\n'
	head -c 70000 "$tmp/large.eml"
} >"$tmp/itself.eml"
deliver "$tmp/itself.eml"
deliver
deliver
NET_MEANWHILE="$built/imap-say $IMAP_PORT $USER $PASSWORD 'SELECT INBOX' 'UID STORE 5 +FLAGS (\\Deleted)' EXPUNGE >/dev/null" \
	fetch 100000 'done'
are "what somebody removes meanwhile is passed over" '4 6 '
check "and it is no error" '^rc=0$' "$tmp/out"
deliver
deliver
say 'SELECT INBOX' 'UID STORE 7 +FLAGS (\Deleted)'
fetch 1000 'done'
are "what somebody marked deleted is theirs" '8 '
say 'SELECT INBOX' 'UID FETCH 1:* (FLAGS)'
check "and stays as it was" 'UID 7 FLAGS \(\\Deleted' "$tmp/said"

# ---- a mailbox that is made anew ----
say 'CREATE Brev' 'SELECT INBOX' 'UID STORE 7 -FLAGS (\Deleted)' 'UID COPY 7 Brev' 'UID MOVE 7 Brev'
NET_MAILBOX=Brev NET_MEANWHILE="$built/imap-say $IMAP_PORT $USER $PASSWORD 'DELETE Brev' 'CREATE Brev' >/dev/null" \
	fetch 1000 'done'
check "a mailbox that is made anew under our feet ends the look" '^rc=3$' "$tmp/out"
old=$(sed -n 's/^mail [^ ]* \([0-9]*\) .*/\1/p' "$tmp/out" | head -n 1)
deliver
say 'SELECT INBOX' 'UID MOVE 9 Brev'
NET_MAILBOX=Brev fetch 1000
are "the next one finds what lies there now" '1 '
NET_MAILBOX=Brev "$client" 'done' "$old" 1 >"$tmp/out" 2>&1
check "and the old UID moves nothing" 'UIDVALIDITY was [0-9]+, is [0-9]+\): look again' "$tmp/out"
NET_MAILBOX=Brev fetch 1000
are "the mail is still there" '1 '

# ---- servers that cannot move ----
serve CAPABILITY='IMAP4rev1 UIDPLUS IDLE'
deliver
deliver
say 'SELECT INBOX' 'UID STORE 1 +FLAGS (\Deleted)'
fetch 1000 'done'
are "without MOVE" '2 '
say 'SELECT INBOX' 'UID FETCH 1:* (FLAGS)' 'SELECT Handled' 'FETCH 1:* (RFC822.SIZE)'
check "what others marked deleted is not expunged by us" 'UID 1 FLAGS \(\\Deleted' "$tmp/said"
silent "ours has left the mailbox" 'UID 2 FLAGS' "$tmp/said"
check "and lies with the handled mail" '1 FETCH \(RFC822.SIZE' "$tmp/said"
serve CAPABILITY='IMAP4rev1'
deliver
deliver
say 'SELECT INBOX' 'UID STORE 1 +FLAGS (\Deleted)'
fetch 1000 'done'
are "without UIDPLUS too" '2 '
say 'SELECT INBOX' 'UID FETCH 1:* (FLAGS)' 'SELECT Handled' 'FETCH 1:* (RFC822.SIZE)'
check "nothing is expunged" 'UID 1 FLAGS \(\\Deleted' "$tmp/said"
check "ours is marked" 'UID 2 FLAGS \(\\Deleted' "$tmp/said"
check "and copied" '1 FETCH \(RFC822.SIZE' "$tmp/said"
fetch 1000 'done'
are "and not taken again" ''

# ---- rights ----
serve ACL=yes
deliver
echo 'owner lr' >"$MAILDIR/dovecot-acl"
fetch 1000 'done'
check "a mailbox that may only be read is refused" '^error 3: localhost lets registrator only read the mailbox INBOX' "$tmp/out"
are "and nothing is read from it" ''

# ---- waiting ----
serve A=
start_waiting() { # SECONDS
	: >"$tmp/out"
	"$client" wait "$1" 1000 >"$tmp/out" 2>&1 &
	waiter=$!
	tries=0
	until grep -q "^${2:-listening}" "$tmp/out" || [ "$tries" -ge 600 ]; do
		sleep 0.1
		tries=$((tries + 1))
	done
}
start_waiting 300
deliver
wait "$waiter"
waiter=
check "new mail is told" '^look$' "$tmp/out"
are "and taken" '1 '
fetch 1000 'done'
NET_MEANWHILE=: start_waiting 2
wait "$waiter"
waiter=
check "else time is up" '^time is up$' "$tmp/out"
start_waiting 300
sh "$here/dovecot.sh" stop "$tmp/dovecot"
wait "$waiter"
waiter=
check "a line that breaks is a reason to look" '^look$' "$tmp/out"
check "and then it is an error" '^error 3: cannot connect to localhost' "$tmp/out"
serve CAPABILITY='IMAP4rev1 UIDPLUS MOVE'
start_waiting 1 'by the clock'
wait "$waiter"
waiter=
check "a server without IDLE is waited for by the clock" '^time is up$' "$tmp/out"
echo "1..$n"
