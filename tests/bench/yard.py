# SPDX-License-Identifier: EUPL-1.2
"""What those who measure mail have in common: programs, servers, a town that answers."""
import csv
import datetime
import os
import platform
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time

import answers
import town

NOW = 1801558800  # 2027-02-02T10:00:00+01:00: when the town's answers come


class Absent(Exception):
    """Something that a set needs is not installed."""


def run(command, **how):
    out = subprocess.run([str(word) for word in command], stdout=subprocess.PIPE, stderr=subprocess.PIPE, **how)
    if out.returncode:
        sys.exit("%s: %s" % (" ".join(str(word) for word in command), out.stderr.decode()[-500:]))
    return out.stdout.decode()


def quiet(command, **how):
    try:
        out = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=True, **how)
        return out.stdout.decode().strip()
    except (OSError, subprocess.CalledProcessError):
        return None


def put_back(database, copy):
    """As if nobody had ever worked with the copy: else it would be taken for an older one."""
    shutil.copyfile(database, copy)
    with open(copy + "-lock", "w"):
        pass


def cpu():
    try:
        with open("/proc/cpuinfo") as info:
            return [line.split(":")[1].strip() for line in info if line.startswith("model name")][0]
    except (OSError, IndexError):
        return platform.machine()


def machine():
    return "%s, %d processors" % (cpu(), os.cpu_count() or 1)


def keep(source, name, fields, rows):
    """Adds to a table in the repository, with date, commit and machine."""
    path = source + "/tests/bench/" + name
    commit = quiet(["git", "-C", source, "describe", "--always", "--dirty"]) or "unknown"
    if not os.access(source + "/tests/bench", os.W_OK):
        return
    new = not os.path.exists(path)
    with open(path, "a", newline="") as file:
        table = csv.DictWriter(file, fields, lineterminator="\n")
        if new:
            table.writeheader()
        for row in rows:
            table.writerow({"date": datetime.date.today().isoformat(), "commit": commit, "machine": machine(), **row})


class Yard:
    def __init__(self, build, source, folder):
        self.build, self.source, self.folder = build, source, folder
        self.stops = []
        self.deliveries = 0

    def part(self, name):
        return self.build + "/tests/bench/" + name

    def file(self, name):
        return os.path.join(self.folder, name)

    def script(self, name):
        return self.source + "/tests/bench/" + name

    def sink(self, delay, *certificate):
        process = subprocess.Popen([self.part("sink-smtp"), "0", str(delay), *certificate], stdout=subprocess.PIPE)
        self.stops.append(process.terminate)
        return process.stdout.readline().decode().strip()

    def postfix_sink(self):
        """Postfix's own sink, which takes time over a mail as a server does; else ours."""
        program = "/usr/sbin/smtp-sink"
        if not os.access(program, os.X_OK):
            return self.sink(0)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        user = ["-u", "nobody"] if os.getuid() == 0 else []
        process = subprocess.Popen([program, *user, "127.0.0.1:%d" % port, "512"])
        self.stops.append(process.terminate)
        for _ in range(100):
            with socket.socket() as one:
                if one.connect_ex(("127.0.0.1", port)) == 0:
                    return str(port)
            time.sleep(0.1)
        raise Absent("smtp-sink does not listen")

    def dovecot(self, name):
        folder = self.file(name)
        script = self.source + "/tests/net/dovecot.sh"
        if subprocess.run(["sh", script, "start", folder], stdout=subprocess.DEVNULL).returncode:
            raise Absent("no Dovecot")
        self.stops.append(lambda: subprocess.run(["sh", script, "stop", folder], check=False))
        with open(folder + "/env") as env:
            return dict(re.match(r"(\w+)='?([^']*)'?", line.strip()).groups() for line in env)

    def deliver(self, env, mails):
        """Copies a Maildir's new mail into that of a Dovecot."""
        for name in ("new", "cur", "tmp"):
            os.makedirs(os.path.join(env["MAILDIR"], name), exist_ok=True)
        for name in os.listdir(mails + "/new"):
            # a name that was there before is a mail that has gone, to Dovecot
            shutil.copyfile(mails + "/new/" + name, "%s/new/%s.%d" % (env["MAILDIR"], name, self.deliveries))
        self.deliveries += 1
        self.own(env)

    @staticmethod
    def own(env):
        if os.getuid() == 0:
            subprocess.run(["chown", "-R", "mail:mail", env["MAILDIR"]], check=True)

    def ingest_config(self, env):
        """Reads from that Dovecot, and answers into a Maildir."""
        password, config = self.file("password"), self.file("ingest.conf")
        with open(os.open(password, os.O_WRONLY | os.O_CREAT, 0o600), "w") as file:
            file.write(env["PASSWORD"])
        with open(config, "w") as file:
            file.write('in {\n\ttransport = "imap"\n\thost = "localhost"\n\tport = %s\n\ttls = "none"\n'
                       '\tuser = "%s"\n\tpassword_file = "%s"\n}\nout {\n\tmaildir = "%s"\n}\n'
                       'trust {\n\tauthserv_id = "mx.tallvinge.example"\n}\n'
                       % (env["IMAP_PORT"], env["USER"], password, self.file("ingest-out")))
        return config

    def make_town(self, people):
        """A database in which many are asked, and what they answer."""
        fast = "/dev/shm" if os.access("/dev/shm", os.W_OK) else self.folder
        with tempfile.TemporaryDirectory(dir=fast) as folder:
            town.write(self.source, folder + "/town", people)
            with open(folder + "/o.conf", "w") as file:
                file.write('ceiling = 20000\ntrust {\n\tauthserv_id = "mx.tallvinge.example"\n}\n')
            ours = [self.build + "/oversyn", "--config", folder + "/o.conf", "--db", folder + "/o.db"]
            run(ours + ["--now=2027-01-11T07:00:00+01:00", "import", folder + "/town"])
            run(ours + ["--now=2027-02-02T07:30:00+01:00", "tick"])
            answers.write(folder + "/o.db-mail/out/new", self.file("answers"))
            shutil.copyfile(folder + "/o.db", self.file("town.db"))
        return self.file("town.db"), self.file("answers")

    def stop(self):
        for stop in self.stops:
            stop()
