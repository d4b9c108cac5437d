"""When an instrument of ours dies, or the manager by itself, there is no verdict: no pass, nor a failure."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

STEPS = """
from pytest_bdd import parsers, step

@step(parsers.parse("{part} dies"))
def kill(drill, part):
    drill.stage.site.process(part).kill(hold=True)
"""

BEFORE_A_SWITCH = """
Feature: An instrument that dies
  @SW-7
  Rule: A switch is survived

    Scenario: Toxiproxy dies before a switch
      Given a High-availability instance in two zones
      And clients at work
      When toxiproxy dies
      And a switch is asked for
      And the clients come to rest
      Then the outage of the switch is within the objective "switch"
"""
AT_THE_END = """
Feature: A manager that dies
  @HA-2
  Rule: A pair is at rest

    Scenario: The manager dies when all has been seen
      Given a High-availability instance in two zones
      When the servers are looked at
      Then one server takes writes and the other one follows it
      And manager dies
"""


@pytest.mark.e2e
@pytest.mark.parametrize(("feature", "dead"), [(BEFORE_A_SWITCH, "toxiproxy"), (AT_THE_END, "manager")])
def test_what_died_leaves_no_verdict(tmp_path: Path, feature: str, dead: str) -> None:
    """A switch could not be carried out, which would be a finding if Toxiproxy had lived (design decision 9).

    A manager that ends by itself when a scenario is over ended without anybody noticing.
    """
    (tmp_path / "conftest.py").write_text(STEPS)
    (tmp_path / "dies.feature").write_text(feature)
    argv = (sys.executable, "-m", "pytest", "--hadrill", "-q", "-p", "no:cacheprovider", "dies.feature")
    ended = subprocess.run(argv, cwd=tmp_path, capture_output=True, text=True, timeout=180, check=False)
    (result,) = (tmp_path / "hadrill-runs").glob("2*/result.json")
    (scenario,) = json.loads(result.read_text())["scenarios"]
    assert (2, "no verdict") == (ended.returncode, scenario["verdict"]), ended.stdout
    assert f"{dead} ended" in scenario["reason"]
