"""Verdicts, findings, measures and the objectives they are held to."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """What is known of a promise after a drill."""

    PASS = "pass"  # noqa: S105 - a verdict, not a password
    FAIL = "fail"
    NO_VERDICT = "no verdict"
    NOT_RUN = "not run"
    NOT_ADDRESSED = "not addressed"


def worst(verdicts: Iterable[Verdict]) -> Verdict:
    """A failure outranks an unknown, an unknown outranks a pass; nothing at all is *not run*."""
    order = (Verdict.FAIL, Verdict.NO_VERDICT, Verdict.NOT_RUN, Verdict.NOT_ADDRESSED, Verdict.PASS)
    seen = set(verdicts)
    return next((verdict for verdict in order if verdict in seen), Verdict.NOT_RUN)


@dataclass(frozen=True, slots=True)
class Objective:
    """A limit by name.

    Attributes:
        name: as the features say it: "failover after a kill".
        limit: a measure above it breaks the promise.
        unit: of limit and measure: ``s``, ``rows``.
        source: where the number comes from.
    """

    name: str
    limit: float
    unit: str
    source: str


@dataclass(frozen=True, slots=True)
class Measure:
    """A measured value with its resolution.

    Attributes:
        name: what was measured.
        value: None where it could not be measured; None never passes.
        unit: of value and resolution.
        resolution: the value may be off by this much: spacing of the operations, stalls of our own.
        objective: the limit it is held to, if any.
    """

    name: str
    value: float | None
    unit: str
    resolution: float = 0.0
    objective: Objective | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One observed breach of a promise.

    Attributes:
        check: the check that found it.
        sentence: what was seen, on what, when.
        keys: the operations that show it, by key; at most a hundred.
    """

    check: str
    sentence: str
    keys: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Judgement:
    """What one check says.

    Attributes:
        check: its name.
        findings: breaches; any makes the verdict *fail*.
        measures: what was measured, whether or not it is held to an objective.
        undecided: why there is no verdict; empty where there is one.
        warnings: worth reading, never a breach.
    """

    check: str
    findings: tuple[Finding, ...] = ()
    measures: tuple[Measure, ...] = ()
    undecided: str = ""
    warnings: tuple[str, ...] = ()

    @property
    def verdict(self) -> Verdict:
        """Findings fail; else a reason for doubt or an unmeasured value leaves no verdict; else pass."""
        if self.findings:
            return Verdict.FAIL
        if self.undecided or any(measure.value is None for measure in self.measures):
            return Verdict.NO_VERDICT
        return Verdict.PASS
