"""The reports of a run that is over; what makes them is imported no sooner than that."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from hadrill.harness.visible import visible

if TYPE_CHECKING:
    from hadrill.reports.publish import Published

ALLURE_RESULTS = "allure-results"


def published_reports(folder: Path) -> Published:
    """Make every report of the run in that folder; Allure's page where it has left results there."""
    from hadrill.environments.parts.locate import locate_allure  # noqa: PLC0415 - see above
    from hadrill.environments.parts.progress import Quiet  # noqa: PLC0415 - see above
    from hadrill.environments.parts.settings import PartSettings  # noqa: PLC0415 - see above
    from hadrill.reports.publish import publish  # noqa: PLC0415 - see above

    allure = None
    if (folder / ALLURE_RESULTS).is_dir():
        allure = locate_allure(PartSettings.from_environ(os.environ, fetch=False), Quiet())
    return publish(folder, allure.argv if allure else None)


def table_of(published: Published) -> str:
    """The closing table as plain text, and why a report is missing."""
    from hadrill.reports.table import table_text  # noqa: PLC0415 - see above

    warnings = "".join(f"{visible(warning)}\n" for warning in published.warnings)
    return table_text(published.result, published.paths) + warnings
