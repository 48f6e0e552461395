#!/usr/bin/python3
# SPDX-License-Identifier: EUPL-1.2
"""Due dates, measured beside peers that do the same date work: run-due.py BUILD SOURCE

Five rounds, each of them everything once, so that a busy machine is as bad for
one as for the other; medians are printed. Fails when a target is missed, or
when every peer gives another date for a rule that means the same to all.
"""
import platform
import statistics
import subprocess
import sys
import tempfile

import yard

ROUNDS = 5
RULES = 20000
TARGETS = (  # what, towns, items in each, meetings in each, seconds
    ("311 municipalities of 1,930 items", 311, 1930, 100, 60.0),
    ("one municipality of 15,000 items", 1, 15000, 300, 1.0),
)


def run(*command):
    out = subprocess.run(command, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    n, words, seconds, memory = out.stdout.split()
    return int(n), float(words), float(seconds), int(memory)


def peers(build, source):
    """Those that are here: name, version, command."""
    known = (
        ("libical", [build + "/tests/bench/peer-ical"]),
        ("python3-dateutil", ["/usr/bin/python3", source + "/tests/bench/peer-dateutil.py"]),
    )
    found = []
    for name, command in known:
        what = yard.quiet(command + ["--version"])
        if what:
            found.append((name, what, command))
        else:
            print("%s is not here: ./autogen.sh bench installs it" % name)
    return found


def lines(path):
    with open(path) as file:
        return file.read().splitlines()


def alone(folder, others):
    """The rules that mean the same to all, but whose date no peer shares."""
    theirs = [lines(folder + "/" + name) for name, _, _ in others]
    return [
        (rule, mine) for rule, mine, *dates in zip(lines(folder + "/rules"), lines(folder + "/dates"), *theirs)
        if rule.split()[3] == "1" and dates and mine not in dates
    ]


def same_dates(folder, name):
    return sum(x == y for x, y in zip(lines(folder + "/dates"), lines(folder + "/" + name)))


def median(results):
    """Of each column of the rounds."""
    return [statistics.median(column) for column in zip(*results)]


def measure(bench, others, folder):
    results = {name: [] for name, *_ in TARGETS}
    results["oversyn"] = []
    for name, _, _ in others:
        results[name] = []
    for _ in range(ROUNDS):
        for name, towns, items, meetings, _ in TARGETS:
            results[name].append(run(bench, "registers", str(towns), str(items), str(meetings)))
        results["oversyn"].append(run(bench, "rules", str(RULES), folder + "/rules", folder + "/dates"))
        for name, _, command in others:
            results[name].append(run(*command, folder + "/rules", folder + "/" + name))
    return results


def tell_registers(results):
    failed = False
    print("%-36s %9s %9s %9s %11s %8s" % ("recompute", "read, s", "dates, s", "target, s",
                                          "items/s", "MiB"))
    for name, _, _, _, target in TARGETS:
        n, words, seconds, memory = median(results[name])
        missed = words + seconds >= target
        failed |= missed
        print("%-36s %9.3f %9.3f %9.1f %11.0f %8.0f%s" % (
            name, words, seconds, target, n / (words + seconds), memory / 1024,
            "  MISSED" if missed else ""))
    return failed


def tell_peers(results, others, folder):
    n, _, seconds, _ = median(results["oversyn"])
    rate = n / seconds
    print("\n%-36s %11s %9s %18s" % ("next date of %d plain rules" % RULES, "rules/s", "ratio",
                                     "same dates"))
    print("%-36s %11.0f" % ("oversyn (with reason, status, act by)", rate))
    for name, what, _ in others:
        n, _, seconds, _ = median(results[name])
        print("%-36s %11.0f %8.0f× %12d of %d" % (
            "%s %s" % (name, what), n / seconds, rate / (n / seconds), same_dates(folder, name), RULES))
    print("Where dates differ the rule means another day: recurrence rules skip a 31st that a\n"
          "month lacks, and know no review that counts for a date half a year before it; and\n"
          "libical misses week 52 of some years.")
    wrong = alone(folder, others)
    for rule, mine in wrong[:3]:
        print("WRONG: %s is %s here, another day by every peer" % (rule, mine))
    return bool(wrong)


def main():
    build, source = sys.argv[1:3]
    bench = build + "/tests/bench/bench-due"
    print("%s, %s, Python %s; medians of %d rounds\n" % (
        yard.machine(), platform.platform(), platform.python_version(), ROUNDS))
    others = peers(build, source)
    with tempfile.TemporaryDirectory() as folder:
        results = measure(bench, others, folder)
        failed = tell_registers(results)
        failed |= tell_peers(results, others, folder)
    sys.exit(1 if failed else 0)


main()
