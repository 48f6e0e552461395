#!/usr/bin/python3
# SPDX-License-Identifier: EUPL-1.2
"""What a pass costs as the register grows: run-tick.py BUILD SOURCE

The same pass on databases of a thousand, a hundred thousand and a million items,
five rounds, each size once a round; medians are printed. Fails when a pass with
nothing to do costs more than three times as much with a million items as with a
thousand: what is left between them is the depth of a tree, and noise.
"""
import statistics
import subprocess
import sys
import tempfile

ROUNDS = 5
SIZES = (1000, 100000, 1000000)
MOST = 3.0


def run(*command):
    out = subprocess.run(command, check=True, stdout=subprocess.PIPE)
    return float(out.stdout.split()[0])


def main():
    bench = sys.argv[1] + "/tests/bench/bench-tick"
    with tempfile.TemporaryDirectory(dir=sys.argv[1]) as folder:
        path = {size: "%s/%d.db" % (folder, size) for size in SIZES}
        for size in SIZES:
            subprocess.run((bench, "make", path[size], str(size)), check=True)
        idle = {size: [] for size in SIZES}
        for _ in range(ROUNDS):
            for size in SIZES:
                idle[size].append(run(bench, "idle", path[size], "20000"))
        busy = {size: [] for size in SIZES}
        for size in SIZES:  # the first wakes them all, once
            run(bench, "busy", path[size], "1")
        for _ in range(ROUNDS):
            for size in SIZES:
                busy[size].append(run(bench, "busy", path[size], "20"))
    first = statistics.median(idle[SIZES[0]])
    print("\n%-12s %18s %8s %22s" % ("items", "nothing to do, µs", "ratio", "100 awake, ms"))
    for size in SIZES:
        mine = statistics.median(idle[size])
        print("%-12d %18.2f %7.2f× %22.2f" % (size, mine, mine / first,
                                              statistics.median(busy[size]) / 1000))
    missed = statistics.median(idle[SIZES[-1]]) > MOST * first
    if missed:
        print("MISSED: a million items may cost at most %.0f times a thousand" % MOST)
    sys.exit(1 if missed else 0)


main()
