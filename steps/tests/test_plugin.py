"""What the plugin refuses, and what it leaves alone."""

import os
import signal
import subprocess
from dataclasses import replace
from typing import Any

import pytest

from hadrill.harness.wait import NotYet, until
from hadrill.reports.tests.hostile import COMMANDS

UNFINISHED = "unexpected end of file, expected: #TagLine, #FeatureLine, #Comment, #Empty"
GOOD = """
    Feature: F
      Scenario: A limit
        When nothing is done
        Then the objective "switch" allows at most 2 s
    """
STEPS = """
    from pytest_bdd import then, when

    @when("nothing is done")
    def nothing():
        pass

    @then("it comes too late")
    async def too_late():
        pass
    """


def test_it_is_inert_until_asked(outside: Any) -> None:
    """Without the option features are not collected, nothing is loaded and nothing is written."""
    outside.write(
        own_DOT_feature=GOOD,
        test_plain_DOT_py="""
            import sys

            def test_plain():
                assert "hadrill.steps.plugin" in sys.modules
                assert {"numpy", "pydantic", "yaml", "hadrill.harness"}.isdisjoint(sys.modules)
            """,
    )
    done = replace(outside, plugins=()).pytest("-q")
    assert (done.returncode, done.stdout.splitlines()[-1][:8]) == (0, "1 passed")
    assert {path.name for path in outside.folder.iterdir()} - {"__pycache__"} == {"own.feature", "test_plain.py"}


def test_an_ini_asks_as_well(outside: Any) -> None:
    """``hadrill = true`` in pytest's configuration; a drill in which all passed ends with 0."""
    outside.write(pytest_DOT_ini="[pytest]\nhadrill = true\n", own_DOT_feature=GOOD, conftest_DOT_py=STEPS)
    done = outside.pytest("--hadrill-seed", "12")
    assert done.returncode == 0, done.stdout
    assert "seed 12" in done.stdout


def test_faults_of_form_are_a_wrong_call(outside: Any) -> None:
    """Every place is named in a line of its own, and nothing runs, whatever was selected."""
    outside.write(
        conftest_DOT_py=STEPS,
        good_DOT_feature=GOOD,
        bad_DOT_feature="Feature: F\n@HA-99\nRule: R\nScenario: A\nWhen nothing is done\n",
        broken_DOT_feature="@tag\n",
        empty_DOT_feature="",
    )
    done = outside.pytest("--hadrill")
    assert done.returncode == 4
    assert [line.removeprefix("ERROR: ") for line in done.stderr.splitlines() if line] == [
        "bad.feature:2: @HA-99 is no requirement of the catalogue",
        "bad.feature:3: a Rule needs the tag of the requirement that it shows, like @HA-4",
        "bad.feature:4: this scenario has no Then: it would pass whatever happens",
        f"broken.feature:2: this is no Gherkin: {UNFINISHED}",
        "empty.feature:1: this file holds no feature",
    ]
    assert not (outside.folder / "hadrill-runs").exists()


def test_what_a_terminal_would_obey_is_refused_and_shown(outside: Any) -> None:
    """In a scenario's text, where no Gherkin is, and in the path of a file that is named."""
    outside.write(
        conftest_DOT_py=STEPS,
        bad_DOT_feature="Feature: F\nScenario: A\x1b[2J\nWhen nothing is done\nThen b\n",
        no_DOT_feature="Freature\x07: F\n",
    )
    done = outside.pytest("--hadrill")
    assert done.returncode == 4
    assert COMMANDS.findall(done.stderr) == []
    assert "bad.feature:2: this title has a control character" in done.stderr
    assert "no.feature:1: this is no Gherkin: expected: #EOF" in done.stderr
    told = outside.pytest("--hadrill", "--hadrill-objectives", "none\x1b[2J.yaml").stderr
    assert (COMMANDS.findall(told), "none\\x1b[2J.yaml cannot be read" in told) == ([], True)


def test_a_scenario_that_pytest_would_skip_is_a_wrong_call(outside: Any) -> None:
    """No promise is passed over in silence, be it a file's own or bound by a test module, which a tag does not trip."""
    outside.write(
        conftest_DOT_py=STEPS,
        own_DOT_feature=GOOD.replace("  Scenario", "  @skip\n      Scenario"),
        bound__bound_DOT_feature=GOOD.replace("Feature", "@_x @parametrize\n    Feature"),
        bound__test_bound_DOT_py="""
            from pytest_bdd import scenarios

            scenarios("bound.feature")
            """,
    )
    done = outside.pytest("--hadrill", "own.feature", "bound/test_bound.py")
    assert (done.returncode, "Traceback" in done.stdout + done.stderr) == (4, False)
    told = [line.removeprefix("ERROR: ") for line in done.stderr.splitlines() if line]
    assert [line.partition(";")[0].partition(": pytest looks")[0].partition(", and ")[0] for line in told] == [
        "bound/bound.feature:2: @_x begins with an underscore, as no mark of pytest's may",
        "bound/bound.feature:2: @parametrize is a mark of pytest's own",
        "own.feature:3: @skip is a mark of pytest's own: pytest would leave out what carries it",
    ]
    assert not (outside.folder / "hadrill-runs").exists()


def test_a_test_of_a_malformed_feature_is_refused_for_its_form(outside: Any) -> None:
    """Selected by node id it is not merely said to be missing."""
    outside.write(bad_DOT_feature="Feature: F\nScenario: A\nWhen nothing is done\n", conftest_DOT_py=STEPS)
    done = outside.pytest("--hadrill", "bad.feature::test_a")
    assert done.returncode == 4
    assert "bad.feature:2: this scenario has no Then: it would pass whatever happens" in done.stderr


def test_a_file_that_nobody_named_is_not_read(outside: Any) -> None:
    """Pytest offers every sibling of a file that was named; what is wrong with those does not matter."""
    outside.write(conftest_DOT_py=STEPS, noon_DOT_feature=GOOD, other_DOT_feature="@tag\n")
    done = outside.pytest("--hadrill", "noon.feature")
    assert done.returncode == 0, done.stdout + done.stderr
    assert [event.data["feature"] for event in outside.seen("scenario")] == ["noon.feature"]


def test_steps_without_a_usable_definition_are_a_wrong_call(outside: Any) -> None:
    """A step that nobody defined, and one that pytest-bdd would not await, are told before anything runs."""
    outside.write(
        conftest_DOT_py=STEPS,
        own_DOT_feature="""
            Feature: F
              Scenario: A
                When nothing is done
                And nobody knows this
                Then it comes too late
            """,
    )
    done = outside.pytest("--hadrill")
    assert done.returncode == 4
    assert "own.feature:5: nothing defines the step: And nobody knows this" in done.stderr
    assert "own.feature:6: the definition of this step is asynchronous" in done.stderr


def test_a_number_that_cannot_be_had_is_a_wrong_call(outside: Any) -> None:
    """With the range, before anything runs, and with no traceback."""
    outside.write(
        conftest_DOT_py=STEPS,
        own_DOT_feature="""
            Feature: F
              Scenario: A
                When the maintenance period is set to begin in 99999999999 hours
                And the shown lag is watched for 0 seconds
                Then the objective "switch" allows at most 2 s
            """,
    )
    done = outside.pytest("--hadrill")
    assert (done.returncode, "Traceback" in done.stdout + done.stderr) == (4, False)
    assert "own.feature:4: 99999999999 is out of range; between 0 and 23 it can be: When the maint" in done.stderr
    assert "own.feature:5: 0 is out of range; between 1 and 3600 it can be: And the shown lag" in done.stderr


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--hadrill-objectives", "bad.yaml"], "bad.yaml:1: version: Field required"),
        (["--hadrill-output", "/proc/runs"], "cannot be made: No such file or directory"),
    ],
)
def test_a_wrong_option_is_told_in_a_line(outside: Any, options: list[str], message: str) -> None:
    """The place and what is allowed are named; nothing runs."""
    outside.write(own_DOT_feature=GOOD, conftest_DOT_py=STEPS, bad_DOT_yaml="objectives: {}\n")
    done = outside.pytest("--hadrill", *options)
    assert done.returncode == 4
    (line,) = [line for line in done.stderr.splitlines() if line]
    assert message in line


def test_a_signal_tears_down_and_reads_as_not_finished(outside: Any) -> None:
    """Fixtures heal what was broken, the journal says by what the run was stopped, and the exit code is 3."""
    outside.write(
        conftest_DOT_py="""
            import pathlib
            import signal

            import pytest
            from pytest_bdd import when

            @pytest.fixture
            def broken():
                yield
                pathlib.Path("fault").unlink()

            @when("it breaks")
            def breaks(broken):
                pathlib.Path("fault").touch()  # here and not in the fixture, which a signal may end before its yield
                while True:
                    signal.pause()
            """,
        own_DOT_feature="""
            Feature: F
              Scenario: A
                When it breaks
                Then the objective "switch" allows at most 2 s
              Scenario: B
                When it breaks
                Then the objective "switch" allows at most 2 s
            """,
    )
    fault = outside.folder / "fault"
    with subprocess.Popen(
        outside.command("--hadrill"), cwd=outside.folder, env=outside.environ, stdout=subprocess.DEVNULL
    ) as drill:
        until(lambda: fault.exists() or NotYet("no fault"), "the fault", timeout_s=30)
        os.kill(drill.pid, signal.SIGTERM)
        code = drill.wait(timeout=30)
    assert (code, fault.exists()) == (3, False)
    kinds = [event.kind.value for event in outside.journal]
    assert kinds == ["opened", "scenario", "trouble"]
    assert outside.journal[-1].data == {"sentence": "the run was stopped by SIGTERM"}
    assert (outside.run / "result.json").exists()


def test_what_the_machine_refuses_ends_the_run_as_a_wrong_call(outside: Any) -> None:
    """A stage that cannot be had is not asked for again: the journal says why and has no closing line, and no table."""
    outside.write(
        conftest_DOT_py="""
            import pytest
            from pytest_bdd import when
            from hadrill.environments.embedded.site import Parts

            @pytest.fixture(scope="session")
            def hadrill_parts():
                return Parts(None, (), ())

            @when("a stage is needed")
            def needs(drill):
                pass
            """,
        own_DOT_feature="""
            Feature: F
              Scenario: A
                When a stage is needed
                Then the objective "switch" allows at most 2 s
              Scenario: B
                When a stage is needed
                Then the objective "switch" allows at most 2 s
            """,
    )
    done = replace(outside, variables={"TMPDIR": "/not/there"}).pytest("--hadrill", "-s")
    assert done.returncode == 4, done.stdout
    told = [line for line in done.stdout.splitlines() if "TMPDIR is /not/there" in line]
    assert (len(told), "result.json" in done.stdout) == (1, False)
    assert [event.kind.value for event in outside.journal] == ["opened", "scenario", "trouble", "step"]
    assert "TMPDIR is /not/there" in outside.journal[2].data["sentence"]


def test_a_journal_that_cannot_be_written_ends_the_run(outside: Any) -> None:
    """On a full disk the drill stops with a sentence, not finished, rather than going on without evidence."""
    outside.write(
        conftest_DOT_py="""
            import os
            from pytest_bdd import when

            @when("the disk fills up")
            def fills(hadrill_run):
                os.dup2(os.open("/dev/full", os.O_WRONLY), hadrill_run.journal._fd)
            """,
        own_DOT_feature="""
            Feature: F
              Scenario: A
                When the disk fills up
                Then the objective "switch" allows at most 2 s
              Scenario: B
                When the disk fills up
                Then the objective "switch" allows at most 2 s
            """,
    )
    done = outside.pytest("--hadrill")
    assert done.returncode == 3
    assert "the drill cannot go on: could not write the journal" in done.stdout
    assert "No space left on device" in done.stdout
    assert [event.kind.value for event in outside.journal] == ["opened", "scenario"]
