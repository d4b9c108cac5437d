"""Switches, and the maintenance period that they may be put off to."""

from enum import StrEnum
from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from hadrill.harness.model.instance import Instance, MaintenancePeriod
from hadrill.harness.reference.manager import Manager
from hadrill.harness.reference.requests import switching


class When(StrEnum):
    """When a switch is wanted."""

    NOW = "now"
    MAINTENANCE_PERIOD = "maintenance-period"


class SwitchRequest(BaseModel):
    """A switch; now, unless it says otherwise."""

    model_config = ConfigDict(extra="forbid")

    when: When = When.NOW


class SwitchAsked(BaseModel):
    """What was asked for; a switch that waits has no operation yet."""

    instance: str
    operation: int | None


class PeriodRequest(BaseModel):
    """A time of each day, UTC, and its length in seconds."""

    model_config = ConfigDict(extra="forbid")

    begins: Annotated[str, Field(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]$")]
    length_s: Annotated[int, Field(ge=1, le=86_399)]


def routes(manager: Manager) -> APIRouter:
    """The routes of this subject."""
    here = APIRouter(prefix="/instances/{instance}")

    @here.post("/switch", status_code=202)
    def switch_instance(instance: str, request: SwitchRequest | None = None) -> SwitchAsked:
        """Switch primary and secondary now, or within the next maintenance period."""
        if request is None or request.when is When.NOW:
            return SwitchAsked(instance=instance, operation=switching.switch(manager, instance))
        switching.put_off(manager, instance)
        return SwitchAsked(instance=instance, operation=None)

    @here.delete("/switch")
    def take_switch_back(instance: str) -> Instance:
        """Take back a switch that waits for the maintenance period."""
        switching.take_back(manager, instance)
        return manager.describe(instance)

    @here.put("/maintenance-period")
    def set_maintenance_period(instance: str, request: PeriodRequest) -> Instance:
        """Change the maintenance period; a waiting switch follows it."""
        switching.set_period(manager, instance, MaintenancePeriod(request.begins, request.length_s))
        return manager.describe(instance)

    return here
