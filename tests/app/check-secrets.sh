#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# Where a password comes from, and what is said when it does not come.
. "${top_srcdir:?}/tests/app/tap.sh"
conf=$work/o.conf
exits 0 "a register" -- "$OVERSYN" --db "$work/a.db" import "$top_srcdir/config/model"

# refused STATUS SETTING PATTERN WORDS: no pass is made
refused() {
	cat > "$conf" << END
out {
	transport = "smtp"
	host = "localhost"
	timeout = 1
	user = "eva"
	$2
}
END
	exits "$1" "$4" -- "$OVERSYN" --config "$conf" --db "$work/a.db" tick
	says "$work/err" "$3" "$4: says what to mend"
}

file() { # file SETTING PATTERN WORDS…
	refused 2 "password_file = \"$work/$1\"" "$2" "$3"
}

umask 077
: > "$work/empty"
printf '\nsecret\n' > "$work/second"
printf 'se\0cret\n' > "$work/zero"
head -c 20000 /dev/zero | tr '\0' x > "$work/long"
echo secret > "$work/open"
chmod 644 "$work/open"
file none 'o.conf: password_file .*none cannot be read' "a file that is not there"
file empty 'empty is empty' "an empty file"
file second 'is empty: the password belongs on its first line' "an empty first line"
file zero 'zero byte' "a zero byte"
file long 'more than 16384 bytes' "a file too long"
refused 4 "password_file = \"$work/open\"" 'chmod 600 it' "a file that others may read"

unset CREDENTIALS_DIRECTORY
refused 2 'password_credential = "mail"' 'LoadCredential=mail:FILE' "no credentials from systemd"
CREDENTIALS_DIRECTORY=$work
export CREDENTIALS_DIRECTORY
refused 2 'password_credential = "mail"' 'password_credential mail cannot be read' "not this one"

refused 2 'password_command = {"/nonexistent/pass"}' 'pass cannot be run' "no such command"
refused 3 'password_command = {"false"}' 'false failed (status 1)' "a command that fails"
refused 2 'password_command = {"true"}' 'true is empty\|password_command is empty' "one that says nothing"
refused 3 'password_command = {"sh", "-c", "kill -9 $$; sleep 1"}' 'failed\|cannot' "one that is killed"
refused 3 'password_command = {"sh", "-c", "echo secret; sleep 1000"}' 'no answer in time' "one that does not end"
refused 3 'password_command = {"sh", "-c", "exec >&-; sleep 1000"}' 'no answer in time' "one that only seems to end"
refused 2 'password_command = {"yes"}' 'more than 16384 bytes' "one without end"
# no shell looks at it: this is one word, and no file is made
refused 2 "password_command = {\"echo x > $work/made\"}" 'cannot be run' "shell words"
test ! -e "$work/made"
ok $? "no shell was asked"
plan
