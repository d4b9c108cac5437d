"""A loopback network of its own for each run, so that two drills on one machine never meet."""

import errno
import ipaddress
import socket
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from hadrill.harness.errors import WrongCall
from hadrill.harness.model.instance import Endpoint

CLAIM: Final = "hadrill-network-"
"""What the abstract name of a leased network begins with."""


@dataclass(frozen=True, slots=True)
class Lease:
    """A leased /24.

    Attributes:
        network: its first three numbers.
        holder: a bound socket with an abstract name; the kernel frees the name when its last holder has died.
    """

    network: str
    holder: socket.socket

    def release(self) -> None:
        """Give up this process's hold; another holder, if any, keeps the lease."""
        self.holder.close()


def lease_network(networks: str) -> Lease:
    """Lease the first free /24 of a larger loopback network.

    Raises:
        WrongCall: all are leased by runs that are still alive.
    """
    for candidate in ipaddress.IPv4Network(networks).subnets(new_prefix=24):
        holder = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        try:
            holder.bind(f"\0{CLAIM}{candidate.network_address}")
        except OSError as error:
            holder.close()
            if error.errno != errno.EADDRINUSE:
                raise
            continue
        return Lease(str(candidate.network_address).rpartition(".")[0], holder)
    raise WrongCall(f"every /24 of {networks} is in use by another run; end one, or set another 'networks'")


def require_free(endpoints: Iterable[Endpoint]) -> None:
    """Make sure that nobody listens on any of these.

    Raises:
        WrongCall: one is taken (by a listener on all addresses, say); names address and port.
    """
    for endpoint in endpoints:
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((endpoint.host, endpoint.port))
            except OSError as error:
                why = "is busy" if error.errno == errno.EADDRINUSE else f"cannot be listened on ({error.strerror})"
                raise WrongCall(
                    f"{endpoint} {why}; stop what listens there, or set other base ports"
                    " in the embedded environment's settings"
                ) from error
