#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""A person's calendar, as RFC 5546 tells a receiver to keep it: an oracle for what we send.

events.py DIR ADDRESS REF…   the events of letters REF… after all mail to ADDRESS below DIR
    prints a line per event: UID-IS-ONE METHOD-TRAIL SEQUENCES DAY TIME STATUS PARTSTAT
events.py DIR ADDRESS REF text   what the event says, on one line
events.py DIR ADDRESS REF into=FOLDER   writes each object that came there, in order
Exits 1 with a reason where a calendar would be left wrong: a METHOD that is not the header's,
a UID that changes, a SEQUENCE or a DTSTAMP that goes back, an attendee who is somebody else, a
new time without a new SEQUENCE, a cancelled event that nothing had asked for.
"""
import email
import email.policy
import pathlib
import re
import sys


def unfold(text):
    return re.sub(r"\r?\n[ \t]", "", text).splitlines()


def read(part):
    """One object: METHOD and the properties of its only VEVENT (RFC 5545 3.1)."""
    text = part.get_payload(decode=True).decode()
    if any(len(line.encode()) > 75 for line in text.split("\r\n")):
        raise SystemExit("a line of more than 75 octets")
    if text.count("BEGIN:VEVENT") != 1 or text.count("METHOD:") != 1:
        raise SystemExit("not one event and one METHOD")
    inside, stack, found = False, [], {}
    for line in unfold(text):
        name, _, value = line.partition(":")
        name, *params = re.split(r';(?=(?:[^"]*"[^"]*")*[^"]*$)', re.match(r'(?:"[^"]*"|[^:"])*', line).group(0))
        value = line[len(";".join([name, *params])) + 1:]
        if name == "BEGIN":
            stack.append(value)
        elif name == "END":
            stack.pop()
        elif name == "METHOD" and stack == ["VCALENDAR"]:
            found["METHOD"] = value
        elif stack == ["VCALENDAR", "VEVENT"]:
            found[name] = value
            if name == "ATTENDEE":
                found["PARTSTAT"] = dict(p.split("=", 1) for p in params)["PARTSTAT"]
    header = dict(part.get_params())["method"]
    if header != found["METHOD"]:
        raise SystemExit(f"METHOD {found['METHOD']} in a part of {header}")
    return found


def mails(folder, address, ref):
    found = []
    for path in pathlib.Path(folder).rglob("*"):
        if not path.is_file() or not {"new", "cur"} & set(path.parts):
            continue
        mail = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        if f"[{ref}]" in str(mail["Subject"]) and mail["To"].addresses[0].addr_spec == address:
            nth = int(str(mail["Message-ID"])[1:].split(".")[1].split("@")[0])
            found.append((mail["Date"].datetime, nth, mail))
    return [m for _, _, m in sorted(found, key=lambda x: x[:2])]


def take(event, new):
    """RFC 5546 2.1.4, 2.1.5, 3.2.2, 3.2.5: what is older than what we have is dropped."""
    if event is None:
        if new["METHOD"] == "CANCEL":
            raise SystemExit("a CANCEL of what was never asked for")
        return new
    order = (int(new["SEQUENCE"]), new["DTSTAMP"]), (int(event["SEQUENCE"]), event["DTSTAMP"])
    if new["UID"] != event["UID"]:
        raise SystemExit("a second event for one letter")
    if order[0] < order[1] or new["DTSTAMP"] < event["DTSTAMP"]:
        raise SystemExit(f"older than what the calendar has: {order}")
    same_time = all(new[k] == event[k] for k in ("DTSTART", "DTEND"))
    again = event["STATUS"] == "CANCELLED" or new["METHOD"] == "CANCEL"
    if (not same_time or again) and int(new["SEQUENCE"]) <= int(event["SEQUENCE"]):
        raise SystemExit("a new time or state with an old SEQUENCE")
    if new["METHOD"] == "CANCEL" and (not same_time or new["STATUS"] != "CANCELLED"):
        raise SystemExit("a CANCEL that is not of what stands")
    if new["METHOD"] == "REQUEST" and not same_time and new["PARTSTAT"] != "NEEDS-ACTION":
        raise SystemExit("an answer to the old time is taken for one to the new")
    return new


def objects(folder, address, ref):
    for mail in mails(folder, address, ref):
        for part in mail.walk():
            if part.get_content_type() == "text/calendar":
                yield part


def main(folder, address, *refs):
    said = refs and refs[-1] == "text"
    if refs[-1].startswith("into="):
        for n, part in enumerate(objects(folder, address, refs[0])):
            pathlib.Path(refs[-1][5:], f"{n:03}.ics").write_bytes(part.get_payload(decode=True))
        return
    for ref in refs[:-1] if said else refs:
        event, trail, sequences = None, [], []
        for part in objects(folder, address, ref):
            new = read(part)
            if new["ATTENDEE"].lower() != f"mailto:{address}":
                raise SystemExit(f"{new['ATTENDEE']} in a mail to {address}")
            event = take(event, new)
            trail.append(new["METHOD"])
            sequences.append(new["SEQUENCE"])
        if said and event:
            print(event.get("DESCRIPTION", "").replace("\\n", " ").replace("\\,", ","))
        elif event:
            print(ref, ",".join(trail), ",".join(sequences), event["DTSTART"], event["STATUS"],
                  event["PARTSTAT"], event["SUMMARY"].replace("\\,", ","))
        else:
            print(ref, "none")


if __name__ == "__main__":
    main(*sys.argv[1:])
