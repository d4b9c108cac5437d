"""What rows of the manager's state hold (pure)."""

import json
from dataclasses import asdict
from typing import Any

from hadrill.harness.model.instance import MaintenancePeriod, Specification
from hadrill.harness.reference.records import OperationKind, OperationRecord, Status, TaskRecord


def task_of(stored: dict[str, Any] | None) -> TaskRecord | None:
    """A synchronization, from its JSON."""
    return TaskRecord(**(stored | {"tables": tuple(stored["tables"])})) if stored is not None else None


def as_json(value: Specification | MaintenancePeriod | TaskRecord | dict[str, str] | None) -> str:
    """How a value that is no text or number is stored."""
    return json.dumps(value if value is None or isinstance(value, dict) else asdict(value))


def operation_of(row: tuple[object, ...]) -> OperationRecord:
    """An operation, from its row."""
    number, instance, kind, step, status, reason, arguments = row
    return OperationRecord(
        id=int(str(number)),
        instance=str(instance),
        kind=OperationKind(str(kind)),
        step=str(step),
        status=Status(str(status)),
        reason=str(reason),
        arguments=json.loads(str(arguments)),
    )
