#!/usr/bin/python3
# SPDX-License-Identifier: EUPL-1.2
"""How many instructions a letter and an answer cost, and where: run-profile.py BUILD SOURCE

By callgrind, which is exact and does not mind a busy machine. Each program is run with
some of the work and with twice as much; what is counted is the difference, so that what
starting costs drops out. Writes between the marks of docs/growth.md.
"""
import collections
import os
import re
import shutil
import sys
import tempfile

import growth_page
import yard
from yard import quiet, run

LIBRARIES = (  # how a file's name begins, what it does for us
    ("libsqlite3", "SQLite"), ("libmd4c", "Markdown, by md4c"), ("libgnutls", "digests, by GnuTLS"),
    ("libnettle", "digests, by GnuTLS"), ("libgmime", "MIME, by GMime"), ("libglib", "MIME, by GMime"),
    ("libgobject", "MIME, by GMime"), ("libical", "calendars, by libical"), ("libicu", "calendars, by libical"),
    ("libxml2", "HTML, by libxml2"), ("libc.", None), ("libm.", None), ("ld-linux", None),
)


class Counts:
    """A callgrind file: the instructions of each place, and of what it asks of the C library."""

    def __init__(self, path):
        self.names = {}
        self.by = collections.Counter()
        binary, file, callee, function, called = "", "", None, "", False
        with open(path) as lines:
            for line in lines:
                key, _, rest = line.rstrip("\n").partition("=")
                if key == "ob":
                    binary = self.name("ob", rest)
                elif key in ("fl", "fi", "fe"):
                    file = self.name("fl", rest)
                elif key in ("cfi", "cfl"):
                    self.name("fl", rest)
                elif key == "cob":
                    callee = self.name("ob", rest)
                elif key in ("fn", "cfn"):
                    function = self.name("fn", rest)
                elif key == "calls":
                    called = True
                elif re.match(r"[+\-*\d]", line):
                    where = place(binary, file)
                    asks = called and callee and place(callee, "") is None and not function.startswith("__libc_start")
                    if where and (asks or not called):
                        self.by[where] += int(line.split()[1])
                    called, callee = False, None

    def name(self, kind, text):
        number, name = re.match(r"\((\d+)\)(?: (.*))?", text).groups()
        if name:
            self.names[kind, number] = name
        return self.names.get((kind, number), "")


def place(binary, file):
    """None: the C library, whose work is its caller's."""
    name = os.path.basename(binary)
    for start, what in LIBRARIES:
        if name.startswith(start):
            return what
    ours = re.search(r"src/(\w+)/([\w-]+)\.[ch]$", file)
    return "our src/" + ours.group(1) if ours else "the rest"


class Profile(yard.Yard):
    def count(self, name, *words):
        out = self.file("callgrind." + name)
        run(["valgrind", "-q", "--tool=callgrind", "--callgrind-out-file=" + out, self.part(name)] + list(words))
        return Counts(out).by

    def letters(self, n):
        folder = self.file("letters")
        shutil.rmtree(folder, ignore_errors=True)
        os.mkdir(folder)
        return n, self.count("bench-outbound", folder, n)

    def town(self, people):
        """A town, its answers in a Maildir, and a configuration that reads that."""
        base, mails = self.make_town(people)
        config = self.file("profile.conf")
        with open(config, "w") as file:
            file.write('in {\n\tmaildir = "%s"\n}\nout {\n\tmaildir = "%s"\n}\n'
                       'trust {\n\tauthserv_id = "mx.tallvinge.example"\n}\n' % (mails, self.file("profile-out")))
        return base, mails, config, len(os.listdir(mails + "/new"))

    def keeper(self, people):
        base, mails, config, n = self.town(people)
        counts = self.count("bench-ingest", config, base, yard.NOW, n)
        shutil.rmtree(mails)
        return n, counts

    def reader(self, people):
        _, mails, _, n = self.town(people)
        counts = self.count("bench-read", mails, n)
        shutil.rmtree(mails)
        return n, counts


def each(work, size):
    (few, less), (many, more) = work(size), work(2 * size)
    return {where: (more[where] - less[where]) / (many - few) for where in more}


def tell(found):
    out = ["Instructions, by callgrind (%s): the difference between so many and twice as many, so that "
           "starting is left out. It knows none of the processor's own instructions for digests, which "
           "count for more here than they take. What the C library does is counted to who asks it." % quiet(["valgrind", "--version"]), "",
           "| of | instructions | most of it |", "|---|---|---|"]
    for what, counts in found:
        total = sum(counts.values())
        most = sorted(counts.items(), key=lambda pair: -pair[1])[:5]
        out.append("| %s | %s | %s |" % (what, "{:,.0f}".format(total), " · ".join(
            ("**%s** %.0f %%" if at < 3 else "%s %.0f %%") % (where, 100 * n / total)
            for at, (where, n) in enumerate(most))))
    return out


def main():
    build, source = sys.argv[1:3]
    if not quiet(["valgrind", "--version"]):
        sys.exit("valgrind is not here: nothing is counted")
    with tempfile.TemporaryDirectory(dir=build) as folder:
        profile = Profile(build, source, folder)
        lines = tell((
            ("a letter, until it is in the outbox", each(profile.letters, 1000)),
            ("an answer in the keeper: kept, understood, applied, answered", each(profile.keeper, 150)),
            ("an answer in the reader, where it is read twice", each(profile.reader, 150)),
        ))
    growth_page.put(source + "/docs", "profile", lines)
    print("\n".join(lines))


main()
