#!/usr/bin/env python3
"""Measures how the cost of a run grows, and writes `growth.svg` and the table of README.md beside this file.

    python3 run.py PROGRAM [--rounds N]

PROGRAM is equipoise as built for release. Processor time, but for threads, where it is the clock; the median of the rounds.
"""

import argparse
import json
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
RACE = HERE.parent.parent / "scenarios" / "race.toml"
HEAD = '[scenario]\ntitle = "Growth"\nstart = 2001-01-01\nhorizon = "1 year"\nseed = 1\nlimit = 1000000\n[variables]\n'


def rings(events, firings):
    """Pairs of events that follow on each other, with so many firings a run in all."""
    pairs = events // 2
    rate = 2 * firings / events
    text = HEAD + "".join(f"x{i} = 0\n" for i in range(pairs))
    for i in range(pairs):
        after = (i + 1) % pairs
        text += f'[events.up{i}]\nrate = "{rate} * (1 + x{after} * 0)"\nrepeats = true\nthen = ["x{i} += 1"]\n'
        text += f'[events.down{i}]\nrate = "x{i} > 0 ? {rate} : 0"\nrepeats = true\nthen = ["x{i} -= 1"]\n'
    return text + '[outcomes]\nup = "x0 > 0"\n'


def observed(measures, series):
    """The race with more that is observed."""
    text = RACE.read_text()
    text += "".join(f'm{i} = "tension + {i}"\n' for i in range(measures))
    if series:
        text += "[series]\n" + "".join(f's{i} = {{ value = "tension + {i}", every = "1 month" }}\n' for i in range(series))
    return text


def once(program, text, runs, threads):
    """Processor seconds, seconds by the clock, and the greatest memory in megabytes."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "growth.toml"
        path.write_text(text)
        command = [program, "run", str(path), "--runs", str(runs), "--threads", str(threads), "--format", "json", "--quiet"]
        # A process of its own, so that the memory is that of this one alone.
        code = (
            "import json, resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL);"
            "u = resource.getrusage(resource.RUSAGE_CHILDREN); print(json.dumps([u.ru_utime + u.ru_stime, u.ru_maxrss / 1024]))"
        )
        started = time.perf_counter()
        done = subprocess.run(["python3", "-c", code, *command], capture_output=True, text=True, check=True)
        clock = time.perf_counter() - started
    seconds, memory = json.loads(done.stdout)
    return seconds, clock, memory


def series(title, unit, cases, value):
    return {"title": title, "unit": unit, "cases": cases, "value": value, "found": {case[0]: [] for case in cases}}


def panels():
    race = RACE.read_text()

    def a_run(case, seconds, clock, memory):
        return seconds / case[2] * 1e6

    return [
        series("time with runs", "processor seconds", [(n, race, n, 1) for n in (10**5, 10**6, 10**7)],
               lambda case, seconds, clock, memory: seconds),
        series("memory with runs", "MB at most", [(n, race, n, 1) for n in (10**5, 10**6, 10**7)],
               lambda case, seconds, clock, memory: memory),
        series("time with events (10 firings a run)", "us a run", [(n, rings(n, 10), 50_000, 1) for n in (12, 24, 48, 96, 192)], a_run),
        series("time with firings (12 events)", "us a run",
               [(n, rings(12, n), max(512, 1_000_000 // n), 1) for n in (10, 100, 1000, 10_000)], a_run),
        series("time with threads", "us a run by the clock", [(n, race, 2_000_000, n) for n in (1, 2)],
               lambda case, seconds, clock, memory: clock / case[2] * 1e6),
        series("time with measures more", "us a run", [(n, observed(n, 0), 200_000, 1) for n in (1, 4, 16, 64)], a_run),
        series("time with monthly series over 4 years", "us a run", [(n, observed(0, n), 100_000, 1) for n in (1, 4, 16)], a_run),
    ]


def drawn(panels):
    """A small picture a panel, side by side, on logarithmic axes."""
    import math

    wide, high, left, top, gap = 230, 150, 60, 34, 90
    columns = 4
    rows = math.ceil(len(panels) / columns)
    parts = []
    for number, panel in enumerate(panels):
        x0 = left + (number % columns) * (wide + gap)
        y0 = top + (number // columns) * (high + gap)
        points = [(case[0], statistics.median(panel["found"][case[0]])) for case in panel["cases"]]
        xs = [math.log10(x) for x, _ in points]
        low = math.floor(min(math.log10(y) for _, y in points))
        top_value = max(low + 1, math.ceil(max(math.log10(y) for _, y in points)))

        def place(x, y):
            across = (math.log10(x) - xs[0]) / (xs[-1] - xs[0])
            up = (math.log10(y) - low) / (top_value - low)
            return x0 + across * wide, y0 + high - up * high

        parts.append(f'<text x="{x0}" y="{y0 - 14}" class="title">{panel["title"]}, {panel["unit"]}</text>')
        for power in range(low, top_value + 1):
            _, y = place(points[0][0], 10.0**power)
            parts.append(f'<path d="M{x0} {y:.1f}h{wide}" class="grid"/><text x="{x0 - 6}" y="{y + 4:.1f}" text-anchor="end">{10.0**power:g}</text>')
        line = " ".join(f"{a:.1f},{b:.1f}" for a, b in (place(*point) for point in points))
        parts.append(f'<polyline points="{line}"/>')
        for x, y in points:
            a, b = place(x, y)
            parts.append(f'<circle cx="{a:.1f}" cy="{b:.1f}" r="3"/><text x="{a:.1f}" y="{y0 + high + 16}" text-anchor="middle">{x:,}</text>')
    style = "text{font:11px sans-serif;fill:#333}.title{font-weight:bold}.grid{stroke:#ddd}polyline{fill:none;stroke:#0b6;stroke-width:2}circle{fill:#0b6}"
    size = (left + columns * (wide + gap), top + rows * (high + gap))
    return (f'<svg xmlns="http://www.w3.org/2000/svg" width="{size[0]}" height="{size[1]}" role="img" '
            f'aria-label="How the cost of a run grows"><style>{style}</style><rect width="100%" height="100%" fill="white"/>'
            f'{"".join(parts)}</svg>\n')


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    all_panels = panels()
    for _ in range(arguments.rounds):
        for panel in all_panels:
            for case in panel["cases"]:
                measured = once(arguments.program, *case[1:])
                panel["found"][case[0]].append(panel["value"](case, *measured))
    lines = ["| what grows | in | " + "to what, and what it costs |", "|---|---|---|"]
    for panel in all_panels:
        values = "; ".join(f"{case[0]:,}: {statistics.median(panel['found'][case[0]]):.3g}" for case in panel["cases"])
        lines.append(f"| {panel['title']} | {panel['unit']} | {values} |")
    written = "\n".join(lines)
    print(written)
    (HERE / "growth.svg").write_text(drawn(all_panels))
    readme = HERE / "README.md"
    begin, end = "<!-- table -->", "<!-- end of table -->"
    text = readme.read_text()
    readme.write_text(text[: text.index(begin) + len(begin)] + f"\n{written}\n" + text[text.index(end):])


main()
