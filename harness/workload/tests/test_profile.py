"""Mix and rate of a load, from hadrill's own file or another."""

from pathlib import Path

import pytest

from hadrill.harness.errors import WrongCall
from hadrill.harness.workload.profile import Heart, Writers, load_profile


def written(folder: Path, text: str) -> Path:
    """A profile of these lines."""
    (folder / "load.yaml").write_text(f"version: 1\n{text}")
    return folder / "load.yaml"


def test_parts_that_a_file_gives_take_the_place_of_ours(tmp_path: Path) -> None:
    """What it leaves out stays as it is."""
    profile = load_profile(written(tmp_path, "writers: {count: 2, pace_ms: 0}\nheart: {pace_ms: 40}\n"))
    assert (profile.writers, profile.heart) == (Writers(count=2, pace_ms=0), Heart(pace_ms=40))
    assert profile.transfers == load_profile().transfers


def test_an_empty_file_changes_nothing(tmp_path: Path) -> None:
    """A profile that gives nothing but its version is hadrill's own."""
    assert load_profile(written(tmp_path, "")) == load_profile()


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("writers: {count: 0, pace_ms: 10}", "load.yaml:2: writers.count: .*greater than or equal to 1; found 0"),
        ("writers: {count: 51, pace_ms: 10}", "load.yaml:2: writers.count: .*less than or equal to 50; found 51"),
        ("writers: {count: 4}", "load.yaml:2: writers.pace_ms: Field required"),
        ("writers: {count: 4, pace_ms: -1}", "writers.pace_ms: .*greater than or equal to 0; found -1"),
        ("writers: {count: 4, pace_ms: .inf}", "writers.pace_ms: .*finite number; found inf"),
        ("writers: {count: 4, pace_ms: 1.0e+308}", "writers.pace_ms: .*less than or equal to 60000"),
        (f"readers: {{pace_ms: 50, total_every: {10**30}}}", "readers.total_every: .*less than or equal to 1000000"),
        ("writers: {count: four, pace_ms: 1}", "writers.count: .*valid integer; found 'four'"),
        ("heart: {pace_ms: 0}", "heart.pace_ms: .*greater than or equal to 1; found 0"),
        ("large: {count: 1, pace_ms: 200, kib: 2048}", "large.kib: .*less than or equal to 1024; found 2048"),
        ("batches: {count: 1, pace_ms: 200, rows: 1}", "batches.rows: .*greater than or equal to 2; found 1"),
        ("readers: {pace_ms: 50, total_every: 10, count: 3}", "readers.count: Extra inputs are not permitted"),
        ("typists: {count: 1}", "load.yaml:2: typists: Extra inputs are not permitted"),
        ("heart: [20]", "load.yaml:2: heart: .*; found"),
        ("heart: {pace_ms: 20", "this is no YAML"),
    ],
)
def test_a_bad_file_is_told_by_line_and_field(tmp_path: Path, text: str, complaint: str) -> None:
    """What cannot be used is refused with its place and what was found there."""
    with pytest.raises(WrongCall, match=complaint):
        load_profile(written(tmp_path, text))


def test_another_version_is_refused(tmp_path: Path) -> None:
    """A file of another form is not guessed at."""
    (tmp_path / "load.yaml").write_text("version: 2\n")
    with pytest.raises(WrongCall, match=r"load.yaml:1: version: Input should be 1; found 2"):
        load_profile(tmp_path / "load.yaml")


def test_rate_is_that_of_all_writers(tmp_path: Path) -> None:
    """Each client counts with its beats a second, a batch with its rows; without a pace there is no upper end."""
    text = (
        "writers: {count: 2, pace_ms: 10}\nheart: {pace_ms: 20}\ntransfers: {count: 0, pace_ms: 0}\n"
        "large: {count: 1, pace_ms: 500, kib: 64}\nbatches: {count: 1, pace_ms: 1000, rows: 5}\n"
    )
    assert load_profile(written(tmp_path, text)).writes_per_s == 257.0
    assert load_profile(written(tmp_path, "writers: {count: 1, pace_ms: 0}\n")).writes_per_s == float("inf")
