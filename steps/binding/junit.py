"""pytest's JUnit file of a drill: it never reads as if more had passed than the record has.

pytest itself writes down what has ended, and nothing else: a drill whose second scenario was interrupted would read as
one test that passed. And it does so before all is taken down, when the drill may still be killed.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Final, Literal

import pytest
from _pytest.junitxml import LogXML, xml_key

WHY: Final = "the drill ended before this scenario had"


class JunitFile:
    """Has whatever did not end stand in the file as an error, and the file appear once the record is closed.

    Args:
        junit: pytest's own; None where no such file was asked for.
    """

    def __init__(self, junit: LogXML | None) -> None:
        self._junit = junit
        self._ended: set[str] = set()
        self._path = Path(junit.logfile if junit else "")
        if junit is not None:
            junit.logfile = str(self._path.with_name(f".{self._path.name}.unfinished"))

    @classmethod
    def of(cls, config: pytest.Config) -> "JunitFile":
        """The file that was asked for."""
        return cls(config.stash.get(xml_key, None))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """A test has ended once it is torn down."""
        if report.when == "teardown":
            self._ended.add(report.nodeid)

    def tell_unended(self, items: Iterable[pytest.Item]) -> None:
        """Put down those of the tests that have not ended."""
        if self._junit is not None:
            for item in items:
                if item.nodeid not in self._ended:
                    self._junit.pytest_runtest_logreport(_report(item, "setup", "failed"))
                    self._junit.pytest_runtest_logreport(_report(item, "teardown", "passed"))

    def publish(self) -> None:
        """Give the file its name, where it could be written; raises OSError."""
        if self._junit is not None and Path(self._junit.logfile).exists():
            Path(self._junit.logfile).replace(self._path)
            self._junit.logfile = str(self._path)


def _report(
    item: pytest.Item, when: Literal["setup", "teardown"], outcome: Literal["passed", "failed"]
) -> pytest.TestReport:
    longrepr = WHY if outcome == "failed" else None
    return pytest.TestReport(item.nodeid, item.location, {}, outcome, longrepr, when)
