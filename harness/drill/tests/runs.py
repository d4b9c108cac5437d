"""A run as a drill begins it, for tests that put something on its record."""

from pathlib import Path

from hadrill.harness.drill.catalogue import load_catalogue
from hadrill.harness.drill.folder import make_folder
from hadrill.harness.drill.objectives import load_objectives
from hadrill.harness.drill.plan import Plan, PlannedScenario, requirements_of
from hadrill.harness.drill.run import Run
from hadrill.harness.drill.settings import RunSettings


def begin_run(output: Path, *scenarios: PlannedScenario) -> Run:
    """Of these scenarios, in a folder of its own below that one; none of them has begun."""
    folder, catalogue = make_folder(output), load_catalogue()
    plan = Plan(
        run=folder.name,
        seed=7,
        hadrill="0",
        environment="embedded",
        sabotage="",
        objectives=load_objectives(),
        requirements=requirements_of(catalogue, scenarios),
        scenarios=scenarios,
        not_addressed=catalogue.not_addressed,
    )
    return Run.begin(folder, plan, RunSettings(seed=7))
