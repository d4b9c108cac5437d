"""When an instrument of ours dies, the drill has no verdict: it neither passes nor holds it against the service."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

STEPS = """
from pytest_bdd import when

@when("Toxiproxy dies")
def kill_toxiproxy(drill):
    drill.stage.site.process("toxiproxy").kill(hold=True)
"""

FEATURE = """
Feature: An instrument that dies
  @SW-7
  Rule: A switch is survived

    Scenario: Toxiproxy dies before a switch
      Given a High-availability instance in two zones
      And clients at work
      When Toxiproxy dies
      And a switch is asked for
      And the clients come to rest
      Then the outage of the switch is within the objective "switch"
"""


@pytest.mark.e2e
def test_a_dead_toxiproxy_leaves_no_verdict(tmp_path: Path) -> None:
    """The switch could not be carried out, which would be a finding if Toxiproxy had lived (design decision 9)."""
    (tmp_path / "conftest.py").write_text(STEPS)
    (tmp_path / "dies.feature").write_text(FEATURE)
    argv = (sys.executable, "-m", "pytest", "--hadrill", "-q", "-p", "no:cacheprovider", "dies.feature")
    ended = subprocess.run(argv, cwd=tmp_path, capture_output=True, text=True, timeout=180, check=False)
    (result,) = (tmp_path / "hadrill-runs").glob("2*/result.json")
    (scenario,) = json.loads(result.read_text())["scenarios"]
    assert (2, "no verdict") == (ended.returncode, scenario["verdict"]), ended.stdout
    assert "toxiproxy ended" in scenario["reason"]
