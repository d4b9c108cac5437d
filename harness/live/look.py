"""Looking at what is up: what its manager says now, and what is broken."""

import time
from contextlib import closing
from dataclasses import dataclass, replace
from typing import Final

from hadrill.harness.errors import HadrillError, HarnessTrouble
from hadrill.harness.live.fault_messages import Answer, Request
from hadrill.harness.live.fault_socket import ask
from hadrill.harness.live.record import LiveRecord, LiveStage
from hadrill.harness.model.instance import Instance
from hadrill.harness.service.reference import ReferenceService

STANDING_LIMIT_S: Final = 5.0


@dataclass(frozen=True, slots=True)
class Look:
    """A topology at this moment.

    Attributes:
        alive: its holder is there.
        instances: as the manager describes them; empty where it was not asked.
        trouble: why the manager said nothing; empty otherwise.
        standing: the faults that are injected; None where its holder did not say.
        at_ns: monotonic clock when they were asked for.
    """

    record: LiveRecord
    alive: bool
    instances: tuple[Instance, ...] = ()
    trouble: str = ""
    standing: Answer | None = None
    at_ns: int = 0


def look_at(record: LiveRecord) -> Look:
    """Look at a topology; a manager that does not answer is something to be told, not an error."""
    stage = record.stage
    if stage is None or not record.holder.alive:
        return Look(record, record.holder.alive)
    known = Look(record, True, standing=_standing(stage), at_ns=time.monotonic_ns())
    with closing(ReferenceService(stage.manager, stage.token, stage.auditor)) as service:
        try:
            return replace(known, instances=service.instances())
        except HadrillError as error:
            return replace(known, trouble=str(error))


def _standing(stage: LiveStage) -> Answer | None:
    try:
        return ask(stage.work, Request("standing"), timeout_s=STANDING_LIMIT_S)
    except HarnessTrouble:
        return None
