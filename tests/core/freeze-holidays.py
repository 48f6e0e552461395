#!/usr/bin/python3
# SPDX-License-Identifier: EUPL-1.2
"""Makes tests/cases/holidays-2020-2060.txt from what other people's programs say.

    apt-get install python3-workalendar python3-holidays
    /usr/bin/python3 tests/core/freeze-holidays.py > tests/cases/holidays-2020-2060.txt

A third source joins them, and the eves with it, when its folder is given:

    npm install --prefix DIR date-holidays@3.37.0
    /usr/bin/python3 tests/core/freeze-holidays.py DIR > …

They were written independently of each other and must agree on every day, or
nothing is written. Not run by make check, which only compares with the table.
"""
import datetime
import importlib.metadata
import json
import subprocess
import sys

import holidays
from workalendar.europe import Sweden

YEARS = range(2020, 2061)
WORDS = {  # what workalendar calls them
    "New year": "nyårsdagen",
    "Epiphany": "trettondedag jul",
    "Good Friday": "långfredagen",
    "Easter Sunday": "påskdagen",
    "Easter Monday": "annandag påsk",
    "Labour Day": "första maj",
    "Ascension Thursday": "Kristi himmelsfärdsdag",
    "Pentecost": "pingstdagen",
    "National Day": "nationaldagen",
    "Midsummer's Eve": "midsommarafton",
    "Midsummer's Day": "midsommardagen",
    "All Saints": "alla helgons dag",
    "Christmas Eve": "julafton",
    "Christmas Day": "juldagen",
    "Second Day of Christmas": "annandag jul",
    "New Year's Eve": "nyårsafton",
}
EVES = ("trettondagsafton", "skärtorsdagen", "valborgsmässoafton", "allhelgonaafton")


def from_workalendar():
    return {(day, WORDS[name]) for year in YEARS for day, name in Sweden().holidays(year)}


def from_holidays():
    """Where two meet on a day, it joins their names with a comma."""
    found = set()
    for day, names in holidays.Sweden(years=YEARS, include_sundays=False).items():
        for name in names.split(", "):
            name = name if name.startswith("Kristi") else name.lower()
            found.add((day, name.replace("sveriges nationaldag", "nationaldagen")))
    return found


def from_date_holidays(folder):
    """Public holidays and eves equal to Sundays, and the other eves."""
    script = """
        const Holidays = require(process.argv[1] + '/node_modules/date-holidays');
        const se = new Holidays('SE');
        const all = [];
        for (let y = %d; y <= %d; y++) all.push(...se.getHolidays(y));
        console.log(JSON.stringify(all.map(h => [h.date.slice(0, 10), h.name, h.type])));
        """ % (YEARS[0], YEARS[-1])
    out = subprocess.run(["node", "-e", script, folder], check=True, stdout=subprocess.PIPE)
    days, eves = set(), set()
    for text, name, kind in json.loads(out.stdout):
        day = datetime.date.fromisoformat(text)
        if kind in ("public", "bank"):
            days.add((day, name))
        elif name in EVES:
            eves.add((day, name))
    return days, eves


def head(sources):
    print("# SPDX-License-Identifier: EUPL-1.2")
    print("# Every public holiday and eve that counts as a Sunday, 2020 to 2060; no other day has")
    print("# a name by law. Made by tests/core/freeze-holidays.py (which says how) from")
    for source in sources:
        print("#   " + source)
    print("# which agree on every line. An eve on which the municipality may close has 'afton'.")
    print("# date | name | helgdag or afton")


def main():
    sources = ["python3-%s %s" % (name, importlib.metadata.version(name))
               for name in ("workalendar", "holidays")]
    said = [from_workalendar(), from_holidays()]
    eves = set()
    if len(sys.argv) > 1:
        days, eves = from_date_holidays(sys.argv[1])
        said.append(days)
        with open(sys.argv[1] + "/node_modules/date-holidays/package.json") as package:
            sources.append("npm date-holidays " + json.load(package)["version"])
    for other in said[1:]:
        differences = said[0] ^ other
        if differences:
            for day, name in sorted(differences):
                print(day, name, "is not in all of them", file=sys.stderr)
            sys.exit(1)
    head(sources)
    rows = [(day, name, "helgdag") for day, name in said[0]]
    rows += [(day, name, "afton") for day, name in eves]
    for row in sorted(rows):
        print("%s | %s | %s" % row)


main()
