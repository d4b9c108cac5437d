"""The objectives that come with hadrill, and files that replace them."""

from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from hadrill.harness.drill.objectives import Objectives, as_document, judge_limit, load_objectives, objectives_digest
from hadrill.harness.errors import WrongCall
from hadrill.harness.model.verdict import Objective, Verdict


def written(path: Path, objectives: Objectives) -> Path:
    """A file of the objectives' form."""
    path.write_text(yaml.safe_dump({"version": 1, "objectives": as_document(objectives)}))
    return path


def test_each_number_has_a_source() -> None:
    """Every limit says in a sentence where it comes from."""
    assert [objective.name for objective in load_objectives().values() if len(objective.source.split()) < 4] == []


def test_a_file_replaces_them_and_may_add(tmp_path: Path) -> None:
    """A file that gives every name is used as it stands; names of its own are welcome."""
    given = dict(load_objectives())
    given["switch"] = replace(given["switch"], limit=0.25, source="our contract")
    given["batch"] = Objective("batch", 90.0, "s", "our own nightly batch")
    assert load_objectives(written(tmp_path / "ours.yaml", given)) == given


def test_missing_names_are_listed(tmp_path: Path) -> None:
    """A file that leaves names out is refused, and they are named."""
    few = {name: objective for name, objective in load_objectives().items() if not name.startswith("failover")}
    with pytest.raises(WrongCall) as caught:
        load_objectives(written(tmp_path / "few.yaml", few))
    assert str(caught.value).endswith(
        "these objectives are missing: failover after a kill, failover after a freeze, failover after an isolation, "
        "failover after a power loss"
    )


def test_a_unit_is_not_changed(tmp_path: Path) -> None:
    """A limit in another unit would be compared wrongly: it is refused."""
    given = dict(load_objectives())
    given["switch"] = replace(given["switch"], unit="rows")
    with pytest.raises(WrongCall, match="'switch' is in s, not in rows"):
        load_objectives(written(tmp_path / "rows.yaml", given))


@pytest.mark.parametrize(
    ("limit", "message"),
    [
        ("fast", "valid number"),
        ("-1", "greater than or equal to 0"),
        (".nan", "finite"),
        (".inf", "finite"),
        ("1.0e+308", "less than or equal to 1000000"),
        (f"{10**30}", "less than or equal to 1000000"),
        ("true", "valid number"),
    ],
)
def test_a_limit_is_a_number(tmp_path: Path, limit: str, message: str) -> None:
    """A malformed limit is told by line and field."""
    path = tmp_path / "bad.yaml"
    path.write_text(f"version: 1\nobjectives:\n  switch:\n    limit: {limit}\n    unit: s\n    source: none\n")
    with pytest.raises(WrongCall, match=rf"bad.yaml:4: objectives.switch.limit: .*{message}"):
        load_objectives(path)


def test_the_digest_is_of_the_content() -> None:
    """It ignores order and changes with any limit."""
    objectives = load_objectives()
    turned = dict(reversed(list(objectives.items())))
    changed = dict(objectives) | {"switch": replace(objectives["switch"], limit=2.0)}
    assert objectives_digest(turned) == objectives_digest(objectives)
    assert objectives_digest(changed) != objectives_digest(objectives)


@pytest.mark.parametrize(
    ("limit", "unit", "verdict"),
    [(1.0, "s", Verdict.PASS), (0.5, "s", Verdict.FAIL), (5.0, "rows", Verdict.FAIL)],
)
def test_a_feature_may_count_on_a_limit(limit: float, unit: str, verdict: Verdict) -> None:
    """An objective that allows more than the feature says, or counts something else, is a finding."""
    assert judge_limit(Objective("switch", 1.0, "s", "ours"), limit, unit).verdict == verdict
