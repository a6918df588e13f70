"""The race of twelve clocks with Mesa: every clock is an agent that plans its own ringing on the event list of the simulator.

`race_mesa.py RUNS SEED` prints how often each outcome came, and the processor time it took.

After every event the agents look at the world; one whose rate has changed plans anew, which is right because a wait of
constant rate has no memory.
"""

import json
import math
import sys
import time

from mesa import Agent, Model
from mesa.experimental.devs import DEVSimulator

HORIZON = 4.0
NAMES = ["talks", "agreed", "signed", "delivered", "blocked", "collapsed", "redirected"]


class Clock(Agent):
    """Something that happens at a rate, which is 0 while it cannot."""

    def __init__(self, model, rate, happens):
        super().__init__(model)
        self.rate_now, self.happens = rate, happens
        self.rate, self.planned = 0, None

    def look(self):
        rate = self.rate_now()
        if rate == self.rate:
            return
        self.rate = rate
        if self.planned is not None:
            self.model.simulator.cancel_event(self.planned)
            self.planned = None
        if rate > 0:
            self.plan(self.random.expovariate(rate))

    def plan(self, wait):
        self.planned = self.model.simulator.schedule_event_relative(self.ring, wait)

    def ring(self):
        self.rate, self.planned = 0, None
        self.happens()
        self.model.agents.do("look")


class Delay(Agent):
    """Something that happens so long after its condition began to hold."""

    def __init__(self, model, condition, duration, happens):
        super().__init__(model)
        self.condition, self.duration, self.happens = condition, duration, happens
        self.planned = None

    def look(self):
        holds = self.condition()
        if holds and self.planned is None:
            self.planned = self.model.simulator.schedule_event_relative(self.ring, self.model.pert(*self.duration))
        elif not holds and self.planned is not None:
            self.model.simulator.cancel_event(self.planned)
            self.planned = None

    def ring(self):
        self.planned = None
        self.happens()
        self.model.agents.do("look")


class Race(Model):
    def __init__(self, seed):
        super().__init__(seed=seed)
        self.simulator = DEVSimulator()
        self.simulator.setup(self)
        self.genuine = self.random.random() < 0.85
        self.need = self.pert(0, 0.5, 1)
        self.pressure = self.pert(0, 0.4, 1)
        self.leverage = self.pert(0, 0.6, 1)
        self.tolerance = self.pert(0.2, 0.7, 1.5)
        self.haste = self.pert(0.2, 0.5, 1)
        self.price = self.pert(0, 0.3, 1)
        self.stage = "talks"
        self.objected = self.decided = self.nonlethal = False
        self.oil = self.azerbaijan = self.kazakhstan = 0
        self.buk, self.tension = 2, 1.0
        Clock(self, self.agreeing, self.agrees)
        Clock(self, self.objecting, self.objects)
        Delay(self, self.deciding, (1 / 12, 3 / 12, 6 / 12), self.decides)
        Clock(self, self.collapsing, self.collapses)
        Clock(self, self.signing, self.signs)
        Delay(self, self.delivering, (8 / 12, 14 / 12, 24 / 12), self.delivers)
        Clock(self, self.redirecting, self.redirects)
        Clock(self, lambda: 0.15, self.oil_shock)
        Clock(self, self.clashing, self.clash)
        Clock(self, lambda: 0.5 if self.tension > 1 else 0, self.calms)
        Clock(self, lambda: 0.4 if self.buk < 6 else 0, self.buk_batch)
        Clock(self, self.selling, self.nonlethal_sale)
        self.agents.do("look")

    def pert(self, low, mode, high):
        width = high - low
        return low + width * self.random.betavariate(1 + 4 * (mode - low) / width, 1 + 4 * (high - mode) / width)

    def pending(self):
        return self.stage in ("talks", "agreed", "signed")

    def failed(self):
        return self.stage in ("blocked", "collapsed")

    def agreeing(self):
        return 1.5 * (1 + self.need) / (1 + self.oil) if self.stage == "talks" and self.genuine else 0

    def agrees(self):
        self.stage = "agreed"

    def objecting(self):
        threat = 3 if self.stage == "talks" else 6
        runs = not self.objected and self.pending() and threat > 4 * self.tolerance
        return 2 * self.pressure * threat / 5 if runs else 0

    def objects(self):
        self.objected = True

    def deciding(self):
        return self.objected and not self.decided and self.pending()

    def decides(self):
        if self.random.random() < 1 / (1 + math.exp(-(3 * self.leverage - 2 * self.need - self.price))):
            self.stage = "blocked"
        else:
            self.decided = True

    def collapsing(self):
        return 0.25 * (1 + 0.5 * self.oil) if self.pending() else 0

    def collapses(self):
        self.stage = "collapsed"

    def signing(self):
        return 2 * self.haste if self.stage == "agreed" else 0

    def signs(self):
        self.stage = "signed"

    def delivering(self):
        return self.stage == "signed"

    def delivers(self):
        self.stage = "delivered"
        self.azerbaijan = 10

    def redirecting(self):
        return 0.8 if self.failed() and self.kazakhstan == 0 else 0

    def redirects(self):
        self.kazakhstan = 6
        self.stage = "redirected"

    def oil_shock(self):
        self.oil += 1

    def clashing(self):
        return 0.3 * self.tension * (1 + abs(4 - 0.8 * self.azerbaijan) / 4)

    def clash(self):
        self.tension = min(3, self.tension * 1.2)

    def calms(self):
        self.tension = max(1, self.tension / 1.2)

    def buk_batch(self):
        self.buk += 1

    def selling(self):
        return 0.6 if (self.failed() or self.stage == "redirected") and not self.nonlethal else 0

    def nonlethal_sale(self):
        self.nonlethal = True


def main():
    runs, seed = int(sys.argv[1]), int(sys.argv[2])
    counts = dict.fromkeys(NAMES, 0)
    started = time.process_time()
    for run in range(runs):
        race = Race(seed * 1_000_000 + run)
        race.simulator.run_until(HORIZON)
        counts[race.stage] += 1
    seconds = time.process_time() - started
    print(json.dumps({"processor_seconds": seconds, "runs": runs, "outcomes": counts}))


main()
