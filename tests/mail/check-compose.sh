#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# Other people's programs read a letter of ours: Python's email package its
# structure and texts, python3-icalendar its invitation.
set -u

sample=${top_builddir:-.}/tests/mail/compose-sample
reader=${top_srcdir:-.}/tests/mail/read-letter.py
python=
for p in /usr/bin/python3 python3; do
	if command -v "$p" >/dev/null && "$p" -c 'import email.policy' 2>/dev/null; then
		python=$p
		break
	fi
done
if [ -z "$python" ]; then
	echo "1..0 # SKIP no Python 3 here"
	exit 0
fi

dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
for what in letter cancel files subject text html calendar file; do
	if ! "$sample" "$what" >"$dir/$what"; then
		echo "Bail out! $sample $what failed"
		exit 1
	fi
done
"$python" "$reader" "$dir"
