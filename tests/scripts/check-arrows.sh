#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# Includes point only downwards in the house, and core is pure: it asks nobody
# for the time, a file, the environment, chance, the network or a library.
. "${top_srcdir:-.}/tests/scripts/tap.sh"

# arrows ROOT: every include that points up or sideways.
arrows()
{
	find "$1/include" "$1/src" \( -name '*.[ch]' -o -name '*.inc' \) | sort |
		xargs awk -v root="$1/" '
		BEGIN {
			rank["base"] = 0; rank["core"] = 1; rank["app"] = 3
			split("store net mail cal doc view", adapters, " ")
			for (i in adapters) rank[adapters[i]] = 2
		}
		FNR == 1 {
			name = substr(FILENAME, length(root) + 1)
			split(name, part, "/")
			layer = part[2]
			from = layer in rank ? rank[layer] : 4
		}
		/^[ \t]*#[ \t]*include[ \t]*["<]/ {
			target = $0
			sub(/^[^"<]*/, "", target)
			quoted = substr(target, 1, 1) == "\""
			target = substr(target, 2)
			sub(/[">].*/, "", target)
			if (target ~ /(^|\/)\.\.(\/|$)/) {
				print name ":" FNR ": " target ": leaves its folder"
				next
			}
			sub(/^(src|include)\//, "", target)
			if (split(target, part, "/") < 2 || !(part[1] in rank)) next
			# <net/if.h> and its like belong to the system.
			if (!quoted && part[1] == "net") next
			to = part[1]
			if (to != layer && rank[to] >= from)
				print name ":" FNR ": " layer " must not include " target
		}'
}

# What core may not name, by kind. The C library only; anything that is not
# from it, from base or from core itself is a library.
impure='
clock (clock|time|times|ftime|gettimeofday|clock_.*|timer.*|alarm|u?sleep|nanosleep|localtime.*|gmtime.*|mktime|tzset|strftime|strptime|timezone)
file _?_?(open.*|creat|close|read|write|pread.*|pwrite.*|lseek.*|f?stat.*|lstat.*|access|unlink.*|rename.*|mkdir.*|rmdir|opendir|readdir.*|mkstemp.*|tmpfile|fd?open.*|freopen|fclose|fread.*|fwrite.*|fget.*|fput.*|getc.*|putc.*|puts|getline|getdelim|v?f?printf|v?dprintf|v?f?scanf|.*printf_chk|perror|stdin|stdout|stderr|remove|mmap.*|syscall|ioctl|fcntl.*)
environment (.*getenv|putenv|setenv|environ|getuid|geteuid|getpid|getcwd|gethostname|uname|setlocale|newlocale|nl_langinfo|system|exec.*|fork|popen|getopt.*|syslog)
random (s?rand.*|[dejlmn]rand48|random.*|srandom|arc4random.*|getrandom|getentropy)
socket (socket.*|connect|bind|listen|accept.*|send.*|recv.*|getaddrinfo|gethostby.*|res_.*|poll|select|epoll.*)'
pure='_?_?v?sn?printf_chk|_?_?v?asprintf_chk'

# impurities ARCHIVE FRIENDS…: KIND SYMBOL for each undefined symbol that is not
# defined by the archive, its friends, the C library or the compiler.
impurities()
{
	nm --defined-only "$@" 2>/dev/null | awk 'NF == 3 { print $3 }' | sort -u >"$scratch/own"
	nm -u "$1" | awk 'NF == 2 { print $2 }' | sort -u |
		grep -vE '^(__(asan|ubsan|tsan|msan|lsan|sanitizer|sancov|gcov|llvm|start_|stop_).*|_GLOBAL_OFFSET_TABLE_|__[a-z]+[sdt]i[0-9])$' |
		comm -23 - "$scratch/own" >"$scratch/asked"
	printf '%s\n' "$impure" | while read -r kind symbols; do
		[ -z "$kind" ] || grep -xE "$symbols" "$scratch/asked" | grep -vxE "$pure" |
			sed "s/^/$kind /"
	done
	comm -23 "$scratch/asked" "$scratch/libc" | sed 's/^/library /'
}

$CC -print-file-name=libc.so.6 | xargs nm -D --defined-only |
	awk '{ sub(/@.*/, "", $NF); print $NF }' | sort -u >"$scratch/libc"

nothing 'no include points up or sideways' "$(arrows "$top_srcdir")"

core=$top_builddir/src/core/libcore.a
if [ -f "$core" ]; then
	nothing 'core is pure' "$(impurities "$core" "$top_builddir/src/base/libbase.a")"
else
	not_ok 'core is pure' "$core is not built"
fi

# The checks must be able to fail: one sample for each thing that is forbidden.
mkdir -p "$scratch/include/core" "$scratch/src/mail" "$scratch/src/base"
arrow()
{
	rm -f "$scratch"/src/*/*.c
	printf '#include %s\n' "$2" >"$scratch/src/$1/sample.c"
	arrows "$scratch"
}
something 'an include upwards is seen' "$(arrow base '"core/date.h"')"
something 'an include sideways is seen' "$(arrow mail '"cal/invite.h"')"
something 'an include of src/ is seen' "$(arrow mail '"src/net/internal.h"')"
something 'an include out of the folder is seen' "$(arrow mail '"../net/internal.h"')"
nothing 'an include downwards is allowed' "$(arrow mail '"core/date.h"')"
nothing 'a header of the system is allowed' "$(arrow mail '<net/if.h>')"

sample()
{
	printf '%s\n' "$2" >"$scratch/sample.c"
	# shellcheck disable=SC2086 # CC may hold options
	$CC -c -o "$scratch/sample.o" "$scratch/sample.c" || return
	impurities "$scratch/sample.o" | grep "^$1 "
}
something 'a clock is seen' "$(sample clock '#include <time.h>
time_t f(void) { return time(0); }')"
something 'a file is seen' "$(sample file '#include <stdio.h>
FILE *f(void) { return fopen("x", "r"); }')"
something 'a message on the terminal is seen' "$(sample file '#include <stdio.h>
void f(int n) { printf("%d", n); }')"
something 'the environment is seen' "$(sample environment '#include <stdlib.h>
char *f(void) { return getenv("HOME"); }')"
something 'chance is seen' "$(sample random '#include <stdlib.h>
int f(void) { return rand(); }')"
something 'a socket is seen' "$(sample socket '#include <sys/socket.h>
int f(void) { return socket(AF_INET, SOCK_STREAM, 0); }')"
something 'a library is seen' "$(sample library 'extern int sqlite3_open(const char *, void **);
int f(void **db) { return sqlite3_open("x", db); }')"
nothing 'text in memory is allowed' "$(sample '[a-z]*' '#include <stdio.h>
int f(char *s, unsigned n, int i) { return snprintf(s, n, "%d", i); }')"
finish
