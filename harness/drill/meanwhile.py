"""All that can be asked for, asked for while an instance is switched, and again afterwards (SW-10)."""

import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from typing import Final

from hadrill.harness.checks.refusal import accepted, refused_during
from hadrill.harness.drill.aim import only, ports_last_first
from hadrill.harness.drill.breakage import Breakage
from hadrill.harness.drill.period import period_far_from
from hadrill.harness.drill.requests import CHANGE_LIMIT_S, OTHER_SETTINGS, OTHER_SIZE, Requests, refusal_of
from hadrill.harness.drill.subject import Subject
from hadrill.harness.errors import HarnessTrouble, WaitTimeout
from hadrill.harness.model.instance import Role, State
from hadrill.harness.model.portrait import Refusal
from hadrill.harness.workload.ledger_table import SCHEMA

OTHER_ACCOUNT: Final = "latecomer"
LATE_MS: Final = 1000
"""How late the secondary is: a switch lasts a little longer."""

ASKING_S: Final = 0.4
"""From when it is seen to have begun; what is asked for within this is answered before it is over."""

ASKED_AT_ONCE: Final = 4
"""So few that each is answered soon on a busy machine."""

SWITCHES: Final = 8
OTHER_PARAMETER: Final[Mapping[str, str]] = {"wait_timeout": "3600"}


class Meanwhile:
    """Asks for everything.

    Args:
        subject: the instance.
        ask: what asks for its switch.
        faults: what delays its secondary.
    """

    def __init__(self, subject: Subject, ask: Requests, faults: Breakage) -> None:
        self._subject = subject
        self._service = subject.stage.service
        self._ask = ask
        self._faults = faults
        self._refusals: tuple[Refusal, ...] = ()

    def ask_everything(self) -> None:
        """Ask for a switch that a late secondary draws out, and for all else while it lasts.

        What a slow machine has no time for is asked for during another switch.

        Raises:
            HarnessTrouble: after so many switches there is still something that was not asked for.
        """
        waiting = self._everything()
        for _ in range(SWITCHES):
            refusals = self._ask_during_a_switch(waiting)
            for refusal in refusals.values():
                self._subject.recorder.refusal(refusal)
            self._refusals += tuple(refusals.values())
            waiting = {asked: ask for asked, ask in waiting.items() if asked not in refusals}
            if not waiting or not all(refusal.code for refusal in refusals.values()):
                return
            self._subject.await_at_rest()
        raise HarnessTrouble(f"{SWITCHES} switches were over before this had been asked for: {', '.join(waiting)}")

    def _ask_during_a_switch(self, waiting: Mapping[str, Callable[[], object]]) -> Mapping[str, Refusal]:
        """What came of what was asked for, and answered, while a switch lasted."""
        before = self._subject.instance
        self._faults.delay_events(only(before, Role.SECONDARY), only(before, Role.PRIMARY), LATE_MS)
        with ThreadPoolExecutor(1) as own, ThreadPoolExecutor(ASKED_AT_ONCE) as pool:
            switching = own.submit(self._ask.switch)
            with suppress(WaitTimeout):
                self._ask.await_state(State.SWITCHING)
            ask = partial(_while_it_lasts, switching, time.monotonic() + ASKING_S)
            answers = tuple(pool.map(ask, waiting.keys(), waiting.values()))
            switching.result()
        self._faults.heal()
        return {answer.asked: answer for answer in answers if answer is not None}

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


def _while_it_lasts(switching: Future[None], until_s: float, asked: str, ask: Callable[[], object]) -> Refusal | None:
    """What came of asking during a switch; None where it was too late.

    Raises:
        HarnessTrouble: it was asked for in time, and accepted once the switch was over.
    """
    if switching.done() or time.monotonic() >= until_s:
        return None
    answer = refusal_of(asked, ask)
    if not switching.done():
        return answer
    if not answer.code:
        raise HarnessTrouble(f"{asked} was asked for during a switch, and answered only once that was over")
    return None
