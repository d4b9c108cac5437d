"""What a plan carries, in which order, on which topology, and which process has more that judges a time."""

import json
from dataclasses import replace

import pytest

from hadrill.environments.topology_file import load_topology
from hadrill.harness.drill.catalogue import load_catalogue
from hadrill.harness.drill.objectives import load_objectives
from hadrill.harness.drill.plan import Plan, PlannedScenario, in_order, requirements_of
from hadrill.harness.faults.line_file import load_lines


def scenario(name: str, *begins: str, timed: bool = False) -> PlannedScenario:
    """Of no clause."""
    return PlannedScenario(name, name, "x.feature", 1, (), (), timed=timed, begins=begins)


def plan_of(jobs: int, *scenarios: PlannedScenario) -> Plan:
    """Of these, in their order."""
    ordered = in_order(scenarios, jobs)
    requirements = requirements_of(load_catalogue(), ordered)
    return Plan("run", 1, "0", "embedded", "", load_objectives(), requirements, ordered, {}, jobs=jobs)


def order_of(jobs: int, *scenarios: PlannedScenario) -> str:
    """Their names in a plan's order."""
    return "".join(each.id for each in plan_of(jobs, *scenarios).scenarios)


def test_two_processes_take_turns_at_what_judges_a_time() -> None:
    """The last two of them are the last of their processes, and what runs beside others prepares nothing."""
    alone = [scenario(name, timed=True) for name in "abc"]
    beside = scenario("z")
    plan = plan_of(2, *alone, beside)
    assert [plan.has_more_alone(each) for each in (beside, *alone)] == [False, True, False, False]


def test_one_process_has_nobody_to_prepare_for() -> None:
    """It would wait for that itself."""
    alone = [scenario(name, timed=True) for name in "abc"]
    assert not any(plan_of(1, *alone).has_more_alone(each) for each in alone)


def test_those_that_begin_alike_come_one_after_the_other() -> None:
    """Of either kind; what begins with the same stays in the features' order, as does all with one job."""
    pair, copied = ("a pair", "clients at work"), ("a pair", "a copy of it", "clients at work")
    beside = [scenario("b", *pair), scenario("c", *copied), scenario("a", *pair)]
    alone = [replace(scenario(*named), timed=True) for named in (("x", *pair), ("y", *copied), ("z", *copied[:2]))]
    assert order_of(2, *alone, *beside) == "cbazyx"
    assert order_of(1, *alone, *beside) == "xyzbca"


def test_an_instance_that_few_begin_with_is_not_in_the_way_of_what_many_do() -> None:
    """It comes first, whatever it is called and however much is built on it; those of the other kind do not count."""
    many = [scenario(name, "a pair", "clients at work") for name in "ab"]
    few = [scenario("c", "one server", "a copy of it", "clients at work"), scenario("d", "two servers")]
    alone = [scenario(name, "one server", timed=True) for name in "xy"]
    assert order_of(2, *alone, *many, *few) == "cdabxy"


def test_what_plays_in_two_regions_comes_last() -> None:
    """Of either kind."""
    copied = replace(scenario("d", "a pair", "a copy of it"), tags=("dr",))
    alone = (replace(copied, id="c", timed=True), replace(scenario("a", *"1234"), timed=True))
    assert order_of(2, *alone, copied, scenario("e", *"123")) == "edac"


def test_the_lines_that_may_be_laid_stand_in_the_plan() -> None:
    """With their figures and where these come from."""
    plan = replace(plan_of(1, scenario("a")), lines=load_lines())
    line = json.loads(plan.as_json())["lines"]["public internet"]
    assert (line["latency_ms"], line["cuts"]["after_s"]) == (30, [2, 3])
    assert "Mathis" in line["source"]


@pytest.mark.parametrize(("tags", "regions"), [(("ha", "smoke"), 1), (("DR-6", "dr", "smoke"), 2), ((), 1)])
def test_what_is_tagged_dr_plays_where_two_regions_take_a_pair(tags: tuple[str, ...], regions: int) -> None:
    """Everything else plays on the smaller topology, in which one region alone has two racks."""
    nodes = load_topology(replace(scenario("a"), tags=tags).topology).topology.nodes
    racks = {region: {node.rack for node in nodes if node.region == region} for region in {n.region for n in nodes}}
    assert len([region for region in racks if len(racks[region]) > 1]) == regions
