"""Writing the settings of the reference service's manager; their form is the manager's own (its settings file)."""

import json
import secrets
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from pydantic import TypeAdapter

from hadrill.harness.errors import HarnessTrouble
from hadrill.harness.model.instance import Account, Endpoint
from hadrill.harness.model.inventory import Inventory

DECISIONS: Final = (sys.executable, "-m", "hadrill.harness.reference.tell_decisions")
_LIMIT_S: Final = 30.0


@dataclass(frozen=True, slots=True)
class ManagerProgram:
    """A manager that can be started, and what is needed to speak to it.

    Attributes:
        argv: starts it; starting it again resumes what it had begun.
        endpoint, token: its API.
        auditor: the account that it gives the judge on every server.
        operator: its own account on every server, for what somebody does there behind its back.
    """

    argv: tuple[str, ...]
    endpoint: Endpoint
    token: str = field(repr=False)
    auditor: Account
    operator: Account


def known_decisions() -> dict[str, bool]:
    """The decisions that a sabotage can change, as the reference service itself tells them, each with its true value.

    Raises:
        HarnessTrouble: it did not tell.
    """
    try:
        told = subprocess.run(DECISIONS, capture_output=True, timeout=_LIMIT_S, check=True).stdout
        return TypeAdapter(dict[str, bool]).validate_json(told)
    except (subprocess.SubprocessError, ValueError) as error:
        raise HarnessTrouble(f"the reference service was asked for its decisions and did not tell: {error}") from error


@dataclass(frozen=True, slots=True)
class Broken:
    """How a service is broken on purpose; not at all unless something is said.

    Attributes:
        decisions: those that are changed; a sabotage changes one.
        change: a function that the manager calls before it serves, ``/folder/file.py:function``.
    """

    decisions: Mapping[str, bool] = field(default_factory=dict)
    change: str = ""


SOUND: Final = Broken()


def write_program(
    folder: Path,
    inventory: Inventory,
    listen: Endpoint,
    rack_token: str,
    *,
    broken: Broken = SOUND,
    crash_at: str = "",
    asked: Path | None = None,
) -> ManagerProgram:
    """Write a manager's settings, with passwords of its own, into a folder that only we can read.

    Args:
        broken: on purpose.
        crash_at: ``operation.step`` before which, or ``operation.step done`` at which, it kills itself once.
        asked: takes the name of each decision that the manager asks for, in lines.
    """
    token, auditor, service = secrets.token_urlsafe(24), _account("hadrill_auditor"), _account("hadrill_service")
    settings = {
        "listen": {"host": listen.host, "port": listen.port},
        "token": token,
        "inventory": TypeAdapter(Inventory).dump_python(inventory, mode="json"),
        "rack_token": rack_token,
        "state": str(folder / "manager.db"),
        "service": _plain(service),
        "replicator": _plain(_account("hadrill_replicator")),
        "auditor": _plain(auditor),
        "decisions": dict(broken.decisions),
        "change": broken.change,
        "crash_at": crash_at,
        "asked": str(asked) if asked else None,
    }
    path = folder / "manager.json"
    path.touch(mode=0o600)
    path.write_text(json.dumps(settings))
    return ManagerProgram(
        (sys.executable, "-m", "hadrill.harness.reference", str(path)), listen, token, auditor, service
    )


def _account(user: str) -> Account:
    return Account(user, secrets.token_urlsafe(18))


def _plain(account: Account) -> dict[str, str]:
    return {"user": account.user, "password": account.password}
