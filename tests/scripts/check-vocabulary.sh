#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# A row of the vocabulary of replies that cannot be read stops the build.
. "${top_srcdir:-.}/tests/scripts/tap.sh"

core=$top_srcdir/src/core

# faults ROW: what is said of the row, put behind all that are there.
faults()
{
	printf '%s\n' "$1" >"$scratch/row.inc"
	{ "${AWK:-awk}" -f "$core/reply-vocabulary.awk" "$core/reply-sayings.inc" "$core/reply-slots.inc" \
		"$core/reply-courtesy.inc" "$core/reply-guards.inc" "$core/reply-names.inc" \
		"$core/reply-titles.inc" "$scratch/row.inc" >"$scratch/tables.c" || return 0; } 2>&1
	cmp -s "$scratch/tables.c" /dev/null && echo 'nothing was made'
}

nothing 'a good row is taken' "$(faults 'SAY(APPROVE, VERBS, 0, "{yes}? a|{thing}|b? , {rest}")')"
something 'a slot that is not there is seen' "$(faults 'SAY(APPROVE, VERBS, 0, "{nosuch} a")')"
something 'two spaces are seen' "$(faults 'SAY(APPROVE, VERBS, 0, "a  b")')"
something 'an empty alternative is seen' "$(faults 'SAY(APPROVE, VERBS, 0, "a|")')"
something 'a question mark inside a word is seen' "$(faults 'SAY(APPROVE, VERBS, 0, "a?b")')"
something 'an open slot is seen' "$(faults 'SAY(APPROVE, VERBS, 0, "{yes a")')"
something 'a slot that leads back to itself is seen' "$(faults 'SLOT("round", "{round}? a")')"
something 'a kind of row that is not there is seen' "$(faults 'COURTSY("a")')"
something 'a row inside its line is seen' "$(faults ' COURTESY("a")')"
something 'a row on two lines is seen' "$(faults 'COURTESY(')"
finish
