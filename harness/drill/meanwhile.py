"""All that can be asked for, asked for while an instance is switched, and again afterwards (SW-10)."""

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime
from typing import Final

from hadrill.harness.checks.refusal import accepted, refused_during
from hadrill.harness.drill.aim import ports_last_first
from hadrill.harness.drill.period import period_far_from
from hadrill.harness.drill.requests import CHANGE_LIMIT_S, OTHER_SETTINGS, OTHER_SIZE, Requests, refusal_of
from hadrill.harness.drill.subject import Subject
from hadrill.harness.errors import HarnessTrouble, WaitTimeout
from hadrill.harness.model.instance import State
from hadrill.harness.model.portrait import Refusal
from hadrill.harness.workload.ledger_table import SCHEMA

OTHER_ACCOUNT: Final = "latecomer"
OTHER_PARAMETER: Final[Mapping[str, str]] = {"wait_timeout": "3600"}


class Meanwhile:
    """Asks for everything.

    Args:
        subject: the instance.
        ask: what asks for its switch.
    """

    def __init__(self, subject: Subject, ask: Requests) -> None:
        self._subject = subject
        self._service = subject.stage.service
        self._ask = ask
        self._refusals: tuple[Refusal, ...] = ()

    def ask_everything(self) -> None:
        """Ask for a switch, and for all else while it lasts: at one time, since a busy machine answers slowly."""
        asked = self._everything()
        with ThreadPoolExecutor(1 + len(asked)) as pool:
            switching = pool.submit(self._ask.switch)
            with suppress(WaitTimeout):
                self._ask.await_state(State.SWITCHING)
            self._refusals = tuple(pool.map(refusal_of, asked.keys(), asked.values()))
            over_already = switching.done()
            switching.result()
        if over_already:
            raise HarnessTrouble("the switch was over before all else had been asked for")
        for refusal in self._refusals:
            self._subject.recorder.refusal(refusal)

    def judge_refused(self, code: str) -> None:
        """All that was asked for during the switch was refused."""
        self._subject.judge.ask(refused_during, tuple((refusal, code) for refusal in self._refusals))

    def judge_accepted_now(self) -> None:
        """All of it is accepted now, one after the other; the release comes last."""
        answers = tuple(refusal_of(asked, ask) for asked, ask in self._everything().items())
        self._subject.judge.ask(accepted, answers)

    def _everything(self) -> Mapping[str, Callable[[], object]]:
        service, instance, limit_s = self._service, self._subject.id, CHANGE_LIMIT_S
        port = next(ports_last_first(self._subject.stage.site.inventory))
        other = period_far_from(datetime.now(UTC), self._subject.instance.maintenance.length_s)
        return {
            "another maintenance period": lambda: service.set_maintenance_period(instance, other),
            "a switch within the maintenance period": lambda: service.switch_in_period(instance),
            "to take the waiting switch back": lambda: service.cancel_switch(instance),
            "a switch": lambda: service.switch(instance, timeout_s=limit_s),
            "a read-only instance": lambda: service.create_read_only(instance, timeout_s=limit_s),
            "another specification": lambda: service.change_specification(
                instance, specification=OTHER_SIZE, timeout_s=limit_s
            ),
            "a restart": lambda: service.restart(instance, OTHER_SETTINGS, timeout_s=limit_s),
            "another account": lambda: service.create_account(instance, OTHER_ACCOUNT),
            "rights for it": lambda: service.grant(instance, OTHER_ACCOUNT, "%", SCHEMA, writes=False),
            "another password for it": lambda: service.reset_password(instance, OTHER_ACCOUNT),
            "its removal": lambda: service.delete_account(instance, OTHER_ACCOUNT),
            "a statement": lambda: service.run_sql(instance, "SELECT 1"),
            "another port": lambda: service.change_port(instance, port),
            "another parameter": lambda: service.set_parameters(instance, OTHER_PARAMETER),
            "another character set": lambda: service.set_character_set(instance, "latin1"),
            "an import": lambda: service.import_dump(instance, "SELECT 1;", timeout_s=limit_s),
            "the release": self._release_all,
        }

    def _release_all(self) -> None:
        for each in (*self._subject.instance.read_only, self._subject.id):
            self._service.release(each, timeout_s=CHANGE_LIMIT_S)
