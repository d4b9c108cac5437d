"""What is printed of a topology."""

import subprocess
from dataclasses import replace
from pathlib import Path

from hadrill.harness.live.fault_messages import Answer
from hadrill.harness.live.holder_id import HolderId
from hadrill.harness.live.look import Look
from hadrill.harness.live.record import LiveRecord
from hadrill.harness.live.take_down import Found
from hadrill.harness.live.wording import (
    line_of_take_down,
    lines_of_status,
    lines_of_what_came_up,
    mysql_line,
)
from hadrill.harness.model.fault import FaultRecord, Proof
from hadrill.harness.model.instance import Account, Edition, Endpoint, Instance, Member, Role

PATH = Path("/state/ha.json")


def instance_of(record: LiveRecord) -> Instance:
    """The record's one instance."""
    assert record.stage is not None
    return record.stage.instances[0].described


def test_what_came_up_is_told_with_all_that_opens_it(record: LiveRecord) -> None:
    """Addresses, members with roles, accounts as lines to paste, the manager with its token, and what to do next."""
    assert list(lines_of_what_came_up(record, PATH)) == [
        "ha is up",
        "",
        "ha (db-1): high-availability, running, protected",
        "  address   127.83.0.1:14000",
        "  a1        primary    127.83.0.11:13306  rack a-1, zone-a, north",
        "  b1        secondary  127.83.0.13:13306  rack b-1, zone-b, n",
        "  owner     mysql -h 127.83.0.1 -P 14000 -u owner -powners-word",
        "  reader    mysql -h 127.83.0.1 -P 14000 -u reader -preaders-word",
        "",
        "free nodes  a2",
        "manager     http://127.83.0.4:13900/docs",
        "  token     the-token",
        "  ask it    curl -H 'Authorization: Bearer the-token' http://127.83.0.4:13900/v1/instances",
        "toxiproxy   http://127.83.0.1:13900/proxies",
        "auditor     reads each server itself, a1 for example",
        "            mysql -h 127.83.0.11 -P 13306 -u hadrill_auditor -pauditors-word",
        "logs        /no/such/folder/logs",
        "all of this /state/ha.json",
        "",
        "look: hadrill status ha    break: hadrill fault list    end: hadrill down ha",
    ]


def test_a_client_that_is_not_on_path_is_told(record: LiveRecord, tmp_path: Path) -> None:
    """One line to paste makes all the others work, wherever the client lies."""
    assert record.stage is not None
    client = tmp_path / "my tree" / "mysql"
    client.parent.mkdir()
    client.write_text('#!/bin/sh\necho "called with $*"\n')
    client.chmod(0o755)
    elsewhere = replace(record, stage=replace(record.stage, client=(str(client), "-v")))
    alias = list(lines_of_what_came_up(elsewhere, PATH))[3]
    script = f"shopt -s expand_aliases\n{alias}\nmysql -h here"
    assert subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=True).stdout == (
        "called with -v -h here\n"
    )


def test_a_status_tells_how_it_is_now_and_no_secret(record: LiveRecord) -> None:
    """Roles and protection are the manager's of now, not the record's."""
    after = replace(
        instance_of(record),
        members=(Member("a1", Role.OUT), Member("b1", Role.PRIMARY)),
        protected=False,
        reason="unprotected until a1 is back",
    )
    lines = list(lines_of_status(Look(record, True, (after,), standing=Answer()), PATH))
    assert lines == [
        f"ha is up since 2026-11-21 09:00:00 UTC, held by process {record.holder.pid}",
        "  ha (db-1): high-availability, running, not protected (unprotected until a1 is back)",
        "    address   127.83.0.1:14000",
        "    a1        out        127.83.0.11:13306  rack a-1, zone-a, north",
        "    b1        primary    127.83.0.13:13306  rack b-1, zone-b, n",
        "  free nodes  a2",
        "  broken      nothing",
        "  manager     http://127.83.0.4:13900/docs",
        "  accounts    /state/ha.json",
    ]


def test_a_status_tells_what_is_broken(record: LiveRecord) -> None:
    """Since when, and how that is known; what is under way as well."""
    killed = FaultRecord("process-killed", "a1", 10**9, 10**9, Proof(True, "refused", 0), disrupts=True)
    slow = FaultRecord("link-slow", "b1 to a1", 2 * 10**9, 0, Proof(False, "quick", 0), disrupts=False)
    look = Look(record, True, standing=Answer((killed, slow), ("zone-lost on zone-b",)), at_ns=8 * 10**9)
    lines = list(lines_of_status(look, PATH))
    assert [line for line in lines if "broken" in line] == [
        "  broken      process-killed on a1 for 7 s, proved: refused",
        "  broken      link-slow on b1 to a1 for 6 s, not proved: quick",
        "  broken      zone-lost on zone-b is being injected",
    ]


def test_a_basic_instance_is_not_called_unprotected(record: LiveRecord) -> None:
    """It was never to have a secondary; and one that was made by hand is called by its id."""
    made = replace(instance_of(record), id="db-2", edition=Edition.BASIC, members=(Member("a2", Role.PRIMARY),))
    assert list(lines_of_status(Look(record, True, (made,)), PATH))[1] == "  db-2: basic, running"


def test_whom_an_instance_follows_is_told(record: LiveRecord) -> None:
    """How far the link is stands beside its master; an instance that follows nobody has no such line."""
    follower = replace(instance_of(record), id="dr-2", master="db-1", synchronization="Interrupted")
    lines = list(lines_of_status(Look(record, True, (instance_of(record), follower)), PATH))
    assert [line for line in lines if "follows" in line] == ["    follows   db-1: Interrupted"]


def test_a_manager_that_says_nothing_is_told(record: LiveRecord) -> None:
    """What is not known is not shown as it was."""
    lines = list(lines_of_status(Look(record, True, (), "the manager did not answer"), PATH))
    assert lines[1:4] == [
        "  nothing is known of its instances: the manager did not answer",
        "  broken      it is not known what: its holder did not answer",
        "  manager     http://127.83.0.4:13900/docs",
    ]


def test_what_is_on_its_way_is_told(record: LiveRecord) -> None:
    """There is nothing to look at yet."""
    assert list(lines_of_status(Look(replace(record, stage=None), True), PATH)) == [
        f"ha is coming up since 2026-11-21 09:00:00 UTC, held by process {record.holder.pid}"
    ]


def test_what_has_ended_by_itself_is_told(record: LiveRecord) -> None:
    """With its reason, where it had the time to write one down."""
    killed = replace(record, holder=HolderId(7, 7, ""))
    expected = "ha is no longer up: process 7, which held it up, has ended; nothing of it is left"
    assert list(lines_of_status(Look(killed, False), PATH)) == [expected]
    assert line_of_take_down(killed, Found.DEAD) == expected
    said = replace(killed, trouble="toxiproxy ended")
    assert line_of_take_down(said, Found.DEAD) == "ha is no longer up: toxiproxy ended; nothing of it is left"
    assert line_of_take_down(record, Found.UP) == "ha is down; nothing of it is left"


def test_a_line_to_paste_survives_the_shell() -> None:
    """Whatever a password holds, the shell passes it on."""
    assert mysql_line(Endpoint("h", 1), Account("o", "a b$c")) == "mysql -h h -P 1 -u o '-pa b$c'"
