#!/usr/bin/python3
# SPDX-License-Identifier: EUPL-1.2
"""Reminders as people write them today: peer-script.py PORT LETTERS

A table of what is due in sqlite3, an invitation by python3-icalendar, a mail by the
email package, smtplib with a connection for all, and a commit for each, so that none
is sent twice. Prints what bench-submit does.
"""
import datetime
import os
import resource
import smtplib
import sqlite3
import sys
import tempfile
import time
from email.message import EmailMessage

import icalendar


def invitation(n):
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//kommun//paminnelse//SV")
    calendar.add("version", "2.0")
    calendar.add("method", "REQUEST")
    event = icalendar.Event()
    event.add("uid", "granskning-%d@kommun.example" % n)
    event.add("dtstamp", datetime.datetime(2027, 1, 11, 7, 0, tzinfo=datetime.timezone.utc))
    event.add("dtstart", datetime.datetime(2027, 3, 15, 9, 0))
    event.add("dtend", datetime.datetime(2027, 3, 15, 10, 0))
    event.add("summary", "Granska rutin %d" % n)
    event.add("organizer", "mailto:granskning@kommun.example")
    event.add("attendee", "mailto:chef%d@kommun.example" % n)
    calendar.add_component(event)
    return calendar.to_ical().decode()


def letter(n):
    mail = EmailMessage()
    mail["From"] = "granskning@kommun.example"
    mail["To"] = "chef%d@kommun.example" % n
    mail["Subject"] = "Granskning: rutin %d" % n
    mail["Message-ID"] = "<granskning-%d@kommun.example>" % n
    words = "Hej!\nDu behöver granska rutin %d senast den 5 mars 2027.\n" % n + "Svara på mejlet.\n" * 60
    mail.set_content(words)
    mail.add_alternative("<p>" + words.replace("\n", "<br>\n") + "</p>", subtype="html")
    mail.add_alternative(invitation(n), subtype="calendar", params={"method": "REQUEST"})
    return mail


def main():
    if sys.argv[1:] == ["--version"]:
        print("Python %s, icalendar %s" % (sys.version.split()[0], getattr(icalendar, "__version__", "?")))
        return
    port, letters = int(sys.argv[1]), int(sys.argv[2])
    with tempfile.TemporaryDirectory(dir=os.getcwd()) as folder:
        base = sqlite3.connect(folder + "/due.db")
        base.execute("CREATE TABLE due (id INTEGER PRIMARY KEY, sent TEXT)")
        base.executemany("INSERT INTO due (id) VALUES (?)", ((n,) for n in range(letters)))
        base.commit()
        begun = time.perf_counter()
        with smtplib.SMTP("127.0.0.1", port) as server:
            for (n,) in base.execute("SELECT id FROM due WHERE sent IS NULL").fetchall():
                server.send_message(letter(n))
                base.execute("UPDATE due SET sent = datetime('now') WHERE id = ?", (n,))
                base.commit()
        took = time.perf_counter() - begun
    print(letters, 0, "%.6f" % took, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)


main()
