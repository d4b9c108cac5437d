"""Who asks for which decision, by the record of a drill."""

from pathlib import Path

from hadrill.harness.cli.asking import asking_in
from hadrill.harness.drill.stage import ASKED
from hadrill.harness.model.verdict import Verdict
from hadrill.reports.result import build_result
from hadrill.reports.tests.sample_run import write_mixed


def test_only_who_is_known_never_to_ask_is_left_out(tmp_path: Path) -> None:
    """One that did not pass may have ended before it asked, and one without a record has told nothing."""
    write_mixed(tmp_path)
    result = build_result(tmp_path)
    for one in result.scenarios:
        (tmp_path / "logs" / one.id).mkdir(parents=True)
        (tmp_path / "logs" / one.id / ASKED).write_text("fails_over\ntakes_back\n")
    titles = {one.title for one in result.scenarios}
    passed = {one.title for one in result.scenarios if one.verdict is Verdict.PASS}
    assert passed
    assert titles - passed
    asking = asking_in(result, tmp_path)
    assert set(asking.left_out("resumes")) == passed
    assert set(asking.touched("resumes")) == titles - passed
    assert (asking.left_out("fails_over"), set(asking.touched("fails_over"))) == ((), titles)
    assert asking.checks["The primary freezes"] == ("outage",)
    first = next(one for one in result.scenarios if one.verdict is Verdict.PASS)
    (tmp_path / "logs" / first.id / ASKED).unlink()
    assert set(asking_in(result, tmp_path).left_out("resumes")) == passed - {first.title}
