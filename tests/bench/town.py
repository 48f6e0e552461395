#!/usr/bin/python3
# SPDX-License-Identifier: EUPL-1.2
"""A municipality in which many people are asked at once: town.py SOURCE FOLDER PEOPLE

Writes a register that can be imported: that of the model municipality, with so many
heads more, each with a routine of their own that is due now.
"""
import os
import shutil
import sys

ROLE = "{id};Enhetschef {n};{id}@tallvinge.example;KLF;kd;;chef;2024-01-01;;"
ANSWERS = "svar_per_dag;1000000;"  # else only the first 500 of a day are answered
ROUTINE = ("RB{n:06d};Rutin för verksamheten vid enhet {n};tillämpningsrutin;KS;Kommundirektör;{id};"
           "KS 2025/{n};2025-03-03;2026-03-05;Årligen;;")


def person(n):
    return "chef%06d" % n


def address(n):
    return person(n) + "@tallvinge.example"


def write(source, folder, people):
    model = source + "/config/model"
    os.makedirs(folder)
    for name in os.listdir(model):
        shutil.copyfile(os.path.join(model, name), os.path.join(folder, name))
    with open(os.path.join(folder, "kommun.csv"), "a", encoding="utf-8") as file:
        file.write(ANSWERS + "\n")
    for name, line in (("roller.csv", ROLE), ("rutiner.csv", ROUTINE)):
        with open(os.path.join(folder, name), "a", encoding="utf-8") as file:
            for n in range(people):
                file.write(line.format(n=n, id=person(n)) + "\n")


if __name__ == "__main__":
    write(sys.argv[1], sys.argv[2], int(sys.argv[3]))
