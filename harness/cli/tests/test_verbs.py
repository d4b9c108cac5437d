"""What the command says and how it ends, where nothing is drilled."""

import pytest

import hadrill
from hadrill.environments.parts.examine import PartReport
from hadrill.harness.cli.doctor import lines_of
from hadrill.harness.cli.main import VERBS, main


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    """``--version`` ends with 0."""
    with pytest.raises(SystemExit) as ended:
        main(["--version"])
    assert (ended.value.code, capsys.readouterr().out) == (0, f"hadrill {hadrill.__version__}\n")


@pytest.mark.parametrize("verb", VERBS)
def test_each_verb_has_help(verb: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Every verb of the list is there."""
    with pytest.raises(SystemExit) as ended:
        main([verb, "--help"])
    assert (ended.value.code, VERBS[verb].capitalize() in capsys.readouterr().out.replace("\n", " ")) == (0, True)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "the following arguments are required: VERB; see hadrill --help"),
        (["fly"], "argument VERB: invalid choice: 'fly'"),
        (["drill", "--nope"], "unrecognized arguments: --nope"),
        (["drill", "--environment", "moon"], "there is no environment 'moon'; there is: embedded"),
        (["drill", "--seed", "-1"], "a seed is a whole number from 0, not '-1'"),
        (["drill", "--seed", "9" * 5000], "a seed is a whole number of at most 18 digits, not of 5000"),
        (["soak", "--runs", "9" * 5000], "drills are run in a whole number of at most 18 digits, not of 5000"),
        (["kills", "--runs", "9" * 5000], "drills are run in a whole number of at most 18 digits, not of 5000"),
        (["drill", "--objectives", "none.yaml"], "none.yaml cannot be read: No such file or directory"),
        (["drill", "--sabotage", "none"], "there is no sabotage 'none'"),
        (["sabotage", "none"], "there is no sabotage 'none'"),
        (["sabotage"], "name a sabotage, or all, or a --sabotage-file of your own"),
        (["sabotage", "all", "one-rack"], "'all' stands for every sabotage; name it alone"),
        (["sabotage", "--sabotage-file", "none.yaml"], "none.yaml cannot be read: No such file or directory"),
        (["drill", "--mysqld", "/dev/null"], "/dev/null"),
        (["instance", "create", "--master", "db-1"], "--master and --region go together"),
        (
            ["instance", "create", "--master", "db-1", "--region", "south", "--zone", "zone-a"],
            "--master goes with neither --edition nor --zone",
        ),
        (["doctor", "now"], "unrecognized arguments: now"),
    ],
)
def test_a_wrong_call_gets_its_line_and_code(
    arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit code 4, a sentence on standard error, and no traceback."""
    code = main(arguments)
    told = capsys.readouterr().err
    assert code == 4
    assert told.startswith("hadrill: ")
    assert message in told
    assert "Traceback" not in told


def test_the_doctor_tells_what_there_is() -> None:
    """Version, origin and place of a part, and what a report would say of it."""
    report = PartReport("HAProxy", True, "3.2.26", "path", "/usr/sbin/haproxy", ("not the version of the tests",))
    assert list(lines_of(report)) == [
        "HAProxy 3.2.26 (path): /usr/sbin/haproxy",
        "  note: not the version of the tests",
    ]


def test_the_doctor_tells_what_is_missing() -> None:
    """The places that were looked at, and what to do."""
    report = PartReport("Allure", False, problem="no Allure\n  PATH: no node\n  install Node")
    assert list(lines_of(report)) == [
        "Allure: not needed for a drill; no Allure",
        "  PATH: no node",
        "  install Node",
    ]
