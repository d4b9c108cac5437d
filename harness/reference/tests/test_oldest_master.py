"""The oldest master that can be followed, on a real MySQL 5.6 (DR-7)."""

from pathlib import Path

import pytest

from hadrill.harness.engines.mysql import recovery
from hadrill.harness.reference.recovery_preconditions import require_link
from hadrill.harness.reference.refusals import Code, Refusal
from hadrill.harness.reference.tests.old_master import old_master

pytestmark = pytest.mark.e2e


def test_a_5_6_with_gtid_fulfils_what_a_link_needs(tmp_path: Path) -> None:
    """What it says of itself is understood, and accepted: it is the lowest version that is."""
    with old_master(tmp_path, gtid=True) as server:
        seen = server.row(recovery.PRECONDITIONS)
        assert str(seen["version"]).startswith("5.6.")
        require_link("db-1", str(seen["version"]), str(seen["gtid_mode"]))


def test_a_5_6_without_gtid_does_not(tmp_path: Path) -> None:
    """The version alone is not enough."""
    with old_master(tmp_path, gtid=False) as server:
        seen = server.row(recovery.PRECONDITIONS)
        with pytest.raises(Refusal) as refused:
            require_link("db-1", str(seen["version"]), str(seen["gtid_mode"]))
    assert refused.value.code is Code.MASTER_WITHOUT_GTID
