"""Command lines that are wrong somewhere: exit code 4 and one line, whatever the verb; nothing is begun."""

from pathlib import Path
from typing import Final

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hadrill.environments.parts import locate
from hadrill.harness.cli import instance
from hadrill.harness.cli.main import VERBS, main
from hadrill.harness.cli.repeating import PASSED_ON, passed_on
from hadrill.harness.cli.tests.slots import MARK, Slot, bent_slots, parser_of, slots
from hadrill.harness.errors import WrongCall
from hadrill.harness.tests.steady import steady

DIGITS: Final = st.text("0123456789")
ENDLESS: Final = st.text("0123456789", min_size=19)
"""More digits than a number may have, so that nothing begins where one is asked for."""

SIGNS: Final = ("", "-1", "0", "1e9", "--", "\x1b[2J", "a b", "ö", "../..", "\udcff")
ODD: Final = (
    st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12) | DIGITS | st.sampled_from(SIGNS)
)
"""No argument can have a zero byte in it."""

PARTS: Final = ("mysqld", "haproxy", "toxiproxy")
OF_A_DRILL: Final = (
    ("--seed", "{}x"), ("--seed", "{digits}"), ("--jobs", "{}x"), ("--jobs", "{digits}"), ("--environment", "{}x"),
    ("--objectives", "/none/{}x"), ("--load", "/none/{}x"), ("--mysqld", "/none/{}x"), ("--haproxy", "/none/{}x"),
    ("--toxiproxy", "/none/{}x"), ("--features", "/none/{}x"), ("--tags", "@a and ({}x"), ("--output", "/dev/null/{}x"),
)  # fmt: skip
WRONG: Final[dict[str, tuple[tuple[str, ...], ...]]] = {
    "drill": (*OF_A_DRILL, ("--sabotage", "{}x"), ("--no-{}x",), ("{}x",)),
    "sabotage": (
        ("{}x",), (), ("all", "--part", "{}x"), ("open-secondary", "--part", "3/2"), ("--sabotage-file", "/none/{}x"),
        ("all", "--part", "{digits}/{digits}"), *(("open-secondary", *option) for option in OF_A_DRILL),
    ),
    "soak": (
        ("--for", "{}x"), ("--for", "{digits}h"), ("--runs", "{}x"), ("--runs", "{digits}"), ("--runs", "0"), (),
        ("--seed", "1"), ("--runs", "1", "--jobs", "{digits}"), ("--runs", "1", "--output", "/dev/null/{}x"),
    ),
    "kills": (
        ("--for", "{}x"), ("--for", "{digits}h"), ("--runs", "{}x"), ("--runs", "{digits}"), ("--runs", "0"), (),
        ("--runs", "1", "--seed", "{}x"), ("--runs", "1", "--seed", "{digits}"),
        ("--runs", "1", "--jobs", "{digits}"), ("--runs", "1", "--output", "/dev/null/{}x"),
    ),
    "verify": ((), ("{}x",), ("/none/{}x",), ("/dev/null/{digits}",), ("a", "{}x")),
    "doctor": (("{}x",), ("--haproxy",), ("--no-{}x",)),
    "up": ((), ("{}x",), ("./{}x",), ("ha", "{}x"), *(("ha", f"--{part}", "/none/{}x") for part in PARTS)),
    "status": (("a", "{}x"), ("{}x",), ("{digits}",), ("--no-{}x",)),
    "instance": (
        (), ("{}x",), ("describe",), ("create",), ("promote", "{}x"), ("list", "{}x"), ("list", "--type", "{}x"),
        ("list", "--region", "{}x"), ("create", "--edition", "{}x"), ("create", "--master", "{}x", "--region", "{}x"),
        ("create", "--zone", "{}x"), ("describe", "{}x"), ("create-read-only",), ("create-read-only", "{}x"),
        ("create-sync",), ("create-sync", "{}x"), ("verify",), ("verify", "{}x"), ("switch-back",),
        ("switch-back", "{}x"), ("switch-back", "{}x", "--confirm", "{}x"), ("promote",), ("release",),
        ("release", "{}x"), ("release", "db-1", "{}x"), ("create-read-only", "db-1", "--zone", "{}x"),
        ("create-sync", "db-2", "--name", "{}x"), ("create-sync", "db-2", "--table", "{}x"),
        ("promote", "db-2", "--confirm", "{}x", "--accept-divergence", "{}x"),
        *((what, "--topology", "{}x") for what in ("list", "create")),
        *((what, "{digits}", "--topology", "{}x") for what in sorted(instance._ASK.keys() - {"list", "create"})),
    ),
    "fault": (
        (), ("{}x",), ("inject",), ("inject", "{}x"), ("inject", "process-killed", "{}x"), ("heal", "{}x"),
        ("inject", "link-flapping", "b1..a1", "--option", "{}x"), ("inject", "zone-lost", "a", "--option", "={digits}"),
        ("inject", "process-killed", "{digits}", "--topology", "{}x"), ("heal", "process-killed", "{}x"),
        ("heal", "--topology", "{}x"),
    ),
    "down": (("a", "{}x"), ("{}x",), ("{digits}",), ("--no-{}x",)),
}  # fmt: skip
EXCUSED: Final[set[Slot]] = {
    *(("doctor", part) for part in PARTS),  # that a part is missing is what it tells, on standard output
    *((verb, name) for verb in ("soak", "kills") for name in PASSED_ON if name != "jobs"),  # see the last test
}
CALLS: Final = [(verb, *rest) for verb, calls in WRONG.items() for rest in calls]
STEADY = steady(6)


@pytest.fixture
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to call from, where nothing is up and nothing can be fetched."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(locate, "locate_allure", lambda *_: None)  # it is asked for its version each time
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return tmp_path


def test_every_verb_is_called_wrongly() -> None:
    """None is left out, nor what one can be asked to do about instances."""
    assert WRONG.keys() == VERBS.keys()
    assert {call[0] for call in WRONG["instance"] if call} >= instance._ASK.keys()


def test_whatever_takes_a_value_is_bent() -> None:
    """As the parsers have it."""
    there = {slot for verb in VERBS for slot in slots(parser_of(verb), verb)}
    bent = {
        slot for verb, *call in CALLS for slot in bent_slots(verb, [part.format(MARK, digits=MARK) for part in call])
    }
    assert there - bent == EXCUSED
    assert bent <= there


@pytest.mark.parametrize("call", CALLS, ids=" ".join)
def test_a_wrong_call_ends_with_four_and_a_line(
    call: tuple[str, ...], alone: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Which says whose it is; there is no traceback, and no folder is left."""

    @STEADY
    @given(ODD, ENDLESS)
    @example("9" * 5000, "9" * 5000)
    @example("12", "9" * 19)
    @example("\udcff", "9" * 19)
    def every(odd: str, digits: str) -> None:
        code = main([part.format(odd, digits=digits) for part in call])
        said = capsys.readouterr()
        assert (code, said.out) == (4, "")
        assert said.err.startswith("hadrill: ")
        assert "Traceback" not in said.err
        assert "\x1b" not in said.err
        assert list(alone.iterdir()) == []

    every()


@pytest.mark.parametrize("verb", ["soak", "kills"])
@pytest.mark.parametrize("option", [option for option in OF_A_DRILL if option[0][2:] in PASSED_ON], ids=" ".join)
def test_what_each_drill_of_many_is_asked_is_refused_by_it(
    verb: str, option: tuple[str, ...], alone: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its process is called with what is passed on, and refuses that in a line."""
    parser = parser_of(verb)

    @steady(1)
    @given(ODD, ENDLESS)
    @example("9" * 5000, "9" * 5000)
    @example("\udcff", "9" * 19)
    def every(odd: str, digits: str) -> None:
        try:
            words = passed_on(parser.parse_args([part.format(odd, digits=digits) for part in option]))
        except WrongCall:  # before any drill
            return
        code = main(["drill", *words])
        said = capsys.readouterr()
        assert (code, said.out) == (4, "")
        assert said.err.startswith("hadrill: ")
        assert list(alone.iterdir()) == []

    every()
