"""Changes of edition, size and settings."""

from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from hadrill.harness.model.instance import Edition, Specification
from hadrill.harness.reference.manager import Manager
from hadrill.harness.reference.requests import changes
from hadrill.harness.reference.routes.views import Begun


class SpecificationView(BaseModel):
    """The size of each server: its buffer pool in MiB, and how many connections it takes."""

    model_config = ConfigDict(extra="forbid")

    memory_mib: Annotated[int, Field(ge=32, le=4096)]
    connections: Annotated[int, Field(ge=50, le=1000)]


class ChangeRequest(BaseModel):
    """Another edition or another size, one at a time."""

    model_config = ConfigDict(extra="forbid")

    edition: Edition | None = None
    specification: SpecificationView | None = None


class RestartRequest(BaseModel):
    """System variables by name, beside those that were set before."""

    model_config = ConfigDict(extra="forbid")

    settings: dict[str, str] = {}


def routes(manager: Manager) -> APIRouter:
    """The routes of this subject."""
    here = APIRouter(prefix="/instances/{instance}")

    @here.patch("/specification", status_code=202)
    def change_specification(instance: str, request: ChangeRequest) -> Begun:
        """Begin to change edition or size; a pair goes on meanwhile, but for one switch."""
        size = request.specification
        specification = Specification(size.memory_mib, size.connections) if size else None
        operation = changes.change_specification(manager, instance, request.edition, specification)
        return Begun(instance=instance, operation=operation)

    @here.post("/restart", status_code=202)
    def restart_instance(instance: str, request: RestartRequest) -> Begun:
        """Begin to restart every server with other settings."""
        return Begun(instance=instance, operation=changes.restart(manager, instance, request.settings))

    return here
