"""A folder of a user's own, outside the clone, and pytest in it."""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from textwrap import dedent

import pytest

from hadrill.harness.evidence.journal import Event, read_journal
from hadrill.steps.tests.users_files import (
    BINDING_MODULE,
    BOUND_FEATURE,
    NAMESAKE,
    OWN_FEATURE,
    PYTEST_INI,
    STEPS,
    WORDS,
)

LIMIT_S = 60.0
OURS_ALONE = ("--disable-plugin-autoload", "-p", "pytest_bdd.plugin", "-p", "hadrill.steps.plugin")


@dataclass(frozen=True, slots=True)
class Outside:
    """A user's folder.

    Attributes:
        folder: with nothing in it but what a test writes.
        plugins: options that choose pytest's plugins; all that are installed where there are none.
        variables: of the environment, in place of this one's.
    """

    folder: Path
    plugins: tuple[str, ...] = ()
    variables: Mapping[str, str] = field(default_factory=dict)

    def write(self, **files: str) -> None:
        """Write files; two underscores in a name stand for a slash, the first single one after that for a dot."""
        for name, text in files.items():
            path = self.folder / name.replace("__", "/").replace("_DOT_", ".")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(dedent(text))

    def command(self, *arguments: str) -> list[str]:
        """How pytest is called here."""
        return [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *self.plugins, *arguments]

    def pytest(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run pytest and wait for it."""
        return subprocess.run(
            self.command(*arguments),
            cwd=self.folder,
            env=self.environ,
            capture_output=True,
            text=True,
            timeout=LIMIT_S,
            check=False,
        )

    @property
    def environ(self) -> dict[str, str]:
        """The environment, without what the outer pytest put there."""
        ours = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "COV_"))}
        return ours | dict(self.variables)

    @property
    def runs(self) -> set[str]:
        """Names of all runs."""
        return {path.name for path in self.folder.glob("hadrill-runs/*")}

    @property
    def run(self) -> Path:
        """The folder of the latest run."""
        return (self.folder / "hadrill-runs" / "latest").resolve()

    @property
    def journal(self) -> list[Event]:
        """Of the latest run."""
        return list(read_journal(self.run))

    def seen(self, event: str) -> Iterator[Event]:
        """The latest run's events of one kind."""
        return (each for each in self.journal if each.kind.value == event)


@pytest.fixture
def outside(tmp_path: Path) -> Outside:
    """An empty folder; pytest is quicker there without the plugins that happen to be installed."""
    return Outside(tmp_path, OURS_ALONE)


@pytest.fixture(scope="session")
def users_project(tmp_path_factory: pytest.TempPathFactory) -> Outside:
    """A project with folders named like hadrill's own, features of each kind, steps of its own and plain tests."""
    project = Outside(tmp_path_factory.mktemp("project"))
    project.write(
        pytest_DOT_ini=PYTEST_INI,
        steps____init___DOT_py="",
        steps__words_DOT_py=WORDS,
        features____init___DOT_py="",
        conftest_DOT_py=STEPS,
        features__own_DOT_feature=OWN_FEATURE,
        more__own_DOT_feature=NAMESAKE,
        features__bound_DOT_feature=BOUND_FEATURE,
        test_bound_DOT_py=BINDING_MODULE,
    )
    return project
