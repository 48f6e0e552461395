# SPDX-License-Identifier: EUPL-1.2
# shellcheck shell=sh disable=SC2034,SC2154
# One January of the model municipality, whose mail server is believed: for the scripts
# that have a database of it in $db and its mailbox in $in. They read them with Python, too.
command -v python3 > /dev/null || {
	echo '1..0 # SKIP no python3 to look at the database with'
	exit 0
}
db=$work/t.db
in=$db-mail/in
mkdir -p "$in/new" "$in/cur" "$in/tmp"
printf 'trust {\n\tauthserv_id = "mx.tallvinge.example"\n}\n' > "$work/o.conf"

at() { # at DAY HH:MM COMMAND…: in January 2027
	now=2027-01-$1T$2:00+01:00
	shift 2
	"$OVERSYN" --config "$work/o.conf" "--now=$now" --db "$db" "$@"
}

is() { # is GOT WANTED WORDS
	test "$1" = "$2"
	ok $? "$3 ($1)"
}
