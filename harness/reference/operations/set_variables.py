"""Other settings without a restart: on record first, so that every later start has them, then on every server.

A server that is out is not asked: it is compared with the record on its way back.
"""

import json
from collections.abc import Mapping

from hadrill.harness.model.instance import Role
from hadrill.harness.reference.hosts import HostTrouble
from hadrill.harness.reference.operations.step import Plan, Step
from hadrill.harness.reference.records import OperationRecord
from hadrill.harness.reference.variables import IO_CAPACITY, STATIC, assigned, differences
from hadrill.harness.reference.work import Work


def variable_arguments(
    asked: Mapping[str, str], shown: Mapping[str, object], record: Mapping[str, str]
) -> dict[str, str]:
    """What the operation needs to know.

    Args:
        asked: the settings that are wanted.
        shown: what the primary runs with now, by the same names.
        record: all settings on record before.
    """
    before = {name: str(shown[name]) for name in asked}
    return {"settings": json.dumps(dict(asked)), "shown": json.dumps(before), "record": json.dumps(dict(record))}


def put_on_record(work: Work, operation: OperationRecord) -> None:
    """From now on every server of the instance is started with them."""
    settings = _argument(operation, "settings")
    work.store.change(operation.instance, settings=_argument(operation, "record") | settings)
    work.store.await_restart(operation.instance, settings.keys() & STATIC)


def apply(work: Work, operation: OperationRecord) -> None:
    """On every server that counts, those that can be set while it runs, and read back."""
    settings = {name: value for name, value in _argument(operation, "settings").items() if name not in STATIC}
    for node in _servers(work, operation):
        _set(work, node, settings)
        with work.server(node) as server:
            shown = {name: server.row(f"SELECT @@GLOBAL.{name} AS it")["it"] for name in settings}
        if differing := differences(settings, shown):
            raise HostTrouble(f"the server on {node} takes another value: {'; '.join(differing)}")
    work.store.note(operation.instance, "variables-set", ", ".join(_argument(operation, "settings")))


def undo(work: Work, operation: OperationRecord) -> None:
    """Back to what there was; a server that does not answer is compared with the record on its way back."""
    work.store.change(operation.instance, settings=_argument(operation, "record"))
    before = {name: value for name, value in _argument(operation, "shown").items() if name not in STATIC}
    for node in _servers(work, operation):
        _set(work, node, before)


def _servers(work: Work, operation: OperationRecord) -> tuple[str, ...]:
    members = work.store.instance(operation.instance).members
    return tuple(member.node for member in members if member.role is not Role.OUT)


def _set(work: Work, node: str, settings: Mapping[str, str]) -> None:
    with work.server(node) as server:
        for name, value in settings.items():
            if name == IO_CAPACITY:  # a running server does not raise its ceiling by itself, as it does at its start
                server.run(f"SET GLOBAL {name}_max = {2 * int(assigned(value))}")
            server.run(f"SET GLOBAL {name} = {assigned(value)}")


def _argument(operation: OperationRecord, name: str) -> dict[str, str]:
    stored: dict[str, str] = json.loads(operation.arguments[name])
    return stored


SET_VARIABLES = Plan((Step("put-on-record", put_on_record), Step("apply", apply)), undo)
