#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# doctor against real servers, well and ill. Mail goes out through Dovecot's submission
# service to a sink; what the sink gets is delivered to the mailbox as a local mail server
# would, which knows as many forms of our address as the test wants it to. At the end,
# where it runs, Postfix takes the mail and delivers it.
. "${top_srcdir:?}/tests/app/tap.sh"
delivery='' postfix=
ACL=yes
export ACL
. "$top_srcdir/tests/app/servers.sh"

stop_delivery() {
	[ -z "$postfix" ] || sh "$net/postfix.sh" stop "$postfix"
	[ -z "$delivery" ] || kill "$delivery" 2> /dev/null
}
more_stop=stop_delivery

# ---- the local mail server ----
# $work/forms names the forms of the address that it delivers (plus, catch-all, plain); of
# "bounce" that it says so where it does not; "late" that it holds all of them back; "shift" is what it adds to the clock.
put() { # FILE: into the mailbox
	mkdir -p "$MAILDIR/new" "$MAILDIR/cur" "$MAILDIR/tmp"
	cp "$1" "$MAILDIR/tmp/$$.$2"
	chmod 644 "$MAILDIR/tmp/$$.$2"
	[ ! -s "$work/shift" ] || touch -d "$(cat "$work/shift")" "$MAILDIR/tmp/$$.$2"
	[ "$(id -u)" -ne 0 ] || chown -R mail:mail "$MAILDIR"
	mv "$MAILDIR/tmp/$$.$2" "$MAILDIR/new/$$.$2"
}

deliver() { # ENVELOPE
	to=$(sed 's/.* //' "$1")
	number=$(basename "$1" .env)
	case $to in
	oversyn[+-]*@* | oversyn@*) ;;
	*) return ;;
	esac
	case $to in
	*+*) form=plus ;;
	*-*@*) form=catch-all ;;
	*) form=plain ;;
	esac
	if grep -qx taken "$work/forms"; then
		cp "${1%.env}.eml" "$work/taken/new/$number"
		"$OVERSYN" --config "$work/taken.conf" tick > "$work/taken.out" 2>&1
	elif grep -qx "$form" "$work/forms"; then
		put "${1%.env}.eml" "$number"
	elif grep -qx bounce "$work/forms"; then
		{
			printf 'Return-Path: <>\r\nFrom: MAILER-DAEMON@localhost\r\nSubject: Undelivered Mail\r\n'
			printf 'Auto-Submitted: auto-replied\r\nX-Failed-Recipients: %s\r\n\r\n' "$to"
			printf 'User unknown: <%s>\r\n\r\n' "$to"
			cat "${1%.env}.eml"
		} > "$work/bounce.eml"
		put "$work/bounce.eml" "$number"
	fi
}

serve() {
	while :; do
		for envelope in "$work"/sink/*.env; do
			[ -s "$envelope" ] || continue
			grep -qx late "$work/forms" && continue
			deliver "$envelope"
			mv "$envelope" "${envelope%.env}.done"
		done
		sleep 0.2
	done
}
forms() {
	printf '%s\n' "$@" > "$work/forms"
}
forms plus plain
serve 2> "$work/serve" &
delivery=$!

(umask 077 && echo "$PASSWORD" > "$work/password" && echo falskt > "$work/wrong")
cat > "$work/oversyn.conf" << END
database = "$work/a.db"
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
END
chmod 640 "$work/oversyn.conf"
quiet "$OVERSYN" --config "$work/oversyn.conf" import "$top_srcdir/config/model"

other() { # SED NAME: the configuration with a change
	sed "$1" "$work/oversyn.conf" > "$work/$2.conf"
	chmod 640 "$work/$2.conf"
	echo "$work/$2.conf"
}

doctor() { # STATUS CONFIG WORDS [OPTION…]: as objects, one a line
	want=$1 conf=$2 what=$3
	shift 3
	exits "$want" "$what" -- "$OVERSYN" --json --config "$conf" doctor "$@"
}

found() { # CHECK KIND WORDS
	grep "^{\"check\":\"$1\"" "$work/out" > "$work/line"
	says "$work/line" "\"kind\":\"$2\"" "$3"
}

left() { # what is in the mailbox
	find "$MAILDIR/new" "$MAILDIR/cur" -type f 2> /dev/null | wc -l
}

# ---- all is well ----
doctor 0 "$work/oversyn.conf" "a site that knows plus addresses"
cp "$work/out" "$work/well"
for line in configuration:config-read database:database-well disk:disk-room pass:pass-none register:register-set \
	templates:templates-well files:files-enough reader:reader-confined courier:courier-confined out-secret:secret-read out-name:name-found \
	out-connection:connected out-tls:tls-spoken out-certificate:cert-soon out-offers:no-dsn out-login:logged-in \
	out-throttle:unthrottled in-secret:secret-read in-name:name-found in-connection:connected in-tls:tls-spoken \
	in-certificate:cert-soon in-login:logged-in in-mailbox:mailbox-opens in-rights:rights-enough \
	in-handled:handled-made in-waiting:waiting-few plus:self-came plain:self-came catch-all:self-lost \
	addressing:addressing-works out-clock:clock-right in-clock:clock-right; do
	found "${line%:*}" "${line#*:}" "$line"
done
says "$work/well" '"check":"addressing".*"name":"plus","other":"plus, none"' "the line names what the site supports"
says "$work/well" '"check":"out-certificate","status":"warning".*"n":[12],' "a certificate of two days is warned of"
says "$work/well" '"check":"in-login".*"name":"registrator","other":"LOGIN"' "the login is named"
says "$work/well" '"check":"in-offers".*IDLE, MOVE, UIDPLUS, ACL' "so is what IMAP offers"
test "$(left)" -eq 0
ok $? "nothing is left in the mailbox"
test "$(find "$MAILDIR" -path '*Oversyn-klart/*/*' -type f | wc -l)" -eq 2
ok $? "what came lies with the handled mail"
exits 0 "a pass after it" -- "$OVERSYN" --config "$work/oversyn.conf" --json inbox
test ! -s "$work/out"
ok $? "no letter of doctor's came in as an answer"
cat "$work"/sink/*.done > "$work/envelopes"
grep -v ' oversyn[+-]\{0,1\}[a-z2-7]*@tallvinge\.example$' "$work/envelopes" > "$work/strangers"
test ! -s "$work/strangers" -a "$(wc -l < "$work/envelopes")" -eq 3
ok $? "mail went only to ourselves, three letters"
exits 0 "in words" -- "$OVERSYN" --lang sv --config "$work/oversyn.conf" doctor --no-mail
says "$work/out" '^varning *ut: certifikat *localhost: giltigt bara till .* Gör så här: se till att' "in Swedish, on one line"
says "$work/out" '^ej prövat *adressering .*--no-mail' "what was not to be tried is said"
test "$(find "$work/sink" -name '*.eml' | wc -l)" -eq 3
ok $? "and no mail went"

# ---- the forms of the address ----
forms catch-all plain bounce
doctor 1 "$work/oversyn.conf" "plus is configured, and only the catch-all form comes"
found plus self-returned "the plus address comes back"
says "$work/out" '"kind":"addressing-wrong".*"mend":"write addressing = ."catch-all' "it says what to write"
doctor 0 "$(other '1i addressing = "catch-all"' all)" "as it is configured then"
found addressing addressing-works "it works"
forms plain bounce
doctor 1 "$work/oversyn.conf" "a server that returns what it does not know"
found plus self-returned "the plus address comes back"
found catch-all self-returned "the catch-all form, too"
test "$(left)" -eq 0
ok $? "and what came back is put away"
doctor 0 "$(other '1i addressing = "none"' plain)" "the plain address alone is enough"
found addressing addressing-works "where it is configured"
forms plain plus catch-all
doctor 0 "$(other '1i addressing = "none"' plain)" "plus would do, too"
found addressing addressing-better "it is worth a note"
forms nothing
doctor 1 "$work/oversyn.conf" "nothing comes" --wait 1
found addressing addressing-deaf "the way to ourselves is deaf"

# ---- a pass is faster ----
forms plain plus catch-all
doctor 1 "$work/oversyn.conf" "letters that come too late" --wait 0
for _ in $(seq 300); do
	[ "$(left)" -lt 3 ] || break
	sleep 0.2
done
exits 0 "a pass takes them" -- "$OVERSYN" --config "$work/oversyn.conf" tick
exits 0 "the inbox" -- "$OVERSYN" --config "$work/oversyn.conf" --json inbox
says "$work/out" '"status":"kept","class":"loop".*"reason":"the message is one of doctor' "and knows them for what they are"
grep -v '"status":"kept","class":"loop"' "$work/out" > "$work/rest"
test ! -s "$work/rest"
ok $? "all of them"

mkdir -p "$work/taken/new" "$work/taken/cur" "$work/taken/tmp"
printf 'database = "%s/a.db"\nout { maildir = "%s/else" }\nin { maildir = "%s/taken" }\n' "$work" "$work" "$work" > "$work/taken.conf"
forms taken
doctor 0 "$work/oversyn.conf" "a pass that takes them while doctor waits"
found plus self-taken "the plus address came all the same"
found addressing addressing-works "and the site is well"
says "$work/out" '"check":"in-clock","status":"skipped","kind":"no-time-told"' "but nothing tells the time"
forms plain plus catch-all

# ---- clocks ----
echo '5 minutes' > "$work/shift"
doctor 0 "$work/oversyn.conf" "a mailbox whose clock is ahead"
found in-clock clock-off "is warned of"
echo '2 hours ago' > "$work/shift"
doctor 1 "$work/oversyn.conf" "one that is far behind"
found in-clock clock-wrong "is a fault"
: > "$work/shift"
found out-clock clock-right "while the server for mail out is right"
doctor 1 "$work/oversyn.conf" "our own clock is wrong" "--now=$(date -d '1 hour ago' +%Y-%m-%dT%H:%M:%S%:z)"
found out-clock clock-wrong "against mail out"
found in-clock clock-wrong "and against the mailbox"

# ---- what is wrong with the servers ----
doctor 1 "$(other "s|$work/password|$work/wrong|" wrong)" "a wrong password" --no-mail
found in-login login-failed "in"
says "$work/out" '"check":"in-mailbox","status":"skipped".*"after":"in-login"' "what hangs on it is not tried"
found in-offers spoken "nor judged is what a server says only to whom it knows"
says "$work/out" '"check":"in-certificate","status":"warning"' "what does not, is"
doctor 1 "$(other "s|$work/password|$work/nowhere|" nowhere)" "a password that is not there" --no-mail
found out-secret secret-absent "is said"
says "$work/line" '"mend":"mend the path in the configuration' "with what to mend"
says "$work/out" '"check":"out-login","status":"skipped".*"after":"out-secret"' "and the login is not tried"
found out-tls tls-spoken "TLS is"
found in-offers spoken "so is what is offered, as far as it was said"
chmod 644 "$work/wrong"
doctor 1 "$(other "s|$work/password|$work/wrong|" open)" "a password that others can read" --no-mail
found out-secret secret-open "is to be closed"
says "$work/line" "\"mend\":\"chmod 600 $work/wrong\"" "by this command"
: > "$work/none"
chmod 600 "$work/none"
doctor 1 "$(other "s|$work/password|$work/none|" none)" "a password that is none" --no-mail
found out-secret secret-broken "is another thing"
says "$work/line" '"mend":"see to it that the password comes alone on the first line' "to mend"
doctor 1 "$(other 's|"localhost"|"nowhere.invalid"|' invalid)" "a name without an address" --no-mail
found in-name name-unknown "in"
says "$work/out" '"check":"out-login","status":"skipped".*"after":"out-name"' "and out"
doctor 1 "$(other "s|\tport = .*|\tport = 1|" port)" "a port where nobody listens" --no-mail
found out-connection not-connected "out"
doctor 1 "$(other "s|port = $IMAPS_PORT|port = $IMAP_PORT|" clear)" "TLS with a port that speaks in the clear" --no-mail
found in-tls tls-failed "is no TLS"
doctor 1 "$(other "s|port = $IMAPS_PORT|port = $SUBMISSIONS_PORT|" smtp)" "an SMTP server where IMAP should be" --no-mail
found in-offers not-spoken "does not speak it"
doctor 1 "$(other "s|port = $IMAPS_PORT|port = $SUBMISSION_PORT\n\ttls = \"starttls\"|" starttls)" "the same with STARTTLS" --no-mail
found in-offers not-spoken "says so"
says "$work/out" '"check":"in-tls","status":"skipped".*"after":"in-offers"' "and TLS was not tried"
doctor 1 "$(other 's|^in {|in {\n\tmailbox = "Saknas"|' missing)" "a mailbox that is not there" --no-mail
found in-mailbox mailbox-closed "is said"
mkdir -p "$MAILDIR/.Fast/new" "$MAILDIR/.Fast/cur" "$MAILDIR/.Fast/tmp"
echo 'owner lr' > "$MAILDIR/.Fast/dovecot-acl"
[ "$(id -u)" -ne 0 ] || chown -R mail:mail "$MAILDIR"
doctor 1 "$(other 's|^in {|in {\n\tmailbox = "Fast"|' fixed)" "a mailbox that may only be read" --no-mail
found in-mailbox mailbox-fixed "is said"
found in-rights rights-lack "with the rights that are lacking"
doctor 1 "$(other 's|^in {|in {\n\thandled = "a//b"|' badly)" "a folder that cannot be made" --wait 1
found in-handled handled-failed "is said"
says "$work/out" '"check":"addressing","status":"skipped".*"after":"in-handled"' "and no letter goes"
doctor 0 "$(other 's|^in {|in {\n\thandled = "Sedan"|' later)" "a folder that is not there yet" --no-mail
found in-handled handled-absent "is made by nobody who only looks"
test ! -d "$MAILDIR/.Sedan"
ok $? "it is not there"

# ---- certificates ----
certificate() { # HOST DAYS [self]
	printf 'subjectAltName=DNS:%s\nextendedKeyUsage=serverAuth\n' "$1" > "$work/ext"
	if [ "${3:-}" = self ]; then
		openssl x509 -req -in "$dovecot/it/server.csr" -signkey "$dovecot/it/server.key" -days "$2" \
			-extfile "$work/ext" -out "$dovecot/it/server.pem"
	else
		openssl x509 -req -in "$dovecot/it/server.csr" -CA "$dovecot/it/ca.pem" -CAkey "$dovecot/it/ca.key" \
			-set_serial 7 -days "$2" -extfile "$work/ext" -out "$dovecot/it/server.pem"
	fi > "$work/openssl" 2>&1
	doveadm -c "$dovecot/it/dovecot.conf" reload
	sleep 1
}
shown() { # KIND WORDS: at both doors
	doctor 1 "$work/oversyn.conf" "$2" --no-mail
	found out-certificate "$1" "out"
	found in-certificate "$1" "in"
}
certificate mail.other.example 90
shown cert-name "a certificate for another host"
says "$work/out" '"other":"mail.other.example"' "whose name is told"
certificate localhost 90 self
shown cert-untrusted "one that vouches for itself"
certificate localhost -1
shown cert-expired "one that has expired"
says "$work/out" "\"kind\":\"cert-expired\".*\"day\":\"$(TZ=CET-1CEST,M3.5.0,M10.5.0/3 date -d yesterday +%Y-%m-%d)\"" "on which day is told"
certificate localhost 90
doctor 0 "$work/oversyn.conf" "one that is good for long" --no-mail
found out-certificate cert-well "out"
found in-certificate cert-well "in"
doctor 1 "$(other "s|ca_file.*|&\n\tpin = \"47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\"|" pin)" "a wrong pin" --no-mail
found in-certificate cert-unpinned "is said"

# ---- what is ours ----
chmod 646 "$work/later.conf"
doctor 1 "$work/later.conf" "a configuration that anybody can change" --no-mail
found configuration config-open "is a fault"
doctor 1 "$(other '2i hittpå = 1' bad)" "a configuration that cannot be read" --no-mail
says "$work/out" '"kind":"config-broken","what":"[^"]*bad.conf:2: ' "is told with its line"
says "$work/out" '"check":"addressing","status":"skipped"' "and the rest is not tried"
doctor 1 "$work/saknas.conf" "a configuration that is not there" --no-mail
found configuration config-missing "is said"
says "$work/line" '"mend":"name the right file with --config"' "with what to mend"
mkdir "$work/templates" "$work/templates/sv"
printf 'Subject: {{inget}}\n' > "$work/templates/sv/invitation.md"
doctor 1 "$(other "2i templates = \"$work/templates\"" templates)" "a broken template" --no-mail
found templates templates-broken "is said"
head -c 20000 "$work/a.db" > "$work/cut.db"
doctor 1 "$(other "s|a.db|cut.db|" cut)" "a damaged database" --no-mail
found database database-broken "is said"
doctor 1 "$(other "s|a.db|no.db|" no)" "one that is not there" --no-mail
found database database-broken "is said, too"
quiet "$OVERSYN" --db "$work/empty.db" init
doctor 1 "$(other "s|a.db|empty.db|" empty)" "an empty register" --no-mail
says "$work/out" '"kind":"register-lacks".*"name":"funktionsbrevlåda_påminnelser"' "lacks our address"
exits 2 "a word too many is usage" -- "$OVERSYN" doctor now
exits 2 "so is a wait that is no number" -- "$OVERSYN" doctor --wait long

# ---- the name server, where it is needed ----
dkim() { # PORT
	other "2i trust {\n\tprofile = \"dkim\"\n\tresolver = \"127.0.0.1:$1\"\n}" dkim
}
mkfifo "$work/hold"
printf 'tallvinge.example | text v=spf1 -all\n' > "$work/zone"
"$built/name-server" "$work/zone" < "$work/hold" > "$work/port" &
exec 9> "$work/hold"
for _ in $(seq 50); do
	[ -s "$work/port" ] && break
	sleep 0.1
done
doctor 0 "$(dkim "$(cat "$work/port")")" "signatures are checked with a name server" --no-mail
found resolver resolver-answers "that answers"
exec 9>&-
doctor 1 "$(dkim 1)" "one that does not" --no-mail
found resolver resolver-mute "is said"

# ---- a program of this machine instead of a server ----
cat > "$work/sendmail" << END
#!/bin/sh
cat > "$work/sink/mail-given-\$\$.eml"
to=\$(tr -d '\r' < "$work/sink/mail-given-\$\$.eml" | sed -n 's/^To: *<*\([^<>]*\)>*\$/\1/p')
echo "from \$to" > "$work/sink/given-\$\$"
mv "$work/sink/given-\$\$" "$work/sink/mail-given-\$\$.env"
END
chmod 755 "$work/sendmail"
forms plus catch-all plain
sed "/^out/,/^}/d" "$work/oversyn.conf" > "$work/local.conf"
printf 'out {\n\ttransport = "sendmail"\n\tsendmail = "%s"\n}\n' "$work/sendmail" >> "$work/local.conf"
doctor 0 "$work/local.conf" "sendmail takes the letters"
found out-program program-there "it can be run"
found addressing addressing-works "and they come"
sed "s|$work/sendmail|$work/none|" "$work/local.conf" > "$work/nobody.conf"
doctor 1 "$work/nobody.conf" "a program that cannot be run" --no-mail
found out-program program-broken "is said"
touch "$work/file"
printf 'database = "%s/a.db"\nin {\n\ttransport = "maildir"\n\tmaildir = "%s/file/in"\n}\n' "$work" "$work" > "$work/folder.conf"
doctor 1 "$work/folder.conf" "a folder that cannot be"
found in-folder folder-broken "is said"
says "$work/out" '"check":"addressing","status":"skipped","kind":"not-possible"' "and mail that stays in a folder is not waited for"

# ---- a real server that delivers to the mailbox ----
MAILBOX=oversyn@tallvinge.example MAILBOX_DIR=$MAILDIR MAILBOX_OWNER=mail
export MAILBOX MAILBOX_DIR MAILBOX_OWNER
real() { # DELIMITER: starts it
	DELIMITER=$1 sh "$net/postfix.sh" start "$dovecot/postfix$1" > "$work/start" 2>&1
	started=$?
	[ $started -ne 77 ] || return 1
	[ $started -eq 0 ] || { sed 's/^/# /' "$work/start"; ok 1 "Postfix starts"; return 1; }
	postfix=$dovecot/postfix$1
	# shellcheck disable=SC1090,SC1091
	. "$postfix/env"
	sed "/^out/,/^}/d" "$work/oversyn.conf" > "$work/real.conf"
	printf 'out {\n\ttransport = "smtp"\n\thost = "localhost"\n\tport = %s\n\ttls = "starttls"\n\tca_file = "%s"\n}\n' \
		"$SMTP_PORT" "$CA" >> "$work/real.conf"
}
done_with() {
	sh "$net/postfix.sh" stop "$postfix"
	postfix=
}
if real +; then
	doctor 0 "$work/real.conf" "a server that knows plus addresses"
	found plus self-came "plus"
	found catch-all self-refused "not the catch-all form, which it refuses"
	found plain self-came "plain"
	found addressing addressing-works "it works"
	found out-offers spoken "it offers DSN"
	found out-size size-enough "and says how large a mail may be"
	found out-login login-none "without a login"
	found out-clock clock-right "its clock is right"
	done_with
	real -
	doctor 1 "$work/real.conf" "one that knows dashes"
	found plus self-refused "not plus"
	says "$work/out" '"kind":"addressing-wrong".*"name":"catch-all","other":"catch-all, none"' "what to write is said"
	done_with
else
	echo "# no Postfix: $(cat "$work/start")"
fi
plan
