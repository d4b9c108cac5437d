"""A user's project that is drilled under ``stage_watch``, and whether a secret is in anything that came of it."""

import base64
import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from hadrill.harness.cli.tests.test_drill_command import hadrill

TITLE: Final = "A switch is asked of a Basic instance"
BASIC: Final = f"""
Feature: Secrets
  @SW-5
  Rule: They stay where they are
    Scenario: {TITLE}
      Given a Basic instance
      And clients at work
      When a switch is asked for that must be refused
      And the clients come to rest
      Then the refusal says "EditionHasNoSecondary" in a sentence
      And no acknowledged write is lost
    Scenario: Something breaks
      Given a Basic instance
      And clients at work
      When the manager meets a row that makes no sense
      And something of ours breaks that knows every secret
      Then the refusal says "EditionHasNoSecondary" in a sentence
"""
WITHOUT_TROUBLE: Final = BASIC.partition("    Scenario: Something breaks")[0]
OF_EACH_STAGE: Final = 8
"""Secrets: tokens of manager, racks and room; passwords of three accounts of the manager's and two of customers."""

OF_EACH_SERVER: Final = 4
"""Private keys, which MySQL makes for itself: of its authority, of the server, of a client, and one for passwords."""

_CONFTEST: Final = "from hadrill.harness.cli.tests.stage_watch import *\n"
_ENCODED: Final = re.compile(rb"[A-Za-z0-9+/]{24,}")
_SAID: Final = "said"
_WATCHED: Final = "watched.jsonl"


def project_in(folder: Path, feature: str) -> Path:
    """A project with that feature, below a folder that takes what is seen behind the scenes."""
    project = folder / "project"
    project.mkdir()
    (project / "own.feature").write_text(feature)
    (project / "conftest.py").write_text(_CONFTEST)
    (project / "pytest.ini").write_text("[pytest]\n")
    return project


def run_in(project: Path, *arguments: str) -> int:
    """Run the command on the project's feature; its exit code. What was said is a file of the project's, too."""
    call = (*arguments, "--features", "own.feature")
    done = hadrill(project, *call, WATCHED=str(project.parent / _WATCHED))
    (project / _SAID).write_text(done.stdout + done.stderr)
    return done.returncode


def said_in(project: Path) -> str:
    """On both of the command's streams."""
    return (project / _SAID).read_text()


def seen_of(project: Path) -> list[dict[str, Any]]:
    """Of each stage, what ``stage_watch`` saw."""
    return [json.loads(line) for line in (project.parent / _WATCHED).read_text().splitlines()]


def texts(path: Path) -> Iterator[bytes]:
    """What a file holds, and what it holds in base64, as Allure's page does."""
    written = path.read_bytes()
    yield written
    for found in _ENCODED.findall(written):
        for start in range(4):  # it may follow a letter that is none of it
            yield base64.b64decode(found[start : start + (len(found) - start) // 4 * 4])


def leaks_in(project: Path, stages: Iterable[dict[str, Any]]) -> list[tuple[str, bytes]]:
    """Files in which a secret or a private key of one of the stages is, with what stands before it."""
    secrets = {secret.encode() for stage in stages for secret in (*stage["secrets"], *stage["keys"])}
    return [
        (str(path.relative_to(project)), text[max(0, place - 80) : place])
        for path in project.rglob("*")
        if path.is_file()
        for text in texts(path)
        for secret in secrets
        if (place := text.find(secret)) >= 0
    ]
