# SPDX-License-Identifier: EUPL-1.2
"""Reads the sample letter in the folder given and says, in TAP, whether it
holds what it was made of."""
import email
import email.policy
import pathlib
import sys

try:
    import icalendar
except ImportError:
    icalendar = None

folder = pathlib.Path(sys.argv[1])
n = 0


def ok(good, what, got=None):
    global n
    n += 1
    print(f"{'ok' if good else 'not ok'} {n} - {what}")
    if not good and got is not None:
        print(f"# got {got!r}")


def skip(what, why):
    global n
    n += 1
    print(f"ok {n} - {what} # SKIP {why}")


def value(name):
    return (folder / name).read_bytes()


def message(name):
    return email.message_from_bytes(value(name), policy=email.policy.default)


def shape(part):
    if part.is_multipart():
        return [part.get_content_type()] + [shape(p) for p in part.iter_parts()]
    return part.get_content_type()


raw = value("letter")
ok(max(raw) < 128, "the letter is 7-bit")
ok(max(map(len, raw.split(b"\r\n"))) <= 76, "no line is longer than 76")
ok(raw.count(b"\n") == raw.count(b"\r\n") == raw.count(b"\r"), "line ends are CRLF")

m = message("letter")
defects = [d for p in m.walk() for d in p.defects]
defects += [d for p in m.walk() for h in p.values() for d in h.defects]
ok(not defects, "the parser finds no defect", defects)
want = ["multipart/mixed",
        ["multipart/alternative", "text/plain", "text/html", "text/calendar"],
        "application/ics"]
ok(shape(m) == want, "alternative first, calendar last in it, then the file", shape(m))
ok(m["Subject"] == value("subject").decode(), "the subject comes back", m["Subject"])
to = m["To"].addresses
ok(len(to) == 1 and to[0].addr_spec == "asa.oberg@tallvinge.example"
   and to[0].display_name == 'Åsa "Chefen" Öberg', "so does the recipient", to)
sender = m["From"].addresses
ok(len(sender) == 1 and sender[0].addr_spec == "granskning@tallvinge.example"
   and sender[0].display_name == "Tallvinge kommun", "and the sender", sender)
ok(m["Date"].datetime.isoformat() == "2027-01-11T08:00:00+01:00", "and the date", m["Date"])

leaves = [p for p in m.walk() if not p.is_multipart()]


def decoded(part):
    return part.get_payload(decode=True)


for part, name in zip(leaves, ["text", "html"]):
    got = decoded(part).replace(b"\r\n", b"\n")
    ok(got == value(name) and part.get_content_charset() == "utf-8", f"the {name} comes back", got)
calendar, attached = leaves[2], leaves[3]
ok(decoded(calendar) == value("calendar"), "the calendar comes back byte for byte")
ok(decoded(attached) == value("calendar"), "the attached file is the same")
params = dict(calendar["Content-Type"].params)
ok(params == {"charset": "utf-8", "method": "REQUEST", "component": "VEVENT"},
   "the calendar part says what it is", params)
ok(calendar["Content-Disposition"] is None and "base64" == calendar["Content-Transfer-Encoding"],
   "it is no attachment and in base64")
ok(attached.get_filename() == "invite.ics" and attached.is_attachment(), "the file has a name")

if icalendar is None:
    skip("the invitation is read by icalendar", "no python3-icalendar here")
    skip("the cancellation is read by icalendar", "no python3-icalendar here")
else:
    def event(name):
        part = [p for p in message(name).walk() if p.get_content_type() == "text/calendar"][0]
        cal = icalendar.Calendar.from_ical(decoded(part))
        (one,) = cal.walk("VEVENT")
        return cal, one

    cal, e = event("letter")
    got = (cal["METHOD"], e["UID"], e["SEQUENCE"], e["STATUS"], str(e["SUMMARY"]),
           str(e["DESCRIPTION"]), str(e["ORGANIZER"]), str(e["ATTENDEE"]),
           e["ATTENDEE"].params["CN"], e["DTSTART"].dt.isoformat(), e["DTEND"].dt.isoformat(),
           len(cal.walk("VALARM")))
    ok(got == ("REQUEST", "gr-7f3a9c52e1b84d0f@tallvinge.example", 1, "CONFIRMED",
               "Granska: förteckningen, socialnämnden; senast 15 mars",
               "Svara på mejlet, inte här.\nAtt tacka ja är inget godkännande.",
               "mailto:granskning@tallvinge.example", "mailto:asa.oberg@tallvinge.example",
               "Åsa Öberg", "2027-03-15T09:00:00+01:00", "2027-03-15T10:00:00+01:00", 1),
       "the invitation is read by icalendar", got)
    cal, e = event("cancel")
    got = (cal["METHOD"], e["STATUS"], e["UID"], len(cal.walk("VALARM")))
    ok(got == ("CANCEL", "CANCELLED", "gr-7f3a9c52e1b84d0f@tallvinge.example", 0),
       "the cancellation is read by icalendar", got)

raw = value("files")
ok(max(raw) < 128 and max(map(len, raw.split(b"\r\n"))) <= 76, "files leave the letter 7-bit and narrow")
m = message("files")
want = ["multipart/mixed", ["multipart/alternative", "text/plain", "text/html"], "text/csv", "text/csv"]
ok(shape(m) == want, "files come after the texts", shape(m))
files = list(m.iter_attachments())
got = [f.get_filename() for f in files]
ok(got == ["forteckning-F01.csv", "forteckning-F10.csv"], "each has its name", got)
ok(all(f.get_payload(decode=True) == value("file") for f in files), "their bytes come back")

print(f"1..{n}")
