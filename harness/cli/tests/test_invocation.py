"""How pytest is called for a drill."""

from pathlib import Path

import pytest

from hadrill.harness.cli.invocation import marker_expression, pytest_arguments
from hadrill.harness.drill.catalogue import packaged_features
from hadrill.harness.drill.settings import RunSettings
from hadrill.harness.errors import WrongCall

RUN = Path("/runs/one")


def value_of(option: str, arguments: list[str]) -> str:
    """What follows an option."""
    return arguments[arguments.index(option) + 1]


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ("@smoke", "smoke"),
        ("@smoke and not @HA-4", "smoke and not HA-4"),
        ("(@ha or @switch) and smoke", "(ha or switch) and smoke"),
    ],
)
def test_tags_become_markers(tags: str, expected: str) -> None:
    """Gherkin's @ is dropped; and, or, not and brackets mean the same to pytest."""
    assert marker_expression(tags) == expected


def test_no_tags_are_a_wrong_call() -> None:
    """An empty expression would select everything."""
    with pytest.raises(WrongCall, match="--tags is empty"):
        marker_expression(" ")


@pytest.mark.parametrize(
    "tags", ["@smoke and (", "@a @b", "@a or", "@a, @b", "@a(b)", "()", "@a & @b", "@a if @b else @c"]
)
def test_what_is_no_expression_is_a_wrong_call(tags: str) -> None:
    """It is named, with an example of one that is."""
    with pytest.raises(WrongCall, match="cannot be read; tags go with and, or, not"):
        marker_expression(tags)


def test_the_packaged_features_are_drilled_wherever_one_is() -> None:
    """Without --features they are taken from the package, and nothing around the working directory is loaded."""
    arguments = pytest_arguments(RunSettings(seed=7), None, None, RUN)
    assert arguments[-1] == value_of("--rootdir", arguments) == str(packaged_features())


def test_conftests_beside_ones_own_features_count(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Features below the working directory have the conftest.py files from there on down."""
    (tmp_path / "drills" / "ours").mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    arguments = pytest_arguments(RunSettings(seed=7), [Path("drills/ours")], None, RUN)
    assert value_of("--rootdir", arguments) == value_of("--confcutdir", arguments) == str(tmp_path.resolve())


def test_settings_reach_the_plugin() -> None:
    """What was asked for on the command line is what the plugin is given."""
    settings = RunSettings(
        seed=7,
        mysqld=Path("/opt/mysqld"),
        load=Path("/opt/load.yaml"),
        sabotage="asynchronous-replication",
        sabotage_file=Path("/opt/own.yaml"),
    )
    arguments = pytest_arguments(settings, None, "@smoke", RUN)
    names = ("seed", "mysqld", "load", "sabotage", "sabotage-file", "folder")
    assert {name: value_of(f"--hadrill-{name}", arguments) for name in names} == {
        "seed": "7",
        "mysqld": "/opt/mysqld",
        "load": "/opt/load.yaml",
        "sabotage": "asynchronous-replication",
        "sabotage-file": "/opt/own.yaml",
        "folder": "/runs/one",
    }
    assert "--hadrill-haproxy" not in arguments
    assert "--hadrill-fresh" not in arguments
    assert "--hadrill-fresh" in pytest_arguments(RunSettings(seed=7, fresh=True), None, None, RUN)


def test_a_path_that_is_not_there_is_a_wrong_call() -> None:
    """It is named."""
    with pytest.raises(WrongCall, match="there is no nowhere to take features from"):
        pytest_arguments(RunSettings(seed=7), [Path("nowhere")], None, RUN)


def test_a_file_that_is_no_feature_is_a_wrong_call(tmp_path: Path) -> None:
    """It is named, with what it could be."""
    notes = tmp_path / "notes.txt"
    notes.touch()
    with pytest.raises(WrongCall, match=r"notes\.txt is neither a feature file"):
        pytest_arguments(RunSettings(seed=7), [notes], None, RUN)
