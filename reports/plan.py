"""``plan.json`` as the reports read it: what was to be drilled, written before the first fault."""

from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from hadrill.harness.errors import HarnessTrouble
from hadrill.harness.model.requirement import Requirement
from hadrill.harness.visible import all_visible

PLAN = "plan.json"


class PlannedScenario(BaseModel):
    """A scenario that was to run.

    Attributes:
        id: unique in the run; journal lines carry it.
        feature: path of the feature file.
        line: of the scenario in it, from 1.
        clauses: ids of the requirements that it shows.
        timed: it judges a time, and therefore ran alone.
    """

    model_config = ConfigDict(frozen=True)

    id: str
    title: str
    feature: str
    line: int
    clauses: tuple[str, ...]
    tags: tuple[str, ...] = ()
    timed: bool = False


class Unaddressed(BaseModel):
    """A clause that the run does not address, with the reason in a sentence."""

    model_config = ConfigDict(frozen=True)

    clause: str
    reason: str


class Plan(BaseModel):
    """What a run set out to show.

    Attributes:
        run: name of the run, that of its folder.
        hadrill: version that wrote the plan.
        environment: where the servers run.
        sabotage: the decision of the reference service that is changed on purpose; empty for a true service.
        objectives_sha256: of the objectives as they were used.
        not_addressed: clauses without a scenario on purpose.
        warnings: that were known before anything ran.
        jobs: how many of the scenarios that judge no time ran side by side.
    """

    model_config = ConfigDict(frozen=True)

    version: int
    run: str
    seed: int
    hadrill: str
    environment: str = ""
    sabotage: str = ""
    objectives_sha256: str
    requirements: tuple[Requirement, ...]
    scenarios: tuple[PlannedScenario, ...]
    not_addressed: tuple[Unaddressed, ...] = ()
    warnings: tuple[str, ...] = ()
    jobs: int = 1


def read_plan(folder: Path) -> Plan:
    """The plan of the run in that folder; of its texts what a terminal would obey is shown.

    Raises:
        HarnessTrouble: there is none, or it is not a plan.
    """
    path = folder / PLAN
    try:
        plan = Plan.model_validate_json(path.read_bytes())
        return Plan.model_validate(all_visible(plan.model_dump(mode="json")))
    except OSError as error:
        raise HarnessTrouble(
            f"no plan could be read from {path}: {error.strerror}; is {folder} a run's folder?"
        ) from error
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"]) or "the whole"
        raise HarnessTrouble(f"{path} is not a plan: {field}: {first['msg']}") from error
