"""The address that survives a switch: HAProxy, told over its runtime API which server is behind it."""

import csv
import socket
from pathlib import Path


class AddressTrouble(Exception):
    """The address did not take a command; the message says which and what came back."""


class Addresses:
    """All addresses of the topology; each has one backend with a slot a node, at most one of them open.

    Args:
        control: the Unix socket of HAProxy's runtime API.

    Raises:
        AddressTrouble: every method may.
    """

    def __init__(self, control: Path) -> None:
        self._control = control

    def open(self, address: int, node: str, *, cut_off: bool = True) -> None:
        """Let clients through to this node's server, and to no other.

        Args:
            address: its index.
            node: whose server it is.
            cut_off: end the connections to other servers.
        """
        others = [self._closing(address, other, cut_off=cut_off) for other in self._nodes(address) if other != node]
        self._command("; ".join([*others, f"set server address-{address}/{node} state ready"]))

    def admit(self, address: int, node: str) -> None:
        """Let clients through to this node's server, too."""
        self._command(f"set server address-{address}/{node} state ready")

    def close(self, address: int) -> None:
        """Let nobody through, and cut every open connection."""
        self._command("; ".join(self._closing(address, node) for node in self._nodes(address)))

    def sees(self, node: str) -> bool:
        """Whether the address gets this server's greeting: a second opinion on a silent server."""
        status = {row["svname"]: row["status"] for row in self._stat() if row["# pxname"] == "watch"}
        return status.get(node, "").startswith("UP")

    @staticmethod
    def _closing(address: int, node: str, *, cut_off: bool = True) -> str:
        slot = f"address-{address}/{node}"
        cut = f"; shutdown sessions server {slot}" if cut_off else ""
        return f"set server {slot} state maint{cut}"

    def _nodes(self, address: int) -> tuple[str, ...]:
        backend = f"address-{address}"
        rows = [row for row in self._stat() if row["# pxname"] == backend]
        return tuple(row["svname"] for row in rows if row["svname"] not in {"BACKEND", "FRONTEND"})

    def _stat(self) -> list[dict[str, str]]:
        return list(csv.DictReader(self._command("show stat", expects_output=True).splitlines()))

    def _command(self, command: str, *, expects_output: bool = False) -> str:
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as link:
                link.settimeout(1)
                link.connect(str(self._control))
                link.sendall(command.encode() + b"\n")
                answer = b"".join(iter(lambda: link.recv(65536), b"")).decode().strip()
        except OSError as error:
            raise AddressTrouble(f"the address did not take '{command}' at {self._control}: {error}") from error
        if answer and not expects_output:
            raise AddressTrouble(f"the address refused '{command}': {answer}")
        return answer
