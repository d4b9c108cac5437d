"""``hadrill instance`` on a topology that is up: from a list to the way back after a disaster."""

import re
from collections.abc import Iterator

import pytest

from hadrill.harness.cli.tests.shell import Shell
from hadrill.harness.wait import NotYet, until

pytestmark = pytest.mark.e2e

LIMIT_S = 20.0


@pytest.fixture(scope="module")
def shell(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shell]:
    """A master and a pair that follows it from another region are up in it; taken down at the end."""
    shell = Shell(tmp_path_factory.mktemp("state"))
    up = shell.type("up", "ha-dr")
    assert up.returncode == 0, up.stderr
    yield shell
    assert shell.type("down").returncode == 0


def said(shell: Shell, *words: str) -> str:
    """What a call prints that goes well."""
    done = shell.type("instance", *words)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    return done.stdout


def ids(listed: str) -> list[str]:
    """Of the instances of a list."""
    return re.findall(r"^(db-\w+)", listed, re.MULTILINE)


def await_said(shell: Shell, instance: str, state: str) -> None:
    """Wait until an instance is described so."""

    def described() -> bool | NotYet:
        now = said(shell, "describe", instance)
        return state in now.splitlines()[0] or NotYet(now)

    until(described, f"{instance} to be{state.rstrip()}", timeout_s=LIMIT_S)


def test_a_disaster_and_the_way_back_by_hand(shell: Shell) -> None:
    """Promotion asks for names, is for ever, and a new instance in the old region takes over, verified."""
    (master,) = ids(said(shell, "list", "--region", "north"))
    (recovery,) = ids(said(shell, "list", "--type", "disaster-recovery"))
    assert f"follows {master}, Synchronizing" in said(shell, "describe", recovery)
    for words in ((), ("--confirm", recovery)):
        assert shell.type("instance", "promote", recovery, *words).returncode == 4
    promoted = said(shell, "promote", recovery, "--confirm", recovery, "--accept-divergence", master)
    assert f"in place of {master}, which it never follows again" in promoted
    assert "PromotedForGood" in shell.type("instance", "create-sync", recovery).stderr
    said(shell, "release", master)
    (back,) = ids(said(shell, "create", "--master", recovery, "--region", "north"))
    assert "by hand: the entire instance" in said(shell, "create-sync", back)
    assert "no difference" in said(shell, "verify", back)
    assert f"{back}  regular" in said(shell, "switch-back", back, "--confirm", back)


def test_a_read_only_instance_is_made_broken_and_given_back(shell: Shell) -> None:
    """A fault is aimed at its node like at any other; its service says that it is down, and then that it runs."""
    master = ids(said(shell, "list", "--region", "north"))[0]
    made = said(shell, "create-read-only", master, "--zone", "zone-a")
    (new,) = ids(made)
    (node,) = re.findall(r"^  read-only +(\w+)$", made, re.MULTILINE)
    assert made.splitlines()[0].endswith(f"follows {master}")
    assert shell.type("fault", "inject", "process-killed", node).returncode == 0
    await_said(shell, new, "  down  ")
    assert shell.type("fault", "heal").returncode == 0
    await_said(shell, new, "  running  ")
    said(shell, "release", new)
    assert new not in said(shell, "list")


def test_what_makes_no_sense_is_refused(shell: Shell) -> None:
    """With a sentence, and nothing is begun."""
    done = shell.type("instance", "create", "--region", "north")
    assert (done.returncode, "--master and --region go together" in done.stderr) == (4, True)
    unknown = shell.type("instance", "describe", "db-0")
    assert (unknown.returncode, "there is no instance db-0" in unknown.stderr) == (4, True)
