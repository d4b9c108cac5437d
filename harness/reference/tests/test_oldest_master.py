"""Which masters can be followed, asked of the manager, with a real MySQL 5.6 or a real 5.5 as the master (DR-7)."""

import os
from dataclasses import replace
from pathlib import Path

import pytest

from hadrill.environments.parts.old_mysql import oldest_mysql, too_old_mysql
from hadrill.environments.parts.places import NotHere
from hadrill.environments.parts.settings import PartSettings
from hadrill.harness.model.instance import InstanceType
from hadrill.harness.reference.decisions import Decisions
from hadrill.harness.reference.tests.console_app import ACCOUNT, ConsoleApp
from hadrill.harness.reference.tests.old_master import ENDPOINT, WITH_GTID, OldServer

pytestmark = pytest.mark.e2e

RIGHT = Decisions()
SETTINGS = PartSettings.from_environ(os.environ, fetch=False)
ACCEPTED = "SameRegion"
"""What is refused once the master is accepted: there is no other region."""


def refusal(folder: Path, decisions: Decisions) -> tuple[str, str]:
    """Code and sentence with which a disaster-recovery instance of what runs is refused; nothing is left of it."""
    folder.mkdir()
    app = ConsoleApp(folder, decisions, server=ENDPOINT)
    app.add("db-0", InstanceType.REGULAR, "a1", 0)
    before = app.memory()
    _, answer = app.ask("POST", "/instances/db-0/disaster-recovery", {"region": "region"})
    assert app.memory() == before
    return answer["code"], answer["message"]


def test_a_5_6_with_gtid_fulfils_what_a_link_needs(tmp_path: Path) -> None:
    """What it says of itself is understood, and accepted: it is the lowest version that is."""
    with OldServer(oldest_mysql(SETTINGS), tmp_path, WITH_GTID).running(ACCOUNT):
        assert refusal(tmp_path / "manager", RIGHT)[0] == ACCEPTED


def test_a_5_6_without_gtid_does_not(tmp_path: Path) -> None:
    """The version alone is not enough."""
    with OldServer(oldest_mysql(SETTINGS), tmp_path).running(ACCOUNT):
        assert refusal(tmp_path / "manager", RIGHT)[0] == "MasterWithoutGtid"


def test_a_5_5_is_refused_for_its_version_and_not_where_that_decision_is_changed(tmp_path: Path) -> None:
    """It does not even know the variable by which GTID is asked for; the changed decision is seen."""
    try:
        parts = too_old_mysql(SETTINGS)
    except NotHere as error:
        pytest.skip(f"{error}: it is fetched where Maven is on PATH")
    with OldServer(parts, tmp_path).running(ACCOUNT):
        code, sentence = refusal(tmp_path / "right", RIGHT)
        assert (code, "runs MySQL 5.5.9" in sentence) == ("MasterVersionTooOld", True)
        changed = replace(RIGHT, requires_version=False)
        assert refusal(tmp_path / "changed", changed)[0] == "MasterWithoutGtid"
        assert refusal(tmp_path / "both", replace(changed, requires_gtid=False))[0] == ACCEPTED
