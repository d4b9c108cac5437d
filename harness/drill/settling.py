"""An instance's servers once nothing writes to them any more: who is primary, who has caught up, what each one says."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from hadrill.harness.engines.mysql import statements as sql
from hadrill.harness.engines.mysql.session import Session, SqlError
from hadrill.harness.errors import HarnessTrouble
from hadrill.harness.model.history import ServerState
from hadrill.harness.wait import NotYet, until
from hadrill.harness.workload.accounts import read_total
from hadrill.harness.workload.compare import Side
from hadrill.harness.workload.ledger_table import TABLE

ANSWER_S: Final = 2.0
PATIENCE_S: Final = 10.0
"""With a server that does not answer at once: for some of its answers."""


def taking_writes(sides: Sequence[Side], *, timeout_s: float = PATIENCE_S) -> tuple[str, ...]:
    """The names of the servers that take writes, by their own word.

    Raises:
        WaitTimeout: one did not say; whom the others are to be compared with is not known then.
    """
    return tuple(side.name for side in sides if _writable(side, timeout_s))


def primary_of(nodes: tuple[str, ...], writable: tuple[str, ...], described: tuple[str, ...]) -> str:
    """The one server of an instance that takes writes (pure).

    Where several do, or none, it is the one that the service calls the primary, or else the first: what is wrong with
    that is for the checks to find.
    """
    candidates = writable if len(writable) == 1 else (*(node for node in described if node in nodes), *nodes)
    return candidates[0]


def await_caught_up(primary: Side, replicas: Sequence[Side], *, timeout_s: float) -> None:
    """Wait until every replica has executed all that the primary has; they may have more.

    Raises:
        WaitTimeout: one has not; says what is missing.
    """

    def caught_up() -> bool | NotYet:
        executed = _executed(primary)
        late = [f"{each.name} has {own}" for each in replicas if (own := _lacking(each, executed))]
        return NotYet(f"{primary.name} has {executed}, {', '.join(late)}") if late else True

    names = ", ".join(each.name for each in replicas)
    until(caught_up, f"{names} to have executed all of {primary.name}", timeout_s=timeout_s, tolerate=(SqlError,))


def server_state(side: Side, *, timeout_s: float) -> ServerState:
    """What a server says of its transactions, and the total of its accounts.

    Raises:
        HarnessTrouble: it did not answer.
    """
    try:
        executed = _executed(side)
    except SqlError as error:
        raise HarnessTrouble(f"{side.name} at {side.endpoint} did not tell its transactions: {error}") from error
    return ServerState(side.name, executed, read_total(side.endpoint, side.account, timeout_s=timeout_s, table=TABLE))


def _writable(side: Side, timeout_s: float) -> bool:
    def said() -> Mapping[str, Any]:
        with Session(side.endpoint, side.account, answer_s=ANSWER_S) as server:
            return server.row(sql.GATES)

    gates = until(said, f"{side.name} to say whether it takes writes", timeout_s=timeout_s, tolerate=(SqlError,))
    return not gates["read_only"] and not gates["offline"]


def _executed(side: Side) -> str:
    with Session(side.endpoint, side.account, answer_s=ANSWER_S) as server:
        return str(server.row(sql.EXECUTED)["executed"]).replace("\n", "")


def _lacking(side: Side, executed: str) -> str:
    """What it has executed, where that is not all of this; else empty."""
    with Session(side.endpoint, side.account, answer_s=ANSWER_S) as server:
        own = str(server.row(sql.EXECUTED)["executed"])
        return "" if server.row(sql.IS_SUBSET, (executed, own))["subset"] else own.replace("\n", "") or "nothing"
