"""What the room is told when it is started, as JSON."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

from hadrill.environments.embedded.room.nodes import NodePlace
from hadrill.harness.engines.mysql.installation import Installation
from hadrill.harness.model.instance import Endpoint


@dataclass(frozen=True, slots=True)
class RoomConfiguration:
    """Everything that the room needs to know; holds both tokens, so it never enters a log.

    Attributes:
        work: the run's work folder.
        namespaces: the room is the first process of a namespace of its own.
        template: data directory that is copied for a node.
        variables: system variables of every server.
        env: environment of every server.
        racks: by rack, where its host listens.
    """

    work: str
    namespaces: bool
    control: Endpoint
    control_token: str = field(repr=False)
    racks: Mapping[str, Endpoint]
    rack_token: str = field(repr=False)
    nodes: tuple[NodePlace, ...]
    installation: Installation
    template: str
    variables: Mapping[str, str]
    env: Mapping[str, str]

    def to_json(self) -> str:
        """As it is handed over."""
        return json.dumps(asdict(self), default=str)


def read_configuration(text: str) -> RoomConfiguration:
    """The reverse of ``to_json``."""
    said = json.loads(text)
    said["control"] = Endpoint(**said["control"])
    said["racks"] = {rack: Endpoint(**endpoint) for rack, endpoint in said["racks"].items()}
    said["nodes"] = tuple(NodePlace(**node) for node in said["nodes"])
    said["installation"] = _installation(said["installation"])
    return RoomConfiguration(**said)


def _installation(said: dict[str, object]) -> Installation:
    for name in ("argv", "base_args", "warnings"):
        said[name] = tuple(said[name])  # type: ignore[arg-type] # JSON lists, as to_json wrote them
    return Installation(**said)  # type: ignore[arg-type] # likewise
