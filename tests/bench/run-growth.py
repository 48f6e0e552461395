#!/usr/bin/python3
# SPDX-License-Identifier: EUPL-1.2
"""What the work costs as there is more of it: run-growth.py BUILD SOURCE

Each work at once, ten and a hundred times its size, three rounds in which every size has
its turn; medians. Adds to tests/bench/growth.csv, and writes the table and the picture
between the marks of docs/growth.md.
"""
import os
import shutil
import statistics
import sys
import tempfile

import growth_page
import yard
from yard import run

ROUNDS = 3
TIMES = (1, 10, 100)
FIELDS = ("date", "commit", "machine", "work", "times", "n", "seconds", "us_each", "kib")


class Growth(yard.Yard):
    """Each work is a function of the size that returns one that does it once and says how
    many it did, in how many seconds, and the peak of memory in KiB."""

    def outbound(self, times):
        n, folder, port = 100 * times, self.file("due"), self.outbound_port

        def once():
            shutil.rmtree(folder, ignore_errors=True)
            os.mkdir(folder)
            done, written, accepted, kib = run([self.part("bench-outbound"), folder, n, port]).split()
            return int(done), float(written) + float(accepted), int(kib)
        return once

    def ingest(self, times):
        env = self.dovecot("ingest%d" % times)
        base, mails = self.make_town(100 * times)
        kept = self.file("mails%d" % times)
        os.rename(mails, kept)
        config = self.ingest_config(env)
        config = shutil.move(config, config + str(times))
        town_db, copy = shutil.move(base, base + str(times)), self.file("ingest%d.db" % times)
        n = len(os.listdir(kept + "/new"))

        def once():
            yard.put_back(town_db, copy)
            self.deliver(env, kept)
            done, _, seconds, kib = run([self.part("bench-ingest"), config, copy, yard.NOW, n]).split()
            return int(done), float(seconds), int(kib)
        return once

    def due(self, times):
        def once():
            done, words, dates, kib = run([self.part("bench-due"), "registers", 1, 1000 * times, 300]).split()
            return int(done), float(words) + float(dates), int(kib)
        return once

    def tick(self, times):
        """A pass that finds a hundred items awake, in a register that grows."""
        path, passes = self.file("tick%d.db" % times), 50
        run([self.part("bench-tick"), "make", path, 1000 * times])
        run([self.part("bench-tick"), "busy", path, 1])  # the first wakes them all

        def once():
            microseconds = float(run([self.part("bench-tick"), "busy", path, passes]).split()[0])
            return passes, microseconds * passes / 1e6, 0
        return once


def measure(growth):
    for work in ("outbound", "ingest", "due", "tick"):
        steps = [(times, getattr(growth, work)(times)) for times in TIMES]
        seen = {times: [] for times in TIMES}
        for _ in range(ROUNDS):
            for times, once in steps:
                seen[times].append(once())
        for times in TIMES:
            n, kib = seen[times][0][0], max(row[2] for row in seen[times])
            seconds = statistics.median(row[1] for row in seen[times])
            yield {"work": work, "times": times, "n": n, "seconds": "%.4f" % seconds,
                   "us_each": "%.1f" % (seconds / n * 1e6), "kib": kib}
        print("%-10s %s microseconds each" % (work, ", ".join(
            "%.1f" % (statistics.median(row[1] / row[0] for row in seen[times]) * 1e6) for times in TIMES)), flush=True)


def main():
    build, source = sys.argv[1:3]
    with tempfile.TemporaryDirectory(dir=build) as folder:
        growth = Growth(build, source, folder)
        try:
            growth.outbound_port = growth.sink(0)
            rows = list(measure(growth))
        finally:
            growth.stop()
    yard.keep(source, "growth.csv", FIELDS, rows)
    growth_page.write(source + "/docs", rows, yard.machine())


main()
