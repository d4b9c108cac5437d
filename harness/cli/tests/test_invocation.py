"""How pytest is called for a drill."""

import ast
from pathlib import Path

import pytest
from _pytest.mark.expression import Expression

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


@pytest.mark.parametrize(
    "tags",
    ["not " * 7000 + "@a", "@a or " * 200 + "@a", "(" * 600 + "@a" + ")" * 600],
    ids=["nots", "ors", "brackets"],
)
def test_an_expression_that_is_too_long_is_a_wrong_call(tags: str) -> None:
    """By its length alone; whatever reads it might go too deep."""
    with pytest.raises(WrongCall, match=f"--tags has {len(tags)} characters; 1000 can be read"):
        marker_expression(tags)


@pytest.mark.parametrize(
    "tags",
    ["not " * 101 + "@a", "not(" * 51 + "@a" + ")" * 51, "(" * 101 + "@a" + ")" * 101],
    ids=["nots", "both", "brackets"],
)
def test_an_expression_that_goes_too_deep_is_a_wrong_call(tags: str) -> None:
    """However short it is."""
    with pytest.raises(WrongCall, match="--tags has more than 100 brackets and nots"):
        marker_expression(tags)


@pytest.mark.parametrize(
    "tags",
    ["not " * 100 + "@a", "not(" * 50 + "@a" + ")" * 50, "@a or(" * 100 + "@a" + ")" * 100],
    ids=["nots", "both", "brackets"],
)
def test_the_deepest_that_is_let_through_is_read_by_pytest(tags: str) -> None:
    """Even from where hundreds of calls are under way."""

    def below(calls: int) -> object:
        return below(calls - 1) if calls else Expression.compile(marker_expression(tags))

    assert below(400)


@pytest.mark.parametrize("error", [RecursionError, MemoryError])
def test_what_python_cannot_read_is_no_expression(error: type[Exception], monkeypatch: pytest.MonkeyPatch) -> None:
    """It gives up on what is nested too deep for it in ways of its own."""

    def give_up(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(ast, "parse", give_up)
    with pytest.raises(WrongCall, match="cannot be read; tags go with"):
        marker_expression("@a")


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
