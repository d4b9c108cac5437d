"""What is under way, and what was."""

from typing import Annotated, Any

from fastapi import APIRouter
from pydantic import Field

from hadrill.harness.reference.manager import Manager
from hadrill.harness.reference.records import OperationRecord


def routes(manager: Manager) -> APIRouter:
    """The routes of this subject."""
    here = APIRouter()

    @here.get("/operations/{operation}")
    def describe_operation(operation: Annotated[int, Field(ge=0, lt=2**63)]) -> OperationRecord:
        """How far an operation is."""
        return manager.work.store.operation(operation)

    @here.get("/events")
    def list_events(after: Annotated[int, Field(ge=0, lt=2**63)] = 0) -> list[dict[str, Any]]:
        """What the manager saw and decided, oldest first, with both clocks."""
        return manager.work.store.events(after)

    return here
