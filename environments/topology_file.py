"""Topologies from YAML files: regions, zones, racks and nodes, and the instances to create on them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field

from hadrill.environments.embedded.program_names import TAKEN, copy_for
from hadrill.harness.errors import WrongCall
from hadrill.harness.model.instance import Edition
from hadrill.harness.model.topology import ADDRESS, CLIENT, MANAGER, Node, Topology
from hadrill.harness.yaml_file import read_yaml

FOLDER: Final = Path(__file__).parent / "topologies"
MOST_NODES: Final = 60

Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{0,30}$")]


@dataclass(frozen=True, slots=True)
class WantedInstance:
    """An instance that is to be created once the topology stands.

    Attributes:
        zones: one for a single-zone instance, two for one that spans zones; the primary's zone first.
    """

    name: str
    edition: Edition
    zones: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WantedRecovery:
    """A disaster-recovery instance that is to be created once its master runs, and synchronized with all of it.

    Attributes:
        master: name of an instance of the same file.
        region: another one than the master's.
    """

    name: str
    master: str
    region: str


@dataclass(frozen=True, slots=True)
class TopologyFile:
    """What a topology file says."""

    topology: Topology
    instances: tuple[WantedInstance, ...]
    disaster_recovery: tuple[WantedRecovery, ...] = ()


class _Instance(BaseModel):
    model_config = ConfigDict(extra="forbid")
    name: Name
    edition: Edition
    zones: Annotated[list[Name], Field(min_length=1)]


class _Recovery(BaseModel):
    model_config = ConfigDict(extra="forbid")
    name: Name
    master: Name
    region: Name


class _Document(BaseModel):
    model_config = ConfigDict(extra="forbid")
    regions: dict[Name, dict[Name, dict[Name, Annotated[list[Name], Field(min_length=1)]]]]
    addresses: Annotated[int, Field(ge=1, le=64)]
    instances: list[_Instance] = []
    disaster_recovery: list[_Recovery] = []


def known_topologies(folder: Path = FOLDER) -> tuple[str, ...]:
    """Names that ``load_topology`` knows, sorted."""
    return tuple(sorted(path.stem for path in folder.glob("*.yaml")))


def load_topology(name: str, folder: Path = FOLDER) -> TopologyFile:
    """Read a topology by name, or from a file whose path is given.

    Raises:
        WrongCall: the name is unknown (the known ones are listed), or the file is malformed (line or field is named).
    """
    path = Path(name) if re.search(r"[./]", name) else folder / f"{name}.yaml"
    if not path.is_file():
        raise WrongCall(f"there is no topology {name!r}; known are: {', '.join(known_topologies(folder))}")
    document = read_yaml(path, _Document)
    topology = Topology(path.stem, _nodes(document), document.addresses)
    wanted = tuple(WantedInstance(it.name, it.edition, tuple(it.zones)) for it in document.instances)
    _check(topology, wanted, path)
    recovery = tuple(WantedRecovery(it.name, it.master, it.region) for it in document.disaster_recovery)
    _check_recovery(topology, wanted, recovery, path)
    _check_names([*(each.name for each in wanted), *(each.name for each in recovery)], topology, path)
    return TopologyFile(topology, wanted, recovery)


def _nodes(document: _Document) -> tuple[Node, ...]:
    return tuple(
        Node(name, rack, zone, region)
        for region, zones in document.regions.items()
        for zone, racks in zones.items()
        for rack, names in racks.items()
        for name in names
    )


def _check(topology: Topology, wanted: tuple[WantedInstance, ...], path: Path) -> None:
    names = [node.name for node in topology.nodes]
    if not 1 <= len(names) <= MOST_NODES:
        raise WrongCall(f"{path}: regions: {len(names)} nodes; between 1 and {MOST_NODES} can be built")
    taken = {CLIENT, ADDRESS, MANAGER, *TAKEN, *map(copy_for, names)}
    for name in names:
        if names.count(name) > 1:
            raise WrongCall(f"{path}: regions: node {name!r} stands there twice")
        if name in taken:
            raise WrongCall(f"{path}: regions: {name!r} cannot be a node's name; it is taken; choose another one")
    for rack in topology.racks:
        if len({(node.zone, node.region) for node in topology.on_rack(rack)}) > 1:
            raise WrongCall(f"{path}: regions: rack {rack!r} stands in two zones")
    zones = {node.zone for node in topology.nodes}
    for instance in wanted:
        if strange := [zone for zone in instance.zones if zone not in zones]:
            raise WrongCall(f"{path}: instances: {instance.name!r} wants unknown zones: {', '.join(strange)}")


def _check_recovery(
    topology: Topology, wanted: tuple[WantedInstance, ...], recovery: tuple[WantedRecovery, ...], path: Path
) -> None:
    region_of = {node.zone: node.region for node in topology.nodes}
    regions_of = {instance.name: {region_of[zone] for zone in instance.zones} for instance in wanted}
    for each in recovery:
        where = f"{path}: disaster_recovery: {each.name!r}"
        if each.master not in regions_of:
            raise WrongCall(f"{where} wants an unknown master: {each.master}; known are: {', '.join(regions_of)}")
        if each.region not in region_of.values():
            raise WrongCall(f"{where} wants an unknown region: {each.region}")
        if each.region in regions_of[each.master]:
            raise WrongCall(f"{where} wants region {each.region}, where its master {each.master} is; name another one")


def _check_names(names: Sequence[str], topology: Topology, path: Path) -> None:
    for name in names:
        if names.count(name) > 1:
            raise WrongCall(f"{path}: instances: {name!r} stands there twice")
    if len(names) > topology.addresses:
        raise WrongCall(f"{path}: addresses: {topology.addresses} are too few for {len(names)} instances; each has one")
