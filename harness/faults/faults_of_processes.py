"""The catalogue's faults of processes: servers, and the manager."""

from typing import Final

from hadrill.harness.faults.entry import CatalogueEntry, Takes
from hadrill.harness.faults.manager_killed import ManagerKilled
from hadrill.harness.faults.manager_paused import ManagerPaused
from hadrill.harness.faults.manager_restarted import ManagerRestarted
from hadrill.harness.faults.process_killed import ProcessKilled
from hadrill.harness.faults.process_paused import ProcessPaused
from hadrill.harness.faults.process_restarted import ProcessRestarted

OF_PROCESSES: Final = (
    CatalogueEntry(
        name=ProcessKilled.name,
        takes=Takes.NODE,
        made_of="SIGKILL to a node's server; the node is held down. What the kernel holds is kept: a process lost,"
        " not a disk lost.",
        proof="waitpid says signal 9, and the server's port refuses connections.",
        heal="The server is started as it last was; it runs and greets.",
        make=lambda place, target, _: ProcessKilled(place.site, target),
    ),
    CatalogueEntry(
        name=ProcessPaused.name,
        takes=Takes.NODE,
        made_of="SIGSTOP to a node's server; its kernel still accepts connections.",
        proof="The kernel shows the process stopped, and a fresh connection gets no answer.",
        heal="SIGCONT; it greets. Answers that were under way arrive late.",
        make=lambda place, target, _: ProcessPaused(place.site, target),
    ),
    CatalogueEntry(
        name=ProcessRestarted.name,
        takes=Takes.NODE,
        made_of="SIGKILL to a node's server, which is started again at once as it last was.",
        proof="waitpid says signal 9, and another process is there in its place.",
        heal="Nothing is done; it runs and greets.",
        make=lambda place, target, _: ProcessRestarted(place.site, target),
        blips=False,
    ),
    CatalogueEntry(
        name=ManagerKilled.name,
        takes=Takes.MANAGER,
        made_of="SIGKILL to the manager; what it decided is in its database.",
        proof="waitpid says signal 9, and its port refuses connections.",
        heal="It is started as it was; it runs and answers.",
        make=lambda place, _target, _: ManagerKilled(place.site, place.start_manager),
    ),
    CatalogueEntry(
        name=ManagerPaused.name,
        takes=Takes.MANAGER,
        made_of="SIGSTOP to the manager; its kernel still accepts connections.",
        proof="The kernel shows the process stopped, and a fresh connection gets no answer.",
        heal="SIGCONT; it answers.",
        make=lambda place, _target, _: ManagerPaused(place.site),
    ),
    CatalogueEntry(
        name=ManagerRestarted.name,
        takes=Takes.MANAGER,
        made_of="SIGKILL to the manager, which is started again at once; what it decided is in its database.",
        proof="waitpid says signal 9, and another process is there in its place.",
        heal="It is started where that failed; it runs and answers.",
        make=lambda place, _target, _: ManagerRestarted(place.site, place.start_manager),
        blips=False,
    ),
)
