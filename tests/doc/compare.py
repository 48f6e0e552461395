#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""compare.py TABLE FILE JSON ERR: what differs from the table's rows on FILE."""
import json
import sys

table, name, got, err = sys.argv[1:]
said = open(err, encoding="utf-8").read()
try:
    fields = json.load(open(got, encoding="utf-8"))
except ValueError:
    fields = {}


def shown(what):
    value = fields.get(what)
    if what == "rules":
        value = "; ".join(r["rule"] for r in value or [])
    elif what == "ask":
        value = "; ".join(value or [])
    return value or "-"


for number, line in enumerate(open(table, encoding="utf-8"), 1):
    row = [cell.strip() for cell in line.split(" | ")]
    if line.startswith("#") or len(row) != 3 or row[0] != name:
        continue
    if row[1] == "fault":
        if row[2] not in said:
            print(f"line {number}: not said: {row[2]}: {said}")
    elif not fields:
        print(f"line {number}: cannot be read: {said}")
        break
    elif shown(row[1]) != row[2]:
        print(f"line {number}: {row[1]} is {shown(row[1])}, expected {row[2]}")
