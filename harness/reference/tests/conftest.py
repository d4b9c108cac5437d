"""Stages with real servers for the end-to-end tests."""

import os
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Final

import pytest

from hadrill.environments.embedded.site import Parts
from hadrill.environments.parts.locate import locate_needed
from hadrill.environments.parts.progress import Quiet
from hadrill.environments.parts.settings import PartSettings
from hadrill.harness.drill.stage import Stage, open_stage
from hadrill.harness.model.instance import Edition
from hadrill.harness.reference.tests.pair import LIMIT_S, Pair, new_instance, new_pair
from hadrill.harness.reference.tests.recovery import AWAY, Recovery, pair_in_two_regions

SAID_LAST: Final = 40
"""Lines."""


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A test that fails shows what the manager said last: its log goes with the stage."""
    report = yield
    if report.failed:
        report.sections.extend(("the manager's log", _end_of(log)) for log in _manager_logs(item))
    return report


def _manager_logs(item: pytest.Item) -> set[Path]:
    """Of the stages that the test's fixtures play on."""
    logs: set[Path] = set()
    for value in getattr(item, "funcargs", {}).values():
        pair = value.pair if isinstance(value, Recovery) else value
        stage = pair.stage if isinstance(pair, Pair) else pair
        if isinstance(stage, Stage):
            logs.add(stage.site.work / "logs" / "manager.log")
    return logs


def _end_of(log: Path) -> str:
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines() if log.exists() else ["it is gone"]
    return "\n".join(lines[-SAID_LAST:])


@pytest.fixture(scope="session")
def parts() -> Parts:
    """What drills here would use; nothing is fetched by a test."""
    mysql, haproxy, toxiproxy = locate_needed(PartSettings.from_environ(os.environ, fetch=False), Quiet())
    return Parts(mysql, haproxy.argv, toxiproxy.argv)


@pytest.fixture(scope="module")
def pair(parts: Parts) -> Iterator[Pair]:
    """A pair that a module's tests share; each leaves it protected, with one primary, and whole."""
    with open_stage("ha", parts) as stage, new_pair(stage) as pair:
        yield pair


@pytest.fixture(scope="module")
def drill_stage(parts: Parts) -> Iterator[Stage]:
    """An empty stage with two regions and three addresses; each test leaves it empty."""
    with open_stage("drill", parts) as stage:
        yield stage


@pytest.fixture(scope="module")
def ha_stage(parts: Parts) -> Iterator[Stage]:
    """An empty stage with three nodes and two addresses; each test leaves it empty."""
    with open_stage("ha", parts) as stage:
        yield stage


@pytest.fixture
def basic(ha_stage: Stage) -> Iterator[Pair]:
    """A Basic instance where there is room for a second server; released afterwards."""
    with new_instance(ha_stage, Edition.BASIC) as basic:
        yield basic
        basic.await_idle()
        ha_stage.service.release(basic.id, timeout_s=LIMIT_S)


@pytest.fixture
def basic_stage(parts: Parts) -> Iterator[Stage]:
    """An empty stage with one node and one address."""
    with open_stage("basic", parts) as stage:
        yield stage


@pytest.fixture
def recovery(parts: Parts) -> Iterator[Recovery]:
    """A disaster-recovery instance that follows its pair with both servers; given up with its stage."""
    with pair_in_two_regions(parts) as pair:
        made = Recovery(pair, pair.stage.service.create_disaster_recovery(pair.id, AWAY, timeout_s=LIMIT_S).id)
        made.synchronize()
        yield made
