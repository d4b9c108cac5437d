"""The soaks of the reference service that the project keeps: README says what their logbooks say."""

from pathlib import Path
from typing import Final

import pytest

from hadrill.harness.soak.entries import SOAK, Entry
from hadrill.harness.soak.standing import standing_of
from hadrill.harness.soak.wording import rate

ROOT: Final = Path(__file__).resolve().parents[3]
LOGBOOKS: Final = sorted((ROOT / "reports" / "soaks").glob(f"*/{SOAK.file}"))


@pytest.mark.parametrize("path", LOGBOOKS, ids=lambda path: path.parent.name)
def test_readme_says_how_they_stand(path: Path) -> None:
    """A false alarm in them cannot be left out."""
    entries: list[Entry] = [SOAK.form.validate_json(line) for line in path.read_bytes().splitlines()]
    standings = [standing_of(entries, busy=busy) for busy in (False, True)]
    told = (ROOT / "README.md").read_text(encoding="utf-8")
    assert any(standing.drills for standing in standings)
    assert [rate(one) for one in standings if (one.drills or one.died) and rate(one) not in told] == []
