"""Read-only instances; they are listed, described and released as any other."""

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict

from hadrill.harness.reference.manager import Manager
from hadrill.harness.reference.requests import read_only
from hadrill.harness.reference.routes.views import Begun


class ReadOnlyRequest(BaseModel):
    """A new read-only instance. No zone: the service chooses."""

    model_config = ConfigDict(extra="forbid")

    zone: str = ""


def routes(manager: Manager) -> APIRouter:
    """The routes of this subject."""
    here = APIRouter(prefix="/instances/{instance}")

    @here.post("/read-only", status_code=202)
    def create_read_only_instance(instance: str, request: ReadOnlyRequest | None = None) -> Begun:
        """Begin to create a read-only instance that follows this one, which may itself be on its way."""
        zone = request.zone if request is not None else ""
        created, operation = read_only.create_read_only(manager, instance, zone)
        return Begun(instance=created, operation=operation)

    return here
