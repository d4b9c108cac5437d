"""What an error tells a client of its operation: certainly refused, or nobody knows.

Only a listed error is definite. The numbers are those of MySQL's Server and Client Error Message References; each entry
says why it stands where it does, and was provoked on a real server, though the driver tells two of them (3169, 4031) as
a lost connection. A number in no list is a stranger: it counts as indeterminate and is reported, so that the lists grow
by decision and not by guess.

A duplicate key (1062) is in no list on purpose: keys are unique and never sent twice, so its cause lies with us.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Final

import pymysql

from hadrill.harness.model.operation import Outcome


class Phase(Enum):
    """How far a client had come when the error reached it."""

    CONNECT = "connect"  # until it knew which server it was on; nothing of the operation had been sent
    TRANSACTION = "transaction"  # within one that its COMMIT had not been sent for; it ends with its connection
    REQUEST = "request"  # a statement had been sent, or was being sent


@dataclass(frozen=True, slots=True)
class Ruling:
    """What follows from an error.

    Attributes:
        known: False for a stranger, which is to be reported.
    """

    outcome: Outcome
    known: bool


ON_A_CLOSED_CONNECTION: Final = 0
"""PyMySQL's number for a request on a connection that had ended before: nothing was sent."""

UNNUMBERED: Final = 2000
"""CR_UNKNOWN_ERROR: stands for an error of the driver that carries no number."""

REFUSES_THE_STATEMENT: Final[Mapping[int, str]] = {
    ON_A_CLOSED_CONNECTION: "nothing was sent",
    1036: "ER_OPEN_AS_READONLY: the table is read-only",
    1044: "ER_DBACCESS_DENIED_ERROR: checked before the statement runs",
    1046: "ER_NO_DB_ERROR: not resolved",
    1049: "ER_BAD_DB_ERROR: not resolved",
    1114: "ER_RECORD_FILE_FULL: the statement is rolled back",
    1142: "ER_TABLEACCESS_DENIED_ERROR: checked before the statement runs",
    1143: "ER_COLUMNACCESS_DENIED_ERROR: checked before the statement runs",
    1146: "ER_NO_SUCH_TABLE: not resolved",
    1205: "ER_LOCK_WAIT_TIMEOUT: the statement is rolled back, and it is its whole transaction",
    1213: "ER_LOCK_DEADLOCK: the transaction is rolled back",
    1223: "ER_CANT_UPDATE_WITH_READLOCK: checked before the statement runs",
    1226: "ER_USER_LIMIT_REACHED: checked before the statement runs",
    1227: "ER_SPECIFIC_ACCESS_DENIED_ERROR: checked before the statement runs",
    1290: "ER_OPTION_PREVENTS_STATEMENT: read_only or super_read_only, checked before the commit, also at a COMMIT",
    1792: "ER_CANT_EXECUTE_IN_READ_ONLY_TRANSACTION: the session may only read",
    1836: "ER_READ_ONLY_MODE: the server, or InnoDB, may only read",
    3098: "ER_BEFORE_DML_VALIDATION_ERROR: a plugin refused before the statement ran",
    3989: "ER_SCHEMA_READ_ONLY: checked before the statement runs",
}

LEAVES_IT_OPEN: Final[Mapping[int, str]] = {
    1053: "ER_SERVER_SHUTDOWN: sent to statements at any point, a commit under way included",
    1317: "ER_QUERY_INTERRUPTED: a KILL may come after the write reached the binary log",
    2006: "CR_SERVER_GONE_ERROR: part of the request may have left",
    2013: "CR_SERVER_LOST: no answer in time, or the connection broke while waiting for it",
    2014: "CR_COMMANDS_OUT_OF_SYNC: the answer belongs to something else",
    3032: "ER_SERVER_OFFLINE_MODE: after the login it ends sessions at any point",
    3100: "ER_RUN_HOOK_ERROR: a replication hook failed; the number does not say on which side of the commit",
    3169: "ER_SESSION_WAS_KILLED: at any point",
    4031: "ER_CLIENT_INTERACTION_TIMEOUT: the server had closed the session, the request may have crossed its notice",
}

CLOSES_THE_DOOR: Final[Mapping[int, str]] = {
    1040: "ER_CON_COUNT_ERROR: too many connections",
    1043: "ER_HANDSHAKE_ERROR: the login was not understood",
    1045: "ER_ACCESS_DENIED_ERROR: wrong user or password",
    1130: "ER_HOST_NOT_PRIVILEGED: no account allows this host",
    1203: "ER_TOO_MANY_USER_CONNECTIONS: of this account",
    1698: "ER_ACCESS_DENIED_NO_PASSWORD_ERROR: wrong user or password",
    2003: "CR_CONN_HOST_ERROR: no TCP connection",
    3118: "ER_ACCOUNT_HAS_BEEN_LOCKED: this account may not log in",
    3159: "ER_SECURE_TRANSPORT_REQUIRED: only over TLS",
    3955: "ER_USER_ACCESS_DENIED_FOR_USER_ACCOUNT_BLOCKED_BY_PASSWORD_LOCK: too many wrong passwords",
}
"""Sent, or found by the driver, before a session exists."""

_KNOWN: Final = REFUSES_THE_STATEMENT.keys() | LEAVES_IT_OPEN.keys() | CLOSES_THE_DOOR.keys()


def rule(phase: Phase, number: int) -> Ruling:
    """What an error of that number means for the operation.

    While connecting every error is a refusal, whatever its number: a login that failed let nobody in, and a write that
    waited for the connection never left. So it is within a transaction: a server does not commit what it was not asked
    to. Afterwards, at a COMMIT too, an error is a refusal only if it is listed as one.
    """
    definite = phase is not Phase.REQUEST or number in REFUSES_THE_STATEMENT
    return Ruling(Outcome.REFUSED if definite else Outcome.INDETERMINATE, number in _KNOWN)


def number_of(error: BaseException) -> int:
    """The MySQL error number that an error of the driver carries, or ``UNNUMBERED``.

    Bare texts (a packet out of sequence), Python's own errors on a mangled packet, and a missing cryptography library
    have none. PyMySQL reads the number as signed; above 32767 it comes out negative.
    """
    number = error.args[0] if isinstance(error, pymysql.MySQLError) and error.args else None
    return number & 0xFFFF if isinstance(number, int) else UNNUMBERED
