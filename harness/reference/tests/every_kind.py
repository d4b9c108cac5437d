"""One instance of each kind, on record alone, so that calls get past the guards that ask what an instance is."""

from pathlib import Path
from typing import Any, Final

from hadrill.harness.model.disaster_recovery import Synchronization
from hadrill.harness.model.instance import Edition, InstanceType, MaintenancePeriod, Member, Role, State
from hadrill.harness.model.topology import Node, Topology
from hadrill.harness.reference.records import TaskRecord
from hadrill.harness.reference.tests.console_app import ConsoleApp

REGULAR, READ_ONLY, RECOVERY = InstanceType.REGULAR, InstanceType.READ_ONLY, InstanceType.DISASTER_RECOVERY
MASTER, GONE = "db-1", "db-7"
TASK: Final = TaskRecord(1, "nightly", MASTER, ("drill.ledger",), progress=1.0, attempts=1)
TABLELESS: Final = TaskRecord(2, "all", GONE, (), progress=1.0, attempts=1)
INSTANCES: Final = tuple(f"db-{number}" for number in range(9))
NODES: Final = tuple(
    Node(f"{region[0]}{number}", f"rack-{region[0]}{number}", f"{region}-zone", region)
    for region, count in (("north", 6), ("south", 8))
    for number in range(1, count + 1)
)
NAMED_ONCE_MORE: Final = ("confirm", "accept_divergence")
AIMED: Final[dict[str, tuple[dict[str, Any], ...]]] = {
    "promotion": ({}, {"confirm": ""}, {"confirm": "", "accept_divergence": ""}),
    "switch-back": ({}, {"confirm": ""}),
    "switch": ({}, {"when": "maintenance-period"}),
    "maintenance-period": ({"begins": "02:00:00", "length_s": 60},),
    "specification": (
        {"edition": Edition.BASIC},
        {"edition": Edition.HIGH_AVAILABILITY},
        {"specification": {"memory_mib": 128, "connections": 100}},
    ),
    "restart": ({"settings": {"wait_timeout": "100"}},),
    "synchronizations": ({"name": "nightly"}, {"name": "some", "tables": ["drill.ledger"]}),
    "disaster-recovery": ({"region": "south"},),
    "read-only": ({}, {"zone": "north-zone"}),
}
"""Right bodies by the last part of a path; what they are to name is put in by ``named_once_more``."""


def every_kind(folder: Path) -> ConsoleApp:
    """They take all nodes and all addresses: what is asked for beside them has no room, and no keeper begins."""
    app = ConsoleApp(folder, topology=Topology("all taken", NODES, len(INSTANCES)))
    app.add("db-0", REGULAR, "n1", 0)
    _pair(app, MASTER, 1, ("n2", "n3"), protected=True)
    _pair(app, "db-2", 2, ("n4", "n5"), second=Role.OUT, switch_within=MaintenancePeriod(), reason="n5 is lost")
    app.add("db-3", READ_ONLY, "n6", 3, master=MASTER, members=(Member("n6", Role.READ_ONLY),))
    _recovery(app, "db-4", 4, ("s1", "s2"), synchronization=Synchronization.SYNCHRONIZING, task=TASK)
    _recovery(app, "db-5", 5, ("s3", "s4"), synchronization=Synchronization.UNSYNCHRONIZED)
    promoted: dict[str, Any] = {"synchronization": Synchronization.BROKEN, "task": TASK, "promoted_from": MASTER}
    _pair(app, "db-6", 6, ("s5", "s6"), protected=True, **promoted)
    app.add(GONE, REGULAR, "", 7, state=State.RELEASED, members=())
    lonely: dict[str, Any] = {
        "synchronization": Synchronization.INTERRUPTED,
        "task": TABLELESS,
        "reason": "it hears nothing",
    }
    _recovery(app, "db-8", 8, ("s7", "s8"), master=GONE, **lonely)
    return app


def named_once_more(body: Any, instance: str) -> Any:
    """The same body; where it is to name its instance, and the master that may be alive, it does."""
    if not isinstance(body, dict):
        return body
    return body | {name: value for name, value in zip(NAMED_ONCE_MORE, (instance, MASTER), strict=True) if name in body}


def _recovery(app: ConsoleApp, instance: str, address: int, nodes: tuple[str, str], **attributes: Any) -> None:
    follows: dict[str, Any] = {"type": RECOVERY, "master": MASTER, "protected": True} | attributes
    _pair(app, instance, address, nodes, **follows)


def _pair(
    app: ConsoleApp,
    instance: str,
    address: int,
    nodes: tuple[str, str],
    *,
    second: Role = Role.SECONDARY,
    **attributes: Any,
) -> None:
    members = (Member(nodes[0], Role.PRIMARY), Member(nodes[1], second))
    app.add(instance, REGULAR, nodes[0], address, edition=Edition.HIGH_AVAILABILITY, members=members, **attributes)
