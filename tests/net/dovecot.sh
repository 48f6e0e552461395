#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# A private Dovecot on the loopback interface, for tests.
#
#	dovecot.sh start DIR   writes DIR/env: IMAP_PORT, IMAPS_PORT, SUBMISSION_PORT,
#	                       SUBMISSIONS_PORT, CA, USER, PASSWORD, MAILDIR
#	dovecot.sh stop DIR
#
# RELAY_PORT in the environment names the port on 127.0.0.1 to which mail that
# is handed to the submission service goes on (default: nobody listens there);
# MECHANISMS the ways to log in (default: "plain login"); CAPABILITY what IMAP is
# said to offer (default: all that Dovecot does); with ACL=yes a file dovecot-acl in
# a folder says who may do what there.
# Runs as root and as an ordinary user. Exits with 77 where there is no Dovecot.
set -eu
here=$(dirname "$0")

usage() {
	echo "usage: $0 start|stop DIR" >&2
	exit 2
}

configuration() {
	me=$(id -un) group=$(id -gn)
	internal=$me internal_group=$group login=$me chroot='chroot ='
	if [ "$(id -u)" = 0 ]; then
		# Dovecot refuses to serve mail as root: an account that owns nothing else
		me=mail group=mail login=dovenull internal=dovecot internal_group=dovecot chroot=
	fi
	cat <<EOF
base_dir = $dir/run
state_dir = $dir/state
log_path = $dir/log
instance_name = oversyn-test-$$
listen = 127.0.0.1
protocols = imap submission
default_internal_user = $internal
default_internal_group = $internal_group
default_login_user = $login
service anvil {
  $chroot
  # wrong passwords are part of the test: do not make it wait
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
first_valid_uid = 1
disable_plaintext_auth = no
auth_mechanisms = ${MECHANISMS:-plain login}
auth_failure_delay = 0
ssl = yes
ssl_cert = <$dir/server.pem
ssl_key = <$dir/server.key
ssl_min_protocol = TLSv1.2
mail_location = maildir:$dir/mail
mail_uid = $me
mail_gid = $group
hostname = localhost
submission_relay_host = 127.0.0.1
submission_relay_port = ${RELAY_PORT:-1}
submission_relay_trusted = no
passdb {
  driver = static
  args = password=$password
}
userdb {
  driver = static
  args = uid=$me gid=$group home=$dir/home
}
service imap-login {
  $chroot
  inet_listener imap {
    port = $1
  }
  inet_listener imaps {
    port = $2
    ssl = yes
  }
}
service submission-login {
  $chroot
  inet_listener submission {
    port = $3
  }
  inet_listener submissions {
    port = $4
    ssl = yes
  }
}
mailbox_idle_check_interval = 1 s
protocol imap {
  ${CAPABILITY:+imap_capability = $CAPABILITY}
  ${ACL:+mail_plugins = acl imap_acl}
}
plugin {
  ${ACL:+acl = vfile}
}
namespace inbox {
  inbox = yes
  separator = /
}
EOF
}

start() {
	command -v openssl >/dev/null || { echo "no openssl" >&2; exit 77; }
	PATH=$PATH:/usr/sbin:/sbin
	command -v dovecot >/dev/null || { echo "no dovecot" >&2; exit 77; }
	mkdir -p "$dir"
	dir=$(cd "$dir" && pwd)
	mkdir -p "$dir/run" "$dir/state" "$dir/mail" "$dir/home"
	if [ "$(id -u)" = 0 ]; then
		# the account that serves the mail must reach it, also below mktemp -d
		chmod 755 "$dir"
		chmod a+x "$(dirname "$dir")"
	fi
	sh "$here/certificates.sh" "$dir"
	password=hemligt-prov
	# shellcheck disable=SC2046  # four words are meant
	set -- $(sh "$here/free-ports.sh" 4)
	configuration "$@" >"$dir/dovecot.conf"
	if [ "$(id -u)" = 0 ]; then
		chown -R mail:mail "$dir/mail" "$dir/home"
	fi
	dovecot -c "$dir/dovecot.conf"
	cat >"$dir/env" <<EOF
IMAP_PORT=$1
IMAPS_PORT=$2
SUBMISSION_PORT=$3
SUBMISSIONS_PORT=$4
CA='$dir/ca.pem'
USER=registrator
PASSWORD=$password
MAILDIR='$dir/mail'
EOF
}

# A process that has ended and waits to be buried is gone.
alive() {
	kill -0 "$pid" 2>/dev/null && ! grep -q '^State:[[:space:]]*Z' "/proc/$pid/status" 2>/dev/null
}

stop() {
	pid=$(cat "$dir/run/master.pid" 2>/dev/null) || return 0
	kill "$pid" 2>/dev/null || return 0
	for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
		alive || return 0
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
