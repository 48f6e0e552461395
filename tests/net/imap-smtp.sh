#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# Fetches from and sends through a real Dovecot, which relays to a sink that
# answers as it is told.
set -u
here=${top_srcdir:-.}/tests/net
built=${top_builddir:-.}/tests/net
client=$built/net-client
tmp=$(mktemp -d)
sink=
n=0

cleanup() {
	sh "$here/dovecot.sh" stop "$tmp/dovecot"
	[ -z "$sink" ] || kill "$sink" 2>/dev/null
	rm -rf "$tmp"
}
trap cleanup EXIT
trap 'exit 1' HUP INT TERM

# check NAME PATTERN FILE: some line of FILE matches
check() {
	n=$((n + 1))
	if grep -Eqa -e "$2" "$3"; then
		echo "ok $n - $1"
	else
		echo "not ok $n - $1"
		echo "# wanted: $2"
		sed 's/^/# /' "$3" | head -20
	fi
}

same() {
	n=$((n + 1))
	if cmp -s "$2" "$3"; then
		echo "ok $n - $1"
	else
		echo "not ok $n - $1"
		diff -a "$2" "$3" | head -10 | cat -A | sed 's/^/# /'
	fi
}

count() { # NAME NUMBER FILE...
	what=$1 wanted=$2
	shift 2
	set -- "$@"
	[ -e "$1" ] || shift
	echo "$#" >"$tmp/count"
	check "$what" "^$wanted\$" "$tmp/count"
}

mkdir "$tmp/sink"
"$built/smtp-sink" "$tmp/sink" &
sink=$!
for _ in 1 2 3 4 5 6 7 8 9 10; do
	[ -s "$tmp/sink/port" ] && break
	sleep 0.1
done
RELAY_PORT=$(cat "$tmp/sink/port")
export RELAY_PORT
MECHANISMS="plain login scram-sha-1 scram-sha-256" \
	sh "$here/dovecot.sh" start "$tmp/dovecot" >"$tmp/start" 2>&1
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
NET_CA=$CA NET_USER=$USER NET_PASSWORD=$PASSWORD NET_HOST=localhost
export NET_CA NET_USER NET_PASSWORD NET_HOST
echo "1..38"

crlf() { awk '{ printf "%s\r\n", $0 }'; }
deliver() { # puts one mail into the inbox, as a delivery agent would
	cp "$1" "$MAILDIR/tmp/$2"
	chmod 644 "$MAILDIR/tmp/$2"
	mv "$MAILDIR/tmp/$2" "$MAILDIR/new/$2"
}
fetch() { # MODE PORT LIMIT [done]
	NET_TLS=$1 NET_PORT=$2 "$client" fetch "$3" ${4:+"$4"} >"$tmp/out" 2>&1
}

printf 'From: a@kund.example\nSubject: nummer ett\n\nHej\n.\n..punkt\n.slut på raden\n' | crlf >"$tmp/one.eml"
printf 'From: b@kund.example\nSubject: nummer två\n\n' | crlf >"$tmp/two.eml"
awk 'BEGIN { for (i = 0; i < 4000; i++) printf "rad %d med lite text\r\n", i }' >>"$tmp/two.eml"

# ---- fetching ----
fetch tls "$IMAPS_PORT" 100000
echo "rc=$?" >>"$tmp/out"
check "an empty mailbox is no error" '^rc=0$' "$tmp/out"
deliver "$tmp/one.eml" 1000.M1.test
deliver "$tmp/two.eml" 1001.M2.test
fetch tls "$IMAPS_PORT" 1000000
check "TLS from the first byte" "^mail imap:localhost/INBOX [0-9]+ 1 received=[0-9]+ len=$(wc -c <"$tmp/one.eml")\$" "$tmp/out"
check "the second mail has the next UID" "^mail imap:localhost/INBOX [0-9]+ 2 received=[0-9]+ len=$(wc -c <"$tmp/two.eml")\$" "$tmp/out"
sed -n '2,/^--end--$/p' "$tmp/out" | sed '/^--end--$/d' | head -c "$(wc -c <"$tmp/one.eml")" >"$tmp/got.eml"
same "the bytes are those that lie there" "$tmp/one.eml" "$tmp/got.eml"
fetch starttls "$IMAP_PORT" 200
check "STARTTLS, and a large mail is cut" '^mail imap:localhost/INBOX [0-9]+ 2 received=[0-9]+ len=200 cut$' "$tmp/out"
NET_CA='' fetch starttls "$IMAP_PORT" 200
check "an authority that nobody trusts" '^error 3: the certificate of localhost is signed by nobody' "$tmp/out"
NET_PASSWORD=fel fetch tls "$IMAPS_PORT" 200
check "a wrong password" '^error 3: localhost did not let the user registrator in .*mend user name' "$tmp/out"
NET_MAILBOX=Saknas fetch tls "$IMAPS_PORT" 200
check "a mailbox that is not there" '^error 3: localhost does not open the mailbox Saknas' "$tmp/out"
fetch none "$IMAP_PORT" 200 'done'
check "in the clear on this machine; put away" '^mail imap:localhost/INBOX [0-9]+ 2 ' "$tmp/out"
uidvalidity=$(sed -n 's/^mail [^ ]* \([0-9]*\) .*/\1/p' "$tmp/out" | head -1)
fetch tls "$IMAPS_PORT" 200
count "what is put away is not fetched again" 0 "$MAILDIR"/cur/*
NET_MAILBOX=Handled NET_HANDLED=INBOX fetch tls "$IMAPS_PORT" 200
check "it lies in the folder for handled mail" '^mail imap:localhost/Handled [0-9]+ 2 ' "$tmp/out"
NET_TLS=tls NET_PORT=$IMAPS_PORT "$client" 'done' "$uidvalidity" 1 >"$tmp/out" 2>&1
echo "rc=$?" >>"$tmp/out"
check "put away twice is put away" '^rc=0$' "$tmp/out"
NET_TLS=tls NET_PORT=$IMAPS_PORT "$client" 'done' 7 1 >"$tmp/out" 2>&1
check "a mailbox made anew asks for a new look" '^error 3: .*UIDVALIDITY was 7, is [0-9]+\): look again' "$tmp/out"

# ---- sending ----
send() { # MODE PORT FILE TO...
	mode=$1 port=$2 file=$3
	shift 3
	NET_TLS=$mode NET_PORT=$port "$client" send granskning@kommun.example "$file" "$@" >"$tmp/out" 2>&1
}

NET_USER='' NET_PASSWORD='' send none "$RELAY_PORT" "$tmp/one.eml" eva@kund.example
check "straight to the sink" '^eva@kund.example accepted: 250 2\.0\.0 kept$' "$tmp/out"
same "every byte as it was, dots and all" "$tmp/one.eml" "$tmp/sink/mail-1.eml"
check "with its envelope" '^granskning@kommun.example eva@kund.example$' "$tmp/sink/mail-1.env"
NET_USER='' NET_PASSWORD='' send none "$RELAY_PORT" "$tmp/two.eml" busy@k.example unknown@k.example \
	closing@k.example later@k.example full@k.example lost@k.example eva@k.example
cut -d: -f1 "$tmp/out" >"$tmp/verdicts"
cat >"$tmp/wanted" <<EOF
busy@k.example deferred
unknown@k.example failed
closing@k.example deferred
later@k.example deferred
full@k.example held
lost@k.example uncertain
eva@k.example accepted
EOF
same "each answer has its verdict, and the line is mended" "$tmp/wanted" "$tmp/verdicts"
awk 'BEGIN { for (i = 0; i < 300000; i++) print "mer an vad som far plats i en ko" }' | crlf >"$tmp/huge.eml"
NET_USER='' NET_PASSWORD='' send none "$RELAY_PORT" "$tmp/huge.eml" cut@k.example early@k.example eva@k.example
check "cut in the middle: it cannot have been taken" '^cut@k.example deferred: .*before the end' "$tmp/out"
check "refused in the middle" '^early@k.example deferred: ' "$tmp/out"
same "a large mail too" "$tmp/two.eml" "$tmp/sink/mail-2.eml"
send starttls "$SUBMISSION_PORT" "$tmp/one.eml" eva@k.example unknown@k.example ulla@k.example
check "through Dovecot with STARTTLS and AUTH" '^eva@k.example accepted: 250 ' "$tmp/out"
check "a refusal comes through" '^unknown@k.example failed: 550 5\.1\.1 ' "$tmp/out"
check "and the next one on the same line" '^ulla@k.example accepted: 250 ' "$tmp/out"
# shellcheck disable=SC2046  # words are meant
NET_CONNECTIONS=3 NET_TLS=tls NET_PORT=$SUBMISSIONS_PORT "$client" many granskning@kommun.example \
	"$tmp/one.eml" $(seq 200 | sed 's/.*/many-&@k.example/') >"$tmp/out" 2>&1
echo "accepted $(grep -c ' accepted: 250 ' "$tmp/out")" >"$tmp/count"
check "200 mails at once, each logged in" '^accepted 200$' "$tmp/count"
cat "$tmp"/sink/*.env | grep -o 'many-.*' | sort | uniq -c | awk '{ n += $1; m++ } END { print "kept", n, m }' \
	>"$tmp/count"
check "each of them is in the sink, once" '^kept 200 200$' "$tmp/count"
for way in PLAIN LOGIN SCRAM-SHA-1 SCRAM-SHA-256; do
	NET_AUTH=$way send tls "$SUBMISSIONS_PORT" "$tmp/one.eml" eva@k.example
	check "TLS from the first byte, and AUTH $way" '^eva@k.example accepted: 250 ' "$tmp/out"
	NET_PASSWORD=fel NET_AUTH=$way send tls "$SUBMISSIONS_PORT" "$tmp/one.eml" eva@k.example
	check "a wrong password with $way" '^eva@k.example held: localhost did not let .*535 ' "$tmp/out"
done
pin=$(openssl x509 -in "$tmp/dovecot/server.pem" -pubkey -noout |
	openssl pkey -pubin -outform DER | openssl dgst -sha256 -r | cut -d' ' -f1)
NET_PIN=$pin send tls "$SUBMISSIONS_PORT" "$tmp/one.eml" eva@k.example
check "with its key pinned, as the manual says to get it" '^eva@k.example accepted: 250 ' "$tmp/out"
NET_PIN=$(echo "$pin" | tr 0-9a-f 1-9a-f0) send tls "$SUBMISSIONS_PORT" "$tmp/one.eml" eva@k.example
check "with another" '^eva@k.example held: the key of localhost is not the pinned one' "$tmp/out"
NET_PASSWORD=fel send starttls "$SUBMISSION_PORT" "$tmp/one.eml" eva@k.example
check "a wrong password holds the queue" '^eva@k.example held: localhost did not let .* \(535 ' "$tmp/out"
send none "$SUBMISSION_PORT" "$tmp/one.eml" 'eva@k.example>
RCPT TO:<spion@k.example' "eva@k.example"
grep -a spion "$tmp"/sink/*.env >"$tmp/spion" 2>/dev/null
echo "lines $(wc -l <"$tmp/spion")" >"$tmp/count"
check "no command hides in an address" '^lines 0$' "$tmp/count"
check "such an address fails" 'failed: ' "$tmp/out"
