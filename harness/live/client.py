"""A MySQL client for the lines that people paste: the one on PATH, else the one that lies beside the server."""

import shutil
from typing import Final

from hadrill.harness.engines.executable import launch_argv
from hadrill.harness.engines.mysql.installation import Installation

CLIENT: Final = "mysql"


def client_of(installation: Installation, path: str) -> tuple[str, ...]:
    """The client's command; its mere name where there is none.

    Args:
        path: folders to look in first, separated by colons.
    """
    if shutil.which(CLIENT, path=path):
        return (CLIENT,)
    for folder in (installation.program.parent, installation.program.parent.parent / "bin"):
        if (folder / CLIENT).is_file():
            return launch_argv(folder / CLIENT)
    return (CLIENT,)
