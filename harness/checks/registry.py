"""The checks by the name that their judgements carry, for judging a finished run again."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from hadrill.harness.checks import (
    address_access,
    as_asked,
    back_in_time,
    come_and_go,
    commit_waits,
    described,
    disconnection,
    equality,
    errant_transactions,
    follows_closely,
    in_flight,
    interruption,
    lag,
    lost_writes,
    no_failover,
    outage,
    phantom_reads,
    proofs,
    read_only_access,
    received,
    refusal,
    returned,
    secondary_access,
    servers_at_rest,
    staleness,
    stays_down,
    transfers_total,
    two_primaries,
    undisturbed,
    unprotected_writes,
    within_period,
)
from hadrill.harness.checks.recovery import (
    activation,
    as_described,
    data_loss,
    divergence,
    line_lag,
    recovery_access,
    recovery_reads,
    shown_lag,
)
from hadrill.harness.model.verdict import Judgement

CHECKS: Final[Mapping[str, Callable[..., Judgement]]] = MappingProxyType(
    {
        activation.CHECK: activation.activation,
        address_access.CHECK: address_access.address_access,
        back_in_time.CHECK: back_in_time.back_in_time,
        come_and_go.CHECK: come_and_go.come_and_go,
        commit_waits.CHECK: commit_waits.commit_waits,
        data_loss.CHECK: data_loss.data_loss,
        disconnection.CHECK: disconnection.disconnection,
        divergence.CHECK: divergence.divergence,
        equality.CHECK: equality.equality,
        errant_transactions.CHECK: errant_transactions.errant_transactions,
        follows_closely.CHECK: follows_closely.follows_closely,
        in_flight.CHECK: in_flight.in_flight,
        interruption.CHECK: interruption.interruption,
        lag.CHECK: lag.lag,
        line_lag.CHECK: line_lag.line_lag,
        lost_writes.CHECK: lost_writes.lost_writes,
        no_failover.CHECK: no_failover.no_failover,
        outage.CHECK: outage.outage,
        phantom_reads.CHECK: phantom_reads.phantom_reads,
        proofs.CHECK: proofs.proofs,
        read_only_access.CHECK: read_only_access.read_only_access,
        received.CHECK: received.received,
        recovery_access.CHECK: recovery_access.recovery_access,
        recovery_reads.CHECK: recovery_reads.recovery_reads,
        secondary_access.CHECK: secondary_access.secondary_access,
        shown_lag.CHECK: shown_lag.shown_lag,
        staleness.CHECK: staleness.staleness,
        stays_down.CHECK: stays_down.stays_down,
        transfers_total.CHECK: transfers_total.transfers_total,
        two_primaries.CHECK: two_primaries.two_primaries,
        undisturbed.CHECK: undisturbed.undisturbed,
        unprotected_writes.CHECK: unprotected_writes.unprotected_writes,
        within_period.CHECK: within_period.within_period,
    }
)
"""All take a History first; what else each needs (objectives, events, limits) is in its signature."""

ON_SIGHT: Final[Mapping[str, Callable[..., Judgement]]] = MappingProxyType(
    {
        "accepted": refusal.accepted,
        "alone": servers_at_rest.alone,
        "as seen": as_described.as_seen,
        "as asked": as_asked.as_asked,
        "carried out": as_asked.carried_out,
        "link gone": as_described.link_gone,
        "listed": as_described.listed,
        "no other instance": described.no_other_instance,
        "durable": servers_at_rest.durable,
        "only chosen": as_described.only_chosen,
        "pair at rest": servers_at_rest.pair_at_rest,
        "placed": servers_at_rest.placed,
        "nothing left": as_asked.nothing_left,
        "read-only follows": servers_at_rest.read_only_follows,
        "refused": refusal.refused,
        "refused during": refusal.refused_during,
        "returned": returned.returned,
        "roles swapped": servers_at_rest.roles_swapped,
        "same address": described.same_address,
        "said": as_asked.said_with_reason,
        "same instance": as_asked.same_instance,
        "shorter": interruption.shorter,
        "unchanged": refusal.unchanged,
        "went through": as_described.went_through,
    }
)
"""Those that need no History: all that they judge by is in their arguments."""
