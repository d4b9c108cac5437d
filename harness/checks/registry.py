"""The checks of a history by the name that their judgements carry, for judging a finished run again."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from hadrill.harness.checks import (
    address_access,
    commit_waits,
    disconnection,
    equality,
    in_flight,
    lost_writes,
    outage,
    proofs,
    secondary_access,
    two_primaries,
    undisturbed,
)
from hadrill.harness.model.verdict import Judgement

CHECKS: Final[Mapping[str, Callable[..., Judgement]]] = MappingProxyType(
    {
        lost_writes.CHECK: lost_writes.lost_writes,
        outage.CHECK: outage.outage,
        two_primaries.CHECK: two_primaries.two_primaries,
        secondary_access.CHECK: secondary_access.secondary_access,
        address_access.CHECK: address_access.address_access,
        equality.CHECK: equality.equality,
        commit_waits.CHECK: commit_waits.commit_waits,
        disconnection.CHECK: disconnection.disconnection,
        in_flight.CHECK: in_flight.in_flight,
        proofs.CHECK: proofs.proofs,
        undisturbed.CHECK: undisturbed.undisturbed,
    }
)
"""All take a History first; what else each needs (objectives, events, limits) is in its signature."""
