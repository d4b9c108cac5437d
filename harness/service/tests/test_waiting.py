"""Who waits for what a manager does: it may be away for a while, our own instruments may not."""

import pytest

from hadrill.harness.errors import HarnessTrouble, WaitTimeout
from hadrill.harness.model.instance import Account, Endpoint
from hadrill.harness.service import reference_calls
from hadrill.harness.service.reference import ReferenceService

NOBODY = Endpoint("127.0.0.1", 9)
AUDITOR = Account("auditor", "secret")


def test_a_manager_that_is_away_is_waited_for() -> None:
    """Until the deadline; what was seen last is told."""
    service = ReferenceService(NOBODY, "token", AUDITOR)
    with pytest.raises(WaitTimeout, match="db-1 to be protected; last seen: the manager did not answer"):
        service.await_protected("db-1", timeout_s=0.1)


def test_nothing_is_waited_for_once_an_instrument_has_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the manager does meanwhile, there is no verdict."""

    def ended() -> None:
        raise HarnessTrouble("toxiproxy ended (exited, 1): no verdict")

    monkeypatch.setattr(reference_calls, "CHECK_EVERY_S", 0.0)
    service = ReferenceService(NOBODY, "token", AUDITOR, instruments=ended)
    with pytest.raises(HarnessTrouble, match="toxiproxy ended"):
        service.await_protected("db-1", timeout_s=30)
