#!/usr/bin/python3
# SPDX-License-Identifier: EUPL-1.2
"""The same dates by python3-dateutil: peer-dateutil.py RULES DATES

Prints how many, 0, the seconds without reading and writing, and the memory, as
bench-due does; "--version" the library's version.
"""
import datetime
import resource
import sys
import time

import dateutil
from dateutil import rrule

FREQ = {"YEARLY": rrule.YEARLY, "MONTHLY": rrule.MONTHLY, "WEEKLY": rrule.WEEKLY}


def read(path):
    asked = []
    with open(path) as rules:
        for line in rules:
            recur, anchor, after, _ = line.split()
            said = dict(part.split("=") for part in recur.split(";"))
            given = {key.lower(): int(said[key])
                     for key in ("INTERVAL", "BYMONTH", "BYMONTHDAY", "BYWEEKNO") if key in said}
            if "BYDAY" in said:
                given["byweekday"] = rrule.FR
            asked.append((FREQ[said["FREQ"]], datetime.datetime.fromisoformat(anchor),
                          datetime.datetime.fromisoformat(after), given))
    return asked


def main():
    if sys.argv[1:] == ["--version"]:
        print(dateutil.__version__)
        return
    asked = read(sys.argv[1])
    begun = time.perf_counter()
    found = [rrule.rrule(freq, dtstart=anchor, **given).after(after)
             for freq, anchor, after, given in asked]
    took = time.perf_counter() - begun
    with open(sys.argv[2], "w") as dates:
        for day in found:
            print(day.date() if day else "-", file=dates)
    print(len(asked), 0, "%.6f" % took, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)


main()
