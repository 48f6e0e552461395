#!/usr/bin/python3
# SPDX-License-Identifier: EUPL-1.2
"""What people answer: answers.py SENT MAILDIR [MANY]

For every invitation in the Maildir SENT one answer from whom it went to, into the new
mail of MAILDIR, MANY in all (else one each): four of ten in plain text above the whole
letter, three the same as text and HTML, three the calendar's own.
"""
import base64
import email
import email.policy
import os
import quopri
import sys

HOPS = "".join(
    "Received: from mx%d.tallvinge.example (mx%d.tallvinge.example [192.0.2.%d])\r\n"
    "\tby mail%d.tallvinge.example (Postfix) with ESMTPS id 4Vx00000%d\r\n"
    "\tfor <oversyn@tallvinge.example>; Tue, 02 Feb 2027 09:00:0%d +0100 (CET)\r\n" % ((n,) * 6)
    for n in range(1, 4))
SIGNED = ("DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=example.net; s=sel1;\r\n"
          "\th=from:to:subject:date:message-id:in-reply-to; bh=%s;\r\n\tb=%s\r\n" % (
              base64.b64encode(b"h" * 32).decode(),
              "\r\n\t ".join([base64.b64encode(b"s" * 48).decode()] * 5)))
REPLY = """BEGIN:VCALENDAR
PRODID:-//Example//Mail 1.0//EN
VERSION:2.0
METHOD:REPLY
BEGIN:VEVENT
UID:{uid}
SEQUENCE:{sequence}
DTSTAMP:20270202T080000Z
{start}
{end}
SUMMARY:Godkänt
ORGANIZER:mailto:oversyn@tallvinge.example
ATTENDEE;PARTSTAT={partstat}:mailto:{who}
END:VEVENT
END:VCALENDAR
"""


def encoded(text):
    return crlf(quopri.encodestring(text.replace("\r\n", "\n").encode()).decode())


def crlf(text):
    return text.replace("\r\n", "\n").replace("\n", "\r\n")


def line(calendar, name):
    for text in calendar.replace("\r\n ", "").splitlines():
        if text.startswith(name):
            return text
    return name + ":"


class Sent:
    """An invitation, as whom it went to sees it."""

    def __init__(self, path):
        with open(path, "rb") as file:
            mail = email.message_from_binary_file(file, policy=email.policy.default)
        self.who = mail["To"].addresses[0].addr_spec
        self.answer_to = (mail["Reply-To"] or mail["From"]).addresses[0].addr_spec
        self.id = mail["Message-ID"].strip()
        self.subject = "SV: granskning"
        self.text = crlf(mail.get_body(("plain",)).get_content())
        self.calendar = None
        for part in mail.walk():
            if part.get_content_type() == "text/calendar":
                self.calendar = part.get_content()


def head(sent, n):
    return (
        "Return-Path: <%s>\r\n"
        "Authentication-Results: mx.tallvinge.example; dmarc=pass header.from=%s\r\n"
        % (sent.who, sent.who.split("@")[1])
        + HOPS + SIGNED
        + "From: %s\r\nTo: %s\r\nSubject: %s\r\nDate: Tue, 02 Feb 2027 09:00:00 +0100\r\n"
        "Message-ID: <svar%d@tallvinge.example>\r\nIn-Reply-To: %s\r\nReferences: %s\r\n"
        "MIME-Version: 1.0\r\n" % (sent.who, sent.answer_to, sent.subject, n, sent.id, sent.id))


def words(sent):
    quoted = "\r\n".join("> " + text for text in sent.text.split("\r\n"))
    return "GODKÄNNS\r\n\r\nMvh\r\nEnhetschefen\r\n\r\nDen tis 2 feb. 2027 kl 09:14 skrev Översyn <oversyn@tallvinge.example>:\r\n" + quoted + "\r\n"


def plain(sent):
    return ("Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable"
            "\r\n\r\n" + encoded(words(sent)))


def part(boundary, kind, text, encoding="quoted-printable"):
    body = encoded(text) if encoding != "base64" else crlf(base64.encodebytes(text.encode()).decode())
    return ("--%s\r\nContent-Type: %s\r\nContent-Transfer-Encoding: %s\r\n\r\n%s\r\n"
            % (boundary, kind, encoding, body))


def html(text):
    return ("<html><head><meta charset=\"utf-8\"></head><body><div>"
            + text.replace("&", "&amp;").replace("<", "&lt;").replace("\r\n", "<br>\r\n") + "</div></body></html>")


def both(sent, calendar=None):
    boundary = "=_svar"
    said = words(sent) if not calendar else "Godkänt: " + sent.subject + "\r\n"
    return ("Content-Type: multipart/alternative; boundary=\"%s\"\r\n\r\n" % boundary
            + part(boundary, "text/plain; charset=utf-8", said)
            + part(boundary, "text/html; charset=utf-8", html(said))
            + (part(boundary, "text/calendar; charset=utf-8; method=REPLY", calendar, "base64")
               if calendar else "")
            + "--%s--\r\n" % boundary)


def calendar_reply(sent, n):
    return crlf(REPLY.format(
        uid=line(sent.calendar, "UID")[4:], sequence=line(sent.calendar, "SEQUENCE")[9:] or "0",
        start=line(sent.calendar, "DTSTART"), end=line(sent.calendar, "DTEND"), who=sent.who,
        partstat=("ACCEPTED", "TENTATIVE")[n % 2]))


def answer(sent, n):
    kind = n % 10
    if kind >= 7 and sent.calendar:
        return head(sent, n) + both(sent, calendar_reply(sent, n))
    return head(sent, n) + (plain(sent) if kind < 4 else both(sent))


def file_name(n):
    """As a delivery agent names a mail, with a fraction of a second and a process that differ: Dovecot
    hashes names, and of ten thousand that count up in step half came to lie in one place."""
    return "%d.M%06dP%d.bench" % (1800000000 + n, n * 618033 % 1000000, 1000 + n)


def write(sent_in, maildir, many=0):
    """How many there are."""
    for name in ("new", "cur", "tmp"):
        os.makedirs(os.path.join(maildir, name), exist_ok=True)
    sent = []
    for name in sorted(os.listdir(sent_in)):
        one = Sent(os.path.join(sent_in, name))
        if one.calendar:
            sent.append(one)
    for n in range(many or len(sent)):
        with open("%s/new/%s" % (maildir, file_name(n)), "wb") as file:
            file.write(answer(sent[n % len(sent)], n).encode())
    return many or len(sent)


if __name__ == "__main__":
    print(write(sys.argv[1], sys.argv[2], *(int(n) for n in sys.argv[3:])))
