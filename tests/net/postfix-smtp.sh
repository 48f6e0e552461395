#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# Sends through a real Postfix, which relays to a sink; what it reports of a
# refusal names our letter. And a load on Postfix's own sink.
set -u
here=${top_srcdir:-.}/tests/net
built=${top_builddir:-.}/tests/net
client=$built/net-client
PATH=$PATH:/usr/sbin:/sbin
tmp=$(mktemp -d)
sink='' load='' n=0

cleanup() {
	sh "$here/postfix.sh" stop "$tmp/postfix"
	[ -z "$sink" ] || kill "$sink" 2>/dev/null
	[ -z "$load" ] || kill "$load" 2>/dev/null
	rm -rf "$tmp"
}
trap cleanup EXIT
trap 'exit 1' HUP INT TERM

ok() { # STATUS WORDS
	n=$((n + 1))
	if [ "$1" -eq 0 ]; then echo "ok $n - $2"; else echo "not ok $n - $2"; fi
}

check() { # WORDS PATTERN FILE
	grep -Eqa -e "$2" "$3"
	found=$?
	ok $found "$1"
	[ $found -eq 0 ] || sed 's/^/# /' "$3" | head -20
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
printf 'From: granskning@kommun.example\r\nMessage-ID: <x.1@kommun.example>\r\n\r\nHej\r\n' >"$tmp/one.eml"
NET_HOST=localhost NET_MESSAGE_ID='<x.1@kommun.example>'
export NET_HOST NET_MESSAGE_ID

sh "$here/postfix.sh" start "$tmp/postfix" >"$tmp/start" 2>&1
case $? in
0) ;;
77)
	echo "1..0 # SKIP $(cat "$tmp/start")"
	exit 0
	;;
*)
	sed 's/^/# /' "$tmp/start"
	echo "Bail out! Postfix does not start"
	exit 1
	;;
esac
# shellcheck disable=SC1091  # it has just been written
. "$tmp/postfix/env"
NET_CA=$CA
export NET_CA

arrives() { # PATTERN: until some mail in the sink has it
	for _ in $(seq 300); do
		grep -qsa -e "$1" "$tmp"/sink/*.eml && return 0
		sleep 0.1
	done
	return 1
}

send() { # MODE PORT TO
	NET_TLS=$1 NET_PORT=$2 "$client" send granskning@kommun.example "$tmp/one.eml" "$3" >"$tmp/out" 2>&1
}

send starttls "$SMTP_PORT" eva@kund.example
check "STARTTLS" '^eva@kund.example accepted: 250 2.0.0 Ok: queued' "$tmp/out"
send tls "$SMTPS_PORT" ulla@kund.example
check "TLS from the first byte" '^ulla@kund.example accepted: 250 2.0.0 Ok: queued' "$tmp/out"
NET_CA='' send tls "$SMTPS_PORT" ulla@kund.example
check "an authority that nobody trusts" 'signed by nobody' "$tmp/out"
arrives '^Message-ID: <x.1@kommun.example>'
ok $? "it goes on to the other side"
send tls "$SMTPS_PORT" unknown@kund.example
check "somebody whom only the other side knows to be nobody" 'accepted: 250' "$tmp/out"
arrives '^Content-Type: message/delivery-status'
ok $? "word comes back"
cat "$tmp"/sink/*.eml >"$tmp/all"
check "which names our letter" '^Original-Envelope-Id: x\.1@kommun\.example' "$tmp/all"
check "with the headers alone" '^Content-Type: text/rfc822-headers' "$tmp/all"

# ---- some hundred at once, over several connections ----
many() { # MODE PORT NAME: 200 mails to NAME-1 …
	# shellcheck disable=SC2046  # words are meant
	NET_CONNECTIONS=3 NET_TLS=$1 NET_PORT=$2 "$client" many granskning@kommun.example "$tmp/one.eml" \
		$(seq 200 | sed "s/.*/$3-&@kund.example/") >"$tmp/out" 2>&1
	echo "accepted $(grep -c ' accepted: 250 2.0.0 Ok: queued' "$tmp/out")" >"$tmp/count"
}
count_kept() { # NAME
	for _ in $(seq 300); do
		cat "$tmp"/sink/*.env | grep -c "$1-" >"$tmp/kept"
		[ "$(cat "$tmp/kept")" -ge 200 ] && break
		sleep 0.1
	done
	cat "$tmp"/sink/*.env | sed -n "s/^.* \\($1-.*\\)/\\1/p" | sort -u | wc -l >"$tmp/different"
	[ "$(cat "$tmp/kept")" -eq 200 ] && [ "$(cat "$tmp/different")" -eq 200 ]
	ok $? "each of them is on the other side, once"
}
many starttls "$SMTP_PORT" clear
check "200 mails at once with STARTTLS" '^accepted 200$' "$tmp/count"
count_kept clear
many tls "$SMTPS_PORT" secure
check "200 mails at once with TLS from the first byte" '^accepted 200$' "$tmp/count"
count_kept secure

# ---- the same by its sendmail ----
NET_SENDMAIL=$(command -v sendmail)
if [ -n "$NET_SENDMAIL" ] && grep -qs postdrop "$(readlink -f "$NET_SENDMAIL")"; then
	export NET_SENDMAIL
	MAIL_CONFIG=$tmp/postfix/etc
	export MAIL_CONFIG
	printf 'From: <granskning@kommun.example>\r\nTo: Bo <bo@kund.example>\r\nMessage-ID: <x.2@kommun.example>\r\n\r\n.\r\nHej\r\n' >"$tmp/two.eml"
	"$client" give granskning@kommun.example "$tmp/two.eml" bo@kund.example >"$tmp/out" 2>&1
	check "sendmail takes a mail" "^bo@kund.example accepted: taken by $NET_SENDMAIL" "$tmp/out"
	arrives '^Message-ID: <x.2@kommun.example>'
	ok $? "and it goes on to the other side"
	grep -lsa '^Message-ID: <x.2@kommun.example>' "$tmp"/sink/*.eml | head -n 1 >"$tmp/name"
	name=$(cat "$tmp/name")
	check "with the sender that we gave" '^granskning@kommun.example bo@kund.example$' "${name%.eml}.env"
	tail -n 2 "$name" | tr -d '\r' >"$tmp/end"
	printf '.\nHej\n' | cmp -s - "$tmp/end"
	ok $? "and a line that is a dot alone does not end it"
	printf 'From: <granskning@kommun.example>\r\nTo: unknown@kund.example\r\nMessage-ID: <x.3@kommun.example>\r\n\r\nHej\r\n' >"$tmp/three.eml"
	"$client" give granskning@kommun.example "$tmp/three.eml" unknown@kund.example >"$tmp/out" 2>&1
	arrives '^Message-ID: <x.3@kommun.example>'
	ok $? "what the other side refuses comes back with our Message-ID"
	MAIL_CONFIG=$tmp/nowhere "$client" give granskning@kommun.example "$tmp/two.eml" bo@kund.example >"$tmp/out" 2>&1
	check "a sendmail that does not work says why" \
		"^bo@kund.example (deferred|held|busy): $NET_SENDMAIL: status [0-9]+: .*nowhere" "$tmp/out"
	unset MAIL_CONFIG
fi

# ---- a load ----
letters=2000
if command -v smtp-sink >/dev/null; then
	port=$(sh "$here/free-ports.sh" 1)
	# as root, it wants another account; here that is always so
	smtp-sink -u postfix -M "$letters" "127.0.0.1:$port" 100 >"$tmp/load" 2>&1 &
	load=$!
	for _ in $(seq 50); do
		grep -qi ":$(printf %04X "$port") " /proc/net/tcp && break
		sleep 0.1
	done
	seq "$letters" | sed 's/.*/m&@kund.example/' |
		NET_TLS=none NET_PORT=$port xargs -n 500 "$client" send granskning@kommun.example \
			"$tmp/one.eml" >"$tmp/out" 2>&1
	echo "accepted $(grep -c ' accepted: 250' "$tmp/out")" >"$tmp/count"
	# it ends by itself when it has got them all, and may not answer the last
	check "a load of $letters letters" "^accepted ($letters|$((letters - 1)))\$" "$tmp/count"
	wait "$load"
	ok $? "all of them reached the sink"
	load=
else
	echo "# no smtp-sink"
fi
echo "1..$n"
