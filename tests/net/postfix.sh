#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# A private Postfix on the loopback interface, for tests.
#
#	postfix.sh start DIR   writes DIR/env: SMTP_PORT (STARTTLS), SMTPS_PORT, CA
#	postfix.sh stop DIR
#
# RELAY_PORT in the environment names the port on 127.0.0.1 to which all mail
# goes on, bounces too; but with MAILBOX (an address), MAILBOX_DIR (its Maildir),
# MAILBOX_OWNER and DELIMITER (what may stand between the address and an
# extension: "+", "-", "+-") it keeps that address's mail itself. Exits with 77 where there is no Postfix, or where it
# would not run: its programs insist on root.
set -eu
here=$(dirname "$0")
PATH=$PATH:/usr/sbin:/sbin

usage() {
	echo "usage: $0 start|stop DIR" >&2
	exit 2
}

configuration() {
	cat >"$dir/etc/main.cf" <<EOF
compatibility_level = 3.6
queue_directory = $dir/queue
data_directory = $dir/data
daemon_directory = $daemons
maillog_file = $dir/log
maillog_file_prefixes = $dir
myhostname = localhost
mydestination =
relayhost = [127.0.0.1]:$RELAY_PORT
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
smtpd_relay_restrictions = permit_mynetworks, reject
smtpd_tls_security_level = encrypt
smtpd_tls_cert_file = $dir/server.pem
smtpd_tls_key_file = $dir/server.key
smtpd_peername_lookup = no
smtp_host_lookup = native
notify_classes =
EOF
	[ -z "${MAILBOX:-}" ] || cat >>"$dir/etc/main.cf" <<EOF
virtual_mailbox_domains = ${MAILBOX#*@}
virtual_mailbox_base = /
virtual_mailbox_maps = inline:{{$MAILBOX = ${MAILBOX_DIR#/}/}}
virtual_minimum_uid = 1
virtual_uid_maps = static:$(id -u "$MAILBOX_OWNER")
virtual_gid_maps = static:$(id -g "$MAILBOX_OWNER")
recipient_delimiter = $DELIMITER
EOF
	cat >"$dir/etc/master.cf" <<EOF
127.0.0.1:$1 inet n - n - - smtpd
127.0.0.1:$2 inet n - n - - smtpd -o smtpd_tls_wrappermode=yes
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
smtp unix - - n - - smtp
relay unix - - n - - smtp
showq unix n - n - - showq
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
local unix - n n - - local
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
EOF
}

start() {
	command -v openssl >/dev/null || { echo "no openssl" >&2; exit 77; }
	command -v postfix >/dev/null || { echo "no postfix" >&2; exit 77; }
	[ "$(id -u)" = 0 ] || { echo "postfix runs only as root" >&2; exit 77; }
	for daemons in /usr/lib/postfix/sbin /usr/libexec/postfix none; do
		[ -x "$daemons/master" ] && break
	done
	[ "$daemons" != none ] || { echo "no postfix daemons" >&2; exit 77; }
	mkdir -p "$dir"
	dir=$(cd "$dir" && pwd)
	mkdir "$dir/etc" "$dir/queue" "$dir/data"
	chmod 755 "$dir"
	chmod a+x "$(dirname "$dir")"
	chown postfix "$dir/data"
	sh "$here/certificates.sh" "$dir"
	# shellcheck disable=SC2046  # two words are meant
	set -- $(sh "$here/free-ports.sh" 2)
	configuration "$@"
	postfix -c "$dir/etc" start >"$dir/start" 2>&1 || {
		cat "$dir/start" "$dir/log" >&2 2>/dev/null
		exit 1
	}
	cat >"$dir/env" <<EOF
SMTP_PORT=$1
SMTPS_PORT=$2
CA='$dir/ca.pem'
EOF
}

stop() {
	pid=$(tr -d ' ' <"$dir/queue/pid/master.pid" 2>/dev/null) || return 0
	# with what it has started: they are its group
	kill -TERM "$pid" 2>/dev/null || return 0
	for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
		kill -0 "$pid" 2>/dev/null || return 0
		sleep 0.1
	done
	kill -KILL "$pid" 2>/dev/null || :
}

[ $# = 2 ] || usage
dir=$2
case $1 in
start) start ;;
stop) stop ;;
*) usage ;;
esac
