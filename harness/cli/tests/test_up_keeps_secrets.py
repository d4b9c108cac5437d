"""A topology that is up, on real servers: its secrets are told by ``up`` and its record alone."""

import json
from collections.abc import Iterator
from contextlib import suppress
from ipaddress import ip_address
from pathlib import Path

import pytest

from hadrill.environments.embedded.processes import descendants
from hadrill.harness.cli.tests.shell import Shell
from hadrill.harness.cli.tests.stage_watch import listeners, secrets_in
from hadrill.harness.cli.tests.test_up_command import record_of

pytestmark = pytest.mark.e2e


def seen_of(processes: list[int]) -> Iterator[tuple[str, bytes]]:
    """What everybody on the machine, and what their owner, can see of processes."""
    for pid in processes:
        for what in ("cmdline", "environ"):
            with suppress(OSError):  # it has just ended
                yield f"{what} of {pid}", Path(f"/proc/{pid}/{what}").read_bytes()


def test_no_secret_is_told_by_what_was_not_asked_for_it(shell: Shell) -> None:
    """Neither by another command, nor in a log, nor on a command line; and nobody listens to other machines."""
    up = shell.type("up", "ha")
    record, stage = record_of(shell, "ha")
    accounts = {account.password for each in stage.instances for account in each.accounts}
    secrets = accounts | {*secrets_in(json.loads((Path(stage.work) / "manager.json").read_text(encoding="utf-8")))}
    assert (len(accounts), len(secrets)) == (2, 7), "tokens of manager and racks; three accounts of the manager's"
    assert {*accounts, stage.token} == {secret for secret in secrets if secret in up.stdout} - {stage.auditor.password}

    calls = (
        ("status",),
        ("instance", "list"),
        ("instance", "describe", stage.instances[0].described.id),
        ("fault", "list"),
        ("fault", "inject", "process-killed", "a1"),
        ("status",),
        ("fault", "heal"),
    )
    said = [(" ".join(call), (done := shell.type(*call)).stdout + done.stderr) for call in calls]
    logs = [(str(path), path.read_bytes()) for path in Path(stage.logs).rglob("*") if path.is_file()]
    processes = [record.holder.pid, *(stat.pid for stat in descendants(record.holder.pid))]
    told = [*((call, text.encode()) for call, text in said), *logs, *seen_of(processes)]
    assert min(len(said), len(logs), len(processes)) > 5
    assert [place for place, text in told for secret in secrets if secret.encode() in text] == []
    open_at = listeners(record.holder.pid)
    assert len(open_at) > 5
    assert [each for each in open_at if not ip_address(each.rpartition(":")[0].strip("[]")).is_loopback] == []
