"""Values of options that nobody thought of: taken as what they say, or refused in a sentence before anything breaks."""

from typing import Final, cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hadrill.environments.embedded.network import plan_network
from hadrill.environments.embedded.settings import load_settings
from hadrill.environments.embedded.site import EmbeddedSite
from hadrill.environments.topology_file import load_topology
from hadrill.harness.errors import WrongCall
from hadrill.harness.faults.blip import LASTS_S, Blip
from hadrill.harness.faults.broken_links import BrokenLinks
from hadrill.harness.faults.catalogue import CATALOGUE, fault_from
from hadrill.harness.faults.entry import Place
from hadrill.harness.faults.link_flapping import LinkFlapping
from hadrill.harness.faults.targets import targets
from hadrill.harness.model.inventory import Inventory

DRILL: Final = load_topology("drill").topology


class Drawing:
    """A site that is planned and does not stand."""

    inventory: Inventory = plan_network(DRILL, "127.83.0", load_settings()).inventory(DRILL, "")


PLACE: Final = Place(cast("EmbeddedSite", Drawing()), lambda: None)
SIGNS: Final = ("nan", "-nan", "inf", "-inf", "1e9", "1e400", "0", "-0.0", "-1", "1_0", "0x10", "٣", "9" * 5000, "1 2")
ODD: Final = st.sampled_from(SIGNS) | st.text() | st.floats().map(str) | st.integers().map(str)
CASES: Final = [(entry.name, option.name) for entry in CATALOGUE for option in entry.options]


def is_bounded(fault: object) -> bool:
    """It can be proved, and is over while somebody still waits for the answer."""
    match fault:
        case Blip(for_s=for_s):
            return LASTS_S.least <= for_s <= LASTS_S.most
        case LinkFlapping(period_s=period_s):
            return 0 < period_s <= LASTS_S.most / 2
        case BrokenLinks():
            return bool(fault.effect.words)
    return True


@pytest.mark.parametrize(("name", "option"), CASES, ids=lambda case: case)
def test_an_odd_value_is_taken_or_refused(name: str, option: str) -> None:
    """Nothing else is raised, and what was taken can be had and ends."""
    entry = next(each for each in CATALOGUE if each.name == name)
    target = targets(DRILL, entry.takes)[0]

    @settings(deadline=None, derandomize=True, database=None, suppress_health_check=[HealthCheck.too_slow])
    @given(ODD)
    def every(value: str) -> None:
        try:
            fault = fault_from(PLACE, name, target, {option: value})
        except WrongCall:
            return
        assert is_bounded(fault), fault

    every()


@pytest.mark.parametrize("value", ["nan", "inf", "-inf", "1e9", "60.5", "0.01", "-1"])
def test_a_refused_number_is_told_its_range(value: str) -> None:
    """Which is what can be asked for."""
    with pytest.raises(WrongCall, match=rf"for_s={value} is out of range; between 0\.1 and 60 it can be"):
        fault_from(PLACE, "process-paused", "a1", {"for_s": value})
