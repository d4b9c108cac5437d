"""Command lines that are wrong somewhere: exit code 4 and one line, whatever the verb; nothing is begun."""

from pathlib import Path
from typing import Final

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from hadrill.harness.cli.main import VERBS, main

SIGNS: Final = ("", "-1", "0", "1e9", "--", "\x1b[2J", "a b", "ö", "../..", "\udcff")
ODD: Final = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12) | st.sampled_from(SIGNS)
"""No argument can have a zero byte in it."""

WRONG: Final[dict[str, tuple[tuple[str, ...], ...]]] = {
    "drill": (
        ("--seed", "{}x"), ("--jobs", "{}x"), ("--environment", "{}x"), ("--objectives", "/none/{}x"),
        ("--load", "/none/{}x"), ("--sabotage", "{}x"), ("--mysqld", "/none/{}x"), ("--no-{}x",), ("{}x",),
        ("--features", "/none/{}x"), ("--tags", "@a and ({}x"), ("--output", "/dev/null/{}x"),
    ),
    "sabotage": (("{}x",), (), ("all", "--part", "{}x"), ("open-secondary", "--part", "3/2"), ("all", "--jobs", "{}x")),
    "soak": (("--for", "{}x"), ("--runs", "{}x"), ("--runs", "0"), ("--seed", "1"), ("--output", "/dev/null/{}x")),
    "kills": (("--for", "{}x"), ("--runs", "0"), ("--seed", "x"), ("--output", "/dev/null/{}x"), ()),
    "doctor": (("{}x",), ("--haproxy",), ("--no-{}x",)),
    "up": ((), ("{}x",), ("./{}x",), ("ha", "{}x"), ("ha", "--mysqld", "/none/{}x")),
    "status": (("a", "{}x"), ("--no-{}x",)),
    "instance": ((), ("{}x",), ("describe",), ("create",), ("promote", "{}x"), ("list", "{}x")),
    "fault": ((), ("{}x",), ("inject",), ("inject", "{}x"), ("inject", "process-killed", "{}x"), ("heal", "{}x")),
    "down": (("a", "{}x"), ("--no-{}x",)),
}  # fmt: skip
CALLS: Final = [(verb, *rest) for verb, calls in WRONG.items() for rest in calls]
STEADY = settings(
    deadline=None,
    derandomize=True,
    database=None,
    max_examples=6,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to call from, where nothing is up and nothing can be fetched."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return tmp_path


def test_every_verb_is_called_wrongly() -> None:
    """None is left out."""
    assert WRONG.keys() == VERBS.keys()


@pytest.mark.parametrize("call", CALLS, ids=" ".join)
def test_a_wrong_call_ends_with_four_and_a_line(
    call: tuple[str, ...], alone: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Which says whose it is; there is no traceback, and no folder is left."""

    @STEADY
    @given(ODD)
    def every(odd: str) -> None:
        code = main([part.format(odd) for part in call])
        said = capsys.readouterr()
        assert (code, said.out) == (4, "")
        assert said.err.startswith("hadrill: ")
        assert "Traceback" not in said.err
        assert "\x1b" not in said.err
        assert list(alone.iterdir()) == []

    every()
