"""What the reference service answers, where that is no record of the model."""

from dataclasses import dataclass
from typing import Annotated, Any, Final, Literal

from pydantic import Field, Json, StringConstraints

from hadrill.harness.model.disaster_recovery import Verification

ID: Final = r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}"
"""An id, as an expression: nothing in it ends a part of a path, or leads out of it."""


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a request was refused: a documented code, and a sentence."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Begun:
    """What a request began: the id of an operation."""

    operation: Annotated[int, Field(ge=0, lt=2**63)]


@dataclass(frozen=True, slots=True)
class Made(Begun):
    """The id of an instance that an operation makes."""

    instance: Annotated[str, StringConstraints(pattern=f"^{ID}$")]


@dataclass(frozen=True, slots=True)
class ParametersBegun(Begun):
    """The settings that wait for the next restart."""

    awaiting_restart: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OperationArguments:
    """What an operation keeps beside its step.

    Attributes:
        refusal: the code of what was undone.
        verification: what was found by one that compares.
    """

    refusal: str = "Undone"
    verification: Json[Verification] | None = None


@dataclass(frozen=True, slots=True)
class OperationSeen:
    """How far an operation is.

    Attributes:
        reason: what holds it up while it runs, and then why it was undone.
        failed: of an import, a sentence for each statement that did.
    """

    status: Literal["running", "done", "undone"]
    step: str
    reason: str
    arguments: OperationArguments
    failed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LagShown:
    """Seconds behind its master; None where it follows nobody."""

    lag_s: float | None


@dataclass(frozen=True, slots=True)
class RowsShown:
    """What a statement answered."""

    rows: tuple[tuple[Any, ...], ...]
