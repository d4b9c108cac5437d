"""Rows that are read on the way: an address that is dead."""

import socket
from types import SimpleNamespace
from typing import cast

import pytest

from hadrill.harness.drill.clientele import Clientele
from hadrill.harness.drill.recorder import Recorder
from hadrill.harness.drill.stage import Stage
from hadrill.harness.errors import HarnessTrouble
from hadrill.harness.evidence.events import EventKind
from hadrill.harness.evidence.journal import read_journal
from hadrill.harness.model.instance import Account, Edition, Endpoint, Instance, Member, Role, State
from hadrill.harness.model.topology import ADDRESS


@pytest.fixture
def clients(recorder: Recorder) -> Clientele:
    """Nobody has put them on an instance yet."""
    service = SimpleNamespace(accounts=lambda _: (Account("owner", "x"),))
    return Clientele(cast("Stage", SimpleNamespace(service=service)), recorder, recorder.run.folder)


def test_what_cannot_be_read_is_on_record_as_that(clients: Clientele) -> None:
    """The scenario goes on, and what can be judged without those rows is."""
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        address = Endpoint(*closed.getsockname())
        members = (Member("a1", Role.PRIMARY),)
        clients._instance = Instance("db-1", Edition.BASIC, State.DOWN, address, "now", members, protected=False)
        clients.snapshot(ADDRESS)
    settings = [each.data for each in read_journal(clients.run_folder) if each.kind is EventKind.SETTING]
    assert clients.recorder.history().snapshots == ()
    assert [str(address) in each["values"] for each in settings if each["what"] == "not read"] == [True]


def test_rows_that_nobody_was_to_write_are_not_asked_for(clients: Clientele) -> None:
    """A scenario without clients that reads rows is wrong, which no service can be."""
    with pytest.raises(HarnessTrouble, match="before clients had been put on it"):
        clients.snapshot(ADDRESS)


def test_an_owner_who_cannot_be_asked_for_is_on_record_as_that(clients: Clientele) -> None:
    """The manager is dead, as it is in some scenarios."""

    def gone(_: str) -> tuple[Account, ...]:
        raise HarnessTrouble("the manager does not answer")

    clients.stage = cast("Stage", SimpleNamespace(service=SimpleNamespace(accounts=gone)))
    members = (Member("a1", Role.PRIMARY),)
    clients._instance = Instance(
        "db-1", Edition.BASIC, State.RUNNING, Endpoint("127.0.0.1", 1), "now", members, protected=False
    )
    clients.snapshot(ADDRESS)
    settings = [each.data for each in read_journal(clients.run_folder) if each.kind is EventKind.SETTING]
    assert [each["values"] for each in settings if each["what"] == "not read"] == ["the manager does not answer"]
