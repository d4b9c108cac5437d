"""The kills that the project keeps: README says what their logbook says."""

from pathlib import Path
from typing import Final

from hadrill.harness.kills.entries import KILLS, Entry
from hadrill.harness.kills.standing import standing_of
from hadrill.harness.kills.wording import rate

ROOT: Final = Path(__file__).resolve().parents[3]


def test_readme_says_how_they_stand() -> None:
    """A kill that left something behind, or after which a drill read wrong, cannot be left out."""
    text = (ROOT / "reports" / "logbooks" / "kills" / KILLS.file).read_bytes()
    entries: list[Entry] = [KILLS.form.validate_json(line) for line in text.splitlines()]
    standing = standing_of(entries)
    assert standing.number
    assert rate(standing) in (ROOT / "README.md").read_text(encoding="utf-8")
