"""What a master must fulfil (DR-7)."""

from contextlib import nullcontext

import pytest

from hadrill.harness.reference.decisions import Decisions
from hadrill.harness.reference.recovery_preconditions import require_link
from hadrill.harness.reference.refusals import Code, Refusal


@pytest.mark.parametrize(
    ("version", "enough"),
    [("5.5.62", False), ("5.5.62-log", False), ("5.6", True), ("5.6.24", True), ("8.4.0", True), ("10.0", True)],
)
def test_a_master_below_the_lowest_version_is_refused(version: str, *, enough: bool) -> None:
    """5.6 itself is enough, and versions are numbers."""
    with nullcontext() if enough else pytest.raises(Refusal) as refused:
        require_link("db-1", version, "ON")
    assert enough or (refused is not None and refused.value.code == Code.MASTER_TOO_OLD)


@pytest.mark.parametrize("mode", ["OFF", "OFF_PERMISSIVE", "ON_PERMISSIVE"])
def test_a_master_without_gtid_is_refused(mode: str) -> None:
    """Half-way is not on."""
    with pytest.raises(Refusal, match="gtid_mode") as refused:
        require_link("db-1", "9.7.4", mode)
    assert refused.value.code == Code.MASTER_WITHOUT_GTID


def test_a_changed_decision_skips_one_of_the_two() -> None:
    """And one alone."""
    require_link("db-1", "5.5", "ON", Decisions(requires_version=False))
    require_link("db-1", "9.7", "OFF", Decisions(requires_gtid=False))
    with pytest.raises(Refusal):
        require_link("db-1", "5.5", "OFF", Decisions(requires_gtid=False))
