"""Other variables for an instance whose servers are restarted all at once: it is down until its server is back."""

import json
from collections.abc import Mapping
from dataclasses import asdict, replace

from hadrill.harness.engines.mysql import statements as sql
from hadrill.harness.model.instance import Specification, State
from hadrill.harness.reference.operations import servers
from hadrill.harness.reference.operations.reopen import restore
from hadrill.harness.reference.operations.step import Plan, Step
from hadrill.harness.reference.records import InstanceRecord, OperationRecord
from hadrill.harness.reference.work import Work

REASON = "its servers are restarted with other variables"


def change_arguments(record: InstanceRecord, specification: Specification, settings: dict[str, str]) -> dict[str, str]:
    """What a change needs to know: what is wanted, and what there was before."""
    return {
        "specification": json.dumps(asdict(specification)),
        "settings": json.dumps(settings),
        "specification-before": json.dumps(asdict(record.specification)),
        "settings-before": json.dumps(record.settings),
    }


def wanted(work: Work, operation: OperationRecord) -> Mapping[str, str]:
    """The variables that were asked for."""
    specification, settings = _asked(operation, "")
    record = work.store.instance(operation.instance)
    if not work.settings.decisions.changes_as_asked:
        return record.variables
    return replace(record, specification=specification, settings=settings).variables


def put_on_record(work: Work, operation: OperationRecord, *, before: bool = False) -> None:
    """From now on every server of the instance is started with what was asked for, or again with what it was before."""
    specification, settings = _asked(operation, "-before" if before else "")
    work.store.change(operation.instance, specification=specification, settings=settings)


def close(work: Work, operation: OperationRecord) -> None:
    """Clients are cut off; commits in flight end as they should."""
    work.store.set_state(operation.instance, State.CHANGING, REASON)
    record = work.store.instance(operation.instance)
    work.addresses.close(record.address)
    with work.server(record.primary) as server:
        server.run(*sql.CLOSE_TO_CUSTOMERS, *sql.READ_ONLY)


def stop(work: Work, operation: OperationRecord) -> None:
    """Every server, in order."""
    for member in work.store.instance(operation.instance).members:
        servers.stop(work, member.node)


def start(work: Work, operation: OperationRecord) -> None:
    """Every server, with what was asked for."""
    for member in work.store.instance(operation.instance).members:
        servers.start(work, member.node, wanted(work, operation))


def reopen(work: Work, operation: OperationRecord) -> None:
    """The point of no return: on record, then clients are let in."""
    put_on_record(work, operation)
    work.store.restarted(operation.instance)
    restore(work, operation)
    work.store.note(operation.instance, "changed", operation.arguments["specification"])


def undo(work: Work, operation: OperationRecord) -> None:
    """Back to what there was; a server that cannot be had now is started with it later."""
    record = work.store.instance(operation.instance)
    for member in record.members:
        servers.renew(work, member.node, record.variables)
    restore(work, operation)


def _asked(operation: OperationRecord, when: str) -> tuple[Specification, dict[str, str]]:
    arguments = operation.arguments
    specification = Specification(**json.loads(arguments[f"specification{when}"]))
    settings: dict[str, str] = json.loads(arguments[f"settings{when}"])
    return specification, settings


CHANGE = Plan(
    (Step("close", close), Step("stop", stop), Step("start", start), Step("reopen", reopen)),
    undo,
    forward_from="reopen",
)
