"""Which topologies are meant."""

from pathlib import Path

from hadrill.environments.topology_file import load_topology
from hadrill.harness.errors import WrongCall
from hadrill.harness.live.record import LiveRecord
from hadrill.harness.live.records import Records


def selected(records: Records, topology: str | None) -> tuple[LiveRecord, ...]:
    """The records that are meant.

    Args:
        topology: a name, or the path of a file as it was given to bring it up; None for all that there are.

    Raises:
        WrongCall: there is no such topology, neither up nor known.
    """
    if topology is None:
        return records.all()
    record = records.find(Path(topology).stem)
    if record is None:
        load_topology(topology)
        return ()
    return (record,)


def the_one(records: Records, topology: str | None) -> LiveRecord:
    """The record that is meant where one alone can be, of a topology that is up, or on its way.

    Raises:
        WrongCall: there is none, or none was named and there are several; says what to do.
    """
    found = [record for record in selected(records, topology) if record.holder.alive]
    if not found:
        raise WrongCall(f"{nothing_is_up(topology)}; 'hadrill up {topology or 'ha'}' brings it up")
    if len(found) > 1:
        raise WrongCall(f"several are up: {', '.join(record.topology for record in found)}; name one with --topology")
    return found[0]


def nothing_is_up(topology: str | None) -> str:
    """What is said where nothing is."""
    return f"{Path(topology).stem} is not up" if topology else "nothing is up"
