#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# The hardening flags are in the built program, not only on the command line: a
# linker flag that is lost on the way is lost in silence.
. "${top_srcdir:-.}/tests/scripts/tap.sh"

command -v readelf >/dev/null 2>&1 || skip_all 'no readelf (binutils)'
! sanitized || skip_all 'built with sanitizers, which replace the hardening'
[ -x "$OVERSYN" ] || {
	not_ok 'the program is built' "$OVERSYN is missing"
	finish
}

# Each check takes a program and prints what is wrong with it.
pie()
{
	readelf -hW "$1" | grep -q 'Type: *DYN' && readelf -dW "$1" | grep -q 'FLAGS_1.*PIE' ||
		echo 'not a position independent executable'
}
relro()
{
	readelf -lW "$1" | grep -q GNU_RELRO || echo 'no RELRO'
}
bind_now()
{
	readelf -dW "$1" | grep -qE 'BIND_NOW|FLAGS_1.*NOW' || echo 'symbols are bound lazily'
}
stack()
{
	readelf -lW "$1" | grep GNU_STACK | grep -q 'RW *0x' || echo 'the stack can be executed'
}
writable_code()
{
	readelf -lW "$1" | awk '$1 == "LOAD" && /RWE/ { print "code that can be written" }'
}
protector()
{
	nm -D "$1" | grep -q __stack_chk_fail || echo 'no stack protector'
}
fortify()
{
	nm -D "$1" | grep -qE '__[a-z]+_chk(@|$)' || echo 'no fortified function'
}

nothing 'position independent' "$(pie "$OVERSYN")"
nothing 'read-only relocations' "$(relro "$OVERSYN")"
nothing 'bound at start' "$(bind_now "$OVERSYN")"
nothing 'no executable stack' "$(stack "$OVERSYN")"
nothing 'no writable code' "$(writable_code "$OVERSYN")"
case " $(sed -n 's/^CFLAGS = //p' "$top_builddir/Makefile") " in
*' -O0 '* | *' -Og '*)
	skip 'stack protector' 'not optimised'
	skip 'fortified functions' 'not optimised'
	;;
*)
	nothing 'stack protector' "$(protector "$OVERSYN")"
	nothing 'fortified functions' "$(fortify "$OVERSYN")"
	;;
esac

# A program built with everything turned off must be found wanting.
echo 'int main(void) { return 0; }' >"$scratch/soft.c"
# shellcheck disable=SC2086 # CC may hold options
if $CC -no-pie -fno-pie -fno-stack-protector -U_FORTIFY_SOURCE -Wl,-z,norelro -Wl,-z,lazy \
	-Wl,-z,execstack -o "$scratch/soft" "$scratch/soft.c" 2>"$scratch/errors"; then
	for check in pie relro bind_now stack protector fortify; do
		something "$check: a soft program is seen" "$($check "$scratch/soft")"
	done
else
	skip 'a soft program is seen' "$CC will not build one"
fi
finish
