#!/usr/bin/python3
# SPDX-License-Identifier: EUPL-1.2
"""What the help says that each command takes, against the manual page and the program.

console.py PROGRAM PAGE: speaks of what differs, one line each; nothing: all agrees."""
import re
import subprocess
import sys

program, page = sys.argv[1:]
VALUES = {"on": "2027-01-01", "within": "1", "sent": "x", "letter": "review", "months": "1", "by": "week",
          "set": "a=b", "rule": "a=b", "body": "KS", "outcome": "approved", "registry-no": "x", "wait": "1"}
ALWAYS = ["--db", "/dev/null/none.db", "--now=2027-01-11T08:00:00+01:00"]  # nothing can be opened


def said(*words):
    run = subprocess.run([program, *ALWAYS, *words], stdin=subprocess.DEVNULL, capture_output=True, text=True)
    return run.returncode, run.stderr


def of_help():
    """name -> (fewest words, most words, options)"""
    found = {}
    text = subprocess.run([program, "--help"], capture_output=True, text=True, check=True).stdout
    for line in text.split("usage:")[1].split("\noptions")[0].splitlines()[1:]:
        if not re.match("  [a-z]", line):
            continue
        usage = re.split("  +", line.strip())[0]
        options = set(re.findall(r"\[--([a-z-]+)", usage))
        words = re.sub(r"\[--[^]]*\]", "", usage).split("|")[0].split()
        names = [w for w in words if re.fullmatch("[a-z]+", w)]
        rest = words[len(names):]
        least = sum(not w.startswith("[") for w in rest)
        many = any("…" in w for w in rest) or "|" in re.sub(r"\[--[^]]*\]", "", usage) \
            or rest[-1:] in (["REASON"], ["ITEM"]) and len(rest) > 1
        found[" ".join(names)] = least, None if many else len(rest), options
    return found


def of_page():
    """The same names -> options."""
    found = {}
    text = open(page, encoding="utf-8").read().split(".Sh COMMANDS")[1].split("\n.Sh ")[0]
    for line in re.findall(r"^\.It Cm (.*)", text, re.M):
        options = set(re.findall(r"Fl Fl ([a-z-]+)", line))
        words = re.sub(r"\b(Cm)\b ?", "", re.split(r" (?:Ar|Op|Oo|Fl)\b", line)[0]).split()
        for sub in [w for w in words[1:] if w != "|"] or [""]:
            found.setdefault(f"{words[0]} {sub}".strip(), set()).update(options)
    return found


def json_of_page():
    text = open(page, encoding="utf-8").read()
    text = text.split("Understood by\n")[1].split("The others")[0]
    return set(re.findall("[a-z]+", " ".join(re.findall(r"^\.Cm (.*)", text, re.M))))


def main():
    helped, paged = of_help(), of_page()
    if len(helped) < 30:
        print("the help was not understood:", helped)
    for name in sorted(set(helped) | set(paged)):
        if helped.get(name, (0, 0, None))[2] != paged.get(name):
            print(f"{name}: help {helped.get(name)}, page {paged.get(name)}")
    every = set().union(*(options for _, _, options in helped.values()))
    with_json = json_of_page()
    for name, (least, most, options) in helped.items():
        words = name.split() + ["/dev/null/x"] * least
        for option in every:
            flag = f"--{option}={VALUES[option]}" if option in VALUES else f"--{option}"
            code, err = said(*words, flag)
            if (f"{name} does not take --{option}" in err and code == 2) != (option not in options):
                print(f"{name} {flag}: {code}, {err}")
        if most is not None:
            code, err = said(*name.split(), *["/dev/null/x"] * most, "superfluous")
            if code != 2 or "superfluous" not in err or not re.search("one word too many|did you mean", err):
                print(f"{name} with a word too many: {code}, {err}")
        if least:
            code, err = said(*name.split(), *["/dev/null/x"] * (least - 1))
            if code != 2 or "cannot" in err:
                print(f"{name} with a word too few: {code}, {err}")
        without = "has no JSON" in said(*words, "--json")[1]
        if without == (name.split()[0] in with_json and name not in ("import", "inbox settle")):
            print(f"{name} --json: the page says otherwise")


main()
