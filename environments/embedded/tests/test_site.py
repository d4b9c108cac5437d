"""A site of real parts."""

import csv
import io
import signal
import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import pymysql
import pytest

from hadrill.environments.embedded.hands import Process
from hadrill.environments.embedded.room.program import ProgramState
from hadrill.environments.embedded.site import EmbeddedSite
from hadrill.environments.embedded.tests.real import (
    OWNER,
    UP_S,
    ask_host,
    await_greeting,
    start_node,
    two_racks,
)
from hadrill.environments.toxics import LinkToxic, Stream, blackhole, hold, latency
from hadrill.harness.errors import HarnessTrouble
from hadrill.harness.model.topology import Link
from hadrill.harness.wait import NotYet, until

pytestmark = pytest.mark.e2e

LINK = Link("b1", "a1")


@pytest.fixture(scope="module")
def site() -> Iterator[EmbeddedSite]:
    """A site whose node a1 is up; b1 is for whoever needs an empty one."""
    with two_racks() as site:
        start_node(site, "a1")
        yield site


@pytest.fixture
def running(site: EmbeddedSite) -> EmbeddedSite:
    """The same, with a1 up again whatever the test before did to it."""
    site.nodes.resume("a1")
    site.nodes.release("a1")
    await_greeting(site, "a1")
    return site


def watched(site: EmbeddedSite) -> dict[str, str]:
    """What HAProxy's watch says of each node."""
    with socket.socket(socket.AF_UNIX) as control:
        control.settimeout(2)
        control.connect(site.inventory.address_control)
        control.sendall(b"show stat\n")
        answer = b"".join(iter(lambda: control.recv(65536), b"")).decode()
    rows = csv.DictReader(io.StringIO(answer.removeprefix("# ")))
    return {row["svname"]: row["status"] for row in rows if row["pxname"] == "watch"}


def echo(site: EmbeddedSite, name: str, text: str) -> Process:
    """A program that says what it was told, and whose run it belongs to."""
    script = "import os, sys; print(sys.stdin.read(), os.environ['HADRILL_RUN'])"
    return site.spawn(name, (sys.executable, "-c", script), stdin_text=text)


def next_state(site: EmbeddedSite, before: str) -> ProgramState:
    """The state of a1 once it is another one."""

    def probe() -> ProgramState | NotYet:
        state = site.nodes.state("a1")
        return NotYet(before) if state.state == before else state

    return until(probe, f"a1 to be no longer {before}", timeout_s=5)


def test_a_server_is_durable_and_closed(running: EmbeddedSite) -> None:
    """Over a link, with an account of its init file: as design decision 4 wants it, and shut to clients."""
    way = running.inventory.route("manager", "a1")
    names = "sync_binlog", "innodb_flush_log_at_trx_commit", "super_read_only", "offline_mode", "server_id"
    with (
        pymysql.connect(
            host=way.host, port=way.port, user=OWNER.user, password=OWNER.password, connect_timeout=5, read_timeout=5
        ) as server,
        server.cursor() as cursor,
    ):
        cursor.execute(f"SELECT {', '.join(f'@@{name}' for name in names)}")
        assert cursor.fetchone() == (1, 1, 1, 1, 1)


def test_the_init_file_goes_once_it_has_been_read(running: EmbeddedSite) -> None:
    """It may hold passwords."""

    def gone() -> bool | NotYet:
        left = list((running.work / "nodes").glob("*/*.sql"))
        return NotYet(f"{len(left)} left") if left else True

    assert until(gone, "the init file to go", timeout_s=5)


def test_starting_twice_does_nothing(running: EmbeddedSite) -> None:
    """The manager may ask again after an answer that it did not get."""
    before = running.nodes.state("a1")
    assert ask_host(running, "a-1", "POST", "/nodes/a1/start")[1]["pid"] == before.pid


def test_a_host_tells_what_a_node_keeps(running: EmbeddedSite) -> None:
    """Its data, at least as much as a fresh server's own tables."""
    assert ask_host(running, "a-1", "GET", "/nodes/a1/stored")[1]["bytes"] > 10 << 20


def test_a_host_refuses_nodes_of_other_racks(running: EmbeddedSite) -> None:
    """Each rack has a host of its own, reached over a link of its own."""
    status, answer = ask_host(running, "b-1", "POST", "/nodes/a1/kill")
    assert (status, answer["error"]) == (404, "node 'a1' does not stand on rack b-1")


def test_a_host_refuses_who_has_no_token(running: EmbeddedSite) -> None:
    """Other users of this machine reach loopback too."""
    assert ask_host(running, "a-1", "GET", "/nodes/a1", token="wrong")[0] == 401


def test_a_host_refuses_to_move_a_server(running: EmbeddedSite) -> None:
    """Past the links."""
    running.nodes.kill("a1", hold=False)
    status, answer = ask_host(running, "a-1", "POST", "/nodes/a1/start", {"variables": {"port": "3306"}})
    assert (status, answer["error"]) == (400, "the server's place is the environment's own: port cannot be set")


def test_a_held_node_stays_down_whoever_asks(running: EmbeddedSite) -> None:
    """409 and a sentence, until it is released: then it starts as it last was."""
    running.nodes.kill("a1", hold=True)
    status, answer = ask_host(running, "a-1", "POST", "/nodes/a1/start")
    assert (status, answer["error"]) == (409, "node a1 is held down; it starts again when it is released")
    assert running.nodes.release("a1").state == "running"
    await_greeting(running, "a1")


def test_a_state_is_seen_and_not_remembered(running: EmbeddedSite) -> None:
    """Whoever stopped, continued or killed the process."""
    seen = []
    for number in (signal.SIGSTOP, signal.SIGCONT, signal.SIGKILL):
        before = running.nodes.state("a1")
        running.spawn(f"somebody-{number}", ("sh", "-c", f"kill -{number} {before.pid}")).wait(UP_S)
        after = next_state(running, before.state)
        seen.append((after.state, after.exit))
    assert seen == [("paused", None), ("running", None), ("exited", -9)]


def test_a_node_is_prepared_and_wiped(running: EmbeddedSite) -> None:
    """Preparing twice keeps what is there; wiping leaves nothing."""
    states = [
        ask_host(running, "b-1", method, "/nodes/b1")[1]["state"] for method in ("GET", "PUT", "PUT", "DELETE", "GET")
    ]
    assert states == ["absent", "prepared", "prepared", "absent", "absent"]


def test_a_node_that_is_not_prepared_cannot_start(running: EmbeddedSite) -> None:
    """There is nothing to start it on."""
    status, answer = ask_host(running, "b-1", "POST", "/nodes/b1/start")
    assert (status, answer["error"]) == (409, "node b1 has no data directory; prepare it first")


def test_a_server_stops_when_it_is_asked(running: EmbeddedSite) -> None:
    """In good order: exit code 0."""
    status, answer = ask_host(running, "a-1", "POST", "/nodes/a1/stop")
    assert (status, answer["state"], answer["exit"]) == (200, "exited", 0)
    ask_host(running, "a-1", "POST", "/nodes/a1/start")


def test_the_address_watches_every_server(running: EmbeddedSite) -> None:
    """Up is who greets, past every account."""

    def as_expected() -> bool | NotYet:
        seen = watched(running)
        return True if seen["a1"] == "UP" and seen["b1"].startswith("DOWN") else NotYet(str(seen))

    assert until(as_expected, "the watch to see a1 up and b1 down", timeout_s=5)


def test_toxics_go_on_a_link_and_come_off(running: EmbeddedSite) -> None:
    """Both are read back from Toxiproxy."""
    running.links.apply([LinkToxic(LINK, blackhole(stream)) for stream in Stream])
    during = running.links.in_force([LINK])[LINK]
    running.links.heal([LINK])
    assert (set(during), running.links.in_force([LINK])[LINK]) == ({blackhole(stream) for stream in Stream}, ())


def test_a_new_plan_replaces_what_was_on_the_link(running: EmbeddedSite) -> None:
    """Toxics added to others have been seen to crash Toxiproxy."""
    running.links.apply([LinkToxic(LINK, latency(Stream.DOWNSTREAM, 300))])
    running.links.apply([LinkToxic(LINK, hold(Stream.UPSTREAM))])
    assert running.links.in_force([LINK])[LINK] == (hold(Stream.UPSTREAM),)
    running.links.heal([LINK])


def test_a_program_reads_what_it_is_told(running: EmbeddedSite) -> None:
    """Its exit code and its output are there afterwards."""
    assert echo(running, "echo", "a secret").wait(UP_S) == 0
    assert (running.work / "logs" / "echo.log").read_text(encoding="utf-8") == f"a secret {running.work}\n"


def test_a_program_that_cannot_be_started_is_named(running: EmbeddedSite) -> None:
    """And the room goes on."""
    with pytest.raises(HarnessTrouble, match="/no/such/program cannot be started: No such file or directory"):
        running.spawn("none", ("/no/such/program",))
    running.check()


def test_two_sites_stand_side_by_side(running: EmbeddedSite) -> None:
    """Each on a network of its own."""
    with two_racks() as other:
        start_node(other, "a1")
        assert other.inventory.server("a1").host != running.inventory.server("a1").host
    running.check()


def test_logs_are_kept_where_asked(tmp_path: Path) -> None:
    """They outlive the work folder."""
    site = two_racks()
    echo(site, "echo", "kept").wait(UP_S)
    site.keep_logs(tmp_path / "logs")
    site.close()
    assert (tmp_path / "logs" / "echo.log").read_text(encoding="utf-8").startswith("kept")
    assert not site.work.exists()


def test_without_toxiproxy_there_is_no_verdict() -> None:
    """Whoever notices first says so."""
    with two_racks() as site:
        site.process("toxiproxy").kill()
        with pytest.raises(HarnessTrouble, match=r"toxiproxy ended \(exited, -9\): no verdict"):
            site.check()
        with pytest.raises(HarnessTrouble, match="Toxiproxy ended: no verdict"):
            site.links.apply([LinkToxic(LINK, blackhole(Stream.UPSTREAM))])


def test_the_room_keeps_no_file_with_a_token(running: EmbeddedSite) -> None:
    """Its configuration goes as soon as it has been read."""
    texts = [path.read_bytes() for path in running.work.glob("*") if path.is_file()]
    assert not any(running.rack_token.encode() in text for text in texts)
    assert running.work.stat().st_mode & 0o777 == 0o700
