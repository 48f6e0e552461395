# SPDX-License-Identifier: EUPL-1.2
# shellcheck shell=sh disable=SC2154
# What has gone out, for the scripts that read letters. They have an at(), and their
# database in $db.
command -v python3 > /dev/null || {
	echo '1..0 # SKIP no python3 to read the letters with'
	exit 0
}

outbox() { # outbox KIND [WHAT]: the mails of a kind
	at 2027-12-01 --json outbox | grep "\"kind\":\"$1\"" | grep -e "${2:-}"
}

mails_to() { # mails_to ADDRESS: how many
	at 2027-12-01 --json outbox | grep -c "\"to\":\"$1\""
}

eml() { # eml KIND ADDRESS: the file of the last one
	last_id=$(outbox "$1" "\"to\":\"$2\"" | tail -n 1 | sed 's/.*"message_id":"\([^"]*\)".*/\1/')
	grep -rl "^Message-ID: <$last_id>" "$db-mail/out" | head -n 1
}

letter() { # letter KIND ADDRESS: its text, decoded, in $work/letter
	python3 "$top_srcdir/tests/app/plain.py" "$(eml "$1" "$2")" > "$work/letter"
}
