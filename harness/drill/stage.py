"""What a scenario plays on: an environment that stands, and the drilled service in it."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from hadrill.environments.embedded.program_names import DECISIONS
from hadrill.environments.embedded.settings import load_settings
from hadrill.environments.embedded.site import EmbeddedSite, Parts, open_site
from hadrill.environments.topology_file import load_topology
from hadrill.harness.drill.settings import RunSettings
from hadrill.harness.errors import HarnessTrouble, WaitTimeout, WrongCall
from hadrill.harness.model.topology import MANAGER
from hadrill.harness.sabotage.catalogue import sabotage
from hadrill.harness.sabotage.known import require_effect
from hadrill.harness.service.contract import Service
from hadrill.harness.service.reference import ReferenceService
from hadrill.harness.service.reference_program import SOUND, Broken, ManagerProgram, known_decisions, write_program

MANAGER_LIMIT_S: Final = 60.0
ASKED: Final = f"{DECISIONS}.log"
"""Among the logs: the names of the decisions that the service asked for, in lines."""


@dataclass(frozen=True, slots=True)
class Stage:
    """A running environment and service.

    Attributes:
        site: the environment.
        program: the service's manager; started again it resumes what it had begun.
        service: the contract, spoken to the manager.
        await_manager: waits for the manager to answer, for so many seconds; raises WaitTimeout.
    """

    site: EmbeddedSite
    program: ManagerProgram
    service: Service
    await_manager: Callable[[float], None]

    def require_whole(self) -> None:
        """Make sure that everything runs, the manager included; raises HarnessTrouble."""
        self.site.check()
        self.site.process(MANAGER).require_running()

    def start_manager(self) -> None:
        """Start the manager, or start it again, and wait until it answers; one that ended says its last words."""
        self.site.spawn(MANAGER, self.program.argv)
        try:
            self.await_manager(MANAGER_LIMIT_S)
        except WaitTimeout:
            self.site.process(MANAGER).require_running()
            raise


def require_sabotage(settings: RunSettings) -> None:
    """See that the service can be broken as it is asked for.

    Raises:
        WrongCall: there is no sabotage of that name, or it is of a user's own and would break nothing.
    """
    if settings.sabotage_file and not settings.sabotage:
        raise WrongCall(f"{settings.sabotage_file} was given, and no sabotage of it was named; name one")
    if settings.sabotage:
        chosen = sabotage(settings.sabotage, settings.sabotage_file)
        if settings.sabotage_file:
            require_effect(chosen, known_decisions())


def broken_by(settings: RunSettings) -> Broken:
    """How the service is broken on purpose, if it is.

    Raises:
        WrongCall: there is no sabotage of that name.
    """
    if not settings.sabotage:
        return SOUND
    chosen = sabotage(settings.sabotage, settings.sabotage_file)
    return Broken(change=chosen.change) if chosen.change else Broken({chosen.decision: chosen.value})


@contextmanager
def open_stage(
    topology: str,
    parts: Parts,
    *,
    broken: Broken = SOUND,
    crash_at: str = "",
    failed_logs: Path | None = None,
    on_progress: Callable[[str], None] | None = None,
) -> Iterator[Stage]:
    """Build a topology and start the reference service in it; leaving ends every process and removes every file.

    Args:
        broken: the service, on purpose.
        failed_logs: folder that the logs are copied to where the service does not come up.

    Raises:
        WrongCall: the topology is unknown, or this machine has no room for it.
        HarnessTrouble: something of our own did not come up.
    """
    site = open_site(load_topology(topology).topology, parts, load_settings(), on_progress)
    try:
        program = write_program(
            site.work,
            site.inventory,
            site.manager,
            site.rack_token,
            broken=broken,
            crash_at=crash_at,
            asked=site.work / "logs" / ASKED,
        )
        service = ReferenceService(program.endpoint, program.token, program.auditor, instruments=site.check)
        with closing(service):
            stage = Stage(site, program, service, service.await_ready)
            try:
                stage.start_manager()
            except HarnessTrouble:
                if failed_logs is not None:
                    site.keep_logs(failed_logs)
                raise
            yield stage
    finally:
        site.close()
