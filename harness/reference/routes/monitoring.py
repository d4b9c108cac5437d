"""How an instance fares: figures over time, and the slow log."""

from dataclasses import asdict

from fastapi import APIRouter
from pydantic import BaseModel

from hadrill.harness.reference.manager import Manager
from hadrill.harness.reference.requests import monitoring


class FiguresView(BaseModel):
    """One look: queries a second since the one before, open connections, lag in seconds, MiB on disk."""

    utc: str
    queries_per_s: float
    connections: int
    lag_s: float | None
    disk_mib: float


def routes(manager: Manager) -> APIRouter:
    """The routes of this subject."""
    here = APIRouter(prefix="/instances/{instance}")

    @here.get("/monitoring")
    def show_monitoring(instance: str) -> list[FiguresView]:
        """Figures of the last hour, second by second, oldest first; those before the manager's start are gone."""
        return [FiguresView(**asdict(each)) for each in monitoring.figures(manager, instance)]

    @here.get("/slow-log")
    def show_slow_log(instance: str) -> list[str]:
        """The newest hundred statements of its primary's own slow log, newest first."""
        return list(monitoring.slow_log(manager, instance))

    return here
