"""The catalogue."""

from hadrill.harness.faults.catalogue import CATALOGUE
from hadrill.harness.faults.link_cut import LinkCut
from hadrill.harness.faults.process_killed import ProcessKilled
from hadrill.harness.faults.process_paused import ProcessPaused
from hadrill.harness.faults.rack_isolated import RackIsolated
from hadrill.harness.faults.replication_held import ReplicationHeld


def test_every_fault_is_in_it_and_nothing_else() -> None:
    """A report can explain each fault by its name."""
    faults = (ProcessKilled, ProcessPaused, RackIsolated, LinkCut, ReplicationHeld)
    assert [entry.name for entry in CATALOGUE] == [fault.name for fault in faults]
