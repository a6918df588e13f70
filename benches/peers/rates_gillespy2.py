"""Pure-rate models with GillesPy2's compiled solver. `rates_gillespy2.py MODEL RUNS SEED`.

The model is compiled before it is timed; what is timed is the solver's process and the reading of its output.
"""

import json
import resource
import sys
from collections import Counter

from gillespy2 import Model, Parameter, Reaction, Species, SSACSolver, TimeSpan


def reactions(name, species, reactions, horizon):
    """A model of `(rate, what goes in, what comes out)`."""
    model = Model(name=name)
    species = {name: Species(name=name, initial_value=value) for name, value in species.items()}
    model.add_species(list(species.values()))
    for number, (rate, before, after) in enumerate(reactions):
        parameter = Parameter(name=f"k{number}", expression=rate)
        model.add_parameter(parameter)
        sides = [{species[name]: side.split().count(name) for name in side.split()} for side in (before, after)]
        law = {"rate": parameter}
        if len(before.split()) > 2:
            # Its law of mass action ends at two.
            law = {"propensity_function": " * ".join([f"k{number}", *before.split()])}
        model.add_reaction(Reaction(name=f"r{number}", reactants=sides[0], products=sides[1], **law))
    model.timespan(TimeSpan.linspace(t=horizon, num_points=2))
    return model


def birth_death(birth, start, horizon):
    return reactions("birth_death", {"x": start}, [(birth, "", "x"), (1.0, "x", "")], horizon)


def vilar():
    start = {"da": 1, "dap": 0, "ma": 0, "a": 0, "dr": 1, "drp": 0, "mr": 0, "r": 0, "c": 0}
    return reactions("vilar", start, [
        (1.0, "a da", "dap"), (50.0, "dap", "da a"), (1.0, "a dr", "drp"), (100.0, "drp", "dr a"),
        (50.0, "da", "da ma"), (500.0, "dap", "dap ma"), (0.01, "dr", "dr mr"), (50.0, "drp", "drp mr"),
        (50.0, "ma", "ma a"), (5.0, "mr", "mr r"), (2.0, "a r", "c"), (1.0, "c", "r"),
        (1.0, "a", ""), (0.2, "r", ""), (10.0, "ma", ""), (0.5, "mr", ""),
    ], 2)


def submodel():
    """The species are explained in `rebop/src/compiled.rs`."""
    absent = ["agreed", "signed", "delivered", "failed", "refused", "redirected", "asked", "late", "unsold", "oil", "tension"]
    start = {"pending": 1, "talks": 1, "quiet": 1, "places": 4, **dict.fromkeys(absent, 0)}
    return reactions("submodel", start, [
        (2.25, "pending talks", "pending agreed late"), (0.48, "pending quiet", "pending asked"),
        (0.48, "pending quiet late", "pending late asked"), (2.4, "pending asked", "failed refused unsold"),
        (1.6, "pending asked", "pending"), (0.25, "pending", "failed unsold"), (0.125, "pending oil", "failed unsold oil"),
        (1.0, "pending agreed", "pending signed"), (0.8, "pending signed", "delivered"), (0.8, "failed", "redirected"),
        (0.15, "", "oil"), (0.6, "", "tension"), (0.12, "tension", "tension tension"), (0.5, "tension", ""),
        (0.15, "places", ""), (0.6, "unsold", ""),
    ], 4)


def above(name, bound):
    return lambda last: "high" if last(name) > bound else "low"


def stage(last):
    named = {"refused": "blocked", "failed": "collapsed"}
    marks = ["redirected", "delivered", "refused", "failed", "signed", "agreed"]
    mark = next((mark for mark in marks if last(mark) > 0), "talks")
    return named.get(mark, mark)


MODELS = {
    "submodel": (submodel, stage),
    "few": (lambda: birth_death(5.0, 5, 1), above("x", 5)),
    "birth_death": (lambda: birth_death(100.0, 50, 10), above("x", 100)),
    "vilar": (vilar, above("c", 255)),
}


def processor_time():
    """Of this process and those that it has started and that have ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def main():
    build, outcome = MODELS[sys.argv[1]]
    runs, seed = int(sys.argv[2]), int(sys.argv[3])
    model = build()
    solver = SSACSolver(model=model)
    model.run(solver=solver, number_of_trajectories=1, seed=seed)
    started = processor_time()
    results = model.run(solver=solver, number_of_trajectories=runs, seed=seed)
    outcomes = Counter(outcome(lambda name: result[name][-1]) for result in results)
    seconds = processor_time() - started
    print(json.dumps({"processor_seconds": seconds, "runs": runs, "outcomes": outcomes}))


main()
