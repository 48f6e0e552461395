#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# The daemon against real servers: it writes what is due, sees mail when it comes, lives
# on when its children are killed, reads its configuration anew, and goes when it is told.
. "${top_srcdir:?}/tests/app/tap.sh"
daemon='' ear=''
. "$top_srcdir/tests/app/servers.sh"

stop_daemon() {
	[ -z "$daemon" ] || kill -9 "$daemon" 2> /dev/null
	[ -z "$ear" ] || kill "$ear" 2> /dev/null
}
more_stop=stop_daemon
(umask 077 && echo "$PASSWORD" > "$work/password")
cat > "$work/oversyn.conf" << END
database = "$work/a.db"
letters_from = 0
out {
	transport = "smtp"
	host = "localhost"
	port = $SUBMISSION_PORT
	tls = "starttls"
	ca_file = "$CA"
	user = "$USER"
	password_file = "$work/password"
}
in {
	transport = "imap"
	host = "localhost"
	port = $IMAPS_PORT
	ca_file = "$CA"
	user = "$USER"
	password_file = "$work/password"
}
trust {
	authserv_id = "mx.tallvinge.example"
}
END
conf="--config $work/oversyn.conf"

# until COMMAND…: waits for it, on a machine that may be busy
until_so() {
	for _ in $(seq 600); do
		"$@" > /dev/null 2>&1 && return 0
		kill -0 "$daemon" 2> /dev/null || break
		sleep 0.2
	done
	sed 's/^/# /' "$work/log"
	return 1
}

children() {
	kids=''
	read -r kids < "/proc/$daemon/task/$daemon/children" || : # it ends with no newline
}

# kill_new PID…: kills the next child that is none of these, as soon as there is one
kill_new() {
	while kill -0 "$daemon" 2> /dev/null; do
		children
		for kid in $kids; do
			case " $* " in
			*" $kid "*) ;;
			*)
				kill -9 "$kid"
				return
				;;
			esac
		done
	done
}

inbox_has() { # N mails, none of which is to be read still
	# shellcheck disable=SC2086
	"$OVERSYN" $conf --json inbox > "$work/inbox" && test "$(wc -l < "$work/inbox")" -eq "$1" &&
		! grep -q '"status":"new"' "$work/inbox"
}

logged() { # N PATTERN
	test "$(grep -c -e "$2" "$work/log")" -ge "$1"
}

told() { # PATTERN, to the service manager
	grep -q -e "$1" "$work/told"
}

child() { # NAME: its process
	tr ' ' '\n' < "/proc/$daemon/task/$daemon/children" | while read -r pid; do
		tr '\0' ' ' < "/proc/$pid/cmdline" | grep -q -e "--$1" && echo "$pid"
	done
}

report() { # FILE: a mail to the address for deficiencies
	printf 'Authentication-Results: mx.tallvinge.example; dmarc=pass header.from=tallvinge.example\r\n'
	printf 'From: eva@tallvinge.example\r\nTo: brist@tallvinge.example\r\nSubject: %s\r\n' "$1"
	printf 'Message-ID: <%s@mail.example>\r\n\r\nEn dörr står öppen.\r\n' "$1"
}

begin() {
	# shellcheck disable=SC2086
	"$OVERSYN" $conf run 2>> "$work/log" &
	daemon=$!
}

end() { # 0: it ended well
	kill -TERM "$daemon"
	wait "$daemon"
	ended=$?
	daemon=''
	return "$ended"
}

: > "$work/told"
/usr/bin/python3 "$top_srcdir/tests/app/notify.py" "$work/notify" > "$work/told" &
ear=$!
for _ in 1 2 3 4 5 6 7 8 9 10; do
	[ -S "$work/notify" ] && break
	sleep 0.2
done
NOTIFY_SOCKET=$work/notify WATCHDOG_USEC=4000000
export NOTIFY_SOCKET WATCHDOG_USEC
grep -q HAVE_SYSTEMD.1 "$top_builddir/config.h" 2> /dev/null && systemd=yes || systemd=no

# shellcheck disable=SC2086
{
	exits 0 "import" -- "$OVERSYN" $conf import "$top_srcdir/config/model"
	exits 2 "it lives by the clock" -- "$OVERSYN" $conf --now=2027-01-11T08:00:00+01:00 run
	: > "$work/log"
	# Before the hour it writes no letters; in the last hour of a day there is no later one.
	if [ "$(TZ=Europe/Stockholm date +%H)" -lt 23 ]; then
		sed -i 's/^letters_from.*/letters_from = 23/' "$work/oversyn.conf"
		begin
		until_so logged 1 '^info pass '
		ok $? "it passes when it starts"
		end
		says "$work/log" '^info pass .*letters=0 ' "and writes no letters before their hour"
		sed -i 's/^letters_from.*/letters_from = 0/' "$work/oversyn.conf"
		: > "$work/log"
	fi
	begin
	kill_new
	until_so logged 1 '^info pass '
	ok $? "it passes, though its first child was killed as it started"
	says "$work/log" '^warning starts-again ' "and says that it tried twice"
	says "$work/log" '^info pass .*letters=[1-9]' "and writes letters from their hour on"
	sent() { test "$(find "$work/sink" -name '*.eml' | wc -l)" -ge "$1"; }
	until_so sent 5
	ok $? "letters reach the other side"
	if [ "$systemd" = yes ]; then
		until_so told READY=1
		ok $? "the service manager is told that it is ready"
		until_so told 'STATUS=next pass 20'
		ok $? "and when the next pass is"
		until_so told WATCHDOG=1
		ok $? "and that it lives"
	fi
	exits 4 "a second one is refused" -- "$OVERSYN" $conf run
	exits 4 "so is a tick" -- "$OVERSYN" $conf tick

	report one | put_into one
	until_so inbox_has 1
	ok $? "mail is seen when it comes"
	passes=$(grep -c '^info pass ' "$work/log")
	exits 0 "what happened is said beside it" -- "$OVERSYN" $conf trigger incident 2026-11-20
	until_so logged $((passes + 1)) '^info pass '
	ok $? "which wakes it"

	passes=$(grep -c '^info pass ' "$work/log")
	echo wrong > "$work/password"
	exits 0 "something else is said" -- "$OVERSYN" $conf trigger incident 2026-11-21
	until_so logged 1 '^error pass-failed .*did not let the user'
	ok $? "another password is read where it has changed"
	children
	old=$kids
	echo another > "$work/password"
	exits 0 "and once more" -- "$OVERSYN" $conf trigger incident 2026-11-22
	kill_new $old
	until_so logged 1 '^error pass-failed .*while it started'
	ok $? "a courier that is killed as it starts with it fails that pass"
	children
	test "$kids" = "$old"
	ok $? "and who was there before it stays"
	echo "$PASSWORD" > "$work/password"
	exits 0 "what that held is released" -- "$OVERSYN" $conf outbox release
	until_so logged $((passes + 2)) '^info pass '
	ok $? "and the right one again"

	kill -9 "$(child courier)"
	report two | put_into two
	until_so inbox_has 2
	ok $? "another courier takes over"
	kill -9 "$(child reader)"
	report three | put_into three
	until_so inbox_has 3
	ok $? "another reader takes over"

	echo 'ceiling = "many"' >> "$work/oversyn.conf"
	kill -HUP "$daemon"
	until_so logged 1 'configuration-kept.*oversyn.conf:'
	ok $? "a bad file keeps the old one, and says where it is bad"
	sed -i '$d' "$work/oversyn.conf"
	cp "$work/oversyn.conf" "$work/good.conf"
	sed -i "s|^in {|in {\n\tmailbox = \"\"|" "$work/oversyn.conf"
	kill -HUP "$daemon"
	until_so logged 2 'configuration-kept'
	ok $? "so does one that it cannot work by"
	cp "$work/good.conf" "$work/oversyn.conf"
	mv "$work/password" "$work/password.away"
	kill -HUP "$daemon"
	until_so logged 1 'configuration-kept.*password cannot be read'
	ok $? "so does one whose password cannot be read, though neither the old one's can"
	mv "$work/password.away" "$work/password"
	children
	old=$kids
	kill -HUP "$daemon"
	kill_new $old
	until_so logged 1 'configuration-kept.*while it started'
	ok $? "so does one whose courier is killed as it starts"
	children
	test "$kids" = "$old"
	ok $? "and who worked for the old one still does"
	kill -HUP "$daemon"
	until_so logged 1 'configuration-read'
	ok $? "a good one is taken"
	report four | put_into four
	until_so inbox_has 4
	ok $? "it goes on with it"

	courier=$(child courier) reader=$(child reader)
	kill -9 "$daemon"
	wait "$daemon" 2> /dev/null
	gone() { ! kill -0 "$courier" 2> /dev/null && ! kill -0 "$reader" 2> /dev/null; }
	for _ in $(seq 100); do
		gone && break
		sleep 0.1
	done
	gone
	ok $? "its children end with it, whatever ends it"
	begin
	report five | put_into five
	until_so inbox_has 5
	ok $? "another carries on"
	reads=$(grep -c configuration-read "$work/log")
	kill -STOP "$daemon"
	kill -HUP "$daemon"
	kill -TERM "$daemon"
	kill -CONT "$daemon"
	end
	ok $? "it goes when it is told"
	test "$(grep -c configuration-read "$work/log")" -eq "$reads"
	ok $? "and reads no configuration for that"
	says "$work/log" '^info stopped' "and says so"
	exits 0 "the record holds" -- "$OVERSYN" $conf verify
	"$OVERSYN" $conf --json outbox | grep -qv '"status":"accepted"'
	test $? -ne 0
	ok $? "no mail is left, none in doubt"
	! grep -q -e "$PASSWORD" "$work/log"
	ok $? "no password in the log"
}
plan
