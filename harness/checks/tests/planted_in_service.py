"""Violations by what a server or an address does, or by how long it takes."""

from typing import Final

from hadrill.harness.checks.tests import violations as v
from hadrill.harness.checks.tests.planted import Planted
from hadrill.harness.checks.tests.service_model import Course

_ITS_WRITES: Final = "(from an answer at <s> to a write sent at <s>)"
_BOTH_WRITE: Final = f"two servers acknowledged writes at the same time: <both> {_ITS_WRITES} and <both> {_ITS_WRITES}"

AGAINST_ROLES: Final = (
    Planted("a second primary", Course.SWITCH, v.second_primary, {"two primaries": _BOTH_WRITE}),
    Planted(
        "a second primary after a failover", Course.FAILOVER, v.came_back_as_primary, {"two primaries": _BOTH_WRITE}
    ),
    Planted(
        "a replaced primary that goes on",
        Course.FAILOVER,
        v.came_back_unmet,
        {"two primaries": "<old> acknowledged 1 write sent from <s> on, although <other> had taken over by <s>"},
    ),
    Planted(
        "a visitor at the secondary",
        Course.BLIP,
        v.let_in,
        {
            "secondary access": "<other>, not the primary, let the account owner in over the clients' network: 1 login "
            "between <s> and <s>"
        },
    ),
    Planted(
        "the address leads to the secondary",
        Course.ALONE,
        v.led_astray,
        {"address access": "the address led to <other> while that was not the primary: 1 operation from <s> to <s>"},
    ),
    Planted(
        "the address leads to both",
        Course.SWITCH,
        v.led_to_both,
        {
            "address access": "no one change of primary explains the writes that the address acknowledged: by <both> "
            f"{_ITS_WRITES} and <both> {_ITS_WRITES}",
            "two primaries": _BOTH_WRITE,
        },
    ),
    Planted(
        "a write at a read-only instance",
        Course.BLIP,
        v.write_at_read_only,
        {
            "read-only access": "c1 took 1 write over a read-only instance's address, the first sent at <s>",
            "two primaries": "two servers acknowledged writes at the same time: "
            f"<old> {_ITS_WRITES} and c1 {_ITS_WRITES}",
        },
    ),
    Planted(
        "its address leads to the primary",
        Course.QUIET,
        v.read_only_led_astray,
        {"read-only access": "the address of a read-only instance led intruder-c1 to <old> and c1; read-only are c1"},
    ),
    Planted(
        "a write in another region",
        Course.READS,
        v.write_in_another_region,
        {"recovery access": "d1 took 1 write at the address of a disaster-recovery instance, the first sent at <s>"},
    ),
    Planted(
        "a commit does not wait",
        Course.HOLD,
        v.answered_too_early,
        {
            "commit waits": "1 write got an answer while the secondary's acknowledgements were held back, the first "
            "at <s>"
        },
    ),
    Planted(
        "it is served while it is down",
        Course.DOWN,
        v.served_while_down,
        {
            "stays down": "<old> acknowledged 1 write although down of <old> left no server with all that had been "
            "acknowledged, the first at <s>"
        },
    ),
    Planted(
        "a connection outlives the switch",
        Course.SWITCH,
        v.kept_its_connection,
        {
            "disconnection": "stubborn, which does not reconnect, was served again on a connection that had broken: "
            "acknowledged at <s>"
        },
    ),
    Planted(
        "a blip makes it fail over",
        Course.BLIP,
        v.fails_over,
        {"no failover": "after blip of <old> <other> acknowledged <n> writes in place of <old>, the first at <s>"},
    ),
    Planted(
        "a write is refused for nothing",
        Course.QUIET,
        v.refused_one,
        {"undisturbed": "1 write over the address had no acknowledgement, the first sent at <s>"},
    ),
)

AGAINST_TIME: Final = (
    Planted(
        "the switch is early",
        Course.SWITCH,
        v.out_of_period,
        {"within period": "<other> answered in place of <old> from <s> on, before the period from <s> to <s>"},
    ),
    Planted(
        "nobody takes over in time",
        Course.FAILOVER,
        v.too_long,
        {"outage": "clients waited <s> for failover of <old>, from <s> to <s>; allowed 0.8 s (a time)"},
    ),
    Planted(
        "nobody takes over until the heal",
        Course.FAILOVER,
        v.unserved_until_the_heal,
        {
            "took over": "no server but <old> answered a write in the <s> of load from failover of <old> until it "
            "began to be healed"
        },
    ),
    Planted(
        "nobody is answered until the heal",
        Course.ALONE,
        v.unserved_until_the_heal,
        {"served meanwhile": "<old> acknowledged no write in <s> of alone of <old>"},
    ),
    Planted(
        "nobody is answered in time",
        Course.BLIP,
        v.too_long,
        {
            "interruption": "blip of <old> left clients without an answer from <s>, until <s>: <s>; allowed 0.8 s "
            "(a time)"
        },
    ),
    Planted(
        "it is down without a secondary",
        Course.ALONE,
        v.too_long,
        {
            "unprotected writes": "alone of <old>, and no write was acknowledged from <s> to <s>, <s>; allowed 0.8 s "
            "(a time)"
        },
    ),
    Planted(
        "nobody is answered in another region",
        Course.READS,
        v.too_long,
        {
            "recovery reads": "after reads of d1 no read was answered at the disaster-recovery instance from <s> to "
            "<s>, <s>; allowed 0.8 s (a time)"
        },
    ),
    Planted(
        "activated late",
        Course.CUT,
        v.activated_late,
        {"activation": "asked for at <s>, the first write was acknowledged <s> later; allowed 0.8 s (a time)"},
    ),
)
