"""Decisions that keep a record of what they are asked."""

from dataclasses import asdict
from pathlib import Path

import pytest

from hadrill.harness.reference.asked_decisions import NAMES, AskedDecisions
from hadrill.harness.reference.decisions import Decisions

CHANGED = Decisions(fails_over=False)


def test_they_are_what_they_were(tmp_path: Path) -> None:
    """Each has the value that it was given."""
    asked = AskedDecisions(CHANGED, tmp_path / "asked")
    assert {name: getattr(asked, name) for name in NAMES} == asdict(CHANGED)


def test_each_that_is_asked_for_is_written_down_once(tmp_path: Path) -> None:
    """At once, so that a kill loses none; what nobody asks for is not there."""
    asked, record = AskedDecisions(CHANGED, tmp_path / "asked"), tmp_path / "asked"
    assert not record.exists()
    assert not asked.fails_over
    assert record.read_text() == "fails_over\n"
    assert not asked.fails_over
    assert asked.takes_back
    assert record.read_text() == "fails_over\ntakes_back\n"


@pytest.mark.usefixtures("usual_umask")
def test_the_record_is_its_owners_alone(tmp_path: Path) -> None:
    """Whatever umask the manager was started with."""
    assert AskedDecisions(CHANGED, tmp_path / "asked").takes_back
    assert (tmp_path / "asked").stat().st_mode & 0o777 == 0o600


def test_a_manager_that_is_started_again_goes_on_with_the_record(tmp_path: Path) -> None:
    """What the one before asked for stays."""
    for name in ("fails_over", "takes_back"):
        getattr(AskedDecisions(CHANGED, tmp_path / "asked"), name)
    assert (tmp_path / "asked").read_text().split() == ["fails_over", "takes_back"]
