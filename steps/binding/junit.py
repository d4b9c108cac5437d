"""pytest's JUnit file of a drill: it never reads as if more had passed than the record has.

pytest itself writes down what has ended, and nothing else: a drill whose second scenario was interrupted would read as
one test that passed. And it does so before all is taken down, when the drill may still be killed.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Final

import pytest
from _pytest.junitxml import LogXML, xml_key

WHY: Final = "the drill ended before this scenario had"
STOPPED: Final = "hadrill::the drill itself"


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

    def tell_unended(self, items: Iterable[pytest.Item], asked_by: str) -> None:
        """Put down those of the tests that have not ended; where all have, that the drill was asked to end before.

        Args:
            items: the scenarios' tests.
            asked_by: who asked the drill to end; empty where nobody did.
        """
        unended = [item for item in items if item.nodeid not in self._ended]
        for item in unended:
            self._put_down(item.nodeid, item.location, WHY)
        if asked_by and not unended:
            self._put_down(STOPPED, ("", None, STOPPED), f"{asked_by} ended the drill after its last scenario")

    def publish(self) -> None:
        """Give the file its name, where it could be written; raises OSError."""
        if self._junit is not None and Path(self._junit.logfile).exists():
            Path(self._junit.logfile).replace(self._path)
            self._junit.logfile = str(self._path)

    def _put_down(self, nodeid: str, location: tuple[str, int | None, str], why: str) -> None:
        if self._junit is not None:
            for report in (
                pytest.TestReport(nodeid, location, {}, "failed", why, "setup"),
                pytest.TestReport(nodeid, location, {}, "passed", None, "teardown"),
            ):
                self._junit.pytest_runtest_logreport(report)
