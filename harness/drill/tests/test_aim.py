"""Where things are asked for."""

import pytest

from hadrill.environments.topology_file import load_topology
from hadrill.harness.drill.aim import another_region
from hadrill.harness.drill.plan import STANDARD, TWO_REGIONS
from hadrill.harness.errors import HarnessTrouble
from hadrill.harness.model.topology import Node, Topology


@pytest.mark.parametrize("name", [STANDARD, TWO_REGIONS])
def test_a_disaster_recovery_instance_is_asked_for_where_its_master_is_not(name: str) -> None:
    """From either side."""
    topology = load_topology(name).topology
    assert [another_region(topology, node) for node in ("a1", "c1")] == ["south", "north"]


def test_one_region_is_not_enough() -> None:
    """It is said, and nothing is asked for."""
    alone = Topology("alone", (Node("a1", "a-1", "zone-a", "north"),), 1)
    with pytest.raises(HarnessTrouble, match="one region, two are needed"):
        another_region(alone, "a1")
