#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""What became of the mails of a demo, a line each: "ok WORDS" or "not ok WORDS".

demo.py examples DIR INBOX SHOW   the rows of config/demo/examples.txt; INBOX is what
                                  `oversyn --json inbox` said, SHOW a program with its
                                  options to which "show" and a review are added
demo.py calendar DIR              the events of all letters, by the clock on the wall
demo.py extensions DIR            the day to which letters say that work may be put off
demo.py secret DIR WORDS          no letter holds these words
demo.py text DIR PATTERN          the text of the one letter whose name has the pattern
"""
import email
import email.policy
import hashlib
import json
import os
import pathlib
import re
import shlex
import subprocess
import sys
import zoneinfo
from datetime import datetime

EXAMPLES = pathlib.Path(os.environ["top_srcdir"]) / "config/demo/examples.txt"


def say(right, words):
    print("ok" if right else "not ok", words)


def open_mail(path):
    return email.message_from_bytes(path.read_bytes(), policy=email.policy.default)


def sent(folder):
    """The bytes' digest of every example that somebody wrote, by its name."""
    found = {}
    for path in sorted((pathlib.Path(folder) / "answers").glob("*.eml")):
        data = path.read_bytes()
        name = re.search(rb"^Message-ID: <example-([^@]+)@", data, re.M)
        if name:
            found[name.group(1).decode()] = hashlib.sha256(data).hexdigest()
    return found


def examples(folder, inbox, show):
    rows = [json.loads(line) for line in open(inbox, encoding="utf-8")]
    by_bytes = {row["sha256"]: row for row in rows}
    mails = sent(folder)
    n = 0
    for line in open(EXAMPLES, encoding="utf-8"):
        if line.startswith("#") or not line.strip():
            continue
        name, role, letter, days, text, then, means, ends, record = line.rstrip("\n").split(" | ")
        n += 1
        row = by_bytes.get(mails.get(name))
        got = f"{row['class']} {row['verdict']} {row['status']}" if row else "not written"
        say(got == ends, f"{name}, \"{text[:40]}\", is {means}: {got}")
        if record != "-" and row:
            review, fact = record.split(" ", 1)
            shown = subprocess.run(shlex.split(show) + ["show", review], capture_output=True, text=True)
            say(fact in shown.stdout, f"{name} is in the record of {review}: {fact}")
        if row and row["status"] == "answered" and row["class"] == "reply" and row["review"] is None:
            say(any(r["id"] > row["id"] and r["letter"] == row["letter"] and r["status"] in ("applied", "coordinator")
                    for r in rows) or row["reason"] == "the review needs no answer any more",
                f"{name} is followed by an answer that counts")
    say(n > 61, f"all examples are there ({n})")


def lines(calendar):
    return re.sub(r"\r?\n[ \t]", "", calendar).splitlines()


def calendar(folder):
    zone = zoneinfo.ZoneInfo("Europe/Stockholm")
    hours = {}
    for path in sorted((pathlib.Path(folder) / "letters").glob("*.eml")):
        for part in open_mail(path).walk():
            if part.get_content_type() != "text/calendar":
                continue
            text = part.get_payload(decode=True).decode()
            start = [x for x in lines(text[text.index("BEGIN:VEVENT"):]) if x.startswith("DTSTART")][0]
            found = re.fullmatch(r"DTSTART;TZID=Europe/Stockholm:(\d{4})(\d\d)(\d\d)T(\d\d)\d{4}", start)
            if not found:
                say(False, f"{path.name}: {start}")
                continue
            when = datetime(*map(int, found.groups()), tzinfo=zone)
            hours.setdefault(when.month, set()).add((when.hour, when.utcoffset().seconds // 3600))
    say({h for h, _ in hours[3]} == {h for h, _ in hours[4]} and len(hours[3]) > 0,
        f"April's events keep the hour of March ({sorted(hours[3])}, {sorted(hours[4])})")
    say({o for _, o in hours[4]} == {2} and 1 in {o for _, o in hours[3]},
        "which is an hour earlier by the sun")


MONTHS = ("januari februari mars april maj juni juli augusti september oktober november "
          "december").split()


def extensions(folder):
    n, wrong = 0, []
    for path in sorted((pathlib.Path(folder) / "letters").glob("*.eml")):
        body = open_mail(path).get_body(("plain",)).get_content()
        example = re.search(r"till exempel ANSTÅND: (\d+) (\w+)(?: (\d{4}))?", body)
        rows = re.findall(r"^\| \d+ \|.*\| (\d{4}-\d\d-\d\d) \|", body, re.M)
        if not example or not rows:
            continue
        n += 1
        sent = path.name[5:15]
        day = f"{MONTHS.index(example.group(2)) + 1:02}-{int(example.group(1)):02}"
        year = int(example.group(3) or sent[:4])
        if f"{year}-{day}" <= max(sent, min(rows)) or datetime(year, *map(int, day.split("-"))).weekday() > 4:
            wrong.append(f"{path.name}: {year}-{day}")
    say(n > 100 and not wrong, f"work can be put off to the day that letters name ({n}) {wrong[:3]}")


def secret(folder, words):
    found = [p.name for p in sorted((pathlib.Path(folder) / "letters").glob("*.eml"))
             if any(words in part.get_content() for part in open_mail(p).walk()
                    if part.get_content_maintype() == "text")]
    say(not found, f"no letter says \"{words}\"{': ' if found else ''}{', '.join(found)}")


def text(folder, pattern):
    found = sorted((pathlib.Path(folder) / "letters").glob(f"*{pattern}*.eml"))
    if len(found) != 1:
        sys.exit(f"{len(found)} letters: {pattern}")
    mail = open_mail(found[0])
    print("Subject:", mail["Subject"])
    print(*mail.get_body(("plain",)).get_content().split())


if __name__ == "__main__":
    globals()[sys.argv[1]](*sys.argv[2:])
