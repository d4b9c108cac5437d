"""What a console offers, tried on an instance: where it must be refused, and where it must work (DR-8)."""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from pymysql import MySQLError

from hadrill.environments.embedded.greeting import greets
from hadrill.harness.checks.recovery.on_servers import as_seen
from hadrill.harness.drill.aim import only, ports_last_first
from hadrill.harness.drill.recovery import LIMIT_S
from hadrill.harness.drill.requests import refusal_of
from hadrill.harness.drill.subject import Subject
from hadrill.harness.drill.wrong_requests import WrongRequests
from hadrill.harness.engines.mysql.session import Session, SqlError
from hadrill.harness.errors import HarnessTrouble, ServiceRefused, WaitTimeout
from hadrill.harness.model.instance import Account, Endpoint, Role
from hadrill.harness.workload.connection import connect

REFUSED: Final = "NotOnDisasterRecovery"
USER: Final = "trial"
SCHEMA: Final = "hadrill_trial"
PARAMETERS: Final = {"table_open_cache": "640", "performance_schema": "ON"}
WAITS_FOR_RESTART: Final = "performance_schema"
DUMP: Final = """
CREATE TABLE hadrill_trial.goods (id INT NOT NULL PRIMARY KEY);
INSERT INTO hadrill_trial.goods VALUES (1), (2), (3);
INSERT INTO hadrill_trial.goods VALUES (1);
"""
"""The last statement fails, and the report has to say so."""

ACCOUNTS: Final = "SELECT GROUP_CONCAT(CONCAT(user, '@', host) ORDER BY user, host) AS value FROM mysql.user"
SCHEMAS: Final = "SELECT GROUP_CONCAT(schema_name ORDER BY schema_name) AS value FROM information_schema.schemata"
CHARSET: Final = (
    "SELECT default_character_set_name AS value FROM information_schema.schemata WHERE schema_name = 'hadrill_trial'"
)
ROWS: Final = "SELECT COUNT(*) AS value FROM hadrill_trial.goods"
GREETING_S: Final = 10.0

ABSENT: Final = frozenset({1049, 1146})
"""A server's errors where a database, or a table, is not there."""
NOTHING: Final = "nothing"
"""What is seen of it then."""

WANTED: Final = {
    "another character set": "set",
    "the answer to a statement": "42",
    "a parameter that is applied and one that waits": f"640, {WAITS_FOR_RESTART}",
    "the rows of a statement that creates a database": "",
    "the character set of a new database": "latin1",
    "failed statements of a dump": "1",
    "rows that a dump brought": "3",
    "a new account, then with another password, then deleted": "let in, turned away, let in, turned away",
    "the address before and after its port was changed": "is silent, answers",
    "a read-only instance": "True, let in",
    "rollback": "NotOffered",
    "the rollback log": "NotOffered",
}


class ConsoleTrials:
    """Tries every feature on an instance, and looks at its servers for what came of it.

    Args:
        subject: takes what is recorded and judged.
        wrong: takes what must be refused.
    """

    def __init__(self, subject: Subject, wrong: WrongRequests) -> None:
        self._subject = subject
        self._wrong = wrong
        self._service = subject.stage.service
        self._ports = ports_last_first(subject.stage.site.inventory)

    def refused_on(self, instance: str) -> None:
        """Each is refused, and nothing has changed afterwards."""
        before = self._state(instance)
        for feature, ask in self._requests(instance).items():
            self._wrong.ask(REFUSED, f"{feature} on {instance}", ask)
        self._wrong.go_on_only_if_refused()
        self._subject.judge.ask(as_seen, f"{instance} after all was refused", before, self._state(instance))

    def work_on(self, instance: str, called: str) -> None:
        """Each works, as servers and clients show; those that are not offered anywhere are refused as that."""
        seen = {what: came_of(trial) for what, trial in self._trials(instance).items()}
        self._subject.judge.ask(as_seen, f"{called}, {instance}", WANTED, seen)

    def _trials(self, instance: str) -> Mapping[str, Callable[[], str]]:
        """In their order: some try what came of one before."""
        service = self._service
        return {
            "another character set": lambda: self._character_set(instance),
            "the answer to a statement": lambda: self._sql(instance, "SELECT 6 * 7"),
            "a parameter that is applied and one that waits": lambda: self._parameters(instance),
            "the rows of a statement that creates a database": lambda: self._sql(instance, f"CREATE DATABASE {SCHEMA}"),
            "the character set of a new database": lambda: self._look(instance, CHARSET),
            "failed statements of a dump": lambda: str(len(service.import_dump(instance, DUMP, timeout_s=LIMIT_S))),
            "rows that a dump brought": lambda: self._look(instance, ROWS),
            "a new account, then with another password, then deleted": lambda: ", ".join(self._account(instance)),
            "the address before and after its port was changed": lambda: self._port(instance),
            "a read-only instance": lambda: self._read_only(instance),
            "rollback": lambda: refusal_of("rollback", lambda: service.roll_back(instance)).code,
            "the rollback log": lambda: refusal_of("rollback log", lambda: service.rollback_log(instance)).code,
        }

    def _requests(self, instance: str) -> Mapping[str, Callable[[], object]]:
        service = self._service
        return {
            "an SQL operation": lambda: service.run_sql(instance, f"CREATE DATABASE {SCHEMA}"),
            "parameter settings": lambda: service.set_parameters(instance, PARAMETERS),
            "another character set": lambda: service.set_character_set(instance, "latin1"),
            "a new account": lambda: service.create_account(instance, USER),
            "rights for an account": lambda: service.grant(instance, self._owner(instance), "%", SCHEMA, writes=False),
            "another password": lambda: service.reset_password(instance, self._owner(instance)),
            "the removal of an account": lambda: service.delete_account(instance, self._owner(instance)),
            "another port": lambda: service.change_port(instance, next(self._ports)),
            "a data import": lambda: service.import_dump(instance, DUMP, timeout_s=LIMIT_S),
            "a read-only instance": lambda: service.create_read_only(instance, timeout_s=LIMIT_S),
            "a rollback": lambda: service.roll_back(instance),
            "the rollback log": lambda: service.rollback_log(instance),
        }

    def _owner(self, instance: str) -> str:
        return self._service.accounts(instance)[0].user

    def _state(self, instance: str) -> Mapping[str, str]:
        """What a request that changed something would show in."""
        now = self._service.describe(instance)
        variables = ", ".join(f"@@GLOBAL.{name}" for name in (*PARAMETERS, "character_set_server", "super_read_only"))
        return {
            "address": str(now.address),
            "read-only instances": ", ".join(now.read_only),
            "accounts": self._look(instance, ACCOUNTS),
            "schemas": self._look(instance, SCHEMAS),
            "variables": self._look(instance, f"SELECT CONCAT_WS(',', {variables}) AS value"),
        }

    def _character_set(self, instance: str) -> str:
        self._service.set_character_set(instance, "latin1")
        return "set"

    def _sql(self, instance: str, statement: str) -> str:
        return ", ".join(str(value) for row in self._service.run_sql(instance, statement) for value in row)

    def _parameters(self, instance: str) -> str:
        waiting = self._service.set_parameters(instance, PARAMETERS)
        applied = self._look(instance, "SELECT @@GLOBAL.table_open_cache AS value")
        return f"{applied}, {', '.join(waiting)}"

    def _account(self, instance: str) -> Iterator[str]:
        """Whether each password lets it in, at its time."""
        address = self._service.describe(instance).address
        first = self._service.create_account(instance, USER)
        self._service.grant(instance, USER, "%", SCHEMA, writes=False)
        yield _lets_in(address, first)
        second = self._service.reset_password(instance, USER)
        yield _lets_in(address, first)
        yield _lets_in(address, second)
        self._service.delete_account(instance, USER)
        yield _lets_in(address, second)

    def _port(self, instance: str) -> str:
        old = self._service.describe(instance).address
        new = self._service.change_port(instance, next(self._ports))
        answers = (greets(each.host, each.port, GREETING_S).is_greeting for each in (old, new))
        return ", ".join("answers" if answer else "is silent" for answer in answers)

    def _read_only(self, instance: str) -> str:
        new = self._service.create_read_only(instance, timeout_s=LIMIT_S)
        owner = self._service.accounts(instance)[0]
        seen = f"{new.master == instance}, {_lets_in(new.address, owner)}"
        self._service.release(new.id, timeout_s=LIMIT_S)
        return seen

    def _look(self, instance: str, question: str) -> str:
        """The primary's answer to the judge."""
        stage = self._subject.stage
        node = only(self._service.describe(instance), Role.PRIMARY)
        with Session(stage.site.inventory.server(node), stage.service.auditor()) as server:
            try:
                return str(server.row(question).get("value", NOTHING))
            except SqlError as error:
                if error.args[0] not in ABSENT:
                    raise
                return NOTHING


def came_of(trial: Callable[[], str]) -> str:
    """What is seen after a trial; what is refused, or never ends, works as little as what does something else."""
    try:
        return trial()
    except ServiceRefused as refusal:
        return f"refused with {refusal.code}"
    except WaitTimeout as error:
        return f"not carried out: {error}"


def _lets_in(address: Endpoint, account: Account) -> str:
    try:
        connect(address, account, timeout_s=GREETING_S).close()
    except MySQLError as error:
        if "timed out" in str(error):
            raise HarnessTrouble(f"{address} did not answer the login of {account.user} in time: {error}") from error
        return "turned away"
    return "let in"
