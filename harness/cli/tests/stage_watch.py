"""Steps and hooks of a user's project that look behind the scenes of a drill: its secrets and its listeners.

What is found goes to the file that ``WATCHED`` names, which lies outside everything that a drill writes.
"""

import json
import os
from collections.abc import Iterator
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from pytest_bdd import when

from hadrill.environments.embedded.processes import descendants
from hadrill.harness.drill.drill import Drill
from hadrill.harness.drill.stage import Stage
from hadrill.harness.service.contract import Service
from hadrill.harness.service.reference_program import ManagerProgram

SECRET = ("token", "password")
LISTENS = "0A"
"""TCP's own number for a socket that listens, as the kernel writes it."""


def pytest_hadrill_stage_closing(drill: Drill) -> None:
    """All that is known of the stage just before it is taken down."""
    stage = drill.stage
    settings = json.loads((stage.site.work / "manager.json").read_text())
    of_customers = [
        account.password for each in stage.service.instances() for account in stage.service.accounts(each.id)
    ]
    of_the_site = (stage.site.nodes.room.token, stage.site.rack_token)
    found = {
        "secrets": sorted({*_secrets_in(settings), *of_customers, *of_the_site}),
        "listeners": sorted(_listeners()),
    }
    with Path(os.environ["WATCHED"]).open("a") as file:
        file.write(json.dumps(found) + "\n")


@when("something of ours breaks that knows every secret")
def breaks(drill: Drill) -> None:
    """As a step of anybody's may."""
    _breaks_deeper(drill, drill.stage, drill.stage.program, drill.stage.service)


def _breaks_deeper(drill: Drill, stage: Stage, program: ManagerProgram, service: Service) -> None:
    raise RuntimeError(f"{drill} on {stage} with {program} and {service} is broken: {stage.site}")


def _secrets_in(value: Any, name: str = "") -> Iterator[str]:
    """Every text in a field whose name says that it is secret."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _secrets_in(inner, key)
    elif isinstance(value, list):
        for inner in value:
            yield from _secrets_in(inner, name)
    elif isinstance(value, str) and value and name.endswith(SECRET):
        yield value


def _listeners() -> set[str]:
    """Addresses at which a process of this run listens over TCP, or receives over UDP."""
    ours = set()
    for number in [os.getpid(), *(stat.pid for stat in descendants(os.getpid()))]:
        for descriptor in Path(f"/proc/{number}/fd").glob("*"):
            try:
                ours.add(str(descriptor.readlink()))
            except OSError:  # it has just been closed
                continue
    addresses = set()
    for table in ("tcp", "tcp6", "udp", "udp6"):
        for line in Path(f"/proc/net/{table}").read_text().splitlines()[1:]:
            local, state, inode = (line.split()[column] for column in (1, 3, 9))
            if f"socket:[{inode}]" in ours and (state == LISTENS or table.startswith("udp")):
                addresses.add(str(_address(local.partition(":")[0])))
    return addresses


def _address(kernels: str) -> object:
    """The kernel writes words of four bytes, each the wrong way round."""
    words = [bytes.fromhex(kernels[at : at + 8])[::-1] for at in range(0, len(kernels), 8)]
    return ip_address(b"".join(words))
