"""Which violation is planted in which course, and which checks find it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from hadrill.harness.checks.tests import violations as v
from hadrill.harness.checks.tests.courses import Case
from hadrill.harness.checks.tests.histories import AT_B, AT_C, AT_RECOVERY
from hadrill.harness.checks.tests.planting import frozen
from hadrill.harness.checks.tests.service_model import Course


@dataclass(frozen=True, slots=True)
class Planted:
    """One violation.

    Attributes:
        what: in words.
        course: where it is planted.
        plant: does it.
        found: by which checks, once each.
    """

    what: str
    course: Course
    plant: Callable[[Case], Case]
    found: frozenset[str]


def _one(what: str, course: Course, plant: Callable[[Case], Case], *found: str) -> Planted:
    return Planted(what, course, plant, frozenset(found))


PLANTED: Final = (
    _one("a write is lost", Course.FAILOVER, v.lost_write, "lost writes"),
    _one("a refused write is there", Course.SWITCH, v.refused_yet_there, "lost writes"),
    _one("there is a row of nobody's", Course.HOLD, v.nobodys_row, "lost writes"),
    _one("a second primary", Course.SWITCH, v.second_primary, "two primaries"),
    _one("a second primary after a failover", Course.FAILOVER, v.came_back_as_primary, "two primaries"),
    _one("a visitor at the secondary", Course.BLIP, v.let_in, "secondary access"),
    _one("the address leads to the secondary", Course.ALONE, v.led_astray, "address access"),
    _one("the address leads to both", Course.SWITCH, v.led_to_both, "address access", "two primaries"),
    _one("a reader goes back in time", Course.HOLD, v.went_back, "back in time"),
    _one("a phantom at the address", Course.FAILOVER, v.phantom_at_the_address, "phantom reads", "come and go"),
    _one("a row comes late", Course.ALONE, v.came_late, "come and go"),
    _one("the secondary lacks a row", Course.DOWN, v.not_received, "received"),
    _one("the secondary is behind", Course.QUIET, lambda case: frozen(case, AT_B, 100, 600), "follows closely"),
    _one("a read-only instance is stale", Course.QUIET, lambda case: frozen(case, AT_C, 800, 1400), "staleness"),
    _one("a read-only instance lags", Course.SWITCH, lambda case: frozen(case, AT_C, 1500, 2100), "lag"),
    _one("a row never arrives there", Course.SWITCH, v.never_arrived, "lag"),
    _one("a line lags", Course.QUIET, lambda case: frozen(case, AT_RECOVERY, 800, 1900), "line lag"),
    _one("money is made", Course.FAILOVER, v.money_made, "transfers' total"),
    _one("money is lost", Course.SWITCH, v.money_lost_at_rest, "transfers' total"),
    _one("rows differ", Course.SWITCH, v.different_rows, "equality"),
    _one("a transaction of its own", Course.FAILOVER, v.errant, "errant transactions"),
    _one("a commit does not wait", Course.HOLD, v.answered_too_early, "commit waits"),
    _one("it is served while it is down", Course.DOWN, v.served_while_down, "stays down"),
    _one("a connection outlives the switch", Course.SWITCH, v.kept_its_connection, "disconnection"),
    _one("a write at a read-only instance", Course.BLIP, v.write_at_read_only, "read-only access", "two primaries"),
    _one("its address leads to the primary", Course.QUIET, v.read_only_led_astray, "read-only access"),
    _one("a write in another region", Course.READS, v.write_in_another_region, "recovery access"),
    _one("nobody is answered there", Course.READS, v.too_long, "recovery reads"),
    _one("activated late", Course.CUT, v.activated_late, "activation"),
    _one("too much is lost with the line", Course.CUT, v.lost_on_the_line, "data loss"),
    _one("a row of the old side arrives", Course.CUT, v.arrived_all_the_same, "divergence"),
    _one("a row is gone where it was promoted", Course.CUT, v.gone_where_it_was_promoted, "divergence"),
    _one("a wrong lag is shown", Course.CUT, v.lag_hidden, "shown lag"),
    _one("a write is refused for nothing", Course.QUIET, v.refused_one, "undisturbed"),
    _one("the switch is early", Course.SWITCH, v.out_of_period, "within period"),
    _one("nobody takes over in time", Course.FAILOVER, v.too_long, "outage"),
    _one("nobody takes over until the heal", Course.FAILOVER, v.unserved_until_the_heal, "took over"),
    _one("nobody is answered until the heal", Course.ALONE, v.unserved_until_the_heal, "served meanwhile"),
    _one("nobody is answered in time", Course.BLIP, v.too_long, "interruption"),
    _one("a blip makes it fail over", Course.BLIP, v.fails_over, "no failover"),
    _one("it is down without a secondary", Course.ALONE, v.too_long, "unprotected writes"),
)
