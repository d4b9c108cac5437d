"""The objectives: limits by name, each with where its number comes from."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from hadrill.harness.drill.catalogue import packaged_features
from hadrill.harness.errors import WrongCall
from hadrill.harness.model.verdict import Finding, Judgement, Measure, Objective
from hadrill.harness.yaml_file import read_yaml

OBJECTIVES = "objectives.yaml"

Objectives = Mapping[str, Objective]
MOST: Final = 1_000_000
"""Seconds or rows that a limit may be: some eleven days, which every clock and every time-out still holds."""

Sentence = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


def load_objectives(path: Path | None = None) -> Objectives:
    """Read the objectives that come with hadrill, or those of a file of the same form that replaces them.

    Raises:
        WrongCall: the file is malformed, lacks a name that hadrill's own has, or gives it in another unit.
    """
    own = _read(packaged_features() / OBJECTIVES)
    if path is None:
        return own
    given = _read(path)
    missing = [name for name in own if name not in given]
    if missing:
        raise WrongCall(f"{path}: these objectives are missing: {', '.join(missing)}")
    for name, objective in own.items():
        if given[name].unit != objective.unit:
            raise WrongCall(f"{path}: {name!r} is in {objective.unit}, not in {given[name].unit}")
    return given


def judge_limit(objective: Objective, limit: float, unit: str) -> Judgement:
    """Whether an objective is as strict as somebody counts on.

    Args:
        objective: whose limit is looked at.
        limit: the most that it may be.
        unit: that both must be in.
    """
    check = "objective limit"
    if objective.unit != unit:
        return Judgement(check, (Finding(check, f"{objective.name!r} is in {objective.unit}, not in {unit}"),))
    wanted = Objective("limit of the feature", limit, unit, "the feature's own sentence")
    measure = Measure(f"limit of {objective.name!r}", objective.limit, unit, objective=wanted)
    if objective.limit <= limit:
        return Judgement(check, measures=(measure,))
    sentence = f"{objective.name!r} allows {objective.limit:g} {unit}, more than {limit:g} {unit}"
    return Judgement(check, (Finding(check, sentence),), (measure,))


def objectives_digest(objectives: Objectives) -> str:
    """SHA-256 of names, limits, units and sources, however the file that they came from is laid out."""
    canonical = json.dumps(as_document(objectives), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def as_document(objectives: Objectives) -> dict[str, dict[str, object]]:
    """Plain values by name, as the plan carries them."""
    return {
        name: {"limit": objective.limit, "unit": objective.unit, "source": objective.source}
        for name, objective in objectives.items()
    }


def _read(path: Path) -> Objectives:
    file = read_yaml(path, _File)
    return {name: Objective(name, entry.limit, entry.unit, entry.source) for name, entry in file.objectives.items()}


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    limit: Annotated[float, Field(ge=0, le=MOST, allow_inf_nan=False)]
    unit: Literal["s", "rows"]
    source: Sentence


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")

    version: Literal[1]
    objectives: dict[Sentence, _Entry]
    lines: dict[str, object] = Field(default_factory=dict)
    """Read by ``line_file``."""
