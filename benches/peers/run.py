#!/usr/bin/env python3
"""Measures equipoise against its peers on this machine, side by side, and writes the table of README.md.

Every round plays each program once, in turn, so that whatever else the machine does falls on all alike; a ratio is the
median over the rounds of the ratio within a round. What counts is processor time, which other programs disturb least; of two
threads, which are there to save time on the clock, it is the clock. The shares of outcomes of every program must agree with
those of equipoise within 4 standard errors, or this fails.

    python3 run.py [--rounds N] [--quick]

Needs a Rust toolchain, and makes a Python environment of its own in the folder of `--work` (numpy, simpy, mesa, gillespy2).
"""

import argparse
import json
import math
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
RACE = ROOT / "scenarios" / "race.toml"
# What Mesa has for event lists is in its experimental part, which changes.
PACKAGES = ["numpy", "simpy", "mesa==3.3.1", "gillespy2", "scons"]
BEGIN, END = "<!-- table -->", "<!-- end of table -->"


# How many random numbers a run takes from each site: those of a clock are one when it is first enabled, and one after each
# firing if it repeats; a delay takes one whenever its condition begins to hold; a choice of two branches, one.
NUMBERS_USED = {
    **dict.fromkeys(["genuine", "need", "pressure", "leverage", "tolerance", "haste", "price"], "1"),
    "agrees": "genuine ? 1 : 0",
    "objects": "tolerance < 0.75 || fired(agrees) ? 1 : 0",
    "decides": "count(objects)",
    "decides.branch": "count(decides)",
    "collapses": "1",
    "signs": "count(agrees)",
    "delivers": "count(signs)",
    "redirects": "stage in ['blocked', 'collapsed', 'redirected'] ? 1 : 0",
    "oil_shock": "1 + count(oil_shock)",
    "clash": "1 + count(clash)",
    "calms": "fired(clash) ? 1 + count(calms) : 0",
    "buk_batch": "1 + count(buk_batch)",
    "nonlethal_sale": "stage in ['blocked', 'collapsed', 'redirected'] ? 1 : 0",
}


class Peer:
    """A program, the model it plays, and how many runs it plays in a round."""

    def __init__(self, name, model, runs, command, bar=None, by_clock=False):
        self.name, self.model, self.runs, self.command = name, model, runs, command
        # What its time is to be at least, in times of equipoise's; of equipoise itself by the clock, at most.
        self.bar, self.by_clock = bar, by_clock
        self.times, self.on_clock, self.counts, self.played = [], [], {}, 0

    def play(self, number, environment):
        """Plays a round and keeps the seconds a run."""
        command = [part.format(runs=self.runs, seed=number + 1, first=number * self.runs) for part in self.command]
        started, before = time.perf_counter(), processor_time()
        done = subprocess.run(command, capture_output=True, text=True, env=environment)
        on_clock, seconds = time.perf_counter() - started, processor_time() - before
        if done.returncode != 0:
            raise RuntimeError(f"{self.name} failed: {done.stderr[-2000:]}")
        found = json.loads(done.stdout)
        outcomes = found["outcomes"]
        if isinstance(outcomes, list):
            outcomes = {outcome["name"]: outcome["count"] for outcome in outcomes}
        for name, count in outcomes.items():
            self.counts[name] = self.counts.get(name, 0) + count
        self.played += self.runs
        # Of compiled programs the whole process counts, start-up and output too; the Python ones leave out their start-up.
        self.times.append(found.get("processor_seconds", seconds) / self.runs)
        self.on_clock.append(on_clock / self.runs)


def processor_time():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def build(work):
    """Builds everything; where the programs are."""
    environment = dict(os.environ, CARGO_TARGET_DIR=str(work / "target"))
    if os.environ.get("EQUIPOISE") is None:
        subprocess.run(["cargo", "build", "--release", "--locked"], cwd=ROOT, env=environment, check=True)
    for peer in ("handwritten", "rebop", "draws"):
        subprocess.run(["cargo", "build", "--release"], cwd=HERE / peer, env=environment, check=True)
    python = work / "python"
    if not (python / "bin" / "python").exists():
        venv.create(python, with_pip=True)
    subprocess.run([python / "bin" / "pip", "install", "--quiet", *PACKAGES], check=True)
    release = work / "target" / "release"
    equipoise = os.environ.get("EQUIPOISE", str(release / "equipoise"))
    peers = [str(release / name) for name in ("handwritten", "rebop-peer", "draws-alone")]
    return equipoise, *peers, str(python / "bin" / "python")


def numbers_used(equipoise, work):
    """The mean of each of NUMBERS_USED over 100,000 runs, as `SITE=MEAN`."""
    path = work / "numbers.toml"
    measures = "".join(f'used{place} = "{expression}"\n' for place, expression in enumerate(NUMBERS_USED.values()))
    # The measures are the last table of the file.
    path.write_text(RACE.read_text() + measures)
    command = [equipoise, "run", str(path), "--runs", "100000", "--format", "json", "--quiet"]
    found = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    means = {measure["name"]: measure["mean"] for measure in found["measures"]}
    return [f"{site}={means[f'used{place}']}" for place, site in enumerate(NUMBERS_USED)]


def peers(programs, numbers, scale):
    equipoise, handwritten, rebop, draws, python = programs

    def ours(name, file, model, runs, engine="batch", threads=1, bar=None):
        command = [equipoise, "run", str(file), "--runs", "{runs}", "--first-run", "{first}", "--format", "json",
                   "--quiet", "--engine", engine, "--threads", str(threads)]
        return Peer(name, model, runs, command, bar, by_clock=threads > 1)

    def theirs(name, model, runs, command, bar=None):
        return Peer(name, model, runs, [*command, "{runs}", "{seed}"], bar)

    def many(runs):
        return max(1, int(runs * scale))

    found = [
        ours("equipoise", RACE, "race", many(1_000_000)),
        ours("equipoise, two threads", RACE, "race", many(2_000_000), threads=2, bar=1 / 1.85),
        ours("equipoise, reference engine", RACE, "race", many(200_000), engine="reference"),
        Peer("its random numbers alone", "race", many(1_000_000), [draws, "{runs}", "{first}", *numbers], 1 / 4),
        Peer("handwritten, PERT by rand_distr", "race", many(1_000_000), [handwritten, "{runs}", "{seed}", "exact"], 1.0),
        Peer("handwritten, PERT by a table", "race", many(1_000_000), [handwritten, "{runs}", "{seed}", "table"], 1.0),
        theirs("NumPy", "race", many(100_000), [python, str(HERE / "race_numpy.py")], 6),
        theirs("SimPy", "race", many(2_000), [python, str(HERE / "race_simpy.py")], 300),
        theirs("Mesa", "race", many(1_000), [python, str(HERE / "race_mesa.py")]),
    ]
    rates = [
        ("submodel", many(1_000_000), 3),
        ("few", many(1_000_000), None),
        ("birth_death", many(20_000), 1),
        ("vilar", many(2_000), 1),
    ]
    for model, runs, bar in rates:
        found += [
            ours("equipoise", HERE / "models" / f"{model}.toml", model, runs),
            theirs("rebop, compiled", model, runs, [rebop, model, "compiled"], bar),
            theirs("rebop, at run time", model, runs, [rebop, model, "run-time"], bar),
            theirs("GillesPy2, compiled", model, max(1, runs // 10), [python, str(HERE / "rates_gillespy2.py"), model]),
        ]
    return found


def first_of(all_peers, model):
    return next(peer for peer in all_peers if peer.model == model)


def disagreements(all_peers):
    """Outcomes of which the share differs from that of equipoise by more than 4 standard errors."""
    for peer in all_peers:
        ours = first_of(all_peers, peer.model)
        for name, count in peer.counts.items():
            p, q = count / peer.played, ours.counts.get(name, 0) / ours.played
            both = (count + ours.counts.get(name, 0)) / (peer.played + ours.played)
            error = math.sqrt(both * (1 - both) * (1 / peer.played + 1 / ours.played))
            if abs(p - q) > 4 * error:
                yield f"{peer.model}, {peer.name}: {name} {p:.5f}, equipoise {q:.5f}, standard error {error:.5f}"


def table(all_peers, rounds):
    lines = ["| model | program | runs a second | times equipoise's time | bar |", "|---|---|---:|---:|---:|"]
    for peer in all_peers:
        ours = first_of(all_peers, peer.model)
        times, own_times = (peer.on_clock, ours.on_clock) if peer.by_clock else (peer.times, ours.times)
        ratios = [theirs / own for theirs, own in zip(times, own_times)]
        ratio = statistics.median(ratios)
        least, most = min(ratios), max(ratios)
        spread = "" if peer is ours else f" ({least:.2f} to {most:.2f})"
        bar = "" if peer.bar is None else f"{'at most' if peer.by_clock else 'at least'} {peer.bar:.2f}"
        speed = 1 / statistics.median(times)
        lines.append(f"| {peer.model} | {peer.name} | {speed:,.0f} | {ratio:.2f}{spread} | {bar} |")
    lines += ["", f"{rounds} rounds on {machine()}; medians, and least to greatest of the rounds."]
    return "\n".join(lines)


def machine():
    model = platform.processor() or platform.machine()
    try:
        text = Path("/proc/cpuinfo").read_text()
        model = next(line.split(":")[1].strip() for line in text.splitlines() if line.startswith("model name"))
        wide = "AVX-512" if "avx512f" in text else "AVX2" if "avx2" in text else "no AVX2"
    except (OSError, StopIteration):
        wide = "unknown vector units"
    return f"{model} ({os.cpu_count()} cores, {wide}), {platform.system()} {platform.release()}"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--quick", action="store_true", help="a tenth of the runs, and README.md is left alone")
    parser.add_argument("--work", type=Path, default=Path(tempfile.gettempdir()) / "equipoise-peers")
    arguments = parser.parse_args()
    arguments.work.mkdir(parents=True, exist_ok=True)
    programs = build(arguments.work)
    environment = dict(os.environ, PATH=f"{Path(programs[-1]).parent}{os.pathsep}{os.environ['PATH']}")
    all_peers = peers(programs, numbers_used(programs[0], arguments.work), 0.1 if arguments.quick else 1.0)
    for number in range(arguments.rounds):
        print(f"round {number + 1} of {arguments.rounds}", file=sys.stderr)
        for peer in all_peers:
            peer.play(number, environment)
    written = table(all_peers, arguments.rounds)
    print(written)
    wrong = list(disagreements(all_peers))
    if wrong:
        sys.exit("\n".join(["shares of outcomes disagree:", *wrong]))
    print("All shares of outcomes agree within 4 standard errors.")
    if not arguments.quick:
        readme = HERE / "README.md"
        text = readme.read_text()
        start, end = text.index(BEGIN) + len(BEGIN), text.index(END)
        readme.write_text(f"{text[:start]}\n{written}\n{text[end:]}")


main()
