"""Start of the room: ``python -m hadrill.environments.embedded.room CONFIGURATION READY_FD``."""

import os
import sys
from pathlib import Path
from typing import NoReturn

from hadrill.environments.embedded.guardian import PDEATHSIG, READY
from hadrill.environments.embedded.room.configuration import RoomConfiguration, read_configuration
from hadrill.environments.embedded.room.control import Control
from hadrill.environments.embedded.room.http_api import serve
from hadrill.environments.embedded.room.nodes import NodeDefaults, Nodes
from hadrill.environments.embedded.room.programs import Programs
from hadrill.environments.embedded.room.racks import RackHost


def main(path: Path, ready_fd: int) -> NoReturn:
    """Read the configuration, remove it (it holds tokens), listen, and look after ended children for ever.

    Args:
        ready_fd: descriptor to write a line to once everything listens.
    """
    configuration = read_configuration(path.read_text(encoding="utf-8"))
    path.unlink()
    programs = Programs(() if configuration.namespaces else PDEATHSIG)
    _listen(configuration, programs, Nodes(programs, configuration.nodes, _defaults(configuration)))
    os.write(ready_fd, READY)
    os.close(ready_fd)
    programs.collect_for_ever()


def _defaults(configuration: RoomConfiguration) -> NodeDefaults:
    return NodeDefaults(
        work=Path(configuration.work),
        template=Path(configuration.template),
        installation=configuration.installation,
        variables=configuration.variables,
        env=configuration.env,
    )


def _listen(configuration: RoomConfiguration, programs: Programs, nodes: Nodes) -> None:
    control = configuration.control
    serve(control.host, control.port, configuration.control_token, Control(programs, nodes).routes())
    for rack, endpoint in configuration.racks.items():
        serve(endpoint.host, endpoint.port, configuration.rack_token, RackHost(rack, nodes).routes())


main(Path(sys.argv[1]), int(sys.argv[2]))
