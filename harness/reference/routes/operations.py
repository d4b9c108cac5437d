"""What is under way, and what was."""

from typing import Annotated, Any

from fastapi import APIRouter
from pydantic import Field

from hadrill.harness.reference.manager import Manager
from hadrill.harness.reference.routes.views import OperationView


def routes(manager: Manager) -> APIRouter:
    """The routes of this subject."""
    here = APIRouter()

    @here.get("/operations/{operation}")
    def describe_operation(operation: Annotated[int, Field(ge=0, lt=2**63)]) -> OperationView:
        """How far an operation is."""
        store = manager.work.store
        return OperationView.of(store.operation(operation), store.import_of(operation))

    @here.get("/events")
    def list_events(after: Annotated[int, Field(ge=0, lt=2**63)] = 0) -> list[dict[str, Any]]:
        """What the manager saw and decided, oldest first, with both clocks."""
        return manager.work.store.events(after)

    return here
