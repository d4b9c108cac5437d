"""Switches."""

from fastapi import APIRouter

from hadrill.harness.reference.manager import Manager
from hadrill.harness.reference.requests import switching
from hadrill.harness.reference.routes.views import Begun


def routes(manager: Manager) -> APIRouter:
    """The routes of this subject."""
    here = APIRouter(prefix="/instances/{instance}")

    @here.post("/switch", status_code=202)
    def switch_instance(instance: str) -> Begun:
        """Switch primary and secondary now."""
        return Begun(instance=instance, operation=switching.switch(manager, instance))

    return here
