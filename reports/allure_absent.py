"""In Allure, too: what was planned and never ended. allure-pytest writes a result at a test's end, and none before."""

import json
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any, Final
from uuid import NAMESPACE_URL, uuid5

from hadrill.reports.allure_labels import REQUIREMENT
from hadrill.reports.files import write_private
from hadrill.reports.schema import Result

RESULTS: Final = "allure-results"
UNKNOWN: Final = "unknown"


def absent(result: Result, shown: Collection[str]) -> Iterator[dict[str, Any]]:
    """A result of Allure's for each scenario that did not end, and is not among those shown; pure.

    Args:
        result: of the run.
        shown: titles of which Allure has results.
    """
    for scenario in result.scenarios:
        if scenario.status or scenario.title in shown:
            continue
        name = f"{scenario.feature}#{scenario.title}"
        identity = str(uuid5(NAMESPACE_URL, name))
        yield {
            "uuid": identity,
            "historyId": identity,
            "name": scenario.title,
            "fullName": name,
            "status": UNKNOWN,
            "statusDetails": {"message": f"{scenario.verdict.value}: {scenario.reason}"},
            "labels": [{"name": REQUIREMENT, "value": clause} for clause in scenario.clauses],
            "titlePath": scenario.feature.split("/"),
        }


def write_absent(folder: Path, result: Result) -> tuple[Path, ...]:
    """Put them beside the results of the run in that folder; none where it has no results at all.

    Raises:
        OSError: one could not be read or written.
        ValueError: one is no JSON.
    """
    results = folder / RESULTS
    shown = {json.loads(path.read_text()).get("name", "") for path in results.glob("*-result.json")}
    if not shown:
        return ()
    return tuple(
        write_private(results / f"{each['uuid']}-result.json", json.dumps(each)) for each in absent(result, shown)
    )
