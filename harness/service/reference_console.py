"""The console of the reference service, over HTTP."""

from collections.abc import Mapping
from typing import Any, Final

from hadrill.harness.model.instance import Account, Endpoint, Instance
from hadrill.harness.service.reference_answers import Begun, ParametersBegun, RowsShown
from hadrill.harness.service.reference_calls import ManagerCalls

OPERATION_LIMIT_S: Final = 90.0
"""What the contract gives no time for: settings, and the move of an address."""


class ReferenceConsole(ManagerCalls):
    """What a disaster-recovery instance refuses, and others have."""

    def run_sql(self, instance: str, statement: str) -> tuple[tuple[Any, ...], ...]:
        """Run one statement as the owner; its rows, as JSON has them."""
        return self._ask(RowsShown, "POST", ("instances", instance, "sql"), {"statement": statement}).rows

    def set_parameters(self, instance: str, settings: Mapping[str, str]) -> tuple[str, ...]:
        """Set system variables; the names of those that take effect at the next restart."""
        wanted = {"settings": dict(settings)}
        begun = self._ask(ParametersBegun, "PATCH", ("instances", instance, "parameters"), wanted)
        self._await_operation(begun.operation, f"the setting of parameters of {instance}", OPERATION_LIMIT_S)
        return begun.awaiting_restart

    def set_character_set(self, instance: str, character_set: str) -> None:
        """Of databases that are created from now on."""
        begun = self._ask(Begun, "PUT", ("instances", instance, "character-set"), {"character_set": character_set})
        self._await_operation(begun.operation, f"the change of {instance}'s character set", OPERATION_LIMIT_S)

    def create_account(self, instance: str, user: str, host: str = "%") -> Account:
        """A new account with no rights yet; the service makes its password."""
        return self._ask(Account, "POST", ("instances", instance, "accounts"), {"user": user, "host": host})

    def grant(self, instance: str, user: str, host: str, schema: str, *, writes: bool) -> None:
        """Let an account read a schema, or write it too."""
        rights = {"user": user, "host": host, "database": schema, "writes": writes}
        self._ask(object, "PUT", ("instances", instance, "accounts", "rights"), rights)

    def reset_password(self, instance: str, user: str, host: str = "%") -> Account:
        """Give an account another password."""
        return self._ask(Account, "PUT", ("instances", instance, "accounts", "password"), {"user": user, "host": host})

    def delete_account(self, instance: str, user: str, host: str = "%") -> None:
        """Remove an account that was created here."""
        self._ask(object, "DELETE", ("instances", instance, "accounts"), query={"user": user, "host": host})

    def change_port(self, instance: str, port: int) -> Endpoint:
        """Have the address answer at another port, one of those that the service offers; the new address."""
        begun = self._ask(Begun, "PUT", ("instances", instance, "port"), {"port": port})
        self._await_operation(begun.operation, f"the change of {instance}'s port", OPERATION_LIMIT_S)
        return self._ask(Instance, "GET", ("instances", instance)).address

    def import_dump(self, instance: str, dump: str, *, timeout_s: float) -> tuple[str, ...]:
        """Run the statements of a dump; what failed, a sentence each."""
        begun = self._ask(Begun, "POST", ("instances", instance, "import"), {"dump": dump})
        over = self._await_operation(begun.operation, f"the import into {instance}", timeout_s)
        return over.failed

    def roll_back(self, instance: str) -> None:
        """Not offered yet."""
        self._ask(object, "POST", ("instances", instance, "rollback"))

    def rollback_log(self, instance: str) -> None:
        """Not offered yet."""
        self._ask(object, "GET", ("instances", instance, "rollback-log"))
