"""Disaster-recovery instances; they are listed, described and released as any other."""

from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from hadrill.harness.model.disaster_recovery import SynchronizationTask
from hadrill.harness.reference.manager import Manager
from hadrill.harness.reference.requests import disaster_recovery, promoting
from hadrill.harness.reference.routes.views import Begun

TableName = Annotated[str, Field(pattern=r"^[^.`]{1,64}\.[^`]{1,64}$")]


class RecoveryRequest(BaseModel):
    """A new disaster-recovery instance, in another region than its master's."""

    model_config = ConfigDict(extra="forbid")

    region: str


class SynchronizationRequest(BaseModel):
    """A synchronization: of these tables, ``schema.table`` each, or of the entire instance where there are none.

    With chosen tables come their triggers, all schemas, routines and events, and the accounts and rights that there are
    when they are copied. Accounts and rights that are created or changed later do not arrive; the notice of the task
    says so. With the entire instance everything arrives, at any time.
    """

    model_config = ConfigDict(extra="forbid")

    name: Annotated[str, Field(min_length=1, max_length=100)]
    tables: list[TableName] = []


class PromotionRequest(BaseModel):
    """A promotion names its instance once more, and its master where that may be alive."""

    model_config = ConfigDict(extra="forbid")

    confirm: str = ""
    accept_divergence: str = ""


class SwitchBackRequest(BaseModel):
    """A switch back names its instance once more."""

    model_config = ConfigDict(extra="forbid")

    confirm: str = ""


class LagView(BaseModel):
    """Seconds behind its master; null where it follows nobody, or has not been heard since the manager began."""

    instance: str
    lag_s: float | None


def routes(manager: Manager) -> APIRouter:
    """The routes of this subject."""
    here = APIRouter(prefix="/instances/{instance}")

    @here.post("/disaster-recovery", status_code=202)
    def create_disaster_recovery(instance: str, request: RecoveryRequest) -> Begun:
        """Begin to create a disaster-recovery instance of this one in another region."""
        created, operation = disaster_recovery.create(manager, instance, request.region)
        return Begun(instance=created, operation=operation)

    @here.post("/synchronizations", status_code=202)
    def begin_synchronization(instance: str, request: SynchronizationRequest) -> SynchronizationTask:
        """Verify source and destination, and begin to synchronize; there is one for ever."""
        return disaster_recovery.begin_synchronization(manager, instance, request.name, tuple(request.tables))

    @here.get("/synchronizations")
    def list_synchronizations(instance: str) -> list[SynchronizationTask]:
        """What was accepted, and how far it is."""
        return list(disaster_recovery.tasks(manager, instance))

    @here.get("/lag")
    def synchronization_lag(instance: str) -> LagView:
        """How far it is behind its master."""
        manager.existing(instance)
        return LagView(instance=instance, lag_s=manager.lag_s(instance))

    @here.post("/promotion", status_code=202)
    def promote_instance(instance: str, request: PromotionRequest) -> Begun:
        """Break the link for ever, and let the instance take writes."""
        operation = promoting.promote(manager, instance, request.confirm, request.accept_divergence)
        return Begun(instance=instance, operation=operation)

    @here.post("/verification", status_code=202)
    def verify_instance(instance: str) -> Begun:
        """Compare it with its master row by row; the operation's arguments hold what was found, as JSON."""
        return Begun(instance=instance, operation=disaster_recovery.verify(manager, instance))

    @here.post("/switch-back", status_code=202)
    def switch_back(instance: str, request: SwitchBackRequest) -> Begun:
        """Close its master, verify, and have it take that one's place for good."""
        return Begun(instance=instance, operation=disaster_recovery.switch_back(manager, instance, request.confirm))

    return here
