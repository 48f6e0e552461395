#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# Some hundred mails at once to a server that refuses one in each of its ways, ends
# connections in the midst, and keeps what it takes: what we say of each is true.
set -u
built=${top_builddir:-.}/tests/net
tmp=$(mktemp -d)
sinks='' n=0

cleanup() {
	for sink in $sinks; do
		kill "$sink" 2>/dev/null
	done
	rm -rf "$tmp"
}
trap cleanup EXIT
trap 'exit 1' HUP INT TERM

ok() { # STATUS WORDS
	n=$((n + 1))
	if [ "$1" -eq 0 ]; then echo "ok $n - $2"; else echo "not ok $n - $2"; fi
}

same() { # WORDS FILE FILE
	cmp -s "$2" "$3"
	found=$?
	ok $found "$1"
	[ $found -eq 0 ] || diff "$2" "$3" | sed 's/^/# /' | head -20
}

sink() { # NAME [CONNECTIONS]
	mkdir "$tmp/$1"
	"$built/smtp-sink" "$tmp/$1" ${2:+"$2"} &
	sinks="$sinks $!"
	for _ in $(seq 100); do
		[ -s "$tmp/$1/port" ] && break
		sleep 0.1
	done
	NET_PORT=$(cat "$tmp/$1/port")
	export NET_PORT
}

# "WHO-NUMBER VERDICT", or the number of them
wanted() { # WHO VERDICT
	seq "$each" | sed "s/.*/$1-&@kund.example $2/"
}

kept() { # DIR: whom the sink has mail for
	cat "$tmp/$1"/mail-*.env | sed 's/^[^ ]* //' | sort
}

NET_HOST=localhost NET_TLS=none NET_TIMEOUT=60 each=20
export NET_HOST NET_TLS NET_TIMEOUT
awk 'BEGIN {
	printf "From: granskning@kommun.example\r\nMessage-ID: <x.1@kommun.example>\r\n\r\n.\r\n..\r\n.x\r\n"
	for (i = 0; i < 300; i++) printf "rad %d med lite text\r\n", i
}' >"$tmp/one.eml"

# who, and what becomes of it; where a small mail is cut, all of it is on its way
{
	wanted eva accepted
	wanted ulla accepted
	wanted busy deferred
	wanted unknown failed
	wanted stuck deferred
	wanted later deferred
	wanted closing deferred
	wanted lost uncertain
	wanted cut uncertain
	wanted early deferred
} | sort >"$tmp/wanted"
# in an order that is always another, and always the same
awk '{ print (NR * 7919) % 1009, $1 }' "$tmp/wanted" | sort -n | cut -d' ' -f2 >"$tmp/order"
grep -E '^(eva|ulla|lost)-' "$tmp/order" | sort >"$tmp/wanted-kept"

for door in "1 9" "3 9" "5 2" "2 0" "4 0"; do # our connections, and the server's; 0: it does not pipeline
	connections=${door% *} most=${door#* } dir=sink-${door% *}-${door#* }
	what="$connections connections, of a server that takes $most"
	[ "$most" = 0 ] && most='' && what="$connections connections, word by word"
	sink "$dir" ${most:+"$most"}
	# shellcheck disable=SC2046  # words are meant
	NET_CONNECTIONS=$connections "$built/net-client" many granskning@kommun.example "$tmp/one.eml" \
		$(cat "$tmp/order") >"$tmp/out" 2>&1
	sed 's/:.*//' "$tmp/out" | sort >"$tmp/got"
	same "$what: each mail has its verdict, once" "$tmp/wanted" "$tmp/got"
	kept "$dir" >"$tmp/kept"
	same "what is accepted or uncertain is there, once, and nothing else" "$tmp/wanted-kept" "$tmp/kept"
	different=0
	for mail in "$tmp/$dir"/mail-*.eml; do
		cmp -s "$tmp/one.eml" "$mail" || different=1
	done
	ok $different "and no byte is another"
done

# ---- a login is worth some mails ----
served() { # DIR: how many connections there were
	wc -c <"$tmp/$1/served" | tr -d ' '
}
sink few 9
NET_CONNECTIONS=3 "$built/net-client" many granskning@kommun.example "$tmp/one.eml" a@k.example b@k.example \
	>"$tmp/out" 2>&1
[ "$(served few)" = 1 ]
ok $? "two mails go over one connection"
sink more 9
# shellcheck disable=SC2046
NET_CONNECTIONS=3 "$built/net-client" many granskning@kommun.example "$tmp/one.eml" \
	$(seq 40 | sed 's/$/@k.example/') >"$tmp/out" 2>&1
[ "$(served more)" = 3 ]
ok $? "forty over three"

# ---- no more is begun ----
sink full 9
# shellcheck disable=SC2046
NET_CONNECTIONS=3 "$built/net-client" many granskning@kommun.example "$tmp/one.eml" \
	$(seq 10 | sed 's/$/@k.example/') full@k.example $(seq 11 400 | sed 's/$/@k.example/') >"$tmp/out" 2>&1
grep -q '^full@k.example held: 554 5.2.2' "$tmp/out"
ok $? "a full store of our own is told of"
sed -n 's/ accepted:.*//p' "$tmp/out" | sort >"$tmp/said"
kept full >"$tmp/kept"
same "what was begun is told to its end" "$tmp/said" "$tmp/kept"
[ "$(wc -l <"$tmp/out")" -lt 40 ]
ok $? "and little is begun after it"
echo "1..$n"
