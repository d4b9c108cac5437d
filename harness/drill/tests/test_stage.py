"""What a scenario plays on."""

import pytest

from hadrill.environments.topology_file import load_topology
from hadrill.harness.drill.plan import PlannedScenario


@pytest.mark.parametrize(("tags", "regions"), [(("ha", "smoke"), 1), (("DR-6", "dr", "smoke"), 2), ((), 1)])
def test_what_is_tagged_dr_plays_where_two_regions_take_a_pair(tags: tuple[str, ...], regions: int) -> None:
    """Everything else plays on the smaller topology, in which one region alone has two racks."""
    scenario = PlannedScenario("a", "a", "x.feature", 1, (), tags)
    nodes = load_topology(scenario.topology).topology.nodes
    racks = {region: {node.rack for node in nodes if node.region == region} for region in {n.region for n in nodes}}
    assert len([region for region in racks if len(racks[region]) > 1]) == regions
