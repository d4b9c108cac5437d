"""``result.json``: what a run found, for machines. The form is versioned; a reader of version 1 keeps working."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from hadrill.harness.model.verdict import Verdict


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True)


class MeasureResult(_Part):
    """A measured value, what it may be off by, and the limit that it is held to."""

    name: str = Field(description="What was measured.")
    value: float | None = Field(description="null where it could not be measured; null never passes.")
    unit: str = Field(description="Of value, resolution and limit: s, rows, ...")
    resolution: float = Field(description="The value may be off by this much.")
    objective: str | None = Field(description="Name of the objective it is held to, if any.")
    limit: float | None = Field(description="The objective's limit; a value above it breaks the promise.")
    within: bool | None = Field(description="Whether the value keeps to the limit; null without value or limit.")
    scenario: str = Field(description="Id of the scenario in which it was measured.")


class FindingResult(_Part):
    """An observed breach of a promise."""

    scenario: str = Field(description="Id of the scenario in which it was seen.")
    check: str = Field(description="The check that found it; empty for a step's own assertion.")
    sentence: str = Field(description="What was seen, on what, when.")
    keys: tuple[int, ...] = Field(description="Operations that show it, by key; at most a hundred.")


class UndecidedResult(_Part):
    """Why something has no verdict."""

    scenario: str = Field(description="Id of the scenario.")
    reason: str


class ClauseResult(_Part):
    """What is known of one clause of the documents."""

    verdict: Verdict = Field(description="The worst verdict of its scenarios.")
    title: str = Field(description="The promise in a few words.")
    document: str = Field(description="switch, ha or dr.")
    section: str = Field(description="Heading in the document, in our words.")
    measures: tuple[MeasureResult, ...]
    findings: tuple[FindingResult, ...]
    undecided: tuple[UndecidedResult, ...]
    scenarios: tuple[str, ...] = Field(description="Ids of the scenarios that show it.")


class ScenarioResult(_Part):
    """What became of one scenario."""

    id: str
    title: str
    feature: str = Field(description="The feature file.")
    line: int = Field(description="Its line in the feature file.")
    clauses: tuple[str, ...] = Field(description="Ids of the clauses that it shows.")
    timed: bool = Field(default=False, description="It judges a time, and therefore ran alone.")
    status: str = Field(description="How its steps ended: passed, failed, broken, not addressed; empty if never.")
    verdict: Verdict
    seconds: float | None = Field(description="How long it took; null where it never ended.")
    reason: str = Field(description="Why the verdict is not pass; else empty.")


class UnaddressedResult(_Part):
    """A promise that this run says nothing of, and why; never changes the exit code."""

    clause: str
    scenario: str | None = Field(description="The scenario that could not be run, where there is one.")
    reason: str


class RunResult(_Part):
    """Which run this was."""

    name: str
    started: str = Field(description="UTC, ISO 8601.")
    ended: str | None = Field(description="UTC, ISO 8601; null where the run was not finished.")
    finished: bool = Field(description="The journal has its closing line.")
    seed: int
    versions: dict[str, str] = Field(description="Versions of hadrill and of the real parts, by name.")
    objectives_sha256: str = Field(description="Of the objectives as they were used.")
    environment: str = Field(description="Where the servers ran; empty where the plan does not say.")
    server_files: str = Field(default="", description="Folder of the servers' files; /dev/shm is memory.")
    sabotage: str = Field(description="The decision of the service that was changed on purpose; empty for none.")
    jobs: int = Field(default=1, description="How many of the scenarios that judge no time ran side by side.")


class Result(_Part):
    """What a run found.

    Exit codes: 0 all that was planned passed, 1 a promise was broken, 2 no verdict on something, 3 not finished.
    """

    version: Literal[1] = 1
    run: RunResult
    verdict: Verdict
    exit_code: int = Field(ge=0, le=3)
    clauses: dict[str, ClauseResult] = Field(description="By clause id, in the documents' order.")
    scenarios: tuple[ScenarioResult, ...] = Field(description="In the plan's order.")
    not_addressed: tuple[UnaddressedResult, ...]
    warnings: tuple[str, ...]
