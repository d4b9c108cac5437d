"""Commands that drill repeatedly, on real servers: no secret in their own files and words, or in those of a run."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from hadrill.harness.cli.tests.secrecy import (
    BASIC,
    OF_EACH_SERVER,
    OF_EACH_STAGE,
    TITLE,
    WITHOUT_TROUBLE,
    leaks_in,
    project_in,
    run_in,
    said_in,
    seen_of,
)

pytestmark = pytest.mark.e2e

OWN = f"""
version: 1
sabotages:
  lets-basic-switch:
    breaks: SW-5
    decision: refuses_switch_on_basic
    value: false
    why: a switch that cannot be is done all the same
    must:
      refused: {TITLE}
"""


@dataclass(frozen=True, slots=True)
class Repeat:
    """A command that drills.

    Attributes:
        code: that it ends with.
        stages: how many it plays on; the least where a kill may be tried again, whose victim is not there yet.
        holds: names of files that hold a text about what was drilled.
        feature: that it drills.
        again: it may be more stages.
    """

    arguments: tuple[str, ...]
    code: int
    stages: int
    holds: dict[str, str]
    feature: str = BASIC
    again: bool = False


SABOTAGE = Repeat(
    ("sabotage", "--sabotage-file", "own.yaml"), 0, 1, {"matrix.html": TITLE, "matrix.json": TITLE, "said": TITLE}
)
SOAK = Repeat(("soak", "--runs", "1"), 2, 2, {"soak.jsonl": "RuntimeError", "said": "RuntimeError"})
KILLS = Repeat(  # by this seed HAProxy is sent what it outlives, once its servers are there
    ("kills", "--runs", "1", "--seed", "164", "--tags", "@SW-5"),
    0,
    3,
    {"kills.jsonl": "SIGHUP", "said": "SIGHUP"},
    WITHOUT_TROUBLE,
    again=True,
)


@pytest.mark.parametrize("repeat", [SABOTAGE, SOAK, KILLS], ids=["sabotage", "soak", "kills"])
def test_no_secret_is_in_any_output(tmp_path: Path, repeat: Repeat) -> None:
    """Whatever breaks; the run that is kept of it is looked through, too."""
    project = project_in(tmp_path, repeat.feature)
    (project / "own.yaml").write_text(OWN)
    assert run_in(project, *repeat.arguments) == repeat.code, said_in(project)
    stages = seen_of(project)
    assert {(len(stage["secrets"]), len(stage["keys"])) for stage in stages} == {(OF_EACH_STAGE, OF_EACH_SERVER)}
    assert len(stages) == repeat.stages or (repeat.again and len(stages) > repeat.stages)
    told = {path.name: path.read_text() for path in project.rglob("*") if path.name in repeat.holds}
    assert [name for name, text in repeat.holds.items() if text not in told[name]] == []
    assert leaks_in(project, stages) == []
