"""Set-up and tear-down in Allure without what pytest and pytest-bdd add for themselves."""

import re
from typing import Final

import allure_commons
from allure_commons.model2 import ExecutableItem, TestResultContainer

INTERNAL: Final = ("_pytest_bdd_example", "pytestbdd_stepdef_")
NUMBERED: Final = re.compile(r"::\d+$")  # allure-pytest numbers the tear-down of a fixture that yields
PYTESTS_OWN: Final = "::<lambda>"


class AllureTidy:
    """A plugin of allure-commons: leaves out step definitions and pytest's own finalizers, names tear-downs plainly."""

    @allure_commons.hookimpl(tryfirst=True)
    def report_container(self, container: TestResultContainer) -> None:
        """Runs before the container is written."""
        container.befores = [one for one in container.befores if not one.name.startswith(INTERNAL)]
        container.afters = [one for one in container.afters if not _is_noise(one)]
        for after in container.afters:
            after.name = NUMBERED.sub("", after.name)


def _is_noise(after: ExecutableItem) -> bool:
    # pytest's own finalizer is still running when the container is written, and has no status yet.
    silent = after.status in {None, "passed"} and not (after.steps or after.attachments)
    return after.name.startswith(INTERNAL) or bool(silent and after.name.endswith(PYTESTS_OWN))
