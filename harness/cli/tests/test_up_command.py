"""``hadrill up``, ``status`` and ``down`` on real servers, and what is left of a topology however it ends."""

import contextlib
import os
import signal
from pathlib import Path

import pymysql
import pytest

from hadrill.environments.embedded.label import RUN_VARIABLE, folder_prefix
from hadrill.environments.embedded.processes import labelled
from hadrill.environments.embedded.settings import load_settings
from hadrill.environments.embedded.work_folder import work_root
from hadrill.harness.cli.tests.shell import LIMIT_S, Shell
from hadrill.harness.live.record import LiveInstance, LiveRecord, LiveStage
from hadrill.harness.wait import NotYet, until

pytestmark = pytest.mark.e2e


def record_of(shell: Shell, topology: str) -> tuple[LiveRecord, LiveStage]:
    """The topology's record, with its stage."""
    record = shell.records.find(topology)
    assert record is not None
    assert record.stage is not None
    return record, record.stage


def answer(instance: LiveInstance, question: str = "SELECT CURRENT_USER()") -> tuple[object, ...] | None:
    """What the instance's owner is answered at its address."""
    owner, address = instance.accounts[0], instance.described.address
    with pymysql.connect(
        host=address.host,
        port=address.port,
        user=owner.user,
        password=owner.password,
        connect_timeout=5,
        read_timeout=5,
        write_timeout=5,
    ) as connection:
        cursor = connection.cursor()
        cursor.execute(question)
        return cursor.fetchone()


def left_of(stage: LiveStage) -> list[object]:
    """Processes and files of a topology that has ended."""
    return [*labelled(f"{RUN_VARIABLE}={stage.work}"), *Path(stage.work).parent.glob(Path(stage.work).name)]


def await_nothing_left(stage: LiveStage) -> None:
    """Wait until its guardian has cleared everything."""
    until(lambda: NotYet(f"{left}") if (left := left_of(stage)) else True, "nothing to be left", timeout_s=15.0)


def folders_of(holder: int) -> list[Path]:
    """Work folders whose label names a process."""
    found = []
    for label in work_root(load_settings()).glob(f"{folder_prefix()}*/label.json"):
        with contextlib.suppress(FileNotFoundError):  # another run ends just now
            found += [label.parent] if f'"harness": {holder},' in label.read_text(encoding="utf-8") else []
    return found


def test_a_pair_is_up_until_it_is_taken_down(shell: Shell) -> None:
    """Up, looked at, refused a second time, used, taken down; then nothing of it is left."""
    up = shell.type("up", "ha")
    assert up.returncode == 0, up.stderr
    record, stage = record_of(shell, "ha")
    last = "look: hadrill status ha    break: hadrill fault list    end: hadrill down ha"
    assert {"ha is up", last} <= set(up.stdout.splitlines())
    assert "creating ha: high-availability, in zone-a and zone-b" in up.stderr.splitlines()
    assert answer(stage.instances[0]) == ("owner@%",)
    status = shell.type("status")
    assert (status.returncode, "high-availability, running, protected" in status.stdout) == (0, True)
    again = shell.type("up", "ha")
    assert (again.returncode, again.stderr.startswith("hadrill: ha is up since ")) == (4, True)
    down = shell.type("down")
    assert (down.returncode, down.stdout) == (0, "ha is down; nothing of it is left\n")
    assert (left_of(stage), record.holder.alive) == ([], False)
    assert shell.type("status").stdout == "nothing is up\n"


def test_a_pair_is_up_with_one_that_follows_it_from_another_region(shell: Shell) -> None:
    """What is written to the master arrives at the address of the other; what the other's region loses is its own."""
    up = shell.type("up", "ha-dr")
    assert up.returncode == 0, up.stderr
    _, stage = record_of(shell, "ha-dr")
    master, follower = stage.instances
    assert "creating dr: disaster recovery of ha, in south" in up.stderr.splitlines()
    assert f"  follows   {master.described.id}: Synchronizing" in up.stdout.splitlines()
    assert answer(master, "CREATE DATABASE far") is None
    until(
        lambda: bool(answer(follower, "SHOW DATABASES LIKE 'far'")) or NotYet("it has not arrived"),
        "what was written to arrive",
        timeout_s=30.0,
    )
    for name, target in (("line-laid", "north..south"), ("region-lost", "south")):
        broken = shell.type("fault", "inject", name, target)
        assert broken.returncode == 0, broken.stdout + broken.stderr
    assert answer(master) == ("owner@%",)
    healed = shell.type("fault", "heal")
    assert healed.returncode == 0, healed.stdout + healed.stderr


def test_two_topologies_are_up_side_by_side(shell: Shell) -> None:
    """Taking one down leaves the other as it was."""
    assert [shell.type("up", name).returncode for name in ("basic", "drill")] == [0, 0]
    _, basic = record_of(shell, "basic")
    assert shell.type("down", "drill").stdout == "drill is down; nothing of it is left\n"
    assert answer(basic.instances[0]) == ("owner@%",)
    assert shell.type("status", "drill").stdout == "drill is not up\n"


def test_everything_ends_with_a_holder_that_is_killed(shell: Shell) -> None:
    """A holder that is killed with -9 leaves nothing; status says so once, and the topology can come up again."""
    assert shell.type("up", "basic").returncode == 0
    record, stage = record_of(shell, "basic")
    os.kill(record.holder.pid, signal.SIGKILL)
    await_nothing_left(stage)
    status = shell.type("status")
    told = f"basic is no longer up: process {record.holder.pid}, which held it up, has ended; nothing of it is left\n"
    assert (status.returncode, status.stdout) == (0, told)
    assert shell.type("status").stdout == "nothing is up\n"
    assert shell.type("up", "basic").returncode == 0


def test_the_end_of_an_instrument_ends_everything_and_is_told(shell: Shell) -> None:
    """A topology without its Toxiproxy is of no use: it ends by itself, and down says why."""
    assert shell.type("up", "basic").returncode == 0
    record, stage = record_of(shell, "basic")
    (toxiproxy,) = (
        stat.pid
        for stat in labelled(f"{RUN_VARIABLE}={stage.work}")
        if f"-host\0{stage.toxiproxy.host}\0" in Path(f"/proc/{stat.pid}/cmdline").read_text(encoding="utf-8")
    )
    os.kill(toxiproxy, signal.SIGKILL)
    until(lambda: NotYet("it stays") if record.holder.alive else True, "the holder to end", timeout_s=30.0)
    down = shell.type("down")
    assert (down.returncode, left_of(stage)) == (0, [])
    assert down.stdout.startswith("basic is no longer up: toxiproxy ended")


def test_a_manager_that_does_not_answer_is_told(shell: Shell) -> None:
    """The code says that too little is known; down works all the same."""
    assert shell.type("up", "basic").returncode == 0
    _, stage = record_of(shell, "basic")
    (manager,) = (
        stat.pid
        for stat in labelled(f"{RUN_VARIABLE}={stage.work}")
        if "hadrill.harness.reference" in Path(f"/proc/{stat.pid}/cmdline").read_text(encoding="utf-8")
    )
    os.kill(manager, signal.SIGKILL)
    status = shell.type("status")
    assert (status.returncode, "nothing is known of its instances" in status.stdout) == (2, True)
    assert shell.type("down").returncode == 0


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 3), (signal.SIGTERM, -signal.SIGTERM), (signal.SIGKILL, -signal.SIGKILL)]
)
def test_nothing_is_left_of_what_was_interrupted(shell: Shell, number: signal.Signals, code: int) -> None:
    """However the command ends while it waits, what it began to bring up ends too."""
    up = shell.start("up", "ha")
    assert up.stderr is not None
    for line in up.stderr:
        if line.startswith("creating"):
            break
    record = shell.records.find("ha")
    assert record is not None
    assert len(folders_of(record.holder.pid)) == 1
    up.send_signal(number)
    up.communicate(timeout=LIMIT_S)
    until(lambda: NotYet("it stays") if record.holder.alive else True, "the holder to end", timeout_s=30.0)
    assert (up.returncode, shell.records.all()) == (code, ())
    assert folders_of(record.holder.pid) == []


def test_a_failure_is_told_in_a_line_and_leaves_nothing(shell: Shell, tmp_path: Path) -> None:
    """What the service refuses reaches the foreground with its code and sentence."""
    topology = tmp_path / "tight.yaml"
    topology.write_text(
        "regions: {north: {zone-a: {a-1: [a1, a2]}}}\n"
        "addresses: 1\n"
        "instances: [{name: ha, edition: high-availability, zones: [zone-a]}]\n"
    )
    up = shell.type("up", str(topology))
    told = up.stderr.splitlines()[-1]
    assert (up.returncode, up.stdout, shell.records.all()) == (2, "", ())
    assert told.startswith("hadrill: the service refused with NoRoom: ")


@pytest.mark.parametrize("arguments", [("up", "hq"), ("status", "hq"), ("down", "hq")])
def test_an_unknown_topology_is_a_wrong_call(shell: Shell, arguments: tuple[str, ...]) -> None:
    """The known ones are listed."""
    done = shell.type(*arguments)
    assert (done.returncode, done.stdout) == (4, "")
    assert (
        done.stderr == "hadrill: there is no topology 'hq'; known are: basic, drill, drill-dr, ha, ha-dr, ha-one-zone\n"
    )


def test_nothing_to_take_down_is_no_error(shell: Shell) -> None:
    """Down and status say so and end with 0."""
    for verb in ("down", "status"):
        done = shell.type(verb)
        assert (done.returncode, done.stdout) == (0, "nothing is up\n")
    assert shell.type("down", "ha").stdout == "ha is not up\n"
