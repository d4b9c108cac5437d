"""What a server is told to do by itself: its schemas' routines and events, and the triggers of chosen tables.

A link that brings chosen tables brings what becomes of routines and events all the same, whatever it filters, and
stops where one is changed that is not there, or in a schema that is not there. Hence all of these are copied.
"""

from dataclasses import dataclass
from typing import Final

from hadrill.harness.engines.mysql import definitions as sql
from hadrill.harness.engines.mysql import recovery
from hadrill.harness.engines.mysql.quoting import identifier
from hadrill.harness.engines.mysql.session import Session

_NO_ZONE: Final = "SYSTEM"
"""Only events keep one."""


@dataclass(frozen=True, slots=True)
class Definition:
    """One that is kept as the statement that created it, and what that statement meant there.

    Attributes:
        name: quoted, with its schema.
        session: what the session that created it had set, in the order in which it is set again.
    """

    schema: str
    name: str
    statement: str
    session: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Definitions:
    """All of a server, as far as a link of chosen tables needs them.

    Attributes:
        schemas: the statement that creates each.
        triggers: of the chosen tables, those of a table in the order in which they act.
    """

    schemas: tuple[str, ...]
    routines: tuple[Definition, ...]
    events: tuple[Definition, ...]
    triggers: tuple[Definition, ...]


def read_definitions(source: Session, tables: tuple[str, ...]) -> Definitions:
    """As they are now; raises SqlError, also where one goes meanwhile."""
    schemas = [identifier(row["name"]) for row in source.rows(recovery.USER_SCHEMAS)]
    return Definitions(
        schemas=tuple(str(source.row(f"SHOW CREATE DATABASE {name}")["Create Database"]) for name in schemas),
        routines=_defined(source, sql.ROUTINES),
        events=_defined(source, sql.EVENTS),
        triggers=tuple(each for table in tables for each in _defined(source, sql.TRIGGERS, table)),
    )


def create_routines_and_events(target: Session, definitions: Definitions) -> None:
    """In schemas that are there. An event rests, as one that a link brings does: its master runs it."""
    for each in (*definitions.routines, *definitions.events):
        _create(target, each)
    target.run(*(f"ALTER EVENT {each.name} DISABLE ON REPLICA" for each in definitions.events))


def create_triggers(target: Session, definitions: Definitions) -> None:
    """Of tables that are there, and filled: a row that was copied has been through them."""
    for each in definitions.triggers:
        _create(target, each)


def _defined(source: Session, listed: str, *arguments: object) -> tuple[Definition, ...]:
    found = []
    for row in source.rows(listed, arguments):
        name = f"{identifier(row['in_schema'])}.{identifier(row['name'])}"
        shown = source.row(f"SHOW CREATE {row['kind']} {name}")
        statement = next(str(shown[column]) for column in sql.STATEMENT_COLUMNS if column in shown)
        session = tuple(str(shown.get(column, _NO_ZONE)) for column in sql.SESSION_COLUMNS)
        found.append(Definition(str(row["in_schema"]), name, statement, session))
    return tuple(found)


def _create(target: Session, definition: Definition) -> None:
    kept = target.row(sql.SESSION)
    target.rows(sql.SET_SESSION, definition.session)
    target.run(f"USE {identifier(definition.schema)}", definition.statement)
    target.rows(sql.SET_SESSION, tuple(kept.values()))
