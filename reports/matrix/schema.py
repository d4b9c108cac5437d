"""``matrix.json``: which broken service was caught by which scenario, for machines. The form is versioned."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from hadrill.harness.sabotage.judge import Outcome


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True)


class CellResult(_Part):
    """One scenario on one broken service."""

    scenario: str = Field(description="Its title.")
    outcome: Outcome
    expected: tuple[str, ...] = Field(description="Checks by each of which it must fail; empty where it need not.")
    found: tuple[str, ...] = Field(description="Checks by whose findings it failed.")
    reason: str = Field(description="Why it did not pass; else empty.")


class RowResult(_Part):
    """One broken service."""

    sabotage: str
    breaks: str = Field(description="The clause that it breaks; empty where none is named.")
    decision: str = Field(description="The decision of the service that is changed; empty for another change.")
    value: bool = Field(description="What it is changed to.")
    changed: str = Field(description="What is changed, in words.")
    why: str = Field(description="What goes wrong then.")
    run: str = Field(description="The drill's folder, beside this file; empty where there was none.")
    seconds: float = Field(description="How long the drill took, with all its reports.")
    exit_code: int = Field(ge=0, le=3, description="Of this row alone, as for the whole.")
    cells: tuple[CellResult, ...]
    broken: tuple[str, ...] = Field(default=(), description="Sentences of features that did not hold on it.")


class Matrix(_Part):
    """What came of a number of sabotages.

    Exit codes: 0 each is caught as is declared; 1 one is not, or a scenario that must pass failed, or a scenario or a
    promise has no sabotage; 2 no verdict on something, or a scenario that must fail did not run; 3 not finished.
    """

    version: Literal[1] = 1
    started: str = Field(description="UTC, ISO 8601.")
    ended: str | None = Field(description="UTC, ISO 8601; null where not all that was asked for was drilled.")
    whole: bool = Field(
        description="Each was drilled with every scenario that the decision can touch, not only with those it names."
    )
    true_run: str = Field(
        default="",
        description="The drill of the true service, beside this file, that showed which scenarios never ask for a "
        "decision and can be left out where it is changed; empty where none were.",
    )
    asked: tuple[str, ...] = Field(description="The sabotages that were asked for.")
    exit_code: int = Field(ge=0, le=3)
    scenarios: tuple[str, ...] = Field(description="Titles of all that ran, in the features' order.")
    rows: tuple[RowResult, ...]
    not_shown: dict[str, str] = Field(
        default={},
        description="Decisions that no scenario can show to be changed, each with the reason; told with all sabotages.",
    )
    not_tripped: dict[str, str] = Field(
        default={},
        description="Checks by which no scenario must fail on any sabotage, each with the reason; told with all.",
    )
    promises_not_broken: dict[str, str] = Field(
        default={},
        description="Sentences with Then that no sabotage breaks, each with the reason; told with all sabotages.",
    )
    never_broken: tuple[str, ...] = Field(
        default=(),
        description="Those that held on each of these services though nothing says why; told with all sabotages, and "
        "each is as if a sabotage had been missed.",
    )
    never_found: dict[str, tuple[str, ...]] = Field(
        default={},
        description="By title the checks that the scenario is judged by and that found nothing in it on any of these "
        "services; told with all sabotages, each drilled whole.",
    )
