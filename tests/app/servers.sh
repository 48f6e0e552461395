# SPDX-License-Identifier: EUPL-1.2
# shellcheck shell=sh
# For the scripts that try the whole program against real servers: Dovecot, whose
# submission service relays to a sink that keeps what it gets in $work/sink. Stands behind
# tap.sh. Where there is no Dovecot, the script is skipped. `more_stop` may be set to a
# command that ends what else the script has started.
net=${top_srcdir:?}/tests/net
built=${top_builddir:?}/tests/net
sink='' more_stop=:
# As root, Dovecot serves mail as another account, which may have no way into
# the build folder.
dovecot=$(mktemp -d)

servers_stop() {
	$more_stop
	sh "$net/dovecot.sh" stop "$dovecot/it" > /dev/null 2>&1
	[ -z "$sink" ] || kill "$sink" 2> /dev/null
	rm -rf "${work:?}" "$dovecot"
}
trap servers_stop EXIT
trap 'exit 1' HUP INT TERM

mkdir "$work/sink"
"$built/smtp-sink" "$work/sink" &
sink=$!
for _ in 1 2 3 4 5 6 7 8 9 10; do
	[ -s "$work/sink/port" ] && break
	sleep 0.2
done
RELAY_PORT=$(cat "$work/sink/port")
export RELAY_PORT
sh "$net/dovecot.sh" start "$dovecot/it" > "$work/start" 2>&1
case $? in
0) ;;
77)
	echo "1..0 # SKIP $(cat "$work/start")"
	exit 0
	;;
*)
	sed 's/^/# /' "$work/start"
	echo "Bail out! Dovecot does not start"
	exit 1
	;;
esac
# shellcheck disable=SC1091
. "$dovecot/it/env"

put_into() { # NAME: standard input, into the mailbox, as a local delivery agent would
	mkdir -p "$MAILDIR/new" "$MAILDIR/cur" "$MAILDIR/tmp"
	cat > "$MAILDIR/tmp/$1"
	mv "$MAILDIR/tmp/$1" "$MAILDIR/new/$1"
	[ "$(id -u)" -ne 0 ] || chown -R mail:mail "$MAILDIR"
}
