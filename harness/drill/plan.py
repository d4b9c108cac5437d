"""The plan of a run: what will be drilled, held to which limits; written before the first fault."""

import json
import os
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from hadrill.harness.drill.catalogue import Catalogue
from hadrill.harness.drill.objectives import Objectives, as_document, objectives_digest
from hadrill.harness.model.line import LineProfile
from hadrill.harness.model.requirement import Requirement

PLAN = "plan.json"
VERSION = 1
STANDARD = "drill"
TWO_REGIONS = "drill-dr"
DISASTER_RECOVERY_TAG = "dr"


@dataclass(frozen=True, slots=True)
class PlannedScenario:
    """A scenario that is to run.

    Attributes:
        id: unique in the run, of lower-case letters, digits and hyphens, so that files can be named after it.
        title: as the feature says it.
        feature: the feature file, without folders of this machine.
        line: of the scenario in it, from 1.
        clauses: ids of the requirements that it shows.
        tags: of the scenario and all that stands around it.
        timed: it judges a time, and therefore runs alone (design decision 12).
        begins: its first sentences, which say what is there before anything happens.
    """

    id: str
    title: str
    feature: str
    line: int
    clauses: tuple[str, ...]
    tags: tuple[str, ...]
    timed: bool = False
    begins: tuple[str, ...] = ()

    @property
    def topology(self) -> str:
        """What it plays on: what needs no second region does not wait for one."""
        return TWO_REGIONS if DISASTER_RECOVERY_TAG in self.tags else STANDARD


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run sets out to show.

    Attributes:
        run: its name, that of its folder.
        seed: from which all that is random in the drill follows.
        hadrill: version.
        environment: where the servers run.
        sabotage: the decision of the reference service that is changed; empty for a true service.
        objectives: all that can be named, by name.
        requirements: those that the scenarios show and those that are not addressed.
        scenarios: in the order in which they are begun; where some run side by side, those from both ends.
        not_addressed: by clause id, why it or a part of it cannot be drilled.
        warnings: known before anything ran.
        jobs: how many of the scenarios that judge no time run side by side.
        lines: between regions, that can be named, by name.
    """

    run: str
    seed: int
    hadrill: str
    environment: str
    sabotage: str
    objectives: Objectives
    requirements: tuple[Requirement, ...]
    scenarios: tuple[PlannedScenario, ...]
    not_addressed: Mapping[str, str]
    warnings: tuple[str, ...] = ()
    jobs: int = 1
    lines: Mapping[str, LineProfile] = field(default_factory=dict)

    def has_more_alone(self, scenario: PlannedScenario) -> bool:
        """Whether the process that runs this scenario is due to run another one that judges a time.

        Two processes take turns at these: while one takes its scenario down the other one sets the next up.
        """
        return self.jobs > 1 and scenario.timed and self.scenarios.index(scenario) + 2 < len(self.scenarios)

    def as_json(self) -> str:
        """The text of ``plan.json``, version 1."""
        document = {
            "version": VERSION,
            "run": self.run,
            "seed": self.seed,
            "hadrill": self.hadrill,
            "environment": self.environment,
            "sabotage": self.sabotage,
            "jobs": self.jobs,
            "objectives": as_document(self.objectives),
            "lines": {name: asdict(line) for name, line in self.lines.items()},
            "objectives_sha256": objectives_digest(self.objectives),
            "requirements": [asdict(requirement) for requirement in self.requirements],
            "scenarios": [asdict(scenario) for scenario in self.scenarios],
            "not_addressed": [{"clause": clause, "reason": reason} for clause, reason in self.not_addressed.items()],
            "warnings": list(self.warnings),
        }
        return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def in_order(scenarios: Iterable[PlannedScenario], jobs: int) -> tuple[PlannedScenario, ...]:
    """The order in which they run: first what may run side by side, then, alone, what judges a time.

    In this order an interrupted run has the most to show. Of either, what needs two regions comes last, and those that
    begin alike come one after the other, so that one can take over what another leaves (design decision 15): an
    instance that few begin with comes first, and is not in the way of what many do. With one job the features' own
    order stays.
    """
    planned = tuple(scenarios)
    if jobs == 1:
        return planned
    alike = Counter(map(_instance_of, planned))
    return tuple(sorted(planned, key=lambda each: (*_group_of(each), alike[_instance_of(each)], each.begins)))


def _group_of(scenario: PlannedScenario) -> tuple[bool, bool]:
    return scenario.timed, scenario.topology == TWO_REGIONS


def _instance_of(scenario: PlannedScenario) -> tuple[bool, bool, tuple[str, ...]]:
    """What those have in common that can take over one another's instance."""
    return *_group_of(scenario), scenario.begins[:1]


def requirements_of(catalogue: Catalogue, scenarios: tuple[PlannedScenario, ...]) -> tuple[Requirement, ...]:
    """The requirements that a plan of these scenarios speaks of, in the catalogue's order."""
    named = set(catalogue.not_addressed).union(*(scenario.clauses for scenario in scenarios))
    return tuple(requirement for clause, requirement in catalogue.requirements.items() if clause in named)


def write_plan(folder: Path, plan: Plan) -> str:
    """Write ``plan.json``, through to the disk and readable by its owner alone; returns its text.

    Raises:
        OSError: it could not be written.
    """
    text = plan.as_json()
    descriptor = os.open(folder / PLAN, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(descriptor, "w", encoding="utf-8") as out:  # noqa: PTH123 - a Path cannot open a descriptor
        out.write(text)
        out.flush()
        os.fsync(descriptor)
    return text
