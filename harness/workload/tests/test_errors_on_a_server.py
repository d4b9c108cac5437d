"""Every error that the ledger classifies, provoked on a real server: its number, and what it says of the row."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from hadrill.harness.engines.mysql.installation import Installation
from hadrill.harness.model.operation import Outcome
from hadrill.harness.workload.outcome import CLOSES_THE_DOOR, LEAVES_IT_OPEN, REFUSES_THE_STATEMENT
from hadrill.harness.workload.tests.bare_server import BareServer
from hadrill.harness.workload.tests.provoked import PROVOKED, TOLD_OTHERWISE
from hadrill.harness.workload.tests.talk import ACKNOWLEDGED, Talk, rows_of, setting

AT_THE_DOOR = {*CLOSES_THE_DOOR, 3032}
"""Provoked by a login, which they refuse, also where they leave a request open."""


@pytest.fixture(scope="module")
def own_server(
    installation: Installation, template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[BareServer]:
    """One for this module alone: it is started again and again, and with other options."""
    folder = tmp_path_factory.mktemp("errors")
    server = BareServer(installation, template, folder, server_id=9)
    server.run("INSTALL PLUGIN auth_socket SONAME 'auth_socket.so'")
    yield server
    server.kill()
    shutil.rmtree(folder)


@pytest.fixture
def emptied(own_server: BareServer) -> BareServer:
    """With an empty table."""
    own_server.run(
        "DROP DATABASE IF EXISTS d", "CREATE DATABASE d", "CREATE TABLE d.t (id BIGINT UNSIGNED PRIMARY KEY, body TEXT)"
    )
    return own_server


def test_every_error_that_is_classified_is_provoked() -> None:
    """And nothing else is: what nobody has seen is a stranger."""
    classified = REFUSES_THE_STATEMENT.keys() | LEAVES_IT_OPEN.keys() | CLOSES_THE_DOOR.keys()
    assert classified == PROVOKED.keys() | TOLD_OTHERWISE.keys()


@pytest.mark.e2e
@pytest.mark.parametrize("number", PROVOKED)
def test_an_error_has_its_number_and_its_class(emptied: BareServer, number: int) -> None:
    """Whatever is not open is refused, and then there is no row."""
    is_open = number in LEAVES_IT_OPEN and number not in AT_THE_DOOR
    assert PROVOKED[number](emptied) == (Outcome.INDETERMINATE if is_open else Outcome.REFUSED, number)
    assert rows_of(emptied) == 0


@pytest.mark.e2e
@pytest.mark.parametrize("number", TOLD_OTHERWISE)
def test_what_is_sent_unasked_is_a_lost_connection(emptied: BareServer, number: int) -> None:
    """The driver cannot tell it from an answer that never came."""
    assert TOLD_OTHERWISE[number](emptied) == (Outcome.INDETERMINATE, 2013)
    assert rows_of(emptied) == 0


@pytest.mark.e2e
def test_acknowledged_write_is_there(emptied: BareServer) -> None:
    """Without a disturbance a write is acknowledged and present."""
    assert Talk(emptied).ask() == ACKNOWLEDGED
    assert rows_of(emptied) == 1


@pytest.mark.e2e
def test_a_server_that_turns_read_only_refuses_on_a_connection_from_before(emptied: BareServer) -> None:
    """With either switch."""
    talk = Talk(emptied)
    talk.log_in()
    for variable in ("read_only", "super_read_only"):
        with setting(emptied, variable, "ON"):
            assert talk.ask() == (Outcome.REFUSED, 1290)
    emptied.run("SET GLOBAL read_only = OFF")
    assert rows_of(emptied) == 0
