"""Statements for accounts that customers make, as data; the server itself remembers which those are."""

from typing import Final

from hadrill.harness.engines.mysql.quoting import account, identifier, literal

_MADE_HERE: Final = '{"made_by": "console"}'

IS_MADE_HERE: Final = (
    "SELECT COUNT(*) AS found FROM information_schema.user_attributes "
    "WHERE user = %s AND host = %s AND attribute->>'$.made_by' = 'console'"
)
"""Arguments: user and host pattern."""

SCHEMAS: Final = "SELECT schema_name AS name FROM information_schema.schemata"

_READS: Final = ("SELECT", "SHOW VIEW")
_WRITES: Final = (
    "INSERT", "UPDATE", "DELETE", "CREATE", "DROP", "ALTER", "INDEX", "REFERENCES", "CREATE VIEW", "TRIGGER",
    "EXECUTE", "CREATE ROUTINE", "ALTER ROUTINE", "EVENT", "LOCK TABLES", "CREATE TEMPORARY TABLES",
)  # fmt: skip


def create_account(user: str, host: str, password: str) -> str:
    """A new account with no rights; it is marked, and the mark is replicated and copied with it."""
    return f"CREATE USER {account(user, host)} IDENTIFIED BY {literal(password)} ATTRIBUTE {literal(_MADE_HERE)}"


def grant(user: str, host: str, schema: str, *, writes: bool) -> str:
    """Let it read a schema, or write it too; raises ValueError where the schema's name is none.

    With ``partial_revokes``, as our servers run, ``_`` and ``%`` in it stand for themselves.
    """
    rights = ", ".join((*_READS, *_WRITES) if writes else _READS)
    return f"GRANT {rights} ON {identifier(schema)}.* TO {account(user, host)}"


def take_writing(user: str, host: str, schema: str) -> str:
    """It reads on at most; raises ValueError where the schema's name is none."""
    return f"REVOKE IF EXISTS {', '.join(_WRITES)} ON {identifier(schema)}.* FROM {account(user, host)}"


def reset_password(user: str, host: str, password: str) -> str:
    """Another password; who is connected stays so."""
    return f"ALTER USER {account(user, host)} IDENTIFIED BY {literal(password)}"


def drop_account(user: str, host: str) -> str:
    """It lets nobody in any more; who is connected stays so until it disconnects."""
    return f"DROP USER {account(user, host)}"
