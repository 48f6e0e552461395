#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# Prints as many free ports as it is told, below those that the kernel hands out
# by itself.
set -eu
taken=$(awk 'NR > 1 { split($2, a, ":"); print a[2] }' /proc/net/tcp /proc/net/tcp6 2>/dev/null || :)
port=$((20000 + ($$ * 7) % 10000))
found=0
while [ "$found" -lt "$1" ]; do
	while echo "$taken" | grep -qix "$(printf %04X "$port")"; do
		port=$((port + 1))
	done
	echo "$port"
	port=$((port + 1))
	found=$((found + 1))
done
