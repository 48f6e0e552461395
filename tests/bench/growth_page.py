# SPDX-License-Identifier: EUPL-1.2
"""The table and the picture of docs/growth.md, from what run-growth.py measured."""
import datetime
import math

WORKS = (  # name, what one of it is, the words in the picture
    ("outbound", "a letter: due, written, accepted, on the disk", "outbound, a letter"),
    ("ingest", "an answer: fetched, understood, applied, answered", "ingest, an answer"),
    ("due", "an item: from its words to its due date", "due, an item"),
    ("tick", "a pass that finds 100 items awake", "tick, a pass"),
)
WIDTH, HEIGHT, LEFT, RIGHT, TOP, FOOT = 660, 400, 90, 190, 20, 40


def times_of(rows, work):
    return sorted((row for row in rows if row["work"] == work), key=lambda row: row["times"])


def table(rows, machine):
    out = ["Measured on %s, %s." % (machine, datetime.date.today().isoformat()), "",
           "| work, and what one of it is | how many | µs each | 100× to 1× | peak of memory, MiB |",
           "|---|---|---|---|---|"]
    for work, what, _ in WORKS:
        mine = times_of(rows, work)
        out.append("| **%s**: %s | %s | %s | %.2f | %s |" % (
            work, what, " · ".join("{:,}".format(row["n"] if work != "tick" else 1000 * row["times"]) for row in mine),
            " · ".join("%.*f" % (1 if float(row["us_each"]) < 100 else 0, float(row["us_each"])) for row in mine),
            float(mine[-1]["us_each"]) / float(mine[0]["us_each"]),
            " · ".join("%.0f" % (row["kib"] / 1024) for row in mine) if mine[0]["kib"] else "–"))
    return out


def picture(rows):
    """One line for each work; upright and across, each step is ten times."""
    low = math.floor(math.log10(min(float(row["us_each"]) for row in rows)))
    high = math.ceil(math.log10(max(float(row["us_each"]) for row in rows)))

    def x(times):
        return LEFT + (WIDTH - LEFT - RIGHT) * math.log10(times) / 2

    def y(us):
        return TOP + (HEIGHT - TOP - FOOT) * (high - math.log10(us)) / (high - low)
    out = ['<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" role="img" font-family="sans-serif" '
           'font-size="13">' % (WIDTH, HEIGHT),
           "<!-- SPDX-License-Identifier: EUPL-1.2 -->",
           "<title>Microseconds for one of each work, at once, ten and a hundred times as many</title>",
           "<style>:root{color-scheme:light dark}text{fill:#222}.grid{stroke:#ddd}.work{fill:none;stroke-width:2.5}"
           "@media(prefers-color-scheme:dark){text{fill:#ddd}.grid{stroke:#444}}</style>"]
    for step in range(low, high + 1):
        at = y(10 ** step)
        out.append('<line class="grid" x1="%d" x2="%d" y1="%.1f" y2="%.1f"/>' % (LEFT, WIDTH - RIGHT, at, at))
        out.append('<text x="%d" y="%.1f" text-anchor="end">%s µs</text>' % (
            LEFT - 8, at + 4, "{:,}".format(10 ** step) if step >= 0 else "%g" % 10 ** step))
    for times in (1, 10, 100):
        out.append('<text x="%.1f" y="%d" text-anchor="middle">%d×</text>' % (x(times), HEIGHT - 14, times))
    for (work, _, label), colour in zip(WORKS, ("#1b6ca8", "#b3541e", "#2e7d32", "#7b3fa0")):
        mine = times_of(rows, work)
        points = [(x(row["times"]), y(float(row["us_each"]))) for row in mine]
        out.append('<polyline class="work" stroke="%s" points="%s"/>' % (
            colour, " ".join("%.1f,%.1f" % point for point in points)))
        out += ['<circle cx="%.1f" cy="%.1f" r="4" fill="%s"/>' % (*point, colour) for point in points]
        out.append('<text x="%.1f" y="%.1f">%s</text>' % (points[-1][0] + 12, points[-1][1] + 4, label))
    return "\n".join(out + ["</svg>", ""])


def between(text, mark, lines):
    begin, end = "<!-- %s -->\n" % mark, "<!-- /%s -->" % mark
    head, rest = text.split(begin)
    return head + begin + "\n".join(lines) + "\n" + end + rest.split(end)[1]


def put(folder, mark, lines):
    """Replaces what stands between the marks of growth.md."""
    with open(folder + "/growth.md", encoding="utf-8") as file:
        text = file.read()
    with open(folder + "/growth.md", "w", encoding="utf-8") as file:
        file.write(between(text, mark, lines))


def write(folder, rows, machine):
    put(folder, "table", table(rows, machine))
    with open(folder + "/growth.svg", "w", encoding="utf-8") as file:
        file.write(picture(rows))
