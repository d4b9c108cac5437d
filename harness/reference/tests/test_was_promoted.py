"""Which instance has another primary than at first, by the events."""

from hadrill.harness.reference.records import PROMOTED
from hadrill.harness.reference.requests.switching import was_promoted


def test_whose_primary_has_changed() -> None:
    """Of the instance that it did, and of no other."""
    created, promoted = ({"instance": "db-1", "what": what} for what in ("created", PROMOTED))
    assert (was_promoted("db-1", [created]), was_promoted("db-2", [created, promoted])) == (False, False)
    assert was_promoted("db-1", [created, promoted])
