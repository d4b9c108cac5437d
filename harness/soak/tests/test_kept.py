"""The soaks of the reference service that the project keeps: README says what their logbooks say."""

from pathlib import Path
from typing import Final

import pytest

from hadrill.harness.soak.entries import SOAK, Entry
from hadrill.harness.soak.standing import standing_of
from hadrill.harness.soak.wording import rate

ROOT: Final = Path(__file__).resolve().parents[3]
SOAKS: Final = ("whole", "smoke")


@pytest.mark.parametrize("name", SOAKS)
def test_readme_says_how_they_stand(name: str) -> None:
    """A false alarm in them cannot be left out."""
    text = (ROOT / "reports" / "logbooks" / name / SOAK.file).read_bytes()
    entries: list[Entry] = [SOAK.form.validate_json(line) for line in text.splitlines()]
    standings = [standing_of(entries, busy=busy) for busy in (False, True)]
    told = (ROOT / "README.md").read_text(encoding="utf-8")
    assert any(standing.drills for standing in standings)
    assert [rate(one) for one in standings if (one.drills or one.died) and rate(one) not in told] == []
