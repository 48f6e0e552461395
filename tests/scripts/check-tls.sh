#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# There is one way to a mail server and one to a token server, and both verify:
# nothing else in the program opens a connection or decides whom to trust.
. "${top_srcdir:-.}/tests/scripts/tap.sh"

# libetpan's own ways to a server check no certificate, and some call others.
strangers='(mail(smtp|imap|pop3|nntp|acces)[a-z0-9_]*_)?(ssl|socket|tls)_(connect|starttls|open)[a-z_]*|mailstream_(ssl|socket|cfstream)[a-z_]*|mail(imap|smtp|pop3)_(ssl|socket)_[a-z_]*|newsnntp_[a-z_]*|mailpop3_[a-z_]*|mailstorage_[a-z_]*'

# unverified PROGRAM: what it takes from libetpan that opens a connection.
unverified()
{
	nm -D --undefined-only "$1" | awk '{ sub(/@.*/, "", $2); print $2 }' | grep -xE "$strangers"
}

# one_place ROOT PATTERN FILE…: where else than there the pattern stands.
one_place()
{
	(
		cd "$1" || exit 99
		grep -rnE "$2" src include --include='*.[ch]' | grep -vE "^($3):"
	)
}

# lax ROOT: words by which a verification is weakened.
lax()
{
	(
		cd "$1" || exit 99
		grep -rnE 'GNUTLS_VERIFY_(DISABLE|ALLOW)|set_verify_flags|GNUTLS_CERT_(IGNORE|REQUEST)|verify_function|SSL_VERIFY(PEER|HOST), *(0|false|1L?\)? *- *1)|VERIFYSTATUS|%UNSAFE|%COMPAT|VERS-TLS1\.[01]|VERS-SSL|VERS-ALL"' \
			src include --include='*.[ch]'
	)
}

if command -v nm >/dev/null 2>&1 && [ -x "$OVERSYN" ]; then
	nothing 'libetpan opens no connection' "$(unverified "$OVERSYN")"
else
	skip 'libetpan opens no connection' 'no nm (binutils)'
fi
tls=src/net/stream-tls.c
nothing 'one place begins TLS' "$(one_place "$top_srcdir" 'gnutls_(init|handshake)[[:space:]]*\(' "$tls")"
nothing 'one place connects to mail servers' "$(one_place "$top_srcdir" '[^_a-z](connect|getaddrinfo)[[:space:]]*\(' 'src/net/(stream|dns[-a-z]*)\.c')"
nothing 'one place asks curl' "$(one_place "$top_srcdir" 'curl_(easy|multi)_(init|perform|setopt)' 'src/net/token\.c')"
nothing 'nothing is lax' "$(lax "$top_srcdir")"

# What must stand there does.
has()
{
	if grep -qF "$2" "$top_srcdir/$3"; then ok "$1"; else not_ok "$1" "$3: no $2"; fi
}
has 'chain, host name and purpose' gnutls_session_set_verify_cert2 $tls
has 'the host name' GNUTLS_DT_DNS_HOSTNAME $tls
has 'TLS 1.2 at least' 'NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2' $tls
has "curl's chain" 'CURLOPT_SSL_VERIFYPEER, 1L' src/net/token.c
has "curl's host name" 'CURLOPT_SSL_VERIFYHOST, 2L' src/net/token.c
has "curl's protocol" 'CURLOPT_PROTOCOLS_STR, "https"' src/net/token.c

mkdir -p "$scratch/src/app" "$scratch/include"
echo 'curl_easy_setopt(c, CURLOPT_SSL_VERIFYPEER, 0L);' >"$scratch/src/app/a.c"
something 'a lax curl is seen' "$(lax "$scratch")"
something 'a second curl is seen' "$(one_place "$scratch" 'curl_(easy|multi)_(init|perform|setopt)' 'src/net/token\.c')"
cat >"$scratch/easy.c" <<'END'
int mailsmtp_ssl_connect(void *, const char *, int);
int main(void) { return mailsmtp_ssl_connect((void *)0, "", 0); }
END
# shellcheck disable=SC2086 # CC may hold options
if command -v nm >/dev/null 2>&1 && $CC -o "$scratch/easy" "$scratch/easy.c" -letpan 2>"$scratch/errors"; then
	something "libetpan's easy way is seen" "$(unverified "$scratch/easy")"
else
	skip "libetpan's easy way is seen" "$CC will not build it"
fi
finish
