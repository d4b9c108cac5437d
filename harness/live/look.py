"""Looking at what is up: what its manager says now."""

from contextlib import closing
from dataclasses import dataclass

from hadrill.harness.errors import HadrillError
from hadrill.harness.live.record import LiveRecord
from hadrill.harness.model.instance import Instance
from hadrill.harness.service.reference import ReferenceService


@dataclass(frozen=True, slots=True)
class Look:
    """A topology at this moment.

    Attributes:
        alive: its holder is there.
        instances: as the manager describes them; empty where it was not asked.
        trouble: why the manager said nothing; empty otherwise.
    """

    record: LiveRecord
    alive: bool
    instances: tuple[Instance, ...] = ()
    trouble: str = ""


def look_at(record: LiveRecord) -> Look:
    """Look at a topology; a manager that does not answer is something to be told, not an error."""
    stage = record.stage
    if stage is None or not record.holder.alive:
        return Look(record, record.holder.alive)
    with closing(ReferenceService(stage.manager, stage.token, stage.auditor)) as service:
        try:
            return Look(record, True, service.instances())
        except HadrillError as error:
            return Look(record, True, (), str(error))
