"""A finished run's folder is held to what it says of itself."""

import hashlib
import json
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hadrill.harness.checks.described import no_other_instance
from hadrill.harness.checks.tests.histories import A, B, fault, history, load
from hadrill.harness.cli.main import main
from hadrill.harness.cli.verify import lines_of
from hadrill.harness.drill.status import Status
from hadrill.harness.errors import HarnessTrouble, WrongCall
from hadrill.harness.tests.bent_yaml import bent_document
from hadrill.harness.tests.steady import steady
from hadrill.reports.result import write_result
from hadrill.reports.tests.judged_run import begin_judging, judge, record
from hadrill.reports.verify import verify


@pytest.fixture
def finished(tmp_path: Path) -> Path:
    """A run's folder with one scenario in which nothing was lost."""
    verdicts = begin_judging(tmp_path)
    record(verdicts.recorder, history(load(A, 0, 5000), load(B, 12_000, 20_000), faults=(fault(5000, 15_000),)))
    judge(verdicts.faults_took_effect, verdicts.lost_writes)
    verdicts.recorder.run.end_scenario(Status.PASSED)
    verdicts.recorder.run.close()
    folder = verdicts.recorder.run.folder
    write_result(folder)
    return folder


def rewritten(name: str, old: str, new: str) -> Callable[[Path], None]:
    """Does that to a file of a run."""

    def rewrite(folder: Path) -> None:
        text = (folder / name).read_text()
        assert old in text
        (folder / name).write_text(text.replace(old, new))

    return rewrite


def sha256(folder: Path) -> str:
    """Of the folder's journal."""
    return hashlib.sha256((folder / "journal.jsonl").read_bytes()).hexdigest()


def test_a_run_as_it_was_written_is_borne_out(finished: Path) -> None:
    """Two checks, each for both of the scenario's clauses."""
    verified = verify(finished)
    assert (verified.judged, verified.not_again, verified.wrong) == (4, Counter(), ())


@pytest.mark.parametrize(
    ("tamper", "told"),
    [
        (rewritten("plan.json", '"limit": 5.0', '"limit": 50.0'), "plan.json is not the one that the run began with"),
        (rewritten("journal.jsonl", '"value":0.0,"unit":"rows"', '"value":9.0,"unit":"rows"'), "lost writes: pass - "),
        (rewritten("result.json", '"verdict": "pass"', '"verdict": "fail"'), "result.json says fail"),
        (lambda folder: (folder / "result.json").unlink(), "result.json cannot be read"),
        (rewritten("result.json", '"scenarios"', '"scenario"'), "result.json is no result"),
    ],
    ids=["the plan", "a judgement", "the result", "no result", "a bent result"],
)
def test_what_was_changed_since_is_named(finished: Path, tamper: Callable[[Path], object], told: str) -> None:
    """Whichever of the files it is."""
    tamper(finished)
    assert any(told in sentence for sentence in verify(finished).wrong)


def test_damage_is_trouble_and_no_traceback(finished: Path) -> None:
    """A segment of other bytes, a line of the journal that is none; and a folder that is no run's."""
    segment = next((finished / "operations").iterdir())
    sealed = segment.read_bytes()
    segment.write_bytes(sealed[:-1] + bytes([sealed[-1] ^ 1]))
    with pytest.raises(HarnessTrouble):
        verify(finished)
    segment.write_bytes(sealed)
    rewritten("journal.jsonl", '"kind":"scenario"', '"kind":"hearsay"')(finished)
    with pytest.raises(HarnessTrouble, match="line 2: that is no event"):
        verify(finished)
    with pytest.raises(WrongCall, match="no run's folder"):
        verify(finished / "operations")


def test_a_segment_that_no_judgement_reads_is_held_to_its_hash(tmp_path: Path) -> None:
    """As of a scenario that was cut short; and one that is no array is told, whatever its hash."""
    verdicts = begin_judging(tmp_path)
    verdicts.recorder.snapshot("a1", 5, np.arange(3, dtype=np.uint64))
    verdicts.recorder.run.close()
    folder = verdicts.recorder.run.folder
    write_result(folder)
    (segment,) = (folder / "operations").iterdir()
    sealed = segment.read_bytes()
    segment.write_bytes(b"no array")
    with pytest.raises(HarnessTrouble, match="was changed"):
        verify(folder)
    rewritten("journal.jsonl", hashlib.sha256(sealed).hexdigest(), hashlib.sha256(b"no array").hexdigest())(folder)
    with pytest.raises(HarnessTrouble, match="is no NumPy array"):
        verify(folder)


@pytest.mark.parametrize("name", ["journal.jsonl", "plan.json", "result.json"])
def test_whatever_is_bent_is_borne_out_or_told(finished: Path, name: str) -> None:
    """Whoever hands a folder to an auditor may have written it with anything."""
    path = finished / name
    texts = path.read_text().splitlines() if name == "journal.jsonl" else [path.read_text()]

    @steady(200)
    @given(st.data())
    def every(data: st.DataObject) -> None:
        at = data.draw(st.integers(0, len(texts) - 1))
        value = data.draw(bent_document(json.loads(texts[at])))
        path.write_text("".join(f"{text}\n" for text in [*texts[:at], json.dumps(value), *texts[at + 1 :]]))
        with suppress(HarnessTrouble):
            assert all(len(sentence.split()) > 3 for sentence in verify(finished).wrong)

    every()


def test_the_command_says_so_and_how_it_ends(finished: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """0 where all is borne out, 1 where it is not, 2 where it is damaged, 4 where there is nothing to look at."""
    assert main(["verify", str(finished)]) == 0
    said = capsys.readouterr().out
    assert "4 judgements made again as they were, 0 things not borne out" in said
    assert f"{finished.name}, seed 7: pass\nits journal's SHA-256, to be kept elsewhere: {sha256(finished)}\n" in said
    (finished / "result.json").write_text(json.dumps({}))
    assert main(["verify", str(finished)]) == 1
    assert "not borne out: result.json is no result" in capsys.readouterr().out
    next((finished / "operations").iterdir()).unlink()
    assert main(["verify", str(finished)]) == 2
    assert main(["verify", str(finished / "nowhere")]) == 4


def test_what_no_check_was_asked_is_counted_apart(tmp_path: Path) -> None:
    """It is neither confirmed nor contradicted."""
    verdicts = begin_judging(tmp_path)
    judge(lambda: verdicts.of(no_other_instance(())))
    verdicts.recorder.run.close()
    write_result(verdicts.recorder.run.folder)
    verified = verify(verdicts.recorder.run.folder)
    assert verified.not_again == Counter({"no other instance": 2})
    assert any(line.endswith(", not finished") for line in lines_of(verified))
