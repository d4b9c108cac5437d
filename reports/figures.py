"""Measures as people read them: values with their resolution, like measures of several scenarios folded; pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from hadrill.reports.schema import MeasureResult


@dataclass(frozen=True, slots=True)
class Figure:
    """A line of measured values.

    Attributes:
        name: what was measured; with the objective's where the same was measured under several.
        value: ``0.603 s ± 0.012``; of several scenarios the worst, or the range where nothing says which is worse.
        limit: ``<= 3 s``, empty without an objective.
        within: whether all keep to the limit; None where that is not known.
    """

    name: str
    value: str
    limit: str
    within: bool | None


def figures(measures: Iterable[MeasureResult]) -> tuple[Figure, ...]:
    """One line per measured thing and objective, in order of first mention; those held to an objective first."""
    alike: dict[tuple[str, str, str | None, float | None], list[MeasureResult]] = {}
    objectives: dict[str, set[str | None]] = {}
    for measure in measures:
        alike.setdefault((measure.name, measure.unit, measure.objective, measure.limit), []).append(measure)
        objectives.setdefault(measure.name, set()).add(measure.objective)
    lines = sorted(alike.values(), key=lambda group: group[0].objective is None)
    return tuple(_figure(group, told_apart=len(objectives[group[0].name]) > 1) for group in lines)


def number(value: float) -> str:
    """Three decimals below a hundred, whole above; counts without any."""
    if value == int(value) and abs(value) < 1e15:
        return f"{int(value)}"
    return f"{value:.3f}" if abs(value) < 100 else f"{value:.0f}"


def amount(measure: MeasureResult) -> str:
    """The value with unit and resolution; words where there is none."""
    if measure.value is None:
        return "not measured"
    off = f" ± {measure.resolution:.3f}" if measure.resolution else ""
    return f"{_value(measure)} {measure.unit}{off}"


def _value(measure: MeasureResult) -> str:
    # Seconds keep their decimals, so that 0 is seen to be 0.000 and not a count.
    assert measure.value is not None
    return f"{measure.value:.3f}" if measure.unit == "s" and measure.value < 100 else number(measure.value)


def _figure(alike: list[MeasureResult], *, told_apart: bool) -> Figure:
    first = alike[0]
    known = sorted((one for one in alike if one.value is not None), key=lambda one: one.value or 0.0)
    name = f"{first.name} ({first.objective})" if told_apart and first.objective else first.name
    kept = {one.within for one in alike}
    return Figure(
        name=", ".join((name, *_remarks(first, known, len(alike)))),
        value=_folded(known) if known else amount(first),
        limit="" if first.limit is None else f"<= {number(first.limit)} {first.unit}",
        within=False if False in kept else None if None in kept else True,
    )


def _remarks(first: MeasureResult, known: list[MeasureResult], times: int) -> Iterator[str]:
    if first.objective and len(known) > 1:
        yield f"worst of {len(known)}"
    if known and len(known) < times:
        yield f"{times - len(known)} not measured"


def _folded(ordered: list[MeasureResult]) -> str:
    low, high = ordered[0], ordered[-1]
    if high.objective or low.value == high.value:
        return amount(high)
    return f"{_value(low)} to {amount(high)}"
