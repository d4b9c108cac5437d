"""pytest's own loop over tests, for those that are left when a crew has run the scenarios."""

from collections.abc import Sequence

import pytest


def run_others(session: pytest.Session, items: Sequence[pytest.Item]) -> None:
    """Run tests one after another, as pytest does.

    Raises:
        pytest.Session.Failed: as pytest was told, after so many failures.
        pytest.Session.Interrupted: a plugin asked for the end.
    """
    for item, following in zip(items, [*items[1:], None], strict=False):
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        end_where_told(session)


def end_where_told(session: pytest.Session) -> None:
    """Raise what pytest raises between two tests, if it was told to."""
    if session.shouldfail:
        raise session.Failed(session.shouldfail)
    if session.shouldstop:
        raise session.Interrupted(session.shouldstop)
