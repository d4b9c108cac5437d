"""What files, servers and services supply, meant to do harm to a terminal: every verb shows it as text."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Final

import pytest

from hadrill.environments.parts import examine
from hadrill.environments.parts.examine import PartReport
from hadrill.environments.parts.progress import Progress
from hadrill.harness.cli import fault, sabotaging, status, up
from hadrill.harness.cli.main import main
from hadrill.harness.live.fault_messages import Answer
from hadrill.harness.live.holder_id import HolderId
from hadrill.harness.live.look import Look
from hadrill.harness.live.record import LiveRecord
from hadrill.harness.live.records import Records
from hadrill.harness.model.fault import FaultRecord, Proof
from hadrill.reports.tests.hostile import COMMANDS

HARM: Final = "\x1b[2J\x9b31m\x07"
SHOWN: Final = "\\x1b[2J\\x9b31m\\x07"
TOPOLOGY: Final = "regions: {north: {zone-a: {a-1: [a1]}}}\naddresses: 1\n"
BROKEN: Final = FaultRecord("process-killed", HARM, 10**9, 10**9, Proof(True, HARM, 0), disrupts=True)
Told = Callable[..., str]


@pytest.fixture
def told(capsys: pytest.CaptureFixture[str]) -> Told:
    """Calls the command: all that it prints, in which a terminal finds nothing to obey."""

    def call(*words: str) -> str:
        main(words)
        said = "".join(capsys.readouterr())
        assert COMMANDS.findall(said) == [], said
        return said

    return call


@pytest.fixture
def hostile(record: LiveRecord, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> LiveRecord:
    """What is up is called so, and is on record."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    (tmp_path / "hadrill" / "live").mkdir(parents=True)
    named = replace(record, topology=f"ha{HARM}")
    Records(tmp_path / "hadrill" / "live").update(named)
    return named


def test_a_status_shows_what_services_and_proofs_say(
    hostile: LiveRecord, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The topology's name, an instance's reason, a fault's target and proof."""
    assert hostile.stage is not None
    instance = replace(hostile.stage.instances[0].described, reason=f"why {HARM}")
    look = Look(hostile, True, (instance,), standing=Answer((BROKEN,)), at_ns=8 * 10**9)
    monkeypatch.setattr(status, "look_at", lambda _: look)
    said = told("status")
    assert f"ha{SHOWN} is up" in said
    assert f"(why {SHOWN})" in said
    assert f"process-killed on {SHOWN} for 7 s, proved: {SHOWN}" in said


def test_a_status_shows_why_nothing_is_known(hostile: LiveRecord, told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a manager said in place of an answer."""
    monkeypatch.setattr(status, "look_at", lambda _: Look(hostile, True, (), f"it said {HARM}"))
    assert f"nothing is known of its instances: it said {SHOWN}" in told("status")


@pytest.mark.parametrize("verb", ["status", "down"])
def test_why_it_ended_by_itself_is_shown(verb: str, hostile: LiveRecord, told: Told, tmp_path: Path) -> None:
    """As its holder wrote it down."""
    Records(tmp_path / "hadrill" / "live").update(replace(hostile, holder=HolderId(7, 7, ""), trouble=f"why {HARM}"))
    assert f"ha{SHOWN} is no longer up: why {SHOWN}" in told(verb)


@pytest.mark.parametrize("verb", ["status", "down"])
def test_a_topologys_file_may_be_called_anything(
    verb: str, told: Told, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Where it is not up; a byte that is no text is no error either."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    path = tmp_path / f"a{HARM}\udc9b.yaml"
    path.write_text(TOPOLOGY)
    assert told(verb, str(path)) == f"a{SHOWN}\\udc9b is not up\n"


def test_what_comes_up_may_be_called_anything(
    record: LiveRecord, told: Told, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """On the way and once it is there; parts may say anything, too."""

    def locate(_: object, progress: Progress) -> SimpleNamespace:
        progress.say(f"warning: {HARM}")
        return SimpleNamespace(mysql=None)

    path = tmp_path / f"a{HARM}.yaml"
    path.write_text(TOPOLOGY)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    monkeypatch.setattr(up, "_locate", locate)
    monkeypatch.setattr(up, "client_of", lambda *_: ("mysql",))
    monkeypatch.setattr(up, "bring_up", lambda *_: replace(record, topology=path.stem))
    said = told("up", str(path))
    assert f"a{SHOWN} is up\n" in said
    assert f"end: hadrill down a{SHOWN}\n" in said
    assert f"warning: {SHOWN}\n" in said


@pytest.mark.usefixtures("hostile")
@pytest.mark.parametrize("words", [("inject", "process-killed", "a1"), ("heal",)])
def test_what_a_fault_came_to_is_shown(words: tuple[str, ...], told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its proof quotes servers."""
    healed = replace(BROKEN, heal_began_ns=10**9, healed_ns=2 * 10**9, heal_proof=Proof(True, HARM, 0))
    monkeypatch.setattr(fault, "ask", lambda *_, **__: Answer((healed,)))
    assert f"process-killed on {SHOWN} is healed in 1.0 s, proved: {SHOWN}" in told("fault", *words)


def test_what_programs_say_of_themselves_is_shown(told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether they can be used or not."""
    there = PartReport("HAProxy", True, f"3.2{HARM}", None, f"/{HARM}", (f"old {HARM}",))
    missing = PartReport("MySQL", True, problem=f"broken {HARM}")
    monkeypatch.setattr(examine, "examine", lambda _: (there, missing))
    said = told("doctor")
    assert f"HAProxy 3.2{SHOWN} (None): /{SHOWN}\n  note: old {SHOWN}\nMySQL: broken {SHOWN}\n" in said


def test_what_no_sabotage_changes_is_shown(told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    """A decision is called what the service calls it."""
    monkeypatch.setattr(sabotaging, "never_changed", lambda _: (HARM,))
    assert f"hadrill: no sabotage changes {SHOWN}, and nothing says why" in told("sabotage", "all")
