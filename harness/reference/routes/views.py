"""What answers look like, where that is no record of the model."""

from dataclasses import asdict
from typing import Self

from pydantic import BaseModel

from hadrill.harness.reference.records import ImportRecord, OperationKind, OperationRecord, Status
from hadrill.harness.reference.refusals import Code


class Begun(BaseModel):
    """What a request began; ask for the operation to see how far it is."""

    instance: str
    operation: int


class OperationView(BaseModel):
    """How far an operation is.

    Its reason says what holds it up while it runs, and then why it was undone. An import shows how many of its
    statements were run, and a sentence for each failure.
    """

    id: int
    instance: str
    kind: OperationKind
    step: str
    status: Status
    reason: str
    arguments: dict[str, str]
    statements: int = 0
    done: int = 0
    failed: list[str] = []

    @classmethod
    def of(cls, operation: OperationRecord, progress: ImportRecord | None) -> Self:
        """An operation as it is shown; progress is an import's."""
        return cls.model_validate(asdict(operation) | (asdict(progress) if progress is not None else {}))


class AccountView(BaseModel):
    """A database account that the customer is given."""

    user: str
    password: str


class ErrorView(BaseModel):
    """A refusal; nothing was changed."""

    code: Code
    message: str
