#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# Every mistake in the configuration is named with its file and line.
. "${top_srcdir:?}/tests/app/tap.sh"
conf=$work/o.conf

wrong() { # wrong LINE TEXT WORDS
	printf '%b' "$2" > "$conf"
	exits 2 "$3: refused" -- "$OVERSYN" --config "$conf" --db "$work/a.db" init
	says "$work/err" "o.conf:$1: " "$3: with its line"
}

wrong 1 'langauge = "sv"\n' "an unknown setting"
wrong 4 '# a\n# b\n\nlangauge = "sv"\n' "after comments"
wrong 4 '/* a\n b */\n// c\nlangauge = "sv"\n' "after comments of other kinds"
wrong 3 '# a\nlanguage = "sv"\naddressing = "minus"\n' "no such way"
wrong 1 'plus_addresses = true\n' "a name of before"
says "$work/err" 'write addressing = "plus"' "says what to write instead"
wrong 2 '# a\nlanguage = "de"\n' "no such language"
wrong 3 '# a\nout {\n\tport = 99999 # b\n}\n' "too large, in a section"
wrong 4 '# a\n\nin {\n\tceiling = 1\n}\n' "an unknown setting in a section"
wrong 2 'helo = "a#b//c" # "d\nlangauge = 1\n' "comment signs in a text"
wrong 3 'helo = "a\\\\\\\nb"\nceiling = 5 \\\\\n' "a backslash outside a text"
wrong 2 '# a\nbanners = {""}\n' "an empty warning"
wrong 2 '# a\nbanners = {"Hej", "d\xe5"}\n' "a warning in another character set"

door() { # door LINE SETTINGS WORDS: a door that cannot be
	wrong "$1" "# a\nout {\n$2}\n" "$3"
	wrong "$1" "# a\nin {\n$2}\n" "$3, for what comes in"
}
door 4 'transport = "pigeon"\n' "no such transport"
wrong 5 '# a\nout {\ntransport = "smtp"\nhost = ""\n}\n' "a server without its name"
wrong 4 '# a\nin {\ntransport = "imap"\n}\n' "a server without a name, for what comes in"
door 3 'auth = "kerberos"\n' "no such way to log in"
door 4 'user = "eva"\n' "a user without a secret"
door 4 'password_file = "/x"\n' "a secret without a user"
door 6 'user = "eva"\npassword_file = "/x"\npassword_command = {"pass"}\n' "two ways to one secret"
door 3 'password_credential = "../x"\n' "a credential in another folder"
door 4 'auth = "XOAUTH2"\n' "a token without a mailbox"
door 3 'token_url = "http://login.example/token"\n' "a token server without TLS"
door 4 'token_url = "https://login.example/token"\n' "a token server that does not know us"
door 4 'scope = "x"\n' "a scope without a token server"
door 5 'token_url = "https://l.example/t"\nclient_id = "x"\n' "a token for nobody"
wrong 5 '# a\nin {\nauth = "SCRAM-SHA-1"\n\n}\n' "SCRAM over IMAP"
door 3 'pin = "secret"\n' "a pin that is no hash"
door 4 'tls = "starttls"\npin = {"47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=", "x"}\n' "one pin of two"

out() { # out LINE SETTINGS WORDS: a way out that cannot be
	wrong "$1" "# a\nout {\n$2}\n" "$3"
}
out 4 'transport = "imap"\n' "out by IMAP"
wrong 4 '# a\nin {\ntransport = "sendmail"\n}\n' "in by sendmail"
out 4 'transport = "sendmail"\nsendmail = "sendmail"\n' "a program without its path"
out 4 'transport = "sendmail"\nsendmail = ""\n' "no program"
out 4 'sendmail = "/usr/sbin/sendmail"\n' "a program that nothing would run"
out 3 'per_minute = -2\n' "less than none a minute"
out 3 'per_day = 1000001\n' "more a day than anybody takes"
out 3 'connections = 0\n' "no connection"
out 3 'connections = 17\n' "more connections than any server takes"
out 3 'give_up_hours = 2000\n' "months of trying"
out 3 'notice_hours = -1\n' "word of what is not yet late"
wrong 3 '# a\nin {\nper_minute = 30\n}\n' "a limit on what comes in"
wrong 3 '# a\nin {\nconnections = 2\n}\n' "connections of what comes in"

trust() { # trust LINE SETTINGS WORDS: a section that cannot be
	wrong "$1" "# a\ntrust {\n$2}\n" "$3"
}
trust 4 'profile = "dmarc"\n' "no such profile"
trust 4 'profile = "authserv"\n' "a profile without its authserv_id"
trust 5 'profile = "dkim"\nauthserv_id = "mx.k.example"\n' "an authserv_id beside DKIM"
trust 5 'profile = "none"\nauthserv_id = "mx.k.example"\n' "an authserv_id, and no check"
trust 4 'authserv_id = "mx.k.example; dkim=pass"\n' "an authserv_id of several words"
trust 6 'profile = "dkim"\ndomains = {"k.example"}\ntenant = "k.example"\n' "a tenant beside DKIM"
trust 5 'profile = "m365"\ntenant = "eurprd01.prod.outlook.com"\n' "a tenant without its domains"
trust 6 'profile = "m365"\ndomains = {"k.example"}\ntenant = "*.outlook.com"\n' "a tenant that is no name"
trust 5 'authserv_id = "mx.k.example"\ndomains = {"k.example"}\n' "domains beside authserv"
trust 5 'profile = "dkim"\ndomains = {"anna@k.example"}\n' "a domain that is an address"
trust 5 'profile = "dkim"\nresolver = "localhost"\n' "a resolver by name"
trust 5 'profile = "dkim"\nresolver = "127.0.0.1:0"\n' "a resolver at port 0"
trust 5 'profile = "dkim"\nresolver = "127.0.0.1:65536"\n' "a resolver at a port that is none"
trust 5 'profile = "m365"\nresolver = "127.0.0.1"\n' "a resolver without DKIM"

exits 2 "a file that is not there" -- "$OVERSYN" --config "$work/none" --db "$work/a.db" init
head -c 20000 /dev/urandom > "$conf"
exits 2 "garbage" -- "$OVERSYN" --config "$conf" --db "$work/a.db" init
test ! -e "$work/a.db"
ok $? "nothing was made"
printf 'language = "sv"\ntemplates = "%s/mallar"\n' "$work" > "$conf"
for command in check "tick --dry-run"; do
	# shellcheck disable=SC2086
	exits 2 "a folder of templates that is not there: $command" -- "$OVERSYN" --config "$conf" --db "$work/a.db" $command
	says "$work/err" 'conf:2: templates: there is no folder .*/mallar' "file and line are named"
done
exits 1 "doctor" -- "$OVERSYN" --config "$conf" --db "$work/a.db" doctor --no-mail
says "$work/out" 'conf:2: templates: there is no folder' "says so among the rest"
mkdir "$work/mallar"
exits 0 "one that is there" -- "$OVERSYN" --config "$conf" --db "$work/b.db" init
exits 0 "the example is right" -- "$OVERSYN" --config "$top_srcdir/config/oversyn.conf" \
	--db "$work/a.db" init
for section in 'authserv_id = "mx.k.example"' 'profile = "authserv"\nauthserv_id = "mx.k.example"' \
	'profile = "none"' 'profile = "dkim"\nresolver = "127.0.0.1:5353"\ndomains = {"k.example", "s.k.example"}' \
	'profile = "dkim"\nresolver = "192.0.2.1"' 'profile = "m365"' \
	'profile = "m365"\ndomains = {"k.example"}\ntenant = "eurprd01.prod.outlook.com"'; do
	printf 'banners = {"Mejl utifrån"}\ntrust {\n%b\n}\n' "$section" > "$conf"
	exits 0 "right: $section" -- "$OVERSYN" --config "$conf" --db "$work/a.db" status
done
pin='"47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="'
for settings in "pin = $pin" "pin = {$pin, $pin}" 'auth = "xoauth2"\nuser = "e"\npassword_command = {"echo", "x"}' \
	'user = "e"\npassword_credential = "mail"' \
	'user = "e"\npassword_file = "/x"\ntoken_url = "https://l.example/t"\nclient_id = "x"\nscope = "y"'; do
	printf 'out {\n%b\n}\n' "$settings" > "$conf"
	exits 0 "right in a door: $settings" -- "$OVERSYN" --config "$conf" --db "$work/a.db" status
done
for settings in 'transport = "sendmail"' 'transport = "sendmail"\nsendmail = "/usr/lib/sendmail"' \
	'per_minute = 0\nper_day = 0\nnotice_hours = 0\ngive_up_hours = 0' 'per_minute = 30\nper_day = 10000' \
	'connections = 1' 'connections = 16'; do
	printf 'out {\n%b\n}\n' "$settings" > "$conf"
	exits 0 "right in the way out: $settings" -- "$OVERSYN" --config "$conf" --db "$work/a.db" status
done
plan
