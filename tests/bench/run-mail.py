#!/usr/bin/python3
# SPDX-License-Identifier: EUPL-1.2
"""Mail out and in, measured beside peers that do the same: run-mail.py BUILD SOURCE [SET…]

Sets: outbound submit fetch ingest invite; all of them in under two minutes. Five
rounds, in each of which everybody has their turn, so that a busy machine is as bad for
one as for the other; ratios are medians of the rounds' own. Prints and adds to
tests/bench/results.csv; fails when a target is missed.
"""
import os
import platform
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time

import answers
import yard
from yard import Absent, quiet, run

ROUNDS = 5
PYTHON = "/usr/bin/python3"
FIELDS = ("date", "commit", "machine", "set", "ours_per_s", "peer", "version", "peer_per_s", "ratio",
          "target", "met")


class Contest:
    """One thing done by us and by others."""

    def __init__(self, name, ours, before=None):
        self.name, self.ours, self.before = name, ours, before
        self.peers = []  # name, version, command, target
        self.rates = {}
        self.memory = 0

    def peer(self, name, version, command, target):
        self.peers.append((name, version, command, target))

    def turn(self, name, command):
        n, _, seconds, memory = (command() if callable(command) else run(command)).split()[:4]
        self.rates.setdefault(name, []).append(int(n) / float(seconds))
        if name == "oversyn":
            self.memory = max(self.memory, int(memory))

    def round(self):
        if self.before:
            self.before()
        for name, _, command, _ in self.peers:
            self.turn(name, command)
        self.turn("oversyn", self.ours)

    def results(self):
        mine = self.rates["oversyn"]
        for name, version, _, target in self.peers:
            theirs = self.rates[name]
            ratio = statistics.median(a / b for a, b in zip(mine, theirs))
            yield {"set": self.name, "ours_per_s": "%.0f" % statistics.median(mine), "peer": name,
                   "version": version, "peer_per_s": "%.0f" % statistics.median(theirs),
                   "ratio": "%.2f" % ratio, "target": "%.2f" % target, "met": "yes" if ratio >= target else "no"}


class Bench(yard.Yard):
    def __init__(self, build, source, folder):
        super().__init__(build, source, folder)
        self.node = build + "/tests/bench/node/node_modules"
        self.wrong = []

    def javascript(self, name, *words):
        """What runs it, and its version; or None where it is not installed."""
        command = ["env", "NODE_PATH=" + self.node, "node", self.script(name)]
        version = quiet(command + ["--version"])
        if not version:
            print("%s cannot run (node or its modules are not here): ./autogen.sh bench installs them" % name)
            return None, None
        return command + list(words), version

    # ---- the sets ----

    def submit(self):
        smtp_source = "/usr/sbin/smtp-source"
        plain, slow = self.sink(0), self.sink(5000)
        certificate = self.certificate()
        for name, port, ca, n, size, lines in (
                ("submit 6 KB", plain, "-", 4000, 6000, 4), ("submit 14 KB", plain, "-", 2000, 14000, 4),
                ("submit TLS", self.sink(0, *certificate[1:]), certificate[0], 2000, 6000, 4),
                ("submit 5 ms", slow, "-", 400, 6000, 4)):
            words = [port, ca, n, size, lines]
            one = Contest(name, [self.part("bench-submit")] + words)
            one.peer("raw client", "of this repository", [self.part("raw-smtp")] + words, 0.75)
            if name == "submit 6 KB":
                command, version = self.javascript("peer-nodemailer.js", port, "1000", "6000", "4")
                if command:
                    one.peer("nodemailer", version, command, 8.0)
                if os.access(smtp_source, os.X_OK):
                    one.peer("smtp-source", postfix(), lambda: smtp_source_turn(smtp_source, port, 2000, 6000), 1.0)
            yield one

    def certificate(self):
        folder = self.file("tls")
        os.makedirs(folder, exist_ok=True)
        run(["sh", self.source + "/tests/net/certificates.sh", folder])
        return folder + "/ca.pem", folder + "/server.pem", folder + "/server.key"

    def outbound(self):
        letters = 4000
        if not os.access(self.part("bench-outbound"), os.X_OK):
            raise Absent("bench-outbound is not built")
        port, folder = self.postfix_sink(), self.file("due")
        command = [self.part("bench-outbound"), folder, letters, port]

        def afresh():
            shutil.rmtree(folder, ignore_errors=True)
            os.mkdir(folder)
        afresh()
        run([self.part("bench-outbound"), folder, 100])
        size = letter_size(folder + "/outbound.db")

        def ours():
            n, written, accepted, memory = run(command).split()
            return "%s 0 %.6f %s" % (n, float(written) + float(accepted), memory)
        one = Contest("outbound durable", ours, afresh)
        one.peer("raw client", "of this repository", [self.part("raw-smtp"), port, "-", letters, size, 4], 0.67)
        if os.access("/usr/sbin/smtp-source", os.X_OK):
            one.peer("smtp-source", postfix(), lambda: smtp_source_turn("/usr/sbin/smtp-source", port, letters, size),
                     1.0)
        script = [PYTHON, self.script("peer-script.py")]
        version = quiet(script + ["--version"])
        if version:
            one.peer("sqlite3+smtplib script", version,
                     lambda: run(script + [port, 100], cwd=self.folder), 25.0)
        yield one
        afresh()
        self.count_syncs(folder, port)

    def count_syncs(self, folder, port):
        letters = 10000
        command = [self.part("bench-outbound"), folder, letters, port]
        trace = self.file("trace")
        if quiet(["strace", "-f", "--seccomp-bpf", "-c", "-o", trace, "-e", "trace=fsync,fdatasync,sync_file_range",
                  *map(str, command)]) is None:
            print("strace is not here: fsyncs are not counted")
            return
        with open(trace) as lines:
            found = [line.split() for line in lines]
        calls = sum(int(words[3]) for words in found if words and words[-1] in ("fsync", "fdatasync"))
        print("outbound: %d fsyncs for %d letters (at most 300)" % (calls, letters))
        if calls > 300:
            self.wrong.append("fsyncs")

    def fetch(self):
        mails = 10000
        env = self.dovecot("fetch")
        for name in ("new", "cur", "tmp"):
            os.makedirs(os.path.join(env["MAILDIR"], name), exist_ok=True)
        for n in range(mails):
            with open("%s/new/%s" % (env["MAILDIR"], answers.file_name(n)), "w", newline="") as file:
                file.write("From: a@kund.example\r\nSubject: %d\r\n\r\n" % n
                           + "En rad som de flesta i ett brev, varken lang eller kort.\r\n" * (60 + n * 7 % 120))
        self.own(env)
        words = [env["IMAP_PORT"], env["USER"], env["PASSWORD"], str(mails)]
        run([self.part("raw-imap")] + words)  # Dovecot's index is made
        one = Contest("IMAP fetch", [self.part("bench-fetch")] + words)
        one.peer("raw client", "of this repository", [self.part("raw-imap")] + words, 0.8)
        command, version = self.javascript("peer-imapflow.js", *words)
        if command:
            one.peer("imapflow", version, command, 1.5)
        yield one
        with open(env["MAILDIR"] + "/new/1900000000.M1.bench", "wb") as file:
            file.write(b"Subject: stor\r\n\r\n")
            for _ in range(1100):
                file.write(b"En rad.\r\n" * 11000)
        self.own(env)
        memory = int(run([self.part("bench-fetch")] + words[:3] + [str(mails + 1)]).split()[3])
        print("fetch: %.1f MiB with %d mails, %.1f MiB with one of 100 MB beside them (at most 16)" % (
            one.memory / 1024, mails, memory / 1024))
        if max(memory, one.memory) > 16 * 1024:
            self.wrong.append("memory of fetch")

    def ingest(self):
        people = 1000
        env = self.dovecot("ingest")
        base, mails = self.make_town(people)
        config = self.ingest_config(env)
        copy = self.file("ingest.db")
        n = len(os.listdir(mails + "/new"))

        def before():
            yard.put_back(base, copy)
            self.deliver(env, mails)

        def ours():
            kept, _, seconds, memory = run([self.part("bench-ingest"), config, copy, yard.NOW, n]).split()
            return " ".join((kept, "0", seconds, memory))
        one = Contest("ingest durable", ours, before)
        command, version = self.javascript("peer-imapflow.js", env["IMAP_PORT"], env["USER"], env["PASSWORD"],
                                           str(n), "read")
        if command:
            one.peer("imapflow+mailparser+ical.js", version, command, 5.0)
        yield one

    def invite(self):
        one = Contest("invitations", [self.part("bench-invite"), "ours", "50000"])
        one.peer("libical", run([self.part("bench-invite"), "--version"]).strip(),
                 [self.part("bench-invite"), "libical", "3000"], 10.0)
        yield one

def letter_size(database):
    """Of ours, in bytes: those of the clients beside are as long."""
    base = sqlite3.connect(database)
    (size,) = base.execute("SELECT avg(length(bytes)) FROM outbox_bytes").fetchone()
    base.close()
    return round(size)


def postfix():
    return "Postfix " + (quiet(["postconf", "-hd", "mail_version"]) or "of unknown version")


def smtp_source_turn(program, port, n, size):
    begun = time.perf_counter()
    run([program, "-d", "-s", "4", "-m", n, "-l", size, "127.0.0.1:" + port])
    return "%d 0 %.6f 0" % (n, time.perf_counter() - begun)


def measure(bench, sets):
    """Sets one after the other, each with its rounds."""
    found = []
    for name in sets:
        begun = time.perf_counter()
        try:
            made = getattr(bench, name)()
            contests = []
            for one in made:
                for _ in range(ROUNDS):
                    one.round()
                contests.append(one)
            found += [row for one in contests for row in one.results()]
        except Absent as why:
            print("%s is not measured: %s" % (name, why))
        print("%-10s %5.1f s" % (name, time.perf_counter() - begun), flush=True)
    return found


def tell(rows):
    print("\n%-18s %10s  %-30s %10s %8s %7s" % ("", "ours/s", "beside", "theirs/s", "ratio", "target"))
    for row in rows:
        print("%-18s %10s  %-30s %10s %7s× %6s×%s" % (
            row["set"], row["ours_per_s"], row["peer"], row["peer_per_s"], row["ratio"], row["target"],
            "" if row["met"] == "yes" else "  MISSED"))
    print()
    for peer, version in sorted({(row["peer"], row["version"]) for row in rows}):
        print("%s: %s" % (peer, version))


def main():
    build, source = sys.argv[1:3]
    sets = sys.argv[3:] or ("invite", "submit", "outbound", "fetch", "ingest")
    begun = time.perf_counter()
    print("%s, %s; medians of %d interleaved rounds\n" % (
        yard.machine(), platform.platform(), ROUNDS))
    with tempfile.TemporaryDirectory(dir=build) as folder:
        bench = Bench(build, source, folder)
        try:
            rows = measure(bench, sets)
        finally:
            bench.stop()
    tell(rows)
    yard.keep(source, "results.csv", FIELDS, rows)
    print("%.0f s in all" % (time.perf_counter() - begun))
    missed = bench.wrong + [row["set"] for row in rows if row["met"] != "yes"]
    if missed:
        print("MISSED: " + ", ".join(missed))
    sys.exit(1 if missed else 0)


main()
