"""What the JUnit file of a drill says: the one thing that many a pipeline reads."""

import xml.etree.ElementTree as ET
from dataclasses import dataclass
from pathlib import Path
from typing import Self


@dataclass(frozen=True, slots=True)
class Junit:
    """Its counts."""

    tests: int
    passed: int

    @classmethod
    def of(cls, path: Path) -> Self | None:
        """Read them; None where there is no such file.

        Raises:
            ValueError: it is no JUnit file.
        """
        if not path.exists():
            return None
        try:
            root = ET.parse(path).getroot()  # noqa: S314 - our own drill wrote it
            suites = [{name: int(suite.attrib[name]) for name in _COUNTS} for suite in root.iter("testsuite")]
        except (ET.ParseError, KeyError) as error:
            raise ValueError(f"{path} is no JUnit file: {error}") from error
        tests = sum(suite["tests"] for suite in suites)
        return cls(tests, tests - sum(suite[name] for suite in suites for name in _COUNTS[1:]))


_COUNTS = ("tests", "errors", "failures", "skipped")
