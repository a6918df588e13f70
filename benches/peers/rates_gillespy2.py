"""Pure-rate models with GillesPy2's compiled solver. `rates_gillespy2.py MODEL RUNS SEED`.

The model is compiled before it is timed; what is timed is the solver's process and the reading of its output.
"""

import json
import os
import sys

from gillespy2 import Model, Parameter, Reaction, Species, SSACSolver, TimeSpan


def birth_death(birth, start, horizon):
    model = Model(name="birth_death")
    x = Species(name="x", initial_value=start)
    model.add_species(x)
    birth_rate = Parameter(name="birth_rate", expression=birth)
    death_rate = Parameter(name="death_rate", expression=1.0)
    model.add_parameter([birth_rate, death_rate])
    model.add_reaction([
        Reaction(name="birth", reactants={}, products={x: 1}, rate=birth_rate),
        Reaction(name="death", reactants={x: 1}, products={}, rate=death_rate),
    ])
    model.timespan(TimeSpan.linspace(t=horizon, num_points=2))
    return model


def vilar():
    model = Model(name="vilar")
    start = {"da": 1, "dap": 0, "ma": 0, "a": 0, "dr": 1, "drp": 0, "mr": 0, "r": 0, "c": 0}
    species = {name: Species(name=name, initial_value=value) for name, value in start.items()}
    model.add_species(list(species.values()))
    reactions = [
        (1.0, "a da", "dap"), (50.0, "dap", "da a"), (1.0, "a dr", "drp"), (100.0, "drp", "dr a"),
        (50.0, "da", "da ma"), (500.0, "dap", "dap ma"), (0.01, "dr", "dr mr"), (50.0, "drp", "drp mr"),
        (50.0, "ma", "ma a"), (5.0, "mr", "mr r"), (2.0, "a r", "c"), (1.0, "c", "r"),
        (1.0, "a", ""), (0.2, "r", ""), (10.0, "ma", ""), (0.5, "mr", ""),
    ]
    for number, (rate, before, after) in enumerate(reactions):
        parameter = Parameter(name=f"k{number}", expression=rate)
        model.add_parameter(parameter)
        sides = [{species[name]: 1 for name in side.split()} for side in (before, after)]
        model.add_reaction(Reaction(name=f"r{number}", reactants=sides[0], products=sides[1], rate=parameter))
    model.timespan(TimeSpan.linspace(t=2, num_points=2))
    return model


MODELS = {
    "few": (lambda: birth_death(5.0, 5, 1), "x", 5),
    "birth_death": (lambda: birth_death(100.0, 50, 10), "x", 100),
    "vilar": (vilar, "c", 255),
}


def processor_time():
    """Of this process and those that it has started and that have ended."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def main():
    build, name, bound = MODELS[sys.argv[1]]
    runs, seed = int(sys.argv[2]), int(sys.argv[3])
    model = build()
    solver = SSACSolver(model=model)
    model.run(solver=solver, number_of_trajectories=1, seed=seed)
    started = processor_time()
    results = model.run(solver=solver, number_of_trajectories=runs, seed=seed)
    high = sum(int(result[name][-1] > bound) for result in results)
    seconds = processor_time() - started
    print(json.dumps({"processor_seconds": seconds, "runs": runs, "outcomes": {"high": high, "low": runs - high}}))


main()
