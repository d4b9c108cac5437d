"""Accounts that customers make for themselves; the server itself remembers which those are.

They are statements on the primary: each waits for the secondary as any other write does, and is copied with the data.
"""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from hadrill.harness.engines.mysql import accounts as sql
from hadrill.harness.engines.mysql.session import Session
from hadrill.harness.model.instance import Account
from hadrill.harness.reference.account_names import SYSTEM_SCHEMAS, host_pattern, is_reserved, user_name
from hadrill.harness.reference.manager import Manager
from hadrill.harness.reference.records import InstanceRecord
from hadrill.harness.reference.refusals import Code, Refusal
from hadrill.harness.reference.requests.console import Feature, asking, console, reaching, require_running

ANSWER_LIMIT_S: Final = 4.0
"""Long enough for a commit whose secondary is just being lost."""


def create_account(manager: Manager, instance: str, user: str, host: str) -> Account:
    """A new account with no rights, and its password, which is not kept."""
    with _console(manager, instance, user, host) as (record, server, at):
        exists = "SELECT COUNT(*) AS found FROM mysql.user WHERE user = %s AND host = %s"
        if server.row(exists, (user, at))["found"]:
            sentence = f"instance {instance} has an account {user}@{at} already; reset its password, or delete it first"
            raise Refusal(Code.ACCOUNT_EXISTS, sentence)
        account = Account(user, _password())
        server.run(sql.create_account(user, at, account.password))
        manager.work.store.note(record.id, "account-created", f"{user}@{at}")
        return account


def grant(manager: Manager, instance: str, user: str, host: str, schema: str, *, writes: bool) -> None:
    """Let an account read a schema, or write it too; one that wrote it before may read it only, where that is asked."""
    with _made_here(manager, instance, user, host) as (record, server, at):
        if schema in SYSTEM_SCHEMAS:
            sentence = f"schema {schema} is the server's own; no account is let into it"
            raise Refusal(Code.ACCOUNT_NOT_ALLOWED, sentence)
        if schema not in {row["name"] for row in server.rows(sql.SCHEMAS)}:
            sentence = f"instance {instance} has no schema of that name; create it before you let an account into it"
            raise Refusal(Code.NO_SUCH_SCHEMA, sentence)
        if not writes:
            server.run(sql.take_writing(user, at, schema))
        server.run(sql.grant(user, at, schema, writes=writes))
        manager.work.store.note(record.id, "account-granted", f"{user}@{at}: {'writes' if writes else 'reads'}")


def reset_password(manager: Manager, instance: str, user: str, host: str) -> Account:
    """Another password for an account that was made here."""
    with _made_here(manager, instance, user, host) as (record, server, at):
        account = Account(user, _password())
        server.run(sql.reset_password(user, at, account.password))
        manager.work.store.note(record.id, "account-reset", f"{user}@{at}")
        return account


def delete_account(manager: Manager, instance: str, user: str, host: str) -> None:
    """Remove an account that was made here; who is connected with it stays until it disconnects."""
    with _made_here(manager, instance, user, host) as (record, server, at):
        server.run(sql.drop_account(user, at))
        manager.work.store.note(record.id, "account-deleted", f"{user}@{at}")


@contextmanager
def _made_here(manager: Manager, instance: str, user: str, host: str) -> Iterator[tuple[InstanceRecord, Session, str]]:
    with _console(manager, instance, user, host) as (record, server, at):
        if not server.row(sql.IS_MADE_HERE, (user, at))["found"]:
            sentence = f"instance {instance} has no account {user}@{at} that was created here; create it first"
            raise Refusal(Code.NO_SUCH_ACCOUNT, sentence)
        yield record, server, at


@contextmanager
def _console(manager: Manager, instance: str, user: str, host: str) -> Iterator[tuple[InstanceRecord, Session, str]]:
    """The record, a connection to its primary as the service, and the host pattern as servers spell it."""
    with console(manager, instance, Feature.ACCOUNTS) as record:
        at = _checked(manager, record, user, host)
        require_running(record)
        with reaching(record):
            session = manager.work.connect(record.primary, ANSWER_LIMIT_S)
        with session, asking(record, "the change of accounts"):
            yield record, session, at


def _checked(manager: Manager, record: InstanceRecord, user: str, host: str) -> str:
    try:
        user_name(user)
        at = host_pattern(host)
    except ValueError as error:
        raise Refusal(Code.ACCOUNT_NOT_ALLOWED, f"instance {record.id} has no such accounts: {error}") from error
    settings = manager.work.settings
    accounts = (record.owner, record.reader, settings.service, settings.replicator, settings.auditor)
    if is_reserved(user, frozenset(account.user for account in accounts)):
        sentence = f"accounts named {user} are the service's own on instance {record.id}; take another name"
        raise Refusal(Code.ACCOUNT_RESERVED, sentence)
    return at


def _password() -> str:
    return secrets.token_urlsafe(18)
