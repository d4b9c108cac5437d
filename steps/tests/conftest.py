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
        pytest_DOT_ini="""
            [pytest]
            addopts = --strict-markers
            """,
        steps____init___DOT_py="",
        steps__words_DOT_py="""
            from hadrill.harness.errors import HarnessTrouble, NotAddressed

            ERRORS = {
                "all is well": None,
                "a promise is broken": AssertionError("two primaries were seen"),
                "an instrument fails": HarnessTrouble("Toxiproxy ended"),
                "a capability is lacking": NotAddressed("the service has no zones"),
                "there is a bug": ZeroDivisionError("division by zero"),
            }
            """,
        features____init___DOT_py="",
        conftest_DOT_py="""
            import pytest
            from pytest_bdd import parsers, then, when
            from steps.words import ERRORS

            @pytest.fixture
            def bad_ending():
                yield
                raise RuntimeError("the heal failed")

            @when("nothing is done")
            def nothing():
                pass

            @when("something is done that ends badly")
            def ends_badly(bad_ending):
                pass

            @then(parsers.parse("{what} for {secret}"))
            def happens(what, secret):
                if ERRORS[what]:
                    raise ERRORS[what]
            """,
        features__own_DOT_feature="""
            @ha
            Feature: Words of our own
              @HA-4
              Rule: It fails over
                @smoke
                Scenario: A limit
                  When nothing is done
                  Then the objective "switch" allows at most 2 s
                Scenario Outline: It ends in its own way
                  When nothing is done
                  Then <what> for hunter2
                  @nightly
                  Examples:
                    | what                    |
                    | all is well             |
                    | a promise is broken     |
                    | an instrument fails     |
                    | a capability is lacking |
                    | there is a bug          |
                Scenario: It breaks afterwards
                  When something is done that ends badly
                  Then the objective "switch" allows at most 2 s
            """,
        more__own_DOT_feature="""
            Feature: A file of the same name
              Scenario: A limit
                When nothing is done
                Then the objective "switch" allows at most 2 s
            """,
        features__bound_DOT_feature="""
            Feature: Bound by a test module
              Scenario: Bound
                When nothing is done
                Then the objective "switch" allows at most 2 s
            """,
        test_bound_DOT_py="""
            from pytest_bdd import scenarios

            scenarios("features/bound.feature")

            def test_plain():
                assert True
            """,
    )
    return project
