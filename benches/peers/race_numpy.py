"""The race of twelve clocks with NumPy: all runs in lock-step, one event a step in each, until all are over.

`race_numpy.py RUNS SEED` prints how often each outcome came, and the processor time it took.
"""

import json
import sys
import time

import numpy as np

HORIZON = 4.0
TALKS, AGREED, SIGNED, DELIVERED, BLOCKED, COLLAPSED, REDIRECTED = range(7)
NAMES = ["talks", "agreed", "signed", "delivered", "blocked", "collapsed", "redirected"]


def pert(rng, low, mode, high, n):
    width = high - low
    return low + width * rng.beta(1 + 4 * (mode - low) / width, 1 + 4 * (high - mode) / width, n)


def play(rng, n):
    """The outcomes of n runs. Runs that are over are dropped from the arrays now and then."""
    state = {
        "genuine": rng.random(n) < 0.85,
        "need": pert(rng, 0, 0.5, 1, n),
        "pressure": pert(rng, 0, 0.4, 1, n),
        "leverage": pert(rng, 0, 0.6, 1, n),
        "tolerance": pert(rng, 0.2, 0.7, 1.5, n),
        "haste": pert(rng, 0.2, 0.5, 1, n),
        "price": pert(rng, 0, 0.3, 1, n),
        "stage": np.zeros(n, np.int8),
        "objected": np.zeros(n, bool),
        "decided": np.zeros(n, bool),
        "nonlethal": np.zeros(n, bool),
        "oil": np.zeros(n),
        "azerbaijan": np.zeros(n),
        "kazakhstan": np.zeros(n),
        "buk": np.full(n, 2.0),
        "tension": np.ones(n),
        "decides": np.full(n, np.inf),
        "delivers": np.full(n, np.inf),
        "now": np.zeros(n),
    }
    counts = np.zeros(7, np.int64)
    while len(state["now"]):
        over = step(rng, state)
        if over.mean() > 0.1 or over.all():
            counts += np.bincount(state["stage"][over], minlength=7)
            state = {name: column[~over] for name, column in state.items()}
    return counts


def step(rng, s):
    """One event in each run; which runs are over."""
    stage, now = s["stage"], s["now"]
    n = len(now)
    pending = stage <= SIGNED
    failed = (stage == BLOCKED) | (stage == COLLAPSED)
    threat = np.where(stage == TALKS, 3.0, 6.0)
    gap = 4 - 0.8 * s["azerbaijan"]
    rates = np.empty((10, n))
    rates[0] = np.where((stage == TALKS) & s["genuine"], 1.5 * (1 + s["need"]) / (1 + s["oil"]), 0)
    rates[1] = np.where(~s["objected"] & pending & (threat > 4 * s["tolerance"]), 2 * s["pressure"] * threat / 5, 0)
    rates[2] = np.where(pending, 0.25 * (1 + 0.5 * s["oil"]), 0)
    rates[3] = np.where(stage == AGREED, 2 * s["haste"], 0)
    rates[4] = np.where(failed & (s["kazakhstan"] == 0), 0.8, 0)
    rates[5] = 0.15
    rates[6] = 0.3 * s["tension"] * (1 + np.abs(gap) / 4)
    rates[7] = np.where(s["tension"] > 1, 0.5, 0)
    rates[8] = np.where(s["buk"] < 6, 0.4, 0)
    rates[9] = np.where((failed | (stage == REDIRECTED)) & ~s["nonlethal"], 0.6, 0)
    cumulative = np.cumsum(rates, axis=0)
    wait = now + rng.standard_exponential(n) / cumulative[-1]
    delay = np.minimum(s["decides"], s["delivers"])
    by_delay = delay < wait
    now = np.where(by_delay, delay, wait)
    over = now > HORIZON
    s["now"] = np.where(over, np.inf, now)
    event = (rng.random(n) * cumulative[-1] >= cumulative).sum(axis=0)
    event[by_delay] = np.where(s["decides"][by_delay] <= s["delivers"][by_delay], 10, 11)
    event[over] = -1

    def at(number):
        return np.flatnonzero(event == number)

    def leave_pending(i):
        s["decides"][i] = np.inf
        s["delivers"][i] = np.inf

    stage[at(0)] = AGREED
    i = at(1)
    s["objected"][i] = True
    s["decides"][i] = s["now"][i] + pert(rng, 1 / 12, 3 / 12, 6 / 12, len(i))
    i = at(2)
    stage[i] = COLLAPSED
    leave_pending(i)
    i = at(3)
    stage[i] = SIGNED
    s["delivers"][i] = s["now"][i] + pert(rng, 8 / 12, 14 / 12, 24 / 12, len(i))
    i = at(4)
    s["kazakhstan"][i] = 6
    stage[i] = REDIRECTED
    s["oil"][at(5)] += 1
    i = at(6)
    s["tension"][i] = np.minimum(3, s["tension"][i] * 1.2)
    i = at(7)
    s["tension"][i] = np.maximum(1, s["tension"][i] / 1.2)
    s["buk"][at(8)] += 1
    s["nonlethal"][at(9)] = True
    i = at(10)
    s["decides"][i] = np.inf
    refuses = 1 / (1 + np.exp(-(3 * s["leverage"][i] - 2 * s["need"][i] - s["price"][i])))
    refused = rng.random(len(i)) < refuses
    s["decided"][i[~refused]] = True
    stage[i[refused]] = BLOCKED
    leave_pending(i[refused])
    i = at(11)
    stage[i] = DELIVERED
    s["azerbaijan"][i] = 10
    leave_pending(i)
    return over


def main():
    runs, seed = int(sys.argv[1]), int(sys.argv[2])
    rng = np.random.default_rng(seed)
    started = time.process_time()
    counts = np.zeros(7, np.int64)
    # As many at once as the caches like.
    for first in range(0, runs, 10_000):
        counts += play(rng, min(10_000, runs - first))
    seconds = time.process_time() - started
    print(json.dumps({"processor_seconds": seconds, "runs": runs, "outcomes": dict(zip(NAMES, counts.tolist()))}))


main()
