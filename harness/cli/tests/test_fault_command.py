"""``hadrill fault`` on a topology that is up."""

from collections.abc import Iterator

import pytest

from hadrill.harness.cli.tests.shell import Shell

pytestmark = pytest.mark.e2e


@pytest.fixture(scope="module")
def shell(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shell]:
    """A pair is up in it; it is taken down at the end."""
    shell = Shell(tmp_path_factory.mktemp("state"))
    up = shell.type("up", "ha")
    assert up.returncode == 0, up.stderr
    yield shell
    down = shell.type("down")
    assert (down.returncode, down.stdout) == (0, "ha is down; nothing of it is left\n")


def broken(shell: Shell) -> list[str]:
    """What status says is broken, without its proof."""
    lines = [line.strip() for line in shell.type("status").stdout.splitlines()]
    return [line.removeprefix("broken").strip().partition(" for ")[0] for line in lines if line.startswith("broken")]


def test_a_fault_is_injected_seen_and_healed(shell: Shell) -> None:
    """Each with its proof; a second time is refused, and so is a heal of what is whole."""
    injected = shell.type("fault", "inject", "client-link-cut", "address:0")
    assert (injected.returncode, injected.stderr) == (0, "")
    assert injected.stdout.startswith("client-link-cut on address:0 is injected, proved: ")
    assert broken(shell) == ["client-link-cut on address:0"]
    again = shell.type("fault", "inject", "client-link-cut", "address:0")
    assert (again.returncode, "client-link-cut on address:0 is injected already" in again.stderr) == (4, True)
    healed = shell.type("fault", "heal", "client-link-cut")
    assert (healed.returncode, healed.stdout.startswith("client-link-cut on address:0 is healed in ")) == (0, True)
    assert broken(shell) == ["nothing"]
    assert "client-link-cut is not injected" in shell.type("fault", "heal", "client-link-cut").stderr
    assert shell.type("fault", "heal").stdout == "nothing is broken\n"


def test_a_blip_is_over_when_it_is_told(shell: Shell) -> None:
    """Both proofs in one call."""
    done = shell.type("fault", "inject", "process-paused", "b1", "--option", "for_s=0.3")
    assert done.returncode == 0, done.stdout + done.stderr
    first, second = done.stdout.splitlines()
    assert first.startswith("process-paused on b1, for 300 ms is injected, proved: ")
    assert second.startswith("process-paused on b1, for 300 ms is healed in ")


@pytest.mark.parametrize("name", ["manager-paused", "manager-killed"])
def test_the_manager_is_broken_and_comes_back(shell: Shell, name: str) -> None:
    """While it is gone status says so, with what is broken."""
    assert shell.type("fault", "inject", name, "manager").returncode == 0
    status = shell.type("status")
    assert (status.returncode, f"{name} on manager" in status.stdout) == (2, True)
    healed = shell.type("fault", "heal", name)
    assert healed.returncode == 0, healed.stdout + healed.stderr
    assert shell.type("status").returncode == 0


def test_a_manager_is_another_process_at_once(shell: Shell) -> None:
    """What was up goes on under it; the heal has nothing to do, and shows that it answers."""
    injected = shell.type("fault", "inject", "manager-restarted", "manager")
    assert injected.returncode == 0, injected.stdout + injected.stderr
    assert "manager-restarted on manager is injected, proved: " in injected.stdout
    assert "is running in its place" in injected.stdout
    healed = shell.type("fault", "heal", "manager-restarted")
    assert healed.returncode == 0, healed.stdout + healed.stderr
    assert (shell.type("status").returncode, broken(shell)) == (0, ["nothing"])


def test_several_faults_are_healed_at_once(shell: Shell) -> None:
    """The latest first; what one breaks another cannot break."""
    assert shell.type("fault", "inject", "rack-lost", "b-1").returncode == 0
    assert shell.type("fault", "inject", "link-slow", "client..a1", "--option", "latency_ms=50").returncode == 0
    both = shell.type("fault", "inject", "process-killed", "b1")
    assert (both.returncode, "b1 is broken already, by rack-lost on b-1" in both.stderr) == (4, True)
    assert broken(shell) == ["rack-lost on b-1", "link-slow on client to a1"]
    healed = shell.type("fault", "heal")
    assert healed.returncode == 0, healed.stdout + healed.stderr
    assert [line.partition(" is healed")[0] for line in healed.stdout.splitlines()] == [
        "link-slow on client to a1",
        "rack-lost on b-1",
    ]


def test_what_was_not_proved_is_told_by_the_code(shell: Shell) -> None:
    """A server that never ran was not killed."""
    done = shell.type("fault", "inject", "process-killed", "a2")
    assert (done.returncode, "is injected, not proved: " in done.stdout) == (2, True)
    shell.type("fault", "heal")


def test_a_call_that_makes_no_sense_is_refused(shell: Shell) -> None:
    """With what there is; nothing is broken by it."""
    calls = {
        "there is no fault 'quake'; there are: process-killed, ": ("quake", "a1"),
        "there is no node 'z9'; there are: a1, a2, b1": ("process-killed", "z9"),
        "process-killed takes no option 'hard'; ": ("process-killed", "a1", "--option", "hard=1"),
        "for_s=nan is out of range; between 0.1 and 60 ": ("process-paused", "b1", "--option", "for_s=nan"),
        "for_s=inf is out of range; between 0.1 and 60 ": ("process-paused", "b1", "--option", "for_s=inf"),
        "period_s=nan is out of range; between 0.4 ": ("link-flapping", "b1..a1", "--option", "period_s=nan"),
        "latency_ms=0 is out of range; between 1 ": ("link-slow", "b1..a1", "--option", "latency_ms=0"),
    }
    for why, arguments in calls.items():
        done = shell.type("fault", "inject", *arguments)
        assert (done.returncode, done.stderr[: len("hadrill: ") + len(why)]) == (4, f"hadrill: {why}")
    status = shell.type("status")
    assert (status.returncode, broken(shell)) == (0, ["nothing"]), status.stdout
