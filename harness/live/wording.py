"""What the commands print of a topology, line by line (pure)."""

import shlex
from collections.abc import Iterator
from pathlib import Path

from hadrill.harness.live.client import CLIENT
from hadrill.harness.live.fault_wording import lines_of_what_stands
from hadrill.harness.live.look import Look
from hadrill.harness.live.record import LiveInstance, LiveRecord, LiveStage
from hadrill.harness.live.take_down import Found
from hadrill.harness.model.instance import Account, Edition, Endpoint, Instance


def lines_of_what_came_up(record: LiveRecord, path: Path) -> Iterator[str]:
    """All that is needed to play with a topology, passwords included.

    Args:
        path: where the record is.
    """
    topology, stage = record.topology, record.stage
    yield f"{topology} is up"
    if stage is None:
        return
    if stage.client != (CLIENT,):
        yield ""
        yield f"there is no {CLIENT} on PATH; for the lines below, paste this first:"
        yield f"alias {CLIENT}={shlex.quote(shlex.join(stage.client))}"
    for each in stage.instances:
        yield ""
        yield from _instance(each.described, stage, each.name)
        yield from _accounts(each)
    yield ""
    yield from _free_nodes(stage, tuple(each.described for each in stage.instances))
    first = stage.nodes[0]
    yield f"manager     http://{stage.manager}/docs"
    yield f"  token     {stage.token}"
    yield f"  ask it    curl -H 'Authorization: Bearer {stage.token}' http://{stage.manager}/v1/instances"
    yield f"toxiproxy   http://{stage.toxiproxy}/proxies"
    yield f"auditor     reads each server itself, {first.node.name} for example"
    yield f"            {mysql_line(first.server, stage.auditor)}"
    yield f"logs        {stage.logs}"
    yield f"all of this {path}"
    yield ""
    yield f"look: hadrill status {topology}    break: hadrill fault list    end: hadrill down {topology}"


def lines_of_status(look: Look, path: Path) -> Iterator[str]:
    """What of a topology is up, without secrets.

    Args:
        path: where its record is.
    """
    record, stage = look.record, look.record.stage
    if not look.alive:
        yield _ended(record)
        return
    yield f"{record.topology} is {record.state}, held by process {record.holder.pid}"
    if stage is None:
        return
    if look.trouble:
        yield f"  nothing is known of its instances: {look.trouble}"
    names = {each.described.id: each.name for each in stage.instances}
    for instance in look.instances:
        yield from (f"  {line}" for line in _instance(instance, stage, names.get(instance.id, "")))
    if not look.trouble:
        yield from (f"  {line}" for line in _free_nodes(stage, look.instances))
    yield from _broken(look)
    yield f"  manager     http://{stage.manager}/docs"
    yield f"  accounts    {path}"


def line_of_take_down(record: LiveRecord, found: Found) -> str:
    """What taking a topology down has come to."""
    return f"{record.topology} is down; nothing of it is left" if found is Found.UP else _ended(record)


def mysql_line(server: Endpoint, account: Account) -> str:
    """A command that can be pasted into a shell."""
    return shlex.join((CLIENT, "-h", server.host, "-P", str(server.port), "-u", account.user, f"-p{account.password}"))


def _ended(record: LiveRecord) -> str:
    why = record.trouble or f"process {record.holder.pid}, which held it up, has ended"
    return f"{record.topology} is no longer up: {why}; nothing of it is left"


def _instance(instance: Instance, stage: LiveStage, name: str) -> Iterator[str]:
    called = f"{name} ({instance.id})" if name else instance.id
    yield f"{called}: {instance.edition}, {instance.state}{_protection(instance)}"
    yield f"  address   {instance.address}"
    if instance.synchronization:
        yield f"  follows   {instance.master}: {instance.synchronization}"
    for member in instance.members:
        there = next(each for each in stage.nodes if each.node.name == member.node)
        node = there.node
        yield f"  {node.name:<9} {member.role:<9}  {there.server}  rack {node.rack}, {node.zone}, {node.region}"


def _broken(look: Look) -> Iterator[str]:
    if look.standing is None:
        yield "  broken      it is not known what: its holder did not answer"
        return
    for line in lines_of_what_stands(look.standing, look.at_ns) or ["nothing"]:
        yield f"  broken      {line}"


def _protection(instance: Instance) -> str:
    why = f" ({instance.reason})" if instance.reason else ""
    if instance.edition is Edition.BASIC:
        return why
    return (", protected" if instance.protected else ", not protected") + why


def _accounts(instance: LiveInstance) -> Iterator[str]:
    for account in instance.accounts:
        yield f"  {account.user:<9} {mysql_line(instance.described.address, account)}"


def _free_nodes(stage: LiveStage, instances: tuple[Instance, ...]) -> Iterator[str]:
    taken = {member.node for instance in instances for member in instance.members}
    free = [each.node.name for each in stage.nodes if each.node.name not in taken]
    if free:
        yield f"free nodes  {', '.join(free)}"
