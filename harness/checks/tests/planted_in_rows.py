"""Violations that rows show, in the end or to whoever reads them."""

from typing import Final

from hadrill.harness.checks.tests import violations as v
from hadrill.harness.checks.tests.histories import AT_B, AT_C, AT_RECOVERY
from hadrill.harness.checks.tests.planted import Planted
from hadrill.harness.checks.tests.planting import frozen
from hadrill.harness.checks.tests.service_model import Course

_LATE: Final = "did not show a write that had been acknowledged <s> before; allowed 0.3 s (a lag)"

AGAINST_ROWS: Final = (
    Planted(
        "a write is lost",
        Course.FAILOVER,
        v.lost_write,
        {"lost writes": "1 write that <other> acknowledged had no row at the end"},
    ),
    Planted(
        "a refused write is there",
        Course.SWITCH,
        v.refused_yet_there,
        {"lost writes": "1 write answered with a definite error did change something: the row is there"},
    ),
    Planted(
        "there is a row of nobody's",
        Course.HOLD,
        v.nobodys_row,
        {"lost writes": "1 row that nobody tried to write: there at the end"},
    ),
    Planted(
        "a row comes late",
        Course.ALONE,
        v.came_late,
        {
            "come and go": "1 row whose writes were over came only after <s>: missing through the address then, "
            "and there later"
        },
    ),
    Planted(
        "the secondary lacks a row",
        Course.DOWN,
        v.not_received,
        {"received": "1 write acknowledged until <s> had not been received by <other> at <s>"},
    ),
    Planted(
        "a row never arrives at a read-only instance",
        Course.SWITCH,
        v.never_arrived,
        {"lag": "1 acknowledged write never arrived at c1"},
    ),
    Planted(
        "money is made",
        Course.FAILOVER,
        v.money_made,
        {"transfers' total": "<old> showed 1 total other than 1000, the first, 1001, at <s>"},
    ),
    Planted(
        "money is lost",
        Course.SWITCH,
        v.money_lost_at_rest,
        {"transfers' total": "the accounts of c1 add up to 999 at rest, not to 1000"},
    ),
    Planted(
        "rows differ",
        Course.SWITCH,
        v.different_rows,
        {"equality": "<old> and c1 do not agree on 1 row: shop.entries id=1: <old> has abc, c1 has def"},
    ),
    Planted(
        "a transaction of its own",
        Course.FAILOVER,
        v.errant,
        {"errant transactions": "c1 executed 1 transaction that <old> did not: 11111111-1111-1111-1111-111111111111:1"},
    ),
    Planted(
        "too much is lost with the line",
        Course.CUT,
        v.lost_on_the_line,
        {
            "data loss": "<n> acknowledged <writes> did not arrive before cut of <old> to d1, the oldest of them <s> "
            "old; allowed 0.3 s (a lag)"
        },
    ),
    Planted(
        "a row of the old side arrives",
        Course.CUT,
        v.arrived_all_the_same,
        {"divergence": "1 write sent to the old side after cut of <old> to d1 had arrived at d1 at <s>"},
    ),
    Planted(
        "a row is gone where it was promoted",
        Course.CUT,
        v.gone_where_it_was_promoted,
        {"divergence": "1 write that the promoted instance had acknowledged was not there at <s>"},
    ),
)

AGAINST_READERS: Final = (
    Planted(
        "a reader goes back in time",
        Course.HOLD,
        v.went_back,
        {
            "back in time": "reader-c1 went back 1 time: at <s> c1 showed it row <n> as the newest of writer-1, where "
            "c1 had shown it <n>"
        },
    ),
    Planted(
        "a phantom at the address",
        Course.FAILOVER,
        v.phantom_at_the_address,
        {
            "phantom reads": "<other> showed over the address 1 row that the instance did not hold in the end, from "
            "<s> to <s>",
            "come and go": "1 row that readers were shown through the address had gone by the end",
        },
    ),
    Planted(
        "a phantom is read at the read-only instance for too long",
        Course.FAILOVER,
        v.phantom_at_the_read_only,
        {
            "shown ahead": "1 row that never were could be read at a read-only instance <s> after <other> had taken "
            "over; allowed 0.3 s"
        },
    ),
    Planted(
        "the secondary is behind",
        Course.QUIET,
        lambda case: frozen(case, AT_B, 100, 600),
        {"follows closely": f"at <s> <other> {_LATE}"},
    ),
    Planted(
        "a read-only instance is stale",
        Course.QUIET,
        lambda case: frozen(case, AT_C, 800, 1400),
        {"staleness": f"at <s> c1 {_LATE}"},
    ),
    Planted(
        "a read-only instance lags",
        Course.SWITCH,
        lambda case: frozen(case, AT_C, 1500, 2100),
        {"lag": f"at <s> c1 {_LATE}"},
    ),
    Planted(
        "a line lags",
        Course.QUIET,
        lambda case: frozen(case, AT_RECOVERY, 800, 1900),
        {"line lag": f"at <s> d1 {_LATE}"},
    ),
    Planted(
        "a wrong lag is shown",
        Course.CUT,
        v.wrong_lag_shown,
        {"shown lag": "the lag shown at <s> was 2.000 s, off by <s>; allowed 0.3 s (a lag)"},
    ),
)
