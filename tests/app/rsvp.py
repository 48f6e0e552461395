#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""Answers to an invitation as calendar programs mail them, and what we sent.

rsvp.py event FILE            METHOD UID SEQUENCE DTSTART DTEND PARTSTAT ATTENDEE of a letter's calendar
rsvp.py text FILE             its text/plain
rsvp.py calendar FILE         its calendar object, as it is
rsvp.py latest DIR WORD       the newest mail below DIR whose subject has the word, by Date
rsvp.py newest DIR ADDRESS    subject and text of the newest mail to the address below DIR, by Date
rsvp.py answer LAYOUT OUT KEY=VALUE…
    writes the mail of tests/cases/mail/layouts/LAYOUT.eml about another event: uid, seq,
    partstat, attendee, stamp, start, method, comment, sent_by, delegated_to; from, to,
    references, id of the mail; text of its body; cut=1 leaves the calendar without its end
"""
import base64
import email
import email.policy
import os
import pathlib
import quopri
import re
import sys

LAYOUTS = pathlib.Path(os.environ["top_srcdir"]) / "tests/cases/mail/layouts"


def open_mail(path):
    return email.message_from_bytes(pathlib.Path(path).read_bytes(), policy=email.policy.default)


def lines(calendar):
    return re.sub(r"\r?\n[ \t]", "", calendar).splitlines()


def event(path):
    parts = [p for p in open_mail(path).walk() if p.get_content_type() == "text/calendar"]
    if len(parts) != 1:
        return "none"
    text = parts[0].get_payload(decode=True).decode()
    inside = text[text.index("BEGIN:VEVENT"):text.index("END:VEVENT")]
    inside = re.sub(r"BEGIN:VALARM.*?END:VALARM", "", inside, flags=re.S)
    found = {}
    for line in lines(inside):
        name, _, value = line.partition(":")
        found.setdefault(name.split(";")[0], (name, value))
    method = [x for x in lines(text) if x.startswith("METHOD:")]
    header = re.search(r'method="?(\w+)', parts[0]["Content-Type"], re.I)
    assert len(method) == 1 and header and method[0] == "METHOD:" + header.group(1), method
    attendee = found["ATTENDEE"]
    return " ".join([method[0][7:], found["UID"][1], found["SEQUENCE"][1],
                     found["DTSTART"][1], found["DTEND"][1],
                     re.search(r"PARTSTAT=([A-Z-]+)", attendee[0]).group(1),
                     re.sub("(?i)mailto:", "", attendee[1])])


def text(path):
    return open_mail(path).get_body(("plain",)).get_content()


def calendar(path):
    parts = [p for p in open_mail(path).walk() if p.get_content_type() in ("text/calendar", "application/ics")]
    return parts[0].get_payload(decode=True).decode()


def latest(folder, word):
    found = []
    for path in sorted(pathlib.Path(folder).rglob("*")):
        if path.is_file() and "/new/" in str(path):
            mail = open_mail(path)
            if word in str(mail["Subject"]):
                found.append((mail["Date"].datetime, mail["Message-ID"], str(path)))
    return max(found)[2] if found else "none"


def newest(folder, address):
    found = []
    for path in pathlib.Path(folder).rglob("*"):
        if path.is_file():
            mail = open_mail(path)
            if mail["To"].addresses[0].addr_spec == address:
                found.append((mail["Date"].datetime, str(mail["Message-ID"]), mail))
    mail = max(found, key=lambda x: x[:2])[2]
    return f"Subject: {mail['Subject']}\n{mail.get_body(('plain',)).get_content()}"


def change(calendar, v):
    def put(name, value):
        nonlocal calendar
        calendar = re.sub(rf"(?m)^{name}[;:].*$", lambda m: f"{name}:{value}", calendar)

    put("UID", v["uid"])
    put("SEQUENCE", v.get("seq", "0"))
    if "stamp" in v:
        put("DTSTAMP", v["stamp"])
    if "method" in v:
        put("METHOD", v["method"])
    params = ";PARTSTAT=" + v.get("partstat", "ACCEPTED")
    if "sent_by" in v:
        params += f';SENT-BY="mailto:{v["sent_by"]}"'
    if "delegated_to" in v:
        params += f';DELEGATED-TO="mailto:{v["delegated_to"]}"'
    who = f"ATTENDEE{params}:MAILTO:{v['attendee']}"
    calendar = re.sub(r"(?m)^ATTENDEE[;:].*$", lambda m: who, calendar)
    extra = "COMMENT:" + v["comment"] + "\n" if "comment" in v else ""
    if "start" in v:
        calendar = re.sub(r"(?m)^DT(START|END)[;:].*\n", "", calendar)
        hour = int(v["start"][9:11]) + 1
        zone = v.get("zone", "W. Europe Standard Time")
        extra += f"DTSTART;TZID={zone}:{v['start']}\n"
        extra += f"DTEND;TZID={zone}:{v['start'][:9]}{hour:02}{v['start'][11:]}\n"
    calendar = calendar.replace("END:VEVENT", extra + "END:VEVENT")
    if "cut" in v:
        calendar = calendar[:calendar.index("END:VEVENT")]
    return calendar


def encode(data, how):
    if how == "base64":
        return base64.encodebytes(data).decode()
    if how == "quoted-printable":
        return quopri.encodestring(data).decode()
    return data.decode()


def answer(layout, out, values):
    v = dict(x.split("=", 1) for x in values)
    mail = email.message_from_bytes((LAYOUTS / f"{layout}.eml").read_bytes())
    for part in mail.walk():
        kind = part.get_content_type()
        how = str(part.get("Content-Transfer-Encoding", "8bit")).lower()
        if kind in ("text/calendar", "application/ics"):
            old = part.get_payload(decode=True).decode().replace("\r\n", "\n")
            part.set_payload(encode(change(old, v).replace("\n", "\r\n" if how == "base64" else "\n").encode(), how))
            if "method" in v and part.get_param("method"):
                part.set_param("method", v["method"])
        elif kind == "text/plain" and "text" in v:
            del part["Content-Transfer-Encoding"]
            del part["Content-Type"]
            part["Content-Type"] = "text/plain; charset=utf-8"
            part.set_payload(v["text"] + "\n")
    for name, key in (("From", "from"), ("To", "to"), ("References", "references"), ("Message-ID", "id")):
        if key in v:
            del mail[name]
            mail[name] = v[key]
    if mail["Reply-To"]:
        mail.replace_header("Reply-To", v["attendee"])
    raw = mail.as_string(policy=email.policy.compat32.clone(max_line_length=0))
    pathlib.Path(out).write_bytes(raw.encode())


if __name__ == "__main__":
    verb, args = sys.argv[1], sys.argv[2:]
    if verb == "answer":
        answer(args[0], args[1], args[2:])
    else:
        print({"event": event, "text": text, "calendar": calendar, "latest": latest, "newest": newest}[verb](*args))
