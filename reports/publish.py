"""Makes all reports of a run, each failing alone: the result, the timelines, our own page, Allure's page."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

from hadrill.harness.errors import HarnessTrouble
from hadrill.reports.allure_absent import write_absent
from hadrill.reports.allure_html import make_html
from hadrill.reports.result import RESULT, write_result
from hadrill.reports.schema import Result
from hadrill.reports.summary import write_summary
from hadrill.reports.timeline import TIMELINES, Picture, draw_timeline, kept_timeline

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Published:
    """What was made of a run.

    Attributes:
        result: what the run found.
        paths: name of each report that was made, and where it is.
        warnings: why a report could not be made; never changes a verdict.
    """

    result: Result
    paths: dict[str, Path]
    warnings: tuple[str, ...]


def publish(folder: Path, allure: Sequence[str] | None = None) -> Published:
    """Make the reports of the run in that folder.

    Args:
        folder: of the run.
        allure: how to run Allure's command line; None where there is none, and our own page stands alone.

    Raises:
        HarnessTrouble: plan or journal is missing or damaged: there is nothing to report from.
    """
    result = write_result(folder)
    warnings: list[str] = []
    drawn = [_tried("timeline", warnings, partial(_timeline, folder, one.id)) for one in result.scenarios]
    pictures = [picture for picture in drawn if picture is not None]
    _tried("Allure result of what did not end", warnings, partial(write_absent, folder, result))
    made = {
        "result": folder / RESULT,
        "timelines": folder / TIMELINES if pictures else None,
        "summary": _tried("summary", warnings, partial(write_summary, folder, result, pictures)),
        "Allure report": _tried("Allure report", warnings, partial(make_html, folder, allure)) if allure else None,
    }
    return Published(result, {name: path for name, path in made.items() if path is not None}, tuple(warnings))


def _timeline(folder: Path, scenario: str) -> Picture | None:
    """Drawn when the scenario ended, for Allure, or now."""
    return kept_timeline(folder, scenario) or draw_timeline(folder, scenario)


def _tried(report: str, warnings: list[str], make: Callable[[], T]) -> T | None:
    """What was made, or None and one warning more; a file that cannot be written costs that report alone."""
    try:
        return make()
    except (HarnessTrouble, OSError, ValueError) as error:
        warnings.append(f"no {report} was made: {error}")
        return None
