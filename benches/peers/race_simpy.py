"""The race of twelve clocks with SimPy: a process waits for the earliest clock, and then for the next.

`race_simpy.py RUNS SEED` prints how often each outcome came, and the processor time it took.
"""

import json
import math
import random
import sys
import time

import simpy

HORIZON = 4.0
NAMES = ["talks", "agreed", "signed", "delivered", "blocked", "collapsed", "redirected"]


def pert(rng, low, mode, high):
    width = high - low
    return low + width * rng.betavariate(1 + 4 * (mode - low) / width, 1 + 4 * (high - mode) / width)


class Run:
    def __init__(self, rng):
        self.rng = rng
        self.env = simpy.Environment()
        self.genuine = rng.random() < 0.85
        self.need = pert(rng, 0, 0.5, 1)
        self.pressure = pert(rng, 0, 0.4, 1)
        self.leverage = pert(rng, 0, 0.6, 1)
        self.tolerance = pert(rng, 0.2, 0.7, 1.5)
        self.haste = pert(rng, 0.2, 0.5, 1)
        self.price = pert(rng, 0, 0.3, 1)
        self.stage = "talks"
        self.objected = self.decided = self.nonlethal = False
        self.oil = self.azerbaijan = self.kazakhstan = 0
        self.buk, self.tension = 2, 1.0
        self.decider = self.delivery = None
        self.env.process(self.rates())
        self.env.run(until=HORIZON)

    def pending(self):
        return self.stage in ("talks", "agreed", "signed")

    def clocks(self):
        """What can happen now, with its rate."""
        if self.stage == "talks" and self.genuine:
            yield 1.5 * (1 + self.need) / (1 + self.oil), self.agrees
        threat = 3 if self.stage == "talks" else 6
        if not self.objected and self.pending() and threat > 4 * self.tolerance:
            yield 2 * self.pressure * threat / 5, self.objects
        if self.pending():
            yield 0.25 * (1 + 0.5 * self.oil), self.collapses
        if self.stage == "agreed":
            yield 2 * self.haste, self.signs
        if self.stage in ("blocked", "collapsed") and self.kazakhstan == 0:
            yield 0.8, self.redirects
        yield 0.15, self.oil_shock
        yield 0.3 * self.tension * (1 + abs(4 - 0.8 * self.azerbaijan) / 4), self.clash
        if self.tension > 1:
            yield 0.5, self.calms
        if self.buk < 6:
            yield 0.4, self.buk_batch
        if self.stage in ("blocked", "collapsed", "redirected") and not self.nonlethal:
            yield 0.6, self.nonlethal_sale

    def rates(self):
        """Waits for the earliest of what goes by a rate; begins anew when a delay is over."""
        while True:
            clocks = list(self.clocks())
            total = sum(rate for rate, _ in clocks)
            waits = [self.env.timeout(self.rng.expovariate(total), "rate")]
            waits += [delay for delay in (self.decider, self.delivery) if delay is not None]
            rung = yield self.env.any_of(waits)
            value = next(iter(rung.values()))
            if value == "rate":
                happens = self.rng.choices([happens for _, happens in clocks], [rate for rate, _ in clocks])[0]
                happens()
            else:
                value()

    def drop_delays(self):
        self.decider = self.delivery = None

    def agrees(self):
        self.stage = "agreed"

    def objects(self):
        self.objected = True
        self.decider = self.env.timeout(pert(self.rng, 1 / 12, 3 / 12, 6 / 12), self.decides)

    def decides(self):
        self.decider = None
        if self.rng.random() < 1 / (1 + math.exp(-(3 * self.leverage - 2 * self.need - self.price))):
            self.stage = "blocked"
            self.drop_delays()
        else:
            self.decided = True

    def collapses(self):
        self.stage = "collapsed"
        self.drop_delays()

    def signs(self):
        self.stage = "signed"
        self.delivery = self.env.timeout(pert(self.rng, 8 / 12, 14 / 12, 24 / 12), self.delivers)

    def delivers(self):
        self.stage = "delivered"
        self.azerbaijan = 10
        self.drop_delays()

    def redirects(self):
        self.kazakhstan = 6
        self.stage = "redirected"

    def oil_shock(self):
        self.oil += 1

    def clash(self):
        self.tension = min(3, self.tension * 1.2)

    def calms(self):
        self.tension = max(1, self.tension / 1.2)

    def buk_batch(self):
        self.buk += 1

    def nonlethal_sale(self):
        self.nonlethal = True


def main():
    runs, seed = int(sys.argv[1]), int(sys.argv[2])
    rng = random.Random(seed)
    counts = dict.fromkeys(NAMES, 0)
    started = time.process_time()
    for _ in range(runs):
        counts[Run(rng).stage] += 1
    seconds = time.process_time() - started
    print(json.dumps({"processor_seconds": seconds, "runs": runs, "outcomes": counts}))


main()
