#!/usr/bin/env python3
"""Measures how the cost of a run grows, and writes `growth.svg` and the table of README.md beside this file.

    python3 run.py PROGRAM [--rounds N] [--quick SVG]

PROGRAM is equipoise as built for release. Processor time on one thread, but for threads, where it is the clock; the median of
the rounds, of which a case has no more once it has taken 20 seconds. Needs Linux, which tells the memory of a process.
"""

import argparse
import math
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
RACE = (HERE.parent.parent / "scenarios" / "race.toml").read_text()
HEAD = '[scenario]\ntitle = "Growth"\nstart = 2001-01-01\nhorizon = "1 year"\nseed = 1\nlimit = 1000000\n[variables]\n'
LONG = 20
BEGIN, END = "<!-- table -->", "<!-- end of table -->"


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
    text = RACE + "".join(f'm{i} = "tension + {i}"\n' for i in range(measures))
    if series:
        text += "[series]\n" + "".join(f's{i} = {{ value = "tension + {i}", every = "1 month" }}\n' for i in range(series))
    return text


class Case:
    """A scenario that is played, and what was found."""

    def __init__(self, size, text, runs, threads=1):
        self.size, self.text, self.runs, self.threads = size, text, runs, threads
        self.seconds, self.clock, self.memory = [], [], []

    def play(self, program):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "growth.toml"
            path.write_text(self.text)
            command = [program, "run", str(path), "--runs", str(self.runs), "--threads", str(self.threads)]
            started = time.perf_counter()
            played = subprocess.Popen([*command, "--format", "json", "--quiet"], stdout=subprocess.DEVNULL)
            peak, ended = 0, 0
            while not ended:
                peak = max(peak, peak_memory(played.pid))
                time.sleep(0.002)
                ended, status, used = os.wait4(played.pid, os.WNOHANG)
            self.clock.append(time.perf_counter() - started)
        played.returncode = os.waitstatus_to_exitcode(status)
        if played.returncode != 0:
            sys.exit(f"{' '.join(command)} failed")
        self.seconds.append(used.ru_utime + used.ru_stime)
        self.memory.append(peak)


def peak_memory(process):
    """The most that a process has held so far, in megabytes. (What it leaves behind for `wait4` would count the memory of this
    program too, of which it was a copy before it became another.)"""
    try:
        status = Path(f"/proc/{process}/status").read_text()
    except OSError:
        return 0
    lines = (line.split() for line in status.splitlines())
    return next((int(line[1]) / 1024 for line in lines if line[0] == "VmHWM:"), 0)


class Panel:
    """What is shown in one picture and one row of the table."""

    def __init__(self, title, across, up, cases, value, from_zero=False, proportion=False):
        self.title, self.across, self.up, self.cases, self.value = title, across, up, cases, value
        # On a linear scale instead of a logarithmic one; whether what would be in proportion to the size is drawn too.
        self.from_zero, self.proportion = from_zero, proportion

    def points(self):
        return [(case.size, statistics.median(self.value(case))) for case in self.cases]


def panels(scale):
    def many(runs):
        return max(512, int(runs * scale))

    def a_run(case):
        return [seconds / case.runs * 1e6 for seconds in case.seconds]

    def a_run_by_clock(case):
        return [seconds / case.runs * 1e6 for seconds in case.clock]

    runs = [Case(many(n), RACE, many(n)) for n in (10**5, 10**6, 10**7, 10**8)]
    events = [Case(n, rings(n, 10), many(200_000)) for n in (12, 24, 48, 96, 192)]
    firings = [Case(n, rings(12, n), many(10_000_000 // n)) for n in (10, 100, 1000, 10_000)]
    threads = [Case(n, RACE, many(2_000_000), n) for n in (1, 2, 4, 8, 16) if n <= os.cpu_count()]
    measures = [Case(n, observed(n, 0), many(500_000)) for n in (1, 4, 16, 64)]
    series = [Case(n, observed(0, n), many(100_000)) for n in (1, 4, 16, 64)]
    return [
        Panel("Time, with runs", "runs", "processor seconds", runs, lambda case: case.seconds, proportion=True),
        Panel("Memory, with runs", "runs", "megabytes at most", runs, lambda case: case.memory, from_zero=True),
        Panel("Time, with events", "events (10 firings a run)", "µs a run", events, a_run, proportion=True),
        Panel("Time, with firings", "firings a run (12 events)", "µs a run", firings, a_run, proportion=True),
        Panel("Time, with threads", "threads", "µs a run by the clock", threads, a_run_by_clock, from_zero=True),
        Panel("Time, with measures", "measures more", "µs a run", measures, a_run),
        Panel("Time, with series", "monthly series over 4 years", "µs a run", series, a_run),
    ]


def short(number):
    """A number as it stands at a tick: 2k, 10M."""
    for unit, name in ((10**6, "M"), (10**3, "k")):
        if number >= unit:
            return f"{number / unit:g}{name}"
    return f"{number:g}"


def ticks_from_zero(most):
    """Round numbers from 0 to most or a little more."""
    step = 10.0 ** math.floor(math.log10(most))
    step = next(part * step for part in (0.2, 0.5, 1, 2.5) if most / (part * step) <= 5)
    return [step * number for number in range(math.ceil(most / step) + 1)]


def ticks_by_factors(least, most):
    """Powers of ten around the numbers; where these are few, 2 and 5 times those too."""
    def around(parts):
        powers = range(math.floor(math.log10(least)) - 1, math.ceil(math.log10(most)) + 1)
        found = [part * 10.0**power for power in powers for part in parts]
        low = max(tick for tick in found if tick <= least)
        high = min(tick for tick in [*found, 10 * found[-1]] if tick >= most)
        return [tick for tick in found if low <= tick <= high]

    tens = around([1])
    ticks = tens if most / least > 30 and len(tens) > 2 else around([1, 2, 5])
    return ticks if len(ticks) > 2 else [ticks[0] / 2, *ticks]


WIDE, HIGH = 220, 140
LEFT, TOP, GAP_ACROSS, GAP_DOWN = 52, 46, 78, 100
COLUMNS = 4
STYLE = """
text { font: 11px sans-serif; fill: #333 }
.title { font-weight: bold; font-size: 13px }
.label { fill: #666 }
.grid { stroke: #ddd }
.proportion { stroke: #999; stroke-dasharray: 4 3; fill: none }
.found { stroke: #087f5b; stroke-width: 2; fill: none }
circle { fill: #087f5b }
"""


def drawn(panel, x0, y0):
    """The picture of a panel with its upper left corner there."""
    points = panel.points()
    sizes, values = zip(*points)
    if panel.from_zero:
        ticks = ticks_from_zero(max(values))
        scale = float
    else:
        ticks = ticks_by_factors(min(values), max(values))
        scale = math.log10
    low, high = scale(ticks[0]), scale(ticks[-1])
    first, last = math.log(sizes[0]), math.log(sizes[-1])

    def across(size):
        return x0 + 8 + (WIDE - 16) * (math.log(size) - first) / max(last - first, 1e-9)

    def up(value):
        return y0 + HIGH - HIGH * (scale(value) - low) / (high - low)

    parts = [
        f'<text x="{x0}" y="{y0 - 26}" class="title">{panel.title}</text>',
        f'<text x="{x0}" y="{y0 - 10}" class="label">{panel.up}</text>',
        f'<text x="{x0 + WIDE / 2}" y="{y0 + HIGH + 34}" text-anchor="middle" class="label">{panel.across}</text>',
    ]
    for tick in ticks:
        parts.append(f'<path d="M{x0} {up(tick):.1f}h{WIDE}" class="grid"/>')
        parts.append(f'<text x="{x0 - 6}" y="{up(tick) + 4:.1f}" text-anchor="end">{short(tick)}</text>')
    if panel.proportion:
        # As far as it stays inside.
        end = min(sizes[-1], sizes[0] * ticks[-1] / values[0])
        ends = [(sizes[0], values[0]), (end, values[0] * end / sizes[0])]
        line = "L".join(f"{across(size):.1f} {up(value):.1f}" for size, value in ends)
        parts.append(f'<path d="M{line}" class="proportion"/>')
    line = " ".join(f"{across(size):.1f},{up(value):.1f}" for size, value in points)
    parts.append(f'<polyline points="{line}" class="found"/>')
    for size, value in points:
        parts.append(f'<circle cx="{across(size):.1f}" cy="{up(value):.1f}" r="3"/>')
        parts.append(f'<text x="{across(size):.1f}" y="{y0 + HIGH + 16}" text-anchor="middle">{short(size)}</text>')
    return "".join(parts)


def picture(all_panels):
    rows = math.ceil(len(all_panels) / COLUMNS)
    width, height = LEFT + COLUMNS * (WIDE + GAP_ACROSS) - GAP_ACROSS + 20, TOP + rows * (HIGH + GAP_DOWN) - GAP_DOWN + 48
    parts = [
        drawn(panel, LEFT + place % COLUMNS * (WIDE + GAP_ACROSS), TOP + place // COLUMNS * (HIGH + GAP_DOWN))
        for place, panel in enumerate(all_panels)
    ]
    place = len(all_panels) % COLUMNS
    x, y = LEFT + place * (WIDE + GAP_ACROSS), TOP + (rows - 1) * (HIGH + GAP_DOWN) - 14
    if place:
        parts.append(f'<path d="M{x} {y}h36" class="proportion"/><text x="{x + 44}" y="{y + 4}" class="label">'
                     "if it grew in proportion</text>")
    return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img" '
            f'aria-label="How the cost of a run grows"><style>{STYLE}</style><rect width="100%" height="100%" fill="white"/>'
            f'{"".join(parts)}</svg>\n')


def rounded(value):
    """To three digits, without an exponent."""
    digits = max(0, 2 - math.floor(math.log10(value))) if value > 0 else 0
    return f"{value:,.{digits}f}"


def table(all_panels, rounds):
    lines = ["| what grows | what it costs | at each size |", "|---|---|---|"]
    for panel in all_panels:
        values = "; ".join(f"{size:,}: {rounded(value)}" for size, value in panel.points())
        lines.append(f"| {panel.across} | {panel.up} | {values} |")
    return "\n".join([*lines, "", f"Medians of at most {rounds} rounds on {machine()}."])


def machine():
    text = Path("/proc/cpuinfo").read_text()
    model = next((line.split(":")[1].strip() for line in text.splitlines() if line.startswith("model name")), "a processor")
    wide = "AVX-512" if "avx512f" in text else "AVX2" if "avx2" in text else "no AVX2"
    return f"{model} ({os.cpu_count()} cores, {wide})"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--quick", type=Path, metavar="SVG", help="a tenth of the runs, and only this picture is written")
    arguments = parser.parse_args()
    all_panels = panels(0.1 if arguments.quick else 1.0)
    cases = list(dict.fromkeys(case for panel in all_panels for case in panel.cases))
    for number in range(arguments.rounds):
        print(f"round {number + 1} of {arguments.rounds}", file=sys.stderr)
        for case in cases:
            if sum(case.clock) < LONG:
                case.play(arguments.program)
    written = table(all_panels, arguments.rounds)
    print(written)
    if arguments.quick:
        arguments.quick.write_text(picture(all_panels))
        return
    (HERE / "growth.svg").write_text(picture(all_panels))
    readme = HERE / "README.md"
    text = readme.read_text()
    readme.write_text(f"{text[: text.index(BEGIN) + len(BEGIN)]}\n{written}\n{text[text.index(END):]}")


if __name__ == "__main__":
    main()
